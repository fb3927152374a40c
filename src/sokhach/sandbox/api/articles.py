"""Articles (reference §1.7); those with video are not simulated."""

from typing import Any

import msgspec
from litestar import Router, get, post

from sokhach.sandbox.api.gate import Caller, call, page, query
from sokhach.sandbox.articles import Article
from sokhach.sandbox.buttons import limited
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.refusals import Refusal, invalid
from sokhach.sandbox.sending import decode
from sokhach.sandbox.world import World

MAX_TITLE, MAX_AUTHOR, MAX_DESCRIPTION = 150, 50, 300
MAX_PAGE = 10


class ArticleOrder(msgspec.Struct, kw_only=True):
    type: str
    title: str
    author: str
    description: str
    body: list[dict[str, Any]]
    cover: dict[str, Any] = {}
    status: str = "hide"
    comment: str = "show"


class ChangeOrder(ArticleOrder, kw_only=True):
    id: str


class TokenOrder(msgspec.Struct):
    token: str


class IdOrder(msgspec.Struct):
    id: str


class SliceQuery(msgspec.Struct):
    offset: int
    limit: int
    type: str = "normal"


@post("/v2.0/article/create", status_code=200)
async def create(request: AnyRequest, world: World) -> Reply:
    """Gives a token; the article is in the making for a while."""
    body = await request.body()

    def act(caller: Caller) -> dict[str, str]:
        content = _content(decode(body, ArticleOrder))
        world.articles.check_quota(caller.oa)
        return {"token": world.articles.create(caller.oa.oa_id, content).token}

    return await call(world, request, act)


@post("/v2.0/article/verify", status_code=200)
async def verify(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> dict[str, str]:
        return {"id": world.articles.by_token(caller.oa.oa_id, decode(body, TokenOrder).token).article_id}

    return await call(world, request, act)


@post("/v2.0/article/update", status_code=200)
async def update(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> dict[str, str]:
        order = decode(body, ChangeOrder)
        article = world.articles.article(caller.oa.oa_id, order.id)
        return {"token": world.articles.change(article, _content(order)).token}

    return await call(world, request, act)


@post("/v2.0/article/remove", status_code=200)
async def remove(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> dict[str, Any]:
        world.articles.remove(world.articles.article(caller.oa.oa_id, decode(body, IdOrder).id))
        return {}

    return await call(world, request, act)


@get("/v2.0/article/getdetail")
async def detail(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        return _view(world.articles.article(caller.oa.oa_id, _plain_id(request)))

    return await call(world, request, act)


@get("/v2.0/article/getslice")
async def listing(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        wanted = query(request, SliceQuery)
        page(wanted.offset, wanted.limit, most=MAX_PAGE)
        found = world.articles.listed(caller.oa.oa_id, wanted.type)
        shown = found[wanted.offset : wanted.offset + wanted.limit]
        return {"total": len(found), "medias": [_view(article) for article in shown]}

    return await call(world, request, act)


def _content(order: ArticleOrder) -> dict[str, Any]:
    if order.type != "normal":
        raise Refusal(-233, "Article type is not supported")
    limited(order.title, MAX_TITLE, "title")
    limited(order.author, MAX_AUTHOR, "author")
    limited(order.description, MAX_DESCRIPTION, "description")
    if not order.body:
        raise invalid("body")
    if order.status not in ("show", "hide"):
        raise invalid("status")
    content = msgspec.structs.asdict(order)
    content.pop("id", None)
    return content


def _plain_id(request: AnyRequest) -> str:
    given = request.query_params.get("id")
    return given if given is not None else query(request, IdOrder).id


def _view(article: Article) -> dict[str, Any]:
    return {"id": article.article_id, "create_date": article.created_ms, **article.body}


router = Router("/", route_handlers=[create, verify, update, remove, detail, listing])
