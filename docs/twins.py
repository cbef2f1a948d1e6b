"""Write docs/notebooks/NAME.py beside each notebook: the same cells as text, for review.

Run it as `make twins` after a notebook has changed; a test fails where one is not in step.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent


def twin(notebook: Path) -> str:
    """Give a notebook as a Python file with its words as comments, the same each time.

    Parameters
    ----------
    notebook : path of an .ipynb file.
    """
    import jupytext

    document = jupytext.read(notebook)
    # Neither versions nor kernels: only what a reader reviews.
    document.metadata["jupytext"] = {"notebook_metadata_filter": "-all", "cell_metadata_filter": "tags"}
    return str(jupytext.writes(document, fmt="py:percent"))


def main() -> None:
    """Write every twin, and drop those whose notebook is gone."""
    folder = ROOT / "docs" / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    for path in folder.glob("*.py"):
        if path.stem not in {notebook.stem for notebook in notebooks}:
            path.unlink()
    for notebook in notebooks:
        (folder / f"{notebook.stem}.py").write_text(twin(notebook), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
