"""The title of a text: the header's, a heading's, "who – outlet", or its first words."""

from __future__ import annotations

import re

from articles.text.regex import regex
from articles.text.shapes import Evidence, ParsedPassage, ParsedSpeaker
from articles.text.vocab import fold
from articles.text.vocab import words as word_set

_LONGEST = 80
_SHORTEST = 20
_OVER = 6  # passages among which the first heading stands where all above it are notes
_ABOVE = 3  # passages among which a line over a talk may be its title
# Small words that end no title: French, then English.
_LOOSE = word_set(
    "le la les l' l’ un une des de du d' d’ ce cet cette ces son sa ses leur leurs à au aux en et "
    "ou sur sous par pour dans avec sans que qui dont où "
    "the a an this that its his her their of to in on and or for with by from at as"
)
# Headings that say no more than that there is a talk.
_OF_ANY_TALK = word_set(
    "entretien interview verbatim transcription transcript questions-reponses exclusif exclusive"
)
_STOP = regex(r"[.?!…] ")
_SHORT = regex(r"(?:\b[A-ZÉ]\w?|\b(?:Mgr|Mrs|Gen|Sen|Prof|Gal))$")  # their point ends nothing
_BLANK = " \t\n\u00a0\u202f"
_NO_BREAK = "\u00a0\u202f"
_ODD_BLANKS = regex(r"\s{2,}|[^\S \u00a0\u202f]")  # all but single plain or no-break ones


def make_title(
    text: str,
    given: str,
    passages: tuple[ParsedPassage, ...],
    speakers: tuple[ParsedSpeaker, ...],
) -> tuple[str, bool, Evidence]:
    """Give a title, whether it was derived from the text, and why it is that."""
    if given:
        return given, False, Evidence("title_header", 1.0)
    heading, above = _head(text, passages)
    if heading and fold(heading) not in _OF_ANY_TALK:
        return heading, True, Evidence("title_heading", 0.9)
    who = _names(speakers, "interviewee")
    outlet = _names(speakers, "interviewer")
    is_talk = any(p.role in ("question", "answer") for p in passages)
    if who and is_talk:
        title = f"{who} – {outlet}" if outlet else who
        return title, True, Evidence("title_who_outlet", 0.8)
    if heading or (above and is_talk):
        return heading or above, True, Evidence("title_heading", 0.6)
    first = next((p for p in passages if p.role != "note"), passages[0] if passages else None)
    if first is None:
        return "", True, Evidence("title_none", 0.0)
    return shortened(text, first.start, first.end), True, Evidence("title_sentence", 0.5)


def _head(text: str, passages: tuple[ParsedPassage, ...]) -> tuple[str, str]:
    """Give the heading that a text opens with, and the first line of words above its talk."""
    above = ""
    for place, passage in enumerate(passages[:_OVER]):
        words = one_line(text[passage.start : passage.end])
        if passage.role == "heading":
            return words, above
        if passage.role != "note":
            break
        if place < _ABOVE and not above and words[:1].isupper() and len(words) <= _LONGEST:
            above = words
    return "", above


def _names(speakers: tuple[ParsedSpeaker, ...], part: str) -> str:
    """Join the first two names of a part."""
    return ", ".join([s.name for s in speakers if s.part == part and s.name][:2])


def one_line(words: str) -> str:
    """Give words on one line, single blanks between them, at most 300 code points."""
    return single_blanks(words)[:300]


def single_blanks(words: str) -> str:
    """Give words with single blanks between them; no-break blanks inside a line stay such."""
    return _ODD_BLANKS.sub(_one_blank, words.strip())


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
    kept = words[:_LONGEST] if cut <= _SHORTEST else _before_loose_end(words, cut)
    return kept.rstrip(_BLANK + ',;:–—-(«“"') + "…"


def _before_loose_end(words: str, cut: int) -> str:
    """Give words up to a cut, or to before a name or a small word that it parts from its noun."""
    all_capitals = words.isupper()
    while True:
        before = words.rfind(" ", 0, cut)
        last, after = words[before + 1 : cut], words[cut + 1 :]
        parts_name = last[:1].isupper() and last[-1:].isalnum() and after[:1].isupper()
        is_loose = last.lower() in _LOOSE or (parts_name and not all_capitals)
        is_loose = is_loose or bool(last[-1:] == "." and _SHORT.search(last[:-1]))
        if before <= _SHORTEST or not is_loose:
            return words[:cut]
        cut = before


def _first_stop(words: str) -> int:
    """Give where the first sentence ends."""
    for stop in _STOP.finditer(words, 16):
        if stop[0] != ". " or not _SHORT.search(words, max(0, stop.start() - 6), stop.start()):
            return stop.start() + 1
    return len(words)
