"""The PostgreSQL that ships with Sổ Khách, for machines without a database server."""

from sokhach.core.embedded.server import EmbeddedPostgres, Progress, running_url

__all__ = ["EmbeddedPostgres", "Progress", "running_url"]
