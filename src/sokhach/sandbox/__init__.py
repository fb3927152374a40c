"""A simulated Zalo and its customers, for demo, tests and load. Imports nothing else of `sokhach`."""
