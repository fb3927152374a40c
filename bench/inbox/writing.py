"""`reply_p95_ms`: a person's answer, from its request until it is queued and shown. The worker sends meanwhile."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

from bench.inbox.browser import Browser
from bench.inbox.office import Office
from bench.support import percentile
from bench.words import Words
from sokhach.core import clock


def measure(office: Office, times: int) -> Mapping[str, float]:
    words = Words(office.chance)
    recent = f"last_inbound_at > '{(clock.now() - timedelta(days=2)).isoformat()}'"
    seconds: list[float] = []
    for person in office.people:
        browser = Browser(office.port, person)
        for conversation_id in office.theirs(person, times // len(office.people), recent):
            said = {"client_id": str(uuid.uuid4()), "text": words.sentence()}
            seconds.append(browser.post(f"/api/conversations/{conversation_id}/messages", said).seconds)
        browser.close()
    return {"reply_p50_ms": percentile(seconds, 0.5) * 1000, "reply_p95_ms": percentile(seconds, 0.95) * 1000}
