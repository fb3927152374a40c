"""Zalo Web's cryptography: the key of a login, the signature of a call, and the body of calls and answers."""

import base64
import binascii
import hashlib
from collections.abc import Mapping

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

ZCID_KEY = b"3FC4F0D2AB50057BCE0D90D9187A22B1"
ZERO_IV = bytes(16)
BLOCK = 16


class UndecryptableError(Exception):
    """Not base64, not whole blocks, wrong key, or no UTF-8 inside."""


def _cipher(key: bytes) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(key), modes.CBC(ZERO_IV))


def encrypt_raw(key: bytes, text: str) -> bytes:
    plain = text.encode()
    fill = BLOCK - len(plain) % BLOCK
    encryptor = _cipher(key).encryptor()
    return encryptor.update(plain + bytes([fill]) * fill) + encryptor.finalize()


def encrypt(key: bytes, text: str) -> str:
    """Base64 of AES-CBC with an IV of zeros, as all of Zalo Web's `params` and `data` are."""
    return base64.b64encode(encrypt_raw(key, text)).decode()


def decrypt_raw(key: bytes, sealed: bytes) -> str:
    """`UndecryptableError` when it was not made with this key."""
    if not sealed or len(sealed) % BLOCK:
        raise UndecryptableError
    decryptor = _cipher(key).decryptor()
    plain = decryptor.update(sealed) + decryptor.finalize()
    fill = plain[-1]
    if not 1 <= fill <= BLOCK or plain[-fill:] != bytes([fill]) * fill:
        raise UndecryptableError
    try:
        return plain[:-fill].decode()
    except UnicodeDecodeError as error:
        raise UndecryptableError from error


def decrypt(key: bytes, sealed: str) -> str:
    try:
        return decrypt_raw(key, base64.b64decode(sealed, validate=True))
    except (binascii.Error, ValueError) as error:
        raise UndecryptableError from error


def zcid(kind: int, imei: str, timestamp_ms: int) -> str:
    return encrypt_raw(ZCID_KEY, f"{kind},{imei},{timestamp_ms}").hex().upper()


def open_zcid(value: str) -> str:
    """The text `type,imei,timestamp`."""
    try:
        return decrypt_raw(ZCID_KEY, bytes.fromhex(value))
    except ValueError as error:
        raise UndecryptableError from error


def login_key(zcid_value: str, zcid_ext: str) -> bytes:
    """32 ASCII characters, of which AES takes the bytes."""
    digest = md5(zcid_ext).upper()
    return (digest[0::2][:8] + zcid_value[0::2][:12] + zcid_value[1::2][::-1][:12]).encode()


def signkey(name: str, parameters: Mapping[str, str]) -> str:
    return md5("zsecure" + name + "".join(parameters[key] for key in sorted(parameters)))


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
