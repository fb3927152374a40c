"""Connecting an OA by Zalo's consent page: OAuth v4 with PKCE, from the link to the tokens.

The page is opened by a person in a browser, so this runs in the web process. What the code is exchanged with is sealed
in the store and found by the state, which is bound to the person, works once and for ten minutes.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

import msgspec

from sokhach.channels.zalo_oa import outbound
from sokhach.channels.zalo_oa.client import NoAnswerError, NotReachedError, RefusedError, ZaloClient
from sokhach.channels.zalo_oa.credentials import Credentials, Tokens
from sokhach.channels.zalo_oa.oauth import ZaloOAuth
from sokhach.channels.zalo_oa.outbound import OA
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault, derive

PERMISSION_PATH = "/v4/oa/permission"
CALLBACK_PATH = "/api/channel-accounts/zalo-oa/callback"
LIFE = timedelta(minutes=10)
"""As long as Zalo's code."""

APP_INACTIVE = -14002
REDIRECT_MISMATCH = -14003
_REFUSED: Mapping[int, str] = {
    APP_INACTIVE: "connection-app-inactive",
    REDIRECT_MISMATCH: "connection-redirect-mismatch",
}


class ConsentError(Exception):
    """Nothing was changed. `slug` names a problem of the catalogue."""

    def __init__(self, slug: str, detail: str = "") -> None:
        super().__init__(f"{slug}: {detail}")
        self.slug = slug


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """What a consent was asked for with."""

    credentials: Credentials
    verifier: str
    redirect_uri: str


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """What a consent brought: which OA it is, and its first tokens."""

    oa: OA
    tokens: Tokens


def begin(settings: Settings, credentials: Credentials) -> Begun:
    """The verifier is the same for an app each time (only we can derive it): a challenge that was saved in Zalo's
    developer console stays right. 43 characters, base64url of 32 bytes."""
    return Begun(
        credentials=credentials,
        verifier=derive(settings.keys[0], f"pkce:{credentials.app_id}"),
        redirect_uri=settings.base_url + CALLBACK_PATH,
    )


def webhook_url(settings: Settings) -> str:
    """What has to stand on the page "Webhook" of the app in Zalo's developer console."""
    return f"{settings.base_url}/hooks/zalo-oa"


def challenge_of(verifier: str) -> str:
    """S256; Zalo takes no `code_challenge_method`.

    >>> challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode("ascii")


def authorize_url(settings: Settings, begun: Begun, state: str) -> str:
    query = {
        "app_id": begun.credentials.app_id,
        "redirect_uri": begun.redirect_uri,
        "code_challenge": challenge_of(begun.verifier),
        "state": state,
    }
    return f"{settings.zalo_oauth_url.rstrip('/')}{PERMISSION_PATH}?{urlencode(query)}"


def seal(vault: Vault, begun: Begun) -> bytes:
    return vault.seal(msgspec.json.encode(begun))


def unseal(vault: Vault, sealed: bytes) -> Begun:
    """Raises `UndecipherableError`."""
    return msgspec.json.decode(vault.open(sealed), type=Begun)


def refused_by_page(error: str) -> str:
    """The problem of what the consent page sent back in place of a code."""
    try:
        return _REFUSED.get(int(error), "connection-refused")
    except ValueError:
        return "connection-refused"


async def exchange(settings: Settings, begun: Begun, code: str, now: datetime) -> Granted:
    """The code for tokens, and whose they are. Raises `ConsentError`."""
    oauth = ZaloOAuth(settings.zalo_oauth_url)
    client = ZaloClient(settings.zalo_openapi_url)
    try:
        tokens = await oauth.exchange(begun.credentials, code, begun.verifier, now)
        answer = await client.get(begun.credentials.app_id, outbound.OA_PATH, tokens.access_token, None)
        return Granted(oa=outbound.to_oa(answer.data), tokens=tokens)
    except NotReachedError as error:
        raise ConsentError("connection-unreachable", str(error)) from error
    except NoAnswerError as error:
        raise ConsentError("connection-unanswered", str(error)) from error
    except RefusedError as error:
        raise ConsentError(_REFUSED.get(error.code, "connection-refused"), str(error)) from error
    finally:
        await oauth.close()
        await client.close()
