from tests.core.walls.conftest import office
from tests.support.lines import lines, sequencer

__all__ = ["lines", "office", "sequencer"]
