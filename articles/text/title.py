"""The title of a text: the header's, a heading's, "who – outlet", or its first words."""

from __future__ import annotations

import re

from articles.text.shapes import Evidence, ParsedPassage, ParsedSpeaker

_LONGEST = 80
_BLANK = " \t\n\u00a0\u202f"
_NO_BREAK = "\u00a0\u202f"
_BLANKS = re.compile(r"\s+")


def make_title(
    text: str,
    given: str,
    passages: tuple[ParsedPassage, ...],
    speakers: tuple[ParsedSpeaker, ...],
) -> tuple[str, bool, Evidence]:
    """Give a title, whether it was derived from the text, and why it is that."""
    if given:
        return given, False, Evidence("title_header", 1.0)
    for passage in passages[:3]:
        if passage.role == "heading":
            return one_line(text[passage.start : passage.end]), True, Evidence("title_heading", 0.9)
        if passage.role != "note":
            break
    who = _names(speakers, "interviewee")
    outlet = _names(speakers, "interviewer")
    if who and any(p.role in ("question", "answer") for p in passages):
        title = f"{who} – {outlet}" if outlet else who
        return title, True, Evidence("title_who_outlet", 0.8)
    first = next((p for p in passages if p.role != "note"), passages[0] if passages else None)
    if first is None:
        return "", True, Evidence("title_none", 0.0)
    return shortened(text, first.start, first.end), True, Evidence("title_sentence", 0.5)


def _names(speakers: tuple[ParsedSpeaker, ...], part: str) -> str:
    """Join the first two names of a part."""
    return ", ".join([s.name for s in speakers if s.part == part and s.name][:2])


def one_line(words: str) -> str:
    """Give words on one line, single blanks between them, at most 300 code points."""
    return single_blanks(words)[:300]


def single_blanks(words: str) -> str:
    """Give words with single blanks between them; no-break blanks inside a line stay such."""
    return _BLANKS.sub(_one_blank, words.strip())


def _one_blank(run: re.Match[str]) -> str:
    if "\n" in run[0]:
        return " "
    return next((blank for blank in run[0] if blank in _NO_BREAK), " ")


def shortened(text: str, start: int, end: int) -> str:
    """Give the first sentence, cut at a word where it is long."""
    words = single_blanks(text[start : min(end, start + 400)])
    stop = _first_stop(words)
    if stop <= _LONGEST:
        return words[:stop].rstrip(_BLANK + ".")
    cut = words.rfind(" ", 0, _LONGEST)
    return words[: cut if cut > 20 else _LONGEST].rstrip(_BLANK + ',;:–—-(«“"') + "…"


def _first_stop(words: str) -> int:
    """Give where the first sentence ends."""
    places = [words.find(sign) + 1 for sign in (". ", "? ", "! ", "… ") if words.find(sign) > 15]
    return min(places, default=len(words))
