"""The project's list of places: `data/places.toml`.

[[place]]
name = "青山社區"
aliases = ["青山"]
kind = "社區"
parent = "臨江街道"
valid_from = "2026-05"
valid_to = "2026-12"
predecessors = ["東湖社區", "西湖社區"]

A place that was split says so in `successors`; either side may tell of a merger or a split.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.comparison.similar import most_similar
from analysis.errors import AnalysisError, CatalogueError
from analysis.language.periods import parse_period
from analysis.language.script import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pandas as pd

_KEYS = {"name": str, "kind": str, "parent": str, "valid_from": str, "valid_to": str}
_LISTS = ("aliases", "predecessors", "successors")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the list of places describes it; its place_id is its full name in Simplified characters."""

    place_id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    parent: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """All known places, and which names mean which."""

    places: tuple[Place, ...] = ()
    by_name: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, name: str | None) -> str | None:
        """Give the place_id that a name means; a name that is not listed is its own, folded."""
        if name is None:
            return None
        folded = fold(name)
        return self.by_name.get(folded, folded)


def load_register(path: Path) -> Register:
    """Read a list of places; without the file there are no known places.

    Parameters
    ----------
    path : data/places.toml of a project.

    Errors
    ------
    CatalogueError naming the file, the entry and the key that is wrong, and what would be allowed.
    """
    if not path.is_file():
        return Register()
    where = path.name
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(
            "this is not TOML in UTF-8", where=where, seen=str(error), todo="correct it"
        ) from error
    unknown = sorted(set(document) - {"place"})
    if unknown or not isinstance(document.get("place", []), list):
        raise CatalogueError(
            "only [[place]] entries are known", where=where, seen=", ".join(unknown) or "place"
        )
    entries = document.get("place", [])
    for number, entry in enumerate(entries, start=1):
        _check(entry, f"{where}, place {number}")
    return _linked(entries, where)


def _check(entry: dict[str, Any], where: str) -> None:
    allowed = ", ".join([*_KEYS, *_LISTS])
    for key, value in entry.items():
        if key in _LISTS:
            good = isinstance(value, list) and all(isinstance(text, str) and text for text in value)
        elif key in _KEYS:
            good = isinstance(value, str) and bool(value)
        else:
            raise CatalogueError(f"unknown key {key}", where=where, todo=f"allowed are {allowed}")
        if not good:
            kind = "a list of texts" if key in _LISTS else "a text"
            raise CatalogueError(f"{key} is not {kind}", where=where, seen=repr(value))
    if "name" not in entry:
        raise CatalogueError("a place without a name", where=where, todo='add name = "…"')
    for key in ("valid_from", "valid_to"):
        if key in entry:
            _check_period(entry[key], f"{where}, {key}")


def _check_period(label: str, where: str) -> None:
    try:
        parse_period(label)
    except AnalysisError as error:
        raise CatalogueError("this is not a period", where=where, seen=label, todo=error.todo) from error


def _linked(entries: list[dict[str, Any]], where: str) -> Register:
    """Turn the names in parent and predecessors into place_ids."""
    ids = [_place_id(entry) for entry in entries]
    by_name: dict[str, str] = {}
    for entry, place_id in zip(entries, ids, strict=True):
        for name in (place_id, entry["name"], *entry.get("aliases", ())):
            meant = by_name.setdefault(fold(name), place_id)
            if meant != place_id:
                raise CatalogueError(
                    f"the name {name} means two places", where=where, seen=f"{meant}, {place_id}",
                    todo="give each name to one place, with its parent where the names are alike",
                )  # fmt: skip
    register = Register(by_name=by_name)
    before, after = _links(entries, ids, register)
    places = tuple(
        Place(
            place_id=place_id,
            name=entry["name"],
            aliases=tuple(entry.get("aliases", ())),
            kind=entry.get("kind"),
            parent=register.resolve(entry.get("parent")),
            valid_from=entry.get("valid_from"),
            valid_to=entry.get("valid_to"),
            predecessors=tuple(before.get(place_id, ())),
            successors=tuple(after.get(place_id, ())),
        )
        for entry, place_id in zip(entries, ids, strict=True)
    )
    return Register(places=places, by_name=by_name)


def _links(
    entries: list[dict[str, Any]], ids: list[str], register: Register
) -> tuple[dict[str, dict[str, None]], dict[str, dict[str, None]]]:
    """Give what every place was made of and what it became, whichever of them says it."""
    before: dict[str, dict[str, None]] = {}
    after: dict[str, dict[str, None]] = {}
    for entry, place_id in zip(entries, ids, strict=True):
        for key, own, others in (("predecessors", before, after), ("successors", after, before)):
            for name in entry.get(key, ()):
                other = str(register.resolve(name))
                own.setdefault(place_id, {})[other] = None
                others.setdefault(other, {})[place_id] = None
    return before, after


def _place_id(entry: dict[str, Any]) -> str:
    name, parent = fold(entry["name"]), fold(entry.get("parent", ""))
    return name if name.startswith(parent) else parent + name


def _propose(rows: Mapping[str, dict[str, Any]], register: Register) -> None:
    """Say for each name that is not listed which listed place has the most similar one; merge nothing."""
    parents = {place.parent for place in register.places if place.parent}
    for place_id, row in rows.items():
        if row["origin"] != "proposed" or not register.by_name:
            continue
        found = most_similar(place_id, register.by_name, parents)
        if found:
            row |= {"similar_to": found[0], "similarity": found[1]}


def places_table(
    register: Register, named: Iterable[tuple[str, str]], counts: Mapping[str, int]
) -> pd.DataFrame:
    """Make the table `places`: the listed ones, and those that only reports name, as proposed.

    Parameters
    ----------
    register : the list of places.
    named : (place_id, name as written) of every place that a report or figure names, in reading order.
    counts : number of reports about each place_id.
    """
    from analysis.tables.schema import conform

    rows: dict[str, dict[str, Any]] = {}
    for place in register.places:
        rows[place.place_id] = {
            "place_id": place.place_id,
            "place": place.name,
            "names": ";".join(dict.fromkeys((place.name, *place.aliases))),
            "kind": place.kind,
            "parent": place.parent,
            "valid_from": place.valid_from,
            "valid_to": place.valid_to,
            "predecessors": ";".join(place.predecessors) or None,
            "successors": ";".join(place.successors) or None,
            "origin": "register",
        }
    for place_id, name in named:
        row = rows.setdefault(
            place_id, {"place_id": place_id, "place": name, "names": name, "origin": "proposed"}
        )
        if name not in row["names"].split(";"):
            row["names"] += ";" + name
    _propose(rows, register)
    ordered = sorted(rows.values(), key=lambda row: (row["origin"] != "register", row["place_id"]))
    if not ordered:
        return conform({}, "places")
    import pandas as pd

    return conform(
        pd.DataFrame([row | {"reports": counts.get(row["place_id"], 0)} for row in ordered]), "places"
    )
