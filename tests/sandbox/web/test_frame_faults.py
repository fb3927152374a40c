"""Frames and calls that go wrong by order: how many, for whom, and what is left of them."""

import asyncio
from typing import Any

from sokhach.sandbox.selftest.web_client import WebClient
from sokhach.sandbox.selftest.web_line import Line
from sokhach.sandbox.web.frame_faults import FrameFault, FrameFaults, FrameOrder
from sokhach.sandbox.web.sockets import Parcel
from tests.sandbox.web.conftest import SignIn


def parcel(number: int) -> Parcel:
    return Parcel((501, 0), "msgs", [number])


def left(faults: FrameFaults, uid: str, count: int) -> list[int]:
    """Items that leave, in order."""
    return [each.items[0] for number in range(count) for each in faults.strike(uid, parcel(number))[0]]


class TestCounting:
    def test_k_of_n_holds_for_every_account(self) -> None:
        faults = FrameFaults()
        faults.add(FrameOrder(kind=FrameFault.DROP, k=2, n=5))
        assert [len(left(faults, uid, 10)) for uid in ("1", "2")] == [6, 6]

    def test_the_same_seed_strikes_the_same(self) -> None:
        found: list[list[int]] = []
        for _ in range(2):
            faults = FrameFaults()
            faults.add(FrameOrder(kind=FrameFault.DROP, k=3, n=10, seed=5))
            found.append(left(faults, "1", 30))
        assert found[0] == found[1]
        assert len(found[0]) == 21

    def test_at_most_so_many(self) -> None:
        faults = FrameFaults()
        faults.add(FrameOrder(kind=FrameFault.DROP, count=2))
        assert left(faults, "1", 5) == [2, 3, 4]

    def test_only_the_named_account(self) -> None:
        faults = FrameFaults()
        faults.add(FrameOrder(kind=FrameFault.DROP, uid="1"))
        assert (left(faults, "1", 2), left(faults, "2", 2)) == ([], [0, 1])

    def test_reordering_never_mixes_accounts(self) -> None:
        faults = FrameFaults()
        released: list[tuple[str, Any]] = []

        def keep(uid: str, each: Parcel) -> bool:
            released.append((uid, each.items[0]))
            return True

        faults.on_release(keep)
        faults.add(FrameOrder(kind=FrameFault.REORDER, window=2))
        assert left(faults, "1", 1) == []
        assert left(faults, "2", 2) == [1, 0]
        faults.remove()
        assert released == [("1", 0)]

    def test_who_is_gone_for_ever(self) -> None:
        gone: dict[str, bool] = {}
        for kind in (FrameFault.DROP, FrameFault.UNKNOWN_OPCODE, FrameFault.UNDECRYPTABLE, FrameFault.DUPLICATE):
            faults = FrameFaults()
            faults.add(FrameOrder(kind=kind))
            gone[kind] = faults.strike("1", parcel(1))[1]
        assert gone == {"drop": True, "unknown_opcode": True, "undecryptable": False, "duplicate": False}


async def told(staff: WebClient, customer: str, line: Line, text: str) -> None:
    await staff.control("POST", "/messages", from_uid=customer, to=staff.uid, text=text)


class TestOnTheWire:
    async def test_a_fault_of_one_account_leaves_the_other_alone(
        self, staff: WebClient, customer: str, sign_in: SignIn
    ) -> None:
        other = await sign_in("Nhân viên Bình")
        lines = [await staff.listen(), await other.listen()]
        await staff.control("POST", "/faults", kind="drop", uid=staff.uid)
        for each in (staff, other):
            await each.control("POST", "/messages", from_uid=customer, to=each.uid, text="x")
        await lines[1].items(501, "msgs")
        assert lines[0].of(501) == []

    async def test_a_dropped_frame_can_be_had_by_asking(self, staff: WebClient, customer: str) -> None:
        line = await staff.listen()
        await staff.control("POST", "/faults", kind="drop", uid=staff.uid, forever=False)
        await told(staff, customer, line, "hỏi thì có")
        line.send(510, 1, {"first": True, "lastId": None, "preIds": [], "req_id": "req_0"})
        (item,) = await line.items(510, "msgs")
        assert item["content"] == "hỏi thì có"

    async def test_a_storm_cuts_every_new_socket(self, staff: WebClient) -> None:
        await staff.control("POST", "/faults", kind="storm", uid=staff.uid, count=2, delay_ms=50)
        assert [await (await staff.listen()).closed(3) for _ in range(2)] == [1006, 1006]
        line = await staff.listen()
        await asyncio.sleep(0.2)
        assert line.close_code is None

    async def test_an_unknown_opcode_carries_a_group_message(self, staff: WebClient, customer: str) -> None:
        made = await staff.control("POST", "/groups", name="B12", creator=customer, members=[staff.uid])
        line = await staff.listen()
        await staff.control("POST", "/faults", kind="unknown_opcode", uid=staff.uid)
        await staff.control("POST", "/messages", from_uid=customer, to=made["gid"], group=True, text="x")
        (item,) = await line.items(524, "groupMsgs")
        assert (item["content"], line.of(521)) == ("x", [])

    async def test_a_duplicate_is_a_frame_of_its_own(self, staff: WebClient, customer: str) -> None:
        line = await staff.listen()
        await staff.control("POST", "/faults", kind="duplicate", uid=staff.uid, copies=3)
        await told(staff, customer, line, "x")
        assert len(await line.wait(501, 3)) == 3


class TestCalls:
    async def test_a_code_by_order_inside_and_outside_the_cipher(self, staff: WebClient, customer: str) -> None:
        for plain in (False, True):
            await staff.control("POST", "/faults", kind="code", uid=staff.uid, count=1, code=-5, plain=plain)
            answer = await staff.sends(customer)
            assert (answer["_status"], answer["error"]) == (200, -5)
        assert (await staff.sends(customer))["error"] == 0

    async def test_slowness_has_a_path(self, staff: WebClient, customer: str) -> None:
        await staff.control("POST", "/faults", kind="slow", path="/api/friend", delay_ms=60_000)
        assert (await asyncio.wait_for(staff.sends(customer), 5))["error"] == 0

    async def test_a_status_without_a_body(self, staff: WebClient, customer: str) -> None:
        await staff.control("POST", "/faults", kind="status", uid=staff.uid, status=503, count=1)
        assert (await staff.sends(customer))["_status"] == 503

    async def test_an_unknown_kind_is_refused(self, staff: WebClient) -> None:
        answer = await staff.http.post("/control/web/faults", json={"kind": "meteor"})
        assert answer.status_code == 400
        assert "storm" in answer.json()["detail"]
