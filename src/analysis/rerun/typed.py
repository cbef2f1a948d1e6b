"""Typed parameters of notebooks: what the parameter cell declares, and whether what is given fits it.

The cell tagged `parameters` is the schema: `period: "period" = None  # such as 2026-08`. Annotations are
quoted, so that the cell runs by itself in Jupyter. Kinds: str, int, float, bool, Decimal, date, period,
place, path, locale, choice[a, b] and list[KIND].
"""

from __future__ import annotations

import ast
import difflib
import io
import json
import re
import tokenize
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any

from analysis.errors import UsageError

LOCALES = ("zh-Hant", "zh-Hans", "en")
_TAG = "parameters"
_INJECTED = "# Parameters"
_COMPOUND = re.compile(r"(list|choice)\[(.+)\]")
_WORDS_OF_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a notebook: its name, kind and default, and what its comment says."""

    name: str
    kind: str
    default: Any
    help: str = ""


def parameters(notebook: str | Path) -> tuple[Parameter, ...]:
    """Read what a notebook's parameter cell declares.

    Parameters
    ----------
    notebook : path of an .ipynb file.

    Returns
    -------
    The parameters in their order; none where no cell is tagged `parameters`.

    Errors
    ------
    UsageError for what is no notebook, a cell that is not Python, an unknown kind, or a default of another
    kind.
    """
    where = str(notebook)
    try:
        cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
    except OSError as error:
        raise UsageError("cannot open the notebook", where=where, todo=str(error.strerror)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError("this is no notebook", where=where, todo="name an .ipynb file") from error
    for cell in cells:
        if _TAG in cell.get("metadata", {}).get("tags", ()):
            return declared("".join(cell["source"]), where)
    return ()


def declared(source: str, where: str = "parameter cell") -> tuple[Parameter, ...]:
    """Read the declarations of a parameter cell.

    Examples
    --------
    >>> declared('period: "period" = None  # such as 2026-08')
    (Parameter(name='period', kind='period', default=None, help='such as 2026-08'),)
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise UsageError(
            f"the parameter cell is not Python: {error.msg}", where=where, todo="correct it"
        ) from error
    comments = _comments(source)
    found: list[Parameter] = []
    for node in tree.body:
        if isinstance(node, ast.AnnAssign):
            targets: list[ast.expr] = [node.target]
            kind = _kind_of(node.annotation, where)
        elif isinstance(node, ast.Assign):
            targets, kind = node.targets, ""
        else:
            continue
        default = _literal(node.value)
        found += [
            Parameter(
                target.id, kind or _kind_of_value(default), default, comments.get(node.end_lineno or 0, "")
            )
            for target in targets
            if isinstance(target, ast.Name)
        ]
    for parameter in found:
        if parameter.default is not None:
            value_of(parameter, parameter.default, where=where)
    return tuple(found)


def checked(
    parameters: Iterable[Parameter], given: Mapping[str, Any], *, where: str = "parameters"
) -> dict[str, Any]:
    """Give the values of all parameters, converted to their kinds.

    Parameters
    ----------
    parameters : what is declared.
    given : by name; text as typed on a command line, or values.
    where : named in messages.

    Errors
    ------
    UsageError for an unknown name, naming the nearest, and for a value of another kind.

    Examples
    --------
    >>> checked([Parameter("code", "str", None), Parameter("n", "int", 3)], {"code": "0110"})
    {'code': '0110', 'n': 3}
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            todo = f"did you mean {near[0]}?" if near else f"it has {', '.join(known) or 'none'}"
            raise UsageError(f"unknown parameter {name}", where=where, todo=todo)
    return {
        name: value_of(parameter, given.get(name, parameter.default), where=where)
        for name, parameter in known.items()
    }


def value_of(parameter: Parameter, given: Any, *, where: str = "parameters") -> Any:
    """Convert one value to a parameter's kind; None and an empty text stand for the default without a value.

    Errors
    ------
    UsageError where it is of another kind.
    """
    if given is None:
        return None
    compound = _COMPOUND.fullmatch(parameter.kind)
    if compound and compound[1] == "list":
        return _list(parameter, compound[2], given, where)
    if compound:
        choices = [part.strip().strip("'\"") for part in compound[2].split(",")]
        if str(given) in choices:
            return str(given)
        raise _wrong(parameter, given, where, f"use one of {', '.join(choices)}")
    try:
        return KINDS[parameter.kind](given)
    except _NotTextError:
        todo = f'give it as text: analysis run -p {parameter.name} "…", or papermill -r {parameter.name} "…"'
        raise _wrong(parameter, given, where, todo) from None
    except (ValueError, TypeError, InvalidOperation):
        raise _wrong(parameter, given, where, _HOW.get(parameter.kind, "correct it")) from None


def plain(value: Any) -> Any:
    """Give a value as JSON and the injected cell can hold it: a date, path or Decimal as its text."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Decimal | date | Path) else value


def injected_names(namespace: Mapping[str, Any]) -> list[str]:
    """Give the names that papermill's injected cell has assigned, of a notebook's namespace."""
    for source in namespace.get("In", ()):
        if source.startswith(_INJECTED):
            return [
                target.id
                for node in ast.parse(source).body
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            ]
    return []


def of_namespace(namespace: Mapping[str, Any]) -> Mapping[str, Any]:
    """Check the parameters of a running notebook, whoever injected them, and give their values.

    Parameters
    ----------
    namespace : its global names, with the annotations of its parameter cell.

    Errors
    ------
    As `checked`.
    """
    annotations = namespace.get("__annotations__", {})
    parameters = [
        Parameter(name, kind, None)
        for name, kind in annotations.items()
        if _is_kind(kind) and name in namespace
    ]
    given = {parameter.name: namespace[parameter.name] for parameter in parameters}
    if parameters:
        given |= {name: namespace.get(name) for name in injected_names(namespace)}
    return MappingProxyType(checked(parameters, given, where="parameters of this notebook"))


class _NotTextError(ValueError):
    """A number stands where text is wanted: papermill's command line turns 0110 into 110."""


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise _NotTextError
    return given


def _int(given: Any) -> int:
    if isinstance(given, bool) or not re.fullmatch(r"[+-]?\d+", str(given)):
        raise ValueError
    return int(given)


def _float(given: Any) -> float:
    if isinstance(given, bool) or "_" in str(given):
        raise ValueError
    return float(given)


def _bool(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    if str(given).lower() not in _WORDS_OF_TRUTH:
        raise ValueError
    return _WORDS_OF_TRUTH[str(given).lower()]


def _decimal(given: Any) -> Decimal:
    if isinstance(given, bool) or "_" in str(given):
        raise ValueError
    return Decimal(str(given))


def _date(given: Any) -> date:
    return given if isinstance(given, date) else date.fromisoformat(_text(given))


def _period(given: Any) -> str:
    from analysis.language.periods import parse_period

    if isinstance(given, int) and not isinstance(given, bool) and _FIRST_YEAR <= given <= _LAST_YEAR:
        return str(given)  # a bare year is the same as text
    label = _text(given)
    if label:
        parse_period(label)
    return label


def _locale(given: Any) -> str:
    if given not in LOCALES:
        raise ValueError
    return str(given)


def _path(given: Any) -> Path:
    return given if isinstance(given, Path) else Path(_text(given))


KINDS: Mapping[str, Callable[[Any], Any]] = MappingProxyType({
    "str": _text, "int": _int, "float": _float, "bool": _bool, "Decimal": _decimal, "date": _date,
    "period": _period, "place": _text, "path": _path, "locale": _locale, "Any": lambda given: given,
})  # fmt: skip
_HOW = {
    "int": "give a whole number", "float": "give a number", "bool": "give true or false",
    "Decimal": "give a number", "date": "give a day such as 2026-08-31",
    "locale": f"use one of {', '.join(LOCALES)}",
    "period": "give a label such as 2026-08, 2026-Q3 or 2026",
}  # fmt: skip


def _is_kind(kind: object) -> bool:
    return isinstance(kind, str) and (kind in KINDS or _COMPOUND.fullmatch(kind) is not None)


def _kind_of(annotation: ast.expr, where: str) -> str:
    kind = annotation.value if isinstance(annotation, ast.Constant) else ast.unparse(annotation)
    kind = str(kind).replace(" | None", "").strip()
    inner = _COMPOUND.fullmatch(kind)
    if kind in KINDS or (inner and (inner[1] == "choice" or inner[2] in KINDS)):
        return kind
    near = difflib.get_close_matches(kind, KINDS, n=1)
    todo = f"did you mean {near[0]}?" if near else f"use one of {', '.join(KINDS)}, list[…] or choice[…]"
    raise UsageError(f"unknown kind of parameter {kind}", where=where, todo=todo)


def _kind_of_value(default: Any) -> str:
    """Give the kind of a parameter without annotation by its default; without either it may be anything."""
    for kind, type_ in (("bool", bool), ("int", int), ("float", float), ("str", str)):
        if isinstance(default, type_):
            return kind
    return "Any"


def _literal(node: ast.expr | None) -> Any:
    try:
        return ast.literal_eval(node) if node is not None else None
    except ValueError:
        return None


def _comments(source: str) -> dict[int, str]:
    """Give the comment at the end of each line."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}


def _list(parameter: Parameter, kind: str, given: Any, where: str) -> list[Any]:
    items = [part.strip() for part in given.split(",")] if isinstance(given, str) else given
    if not isinstance(items, list | tuple):
        raise _wrong(parameter, given, where, "give its members with commas between them")
    member = Parameter(parameter.name, kind, None)
    return [value_of(member, item, where=where) for item in items if item != ""]


def _wrong(parameter: Parameter, given: Any, where: str, todo: str) -> UsageError:
    return UsageError(f"{parameter.name} is no {parameter.kind}", where=where, seen=repr(given), todo=todo)
