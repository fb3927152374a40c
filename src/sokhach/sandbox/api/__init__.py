"""The OA OpenAPI, a module for each subject."""

from litestar import Router

from sokhach.sandbox.api import (
    account,
    articles,
    calls,
    forms,
    group_reads,
    groups,
    history,
    messages,
    people,
    tags,
    templates,
    uploads,
)

routers: list[Router] = [
    part.router
    for part in (
        account, articles, calls, forms, group_reads, groups, history, messages, people, tags, templates, uploads,
    )
]  # fmt: skip
