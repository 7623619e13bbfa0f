"""`python -m benchmarks`: every figure against its floor and its target."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from benchmarks import (
    bench_annotate,
    bench_correct,
    bench_import,
    bench_mapping,
    bench_pages,
    bench_painting,
    bench_picking,
    bench_reading,
    bench_scale,
    bench_segments,
    bench_typing,
)
from benchmarks.corpus import long_article
from benchmarks.filling import import_folder, multiply, write_files
from benchmarks.house import House
from benchmarks.timing import Result, as_json, table

FULL, QUICK = (10_000, 1_000), (1_000, 100)  # articles, interviews
PARTS = (
    "import", "pages", "scale", "reading", "segments", "mapping", "annotate", "correct", "picking",
    "painting", "typing",
)  # fmt: skip
WITHOUT_TEXTS = {"segments", "mapping", "picking"}


def main() -> int:
    """Measure what is asked for; 1 with --strict when a target is missed."""
    options = _options()
    # So that a stopped run, too, stops its servers and deletes its folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(tempfile.mkdtemp(prefix="diplowatch-bench-"))
    try:
        results = _measure(folder, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(table(results), flush=True)
    report = {
        "when": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "quick": options.quick,
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "results": as_json(results),
    }
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    missed = [result.name for result in results if not result.is_met]
    print(f"\n{len(missed)} of {len(results)} figures miss their target. Written to {options.json}")
    return 1 if missed and options.strict else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the texts, fewer rounds")
    parser.add_argument("--strict", action="store_true", help="fail when a target is missed")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="these parts only")
    parser.add_argument("--rounds", type=int, help="how often each page is fetched")
    parser.add_argument("--json", type=Path, default=Path("var/benchmarks.json"), metavar="FILE")
    return parser.parse_args()


def _measure(folder: Path, options: argparse.Namespace) -> list[Result]:
    articles, interviews = QUICK if options.quick else FULL
    rounds = options.rounds or (10 if options.quick else 40)
    late_page = (articles + interviews) // 50 - 20
    house = House(folder)
    results: list[Result] = []
    try:
        texts = folder / "texts"
        if set(options.only) - WITHOUT_TEXTS:
            paths = write_files(texts, articles, interviews)
        if "import" in options.only:
            _say("import")
            results += bench_import.measure(house, paths, 1 if options.quick else 2)
        if {"pages", "scale", "reading", "annotate", "painting", "correct", "typing"} & set(
            options.only
        ):
            _say("filling")
            long = long_article()
            (texts / long.name).write_bytes(long.data)
            small = house.database("small").make()
            import_folder(small, texts)
            small.execute("VACUUM ANALYZE")
        if "pages" in options.only:
            _say("pages")
            results += bench_pages.measure(small, rounds, min(late_page, bench_pages.LATE_PAGE))
        if "scale" in options.only:
            _say("ten times the texts")
            large = house.database("large").make(template=small)
            multiply(large, bench_scale.TIMES)
            _say("list and search over both")
            late = min(late_page, bench_pages.LATE_PAGE)
            results += bench_scale.measure(small, large, rounds, late)
        if "segments" in options.only:
            _say("segments")
            results += bench_segments.measure()
        if "mapping" in options.only:
            _say("mapping")
            results += bench_mapping.measure()
        if "reading" in options.only:
            _say("reading")
            results += bench_reading.measure(house, small, rounds)
        if "annotate" in options.only:
            _say("annotate")
            results += bench_annotate.measure(small, rounds)
        if "painting" in options.only:
            _say("painting in a browser")
            results += bench_painting.measure(house, small, min(rounds, bench_painting.LOADS))
        if "typing" in options.only:
            _say("typing in a browser")
            results += bench_typing.measure(house, small)
        if "correct" in options.only:
            _say("correct")
            results += bench_correct.measure(house, small, rounds, quick=options.quick)
        if "picking" in options.only:
            _say("entities and their picker")
            results += bench_picking.measure(house, 1 if options.quick else 3)
    finally:
        house.close()
    return results


def _say(what: str) -> None:
    print(f"{datetime.datetime.now(datetime.UTC):%H:%M:%S} {what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
