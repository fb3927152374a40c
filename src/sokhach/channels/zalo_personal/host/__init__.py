"""Runs inside a worker: sidecars, the sessions that they hold, and what comes of both."""
