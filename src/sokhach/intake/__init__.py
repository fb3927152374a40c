"""The way in: gateway, journal, pipeline, quarantine."""
