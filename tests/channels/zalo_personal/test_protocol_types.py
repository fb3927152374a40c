"""Both sides of the sidecar's stdio speak by one schema."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from sokhach.channels.zalo_personal import protocol

SIDECAR = Path(__file__).parents[3] / "sidecars" / "zalo-personal"


def test_the_sidecar_knows_the_protocol_as_it_is() -> None:
    if not (SIDECAR / "node_modules" / "json-schema-to-typescript").is_dir():
        pytest.fail("the sidecar's packages for development are missing: make setup-dev")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    made = subprocess.run(
        ["node", "scripts/protocol.mjs", "--print"],
        input=msgspec.json.encode(protocol.schema()),
        capture_output=True,
        cwd=SIDECAR,
        env={**os.environ, "PATH": path},
        check=True,
    )
    assert made.stdout.decode() == (SIDECAR / "src" / "protocol.gen.ts").read_text("utf-8"), "run `make protocol`"
