"""The charts and the files that a page offers."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.briefing.content import saved_charts
from analysis.briefing.page.retold import told_again
from analysis.briefing.page.said import Said, words
from analysis.comparison.words import LOCALES

if TYPE_CHECKING:
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

    What the picture shows is in its own language `locale`; what is said of it is in all. `title_text` and
    `alt_text` are the numbers of title and alt text in the page's data.
    """

    name: str
    kind: str
    src: str
    width: int
    height: int
    title: Said
    caption: Said
    alt: Said
    title_text: int
    alt_text: int
    locale: str
    files: tuple[tuple[str, str], ...]

    def own(self, said: Said) -> Said:
        """Give what is said in the language of the picture; all, where every language says the same."""
        return self._in(said, own=True)

    def told(self, said: Said) -> Said:
        """Give what is said in the languages that the picture does not speak."""
        return self._in(said, own=False)

    def _in(self, said: Said, *, own: bool) -> Said:
        if len(set(said)) == 1:
            return said if own else ()
        spoken = zip(LOCALES, said, strict=True)
        return tuple(text if (locale == self.locale) == own else "" for locale, text in spoken)


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
        title = tuple(words["title"] for words in told)
        alt = tuple(f"{words['title']}. {words['alt_text']}" for words in told)
        found.append(
            Picture(
                name=str(said["name"]),
                kind=str(said.get("kind")),
                src=f"data:{_PICTURES[ending]};base64,{b64encode(data).decode('ascii')}",
                width=width,
                height=height,
                title=title,
                caption=tuple(words["caption"] for words in told),
                alt=alt,
                title_text=texts.number(title),
                alt_text=texts.number(alt),
                locale=str(said.get("locale") or ""),
                files=tuple(_links(path, folder)),
            )
        )
    rank = {kind: number for number, kind in enumerate(_KINDS)}
    return sorted(found, key=lambda picture: (rank.get(picture.kind, len(rank)), picture.name))


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
