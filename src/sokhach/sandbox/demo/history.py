"""The order for a played past: checked, played beside the event loop, written, told."""

import asyncio
from collections.abc import Sequence

import msgspec

from sokhach.sandbox.accounts import Accounts
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.demo.actors import Actors
from sokhach.sandbox.demo.ledger import Ledger, Told
from sokhach.sandbox.demo.orders import HistoryOrder
from sokhach.sandbox.demo.past import Past
from sokhach.sandbox.demo.people import trades_of
from sokhach.sandbox.demo.personal import PersonalStage, seed_of
from sokhach.sandbox.demo.personal_past import Heard
from sokhach.sandbox.personas.speech import draw

MOST_DAYS = 366


class HistoryError(Exception):
    """The past cannot be played; the message says why."""


class History:
    def __init__(
        self, clock: SimulatedClock, accounts: Accounts, actors: Actors, ledger: Ledger, personal: PersonalStage
    ) -> None:
        self._clock = clock
        self._accounts = accounts
        self._actors = actors
        self._ledger = ledger
        self._personal = personal

    async def play(self, order: HistoryOrder) -> Sequence[Told | Heard]:
        """Raises `HistoryError`, `UnknownTradeError`, `NotFoundError` (account)."""
        self._actors.need(order.oa_id)
        trades_of(order.trades)
        now = self._clock.now_ms()
        until_ms = now if order.until_ms is None else order.until_ms
        if until_ms > now or not 0 < order.days <= MOST_DAYS:
            raise HistoryError(f"the past ends now at the latest and has 1 to {MOST_DAYS} days")
        self._check_empty(order.oa_id)
        personal = self._actors.is_personal(order.oa_id)
        if personal:
            order = msgspec.structs.replace(order, seed=seed_of(order.oa_id))
        past = await asyncio.to_thread(Past, order, until_ms, first=int(personal))
        self._check_empty(order.oa_id)
        if personal:
            return self._ledger.write_personal(past, order, until_ms, self._personal)
        oa = self._accounts.oa(order.oa_id)
        return self._ledger.write(past, oa, order.seed, draw(f"ledger/{order.seed}/{order.oa_id}"))

    def _check_empty(self, oa_id: str) -> None:
        if self._actors.of_account(oa_id):
            raise HistoryError("the account has demo customers already: DELETE /control/demo/{oa} first")
