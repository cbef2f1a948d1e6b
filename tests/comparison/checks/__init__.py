"""Tests of the checks; a package, for conftest has helpers they import."""
