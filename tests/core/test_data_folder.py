import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sokhach.core.data_folder import FORMAT, LOCK, MARKER, DataFolder, RunningProcess
from sokhach.core.preflight import check_port
from sokhach.core.startup import (
    NOTICES,
    AddressRefusedError,
    AlreadyRunningError,
    DiskFullError,
    ForeignFolderError,
    NewerFolderError,
    PortTakenError,
    StartupError,
    operator_locale,
)
from tests.support.places import NOBODY, as_ordinary_user, open_place


@pytest.fixture
def place() -> Iterator[Path]:
    with open_place() as folder:
        yield folder


class TestOpen:
    def test_makes_the_folder_and_marks_it(self, place: Path) -> None:
        folder = DataFolder.open(place / "a" / "b")
        marker = json.loads((folder.path / MARKER).read_text("utf-8"))
        assert marker == {"product": "sokhach", "format": FORMAT, "id": folder.id}
        folder.close()

    def test_is_found_again(self, place: Path) -> None:
        first = DataFolder.open(place / "data")
        first.close()
        again = DataFolder.open(place / "data")
        assert again.id == first.id
        assert again.previous is None
        again.close()

    def test_is_closed_to_others(self, place: Path) -> None:
        (place / "data").mkdir(mode=0o777)
        DataFolder.open(place / "data").close()
        # Root's database runs under another account and passes through without reading.
        assert (place / "data").stat().st_mode & 0o777 == (0o711 if os.geteuid() == 0 else 0o700)

    def test_accepts_a_folder_with_the_key_that_an_earlier_command_made(self, place: Path) -> None:
        (place / "secret.key").write_text("key", "ascii")
        (place / LOCK).touch()
        (place / f"{MARKER}.draft").write_text("{", "ascii")
        DataFolder.open(place).close()
        assert (place / MARKER).exists()

    def test_refuses_a_foreign_folder_and_leaves_it_as_it_was(self, place: Path) -> None:
        (place / "holiday.jpg").touch()
        with pytest.raises(ForeignFolderError):
            DataFolder.open(place)
        assert [path.name for path in place.iterdir()] == ["holiday.jpg"]

    def test_refuses_a_file(self, place: Path) -> None:
        (place / "data").touch()
        with pytest.raises(ForeignFolderError):
            DataFolder.open(place / "data")

    @pytest.mark.parametrize("content", ["not json", '{"product": "other"}', "[]"])
    def test_refuses_a_marker_of_something_else(self, place: Path, content: str) -> None:
        (place / MARKER).write_text(content, "utf-8")
        with pytest.raises(ForeignFolderError):
            DataFolder.open(place)

    def test_refuses_a_newer_format(self, place: Path) -> None:
        (place / MARKER).write_text(json.dumps({"product": "sokhach", "format": FORMAT + 1, "id": "x"}), "utf-8")
        with pytest.raises(NewerFolderError):
            DataFolder.open(place)

    def test_refuses_a_second_holder_and_names_the_first(self, place: Path) -> None:
        folder = DataFolder.open(place / "data")
        with pytest.raises(AlreadyRunningError, match=str(os.getpid())):
            DataFolder.open(place / "data")
        folder.close()
        DataFolder.open(place / "data").close()

    def test_is_free_again_when_its_holder_was_killed(self, place: Path) -> None:
        script = (
            "import os, sys; from pathlib import Path; from sokhach.core.data_folder import DataFolder, RunningProcess;"
            "f = DataFolder.open(Path(sys.argv[1])); f.note([RunningProcess('web', 77, 5.0)]); os.kill(os.getpid(), 9)"
        )
        subprocess.run([sys.executable, "-c", script, str(place / "data")], check=False)
        folder = DataFolder.open(place / "data")
        assert folder.previous is not None
        assert folder.previous.children == [RunningProcess("web", 77, 5.0)]
        folder.close()

    def test_says_when_it_may_not_write(self, place: Path) -> None:
        place.chmod(0o755 if os.geteuid() == 0 else 0o555)
        outcome = as_ordinary_user(lambda: str(DataFolder.open(place / "data")))
        assert outcome.startswith("NotWritableError: not-writable:")
        assert "Permission denied" in outcome

    def test_says_when_the_lock_belongs_to_somebody_else(self, place: Path) -> None:
        if os.geteuid() != 0:
            pytest.skip("needs root, to make a file that is not ours")
        DataFolder.open(place / "data").close()
        (place / "data").chmod(0o777)
        outcome = as_ordinary_user(lambda: str(DataFolder.open(place / "data")))
        assert outcome.startswith("NotWritableError: not-writable:")

    def test_says_when_the_disk_is_full(self, place: Path) -> None:
        with pytest.raises(DiskFullError, match="at least 99999999 MB"):
            DataFolder.open(place / "data", needed_mb=99_999_999)
        DataFolder.open(place / "data").close()

    def test_works_for_an_ordinary_user(self, place: Path) -> None:
        if os.geteuid() == 0:
            os.chown(place, NOBODY, NOBODY)
        outcome = as_ordinary_user(lambda: DataFolder.open(place / "data").id)
        assert outcome == json.loads((place / "data" / MARKER).read_text("utf-8"))["id"]
        assert (place / "data").stat().st_mode & 0o777 == 0o700


class TestCheckPort:
    async def test_free(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        await check_port("127.0.0.1", port)

    async def test_taken(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            with pytest.raises(PortTakenError, match=str(taken.getsockname()[1])):
                await check_port("127.0.0.1", taken.getsockname()[1])

    async def test_address_of_another_machine(self) -> None:
        with pytest.raises(AddressRefusedError):
            await check_port("192.0.2.1", 8686)


class TestTexts:
    def test_every_reason_has_both_languages_and_a_code_of_its_own(self) -> None:
        reasons = StartupError.__subclasses__()
        assert len({reason.code for reason in reasons}) == len(reasons) >= 12
        for reason in reasons:
            assert set(reason.texts) == {"vi", "en"}
            assert reason.texts["vi"] != reason.texts["en"]

    def test_every_reason_is_described_for_operators(self) -> None:
        headings = (Path(__file__).parents[2] / "docs" / "running.md").read_text("utf-8").splitlines()
        assert [f"### {reason.code}" for reason in StartupError.__subclasses__()] == [
            heading for heading in headings if heading.startswith("### ")
        ]

    def test_every_notice_has_both_languages(self) -> None:
        assert all(set(texts) == {"vi", "en"} for texts in NOTICES.values())

    @pytest.mark.parametrize(
        ("env", "locale"),
        [
            ({"LANG": "en_US.UTF-8"}, "en"),
            ({"LANG": "en_US.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "vi"),
            ({"LANG": "C.UTF-8"}, "vi"),
            ({}, "vi"),
        ],
    )
    def test_language_of_the_terminal(self, env: dict[str, str], locale: str) -> None:
        assert operator_locale(env) == locale
