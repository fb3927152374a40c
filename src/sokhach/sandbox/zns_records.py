"""What the template-message host ("ZNS", now "ZBS template message") keeps: accounts, templates, phones, messages.

Source: reference §3. What no source tells (how a phone's owner came to refuse, say) is a field that the control API
sets.
"""

import hashlib
from typing import Literal

import msgspec

Tag = Literal["OTP", "IN_TRANSACTION", "POST_TRANSACTION", "PROMOTION"]
Status = Literal["ENABLE", "PENDING_REVIEW", "REJECT", "DISABLE", "DELETE"]
Quality = Literal["HIGH", "MEDIUM", "LOW", "UNDEFINED"]

STATUS_NUMBERS: dict[int, Status] = {1: "ENABLE", 2: "PENDING_REVIEW", 3: "REJECT", 4: "DISABLE"}
"""`status` of the list call."""

TAG_NUMBERS: dict[str, Tag] = {"1": "IN_TRANSACTION", "2": "POST_TRANSACTION", "3": "PROMOTION"}
"""`tag` of a new template."""

UID_FROM_MS = 1_765_299_600_000
"""10 December 2025 in Vietnam: older templates cannot be sent by user id."""

OTP_TEMPLATE = 2


class ZnsAccount(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An official account's standing at the host, besides what `OfficialAccount` holds (verification, package, ZCA).

    `delivery_ms` is the time from sending to the phone.
    """

    blocked: bool = False
    zca_chargeable: bool = True
    extension_granted: bool = True
    development_balance: int = 100
    features: tuple[Literal["hashphone", "rsa", "journey"], ...] = ("hashphone", "rsa", "journey")
    media_permitted: bool = True
    over_quota_permitted: bool = False
    allowed_tags: tuple[Tag, ...] = ("OTP", "IN_TRANSACTION", "POST_TRANSACTION")
    daily_quota: int = 500
    monthly_promotion_quota: int = 125
    next_month_promotion_quota: int = 2000
    follow_up_per_user_month: int = 30
    promotion_per_user_day: int = 1
    upload_monthly_limit: int = 5000
    quality: Quality = "HIGH"
    quality_7_days: Quality = "HIGH"
    rsa_generation_fails: bool = False
    delivery_ms: int = 1500


class TemplateParam(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`type` as at creation, 1 (name) to 15 (bank note). `qr`: the template draws it as a QR code."""

    name: str
    type: int = 5
    required: bool = True
    max_length: int = 30
    min_length: int = 0
    accept_null: bool = False
    sample: str = ""
    qr: bool = False


class TemplateButton(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`type` 1 to 12; `content` is an address, or a phone number for type 2."""

    type: int
    title: str
    content: str


class ZnsTemplate(msgspec.Struct, kw_only=True):
    """`text` holds parameters as `<name>`. `journey` names the kind of journey token that a send needs."""

    template_id: str
    oa_id: str
    app_id: str
    name: str
    created_ms: int
    status: Status = "ENABLE"
    reason: str = ""
    quality: Quality = "HIGH"
    type: int = 1
    tag: Tag = "IN_TRANSACTION"
    text: str = ""
    params: list[TemplateParam] = []
    buttons: list[TemplateButton] = []
    price_dong: int = 200
    price_uid_dong: int = 140
    timeout_ms: int = 7_200_000
    night: bool = True
    daily_limit: int | None = None
    journey: str | None = None
    quick_reply: bool = False
    by_api: bool = False

    @property
    def sendable_by_uid(self) -> bool:
        """False: `-249` at `/v3.0/oa/message/template` (reference §1.3)."""
        special = self.type == OTP_TEMPLATE or self.quick_reply or self.journey is not None
        return not special and self.created_ms >= UID_FROM_MS


class ZnsPhone(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The owner of a number. One never spoken of has all defaults: an ordinary Zalo user, no administrator."""

    on: bool = True
    administrator: bool = False
    has_account: bool = True
    opted_out: bool = False
    cannot_receive: bool = False
    old_version: bool = False
    refuses_account: bool = False
    refuses_tags: list[Tag] = []
    eligible: bool = True


class ZnsMessage(msgspec.Struct, kw_only=True):
    """`recipient` is what webhooks name: the number, or its hash when it was sent by hash."""

    msg_id: str
    oa_id: str
    app_id: str
    phone_hash: str
    recipient: str
    template_id: str
    tag: Tag
    tracking_id: str
    data: str
    development: bool
    price_dong: int
    sent_ms: int
    due_ms: int | None
    delivered_ms: int | None = None
    journey_id: str | None = None


class ZnsAnswer(msgspec.Struct, kw_only=True):
    """A rating (`feedback`) or a quick reply (`response`) to a message; `body` is the JSON of its own fields."""

    msg_id: str
    template_id: str
    kind: str
    at_ms: int
    tracking_id: str
    body: str


class Journey(msgspec.Struct, kw_only=True):
    token: str
    journey_id: str
    oa_id: str
    app_id: str
    phone_hash: str
    type: str
    created_ms: int
    expires_ms: int


def phone_hash(phone: str) -> str:
    """SHA-256, hex, of the number as `84…`."""
    return hashlib.sha256(phone.encode()).hexdigest()
