"""Jobs that are done but not yet published: a run that is stopped loses none of them."""

from __future__ import annotations

import json
import os
import shutil
import time
from typing import TYPE_CHECKING

from analysis.rerun.hashes import sha256_of
from analysis.rerun.published import Made, outputs_in
from analysis.tables.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from analysis.rerun.keys import Parts

_NOTE = "made.json"
_MONTH_SECONDS = 31 * 24 * 3600


class Finished:
    """A shelf of finished jobs, each in a folder named by its key.

    Parameters
    ----------
    folder : data/processed/runs/finished.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, key: str, parts: Parts, made: Path, seconds: float) -> Made:
        """Move what a job has made onto the shelf, whole or not at all.

        Parameters
        ----------
        key, parts : the job's.
        made : the folder with its outputs; it is gone afterwards.
        seconds : how long it took.
        """
        outputs = outputs_in(made)
        hashes = {output: sha256_of(made / output) for output in outputs}
        self._folder.mkdir(parents=True, exist_ok=True)
        self.drop([key])
        replace_file(made / _NOTE, json.dumps({"hashes": hashes, "seconds": seconds}).encode())
        made.replace(self.folder(key))
        return Made(key, parts, outputs, seconds)

    def find(self, key: str, parts: Parts) -> Made | None:
        """Give what a job of this key has made, where it is on the shelf and as it was."""
        folder = self.folder(key)
        try:
            told = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
            whole = all(sha256_of(folder / name) == found for name, found in told["hashes"].items())
            return Made(key, parts, tuple(told["hashes"]), told["seconds"]) if whole else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def folder(self, key: str) -> Path:
        """Give where the outputs of a job are."""
        return self._folder / key

    def drop(self, keys: Iterable[str]) -> None:
        """Take jobs off the shelf: they have been published, or are worth nothing any more."""
        for key in keys:
            shutil.rmtree(self.folder(key), ignore_errors=True)

    def forget_old(self) -> None:
        """Drop what nobody has asked for in a month: its notebook, data or library is another one by now."""
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if time.time() - path.stat().st_mtime > _MONTH_SECONDS:
                self.drop([path.name])


def link(source: Path, target: Path) -> None:
    """Give a file a second name, or copy it where the file system cannot do that."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
