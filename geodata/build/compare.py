"""Compares the layers just made with the committed ones, byte for byte.

    python3 compare.py MADE COMMITTED

A picture with the same pixels in other bytes is said to be so: another zlib packs it differently.
Exit status 1 on any other difference.
"""

import struct
import sys
import zlib
from pathlib import Path


def differences(made, committed):
    """(path, what differs, whether it matters), for each file that was made."""
    for path in sorted(p for p in made.rglob("*") if p.is_file()):
        name = path.relative_to(made)
        other = committed / name
        if not other.exists():
            yield name, "is not committed", True
        elif path.read_bytes() != other.read_bytes():
            same = path.suffix == ".png" and pixels(path) == pixels(other)
            yield name, "has the same pixels, packed differently" if same else "differs", not same


def pixels(path):
    """Header and unpacked rows of a PNG."""
    data, at, head, packed = path.read_bytes(), 8, b"", b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        head += body if kind == b"IHDR" else b""
        packed += body if kind == b"IDAT" else b""
        at += length + 12
    return head, zlib.decompress(packed)


if __name__ == "__main__":
    found = list(differences(Path(sys.argv[1]), Path(sys.argv[2])))
    for name, what, _ in found:
        print(f"{name} {what}")
    if not found:
        print("all layers are as committed")
    sys.exit(1 if any(matters for _, _, matters in found) else 0)
