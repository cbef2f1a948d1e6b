"""Get a process ready for notebooks: what they import and what is slow the first time, before it forks."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from functools import cache
from importlib import import_module

# What a shell imports when it opens, and what notebooks import.
_OF_A_SHELL = (
    "IPython.core.application", "IPython.core.completerlib", "IPython.core.crashhandler",
    "IPython.core.interactiveshell", "IPython.core.logger", "IPython.core.magics", "IPython.core.oinspect",
    "IPython.core.pylabtools", "IPython.utils.wildcard", "analysis.rerun.shell", "bdb", "faulthandler",
    "jupyter_client.jsonutil", "matplotlib_inline.config",
)  # fmt: skip
_OF_A_NOTEBOOK = (
    "matplotlib.pyplot", "pandas", "analysis.charts", "analysis.project", "analysis.rerun.workspace",
    "analysis.tables",
)  # fmt: skip


def warm_all() -> None:
    """Import, and use once, all that a job needs besides its own cells."""
    from analysis.rerun.grammar import build_grammar_late

    build_grammar_late()
    warm()
    _warm_papermill()
    _warm_page()


@cache
def warm() -> None:
    """Import what notebooks import, once, so that each child has it; nothing here starts a thread."""
    for name in _OF_A_SHELL:
        import_module(name)
    import matplotlib as mpl
    from matplotlib.backends.registry import backend_registry

    if "matplotlib.pyplot" not in sys.modules:
        mpl.use("agg")
    # It looks through all installed packages, once.
    backend_registry.list_all()  # type: ignore[no-untyped-call]
    for name in _OF_A_NOTEBOOK:
        import_module(name)
    _draw()


def _draw() -> None:
    """Draw the common kinds of charts: the first pays for fonts, ticks and writing."""
    import matplotlib.pyplot as plt
    import pandas as pd

    rows = pd.DataFrame({"at": [0, 1, 2], "value": [0.0, 0.5, 1.0], "name": ["a", "b", "a"]})
    figure, (left, right) = plt.subplots(1, 2)
    for name, part in rows.groupby("name"):
        left.plot(part["at"], part["value"], marker="o", label=name)
    left.bar(rows["at"], rows["value"])
    left.scatter(rows["at"], rows["value"])
    left.legend()
    left.set_title("0")
    right.hist(rows["value"])
    right.boxplot(rows["value"])
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
    plt.close(figure)


def _warm_papermill() -> None:
    import nbformat
    import papermill.execute
    from nbformat.v4 import new_notebook

    import analysis.rerun.execute
    import analysis.rerun.injection
    import analysis.rerun.papermill_engine

    analysis.rerun.injection.readable()
    # Its schema is compiled at the first question.
    nbformat.validate(new_notebook())  # type: ignore[no-untyped-call]
    del papermill


def _warm_page() -> None:
    """Make a page for readers of nothing much: its template, fonts and HTML are known then."""
    import tempfile
    from pathlib import Path

    from analysis.briefing.readable import export
    from analysis.errors import AnalysisError

    words = {"cell_type": "markdown", "metadata": {}, "source": "# 0"}
    shown = {"output_type": "display_data", "data": {"text/html": "<b>0</b>"}, "metadata": {}}
    code = {"cell_type": "code", "metadata": {}, "source": "0", "outputs": [shown]}
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(AnalysisError, OSError):
        path = Path(folder, "warm.ipynb")
        path.write_text(json.dumps({"cells": [words, code], "metadata": {}}), encoding="utf-8")
        export(path)
