"""Files damaged by chance, each again the same from its seed."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

_INTERESTING = (
    b"\0",
    b"\xff",
    b"\x7f\xff\xff\xff",
    b"-1",
    b"4294967295",
    b"999999999",
    b"%",
    b"<",
    b">",
    b"&",
    b'"',
)


def mutated(data: bytes, seed: int) -> bytes:
    """Damage a file in one to eight places.

    In a package, every other seed damages a part before it is packed: else the check sums of the package
    would keep all damage from the readers of its parts.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    if data.startswith(b"PK") and seed % 2:
        return _repacked(data, chance)
    if data.startswith(b"%PDF") and seed % 2:
        return _streams(data, chance)
    return _damaged(data, chance)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    # Every other file is damaged in one small place only, so that its reader goes on.
    little = chance.random() < 0.5
    for _ in range(1 if little else chance.randint(2, 8)):
        if not changed:
            break
        at = chance.randrange(len(changed))
        size = min(chance.choice((1, 2, 4) if little else (1, 1, 2, 4, 16, 64, 512)), len(changed) - at)
        match chance.randrange(7):
            case 0:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                changed[at : at + size] = chance.randbytes(size)
            case 2:
                del changed[at : at + size]
            case 3:
                changed[at:at] = changed[at : at + size] * chance.randint(1, 20)
            case 4:
                changed[at:at] = chance.choice(_INTERESTING)
            case 5:
                to = chance.randrange(len(changed))
                changed[to : to + size] = changed[at : at + size]
            case _ if chance.random() < 0.3:
                del changed[at:]
            case _:
                changed[at : at + size] = bytes(size)
    return bytes(changed)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        entries = old.infolist()
        # The largest part is the one that is read; the others are damaged now and then.
        weights = [max(1, entry.file_size) for entry in entries]
        chosen = chance.choices(entries, weights)[0]
        for entry in entries:
            part = old.read(entry)
            new.writestr(entry.filename, _damaged(part, chance) if entry is chosen else part)
    return out.getvalue()


def _streams(data: bytes, chance: random.Random) -> bytes:
    """Damage what is packed in one stream of a PDF; offsets behind it change, as they do in damaged files."""
    starts = []
    at = data.find(b"stream\n")
    while at >= 0:
        if data[at - 3 : at] != b"end":
            starts.append(at + len(b"stream\n"))
        at = data.find(b"stream\n", at + 1)
    if not starts:
        return _damaged(data, chance)
    start = chance.choice(starts)
    end = data.index(b"endstream", start)
    try:
        inner = zlib.decompress(data[start:end])
    except zlib.error:
        return _damaged(data, chance)
    return data[:start] + zlib.compress(_damaged(inner, chance)) + b"\n" + data[end:]
