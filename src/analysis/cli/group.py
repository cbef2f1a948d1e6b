"""How commands end: whatever goes wrong is one line on standard error and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from analysis.errors import AnalysisError

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Group(click.Group):
    """All commands; whatever goes wrong is one line on standard error and an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - click's own signature
        **extra: Any,
    ) -> Any:
        """Run the command that was named on the command line."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except click.ClickException as error:
            say(" ".join(error.format_message().split()))
            code = error.exit_code
        except AnalysisError as error:
            say(error.line())
            code = error.exit_code
        except click.Abort:
            say("stopped")
            code = 1
        except OSError as error:
            say(f"{error.filename or 'a file'}: {error.strerror or error}; check the path and who may use it")
            code = 1
        sys.exit(code if isinstance(code, int) else 0)


def say(line: str) -> None:
    """Say one line on standard error."""
    click.echo(f"analysis: {line}", err=True)
