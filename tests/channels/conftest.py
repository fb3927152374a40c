from tests.support.zalo_fixtures import desk, running_zalo, zalo, zalo_settings

__all__ = ["desk", "running_zalo", "zalo", "zalo_settings"]
