"""Run a notebook's cells in this very process, with the outputs that a kernel would give.

It is the forked child's side of `analysis.rerun.fork`: an IPython shell without sockets, whose outputs,
results and errors are sent on as nbformat outputs.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Event = dict[str, Any]
    Send = Callable[[Event], None]

INLINE = "module://matplotlib_inline.backend_inline"
# The one shell of this process and where its outputs go; IPython makes its parts by itself.
_to: list[Send] = []


def _send(event: Event) -> None:
    _to[0](event)


class _Stream(io.TextIOBase):
    """Standard output or error: text goes on in the order it was written."""

    encoding = "utf-8"

    def __init__(self, name: str) -> None:
        self.name = name
        self._pending: list[str] = []

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._pending.append(text)
        return len(text)

    def flush(self) -> None:
        text, self._pending = "".join(self._pending), []
        if text:
            _send({"kind": "output", "output_type": "stream", "name": self.name, "text": text})


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


class _Publisher(DisplayPublisher):
    """Sends what is displayed."""

    def publish(  # type: ignore[override]  # IPython's own has parts that are on their way out
        self, data: Any, metadata: Any = None, *, transient: Any = None, update: bool = False, **_: Any
    ) -> None:
        """Send a rich display, or a new version of one."""
        _flush()
        _send(
            {
                "kind": "update" if update else "output",
                "output_type": "display_data",
                "data": data,
                "metadata": metadata or {},
                "display_id": (transient or {}).get("display_id"),
            }
        )

    def clear_output(self, wait: bool = False) -> None:  # noqa: FBT001, FBT002 - IPython's own signature
        """Send that the cell's outputs are to go."""
        _flush()
        _send({"kind": "clear", "wait": wait})


class _Hook(DisplayHook):
    """Sends the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """Write no prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Keep what is to be sent."""
        self.found = (format_dict, md_dict)

    def finish_displayhook(self) -> None:
        """Send it."""
        _flush()
        data, metadata = getattr(self, "found", ({}, {}))
        self.found = ({}, {})
        if data:
            _send(
                {
                    "kind": "output",
                    "output_type": "execute_result",
                    "data": data,
                    "metadata": metadata or {},
                    "execution_count": self.prompt_count,
                }
            )


class ZmqlessShell(InteractiveShell):
    """A shell without a terminal, sockets and memory of its own.

    Its name tells pandas, which looks for "zmq" in it, that tables are for a notebook.
    """

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    kernel = None  # a library that is imported later takes this for a notebook by it

    def init_hooks(self) -> None:
        """Page into the notebook."""
        super().init_hooks()  # type: ignore[no-untyped-call]
        self.set_hook(  # type: ignore[no-untyped-call]
            "show_in_pager", lambda _, text: sys.stdout.write(f"{text}\n")
        )

    def enable_gui(self, gui: Any = None) -> None:
        """Enable nothing: charts are drawn into the notebook, and nobody sits before a window."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        _flush()
        _send(
            {
                "kind": "output",
                "output_type": "error",
                "ename": str(etype.__name__),
                "evalue": str(evalue),
                "traceback": list(stb),
            }
        )


def _no_input(*_: Any, **__: Any) -> str:
    raise RuntimeError("a notebook that runs by itself can ask nobody; give it a parameter instead")


def _as_fresh() -> None:
    """Put back what a parent may have set and a fresh process has not: warnings, logging, random numbers."""
    import faulthandler
    import logging
    import random
    import warnings

    faulthandler.disable()
    warnings.resetwarnings()
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    logging.disable(logging.NOTSET)
    random.seed()
    if "numpy" in sys.modules:
        import numpy as np

        np.random.seed()  # noqa: NPY002 - the old state is what a fork would share


def open_shell(send: Send) -> InteractiveShell:
    """Make the shell of this process; matplotlib draws into the notebook as under a kernel."""
    import builtins

    from traitlets.config import Config

    _to[:] = [send]
    _as_fresh()
    config = Config()
    config.HistoryManager.enabled = False
    os.environ.setdefault("TERM", "xterm-color")
    os.environ["MPLBACKEND"] = INLINE
    # Like a kernel: no colours of a terminal, no paging.
    os.environ.update(CLICOLOR="1", PAGER="cat", GIT_PAGER="cat")
    shell: InteractiveShell = ZmqlessShell.instance(config=config, user_ns={})
    sys.stdout, sys.stderr = _Stream("stdout"), _Stream("stderr")
    builtins.input = _no_input
    if "pandas" in sys.modules:
        import pandas as pd

        # What pandas sets by itself when a kernel imports it, as warmed parents have no shell yet.
        pd.set_option("display.max_columns", 20)
    if "matplotlib" in sys.modules:
        import matplotlib as mpl

        mpl.rcParams["backend"] = INLINE
        if "matplotlib.pyplot" in sys.modules:
            import matplotlib.pyplot as plt

            # It joins the shell that is there when it is imported; a parent may have had another or none.
            sys.modules.pop(INLINE.removeprefix("module://"), None)
            plt.switch_backend(INLINE)
    return shell


def run_cells(cells: Iterable[tuple[int, str, bool]], send: Send) -> None:
    """Run cells one after the other until one fails.

    Parameters
    ----------
    cells : index, source, and whether an error of it is welcome.
    send : takes start, output, update, clear and end events; each names its cell.
    """
    current = -1

    def tell(event: Event) -> None:
        send({"cell": current, **event})

    shell = open_shell(tell)
    for index, source, may_fail in cells:
        current = index
        count = shell.execution_count
        tell({"kind": "start"})
        result = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        _flush()
        failed = not result.success
        tell({"kind": "end", "execution_count": count, "failed": failed and not may_fail})
        if failed and not may_fail:
            break
