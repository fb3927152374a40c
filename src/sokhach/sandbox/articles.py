"""Articles and the broadcasts that carry them (reference §1.3, §1.7)."""

from typing import Any

import msgspec

from sokhach.sandbox.accounts import OfficialAccount, new_message_id
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.days import month_start_ms
from sokhach.sandbox.refusals import Refusal, invalid
from sokhach.sandbox.store import Store

PROCESSING_MS = 30_000
"""How long an article is in the making; no source tells."""

Json = dict[str, Any]


class Article(msgspec.Struct, kw_only=True):
    article_id: str
    token: str
    oa_id: str
    body: Json
    created_ms: int
    ready_ms: int
    removed_ms: int | None = None


class Broadcast(msgspec.Struct, kw_only=True):
    message_id: str
    oa_id: str
    target: Json
    articles: list[str]
    created_ms: int


class Articles:
    def __init__(self, store: Store, clock: SimulatedClock) -> None:
        self._store = store
        self._clock = clock

    def check_quota(self, oa: OfficialAccount) -> None:
        """How many articles a month an account may make depends on its package; no source tells the numbers."""
        since = month_start_ms(self._clock.now_ms())
        made = self._store.value("SELECT count(*) FROM article WHERE oa_id = ? AND created_ms >= ?", (oa.oa_id, since))
        if oa.articles_per_month is not None and made >= oa.articles_per_month:
            raise Refusal(-223, "Your OA has reached the limit quota of creating articles")

    def create(self, oa_id: str, body: Json) -> Article:
        now = self._clock.now_ms()
        article = Article(
            article_id=new_message_id(),
            token=new_message_id() * 2,
            oa_id=oa_id,
            body=body,
            created_ms=now,
            ready_ms=now + PROCESSING_MS,
        )
        self._store.upsert("article", article, "article_id")
        return article

    def by_token(self, oa_id: str, token: str) -> Article:
        """Once it is made; `-214` before."""
        return self._ready(self._one("token", oa_id, token), "token")

    def article(self, oa_id: str, article_id: str, field: str = "id") -> Article:
        return self._ready(self._one("article_id", oa_id, article_id), field)

    def _one(self, column: str, oa_id: str, value: str) -> Article | None:
        sql = f"SELECT * FROM article WHERE {column} = ? AND oa_id = ? AND removed_ms IS NULL"
        return self._store.one(Article, sql, (value, oa_id))

    def _ready(self, article: Article | None, field: str) -> Article:
        if article is None:
            raise invalid(field)
        if article.ready_ms > self._clock.now_ms():
            raise Refusal(-214, "Article is being processed")
        return article

    def listed(self, oa_id: str, kind: str) -> list[Article]:
        """Newest first, finished ones only."""
        sql = """SELECT * FROM article WHERE oa_id = ? AND removed_ms IS NULL AND ready_ms <= ?
                 ORDER BY created_ms DESC, article_id"""
        found = self._store.all(Article, sql, (oa_id, self._clock.now_ms()))
        return [article for article in found if article.body["type"] == kind]

    def change(self, article: Article, body: Json) -> Article:
        article.body = body
        article.ready_ms = self._clock.now_ms() + PROCESSING_MS
        self._store.upsert("article", article, "article_id")
        return article

    def remove(self, article: Article) -> None:
        article.removed_ms = self._clock.now_ms()
        self._store.upsert("article", article, "article_id")

    # Broadcasts

    def broadcast(self, oa: OfficialAccount, target: Json, articles: list[str]) -> Broadcast:
        made = Broadcast(
            message_id=new_message_id(),
            oa_id=oa.oa_id,
            target=target,
            articles=articles,
            created_ms=self._clock.now_ms(),
        )
        self._store.upsert("broadcast", made, "message_id")
        return made

    def broadcasts(self, oa_id: str) -> list[Broadcast]:
        sql = "SELECT * FROM broadcast WHERE oa_id = ? ORDER BY created_ms, message_id"
        return self._store.all(Broadcast, sql, (oa_id,))
