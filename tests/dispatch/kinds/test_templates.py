"""Templates: read from Zalo, and sent by id and by phone."""

from datetime import timedelta
from typing import Any

import pytest

from sokhach.channels import template_sync
from sokhach.core import clock
from sokhach.dispatch.composing import Said, TemplateChoice
from tests.dispatch.kinds.sending import shown
from tests.support.zalo import Desk, later

TEMPLATE_PATH = "/v3.0/oa/message/template"
ZNS_PATH = "/message/template"


class TestTemplates:
    async def sync(self, desk: Desk) -> list[dict[str, Any]]:
        desk.zalo.order(f"/oas/{desk.oa_id}/zns/samples")
        while await template_sync.step(desk.database, {"zalo_oa": desk.connector}):
            pass
        return desk.zalo.read(f"/oas/{desk.oa_id}/zns/templates")["items"]

    def filled(self, template: dict[str, Any]) -> dict[str, str]:
        return {param["name"]: param["sample"] for param in template["params"]}

    async def choice(self, desk: Desk, via: Any) -> TemplateChoice:
        """One that may be sent to anybody at any time: no code to sign in, no advertisement, no journey under way."""
        fit = (one for one in await self.sync(desk) if one["status"] == "ENABLE" and not one.get("journey"))
        template = next(one for one in fit if one["tag"] == "POST_TRANSACTION")
        return TemplateChoice(template["template_id"], self.filled(template), via)

    async def give_phone(self, desk: Desk, phone: str = "+84912345678") -> None:
        await desk.execute(
            "INSERT INTO contact_identity (contact_id, kind, external_id, first_seen_at)"
            " SELECT contact_id, 'phone', :phone, :now FROM conversation WHERE id = :id",
            phone=phone,
            now=clock.now(),
            id=desk.conversation_id,
        )
        await desk.execute("UPDATE contact SET custodian_id = :staff", staff=desk.person.id)
        desk.zalo.put(f"/oas/{desk.oa_id}/zns/phones/{phone[1:]}")

    async def test_are_read_with_fields_and_prices(self, desk: Desk) -> None:
        there = await self.sync(desk)
        known = await desk.rows("SELECT * FROM channel_template ORDER BY template_id")
        assert {one["template_id"] for one in known} == {one["template_id"] for one in there}
        enabled = next(one for one in there if one["status"] == "ENABLE" and one["params"])
        row = next(one for one in known if one["template_id"] == enabled["template_id"])
        assert [one["name"] for one in row["params"]] == [one["name"] for one in enabled["params"]]
        assert (row["price_phone"], row["price_uid"]) == (enabled["price_dong"], enabled["price_uid_dong"])

    async def test_by_id_reaches_somebody_after_the_window(self, desk: Desk) -> None:
        choice = await self.choice(desk, "uid")
        later(timedelta(days=30).total_seconds())
        await desk.give_tokens()
        [message] = await desk.say(Said(template=choice))
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert len(shown(desk)) == 1

    async def test_by_phone_is_found_by_its_receipt_though_the_answer_was_lost(self, desk: Desk) -> None:
        choice = await self.choice(desk, "phone")
        await self.give_phone(desk)
        desk.fault("api_lost_reply", path=ZNS_PATH, count=1)
        [message] = await desk.say(Said(template=choice))
        await desk.work()
        assert await desk.delivery(message) == ("uncertain", "no-answer")
        [there] = desk.zalo.read(f"/oas/{desk.oa_id}/zns/messages")["items"]
        now = round(clock.now().timestamp() * 1000)
        await desk.hear(
            {
                "sender": {"id": desk.oa_id},
                "recipient": {"id": "84912345678"},
                "event_name": "user_received_message",
                "message": {"delivery_time": str(now), "msg_id": there["msg_id"], "tracking_id": there["tracking_id"]},
                "app_id": desk.app_id,
                "timestamp": str(now),
            },
            "84912345678",
        )
        assert (await desk.delivery(message))[0] == "delivered"

    async def test_by_phone(self, desk: Desk) -> None:
        choice = await self.choice(desk, "phone")
        await self.give_phone(desk)
        [message] = await desk.say(Said(template=choice))
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        [there] = desk.zalo.read(f"/oas/{desk.oa_id}/zns/messages")["items"]
        assert there["tracking_id"] == f"sokhach-{message}"
        names = await desk.rows("SELECT external_id FROM message_alias WHERE message_id = :id", id=message)
        assert {one["external_id"] for one in names} == {there["msg_id"], f"tracking:sokhach-{message}"}

    @pytest.mark.parametrize(
        ("code", "reason"),
        [(-118, "no-zalo"), (-146, "template-disabled"), (-115, "zca-money"), (-131, "template-not-approved")],
    )
    async def test_what_zalo_says_of_it_stays_with_it(self, desk: Desk, code: int, reason: str) -> None:
        choice = await self.choice(desk, "phone")
        await self.give_phone(desk)
        desk.fault("api_error", path=ZNS_PATH, error=code, message="no", count=1)
        [message] = await desk.say(Said(template=choice))
        answer = await desk.write("Dạ")
        await desk.work()
        assert await desk.delivery(message) == ("failed", reason)
        assert await desk.delivery(answer) == ("sent", None)

    async def test_a_package_too_small_for_templates_does_not_stop_answers(self, desk: Desk) -> None:
        choice = await self.choice(desk, "uid")
        desk.fault("api_error", path=TEMPLATE_PATH, error=-224, message="package", count=1)
        [message] = await desk.say(Said(template=choice))
        answer = await desk.write("Dạ")
        await desk.work()
        assert await desk.delivery(message) == ("failed", "package")
        assert await desk.delivery(answer) == ("sent", None)

    async def test_night_is_waited_for(self, desk: Desk) -> None:
        choice = await self.choice(desk, "uid")
        desk.fault("api_error", path=TEMPLATE_PATH, error=-234, message="night", count=1)
        [message] = await desk.say(Said(template=choice))
        await desk.work()
        assert await desk.delivery(message) == ("queued", "night")
        morning = await desk.value("SELECT due_at FROM outbox WHERE message_id = :id", id=message)
        assert timedelta() < morning - clock.now() <= timedelta(days=1)
        later((morning - clock.now()).total_seconds() + 1)
        await desk.give_tokens()
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)

    async def test_are_read_again_when_zalo_tells_of_a_change(self, desk: Desk) -> None:
        await self.sync(desk)
        assert await template_sync.step(desk.database, {"zalo_oa": desk.connector}) == 0
        await desk.execute(
            "INSERT INTO channel_event (account_id, name, key, at) VALUES (:id, 'change_template_status', 'k', :now)",
            id=desk.account_id,
            now=clock.now(),
        )
        assert await template_sync.step(desk.database, {"zalo_oa": desk.connector}) == 1
        assert await template_sync.step(desk.database, {"zalo_oa": desk.connector}) == 0

    async def test_a_change_does_not_defeat_the_wait_after_a_failure(self, desk: Desk) -> None:
        await self.sync(desk)
        desk.fault("api_status", path="/template/all", status=503)
        await desk.execute(
            "INSERT INTO channel_event (account_id, name, key, at) VALUES (:id, 'change_template_status', 'k', :now)",
            id=desk.account_id,
            now=clock.now(),
        )
        connectors = {"zalo_oa": desk.connector}
        assert await template_sync.step(desk.database, connectors) == 1
        assert await template_sync.step(desk.database, connectors) == 0
        later(template_sync.AGAIN_AFTER.total_seconds() + 1)
        assert await template_sync.step(desk.database, connectors) == 1
        assert await template_sync.step(desk.database, connectors) == 0

    async def test_a_host_out_of_reach_is_asked_again_later(self, desk: Desk) -> None:
        desk.fault("api_status", path="/template/all", status=503, count=1)
        assert await template_sync.step(desk.database, {"zalo_oa": desk.connector}) == 1
        row = await desk.row("SELECT reason, synced_at FROM channel_template_sync")
        assert (row["reason"], row["synced_at"]) == ("platform-busy", None)
        later(template_sync.AGAIN_AFTER.total_seconds() + 1)
        await self.sync(desk)
        assert await desk.value("SELECT count(*) FROM channel_template") > 0
