"""Zalo Web's services, a module for each subject. They enter themselves in `HANDLERS` when imported."""

from sokhach.sandbox.web.calls import HANDLERS
from sokhach.sandbox.web.services import conversations, files, groups, people, talk

PARTS = (conversations, files, groups, people, talk)

__all__ = ["HANDLERS", "PARTS"]
