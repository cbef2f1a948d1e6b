"""The command line; every command is also a function of the library."""

from analysis.cli.commands import main

__all__ = ["main"]
