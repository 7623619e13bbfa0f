"""Search vectors in the database's binary form, read."""

from __future__ import annotations


def places(vector: bytes) -> dict[str, list[int]]:
    """Where each lexeme of a binary `tsvector` stands; each must come once, its places in order."""
    found: dict[str, list[int]] = {}
    at = 4
    for _lexeme in range(int.from_bytes(vector[:4])):
        end = vector.index(0, at)
        lexeme = vector[at:end].decode()
        count = int.from_bytes(vector[end + 1 : end + 3])
        at = end + 3 + 2 * count
        numbers = [int.from_bytes(vector[p : p + 2]) for p in range(end + 3, at, 2)]
        assert lexeme not in found
        assert numbers == sorted({*numbers})
        found[lexeme] = numbers
    assert at == len(vector)
    return found
