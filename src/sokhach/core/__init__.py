"""Ground floor: knows no domain. Configuration, database, actor, events, realtime, crypto, clock, text, problems, telemetry."""
