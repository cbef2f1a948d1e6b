"""Units and their dimensions."""

from __future__ import annotations

import pytest

from analysis.language.units import factor_of, unit_of


@pytest.mark.parametrize(
    ("written", "dimension", "base", "factor"),
    [
        ("公斤", "mass", "吨", 0.001), ("噸", "mass", "吨", 1), ("畝", "area", "平方米", 2000 / 3), ("平方公裏", "area", "平方米", 1e6), ("戶", "count of 户", "户", 1),
        ("名", "count of 人", "人", 1), ("人次", "count of 人次", "人次", 1), ("％", "percent", "%", 1), ("成", "percent", "%", 10), ("元/亩", "元/亩", "元/亩", 1),
    ],
)  # fmt: skip
def test_units_have_a_dimension(written: str, dimension: str, base: str, factor: float) -> None:
    """A unit in either script leads to its dimension, base and factor."""
    unit = unit_of(written)
    assert unit is not None
    assert (unit.dimension, unit.base) == (dimension, base)
    assert unit.factor == pytest.approx(factor)


def test_no_unit_has_factor_one() -> None:
    """A bare number is its own base."""
    assert unit_of(None) is None
    assert factor_of(None) == 1.0
