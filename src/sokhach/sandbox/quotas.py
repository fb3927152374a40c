"""On what account a message goes, and what is left: replies, welcomes, the package, bought and given quotas."""

import msgspec

from sokhach.sandbox.accounts import Accounts, Customer, OfficialAccount, new_message_id
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.days import day_text
from sokhach.sandbox.refusals import FREE_WINDOW_MS, WELCOME_MESSAGES, Refusal, check_reachable, check_window
from sokhach.sandbox.store import Store

PRICE_DONG = 55
"""Of a message outside the free window when nothing is left and the ZCA pays (§1.3, a third party's number)."""

REPLIES = "8"
"""Replies within 48 h are unlimited since 2026-01-01; the counter in the answer stays where it was."""


class Allowance(msgspec.Struct):
    """One of Zalo's quota types, as the answer shows it; empty `quota` = billed, not shown."""

    quota_type: str
    quota: dict[str, str]
    asset_id: str | None = None


class QuotaAsset(msgspec.Struct, kw_only=True):
    """Bought or given: message quota (`cs`, `transaction`), or the right to one group (`gmf10` to `gmf1000`)."""

    asset_id: str
    oa_id: str
    owner: str
    product_type: str
    quota_type: str
    valid_through_ms: int
    total: int
    remain: int
    disabled: bool = False
    group_id: str | None = None


class Quotas:
    def __init__(self, store: Store, clock: SimulatedClock, accounts: Accounts) -> None:
        self._store = store
        self._clock = clock
        self._accounts = accounts

    def allowance(self, customer: Customer, oa: OfficialAccount) -> Allowance:
        """The window rules for a "tin tư vấn". Raises the `Refusal` that applies.

        Free for 48 h after the last interaction, then from what the account has, after 7 days not at all.
        """
        check_reachable(customer)
        if check_window(customer, self._clock.now_ms()) > FREE_WINDOW_MS:
            return self._paid(oa)
        if customer.wrote or customer.follows:
            return Allowance("reply", {"quota_type": "reply", "remain": REPLIES, "total": REPLIES})
        if customer.welcome_sent >= WELCOME_MESSAGES:
            raise Refusal(-211, "Out of quota")
        remain = str(WELCOME_MESSAGES - customer.welcome_sent - 1)
        return Allowance("welcome_msg", {"quota_type": "welcome_msg", "remain": remain, "total": str(WELCOME_MESSAGES)})

    def _paid(self, oa: OfficialAccount) -> Allowance:
        """Package first, then gifts, then what was bought, then the wallet."""
        now = self._clock.now_ms()
        if oa.sub_quota_remain > 0 and oa.package_until_ms > now:
            shown = {"remain": str(oa.sub_quota_remain - 1), "total": str(oa.sub_quota_total)}
            until = day_text(oa.package_until_ms)
            return Allowance("sub_quota", {"quota_type": "sub_quota", **shown, "expired_date": until})
        for asset in self.assets(oa.oa_id, "cs"):
            if asset.remain > 0 and not asset.disabled and asset.valid_through_ms > now:
                owner_id = oa.oa_id if asset.owner == "OA" else oa.app_id
                quota = {
                    "quota_type": asset.quota_type, "remain": str(asset.remain - 1), "total": str(asset.total),
                    "expired_date": day_text(asset.valid_through_ms), "owner_type": asset.owner, "owner_id": owner_id,
                }  # fmt: skip
                return Allowance(asset.quota_type, quota, asset.asset_id)
        if not oa.pay_per_message:
            raise Refusal(-211, "Out of quota")
        self.check_wallet(oa, PRICE_DONG)
        return Allowance("billed", {})

    def check_wallet(self, oa: OfficialAccount, price_dong: int) -> None:
        if not oa.zca_linked:
            raise Refusal(-320, "Your OA has not been linked to a Zalo Cloud Account")
        if oa.zca_balance is not None and oa.zca_balance < price_dong:
            raise Refusal(-321, "Zalo Cloud Account is out of money")

    def spend(self, oa: OfficialAccount, customer: Customer, allowed: Allowance) -> None:
        match allowed.quota_type:
            case "sub_quota":
                oa.sub_quota_remain -= 1
                self._accounts.save_oa(oa)
            case "welcome_msg":
                customer.welcome_sent += 1
                self._accounts.save_customer(customer)
            case "billed":
                self.charge(oa, PRICE_DONG)
            case _ if allowed.asset_id is not None:
                sql = "UPDATE quota_asset SET remain = remain - 1 WHERE asset_id = ?"
                self._store.write(sql, (allowed.asset_id,))
            case _:
                return

    def charge(self, oa: OfficialAccount, price_dong: int) -> None:
        if oa.zca_balance is not None:
            oa.zca_balance -= price_dong
            self._accounts.save_oa(oa)

    def assets(self, oa_id: str, product_type: str) -> list[QuotaAsset]:
        """Gifts before what was bought, the one that ends first before the others."""
        sql = """SELECT * FROM quota_asset WHERE oa_id = ? AND product_type = ?
                 ORDER BY quota_type DESC, valid_through_ms, asset_id"""
        return self._store.all(QuotaAsset, sql, (oa_id, product_type))

    def asset(self, oa_id: str, asset_id: str) -> QuotaAsset | None:
        sql = "SELECT * FROM quota_asset WHERE oa_id = ? AND asset_id = ?"
        return self._store.one(QuotaAsset, sql, (oa_id, asset_id))

    def save_asset(self, asset: QuotaAsset) -> QuotaAsset:
        asset.asset_id = asset.asset_id or new_message_id()
        self._store.upsert("quota_asset", asset, "asset_id")
        return asset
