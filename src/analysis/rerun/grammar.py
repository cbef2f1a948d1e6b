"""A library that builds a grammar while it is imported does so when somebody asks it, and not before.

jsonschema imports rfc3987_syntax where that is installed, and nbformat imports jsonschema: every process that
touches a notebook would wait for the grammar of international addresses, which no notebook ever needs.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

_NAME = "rfc3987_syntax"


def build_grammar_late() -> None:
    """Let rfc3987_syntax, where it is installed and not yet imported, be imported at its first question.

    Call it before nbformat or jsonschema is imported; later it changes nothing.
    """
    if _NAME in sys.modules or "jsonschema" in sys.modules or find_spec(_NAME) is None:
        return
    late = ModuleType(_NAME, "Stands for the library of this name until its first question.")

    def is_valid_syntax(term: str, value: str) -> bool:
        return bool(_grown(late).is_valid_syntax(term, value))

    late.is_valid_syntax = is_valid_syntax  # type: ignore[attr-defined]  # that is how modules get names
    sys.modules[_NAME] = late
    import_module("jsonschema")
    # Whoever imports it for its own sake gets the library itself.
    sys.modules.pop(_NAME, None)


def _grown(late: ModuleType) -> ModuleType:
    """Give the library itself."""
    if sys.modules.get(_NAME) is late:
        del sys.modules[_NAME]
    return import_module(_NAME)
