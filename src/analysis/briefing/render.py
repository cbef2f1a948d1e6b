"""Pages as one file that opens anywhere: its style and its glyphs inside, nothing asked of any other."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from analysis.charts.fonts import subset_woff

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Template

_PACKAGE = "analysis.briefing"


@cache
def _template(name: str) -> tuple[Template, str]:
    """Give a template and its style sheet."""
    from jinja2 import Environment, StrictUndefined

    place = files(_PACKAGE)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(place.joinpath(f"{name}.html.j2").read_text(encoding="utf-8"))
    return template, place.joinpath(f"{name}.css").read_text(encoding="utf-8")


def render(
    name: str, context: Mapping[str, Any], font: Path, *, bare: Mapping[str, Any] | None = None
) -> str:
    """Render a template of this package with its style sheet.

    Parameters
    ----------
    name : the template's name; `name.html.j2` and `name.css` lie beside this file.
    context : what the template needs, besides `css` and `csp`, which are given here.
    font : the font file whose glyphs go into the page, for computers without Chinese fonts.
    bare : what to put in place of large things of the context when looking which glyphs the page needs.
    """
    from markupsafe import Markup

    template, rules = _template(name)
    words = template.render({**context, **(bare or {}), "css": "", "csp": ""})
    glyphs = b64encode(subset_woff(font, words)).decode("ascii")
    css = rules + f"@font-face{{font-family:Page;src:url(data:font/woff;base64,{glyphs}) format('woff')}}\n"
    allowed = b64encode(sha256(css.encode()).digest()).decode("ascii")
    csp = f"default-src 'none'; img-src data:; font-src data:; style-src 'sha256-{allowed}'"
    csp += "; base-uri 'none'; form-action 'none'"
    return template.render({**context, "css": Markup(css), "csp": csp})  # noqa: S704  # our own style sheet
