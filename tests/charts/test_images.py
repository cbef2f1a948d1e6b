"""What charts look like, against pictures that somebody has looked at.

After a change that is meant, draw them again with --mpl-generate-path=tests/charts/baseline, look at every
picture that has changed, and say in the commit what was seen.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from kinds import KINDS

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from sample_tables import Sample

# Root mean square of the differences at this size: measured 0 for the same chart drawn again, 0.38 and more
# where one digit of one label is another, 0.47 and more where the marks of one place move by a pixel.
TOLERANCE, DPI = 0.3, 50
SEEN = {
    "trend": "zh-Hant",
    "change": "zh-Hant",
    "slope": "zh-Hans",
    "composition": "zh-Hant",
    "cleanup": "en",
    "key figures": "zh-Hant",
    "coverage": "zh-Hans",
    "overview": "en",
}


@pytest.mark.mpl_image_compare(
    baseline_dir="baseline",
    tolerance=TOLERANCE,
    style=str(files("analysis.charts").joinpath("house.mplstyle")),
    savefig_kwargs={"dpi": DPI},
)
@pytest.mark.parametrize("kind", SEEN, ids=lambda kind: kind.replace(" ", "-"))
def test_chart_looks_as_it_did(sample: Sample, kind: str) -> Figure:
    """A chart looks as in the picture that was seen, to the digit."""
    return KINDS[kind](sample, SEEN[kind]).figure
