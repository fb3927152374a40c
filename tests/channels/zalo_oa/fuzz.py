"""Payloads with something missing, added, or of another type: what a platform may send after its next change."""

import copy
from typing import Any, cast

from hypothesis import strategies as st

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["", " ", "x", "-1", "2026-11-20", "anonymous:", "🌸" * 20, "[@1]", "\u0000", "a" * 5000, "/-remove"]
    ),
    st.text(max_size=12),
    st.just([]),
    st.just({}),
    st.just([[{"id": [None]}]]),
    st.dictionaries(st.sampled_from(["id", "url", "name", "text", "user_ids"]), st.integers(), max_size=2),
)
EXTRA = st.sampled_from(["msg_id", "text", "attachments", "new_field", "users", "tag", "data"])


@st.composite
def broken(draw: st.DrawFn, payload: dict[str, Any]) -> dict[str, Any]:
    """`payload` with one to three changes, anywhere in it. What says whose it is stays, or nobody would take it in."""
    changed = copy.deepcopy(payload)
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(_places(changed)))
        how = draw(st.sampled_from(["missing", "other", "extra"]))
        if how == "missing":
            del holder[key]
        else:
            holder[key if how == "other" else draw(EXTRA)] = copy.deepcopy(draw(JUNK))
        if not _places(changed):
            break
    return changed


_WHOSE = frozenset({"oa_id", "oaId", "event_name", "app_id"})


def _places(value: Any, depth: int = 0) -> list[tuple[dict[str, Any], str]]:
    found: list[tuple[dict[str, Any], str]] = []
    if isinstance(value, dict):
        holder = cast("dict[str, Any]", value)
        for key, inner in holder.items():
            if depth or key not in _WHOSE:
                found.append((holder, key))
            found += _places(inner, depth + 1)
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            found += _places(inner, depth + 1)
    return found
