"""What becomes of each event in the store. The table of docs/channels/zalo-oa.md says the same in words."""

import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.channels.zalo_oa.events import GROUP, USER, VISIT, every_event
from tests.channels.zalo_oa.fuzz import broken
from tests.intake.test_gateway import send
from tests.support.oa import OA, OA_ID, at, connect_oa, echoed, ms, said

EVENTS = every_event()
OTHER = "9002"


def changed(name: str, seconds: float, **more: Any) -> dict[str, Any]:
    """An event of the collection at another time, with other fields."""
    return EVENTS[name] | {"timestamp": ms(at(seconds))} | more


def reacted(msg_id: str, icon: str, seconds: float) -> dict[str, Any]:
    return changed("user_reacted_message", seconds, message={"msg_id": msg_id, "react_icon": icon})


def tagged(event: str, name: str, seconds: float, *people: str) -> dict[str, Any]:
    return {
        "event_name": event,
        "oa_id": OA_ID,
        "tag": {"name": name, "user_ids": list(people)},
        "timestamp": ms(at(seconds)),
    }


async def tags_of(oa: OA, person: str) -> list[str]:
    rows = await oa.rows(
        "SELECT tag.name FROM tagged t JOIN tag ON tag.id = t.tag_id JOIN contact_identity i USING (contact_id)"
        " WHERE i.external_id = :person ORDER BY tag.name",
        person=person,
    )
    return [row["name"] for row in rows]


class TestGroupNames:
    async def test_a_new_group_is_asked_about_once_and_again_when_it_changes(self, oa: OA) -> None:
        await oa.take(EVENTS["user_send_group_text"])
        asked = "DELETE FROM profile_request WHERE external_id LIKE 'group:%' RETURNING external_id"
        assert await oa.value(asked) == f"group:{GROUP}"
        await oa.take(EVENTS["user_join_group"])
        assert await oa.rows(asked) == []
        await oa.take(EVENTS["update_group_info"])
        assert await oa.value(asked) == f"group:{GROUP}"


class TestReactions:
    async def test_before_the_message_or_after(self, oa: OA) -> None:
        await oa.take(reacted("m1", "/-heart", 5))
        assert await oa.value("SELECT count(*) FROM conversation") == 0
        await oa.take(said(USER, "m1", at(0)), echoed(USER, "m2", at(1)))
        await oa.take(reacted("m2", "/-strong", 6))
        rows = await oa.rows("SELECT external_id, author, icon FROM reaction ORDER BY external_id")
        assert [tuple(row.values()) for row in rows] == [("m1", USER, "/-heart"), ("m2", USER, "/-strong")]
        message = "SELECT id FROM message WHERE external_id = 'm2'"
        told = "SELECT payload FROM realtime_event WHERE kind = 'message.changed'"
        assert (await oa.value(told))["message_ids"] == [await oa.value(message)]

    async def test_the_last_word_counts_whatever_comes_last(self, oa: OA) -> None:
        await oa.take(reacted("m1", "/-remove", 9))
        await oa.take(reacted("m1", "/-heart", 5))
        assert await oa.value("SELECT count(*) FROM reaction WHERE icon IS NOT NULL") == 0
        await oa.take(reacted("m1", ":>", 10))
        assert await oa.value("SELECT icon FROM reaction") == ":>"

    async def test_is_no_word_of_the_customer(self, oa: OA) -> None:
        await oa.take(said(USER, "m1", at(0)), reacted("m1", "/-heart", 60))
        assert await oa.value("SELECT last_inbound_at FROM conversation") == at(0)


class TestPeople:
    async def test_what_they_told_is_kept_by_its_latest_word(self, oa: OA) -> None:
        await oa.take(changed("user_submit_info", 20, info={"name": "Lan", "city": "Huế"}))
        await oa.take(EVENTS["user_submit_info"])
        [row] = await oa.rows("SELECT details FROM contact_identity WHERE kind = 'channel'")
        told = {field: word["value"] for field, word in row["details"].items()}
        assert told | {"gender": "", "birthday": ""} == {
            "name": "Lan",
            "city": "Huế",
            "phone": "+84912345678",
            "address": "12 Lý Thường Kiệt",
            "ward": "Phường Dĩ An",
            "gender": "",
            "birthday": "",
        }

    async def test_phone_numbers_join_no_contacts(self, oa: OA) -> None:
        """A family may share one."""
        other = changed("user_submit_info", 1, sender={"id": OTHER})
        await oa.take(EVENTS["user_submit_info"], EVENTS["user_submit_info"], other, EVENTS["user_call_oa"])
        rows = await oa.rows("SELECT contact_id, external_id FROM contact_identity WHERE kind = 'phone' ORDER BY 2, 1")
        assert [row["external_id"] for row in rows] == ["+84912345670", "+84912345678", "+84912345678"]
        assert len({row["contact_id"] for row in rows}) == 2

    async def test_a_number_that_is_none_is_kept_as_it_was_written(self, oa: OA) -> None:
        await oa.take(changed("user_submit_info", 0, info={"phone": "gọi zalo nhé"}))
        assert await oa.value("SELECT details->'phone'->>'value' FROM contact_identity") == "gọi zalo nhé"
        assert await oa.value("SELECT count(*) FROM contact_identity WHERE kind = 'phone'") == 0

    async def test_by_which_way_they_came(self, oa: OA) -> None:
        await oa.take(changed("follow", 5, source="message_invite"), EVENTS["follow"])
        await oa.take(changed("unfollow", 9))
        [row] = await oa.rows("SELECT following, follow_source FROM contact_identity")
        assert tuple(row.values()) == (False, "message_invite")

    async def test_whose_details_changed_is_asked_about_again(self, oa: OA) -> None:
        await oa.take(said(USER, "m1", at(0)))
        await oa.value("DELETE FROM profile_request RETURNING attempts")
        await oa.take(EVENTS["update_user_info"])
        assert await oa.value("SELECT external_id FROM profile_request") == USER

    async def test_withdrawal_is_a_request_with_a_term_and_deletes_nothing(self, oa: OA) -> None:
        await oa.take(said(USER, "m1", at(0)), EVENTS["user_withdraw"], EVENTS["user_withdraw"])
        [row] = await oa.rows("SELECT kind, requested_at, due_at, closed_at FROM privacy_request")
        assert tuple(row.values()) == ("withdraw", at(0), at(72 * 3600), None)
        assert await oa.value("SELECT count(*) FROM message WHERE kind = 'text'") == 1

    async def test_a_visitor_has_a_name_and_is_not_asked_about(self, oa: OA) -> None:
        await oa.take(EVENTS["anonymous_send_text"], EVENTS["oa_send_anonymous_text"])
        [row] = await oa.rows("SELECT c.thread_key, k.name FROM conversation c JOIN contact k ON k.id = c.contact_id")
        assert tuple(row.values()) == (f"anonymous:{VISIT}", "Khách ẩn danh DFB5")
        assert await oa.value("SELECT count(*) FROM message") == 2
        assert await oa.value("SELECT count(*) FROM profile_request") == 0

    @pytest.mark.parametrize(
        ("name", "counts"),
        [
            ("user_click_chatnow", True),
            ("widget_interaction_accepted", True),
            ("user_call_oa", True),
            ("oa_call_user", False),
            ("user_submit_info", False),
            ("user_withdraw", False),
            ("update_user_info", False),
        ],
    )
    async def test_what_zalo_reckons_its_windows_from(self, oa: OA, name: str, counts: bool) -> None:
        await oa.take(EVENTS[name])
        found = await oa.value("SELECT last_inbound_at FROM conversation")
        assert found == (at(0) if counts else None)
        assert await oa.value("SELECT unread_count FROM conversation") == 0


class TestTags:
    async def test_put_on_and_taken_off(self, oa: OA) -> None:
        await oa.take(tagged("add_user_to_tag", "VIP", 0, USER, OTHER), tagged("add_user_to_tag", "Sỉ", 1, USER))
        assert (await tags_of(oa, USER), await tags_of(oa, OTHER)) == (["Sỉ", "VIP"], ["VIP"])
        await oa.take(tagged("remove_user_from_tag", "VIP", 2, USER))
        assert (await tags_of(oa, USER), await tags_of(oa, OTHER)) == (["Sỉ"], ["VIP"])

    async def test_in_the_wrong_order(self, oa: OA) -> None:
        await oa.take(tagged("remove_user_from_tag", "VIP", 2, USER))
        await oa.take(tagged("add_user_to_tag", "VIP", 1, USER))
        assert await tags_of(oa, USER) == []

    async def test_a_tag_that_is_gone_is_on_nobody_until_it_is_put_on_again(self, oa: OA) -> None:
        await oa.take(tagged("add_user_to_tag", "VIP", 0, USER), tagged("remove_tag", "VIP", 5))
        await oa.take(tagged("add_user_to_tag", "VIP", 3, OTHER))
        assert (await tags_of(oa, USER), await tags_of(oa, OTHER)) == ([], [])
        await oa.take(tagged("add_user_to_tag", "VIP", 6, USER))
        assert await tags_of(oa, USER) == ["VIP"]
        assert await oa.value("SELECT count(*) FROM channel_event WHERE name = 'tag_deleted'") == 1


class TestGroups:
    async def test_who_is_in_it(self, oa: OA) -> None:
        join, leave = changed("user_join_group", 10), changed("user_out_group", 20)
        await oa.take(leave, changed("user_join_group", 30, users=[{"id": OTHER}]))
        await oa.take(join, EVENTS["user_send_group_text"])
        rows = await oa.rows(
            "SELECT i.external_id, p.joined_at, p.came_at, p.left_at FROM conversation_participant p"
            " JOIN contact_identity i ON i.id = p.identity_id ORDER BY i.external_id"
        )
        assert [tuple(row.values()) for row in rows] == [
            (USER, at(0), at(10), at(20)),
            (OTHER, at(30), at(30), None),
        ]
        assert await oa.value("SELECT thread_key FROM conversation") == GROUP

    async def test_what_happens_stands_in_the_thread(self, oa: OA) -> None:
        life = [name for name, event in EVENTS.items() if "group_id" in event]
        await oa.take(*(EVENTS[name] for name in life))
        rows = await oa.rows("SELECT content->>'event' AS event, author_kind FROM message WHERE kind = 'event'")
        assert {row["author_kind"] for row in rows} == {"system"}
        # Four of them are other names for the same.
        assert len(rows) == len(life) - 4


class TestAccount:
    async def test_the_log_has_each_thing_once(self, oa: OA) -> None:
        await oa.take(EVENTS["change_template_status"], EVENTS["change_template_status"], EVENTS["user_feedback"])
        rows = await oa.rows("SELECT name, message_external_id FROM channel_event ORDER BY name")
        assert [tuple(row.values()) for row in rows] == [("change_template_status", None), ("user_feedback", "zns-1")]

    async def test_what_is_unknown_is_named_there(self, oa: OA) -> None:
        await oa.take({"event_name": "user_dances", "oa_id": OA_ID})
        assert await oa.value("SELECT name FROM channel_event") == "user_dances"
        assert await oa.value("SELECT count(*) FROM quarantine") == 0

    async def test_a_permission_taken_back_puts_it_down(self, oa: OA) -> None:
        await oa.take(EVENTS["permission_revoked"])
        [row] = await oa.rows("SELECT health, health_reason FROM channel_account")
        assert tuple(row.values()) == ("down", "token-revoked")

    async def test_but_not_after_it_was_mended(self, oa: OA) -> None:
        """As when the journal is applied again."""
        mended = "UPDATE channel_account SET health = 'ok', health_since = :at RETURNING id"
        await oa.value(mended, at=at(60))
        await oa.take(EVENTS["permission_revoked"])
        assert await oa.value("SELECT health FROM channel_account") == "ok"
        assert await oa.value("SELECT count(*) FROM channel_event") == 1

    async def test_nor_after_it_was_authorised_again_in_good_health(self, oa: OA) -> None:
        """As when Zalo repeats its news hours later."""
        again = "UPDATE channel_account SET health = 'ok', health_since = :since, authorised_at = :at RETURNING id"
        await oa.value(again, since=at(-9000), at=at(60))
        await oa.take(EVENTS["permission_revoked"])
        assert await oa.value("SELECT health FROM channel_account") == "ok"
        assert await oa.value("SELECT count(*) FROM channel_event") == 1
        await oa.take(EVENTS["permission_revoked"] | {"timestamp": ms(at(61))})
        assert await oa.value("SELECT health FROM channel_account") == "down"


class TestFiles:
    async def test_are_noted_to_be_fetched(self, oa: OA) -> None:
        kinds = ("image", "gif", "sticker", "audio", "video", "file", "location", "link", "business_card")
        await oa.take(*(EVENTS[f"user_send_{kind}"] for kind in kinds))
        rows = await oa.rows("SELECT type, state FROM media ORDER BY type")
        assert {row["state"] for row in rows} == {"pending"}
        assert [row["type"] for row in rows] == ["audio", "file", "gif", "image", "sticker", "video"]
        assert await oa.value("SELECT count(*) FROM message WHERE kind = 'unsupported'") == 0


def samples() -> list[dict[str, Any]]:
    """Zalo's own samples, collected beside the public data; none when they are not there."""
    file = Path(os.environ.get("SOKHACH_DATA", "/nowhere/data")).parent / "reference/payloads.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    wanted = [sample for sample in map(json.loads, lines) if sample["_kind"] in {"oa_webhook", "zns_webhook"}]
    return [{key: value for key, value in sample.items() if not key.startswith("_")} for sample in wanted]


@pytest.mark.caller(None)
class TestSamples:
    @pytest.mark.skipif(not samples(), reason="SOKHACH_DATA is not set")
    async def test_each_is_taken_in_and_means_something(
        self, client: httpx.AsyncClient, settings: Settings, owner_db: Database
    ) -> None:
        accounts = {OA_ID, "388613280879880645", "2893352839501541173", "oa-quota"}
        oas = [await connect_oa(settings, owner_db, oa_id=oa_id) for oa_id in sorted(accounts)]
        for sample in samples():
            answer = await send(client, sample)
            assert answer.status_code == 200, (sample, answer.text)
        await oas[0].drain()
        assert await oas[0].rows("SELECT reason, detail FROM quarantine") == []
        assert await oas[0].value("SELECT count(*) FROM message WHERE kind = 'unsupported'") == 0
        heard = {sample["event_name"] for sample in samples()}
        logged = {row["name"] for row in await oas[0].rows("SELECT name FROM channel_event")}
        assert logged - {"tag_created", "tag_deleted"} <= heard


@pytest.mark.caller(None)
class TestBroken:
    async def test_is_taken_in_and_harms_no_neighbour(
        self, client: httpx.AsyncClient, settings: Settings, owner_db: Database
    ) -> None:
        """Each event with something missing, added, or of another type, a valid signature on it."""
        oa = await connect_oa(settings, owner_db)
        sent = 0

        @_few
        @given(data=st.data())
        def draw(data: st.DataObject) -> None:
            bodies.extend(data.draw(broken(event)) for event in EVENTS.values())

        bodies: list[dict[str, Any]] = []
        draw()
        for number, body in enumerate(bodies):
            answer = await send(client, body | {"app_id": EVENTS["follow"]["app_id"]})
            assert answer.status_code in {200, 400, 401, 404}, (body, answer.text)
            sent += answer.status_code == 200
            if number % 10 == 0:
                assert (await send(client, said("neighbour", f"n{number}", at(number)))).status_code == 200
        assert sent > len(bodies) / 2
        await oa.drain()
        neighbours = (len(bodies) + 9) // 10
        found = "SELECT message_count FROM conversation WHERE thread_key = 'neighbour'"
        assert await oa.value(found) == neighbours
        assert await oa.value("SELECT count(*) FROM journal_pending") == 0


_UNTIRED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
_few = settings(max_examples=2, deadline=None, database=None, suppress_health_check=_UNTIRED)
