"""What readers say of a file that they cannot read, in the same words for every format."""

from __future__ import annotations

from analysis.errors import UnreadableError

_AGAIN = "open it in the program it was written with and save it under a new name"


def damaged(where: str, error: BaseException) -> UnreadableError:
    """Give the error for a file that its reader cannot make sense of."""
    seen = " ".join(str(error).split())[:120] or type(error).__name__
    return UnreadableError("the file is damaged", where=where, seen=seen, todo=_AGAIN)


def locked(where: str) -> UnreadableError:
    """Give the error for a file that a password protects."""
    todo = "open it with its password and save it without one"
    return UnreadableError("protected with a password", where=where, todo=todo)
