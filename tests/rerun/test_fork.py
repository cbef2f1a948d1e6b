"""The forking engine: the same notebooks as a kernel's, and each alone, with limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
import zmq
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill import PapermillExecutionError, execute_notebook

from analysis.rerun import fork
from analysis.rerun.fork import NAME, StoppedError
from analysis.rerun.tidy import tidy

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
CELLS = {
    "streams": "import sys\nprint('一')\nprint('二', file=sys.stderr)\nprint('三')\nprint('四')",
    "value": "1 + 1",
    "nothing": "None",
    "html": "from IPython.display import HTML, display\ndisplay(HTML('<b>字</b>'))\nHTML('<i>末</i>')",
    "update": "handle = display('first', display_id='x')\nhandle.update('second')",
    "clear": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
    "clear wait": "print('gone')\nclear_output(wait=True)\nprint('stays')",
    "wide table": "import pandas as pd\npd.DataFrame({f'column {i}': [i] * 3 for i in range(30)})",
    "chart": "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.title('a')",
    "object chart": "figure, axes = plt.subplots()\naxes.bar(['a'], [1])\nfigure",
    "two charts": "for i in range(2):\n    plt.figure()\n    plt.plot([i, 1])\nprint('drawn')",
    "magic": "%matplotlib inline\n%precision 3\n3.14159",
    "history": "In[1][:10], Out[2]",
    "underscore": "_",
    "await": "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "shell names": "__name__, type(get_ipython()).__name__ != ''",
    "long": "list(range(2000))",
    "markdown": "from IPython.display import Markdown\nMarkdown('**字**')",
    "bytes": "from IPython.display import Image\nimport io\nb = io.BytesIO()\nplt.figure(figsize=(1, 1)).savefig(b)\nplt.close()\nImage(b.getvalue())",
    "nothing to run": "   \n",
}  # fmt: skip


def notebook(folder: Path, *cells: str, tags: dict[int, list[str]] | None = None) -> Path:
    """Write a notebook of code cells, with a text between them."""
    made = [new_code_cell(cell, id=f"c{i}") for i, cell in enumerate(cells)]
    for index, names in (tags or {}).items():
        made[index]["metadata"]["tags"] = names
    whole = new_notebook(cells=[new_markdown_cell("# 題", id="m"), *made])
    whole.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "in.ipynb"
    nbformat.write(whole, path)
    return path


# A kernel on a busy machine starts and answers late; its outputs are what counts here, not its speed.
PATIENT = {"start_timeout": 600, "iopub_timeout": 600}
TRIES = 3


def executed(source: Path, engine: str | None, **options: Any) -> Any:
    """Execute a notebook; give it back without clock times."""
    target = source.with_name(f"{engine}.ipynb")
    failure: Exception | None = None
    try:
        execute_notebook(str(source), str(target), engine_name=engine, progress_bar=False, **options)
    except (PapermillExecutionError, StoppedError) as error:
        failure = error
    tidy(target)
    return json.loads(target.read_text(encoding="utf-8")), failure


def under_a_kernel(source: Path) -> Any:
    """Execute a notebook in a kernel; one that could not be started or reached says nothing and is started again."""
    for _ in range(TRIES - 1):
        try:
            return executed(source, None, **PATIENT)
        except (DeadKernelError, RuntimeError, zmq.ZMQError):
            continue
    return executed(source, None, **PATIENT)


@pytest.mark.slow
def test_outputs_are_those_of_a_kernel(tmp_path: Path) -> None:
    """Streams, values, rich displays, updates, charts and magics: byte for byte what a kernel's notebook holds."""
    source = notebook(tmp_path, *CELLS.values())
    wanted, _ = under_a_kernel(source)
    given, failure = executed(source, NAME)
    assert failure is None
    for name, one, other in zip(["text", *CELLS], wanted["cells"], given["cells"], strict=True):
        assert other == one, name
    assert given["metadata"] == wanted["metadata"]


@pytest.mark.slow
def test_a_failing_cell_ends_the_notebook_as_under_a_kernel(tmp_path: Path) -> None:
    """The error and the outputs before it are kept, cells behind it do not run, and welcome errors end nothing."""
    source = notebook(
        tmp_path,
        "print('before')\n1 / 0",
        "x = 1",
        "print(x)\nraise ValueError('停')",
        "print('never')",
        tags={0: ["raises-exception"]},
    )
    wanted, _ = under_a_kernel(source)
    given, failure = executed(source, NAME)
    assert isinstance(failure, PapermillExecutionError)
    assert failure.ename == "ValueError"
    assert failure.evalue == "停"
    outputs = [[o["output_type"] for o in c.get("outputs", [])] for c in given["cells"]]
    assert outputs == [[o["output_type"] for o in c.get("outputs", [])] for c in wanted["cells"]]
    assert [c["metadata"].get("papermill") for c in given["cells"]] == [
        c["metadata"].get("papermill") for c in wanted["cells"]
    ]


def test_what_has_been_said_is_soon_in_the_file(tmp_path: Path) -> None:
    """While a cell runs for long, what was said before it is in the file, for who looks and for who kills the run."""
    target = tmp_path / f"{NAME}.ipynb"
    waits = f"import pathlib, time\nwhile b'42000126' not in pathlib.Path({str(target)!r}).read_bytes():\n    time.sleep(0.05)"
    _, failure = executed(notebook(tmp_path, "print(6 * 7 * 1000003)", waits), NAME, execution_timeout=120)
    assert failure is None


def test_a_notebook_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is for the whole notebook; what it had said before stays in it."""
    said = tmp_path / "said"
    # Time stands still until the second cell has spoken, and is up then: no machine is too slow for this test.
    monkeypatch.setattr(fork.time, "monotonic", lambda: 10.0 if said.exists() else 0.0)
    second = (
        f"import pathlib, time\nprint('in', flush=True)\npathlib.Path({str(said)!r}).touch()\ntime.sleep(600)"
    )
    source = notebook(tmp_path, "print('before')", second)
    given, failure = executed(source, NAME, execution_timeout=2)
    assert isinstance(failure, StoppedError)
    assert "longer than 2 seconds" in str(failure)
    texts = [o["text"] for c in given["cells"] for o in c.get("outputs", []) if o["output_type"] == "stream"]
    assert ["before\n"] in texts
    assert ["in\n"] in texts


def test_a_notebook_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    """A notebook that grows beyond its limit is stopped, and says what it used."""
    source = notebook(tmp_path, "import time\nx = b'1' * 1_200_000_000\ntime.sleep(600)")
    _, failure = executed(source, NAME, memory_limit=1_000_000_000)
    assert isinstance(failure, StoppedError)
    assert "MB of memory" in str(failure)


@pytest.mark.parametrize("end", ["os._exit(3)", "os.kill(os.getpid(), 9)", "os.abort()"])
def test_a_process_that_dies_is_told(tmp_path: Path, end: str) -> None:
    """A notebook whose process ends by itself, or is killed, fails with a reason and stops nothing else."""
    source = notebook(tmp_path, f"import os\nprint('before', flush=True)\n{end}")
    given, failure = executed(source, NAME)
    assert isinstance(failure, StoppedError)
    assert "stopped" in str(failure)
    assert given["cells"][1]["outputs"][0]["text"] == ["before\n"]
    assert executed(notebook(tmp_path, "1"), NAME)[1] is None


def test_nobody_can_be_asked(tmp_path: Path) -> None:
    """A notebook that runs by itself cannot wait for input."""
    _, failure = executed(notebook(tmp_path, "input('?')"), NAME)
    assert isinstance(failure, PapermillExecutionError)
    assert "ask nobody" in failure.evalue


def test_notebooks_do_not_see_each_other(tmp_path: Path) -> None:
    """Names, settings and folders of one notebook are not those of the next."""
    change = "import os, sys, pandas as pd\nos.environ['SEEN'] = '1'\npd.set_option('display.width', 7)\nos.chdir('/')\nsys.x = 1"
    assert executed(notebook(tmp_path, change), NAME)[1] is None
    look = "import os, sys, pandas as pd\n('SEEN' in os.environ, pd.get_option('display.width'), os.getcwd() == '/', hasattr(sys, 'x'))"
    given, _ = executed(notebook(tmp_path, look), NAME)
    assert given["cells"][1]["outputs"][0]["data"]["text/plain"] == ["(False, 80, False, False)"]


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """No process, open file or thread stays after many notebooks, also where they fail."""
    source = notebook(tmp_path, "import subprocess\nsubprocess.Popen(['sleep', '600'])")
    executed(source, NAME)
    before, children = len(list(Path("/proc/self/fd").iterdir())), psutil.Process().children(recursive=True)
    for _ in range(5):
        executed(source, NAME)
        executed(notebook(tmp_path, "1 / 0"), NAME)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert psutil.Process().children(recursive=True) == children


@pytest.mark.slow
def test_plain_papermill_finds_the_engine(tmp_path: Path) -> None:
    """The engine is there for papermill's own command line, and falls back to a kernel when asked."""
    source = notebook(tmp_path, "import warnings\nwarnings.warn('mind this')")
    for asked in ("", "kernel"):
        subprocess.run(
            [sys.executable, "-m", "papermill", "--engine", NAME, str(source), str(tmp_path / "out.ipynb"), "--no-progress-bar"],
            check=True, capture_output=True, env=os.environ | {"REPORT_FIGURES_ENGINE": asked},
        )  # fmt: skip
        (output,) = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[1]["outputs"]
        assert output["name"] == "stderr"
        assert "UserWarning: mind this" in output["text"]
