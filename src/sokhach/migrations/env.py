"""Alembic's entry: every table of the product, one connection, one transaction."""

from importlib import import_module

from alembic import context
from sqlalchemy import create_engine, pool

from sokhach.core.database import Base

# Registers every table.
import_module("sokhach.schema")


def run() -> None:
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_type=True,
            compare_server_default=False,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            # Two processes that start at once must not migrate at once.
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7001)")
            context.run_migrations()


run()
