"""Cookies and proxies of personal accounts at rest."""

import msgspec

from sokhach.channels.zalo_personal.protocol import Credentials
from sokhach.core.crypto import UndecipherableError, Vault

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Credentials)


class Sealing:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def seal(self, credentials: Credentials) -> bytes:
        return self._vault.seal(_encoder.encode(credentials))

    def open(self, sealed: bytes) -> Credentials:
        """Raises `UndecipherableError`."""
        try:
            return _decoder.decode(self._vault.open(sealed))
        except msgspec.DecodeError as error:
            raise UndecipherableError from error

    def seal_proxy(self, proxy: str | None) -> bytes | None:
        return self._vault.seal(proxy.encode()) if proxy else None

    def open_proxy(self, sealed: bytes | None) -> str | None:
        """Raises `UndecipherableError`."""
        return self._vault.open(sealed).decode() if sealed else None
