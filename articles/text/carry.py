"""Carry places from a source text to a new version of it, where a machine's reading was put right.

`python -m articles.text.carry` reads JSON lines {"old", "new", "start", "end", "exact"} and answers
each by {"start", "end"} in the new text, or by null where the words are lost. Places count code
points, end exclusive.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import IO, Any

from articles.text.alignment import Words, changes_of, word_groups
from articles.text.edits import Edit, Edits
from articles.text.inside import part_of
from articles.text.likeness import distance, sound_of
from articles.text.pairing import cost_of_change, letters_of
from articles.text.regex import regex

Range = tuple[int, int]

_DOTTED = regex(r"(?:\b\w\.\s?)+\w\Z")
# Share of letters kept, from which words are the same ones: wherever they stand; beside words that
# are sure; between such on both sides; the same with three of those or more.
_SURE, _BESIDE, _BETWEEN, _HELD = 0.75, 0.6, 0.55, 0.45
_LOST = 0.5  # share of the letters that may be dropped
_ADDED = 0.6  # letters that may be added inside, as a share
_LONG = 200  # letters; longer words are compared group by group
_NEIGHBOUR = 0.25  # share of its letters by which a neighbour may be off


class Alignment:
    """An old text, a new one, and what became what."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = Words.of(old), Words.of(new)
        self.groups = word_groups(self.old, self.new) if old != new else []
        self.changes = changes_of(self.groups, self.old, self.new)
        self._starts = [change.start for change in self.changes]
        self._group_of = [0] * len(self.old.words)
        for place, (start, end, _, _) in enumerate(self.groups):
            self._group_of[start:end] = [place] * (end - start)

    def carry(self, start: int, end: int) -> Range | None:
        """Where the words from `start` to `end` stand in the new text; None where they are lost."""
        if not 0 <= start < end <= len(self.old.text):
            return None
        touched, shift = self._touched(start, end)
        if not touched:
            return start + shift, end + shift
        first = bisect_right(self.old.ends, start)
        last = bisect_left(self.old.starts, end)
        if first >= last:
            return None
        low, high = self._group_of[first], self._group_of[last - 1] + 1
        found = self._range_of(low, high, start, end)
        if found is None or not self._is_same(low, high, (start, end), found):
            return None
        return self._with_signs((start, end), (first, last), found)

    def _touched(self, start: int, end: int) -> tuple[bool, int]:
        """Whether a change touches a range, and how far it is moved by those before it."""
        place = bisect_left(self._starts, end)
        if not place:
            return False, 0
        change = self.changes[place - 1]
        return change.end > start or change.start > start, change.new_end - change.end

    def _range_of(self, low: int, high: int, start: int, end: int) -> Range | None:
        """The new words of some groups, of which the first and last may count in part."""
        found: list[Range] = []
        for a, b, c, d in self.groups[low:high]:
            if a == b or c == d:
                continue
            begin, until = self.old.starts[a], self.old.ends[b - 1]
            there = self.new.starts[c], self.new.ends[d - 1]
            if start <= begin and until <= end:
                found.append(there)
                continue
            inside = max(start, begin) - begin, min(end, until) - begin
            part = part_of(self.old.text[begin:until], self.new.text[slice(*there)], *inside)
            if part is None:
                return None
            found.append((there[0] + part[0], there[0] + part[1]))
        return (found[0][0], found[-1][1]) if found else None

    def _is_same(self, low: int, high: int, old: Range, new: Range) -> bool:
        """Whether words are alike enough to be the same, for where they stand."""
        one = letters_of(self.old.text[slice(*old)])
        other = letters_of(self.new.text[slice(*new)])
        dropped = added = 0
        changed = 0.0
        for a, b, c, d in self.groups[low:high]:
            ours, theirs = "".join(self.old.words[a:b]), "".join(self.new.words[c:d])
            if not theirs:
                dropped += len(ours)
            elif not ours:
                added += len(theirs)
            elif ours != theirs:
                changed += cost_of_change(letters_of(ours), letters_of(theirs))
        if dropped > _LOST * len(one) or added > _ADDED * len(one):
            return False
        if len(one) > _LONG:
            return dropped + changed <= _LOST * len(one)
        alike = likeness(one, other)
        if alike >= _SURE:
            return True
        before, after = self._trusted(low - 1, -1), self._trusted(high, 1)
        if before and after:
            return alike >= (_HELD if before + after > 2 else _BETWEEN)
        return bool(before or after) and alike >= _BESIDE

    def _trusted(self, place: int, step: int) -> int:
        """How many of the two next groups (or the text's edge) are sure."""
        sure = 0
        while sure < 2:
            if not 0 <= place < len(self.groups):
                return 2
            a, b, c, d = self.groups[place]
            one, other = "".join(self.old.words[a:b]), "".join(self.new.words[c:d])
            one, other = letters_of(one), letters_of(other)
            if cost_of_change(one, other) > _NEIGHBOUR * max(len(one), len(other)):
                return sure
            sure, place = sure + 1, place + step
        return sure

    def _with_signs(self, old: Range, words: Range, new: Range) -> Range:
        """The new range with the signs that stood around the old words, if they still do."""
        text, (start, end) = self.new.text, new
        head = self.old.text[old[0] : max(self.old.starts[words[0]], old[0])]
        before, after = (
            self.old.text[max(old[0] - 1, 0) : old[0]],
            self.old.text[old[1] : old[1] + 1],
        )
        tail = self.old.text[min(self.old.ends[words[1] - 1], old[1]) : old[1]]
        if (
            head
            and text[:start].endswith(head)
            and text[start - len(head) - 1 : start - len(head)] == before
        ):
            start -= len(head)
        if tail and text.startswith(tail + after, end):
            end += len(tail)
        elif text.startswith(".", end) and _DOTTED.search(text[start:end]):
            end += 1
        return start, end


def align(old: str, new: str) -> Alignment:
    """Find out what of an old text became what in a new one."""
    return Alignment(old, new)


def edits_between(old: str, new: str) -> Edits:
    """The replacements that turn `old` into `new`, in order and apart; words are replaced whole."""
    return tuple(
        Edit(start, old[start:end], new[new_start:new_end])
        for start, end, new_start, new_end in align(old, new).changes
    )


def likeness(one: str, other: str) -> float:
    """The share of letters (folded) that two names have in common, written, seen or said."""
    most = max(len(one), len(other), 1)
    alike = 1 - cost_of_change(one, other) / most
    if most > _LONG:
        return alike
    said, heard = sound_of(one), sound_of(other)
    longest = max(len(said), len(heard), 1)
    by_sound = 1 - distance(said, heard, longest) / longest
    return max(alike, by_sound if longest > 2 else 0.0)


class MalformedLine(ValueError):
    """A line that is no question, and why."""


_aligned = lru_cache(maxsize=4)(align)


def answer(line: bytes) -> Range | None:
    """Answer one line of JSON."""
    try:
        asked = json.loads(line)
    except ValueError as fault:
        raise MalformedLine(f"no JSON: {fault}") from fault
    if not isinstance(asked, dict):
        raise MalformedLine("no JSON object")
    old, new = _text(asked, "old"), _text(asked, "new")
    start, end = _place(asked, "start"), _place(asked, "end")
    if not 0 <= start < end <= len(old):
        raise MalformedLine(f"{start} to {end} is no range in an old text of {len(old)} signs")
    exact = asked.get("exact")
    if exact is not None and not isinstance(exact, str):
        raise MalformedLine("“exact” is no text")
    if (
        exact
        and exact != old[start:end]
        and likeness(letters_of(exact), letters_of(old[start:end])) < _SURE
    ):
        raise MalformedLine(f"{start} to {end} is {old[start:end]!r}, not {exact!r}")
    return _aligned(old, new).carry(start, end)


def _text(asked: dict[str, Any], name: str) -> str:
    found = asked.get(name)
    if not isinstance(found, str):
        raise MalformedLine(f"“{name}” is missing or no text")
    return found


def _place(asked: dict[str, Any], name: str) -> int:
    found = asked.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise MalformedLine(f"“{name}” is missing or no whole number")
    return found


def main(lines: Iterable[bytes], out: IO[str], faults: IO[str]) -> int:
    """Answer line by line; a malformed one is answered by null, named, and makes the code 1."""
    code = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = answer(line)
        except MalformedLine as fault:
            found, code = None, 1
            faults.write(f"line {number}: {fault}\n")
        said = None if found is None else {"start": found[0], "end": found[1]}
        out.write(json.dumps(said) + "\n")
        out.flush()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout, sys.stderr))
