from tests.core.walls.conftest import office
from tests.support.zalo_fixtures import running_zalo, zalo, zalo_settings

__all__ = ["office", "running_zalo", "zalo", "zalo_settings"]
