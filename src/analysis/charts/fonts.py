"""The font of the charts: a real Chinese font, found as a file, and checked for every character.

Looked for in this order: the project's setting, the font file inside the package zhplot (which is never
imported: importing it changes global settings), the fonts of the system.
"""

from __future__ import annotations

import logging
import os
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from struct import unpack_from
from typing import TYPE_CHECKING, Any

from analysis.errors import AnalysisError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.ft2font import FT2Font

_TODO = 'install the package zhplot, or name a font file in analysis.toml: [charts] font = "path/to/font.ttf"'
# Names of files of common fonts with both scripts, best first.
_SYSTEM = (
    "NotoSansCJK", "NotoSansSC", "NotoSansTC", "SourceHanSans", "PingFang", "msyh", "msjh", "Hiragino",
    "wqy-microhei", "wqy-zenhei", "DroidSansFallback", "simhei",
)  # fmt: skip
_SAMPLE = "清運運垃圾户戶萬万0aA%，（"
_NOT_NEEDED = ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "STAT", "DSIG", "VORG")


class MissingGlyph(AnalysisError):  # noqa: N818  # named for what it is: a glyph that is missing
    """A chart needs a character that the font does not have."""


def find_font(setting: str | Path | None = None) -> Path:
    """Find the font file that charts are drawn with.

    Parameters
    ----------
    setting : path of a font file that is to be used; it goes before all others.

    Errors
    ------
    UsageError where the setting names no font file with Chinese characters; AnalysisError where nothing is
    found at all.
    """
    if setting:
        return _from_setting(Path(setting))
    found = next((path for path in chain(_packaged(), _system()) if _has_chinese(path)), None)
    if found is None:
        raise AnalysisError("no font with Chinese characters was found", where="charts", todo=_TODO)
    return found


def _from_setting(path: Path) -> Path:
    if not path.is_file():
        raise UsageError("there is no such font file", where=str(path), todo="correct [charts] font")
    if not _has_chinese(path):
        raise UsageError(
            "this is no font file with Chinese characters", where=str(path), todo="choose another one"
        )
    return path.resolve()


@cache
def _packaged() -> tuple[Path, ...]:
    spec = find_spec("zhplot")
    folders = spec.submodule_search_locations if spec else None
    return tuple(path for folder in folders or () for path in sorted(Path(folder, "fonts").glob("*.[to]tf")))


def _system() -> Iterable[Path]:
    paths = sorted(map(Path, _font_manager().findSystemFonts()), key=lambda path: (path.name, str(path)))
    for name in _SYSTEM:
        yield from (path for path in paths if path.name.lower().startswith(name.lower()))


@cache
def _has_chinese(path: Path) -> bool:
    try:
        return not _absent(path, _SAMPLE)
    except (RuntimeError, OSError):
        return False


def _font_manager() -> Any:
    # The first import on a machine lists its fonts and says so at length.
    logger = logging.getLogger("matplotlib.font_manager")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        from matplotlib import font_manager
    finally:
        logger.setLevel(level)
    return font_manager


@cache
def opened(path: Path) -> FT2Font:
    """Open a font file."""
    from matplotlib.ft2font import FT2Font

    return FT2Font(str(path))


if hasattr(os, "register_at_fork"):
    # An open font reads its file as it goes: two processes would move each other's place in it.
    os.register_at_fork(after_in_child=opened.cache_clear)


@cache
def family(path: Path) -> str:
    """Make a font file known to matplotlib (no setting is changed) and give its family name.

    Parameters
    ----------
    path : a font file, as `find_font` gives it.
    """
    manager = _font_manager().fontManager
    manager.addfont(str(path))
    # Fonts are tried in order: the file goes before another font of the same name.
    manager.ttflist.insert(0, manager.ttflist.pop())
    return str(opened(path).family_name)


def _absent(path: Path, text: str) -> list[str]:
    font = opened(path)
    return [mark for mark in dict.fromkeys(text) if mark != "\n" and not font.get_char_index(ord(mark))]


def check_glyphs(path: Path, texts: Iterable[str], *, chart: str) -> None:
    """Check that a font has every character of some texts.

    Parameters
    ----------
    path : the font file.
    texts : what is going to be drawn.
    chart : name of the chart, for the error.

    Errors
    ------
    MissingGlyph, naming the characters, the chart and a text in which the first one stands.
    """
    for text in texts:
        if missing := _absent(path, text):
            named = ", ".join(f"{mark} (U+{ord(mark):04X})" for mark in missing)
            raise MissingGlyph(
                f"the font {path.name} has no glyph for {named}", where=f"chart {chart}", seen=text,
                todo='use another font: [charts] font = "path/to/font.ttf" in analysis.toml',
            )  # fmt: skip


@lru_cache(maxsize=64)
def subset_woff(path: Path, characters: str) -> bytes:
    """Make a WOFF font that holds only some characters of a font, the same bytes each time.

    Parameters
    ----------
    path : the font file.
    characters : what is kept; characters that the font does not have are left out.
    """
    import io

    from fontTools import subset

    options = subset.Options(
        flavor="woff", layout_features=[], hinting=False, name_IDs=[1, 2, 13, 14], recalc_timestamp=False,
        notdef_outline=True, font_number=0,
    )  # fmt: skip
    wanted = "".join(sorted(set(characters)))
    with subset.load_font(str(path), options, lazy=True, dontLoadGlyphNames=True) as font:
        # Before the subsetter sees them: reading tables of the whole font takes most of its time.
        for table in _NOT_NEEDED:
            if table in font:
                del font[table]
        if "glyf" in font:
            _know_only(font, path, wanted)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=wanted)
        subsetter.subset(font)
        out = io.BytesIO()
        subset.save_font(font, out, options)
    return out.getvalue()


def _know_only(font: Any, path: Path, wanted: str) -> None:
    """Leave in a font only the wanted characters and their glyphs, in their order, under plain names."""
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    face = opened(path)
    found = {ord(mark): face.get_char_index(ord(mark)) for mark in wanted}
    names = _Names()
    table, characters = newTable("cmap"), CmapSubtable.newSubtable(12)
    characters.platformID, characters.platEncID, characters.language = 3, 10, 0
    characters.cmap = {code: names[glyph] for code, glyph in found.items() if glyph}
    table.tableVersion, table.tables = 0, [characters]
    shapes = newTable("glyf")
    shapes.glyphOrder, shapes.axisTags = names, []
    shapes.glyphs = _shapes(font, shapes, {0, *found.values()})
    kept = sorted(shapes.glyphs, key=names.number)
    widths = newTable("hmtx")
    widths.metrics = _widths(font, map(names.number, kept), names)
    font.setGlyphOrder(kept)
    shapes.setGlyphOrder(kept)
    font["cmap"], font["glyf"], font["hmtx"] = table, shapes, widths


class _Names:
    """The plain name of each glyph by its number; no list of them, as a font has tens of thousands."""

    def __getitem__(self, number: int) -> str:
        return f"g{number}" if number else ".notdef"

    def number(self, name: str) -> int:
        return 0 if name == ".notdef" else int(name[1:])


def _shapes(font: Any, table: Any, waiting: set[int]) -> dict[str, Any]:
    """Read the shapes of glyphs, and of those that they are made of, and nothing else of a large file."""
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    names, places, file = table.glyphOrder, font["loca"], font.reader.file
    begin = font.reader.tables["glyf"].offset
    shapes: dict[str, Any] = {}
    while waiting:
        number = waiting.pop()
        file.seek(begin + places[number])
        shape = Glyph(file.read(places[number + 1] - places[number]))
        shapes[names[number]] = shape
        if shape.isComposite():
            shape.expand(table)
            waiting |= {names.number(name) for name in shape.getComponentNames(table)} - set(
                map(names.number, shapes)
            )
    return shapes


def _widths(font: Any, numbers: Iterable[int], names: _Names) -> dict[str, tuple[int, int]]:
    """Read how wide glyphs are and where they begin; the last width holds for all that have none."""
    data, pairs = font.reader["hmtx"], font["hhea"].numberOfHMetrics
    widths = {}
    for number in numbers:
        width = unpack_from(">H", data, 4 * min(number, pairs - 1))[0]
        begin = unpack_from(">h", data, 4 * number + 2 if number < pairs else 2 * (pairs + number))[0]
        widths[names[number]] = (width, begin)
    return widths
