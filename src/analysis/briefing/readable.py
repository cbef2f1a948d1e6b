"""An executed notebook for readers: its words, tables and charts as one page, without its code."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.briefing.phrases import said_in
from analysis.briefing.render import render
from analysis.charts.fonts import find_font
from analysis.charts.words import entries, say
from analysis.errors import DataError, UsageError
from analysis.tables.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGE = "analysis.briefing"
_LOCALE = "zh-Hant"
# What HTML may keep of its tags; no link, no picture.
_TABLES = ("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "div", "span", "br")
_WORDS = ("h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "em", "i", "b", "strong", "code", "pre", "hr", "del")
_KEPT = frozenset([*_TABLES, *_WORDS, "blockquote"])
_SPANS = ("colspan", "rowspan")
# Best first: what a notebook shows of one thing in several forms.
_FORMS = ("image/svg+xml", "image/png", "text/html", "text/markdown", "text/plain")


def export(notebook: str | Path, output: str | Path | None = None, *, font: str | Path | None = None) -> Path:
    """Write an executed notebook as HTML for readers: without code, one file that asks nothing of any other.

    Parameters
    ----------
    notebook : path of an executed .ipynb file, such as reports/2026-08/notebooks/03-compare.ipynb.
    output : the page; by default beside the notebook, with the ending .html.
    font : font file, see `analysis.charts.find_font`; its used glyphs go into the page.

    Returns
    -------
    The path of the page.

    Errors
    ------
    UsageError where there is no such file or it is no notebook; DataError where it has never been executed.
    """
    path = Path(notebook)
    target = path.with_suffix(".html") if output is None else Path(output)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        cells = list(document["cells"])
    except OSError as error:
        raise UsageError("this file cannot be read", where=str(path), todo="name an .ipynb file") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError("this is no notebook", where=str(path), todo="name an .ipynb file") from error
    if not any(cell.get("outputs") for cell in cells):
        raise DataError(
            "this notebook has no outputs", where=str(path),
            todo="run it first, with `analysis run` or in Jupyter, and save it",
        )  # fmt: skip
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(target, _page(document, path.stem, find_font(font)).encode("utf-8"))
    return target


def _page(document: Mapping[str, Any], name: str, font: Path) -> str:
    parameters = dict(document.get("metadata", {}).get("papermill", {}).get("parameters", {}))
    locale = str(parameters.pop("locale", None) or _LOCALE)
    if locale not in entries(_PACKAGE)["readable"]["no_code"]:
        locale = _LOCALE
    parameters.pop("project", None)
    blocks = [block for cell in document["cells"] for block in _blocks(cell, locale)]
    title = next((_heading(cell, locale) for cell in document["cells"] if _heading(cell, locale)), name)
    said = {key: value for key, value in parameters.items() if value is not None}
    context = {
        "title": title,
        "locale": locale,
        "parameters": [_parameter(key, value, locale) for key, value in said.items()],
        "no_code": say("readable.no_code", locale, package=_PACKAGE),
        "blocks": blocks,
    }
    bare = [block | ({"src": ""} if block["kind"] == "picture" else {}) for block in blocks]
    return render("readable", context, font, bare={"blocks": bare})


def _parameter(name: str, value: object, locale: str) -> str:
    """Say what a notebook was given, in words where there are some."""
    known = entries(_PACKAGE)["readable"].get(f"parameter_{name}")
    return f"{known[locale] if known else name} {value}"


def _heading(cell: Mapping[str, Any], locale: str) -> str:
    """Give the first heading of a cell of words."""
    lines = _said(cell.get("source"), locale).splitlines() if cell["cell_type"] == "markdown" else []
    return next((line.lstrip("# ") for line in lines if line.startswith("# ")), "")


def _said(text: Any, locale: str) -> str:
    """Give a text in the reader's language, where it is one of the package's own notebooks."""
    own = _joined(text)
    return said_in(own, locale, book="notebooks.toml", spoken="zh-Hant") or own


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text or "")


def _blocks(cell: Mapping[str, Any], locale: str) -> list[dict[str, Any]]:
    """Give what a cell shows: words of markdown, or the outputs of code."""
    if cell["cell_type"] == "markdown":
        return [{"kind": "words", "html": _markdown(_said(cell["source"], locale))}]
    return [block for output in cell.get("outputs", ()) if (block := _output(output, locale))]


def _output(output: Mapping[str, Any], locale: str) -> dict[str, Any] | None:
    kind = output["output_type"]
    if kind == "stream":
        text = _said(output["text"], locale).strip("\n")
        return {"kind": "text", "text": text} if output["name"] == "stdout" and text else None
    if kind == "error":
        said = say("readable.failed", locale, package=_PACKAGE)
        return {"kind": "failed", "text": f"{said} {output['ename']}: {output['evalue']}"}
    return _display(output.get("data", {}), output.get("metadata", {}), locale)


def _display(data: Mapping[str, Any], about: Mapping[str, Any], locale: str) -> dict[str, Any] | None:
    """Give the best form of one thing that was shown."""
    form = next((form for form in _FORMS if form in data), None)
    if form is None:
        return None
    text = _joined(data[form])
    if form.startswith("image/"):
        alt = str((about.get(form) or {}).get("alt", ""))
        return {"kind": "picture", "src": _address(form, text), "alt": alt}
    if form == "text/html":
        table = _kept(text)
        if "<table" in table and "<td" not in table:
            return {"kind": "text", "text": say("readable.no_rows", locale, package=_PACKAGE)}
        return {"kind": "table", "html": table}
    if form == "text/markdown":
        return {"kind": "words", "html": _markdown(_said(text, locale))}
    return {"kind": "text", "text": _said(_unquoted(text), locale)}


def _address(form: str, text: str) -> str:
    """Put a picture into an address: PNG lies in a notebook as base64, SVG as text."""
    from base64 import b64encode

    data = text.strip().replace("\n", "") if form == "image/png" else b64encode(text.encode()).decode()
    return f"data:{form};base64,{data}"


def _unquoted(text: str) -> str:
    """Give the text that a cell ends with without the quotes that Python shows it in."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
    return value if isinstance(value, str) else text


def _markdown(text: str) -> Any:
    """Turn markdown into HTML; HTML in it stays text."""
    import mistune

    return _kept(str(mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])(text)))


def _kept(text: str) -> Any:
    """Keep words and tables of HTML; scripts, styles, links, pictures and attributes go."""
    from lxml import etree, html
    from markupsafe import Markup

    root = html.fragment_fromstring(text, create_parent="div")
    for element in list(root.iterdescendants()):
        if not isinstance(element.tag, str) or element.tag in {"style", "script", "template", "noscript"}:
            element.drop_tree()
        elif element.tag not in _KEPT:
            element.drop_tag()
        else:
            for name in list(element.attrib):
                if name not in _SPANS:
                    del element.attrib[name]
    cleaned = etree.tostring(root, encoding="unicode", method="html")
    return Markup(cleaned)  # noqa: S704  # only tags that were kept
