"""What a clone must hold so that it can be set up anywhere."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS = PROJECT["dependency-groups"]
LOCKS = {
    "requirements.lock": PROJECT["project"]["dependencies"],
    "requirements-dev.lock": [*PROJECT["project"]["dependencies"], *GROUPS["dev"]],
    "requirements-build.lock": GROUPS["build"],
    "requirements-node.lock": GROUPS["node"],
}


def locked(name: str) -> dict[str, str]:
    """Versions by package."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    pins = (re.match(r"([\w.-]+)==([^ ;]+)", line) for line in lines)
    return {canonicalize_name(pin[1]): pin[2] for pin in pins if pin}


@pytest.mark.parametrize("name", LOCKS)
class TestLock:
    def test_holds_what_the_project_asks_for(self, name: str) -> None:
        pins = locked(name)
        for line in LOCKS[name]:
            if isinstance(line, str):
                wanted = Requirement(line)
                assert wanted.specifier.contains(pins[canonicalize_name(wanted.name)]), f"{line}: run `make lock`"

    def test_every_package_has_hashes(self, name: str) -> None:
        entries = re.split(r"\n(?=\w)", (ROOT / name).read_text("utf-8"))
        assert len(entries) == len(locked(name))
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []

    def test_names_no_registry(self, name: str) -> None:
        assert re.findall(r"https?:|file:|--index|--find-links", (ROOT / name).read_text("utf-8")) == []


def test_locks_agree_with_each_other() -> None:
    versions: dict[str, set[str]] = {}
    for name in LOCKS:
        for package, version in locked(name).items():
            versions.setdefault(package, set()).add(version)
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


def test_the_consoles_lock_names_no_registry() -> None:
    packages = json.loads((ROOT / "console" / "package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name, package in packages.items() if package.get("resolved", "").startswith("http")] == []


@pytest.mark.parametrize("tool", ["@biomejs/biome", "rolldown", "lightningcss"])
def test_the_consoles_lock_names_every_platform(tool: str) -> None:
    # `npm ci` calls a lock incomplete that lacks the build of another platform and cannot look it up.
    packages = json.loads((ROOT / "console" / "package-lock.json").read_text("utf-8"))["packages"]
    builds = packages[f"node_modules/{tool}"]["optionalDependencies"]
    assert {f"node_modules/{build}" for build in builds} <= set(packages)


def test_make_help_names_every_target_that_people_use() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = {line.split()[1] for line in shown.splitlines()}
    assert {"help", "setup", "run", "test", "test-long", "lint", "types", "bench-%", "e2e", "fmt"} <= names


def test_no_lock_of_another_tool_is_kept() -> None:
    assert not (ROOT / "uv.lock").exists()
