"""The charts and the files that a page offers."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.briefing.content import saved_charts
from analysis.briefing.page.retold import told_again
from analysis.briefing.page.said import Said, words
from analysis.charts.svg import font_face

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from analysis.briefing.content import Content
    from analysis.briefing.page.said import Texts

_KINDS = ("overview", "change", "slope", "composition", "cleanup", "trend", "key_figures", "coverage")
_PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
_FILES = {".png": "PNG", "@300.png": "PNG 300 dpi", ".svg": "SVG", ".csv": "CSV"}
_PRODUCTS = {"workbook.xlsx": "workbook", "briefing.docx": "document", "briefing.pptx": "slides"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a picture in the page, with its words and its files as links in the page's folder.

    `src` is the saved picture, and `drawings` has another SVG for each of `LOCALES` that it does not speak.
    `title_text` and `alt_text` are the numbers of title and alt text in the page's data.
    """

    name: str
    kind: str
    src: str
    drawings: tuple[str | None, ...]
    width: int
    height: int
    title: Said
    caption: Said
    alt: Said
    title_text: int
    alt_text: int
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside the page: its address, what it is, and how large."""

    href: str
    said: Said
    size: str


def pictures(content: Content, folder: Path, texts: Texts) -> list[Picture]:
    """Read the saved charts, in the order of a briefing.

    Parameters
    ----------
    content : what the page is made of.
    folder : where the page goes; only files inside it are linked.
    texts : takes the texts that the script has to say.
    """
    found = []
    for path, said in saved_charts(content.charts):
        ending = next((end for end in _PICTURES if path.with_name(f"{path.name}.{end}").is_file()), None)
        if ending is None:
            continue
        data = path.with_name(f"{path.name}.{ending}").read_bytes()
        width, height = _size(data)
        told = told_again(said, content)
        title = tuple(one.words["title"] for one in told)
        alt = tuple(f"{one.words['title']}. {one.words['alt_text']}" for one in told)
        found.append(
            Picture(
                name=str(said["name"]),
                kind=str(said.get("kind")),
                src=f"data:{_PICTURES[ending]};base64,{b64encode(data).decode('ascii')}",
                drawings=tuple(one.drawing for one in told),
                width=width,
                height=height,
                title=title,
                caption=tuple(one.words["caption"] for one in told),
                alt=alt,
                title_text=texts.number(title),
                alt_text=texts.number(alt),
                files=tuple(_links(path, folder)),
            )
        )
    rank = {kind: number for number, kind in enumerate(_KINDS)}
    return sorted(found, key=lambda picture: (rank.get(picture.kind, len(rank)), picture.name))


def drawings(pictures: Sequence[Picture], font: Path) -> dict[str, Any]:
    """Give the pictures of the other languages for the script, and the glyphs of all of them once.

    Parameters
    ----------
    pictures : those of the page.
    font : the font file that they were drawn with.

    Returns
    -------
    `drawn`, an SVG or none for each of `LOCALES`, by the name of the picture, and `face`, the style rule that
    each SVG needs. Nothing where no picture is drawn in another language.
    """
    drawn = {picture.name: picture.drawings for picture in pictures if any(picture.drawings)}
    if not drawn:
        return {}
    return {"drawn": drawn, "face": font_face(font, [svg for each in drawn.values() for svg in each if svg])}


def _size(data: bytes) -> tuple[int, int]:
    """Give width and height of a picture, so that the page does not jump when it appears."""
    import re

    if data.startswith(b"\x89PNG"):
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    box = re.search(rb'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"', data[:4000])
    return (round(float(box[1])), round(float(box[2]))) if box else (900, 540)


def _links(path: Path, folder: Path) -> list[tuple[str, str]]:
    if not path.is_relative_to(folder):
        return []
    files = {said: path.with_name(path.name + ending) for ending, said in _FILES.items()}
    return [(said, file.relative_to(folder).as_posix()) for said, file in files.items() if file.is_file()]


def downloads(folder: Path) -> list[Download]:
    """List the workbook, the document and the slides, as far as they lie in the page's folder."""
    return [
        Download(name, words(f"download_{key}"), _weight((folder / name).stat().st_size))
        for name, key in _PRODUCTS.items()
        if (folder / name).is_file()
    ]


def _weight(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
