"""Reading without the collector of reference cycles, which finds nothing here and looks at every tuple there is."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep the collector off within a block, if it is on: what is made there must hold no cycles.

    All that is given up within the block is freed at once, by its count of references. Where another thread
    turns the collector on or off meanwhile, the last one has its way.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
