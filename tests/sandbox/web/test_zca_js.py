"""The library that the world uses, unmodified, against the simulated Zalo Web."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from sokhach.sandbox.media import SAMPLES
from sokhach.sandbox.selftest.web_client import WebClient
from tests.sandbox.harness import SandboxProcess

LIBRARY = Path(__file__).parents[3] / "sidecars/zalo-personal/node_modules/zca-js"
SCRIPT = Path(__file__).with_name("zca.mjs")
NODE = shutil.which("node")

needs_library = pytest.mark.skipif(NODE is None or not LIBRARY.is_dir(), reason="zca-js is not installed")


@needs_library
async def test_signs_in_listens_and_does_everything(sandbox: SandboxProcess, http: httpx.AsyncClient) -> None:
    hand = WebClient(http)
    uid, person, friend = [await hand.person(name) for name in ("Nhân viên An", "Chị Lan", "Anh Bình")]
    for other in (person, friend):
        await hand.control("POST", "/friendships", a=uid, b=other)
    group = (await hand.control("POST", "/groups", name="B12", creator=uid, members=[person, friend]))["gid"]
    told = await _run(sandbox.url, str(LIBRARY), str(SAMPLES), uid, person, friend, group)

    assert told["steps"] == [0, 2, 4]
    assert (told["first"], told["uid"]) == (uid, uid)
    assert told["codes"] == {
        "undo of others": 118, "unknown number": 216, "request to a friend": 225, "stranger to all": 114,
    }  # fmt: skip
    assert told["results"]["friends"] == [person, friend]
    assert told["results"]["groups"] == [group]
    assert told["results"]["group info"] == 3
    assert told["results"]["labels"] == 2
    assert told["results"]["old"] > 10
    assert "error" not in told["events"]
    wanted = {"message", "undo", "reaction", "seen_messages", "delivered_messages", "typing", "old_messages"}
    assert wanted | {"upload_attachment"} <= set(told["events"])
    assert told["closed"] == [3003]


async def _run(*arguments: str) -> dict[str, Any]:
    assert NODE is not None
    process = await asyncio.create_subprocess_exec(
        NODE, str(SCRIPT), *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    output, errors = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0, errors.decode()
    return json.loads(output)
