"""Migrations go forward only, and say all that the models say."""

import re
from pathlib import Path

from sokhach.core import migrate
from sokhach.core.database import Urls


class TestMigrations:
    def test_models_and_migrations_agree(self, database_urls: Urls) -> None:
        migrate.check(database_urls)

    def test_a_migrated_database_lacks_none(self, database_urls: Urls) -> None:
        assert migrate.pending(database_urls) == []

    def test_migrating_again_changes_nothing(self, database_urls: Urls) -> None:
        migrate.upgrade(database_urls)
        migrate.check(database_urls)

    def test_there_is_no_way_back(self) -> None:
        for file in Path(migrate.FOLDER, "versions").glob("*.py"):
            assert not re.search(r"^def downgrade", file.read_text("utf-8"), re.MULTILINE), file.name
