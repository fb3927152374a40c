"""Files as the console uploads them, and what the phone of the simulated customer shows of all that is sent."""

import io
from hashlib import sha256
from typing import Any

from PIL import Image

from sokhach.core import clock
from sokhach.core.storage import new_key
from tests.support.zalo import Desk

UPLOAD = "/v2.0/oa/upload/"


def picture(form: str = "JPEG", colour: str = "navy") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (48, 32), colour).save(drawn, form)
    return drawn.getvalue()


FILES = {
    "image": ("mau.jpg", "image/jpeg", picture()),
    "gif": ("mau.gif", "image/gif", picture("GIF")),
    "file": ("bao-gia.pdf", "application/pdf", b"%PDF-1.7\n1 0 obj"),
}


async def uploaded(desk: Desk, kind: str, content: bytes | None = None) -> int:
    """A file as the console's upload leaves it."""
    name, content_type, sample = FILES[kind]
    content = content or sample
    key = new_key()
    await desk.storage.put(key, content)
    return await desk.value(
        """
        INSERT INTO media (conversation_id, position, staff_id, state, type, content_type, name, size_bytes, width,
            height, sha256, storage_key, has_thumbnail, attempts, created_at, stored_at)
        VALUES (:conversation, 0, :staff, 'stored', :kind, :content_type, :name, :size, 48, 32, :sha, :key, false, 0,
            :now, :now)
        RETURNING id
        """,
        conversation=desk.conversation_id,
        staff=desk.person.id,
        kind=kind,
        content_type=content_type,
        name=name,
        size=len(content),
        sha=sha256(content).digest(),
        key=key,
        now=clock.now(),
    )


def shown(desk: Desk) -> list[dict[str, Any]]:
    """What the OA sent, as the customer's phone shows it."""
    there = desk.zalo.read(f"/oas/{desk.oa_id}/users/{desk.user_id}/messages")
    return [message for message in there if message["src"] == 0]
