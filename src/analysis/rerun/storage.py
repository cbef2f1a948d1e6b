"""Reports, tables and outputs at any fsspec address (s3://…, a network drive), worked on in local copies.

A run works in the project's folders: what is stored elsewhere is fetched before, and sent when all of
a run is published. So a line that breaks never leaves half a file, and a run needs the network only at its
two ends. What leads to other files (pages, descriptions, records) is sent after them.
"""

from __future__ import annotations

import contextlib
import errno
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from analysis.errors import AnalysisError
from analysis.rerun.hashes import Hashes
from analysis.tables.files import replace_file

if TYPE_CHECKING:
    from analysis.project import Project

Result = TypeVar("Result")
DELAYS = (1.0, 2.0, 4.0)
# Only of this machine: locks, and what is remembered of its files' times.
_LOCAL = ("hashes.json", "storage.json")
_LEADING = ("index.html", "datapackage.json", "run.json")
# Stores in which an object appears whole or not at all.
_WHOLE = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "memory"}
# What trying again does not mend.
_LASTING = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_OF_STORES = ("aiobotocore", "aiohttp", "botocore", "gcsfs", "adlfs", "requests", "urllib3")


@dataclass(frozen=True, slots=True)
class Store:
    """A folder that is stored elsewhere.

    Parameters
    ----------
    name : raw, processed or reports.
    folder : the local copy.
    address : where it is stored.
    options : for fsspec, such as {"endpoint_url": …}.
    """

    name: str
    folder: Path
    address: str
    options: Mapping[str, Any]


def stores(project: Project) -> list[Store]:
    """List the folders of a project that are stored elsewhere; none by default."""
    setting = project.settings.get("storage", {})
    folders = {"raw": project.raw, "processed": project.processed, "reports": project.reports}
    return [
        Store(name, folder, str(setting[name]), setting.get("options", {}))
        for name, folder in folders.items()
        if setting.get(name)
    ]


def fetch(project: Project, *, sleep: Callable[[float], None] = time.sleep) -> int:
    """Bring the local copies up to date; give how many files were fetched.

    A file is fetched where it is another one than was fetched or sent last. One that is gone there goes here
    too, if it came from there. Files that were only ever here are left alone.

    Errors
    ------
    AnalysisError where the store cannot be reached after some tries.
    """
    fetched = 0
    for store in stores(project):
        with _remembered(project, store) as known:
            remote = _Remote(store, sleep)
            there = remote.listed()
            for name, mark in there.items():
                local = store.folder / name
                if known.get(name, {}).get("mark") == mark and local.is_file():
                    continue
                remote.get(name, local)
                known[name] = {"mark": mark, "hash": Hashes().of(local)}
                fetched += 1
            for name in [name for name in known if name not in there]:
                (store.folder / name).unlink(missing_ok=True)
                del known[name]
    return fetched


def send(project: Project, *, sleep: Callable[[float], None] = time.sleep) -> int:
    """Send tables and outputs that are others than were sent last; give how many files were sent.

    Errors
    ------
    AnalysisError where the store cannot be reached after some tries; the next run sends the rest.
    """
    sent = 0
    for store in stores(project):
        # Reports belong to those who send them; nothing is ever written to them.
        if store.name == "raw":
            continue
        with _remembered(project, store) as known:
            remote = _Remote(store, sleep)
            hashes = Hashes(project.processed / "runs" / "hashes.json")
            here = {name: hashes.of(store.folder / name) for name in _local_files(store.folder)}
            changed = [name for name, found in here.items() if known.get(name, {}).get("hash") != found]
            for name in sorted(changed, key=lambda name: (_leads(name), name)):
                remote.put(store.folder / name, name)
                known[name] = {"mark": None, "hash": here[name]}
                sent += 1
            for name in [name for name in known if name not in here]:
                remote.remove(name)
                del known[name]
            if changed:
                for name, mark in remote.listed().items():
                    if name in known:
                        known[name]["mark"] = mark
    return sent


def retried(do: Callable[[], Result], *, where: str, sleep: Callable[[float], None] = time.sleep) -> Result:
    """Do something with a store; where that fails in a way that may pass, wait and try again.

    Errors
    ------
    AnalysisError after the last try, and at once for what trying again does not mend.
    """
    for delay in (*DELAYS, None):
        try:
            return do()
        except Exception as error:
            if not _of_store(error):
                raise
            passing = not isinstance(error, _LASTING) and getattr(error, "errno", None) not in _FULL
            if delay is None or not passing:
                raise AnalysisError(
                    "the store cannot be used",
                    where=where,
                    seen=f"{type(error).__name__}: {error}"[:200],
                    todo="check address, network and credentials, then run again; nothing here was lost",
                ) from error
            sleep(delay)
    raise AssertionError


def _of_store(error: Exception) -> bool:
    return isinstance(error, OSError) or type(error).__module__.split(".", 1)[0] in _OF_STORES


class _Remote:
    """The other end of a store."""

    def __init__(self, store: Store, sleep: Callable[[float], None]) -> None:
        self._sleep = sleep
        self._address = store.address
        try:
            from fsspec.core import url_to_fs

            self._files, self._root = url_to_fs(store.address, skip_instance_cache=True, **store.options)
        except (ImportError, ValueError) as error:
            raise AnalysisError(
                "this kind of address is not known here",
                where=f"analysis.toml, storage.{store.name}",
                seen=store.address,
                todo="install its library, for s3:// with the extra: pip install 'report-figures[s3]'",
            ) from error
        protocol = self._files.protocol
        names = {protocol} if isinstance(protocol, str) else set(protocol)
        self._whole = bool(names & _WHOLE)

    def listed(self) -> dict[str, str]:
        """Give each file with what marks its version."""

        def find() -> dict[str, str]:
            self._files.invalidate_cache()
            try:
                found = self._files.find(self._root, detail=True)
            except FileNotFoundError:
                return {}
            named = {self._named(path): about for path, about in found.items()}
            return {name: _mark(about) for name, about in sorted(named.items()) if _wanted(name)}

        return self._try(find)

    def get(self, name: str, local: Path) -> None:
        """Fetch a file; it appears whole."""
        content: bytes = self._try(lambda: self._files.cat_file(self._path(name)))
        local.parent.mkdir(parents=True, exist_ok=True)
        replace_file(local, content)

    def put(self, local: Path, name: str) -> None:
        """Send a file; where the store cannot do that by itself, it is renamed when it is whole."""
        target = self._path(name)
        partial = target if self._whole else f"{target}.part"

        def put() -> None:
            if not self._whole:
                self._files.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
            self._files.pipe_file(partial, local.read_bytes())
            if partial != target:
                self._files.mv(partial, target)

        self._try(put)

    def remove(self, name: str) -> None:
        """Remove a file that may be gone already."""

        def remove() -> None:
            with contextlib.suppress(FileNotFoundError):
                self._files.rm_file(self._path(name))

        self._try(remove)

    def _try(self, do: Callable[[], Result]) -> Result:
        return retried(do, where=self._address, sleep=self._sleep)

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    def _named(self, path: str) -> str:
        return path.removeprefix(self._root.rstrip("/")).lstrip("/")


def _mark(about: Mapping[str, Any]) -> str:
    """Give what is another one when a file is: its ETag, or its size and time."""
    tag = about.get("ETag") or about.get("etag") or about.get("md5Hash")
    time_ = about.get("mtime") or about.get("LastModified") or about.get("created") or ""
    return str(tag) if tag else f"{about.get('size')} {time_}"


def _local_files(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if _wanted(name))


def _wanted(name: str) -> bool:
    """Tell whether a file is sent and fetched: no hidden ones, none that is only of this machine."""
    path = PurePosixPath(name)
    # A name from elsewhere never leads out of the folder.
    if not name or ".." in path.parts or path.is_absolute():
        return False
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.suffix not in {".lock", ".part"} and path.name not in _LOCAL


def _leads(name: str) -> bool:
    return PurePosixPath(name).name in _LEADING or name.startswith(("runs/published/", "runs/answers/"))


class _remembered:  # noqa: N801 - reads as a clause: with remembered
    """What was fetched and sent of a store, written down also when the line breaks in between."""

    def __init__(self, project: Project, store: Store) -> None:
        self._file = project.processed / "runs" / "storage.json"
        self._name = f"{store.name} {store.address}"
        try:
            self._all: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._all = {}
        self._known: dict[str, dict[str, Any]] = self._all.setdefault(self._name, {})

    def __enter__(self) -> dict[str, dict[str, Any]]:
        return self._known

    def __exit__(self, *_: object) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(self._file, json.dumps(self._all, ensure_ascii=False, sort_keys=True).encode())
