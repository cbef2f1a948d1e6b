"""The list of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.comparison import load_register, places_table
from analysis.errors import CatalogueError

if TYPE_CHECKING:
    from pathlib import Path

_MERGER = """
[[place]]
name = "臨江街道"
[[place]]
name = "青山社區"
aliases = ["青山"]
parent = "臨江街道"
[[place]]
name = "新城社區"
valid_from = "2026-05"
predecessors = ["青山社區"]
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "places.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_and_aliases_in_either_script_mean_one_place(tmp_path: Path) -> None:
    """青山社區, 青山社区 and an alias are one place, whose id has its parent."""
    register = load_register(_written(tmp_path, _MERGER))
    assert {register.resolve(name) for name in ("青山社區", "青山社区", "青山")} == {"临江街道青山社区"}
    assert register.resolve("東湖社區") == "东湖社区"
    assert register.resolve(None) is None


def test_listed_and_proposed_places_are_told_apart(tmp_path: Path) -> None:
    """A name that only a report knows is proposed; predecessors are place_ids."""
    register = load_register(_written(tmp_path, _MERGER))
    table = places_table(
        register, [("东湖社区", "東湖社區"), ("临江街道青山社区", "青山社区")], {"东湖社区": 2}
    )
    rows = table.set_index("place_id")
    assert rows["origin"].to_dict()["东湖社区"] == "proposed"
    assert rows.loc["东湖社区", "place"] == "東湖社區"
    assert rows.loc["东湖社区", "reports"] == 2
    assert rows.loc["新城社区", "predecessors"] == "临江街道青山社区"
    assert rows.loc["临江街道青山社区", "names"] == "青山社區;青山;青山社区"


def test_an_unknown_name_is_proposed_and_never_merged(tmp_path: Path) -> None:
    """A name with a slip points to the listed place; one that is like none points nowhere."""
    register = load_register(_written(tmp_path, '[[place]]\nname = "柳橋社區"\n'))
    table = places_table(register, [("柳桥路社区", "柳橋路社區"), ("东湖社区", "東湖社區")], {})
    rows = table.set_index("place_id")
    assert rows.loc["柳桥路社区", "similar_to"] == "柳桥社区"
    assert rows["similar_to"].isna().to_dict()["东湖社区"]
    assert len(rows) == 3
    assert register.resolve("柳橋路社區") == "柳桥路社区"


def test_without_a_list_nothing_is_known(tmp_path: Path) -> None:
    """A project may have no list of places."""
    assert load_register(tmp_path / "places.toml").places == ()


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("[[place]]\nnam = 'x'", "nam"),
        ("[[place]]\nkind = 'x'", "without a name"),
        ("[[place]]\nname = 3", "name is not a text"),
        ("[[place]]\nname = 'x'\naliases = 'y'", "a list of texts"),
        ("[[place]]\nname = 'x'\nvalid_from = 'May'", "not a period"),
        ("[[place]]\nname = 'x'\n[[place]]\nname = 'y'\naliases = ['x']", "two places"),
        ("[places]\nname = 'x'", "only"),
        ("[[place", "not TOML"),
    ],
)
def test_a_mistake_is_named_with_file_and_entry(tmp_path: Path, text: str, seen: str) -> None:
    """Each mistake names the file and what is wrong."""
    with pytest.raises(CatalogueError, match=seen) as caught:
        load_register(_written(tmp_path, text))
    assert "places.toml" in str(caught.value)
