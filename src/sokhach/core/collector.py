"""Python's search for rings of objects, which our processes hardly make."""

import gc

OBJECTS_A_COLLECTION = 100_000
"""A batch of the pipeline makes tens of thousands of objects, none of them in a ring: looking for rings after every
700, as Python does by itself, costs a fifth of its time, and a webhook waits for it in the web process."""


def calm() -> None:
    """Once in a process, when everything is imported."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_A_COLLECTION, 10, 10)
