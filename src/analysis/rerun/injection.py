"""How parameters are written into an executed notebook: as people would, with Chinese as Chinese."""

from __future__ import annotations

from typing import Any


def readable() -> None:
    """Make papermill, in this process, write text into the injected cell as it is, and not as escapes."""
    from papermill.translators import PythonTranslator, papermill_translators

    class Readable(PythonTranslator):  # type: ignore[misc]  # papermill has no types
        """Writes Python literals."""

        @classmethod
        def translate_escaped_str(cls, str_val: Any) -> str:
            """Write a text as Python does, in double quotes where it holds none."""
            written = repr(str(str_val))
            return f'"{written[1:-1]}"' if written[0] == "'" and '"' not in written else written

    papermill_translators.register("python", Readable)
