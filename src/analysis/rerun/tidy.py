"""Take out of an executed notebook what says only when and in which folder it ran."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

# What papermill notes for itself; parameters and a failure stay.
_OF_THE_NOTEBOOK = (
    "duration",
    "start_time",
    "end_time",
    "input_path",
    "output_path",
    "environment_variables",
)
_OF_A_CELL = ("duration", "start_time", "end_time")
# Tags of the cells that papermill adds; it gives them an id by chance.
_ADDED = ("injected-parameters", "papermill-error-cell-tag")


def tidy(path: Path) -> None:
    """Rewrite an executed notebook without times and folders, so that it can be sent on.

    The same notebook with the same data then gives the same bytes.

    Parameters
    ----------
    path : the executed notebook; replaced as a whole.

    Errors
    ------
    OSError and ValueError where it cannot be read as a notebook or not be written.
    """
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    _drop(notebook["metadata"].get("papermill", {}), _OF_THE_NOTEBOOK)
    for number, cell in enumerate(notebook["cells"]):
        metadata = cell["metadata"]
        metadata.pop("execution", None)
        _drop(metadata.get("papermill", {}), _OF_A_CELL)
        for tag in metadata.get("tags", ()):
            if tag in _ADDED:
                cell["id"] = f"{tag}-{number}"
    beside = path.with_name(f".{path.name}.tmp")
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    beside.write_text(text + "\n", encoding="utf-8", newline="\n")
    beside.replace(path)


def _drop(notes: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        notes.pop(name, None)


def sweep(folder: Path) -> None:
    """Remove the temporary files below a folder that a process has left which is no more."""
    for path in folder.rglob(".*.tmp") if folder.is_dir() else ():
        number = path.name.rsplit(".", 2)[-2]
        if path.is_file() and number.isdecimal() and not _alive(int(number)):
            path.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    import psutil

    return bool(psutil.pid_exists(process))
