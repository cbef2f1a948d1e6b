"""The list of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.comparison import load_register, places_table
from analysis.comparison.boundaries import lives
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


def test_predecessors_stay_in_the_order_of_the_list(tmp_path: Path) -> None:
    """The place that was named first is named first, whatever the order of the names."""
    text = "".join(f'[[place]]\nname = "{name}"\n' for name in ("新橋社區", "柳岸社區"))
    text += '[[place]]\nname = "柳橋社區"\nvalid_from = "2026-05"\npredecessors = ["柳岸社區", "新橋社區"]\n'
    known = lives(places_table(load_register(_written(tmp_path, text)), [], {}))
    assert known["柳桥社区"].predecessors == ("柳岸社区", "新桥社区")


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


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("柳乔社区", "临江街道柳桥社区"),
        ("临江街道柳乔社区", "临江街道柳桥社区"),
        ("桥柳社区", "临江街道柳桥社区"),
        ("西湖社区", None),
        ("临江街道大岭社区", None),
        ("第二社区", None),
    ],
)
def test_a_slip_is_told_from_a_neighbour(tmp_path: Path, name: str, near: str | None) -> None:
    """One wrong character is a slip; another direction or number is a neighbour; a street says nothing."""
    places = "".join(
        f'[[place]]\nname = "{listed}"\nparent = "臨江街道"\n'
        for listed in ("柳橋社區", "東湖社區", "第一社區")
    )
    table = places_table(load_register(_written(tmp_path, places)), [(name, name)], {})
    found = table.set_index("place_id")["similar_to"]
    assert found[name] == near if near else found.isna()[name]


def test_a_split_may_be_told_by_either_side(tmp_path: Path) -> None:
    """The successors of a place are places whose predecessor it is."""
    text = """
[[place]]
name = "青山社區"
successors = ["青山東社區", "青山西社區"]
[[place]]
name = "青山東社區"
valid_from = "2026-05"
[[place]]
name = "青山西社區"
valid_from = "2026-05"
"""
    table = places_table(load_register(_written(tmp_path, text)), [], {}).set_index("place_id")
    assert table.loc["青山社区", "successors"] == "青山东社区;青山西社区"
    assert table.loc["青山东社区", "predecessors"] == "青山社区"
    known = lives(table.reset_index())
    assert known["青山东社区"].siblings
    assert known["青山社区"].successors == ("青山东社区", "青山西社区")
    assert known["青山社区"].last.isoformat() == "2026-04-30"


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
