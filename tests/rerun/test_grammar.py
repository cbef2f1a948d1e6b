"""The grammar of international addresses is built when somebody asks it, and answers as ever."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("rfc3987_syntax")
CODE = """
import sys
from analysis.rerun.grammar import build_grammar_late
build_grammar_late()
import jsonschema
import nbformat
assert "rfc3987_syntax.syntax_helpers" not in sys.modules
schema, checker = {"type": "string", "format": "iri"}, jsonschema.FormatChecker(["iri"])
for value in ("https://例子.org/路", "no address"):
    try:
        jsonschema.validate(value, schema, jsonschema.Draft202012Validator, format_checker=checker)
        print("right")
    except jsonschema.ValidationError:
        print("wrong")
import rfc3987_syntax
print(rfc3987_syntax.is_valid_syntax("iri", "https://例子.org/"), rfc3987_syntax.__file__ != "")
"""


def test_addresses_are_checked_as_without_it() -> None:
    """Importing nbformat builds no grammar; a schema with such an address is judged as ever, and the library is itself."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["right", "wrong", "True", "True"]
