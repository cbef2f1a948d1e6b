"""A page as one file: its style, scripts, data and glyphs inside, and a policy that allows nothing else."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from analysis.briefing.page.evidence import spans
from analysis.briefing.page.said import PACKAGE
from analysis.charts.fonts import subset_woff

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from markupsafe import Markup

# Runs before the first paint: the style sheet knows whether there is a script, the language is that of the
# address, and the glyphs of the first screen are there at once, as the page's own font comes too late and one
# of the system has to be looked for.
_EARLY = """{
const root = document.documentElement;
root.classList.add("scripted");
if (/Mac|iP|Win/.test(navigator.platform)) root.classList.add("mac-or-windows");
const asked = /^#(zh-Hant|zh-Hans|en)\\b/.exec(location.hash);
if (asked) root.dataset.locale = root.lang = asked[1];
const glyphs = "GLYPHS";
const unpacked = () => Uint8Array.from(atob(glyphs), (mark) => mark.charCodeAt(0));
document.fonts.add(new FontFace("First", Uint8Array.fromBase64?.(glyphs) ?? unpacked()));
}"""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def as_json(data: object) -> Markup:
    """Write data for a script element: nothing in it can end the element."""
    from markupsafe import Markup

    return Markup(compact(data, ensure_ascii=True).replace("<", "\\u003c"))  # noqa: S704  # "<" is gone


def compact(data: object, *, ensure_ascii: bool = False) -> str:
    """Write data as JSON without spaces."""
    return json.dumps(data, ensure_ascii=ensure_ascii, separators=(",", ":"))


def part(name: str) -> str:
    """Read a file of this package, such as page.css."""
    return files(PACKAGE).joinpath(name).read_text(encoding="utf-8")


def script(names: Sequence[str]) -> str:
    """Join modules of JavaScript to one script in ASCII, with a scope of its own.

    Parameters
    ----------
    names : files in `script/`, each after those that it uses.
    """
    parts = [part(f"script/{name}.js").strip() for name in names]
    code = '(() => {\n"use strict";\n' + "\n\n".join(parts) + "\n})();\n"
    return code.encode("ascii", "backslashreplace").decode("ascii")


@cache
def vega() -> tuple[str, str]:
    """Give Vega, Vega-Lite and Vega-Embed as one script, packed, and the script's hash."""
    from vl_convert import javascript_bundle

    code = javascript_bundle("window.vegaEmbed = vegaEmbed;").encode("utf-8")
    return packed(code), hashed(code)


def packed(content: bytes) -> str:
    """Pack what the script unpacks: base64 of gzip, a third of the size."""
    import gzip

    return b64encode(gzip.compress(content, 9, mtime=0)).decode("ascii")


def hashed(content: bytes) -> str:
    """Give the source of a Content-Security-Policy that allows one inline element."""
    return f"'sha256-{b64encode(sha256(content).digest()).decode('ascii')}'"


def one_file(
    template: str,
    context: Mapping[str, Any],
    *,
    style: str,
    code: str,
    font: Path,
    glyphs: Sequence[str],
    heavy: Mapping[str, Any],
    allowed: Sequence[str] = (),
) -> bytes:
    """Render a template of this package to a file that opens anywhere.

    It is written in ASCII, with every other character by its number: such a page is decoded in a third of the
    time and kept by browsers in half the memory.

    Parameters
    ----------
    template : its name.
    context : what it needs, besides `css`, `face`, `code` and `csp`, which are given here.
    style, code : style sheet and script, in ASCII.
    font : the font whose glyphs go into the page, for readers whose system has no Chinese font.
    glyphs : further texts of the page, besides those of the template, whose characters are needed.
    heavy : what stands in for the large things of the context when looking which glyphs it needs.
    allowed : hashes of further scripts that may run.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        loader=FunctionLoader(part),
    )  # fmt: skip
    environment.filters["spans"] = spans
    bare = _bare(environment, template, {**context, **heavy})
    face = _font_face(font, [*glyphs, bare])
    early = _EARLY.replace("GLYPHS", _woff(font, [bare.split("</section>", 1)[0]]))
    inline = [hashed(text.encode("ascii")) for text in (style, face, early, code)]
    scripts = " ".join(["script-src", *inline[2:], *allowed])
    rules = "default-src 'none'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    csp = f"{rules}; style-src {' '.join(inline[:2])}; {scripts}"
    own = {"css": style, "face": face, "early": early, "code": code}
    filled = {**context, "csp": csp, **{name: Markup(text) for name, text in own.items()}}  # noqa: S704  # our own files
    html = environment.get_template(template).render(filled) + "\n"
    return html.encode("ascii", "xmlcharrefreplace")


def _bare(environment: Any, template: str, context: Mapping[str, Any]) -> str:
    """Render the words of a page without what is heavy in it."""
    return str(
        environment.get_template(template).render(
            {**context, "css": "", "face": "", "early": "", "code": "", "csp": ""}
        )
    )


def _woff(font: Path, texts: Sequence[str]) -> str:
    """Give the glyphs that texts need beyond ASCII as a font, in base64."""
    needed = "".join(sorted({mark for text in texts for mark in _BEYOND_ASCII.findall(text)}))
    return b64encode(subset_woff(font, needed)).decode("ascii")


def _font_face(font: Path, texts: Sequence[str]) -> str:
    source = f"url(data:font/woff;base64,{_woff(font, texts)}) format('woff')"
    return f"@font-face{{font-family:Page;font-display:swap;src:{source}}}\n"
