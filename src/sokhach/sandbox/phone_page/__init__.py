"""The phone: a page on which a visitor chats with an official account as one of its customers, or uses the phone of a
personal account, and the small API behind it."""

from litestar import Router

from sokhach.sandbox.phone_page import deeds, friendships, pages, personal, personal_deeds, reads, stream
from sokhach.sandbox.phone_page.guard import own_page_only

routers = (
    pages.router,
    Router(
        "/phone/api",
        route_handlers=[
            *reads.handlers,
            *deeds.handlers,
            *personal.handlers,
            *personal_deeds.handlers,
            *friendships.handlers,
            *stream.handlers,
        ],
        before_request=own_page_only,
    ),
)
