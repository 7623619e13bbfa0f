"""How fast texts are read: ``python -m benchmarks.parsing.speed``.

Medians over many made texts, each the best of several runs, of decoding and of parsing; and the
time a code point takes in long texts of awkward shapes, which should not grow with their length.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from articles.text.decode import decode_bytes
from articles.text.parse import parse_text
from benchmarks import corpus

RUNS = 5
SHAPES = {
    "one line": "mot ",
    "short lines": "Oui.\n",
    "paragraphs": "Le délégué se tut, puis il reprit la lecture du texte.\n\n",
    "questions": "Vous venez ?\n\nJe viens.\n\n",
    "labels": "Jean Dupont : oui ?\n\nMarie Curie : non.\n\n",
    "many labels": "Nom{n} Prénom{n} : « oui » ?\n\n",
    "opening quotes": "« Il dit\n\n",
    "capitals": "Jean Paul Marie ",
}


def best(work: Callable[[], object], runs: int) -> float:
    """The least processor time of some runs, in seconds."""
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def median_times(documents: list[corpus.Document]) -> tuple[float, float, float]:
    """Median milliseconds of decoding and of parsing a document, and parsing's ns a code point."""
    decoding, parsing, each = [], [], []
    for document in documents:
        text = decode_bytes(document.data).text
        decoding.append(best(partial(decode_bytes, document.data), RUNS))
        seconds = best(partial(parse_text, text), RUNS)
        parsing.append(seconds)
        each.append(seconds / len(text))
    return (
        statistics.median(decoding) * 1e3,
        statistics.median(parsing) * 1e3,
        statistics.median(each) * 1e9,
    )


def shaped(unit: str, length: int) -> str:
    """A text of about so many code points that repeats one unit, numbered where it says so."""
    return "".join(unit.replace("{n}", str(n)) for n in range(length // len(unit) + 1))


def main() -> int:
    """Print the medians and, with ``--large``, what long texts of each shape take."""
    asked = argparse.ArgumentParser(prog="benchmarks.parsing.speed", description=__doc__)
    asked.add_argument("--texts", type=int, default=60, help="made texts of each size")
    asked.add_argument("--large", type=int, default=0, help="megabytes of each awkward shape")
    chosen = asked.parse_args()
    for name, make in (("article", corpus.article), ("interview", corpus.interview)):
        documents = [make(number) for number in range(chosen.texts)]
        decoding, parsing, each = median_times(documents)
        row = (
            f"{name:<15} decode {decoding:7.3f} ms   parse {parsing:7.3f} ms   {each:6.0f} ns/point"
        )
        sys.stdout.write(row + "\n")
    for name, unit in SHAPES.items() if chosen.large else ():
        text = shaped(unit, chosen.large * 1_000_000)
        seconds = best(partial(parse_text, text), 1)
        each = seconds / len(text) * 1e9
        sys.stdout.write(f"{name:<15} parse {seconds:7.2f} s   {each:6.0f} ns/point\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
