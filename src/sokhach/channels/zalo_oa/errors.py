"""What Zalo's error codes mean for a message that we tried to send, and what to do. Source: error tables of the OA API
and of template messages by phone (ZNS) as condensed on 2026-08-20. `docs/channels/zalo-oa.md` shows them (a test
compares)."""

from typing import Literal

import msgspec

Action = Literal["never", "human", "once", "later", "morning", "renew", "upload", "account"]
"""never: this message will not be taken. human: it fails too; an administrator can change that. once: try again at
once, one time. later: try again after `retry_after_seconds`. morning: at the end of Zalo's night. renew: get a new
token, then call again once. upload: upload the file anew, then send. account: nothing of this account can be sent until
a person acts; its messages wait."""
Where = Literal["oa", "template", "zns"]
"""Which API answered: the OA's messages, its template by user id, templates by phone."""


class ZaloError(msgspec.Struct, frozen=True, kw_only=True):
    """One code. `reason` is the slug of `delivery.<reason>` in the catalogue."""

    code: int
    reason: str
    action: Action
    meaning: str
    retry_after_seconds: float | None = None


def _error(code: int, reason: str, action: Action, meaning: str, after: float | None = None) -> ZaloError:
    return ZaloError(code=code, reason=reason, action=action, meaning=meaning, retry_after_seconds=after)


TABLE: tuple[ZaloError, ...] = (
    _error(-32, "rate-limited", "later", "the app or the OA is over its call rate", 30),
    _error(-100, "asset-expired", "upload", "the attachment is older than 7 days"),
    _error(-124, "token", "renew", "the access token is invalid (older pages, template messages)"),
    _error(-200, "platform-error", "once", "sending failed at Zalo"),
    _error(-201, "invalid-field", "never", "a field is invalid"),
    _error(-204, "account-disabled", "account", "the OA is disabled"),
    _error(-205, "account-disabled", "account", "the OA does not exist"),
    _error(-209, "app-disabled", "account", "the app is not active for the API"),
    _error(-210, "over-limit", "never", "a parameter is over its limit"),
    _error(-211, "quota-out", "later", "the OA is out of quota", 3600),
    _error(-212, "api-not-registered", "account", "the app has not registered the OA API"),
    _error(-213, "not-following", "never", "the person does not follow the OA"),
    _error(-214, "platform-busy", "later", "the article is still being processed", 300),
    _error(-216, "token", "renew", "the access token is invalid"),
    _error(-217, "blocked-invitations", "never", "the person blocked invitations"),
    _error(-218, "receive-quota-out", "later", "the person can receive no more for now", 3600),
    _error(-219, "app-disabled", "account", "the app was removed or disabled"),
    _error(-220, "token", "renew", "the access token expired or was removed"),
    _error(-221, "not-verified", "account", "the OA must be verified"),
    _error(-223, "permission", "account", "the OA has not granted this API to the app"),
    _error(-224, "package", "account", "the OA needs a higher package"),
    _error(-227, "inactive-45-days", "never", "the person is banned or was off Zalo for more than 45 days"),
    _error(-230, "window-closed", "never", "the person has not interacted with the OA in the last 7 days"),
    _error(-232, "never-interacted", "never", "the person never interacted with the OA, or too long ago"),
    _error(-233, "unsupported", "never", "this type of message is not supported"),
    _error(-234, "night", "morning", "this type of message is not taken at night"),
    _error(-235, "oa-type", "account", "the OA is of another type than this API is for"),
    _error(-237, "group-disabled", "human", "the group is disabled (its package ended)"),
    _error(-238, "asset-used", "human", "the asset is used up or disabled"),
    _error(-240, "outdated", "never", "this version of the API is shut"),
    _error(-241, "asset-used", "human", "the asset is used up or disabled"),
    _error(-242, "app-secret", "account", "appsecret_proof is wrong: the app secret does not fit"),
    _error(-244, "refused-type", "never", "the person does not want this type of message"),
    _error(-248, "standards", "human", "the message breaks the platform's standards"),
    _error(-249, "template-by-phone", "never", "this template cannot be sent by user id"),
    _error(-320, "zca-not-linked", "human", "no Zalo Cloud Account is linked"),
    _error(-321, "zca-money", "human", "the Zalo Cloud Account is out of money"),
    _error(-403, "not-in-group", "human", "the OA is not in that group"),
    _error(-1340, "unsupported", "never", "the advertising form does not exist"),
    _error(-1341, "permission", "human", "the app may not read the advertising form"),
)  # fmt: skip

ZNS: tuple[ZaloError, ...] = (
    _error(-100, "platform-error", "once", "unknown error at Zalo"),
    _error(-101, "app-disabled", "account", "the app is invalid"),
    _error(-102, "app-disabled", "account", "the app does not exist"),
    _error(-103, "app-disabled", "account", "the app is not active"),
    _error(-104, "app-secret", "account", "the app has no secret, or another one"),
    _error(-105, "template-rights", "human", "the app is not linked with the OA"),
    _error(-106, "outdated", "never", "the method is not supported"),
    _error(-107, "invalid-field", "never", "the message id is invalid"),
    _error(-108, "phone-invalid", "never", "the phone number is invalid"),
    _error(-109, "template-missing", "never", "the template id is invalid"),
    _error(-110, "zalo-too-old", "never", "the person's Zalo is too old for this message"),
    _error(-111, "template-fields", "never", "the template has no data"),
    _error(-112, "template-fields", "never", "a field's type is not defined"),
    _error(-113, "template-buttons", "human", "the button is invalid"),
    _error(-114, "cannot-receive", "never", "the person cannot receive the message"),
    _error(-115, "zca-money", "human", "out of quota or of balance"),
    _error(-116, "template-fields", "never", "the content is invalid"),
    _error(-117, "template-rights", "human", "the OA has no right to the template"),
    _error(-118, "no-zalo", "never", "the number has no Zalo account, or it is disabled"),
    _error(-119, "cannot-receive", "never", "the account cannot receive the message"),
    _error(-120, "template-rights", "human", "the OA may not send by template"),
    _error(-121, "template-fields", "never", "the body is empty"),
    _error(-122, "template-fields", "never", "the body is not as it must be"),
    _error(-123, "outdated", "never", "the number cannot be decrypted"),
    _error(-124, "token", "renew", "the access token is invalid"),
    _error(-125, "account-disabled", "human", "the OA id is invalid"),
    _error(-126, "zca-money", "human", "the development wallet is empty"),
    _error(-127, "template-rights", "human", "test messages go to administrators only"),
    _error(-128, "outdated", "never", "the encoding key does not exist"),
    _error(-129, "outdated", "never", "the encoding key cannot be made"),
    _error(-130, "over-limit", "never", "the content is over 100,000 characters"),
    _error(-131, "template-not-approved", "human", "the template is not approved"),
    _error(-132, "invalid-field", "never", "a parameter is invalid"),
    _error(-133, "night", "morning", "this template is not sent at night"),
    _error(-134, "platform-error", "never", "the person has not answered the suggestion yet"),
    _error(-135, "template-rights", "human", "the OA is not allowed to send by template"),
    _error(-136, "zca-not-linked", "human", "no Zalo Cloud Account is linked"),
    _error(-137, "zca-money", "human", "the Zalo Cloud Account cannot be charged"),
    _error(-138, "template-rights", "human", "the app has no right to this"),
    _error(-139, "refused-type", "never", "the person refused this type of message"),
    _error(-140, "not-eligible", "never", "the person is not eligible for follow-up messages"),
    _error(-141, "refused-oa", "never", "the person refused messages of this OA"),
    _error(-142, "outdated", "never", "the RSA key does not exist"),
    _error(-143, "outdated", "never", "the RSA key exists already"),
    _error(-144, "template-quota", "later", "the OA is over its daily number of template messages", 3600),
    _error(-145, "template-rights", "human", "the OA may not send this type of template"),
    _error(-146, "template-disabled", "human", "the template is disabled for its low quality"),
    _error(-147, "template-quota", "later", "the template is over its daily number", 3600),
    _error(-148, "journey", "never", "the journey token is not found"),
    _error(-149, "journey", "never", "the journey token is invalid"),
    _error(-150, "journey", "never", "the journey token is over"),
    _error(-151, "unsupported", "never", "no end-to-end encrypted template"),
    _error(-152, "outdated", "never", "the encryption failed"),
    _error(-153, "template-fields", "never", "the data is not as the template specifies"),
    _error(-158, "over-limit", "never", "the upload is too large"),
    _error(-159, "unsupported", "never", "the upload is of another format"),
    _error(-160, "quota-out", "later", "over the daily number of uploads", 3600),
    _error(-161, "template-rights", "human", "the sending mode is not supported"),
    _error(-162, "template-rights", "human", "the OA may not use this sending mode"),
    _error(-1091, "template-rights", "human", "the template cannot be edited"),
    _error(-1121, "template-field-long", "never", "a field is too long"),
    _error(-1122, "template-field-missing", "never", "a field is missing"),
    _error(-1123, "template-fields", "never", "the QR code cannot be made"),
    _error(-1124, "template-field-form", "never", "a field is not of the right form"),
    _error(-1131, "template-buttons", "human", "a button's content is invalid"),
    _error(-1201, "template-rights", "human", "the OA lacks a right"),
    _error(-1202, "template-rights", "human", "the OA lacks a right"),
    _error(-1241, "app-secret", "account", "appsecret_proof is wrong"),
    _error(-1351, "template-rights", "human", "the OA is blocked from sending by template"),
    _error(-1381, "template-rights", "human", "the app has no right to send by template"),
    _error(-1441, "template-quota", "later", "the OA is over its monthly number of promotions", 3600),
    _error(-1471, "receive-quota-out", "later", "the person had too many follow-up messages", 3600),
    _error(-1472, "receive-quota-out", "later", "the person had too many promotions", 3600),
    _error(-1491, "journey", "never", "the journey does not fit"),
)  # fmt: skip

_OA_BY_CODE = {error.code: error for error in TABLE}
_ZNS_BY_CODE = {error.code: error for error in ZNS}

_NOT_THE_WHOLE_ACCOUNT = frozenset({"not-verified", "permission", "package", "oa-type", "api-not-registered"})
"""Of templates they say nothing about ordinary answers."""


def lookup(code: int, where: Where = "oa") -> ZaloError:
    """A code that we do not know is a refusal all the same; only a person can tell whether another try makes sense."""
    # What the door says before ZNS looks at the message has the OA's numbers.
    found = (_ZNS_BY_CODE.get(code) if where == "zns" else None) or _OA_BY_CODE.get(code)
    if found is None:
        return _error(code, "platform-error", "never", "unknown")
    if where != "oa" and found.reason in _NOT_THE_WHOLE_ACCOUNT:
        return msgspec.structs.replace(found, action="human")
    return found


def reason_of(error: ZaloError, message: str) -> str:
    """Zalo says in words which field it means (`user_id is invalid!`)."""
    if error.reason == "invalid-field" and ("user_id" in message or "recipient" in message):
        return "invalid-recipient"
    return error.reason
