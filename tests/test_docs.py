"""Documentation as a test: whatever has a name that people use stands in `docs/`."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.metrics import MetricWrapperBase
from typer.main import get_command

import sokhach
from sokhach.channels.cli import channel_app
from sokhach.cli import app
from sokhach.core import config, telemetry
from sokhach.core.actor import PERMISSIONS, Permission, Role
from sokhach.core.catalogue import TEXTS, say
from sokhach.core.config import Settings
from sokhach.core.events import Event
from sokhach.demo.cli import demo_app
from sokhach.intake.cli import journal_app
from sokhach.people.cli import staff_app

DOCS = Path(__file__).parents[1] / "docs"
# Groups that `sokhach` imports only when they are called.
LATER = {"channel": channel_app, "demo": demo_app, "journal": journal_app, "staff": staff_app}


def rows(page: str) -> dict[str, str]:
    """Table rows of a page by what stands in their first cell."""
    lines = (DOCS / page).read_text("utf-8").splitlines()
    return {found[1]: line for line in lines if (found := re.match(r"\| `([^`]+)` \|", line))}


class TestSettings:
    def test_each_has_a_row_with_its_default(self) -> None:
        documented = rows("settings.md")
        assert list(documented) == list(Settings.__struct_fields__)
        for name, value, _, _ in config.describe(config.load(env={}, file=Path("none"))):
            assert documented[name].split("|")[2].strip(" `") == value, name

    def test_each_is_explained_in_both_languages(self) -> None:
        for name in Settings.__struct_fields__:
            assert say("vi", f"setting.{name}") != say("en", f"setting.{name}")


def test_commands() -> None:
    assert set(rows("cli.md")) == {f"sokhach {name}" for name in commands(app)}


def test_command_options() -> None:
    """Options that every command has stand once, above the table."""
    documented = rows("cli.md")
    for name, options in commands(app).items():
        missing = [option for option in options - {"--data", "--help"} if option not in documented[f"sokhach {name}"]]
        assert missing == [], name


def test_events() -> None:
    documented = rows("events.md")
    events = {kind.__name__: kind for kind in subclasses(Event)}
    assert set(documented) == set(events)
    for name, kind in events.items():
        assert [field for field in kind.__struct_fields__ if f"`{field}`" not in documented[name]] == [], name


def test_problems() -> None:
    slugs = {key.split(".")[1] for key in TEXTS["en"] if key.startswith("problem.")}
    assert set(rows("errors.md")) == slugs


def test_metrics() -> None:
    metrics = {metric_name(value): value for value in vars(telemetry).values() if isinstance(value, MetricWrapperBase)}
    documented = rows("metrics.md")
    assert set(documented) == set(metrics)
    for name, metric in metrics.items():
        assert [label for label in metric._labelnames if f"`{label}`" not in documented[name]] == [], name


def test_permissions() -> None:
    documented = rows("permissions.md")
    for permission in Permission:
        held = [cell.strip() == "yes" for cell in documented.pop(permission.value).split("|")[2:7]]
        assert held == [permission in PERMISSIONS[role] for role in Role], permission
    assert set(documented) <= {role.value for role in Role}


@pytest.mark.parametrize("page", sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")))
def test_links_lead_somewhere(page: str) -> None:
    path = DOCS / page
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def commands(group: typer.Typer, prefix: str = "") -> dict[str, set[str]]:
    """Every command below a group, with its options."""
    found: dict[str, set[str]] = {}
    for name, command in getattr(get_command(group), "commands", {}).items():
        if prefix == "" and name in LATER:
            found |= commands(LATER[name], f"{name} ")
        elif inner := getattr(command, "commands", None):
            found |= {f"{prefix}{name} {one}": options_of(inner[one]) for one in inner}
            if getattr(command, "invoke_without_command", False):
                found[prefix + name] = options_of(command)
        else:
            found[prefix + name] = options_of(command)
    return found


def options_of(command: object) -> set[str]:
    return {name for option in getattr(command, "params", []) for name in option.opts if name.startswith("--")}


def subclasses(of: type[Event]) -> Iterator[type[Event]]:
    for module in pkgutil.walk_packages(sokhach.__path__, "sokhach."):
        if module.name.endswith(".events"):
            importlib.import_module(module.name)
    for kind in of.__subclasses__():
        if kind.__module__.startswith("sokhach."):
            yield kind


def metric_name(metric: MetricWrapperBase) -> str:
    assert isinstance(metric, Counter | Gauge | Histogram)
    return metric._name + ("_total" if isinstance(metric, Counter) else "")
