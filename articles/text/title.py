"""The title of a text: the header's, a heading's, "who – outlet", or its first words."""

from __future__ import annotations

from articles.text.shapes import Evidence, ParsedPassage, ParsedSpeaker

_LONGEST = 80
_BLANK = " \t\n\u00a0\u202f"


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
    """Give words on one line, single blanks between them."""
    return " ".join(words.split())[:300]


def shortened(text: str, start: int, end: int) -> str:
    """Give the first sentence, cut at a word where it is long."""
    words = " ".join(text[start : min(end, start + 400)].split())
    stop = _first_stop(words)
    if stop <= _LONGEST:
        return words[:stop].rstrip(_BLANK + ".")
    cut = words.rfind(" ", 0, _LONGEST)
    return words[: cut if cut > 20 else _LONGEST].rstrip(_BLANK + ',;:–—-(«“"') + "…"


def _first_stop(words: str) -> int:
    """Give where the first sentence ends."""
    places = [words.find(sign) + 1 for sign in (". ", "? ", "! ", "… ") if words.find(sign) > 15]
    return min(places, default=len(words))
