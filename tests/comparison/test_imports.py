"""The room of comparison has an order: no module needs one that needs it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path


def _needed(node: ast.AST, known: Collection[str]) -> Iterator[str]:
    """Give the known modules that a module imports when it runs, also inside functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.ImportFrom) and child.module:
            inside = {f"{child.module}.{name.name}" for name in child.names}
            # A module of a package is meant by its name, and not the package's own names.
            yield from (inside & set(known)) or ({child.module} & set(known))
        yield from _needed(child, known)


def test_no_module_imports_in_a_circle(root: Path) -> None:
    """From each module the way along its imports never leads back to it."""
    room = root / "src" / "analysis" / "comparison"
    paths = {
        ".".join(path.relative_to(root / "src").with_suffix("").parts).removesuffix(".__init__"): path
        for path in room.rglob("*.py")
    }
    needs = {
        name: set(_needed(ast.parse(path.read_text(encoding="utf-8")), paths.keys()))
        for name, path in paths.items()
    }
    assert len(needs) > 20
    for name in needs:
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            fresh = needs[waiting.pop()] - reached
            reached |= fresh
            waiting += fresh
        assert name not in reached, name
