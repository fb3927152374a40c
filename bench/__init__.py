"""Benchmarks: each measures ratios in one run, prints a table and, last, one JSON object. `make bench-NAME`."""
