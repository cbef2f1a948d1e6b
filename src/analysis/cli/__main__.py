"""`python -m analysis.cli`, where the console script is not on the path."""

from analysis.cli import main

main(prog_name="analysis")
