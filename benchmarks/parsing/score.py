"""Score the parser on marked fixtures: ``python -m benchmarks.parsing.score [FOLDER…]``.

Prints what each fixture missed and the totals; with thresholds, the exit code is 1 below them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.parsing.fixtures import Fixture, MalformedFixtureError, Span, read_folders
from benchmarks.parsing.measure import COUNTS, Reading, Score, score

if TYPE_CHECKING:
    from articles.text.shapes import ParsedText

FIXTURES = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "parsing"
MISSES_SHOWN = 6
DOUBTS = ("turns_doubtful", "kind_doubtful")

Read = Callable[[Fixture], Reading]


def read_with_parser(fixture: Fixture) -> Reading:
    """The project's own parser at work on a fixture's source text."""
    from articles.text.parse import parse_text

    return as_reading(parse_text(fixture.text, file_name=fixture.file_name))


def as_reading(parsed: ParsedText) -> Reading:
    """A parsed text in the fixtures' shape."""
    names = [speaker.name for speaker in parsed.speakers]
    spans = tuple(
        Span(
            role=passage.role,
            speaker="" if passage.speaker is None else names[passage.speaker],
            exchange=passage.exchange,
            start=passage.start,
            end=passage.end,
            holes=passage.holes,
        )
        for passage in parsed.passages
    )
    doubtful = any(notice.code in DOUBTS for notice in parsed.notices)
    return Reading(parsed.kind, spans, doubtful)


def score_all(fixtures: Sequence[Fixture], read: Read) -> tuple[Score, dict[str, Score]]:
    """The pooled score of the fixtures and each one's own."""
    total, each = Score(), {}
    for fixture in fixtures:
        each[fixture.name] = score(fixture, read(fixture))
        total.add(each[fixture.name])
    return total, each


def figures(total: Score) -> dict[str, float]:
    """The figures of a score, as shares of one."""
    return {
        "kind": total.kind_share,
        "turns": total.turns_f,
        "roles": total.roles_share,
        "speakers": total.speakers_share,
        "exchanges": total.exchanges_share,
    }


def below(total: Score, wanted: dict[str, float | None]) -> list[str]:
    """The figures that stay under their threshold, in words."""
    got = figures(total)
    return [
        f"{name} {got[name]:.4f} is below {least:.4f}"
        for name, least in wanted.items()
        if least is not None and got[name] < least
    ]


def report_text(total: Score, each: dict[str, Score], shown: int) -> str:
    """Per-fixture misses and totals for a terminal."""
    lines: list[str] = []
    for name, one in each.items():
        if not one.misses:
            continue
        lines.append(f"{name}: {len(one.misses)} misses")
        lines += [f"    {miss}" for miss in one.misses[:shown]]
        if len(one.misses) > shown:
            lines.append(f"    … and {len(one.misses) - shown} more")
    perfect = sum(not one.misses for one in each.values())
    lines += [
        f"fixtures   {len(each)}, without a miss {perfect}",
        f"kind       {total.kinds_right} of {total.kinds}",
        f"turns F    {total.turns_f:.4f}  (right {total.starts_right}, "
        f"true {total.starts_true}, read {total.starts_read})",
        f"roles      {total.roles_share:.4f}",
        f"speakers   {total.speakers_share:.4f}",
        f"exchanges  {total.exchanges_share:.4f}",
        "doubtful   {without_a_miss} of {all_without_a_miss} read without a miss, "
        "{bad} of {all_bad} read badly".format(**doubts(each)),
    ]
    return "\n".join(lines)


def doubts(each: dict[str, Score]) -> dict[str, int]:
    """How many texts the reading calls doubtful among those without a miss and those read badly."""
    perfect = [one for one in each.values() if not one.misses]
    bad = [one for one in each.values() if one.is_bad]
    return {
        "without_a_miss": sum(one.doubtful for one in perfect),
        "all_without_a_miss": len(perfect),
        "bad": sum(one.doubtful for one in bad),
        "all_bad": len(bad),
    }


def report_json(total: Score, each: dict[str, Score]) -> str:
    """The same as one JSON object."""
    body = {
        "totals": {
            **{name: round(value, 5) for name, value in figures(total).items()},
            **{name: getattr(total, name) for name in COUNTS},
        },
        "doubtful": doubts(each),
        "fixtures": {
            name: {
                **{key: round(value, 5) for key, value in figures(one).items()},
                "misses": one.misses,
            }
            for name, one in each.items()
        },
    }
    return json.dumps(body, ensure_ascii=False, indent=1)


def share(value: str) -> float:
    """A threshold from the command line: "0.97" or "74/75"."""
    part, _, whole = value.partition("/")
    found = float(part) / float(whole) if whole else float(part)
    if not 0 <= found <= 1:
        raise argparse.ArgumentTypeError(f"{value} is not between 0 and 1")
    return found


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.parsing.score", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    for name in ("kind", "turns", "roles", "speakers", "exchanges"):
        parser.add_argument(f"--{name}", type=share, metavar="LEAST")
    parser.add_argument("--only", default="", help="fixtures whose name has this in it")
    parser.add_argument("--misses", type=int, default=MISSES_SHOWN, help="misses shown a fixture")
    parser.add_argument("--json", action="store_true", help="one JSON object, all misses")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None, read: Read = read_with_parser) -> int:
    """Score the fixtures of the folders; 0, 1 below a threshold, 2 without readable fixtures."""
    asked = _arguments(arguments)
    try:
        fixtures = read_folders(asked.folders or [FIXTURES])
    except MalformedFixtureError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    fixtures = [fixture for fixture in fixtures if asked.only in fixture.name]
    if not fixtures:
        sys.stderr.write("no fixtures found\n")
        return 2
    total, each = score_all(fixtures, read)
    text = report_json(total, each) if asked.json else report_text(total, each, asked.misses)
    sys.stdout.write(f"{text}\n")
    wanted = {name: getattr(asked, name) for name in figures(total)}
    faults = below(total, wanted)
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
