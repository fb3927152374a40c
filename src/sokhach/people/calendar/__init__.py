"""When the company works: hours, holidays, shifts, and who is away. Later floors ask `queries` and `rules`."""
