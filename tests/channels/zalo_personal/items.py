"""Elements of frames as Zalo Web sends them, and the journal's lines around them."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.support.oa import at, ms

OWN = "1000000000000000001"
PEER = "3617497249381594260"
GROUP = "3000000000000000003"


def journalled(item: Any, cmd: int = 501, list_name: str | None = "msgs", **more: Any) -> bytes:
    """As the host writes it."""
    line = {"v": 1, "conn": "c-1", "n": 1, "cmd": cmd, "sub": 0, "list": list_name, "own": OWN, "at": 1795140000000}
    return json.dumps({**line, "item": item, **more}, ensure_ascii=False).encode()


def message(
    number: int,
    moment: datetime,
    content: Any = "Còn hàng không shop?",
    *,
    own: bool = False,
    peer: str = PEER,
    group: str | None = None,
    msg_type: str = "webchat",
    **more: Any,
) -> dict[str, Any]:
    """`number` makes both ids."""
    return {
        "actionId": "13596876859289",
        "msgId": str(8_055_261_000_000 + number),
        "cliMsgId": str(1_784_347_000_000 + number),
        "realMsgId": "0",
        "msgType": msg_type,
        "uidFrom": "0" if own else peer,
        "idTo": group or (peer if own else "0"),
        "dName": "Chủ SIM" if own else f"Khách {peer[-3:]}",
        "ts": ms(moment),
        "content": content,
        "ttl": 0,
        **more,
    }


def named(number: int) -> str:
    """What Zalo calls the message."""
    return f"m:{8_055_261_000_000 + number}"


def undone(number: int, of: int, moment: datetime, **more: Any) -> dict[str, Any]:
    content = {"globalMsgId": 8_055_261_000_000 + of, "cliMsgId": 1_784_347_000_000 + of, "deleteMsg": 0, "srcId": 0}
    return message(number, moment, content, msg_type="chat.undo", **more)


def reacted(number: int, of: int, moment: datetime, icon: str = "/-heart", **more: Any) -> dict[str, Any]:
    target = {"cMsgID": 1_784_347_000_000 + of, "gMsgID": 8_055_261_000_000 + of, "msgType": 1}
    content = {"rType": 5 if icon else -1, "rIcon": icon, "rMsg": [target], "source": 0}
    return message(number, moment, json.dumps(content), msg_type="chat.reaction", **more)


def received(of: int, peer: str = PEER, moment: datetime | None = None) -> dict[str, Any]:
    return {"msgId": str(8_055_261_000_000 + of), "seen": 0, "deliveredUids": [peer], "seenUids": [],
            "realMsgId": "0", "mSTs": int(ms(moment or at(0)))}  # fmt: skip


def seen(of: int, peer: str = PEER) -> dict[str, Any]:
    return {"idTo": peer, "msgId": str(8_055_261_000_000 + of), "realMsgId": "0"}


def group_event(act: str, moment: datetime, members: Mapping[str, str], **more: Any) -> dict[str, Any]:
    """`members`: uid → name."""
    data = {
        "subType": 1,
        "groupId": GROUP,
        "creatorId": "77",
        "groupName": "Khách sỉ",
        "sourceId": "77",
        "updateMembers": [{"id": uid, "dName": name, "avatar": "", "type": 1} for uid, name in members.items()],
        "time": ms(moment),
        **more,
    }
    return {"content": {"act_type": "group", "act": act, "data": json.dumps(data, ensure_ascii=False)}}


def friend_event(act: str, data: Any) -> dict[str, Any]:
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return {"content": {"act_type": "fr", "act": act, "data": text, "fileId": None}}
