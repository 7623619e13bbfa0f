"""`python -m benchmarks.carry.score`: how well places are carried to a human reading of a text.

Beside ours stand a plain character diff and a search for the quote, on the same spans. “Exact” is
the very range of the same mention, or null where it was taken out; “borders” overlaps it, “other”
does not, or stands for a mention that was taken out; “lost” says null though the name is there.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher

from articles.text.carry import align
from benchmarks.carry.cases import Case, Range, Span, make_cases

TUNED = (1, 2, 3)
KINDS = ("exact", "borders", "other", "lost")
Carry = Callable[[int, int], Range | None]


def ours(case: Case) -> Carry:
    """What is measured."""
    return align(case.old, case.new).carry


def plain_diff(case: Case) -> Carry:
    """Both borders through the standard library's diff of signs."""
    codes = SequenceMatcher(None, case.old, case.new, autojunk=False).get_opcodes()

    def border(at: int, is_end: bool) -> int:
        for tag, a, b, c, d in codes:
            if a <= at - is_end < b:
                return c + at - a if tag == "equal" else (d if is_end else c)
        return len(case.new)

    def carry(start: int, end: int) -> Range | None:
        found = border(start, False), border(end, True)
        return found if found[0] < found[1] else None

    return carry


def quote_search(case: Case) -> Carry:
    """The place of the same words that is nearest to the old one."""

    def carry(start: int, end: int) -> Range | None:
        quote = case.old[start:end]
        places = []
        at = case.new.find(quote)
        while at >= 0:
            places.append(at)
            at = case.new.find(quote, at + 1)
        if not places:
            return None
        best = min(places, key=lambda place: abs(place - start))
        return best, best + len(quote)

    return carry


WAYS: dict[str, Callable[[Case], Carry]] = {
    "ours": ours,
    "plain diff": plain_diff,
    "quote search": quote_search,
}


def judge(span: Span, found: Range | None) -> str:
    """What became of a span."""
    if found == span.truth:
        return "exact"
    if found is None:
        return "lost"
    if span.truth is None or found[1] <= span.truth[0] or span.truth[1] <= found[0]:
        return "other"
    return "borders"


def main() -> None:
    """Print a table a seed, and what was missed when asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[*TUNED, 101, 102, 103])
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--misses", action="store_true", help="show what was missed by ours")
    options = parser.parse_args()
    for seed in options.seeds:
        cases = make_cases(seed)
        print(f"seed {seed}{' (used while tuning)' if seed in TUNED else ''}")
        for way in options.ways:
            _measure(way, cases, options.misses and way == "ours")


def _measure(way: str, cases: list[Case], show: bool) -> None:
    counts: dict[str, Counter[str]] = {}
    began = time.process_time()
    for case in cases:
        carry = WAYS[way](case)
        for span in case.spans:
            found = carry(span.start, span.end)
            kind = judge(span, found)
            counts.setdefault(case.strength, Counter())[kind] += 1
            if show and kind != "exact":
                _show(case, span, found, kind)
    took = time.process_time() - began
    counts["all"] = sum(counts.values(), Counter())
    for strength, count in counts.items():
        shares = "  ".join(f"{kind} {count[kind] / count.total():7.2%}" for kind in KINDS)
        print(f"  {way:13}{strength:9}{count.total():6} spans  {shares}")
    print(f"  {way:13}took {took:.1f} s of CPU", flush=True)


def _show(case: Case, span: Span, found: Range | None, kind: str) -> None:
    around = case.old[max(span.start - 30, 0) : span.start]
    after = case.old[span.end : span.end + 25]
    truth = span.truth and case.new[slice(*span.truth)]
    got = found and case.new[slice(*found)]
    quote = case.old[span.start : span.end]
    print(f"    {case.strength} {kind}: {around!r} [{quote!r}] {after!r} → {got!r}, not {truth!r}")


if __name__ == "__main__":
    main()
