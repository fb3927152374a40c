"""Connecting an OA: a refresh token that its admin obtained becomes ours, if it is really that OA's."""

from typing import Literal

from sokhach.channels import service
from sokhach.channels.connector import Account, SendRefusedError
from sokhach.channels.zalo_oa.client import NoAnswerError, NotReachedError, RefusedError
from sokhach.channels.zalo_oa.connector import OtherAccountError, ZaloOA
from sokhach.core import clock
from sokhach.core.database import Database

Reason = Literal["refused", "unreachable", "unanswered", "other-oa"]


class AuthoriseError(Exception):
    """The OA is as it was. `reason` ends a key of the catalogue (`cli.error.authorise.<reason>`)."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason: Reason = reason
        self.detail = detail


async def authorise(database: Database, connector: ZaloOA, account: Account, refresh_token: str) -> str:
    """Takes the token and declares the account healthy; waiting messages go out. Returns the OA's name.

    Raises `AuthoriseError`.
    """
    try:
        oa = await connector.adopt(account, refresh_token)
    except OtherAccountError as error:
        raise AuthoriseError("other-oa", str(error)) from error
    except NotReachedError as error:
        raise AuthoriseError("unreachable", str(error)) from error
    except NoAnswerError as error:
        raise AuthoriseError("unanswered", str(error)) from error
    except (RefusedError, SendRefusedError) as error:
        raise AuthoriseError("refused", str(error)) from error
    async with database.transaction() as connection:
        await service.set_health(connection, account.id, "ok", None, clock.now())
    return oa.name
