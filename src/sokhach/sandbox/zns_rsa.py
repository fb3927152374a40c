"""Sends whose number and data are encrypted with the official account's RSA key (reference §3).

The cipher is OAEP with SHA-256. Java's name for it leaves the mask's digest at SHA-1, so both are taken.
"""

import base64
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from sokhach.sandbox.refusals import Refusal
from sokhach.sandbox.world import World
from sokhach.sandbox.zns_edge import ZnsCaller

PADDINGS = tuple(
    padding.OAEP(mgf=padding.MGF1(mask), algorithm=hashes.SHA256(), label=None)
    for mask in (hashes.SHA256(), hashes.SHA1())  # noqa: S303 - what Java's default asks for
)


def generate_key(world: World, caller: ZnsCaller) -> dict[str, str]:
    if world.zns.records.key(caller.oa.oa_id) is not None:
        raise Refusal(-143, "RSA key already existed, please get it")
    if caller.account.rsa_generation_fails:
        raise Refusal(-129, "RSA key cannot be generated, please try again later")
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    world.zns.records.save_key(caller.oa.oa_id, pem.decode())
    return public_key(world, caller)


def public_key(world: World, caller: ZnsCaller) -> dict[str, str]:
    """Base64 of the DER form; the field's name is ours."""
    private = _private(world, caller)
    if private is None:
        raise Refusal(-142, "RSA key not existed, please generate it")
    der = private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return {"public_key": base64.b64encode(der).decode()}


def decrypt(world: World, caller: ZnsCaller, order: dict[str, Any]) -> dict[str, Any]:
    """The order with its number in `phone` and its data in clear."""
    private = _private(world, caller)
    if private is None:
        raise Refusal(-128, "Encoding key not existed")
    data: Any = order.get("template_data")
    clear = {name: _open(private, value) for name, value in data.items()} if isinstance(data, dict) else data  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return order | {"phone": _open(private, order.get("rsa_phone")), "template_data": clear}


def _private(world: World, caller: ZnsCaller) -> rsa.RSAPrivateKey | None:
    pem = world.zns.records.key(caller.oa.oa_id)
    if pem is None:
        return None
    private = serialization.load_pem_private_key(pem.encode(), password=None)
    assert isinstance(private, rsa.RSAPrivateKey)
    return private


def _open(private: rsa.RSAPrivateKey, sealed: Any) -> str:
    for scheme in PADDINGS:
        try:
            return private.decrypt(base64.b64decode(sealed, validate=True), scheme).decode()
        except (ValueError, TypeError):
            continue
    raise Refusal(-123, "Decode RSA message failed")
