"""One payload of every event that Zalo is known to send to an OA's webhook."""

from datetime import datetime
from typing import Any

from tests.support.oa import APP_ID, OA_ID, at, ms

USER = "2468135790246813579"
GROUP = "f414c8f76fa586fbdfb4"
ADMIN = "3617497249381594260"


def every_event() -> dict[str, dict[str, Any]]:
    """By a name of ours: the event's, and what is special about it."""
    moment = at(0)
    events = {
        **_said(),
        **_echoed(),
        **_about_messages(),
        **_about_people(),
        **_calls(moment),
        **_groups(),
        **_templates(),
    }
    return {name: {"app_id": APP_ID, "timestamp": ms(moment)} | payload for name, payload in events.items()}


def _message(event: str, msg_id: str, *, sender: str, recipient: str, **message: Any) -> dict[str, Any]:
    return {
        "event_name": event,
        "sender": {"id": sender},
        "recipient": {"id": recipient},
        "user_id_by_app": "552177279717587730",
        "message": {"msg_id": msg_id, **message},
    }


def _attached(kind: str, **payload: Any) -> list[dict[str, Any]]:
    return [{"type": kind, "payload": payload}]


_ATTACHED: dict[str, list[dict[str, Any]]] = {
    "image": _attached("image", url="https://cdn.example/a.jpg", thumbnail="https://cdn.example/a-small.jpg"),
    "gif": _attached("gif", url="https://cdn.example/a.gif", thumbnail="https://cdn.example/a-small.gif"),
    "link": _attached(
        "link", url="https://shop.example", thumbnail="https://shop.example/x.png", description="Cửa hàng"
    ),
    "audio": _attached("audio", url="https://cdn.example/a.amr"),
    "video": _attached("video", url="https://cdn.example/a.mp4", thumbnail="https://cdn.example/v.jpg", description=""),
    "sticker": _attached("sticker", id="23311", url="https://cdn.example/sticker.png"),
    "location": _attached("location", coordinates={"latitude": "10.7769", "longitude": "106.7009"}),
    "business_card": _attached("link", thumbnail="", description='{"phone":"84900000001","qrCodeUrl":"https://qr"}'),
    "file": _attached(
        "file", url="https://cdn.example/b.pdf", size="53000", name="Báo giá.pdf", checksum="0", type="pdf"
    ),
    "list": _attached("link", title="Sản phẩm", url="https://shop.example/1", thumbnail="", description=""),
    "template": _attached("template", zinstant_id="8", text="", link_url="", checksum=""),
}


def _said() -> dict[str, dict[str, Any]]:
    kinds = ("image", "gif", "link", "audio", "video", "sticker", "location", "business_card", "file")
    events = {
        f"user_send_{kind}": _message(
            f"user_send_{kind}", f"in-{kind}", sender=USER, recipient=OA_ID, text="", attachments=_ATTACHED[kind]
        )
        for kind in kinds
    }
    said = _message("user_send_text", "in-text", sender=USER, recipient=OA_ID, text="Còn hàng không ạ?")
    quoted = _message(
        "user_send_text", "in-quote", sender=USER, recipient=OA_ID, text="Cái này nè", quote_msg_id="in-text"
    )
    return events | {"user_send_text": said, "user_send_text with a quote": quoted}


def _echoed() -> dict[str, dict[str, Any]]:
    events = {
        f"oa_send_{kind}": _message(
            f"oa_send_{kind}", f"out-{kind}", sender=OA_ID, recipient=USER, attachments=_ATTACHED[kind]
        )
        for kind in ("image", "gif", "list", "file", "sticker", "template")
    }
    by_api = _message("oa_send_text", "out-text", sender=OA_ID, recipient=USER, text="Dạ còn ạ")
    by_admin = _message("oa_send_text", "out-admin", sender=OA_ID, recipient=USER, text="Để em xem ạ")
    by_admin["sender"]["admin_id"] = ADMIN
    return events | {"oa_send_text": by_api, "oa_send_text by an admin": by_admin}


def _about_messages() -> dict[str, dict[str, Any]]:
    got = _message("user_received_message", "out-text", sender=OA_ID, recipient=USER)
    saw = _message("user_seen_message", "", sender=OA_ID, recipient=USER) | {
        "message": {"msg_ids": ["out-text", "out-image"]}
    }
    return {
        "user_received_message": got,
        "user_seen_message": saw,
        "user_reacted_message": _message(
            "user_reacted_message", "out-text", sender=USER, recipient=OA_ID, react_icon="/-heart"
        ),
        "oa_reacted_message": _message(
            "oa_reacted_message", "in-text", sender=OA_ID, recipient=USER, react_icon="/-strong"
        ),
        "anonymous_send_text": _message(
            "anonymous_send_text", "anon-1", sender="anonymous-1", recipient=OA_ID, text="Hi", conversation_id="c1"
        ),
        "oa_send_anonymous_text": _message(
            "oa_send_anonymous_text", "anon-2", sender=OA_ID, recipient="anonymous-1", text="Chào", conversation_id="c1"
        ),
    }


def _about_people() -> dict[str, dict[str, Any]]:
    ours = {"oa_id": OA_ID, "user_id": USER, "user_id_by_app": "552177279717587730"}
    info = {"name": "Nguyễn Thị Lan", "phone": "84900000002", "full_address": {"user_city": "Bình Dương"}}
    return {
        "follow": {"event_name": "follow", "oa_id": OA_ID, "follower": {"id": USER}, "source": "oa_profile"},
        "unfollow": {"event_name": "unfollow", "oa_id": OA_ID, "follower": {"id": USER}, "source": "oa_profile"},
        "user_submit_info": {
            "event_name": "user_submit_info",
            "sender": {"id": USER},
            "recipient": {"id": OA_ID},
            "info": info,
        },
        "user_click_chatnow": {"event_name": "user_click_chatnow", **ours},
        "update_user_info": {"event_name": "update_user_info", **ours, "data": {"method": "dynamic_url"}},
        "user_withdraw": {"event_name": "user_withdraw", **ours},
        "add_user_to_tag": {
            "event_name": "add_user_to_tag",
            "oa_id": OA_ID,
            "tag": {"name": "VIP", "user_ids": [USER]},
        },
        "remove_tag": {"event_name": "remove_tag", "oa_id": OA_ID, "tag": {"name": "VIP"}},
        "permission_revoked": {"event_name": "permission_revoked", "oa_id": OA_ID},
        "extension_purchased": {"event_name": "extension_purchased", "oa_id": OA_ID, "extension_id": "1"},
        "widget_interaction_accepted": {
            "event_name": "widget_interaction_accepted",
            "oa_id": OA_ID,
            "data": {"user_id": USER, "user_external_id": "x", "url": "https://shop.example"},
        },
    }


def _calls(moment: datetime) -> dict[str, dict[str, Any]]:
    call = {"oa_id": OA_ID, "phone": "84900000003", "call_id": "c-1", "call_type": "AUDIO", "status_code": 0}
    return {
        "oa_send_consent": {
            "event_name": "oa_send_consent",
            "oa_id": OA_ID,
            "phone": "84900000003",
            "request_type": "SENT",
            "create_time": ms(moment),
            "expired_time": "0",
        },
        "user_reply_consent": {
            "event_name": "user_reply_consent",
            "oa_id": OA_ID,
            "phone": "84900000003",
            "user_consent": "ALLOW",
        },
        "user_call_oa": {"event_name": "user_call_oa", "user_id": USER, **call},
        "oa_call_user": {"event_name": "oa_call_user", "user_id": USER, **call},
    }


def _groups() -> dict[str, dict[str, Any]]:
    life = ("create_group", "user_join_group", "user_request_join_group", "user_out_group", "update_group_info")
    events: dict[str, dict[str, Any]] = {
        name: {"event_name": name, "oa_id": OA_ID, "group_id": GROUP, "users": [{"id": USER}]} for name in life
    }
    said = _message("user_send_group_text", "group-in", sender=USER, recipient=GROUP, text="Họp lúc mấy giờ?")
    image = _message(
        "user_send_group_image", "group-image", sender=USER, recipient=GROUP, attachments=_ATTACHED["image"]
    )
    answer = _message("oa_send_group_text", "group-out", sender=OA_ID, recipient=GROUP, text="9 giờ ạ")
    return events | {
        "user_send_group_text": said | {"oa_id": OA_ID},
        "user_send_group_image": image | {"oa_id": OA_ID},
        "oa_send_group_text": answer | {"oa_id": OA_ID},
    }


def _templates() -> dict[str, dict[str, Any]]:
    return {
        "user_feedback": {
            "event_name": "user_feedback",
            "oa_id": OA_ID,
            "message": {"msg_id": "zns-1", "rate": 5, "note": "Tốt", "feedbacks": ["Nhanh"], "tracking_id": "t"},
        },
        "change_oa_daily_quota": {"event_name": "change_oa_daily_quota", "oaId": OA_ID, "quota": {"prev_quota": "500"}},
        "change_template_status": {"event_name": "change_template_status", "oa_id": OA_ID, "template_id": 1},
    }
