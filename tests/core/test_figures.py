"""Figures of several processes in one answer."""

import os
import subprocess
import sys
from pathlib import Path

from sokhach.core import figures, telemetry

COUNT = """
import sys
from sokhach.core import telemetry
telemetry.SENDS.labels("sent").inc(int(sys.argv[1]))
telemetry.SOCKETS.set(int(sys.argv[1]))
if sys.argv[2:]:
    from sokhach.core import figures
    sys.stdout.buffer.write(figures.latest())
"""


def counted_in_a_process(folder: Path, number: int, *, answer: bool) -> str:
    command = [sys.executable, "-c", COUNT, str(number), *(["answer"] if answer else [])]
    environment = {**os.environ, figures.VARIABLE: str(folder)}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def test_counts_of_all_and_the_present_of_the_living(tmp_path: Path) -> None:
    counted_in_a_process(tmp_path, 2, answer=False)
    answer = counted_in_a_process(tmp_path, 5, answer=True)
    assert 'sokhach_sends_total{outcome="sent"} 7.0' in answer
    assert "sokhach_sockets 5.0" in answer
    assert "process_resident_memory_bytes" in answer


def test_without_a_shared_folder_one_s_own() -> None:
    assert figures.VARIABLE not in os.environ
    telemetry.SENDS.labels("sent").inc()
    assert b"sokhach_sends_total" in figures.latest()
