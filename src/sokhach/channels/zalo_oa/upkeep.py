"""A Zalo OA as far as its upkeep goes. Implements `Platform`."""

from collections.abc import Sequence
from typing import Literal

from sokhach.channels.connector import Account, SendRefusedError
from sokhach.channels.upkeep.platform import AccountPage, HistoryPage, QuotaLine
from sokhach.channels.zalo_oa import history, page
from sokhach.channels.zalo_oa.client import Answer, NoAnswerError
from sokhach.channels.zalo_oa.connector import ZaloOA

AGAIN_SECONDS = 30.0


class ZaloUpkeep:
    def __init__(self, oa: ZaloOA) -> None:
        self._oa = oa

    async def recent_threads(self, account: Account, offset: int) -> HistoryPage:
        query = history.ListQuery(offset, history.PAGE)
        return history.to_page((await self._get(account, history.LIST_PATH, query)).data)

    async def thread_history(self, account: Account, thread_key: str, offset: int) -> HistoryPage:
        query = history.ThreadQuery(thread_key, offset, history.PAGE)
        return history.to_page((await self._get(account, history.THREAD_PATH, query)).data)

    async def account_page(self, account: Account) -> AccountPage:
        """Quotas and tags are left out where the OA's package or permissions do not give them."""
        oa = page.to_oa_page((await self._get(account, page.OA_PATH, None)).data)
        return AccountPage(
            name=oa.name,
            description=oa.description,
            is_verified=oa.is_verified,
            category=oa.cate_name,
            follower_count=oa.num_follower,
            package_name=oa.package_name or None,
            package_until=oa.package_valid_through_date or None,
            avatar_url=_web(oa.avatar),
            cover_url=_web(oa.cover),
            zca_linked=None if oa.linked_ZCA is None else bool(oa.linked_ZCA),
            quotas=await self._quotas(account),
            tags=await self._tags(account),
        )

    async def change_tag(self, account: Account, person: str, name: str, change: Literal["added", "removed"]) -> None:
        await self._post(account, page.TAG_PATHS[change], page.TagQuery(person, name))

    async def _quotas(self, account: Account) -> Sequence[QuotaLine] | None:
        """None: no call told anything."""
        lines: list[QuotaLine] | None = None
        for kind in page.QUOTAS:
            try:
                answer = await self._post(account, page.QUOTA_PATH, page.QuotaQuery(kind.product_type, kind.quota_type))
            except SendRefusedError as error:
                if error.retry_after_seconds is not None:
                    raise
                continue
            told = page.to_quotas(kind.kind, answer.data)
            if told is not None:
                lines = [*(lines or []), *told]
        return lines

    async def _tags(self, account: Account) -> Sequence[str] | None:
        try:
            return page.to_tags((await self._get(account, page.TAGS_PATH, None)).data)
        except SendRefusedError as error:
            if error.retry_after_seconds is not None:
                raise
            return None

    async def _get(self, account: Account, path: str, query: object) -> Answer:
        try:
            return await self._oa.get(account, path, query)
        except NoAnswerError as error:
            raise SendRefusedError("platform-busy", str(error), retry_after_seconds=AGAIN_SECONDS) from error

    async def _post(self, account: Account, path: str, body: object) -> Answer:
        try:
            return await self._oa.post(account, path, body)
        except NoAnswerError as error:
            raise SendRefusedError("platform-busy", str(error), retry_after_seconds=AGAIN_SECONDS) from error


def _web(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None
