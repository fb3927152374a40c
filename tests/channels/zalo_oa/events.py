"""One payload of every event that Zalo is known to send to an OA's webhook. Names, fields and odd values (a timestamp
of 1974, `oaId`, numbers for texts) are facts of Zalo's documentation and of its samples; the rest is made up."""

from datetime import datetime
from typing import Any

from tests.support.oa import APP_ID, OA_ID, at, ms

USER = "2468135790246813579"
GROUP = "f414c8f76fa586fbdfb4"
ADMIN = "3617497249381594260"
VISITOR = "5468135790246813579"
VISIT = "f414c8f76fa586fbdfb5"


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
    dated_1974 = _message("user_send_text", "96d3cdf3af150460909", sender=USER, recipient=OA_ID, text="message")
    quoted = _message(
        "user_send_text", "in-quote", sender=USER, recipient=OA_ID, text="Cái này nè", quote_msg_id="in-text"
    )
    return events | {
        "user_send_text": said,
        "user_send_text with a quote": quoted,
        "user_send_text of 1974": dated_1974 | {"timestamp": "154390853474"},
        "user_send_poll": _message("user_send_poll", "in-poll", sender=USER, recipient=OA_ID),
    }


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
        "user_reacted_message in a group": _message(
            "user_reacted_message", "group-out", sender=USER, recipient=GROUP, react_icon="/-heart"
        )
        | {"oa_id": OA_ID},
        "user_received_message of a template": {
            "event_name": "user_received_message",
            "sender": {"id": OA_ID},
            "recipient": {"id": "84900000009"},
            "message": {"delivery_time": ms(at(-9)), "msg_id": "zns-1", "tracking_id": "order-88213"},
        },
        **_anonymous(),
    }


def _anonymous() -> dict[str, dict[str, Any]]:
    """A visitor of a website's chat box."""
    events: dict[str, dict[str, Any]] = {}
    for kind in ("text", "image", "file", "sticker"):
        content: dict[str, Any] = {"text": "Chào shop"} if kind == "text" else {"attachments": _ATTACHED[kind]}
        asks = _message(f"anonymous_send_{kind}", f"anon-in-{kind}", sender=VISITOR, recipient=OA_ID, **content)
        answers = _message(f"oa_send_anonymous_{kind}", f"anon-out-{kind}", sender=OA_ID, recipient=VISITOR, **content)
        for event in (asks, answers):
            event["message"]["conversation_id"] = VISIT
            events[event["event_name"]] = event
    return events


def _about_people() -> dict[str, dict[str, Any]]:
    ours = {"oa_id": OA_ID, "user_id": USER, "user_id_by_app": "552177279717587730"}
    info = {
        "name": "Nguyễn Thị Lan",
        "phone": "84912345678",
        "user_dob": "30/10/1999",
        "gender": "Nữ",
        "full_address": {
            "user_city": "Bình Dương",
            "user_ward": "Phường Dĩ An",
            "user_address": "12 Lý Thường Kiệt",
        },
    }
    older = {"name": "Lan", "phone": 84912345679, "address": "12", "ward": "A", "district": "Dĩ An", "city": "BD"}
    widget = {"user_id": USER, "user_external_id": "crm-1001", "url": "https://shop.example"}
    return {
        "follow": {"event_name": "follow", "oa_id": OA_ID, "follower": {"id": USER}, "source": "oa_profile"},
        "unfollow": {"event_name": "unfollow", "oa_id": OA_ID, "follower": {"id": USER}, "source": "oa_profile"},
        "user_submit_info": {
            "event_name": "user_submit_info",
            "sender": {"id": USER},
            "recipient": {"id": OA_ID},
            "info": info,
        },
        "user_submit_info in its older form": {
            "event_name": "user_submit_info",
            "sender": {"id": USER},
            "recipient": {"id": OA_ID},
            "info": older,
        },
        "user_click_chatnow": {"event_name": "user_click_chatnow", **ours},
        "update_user_info": {"event_name": "update_user_info", **ours, "data": {"method": "dynamic_url"}},
        "user_withdraw": {"event_name": "user_withdraw", **ours},
        "add_user_to_tag": {
            "event_name": "add_user_to_tag",
            "oa_id": OA_ID,
            "tag": {"name": "VIP", "user_ids": [USER]},
        },
        "add_user_to_tag of nobody": {"event_name": "add_user_to_tag", "oa_id": OA_ID, "tag": {"name": "Sỉ"}},
        "remove_user_from_tag": {
            "event_name": "remove_user_from_tag",
            "oa_id": OA_ID,
            "tag": {"name": "VIP", "user_ids": [USER]},
        },
        "remove_tag": {"event_name": "remove_tag", "oa_id": OA_ID, "tag": {"name": "VIP"}},
        "permission_revoked": {"event_name": "permission_revoked", "oa_id": OA_ID},
        "extension_purchased": {
            "event_name": "extension_purchased",
            "oa_id": OA_ID,
            "extension_id": "1",
            "extension_sub_info": {
                "valid_start_date": "1795000000000",
                "valid_through_date": "1797600000000",
                "duration_month": 1,
            },
        },
        "widget_interaction_accepted": {"event_name": "widget_interaction_accepted", "oa_id": OA_ID, "data": widget},
        "widget_failed_to_sync_user_external_id": {
            "event_name": "widget_failed_to_sync_user_external_id",
            "oa_id": OA_ID,
            "data": widget | {"message": "user already has user_external_id"},
        },
        "shop_has_order": {"event_name": "shop_has_order", "oa_id": OA_ID, "customer": {"id": USER}},
        "user_asking_product": {"event_name": "user_asking_product", **ours},
    }


def _calls(moment: datetime) -> dict[str, dict[str, Any]]:
    call = {
        "oa_id": OA_ID,
        "phone": "84912345670",
        "call_id": "c-1",
        "call_type": "AUDIO",
        "init_time": ms(moment),
        "call_duration": "65000",
        "waiting_time": "5",
        "talk_time": "60000",
        "status_code": "0",
    }
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
        "oa_call_user": {"event_name": "oa_call_user", "user_id": USER, **call, "talk_time": 0},
        "user_call_oa by number": {"event_name": "user_call_oa", **call, "call_id": "c-2"},
    }


def _groups() -> dict[str, dict[str, Any]]:
    life = (
        "create_group",
        "user_join_group",
        "user_request_join_group",
        "accept_request_join_group",
        "reject_request_join_group",
        "react_request_join_group",
        "react_request_join_group_accept",
        "react_request_join_group_reject",
        "add_group_admin",
        "remove_group_admin",
        "update_group_info",
        "user_out_group",
        "user_leave_group",
        "delete_group",
        "disperse_group",
    )
    events: dict[str, dict[str, Any]] = {
        name: {"event_name": name, "oa_id": OA_ID, "group_id": GROUP, "users": [{"id": USER}]} for name in life
    }
    said = _message("user_send_group_text", "group-in", sender=USER, recipient=GROUP, text="Họp lúc mấy giờ?")
    both = {
        f"{who}_send_group_{kind}": _message(
            f"{who}_send_group_{kind}",
            f"group-{who}-{kind}",
            sender=USER if who == "user" else OA_ID,
            recipient=GROUP,
            attachments=_ATTACHED[kind],
        )
        | {"oa_id": OA_ID}
        for who in ("user", "oa")
        for kind in ("image", "gif", "link", "audio", "video", "sticker", "location", "business_card", "file")
    }
    answer = _message("oa_send_group_text", "group-out", sender=OA_ID, recipient=GROUP, text="9 giờ ạ")
    return (
        events
        | both
        | {
            "user_send_group_text": said | {"oa_id": OA_ID},
            "oa_send_group_text": answer | {"oa_id": OA_ID},
        }
    )


def _templates() -> dict[str, dict[str, Any]]:
    bare = (
        "change_oa_template_tags",
        "change_template_quota",
        "event_journey_time_out",
        "event_journey_acknowledged",
    )
    return {name: {"event_name": name, "oa_id": OA_ID} for name in bare} | {
        "user_feedback": {
            "event_name": "user_feedback",
            "oa_id": OA_ID,
            "message": {
                "rating_type": "csat",
                "option": "five_emotions",
                "note": "Tôi rất hài lòng.",
                "rate": 5,
                "submit_time": "1616673095659",
                "msg_id": "zns-1",
                "feedbacks": ["Nhân viên vui vẻ"],
                "tracking_id": "1956",
            },
        },
        "user_click_response_button": {
            "event_name": "user_click_response_button",
            "oa_id": OA_ID,
            "msg_id": "zns-1",
            "message": {"submit_time": "1616673095659", "button_type": "response", "data": "Gọi lại cho tôi"},
        },
        "change_oa_daily_quota": {
            "event_name": "change_oa_daily_quota",
            "oaId": OA_ID,
            "quota": {"prev_value": 1000, "new_value": 2000},
            "timestamp": "1",
        },
        "change_template_status": {
            "event_name": "change_template_status",
            "oa_id": OA_ID,
            "template_id": "31239",
            "status": {"prev_status": "PENDING_REVIEW", "new_status": "ENABLE"},
            "reason": "",
        },
        "change_template_quality": {
            "event_name": "change_template_quality",
            "oa_id": OA_ID,
            "template_id": "31239",
            "quality": "MEDIUM",
        },
    }
