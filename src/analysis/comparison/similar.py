"""Names that are nearly those of listed places: a proposal for a person to decide, never a merger."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# Names as alike as this are proposed as one place: one slip in a name of two characters.
LEAST = 0.5
_KIND = 2
# 东湖 and 西湖, 第一 and 第二 are neighbours, not slips of the pen.
_TELLING = frozenset("0123456789一二三四五六七八九十东南西北中上下前后左右新老")


def most_similar(
    name: str, listed: Mapping[str, str], parents: Collection[str] = ()
) -> tuple[str, float] | None:
    """Find the listed place whose name is most like one that is not listed.

    Parameters
    ----------
    name : the folded name that is not listed.
    listed : place_id by folded name.
    parents : folded names of what places are parts of, which may stand before a name and make none alike.

    Returns
    -------
    place_id and likeness from 0 to 1, or None where no name is alike enough.

    Examples
    --------
    >>> most_similar("柳桥路社区", {"柳桥社区": "临江街道柳桥社区", "东湖社区": "东湖社区"})
    ('临江街道柳桥社区', 0.667)
    >>> most_similar("西湖社区", {"东湖社区": "东湖社区"})
    """
    own = _bare(name, parents)
    best: tuple[float, str] = (0.0, "")
    for other in sorted(listed):
        best = max(best, (likeness(own, _bare(other, parents)), other))
    score, found = best
    return (listed[found], round(score, 3)) if score >= LEAST else None


def likeness(one: str, other: str) -> float:
    """Compare two names without the kind of place that both end in: 社区 makes no names alike.

    Examples
    --------
    >>> likeness("青山社区", "青水社区"), likeness("青山社区", "东湖社区"), likeness("第1村", "第2村")
    (0.5, 0.0, 0.0)
    """
    from rapidfuzz.distance import OSA

    shared = 0
    while shared < min(len(one), len(other), _KIND + 1) - 1 and one[-1 - shared] == other[-1 - shared]:
        shared += 1
    one, other = one[: len(one) - shared], other[: len(other) - shared]
    apart = set(one) ^ set(other)
    if apart and apart <= _TELLING and len(one) == len(other):
        return 0.0
    return float(OSA.normalized_similarity(one, other))


def _bare(name: str, parents: Collection[str]) -> str:
    longest = max((parent for parent in parents if name.startswith(parent)), key=len, default="")
    return name[len(longest) :] or name
