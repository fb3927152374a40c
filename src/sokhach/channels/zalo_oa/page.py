"""The page of an OA: profile, package, quotas, tags, as Zalo tells of them."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from sokhach.channels.connector import SendRefusedError
from sokhach.channels.upkeep.platform import QuotaLine
from sokhach.channels.zalo_oa.inbound.wire import tag_name

_NOTHING = msgspec.Raw(b"null")

OA_PATH = "/v2.0/oa/getoa"
QUOTA_PATH = "/v3.0/oa/quota/message"
TAGS_PATH = "/v2.0/oa/tag/gettagsofoa"
TAG_PATHS = {"added": "/v2.0/oa/tag/tagfollower", "removed": "/v2.0/oa/tag/rmfollowerfromtag"}


class QuotaKind(NamedTuple):
    """`kind` is ours: `quota.<kind>` of the catalogue."""

    kind: str
    product_type: Literal["cs", "transaction"]
    quota_type: Literal["sub_quota", "purchase_quota", "reward_quota"]


QUOTAS = (
    QuotaKind("cs-sub", "cs", "sub_quota"),
    QuotaKind("cs-purchase", "cs", "purchase_quota"),
    QuotaKind("cs-reward", "cs", "reward_quota"),
    QuotaKind("transaction-sub", "transaction", "sub_quota"),
    QuotaKind("transaction-purchase", "transaction", "purchase_quota"),
    QuotaKind("transaction-reward", "transaction", "reward_quota"),
)


class QuotaQuery(msgspec.Struct):
    product_type: str
    quota_type: str
    quota_owner: str = "OA"


class TagQuery(msgspec.Struct):
    user_id: str
    tag_name: str


class OAPage(msgspec.Struct):
    """Of `getoa`. Everything but the name may be missing or empty."""

    name: str
    description: str | None = None
    is_verified: bool | None = None
    cate_name: str | None = None
    num_follower: int | None = None
    package_name: str | None = None
    package_valid_through_date: str | None = None
    avatar: str | None = None
    cover: str | None = None
    linked_ZCA: str | None = None


class _Quota(msgspec.Struct):
    total: int | None = None
    remain: int | None = None
    valid_through: str | int | None = None


def to_oa_page(data: msgspec.Raw) -> OAPage:
    """Raises `SendRefusedError`."""
    return _decode(data, OAPage)


def to_quotas(kind: str, data: msgspec.Raw) -> Sequence[QuotaLine] | None:
    """One line for each asset; None: the answer says nothing of them. Raises `SendRefusedError`."""
    found = _decode(data or _NOTHING, list[_Quota] | None)
    return found and [
        QuotaLine(
            kind=kind,
            remain=one.remain,
            total=one.total,
            until=str(one.valid_through) if one.valid_through else None,
        )
        for one in found
    ]


def to_tags(data: msgspec.Raw) -> Sequence[str] | None:
    """Named as by webhook; None: the answer says nothing of tags, which is not that there are none. Raises
    `SendRefusedError`."""
    found = _decode(data or _NOTHING, list[str] | None)
    return found and [name for one in found if (name := tag_name(one))]


def _decode(data: msgspec.Raw, kind: Any) -> Any:
    try:
        return msgspec.json.decode(data, type=kind, strict=False)
    except msgspec.DecodeError as error:
        raise SendRefusedError("platform-busy", f"unreadable answer: {error}", retry_after_seconds=300) from error
