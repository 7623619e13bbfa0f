"""Last touches to passages: link lines made holes, very long paragraphs cut at a sentence."""

from __future__ import annotations

from articles.text.regex import regex
from articles.text.shapes import Notice, ParsedPassage

LONGEST = 50_000  # code points in a passage
_SENTENCE_END = regex(r"[.?!…][»”\")\]]?\s+")
_ENDS = frozenset('.?!…:»”")]*_')


def with_holes(text: str, passages: list[ParsedPassage]) -> list[ParsedPassage]:
    """Join a passage that a related link interrupts; the link's line becomes a hole in it.

    The link stands within the paragraph (no blank line at either side) or inside a sentence.
    """
    if not any(map(_is_link, passages)):
        return passages
    made: list[ParsedPassage] = []
    index = 0
    while index < len(passages):
        passage = passages[index]
        after = passages[index + 1] if index + 1 < len(passages) else None
        if made and after and _interrupts(text, made[-1], passage, after):
            before = made[-1]
            start = passage.start if text[passage.start - 1 : passage.start] == "\n" else before.end
            if text.count("\n", before.end, passage.start) > 1:
                start = before.end + 1
            hole = (max(start, before.end), after.start)
            made[-1] = before._replace(end=after.end, holes=(*before.holes, hole))
            index += 2
            continue
        made.append(passage)
        index += 1
    return made


def _interrupts(
    text: str, before: ParsedPassage, link: ParsedPassage, after: ParsedPassage
) -> bool:
    """Say whether a related link interrupts one paragraph rather than stands between two."""
    if not _is_link(link):
        return False
    same = (before.role, before.speaker) == (after.role, after.speaker)
    if not same or before.role in ("note", "heading"):
        return False
    close = text.count("\n", before.end, link.start) == 1 == text.count("\n", link.end, after.start)
    close = close and _stand_alone(text, before.start, after.end)
    broken = text[before.end - 1] not in _ENDS and text[after.start].islower()
    return close or broken


def _is_link(passage: ParsedPassage) -> bool:
    """Say whether a passage is a link to another text."""
    return passage.evidence is not None and passage.evidence.code == "related_link"


def _stand_alone(text: str, start: int, end: int) -> bool:
    """Say whether blank lines part what lies here from the rest, so that it is one paragraph."""
    line = text.rfind("\n", 0, start)
    above = line < 0 or not text[text.rfind("\n", 0, line) + 1 : line].strip()
    begin = text.find("\n", end)
    below = begin < 0 or not text[begin + 1 : max(text.find("\n", begin + 1), begin + 1)].strip()
    return above and below


def cut_long(
    text: str, passages: list[ParsedPassage], notices: list[Notice]
) -> list[ParsedPassage]:
    """Cut passages of more than 50,000 code points at the ends of sentences."""
    if all(passage.end - passage.start <= LONGEST for passage in passages):
        return passages
    made: list[ParsedPassage] = []
    count = 0
    for passage in passages:
        if passage.end - passage.start <= LONGEST:
            made.append(passage)
            continue
        count += 1
        made += _pieces(text, passage)
    if count:
        notices.append(Notice("long_paragraph_cut", {"count": count}))
    return made


def _pieces(text: str, passage: ParsedPassage) -> list[ParsedPassage]:
    """Cut one passage; its holes stay with the pieces they are in."""
    pieces: list[ParsedPassage] = []
    start = passage.start
    while passage.end - start > LONGEST:
        cut = _cut_before(text, start, start + LONGEST, passage.holes)
        pieces.append(_piece(text, passage, start, cut))
        start = cut
        while start < passage.end and text[start].isspace():
            start += 1
    if start < passage.end:
        pieces.append(_piece(text, passage, start, passage.end))
    return pieces


def _cut_before(text: str, start: int, limit: int, holes: tuple[tuple[int, int], ...]) -> int:
    """Give the last end of a sentence before `limit`, else of a word, else `limit` itself."""
    low = start + LONGEST // 2
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, limit)]
    for cut in [*ends[::-1], max(text.rfind(" ", low, limit), text.rfind("\n", low, limit))]:
        if cut > low and not any(a < cut < b for a, b in holes):
            return cut
    inside = next((a for a, b in holes if a < limit < b and a > start), limit)
    return inside


def _piece(text: str, passage: ParsedPassage, start: int, end: int) -> ParsedPassage:
    """Make one piece, without blanks at its end."""
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    holes = tuple((max(a, start), min(b, end)) for a, b in passage.holes if a < end and b > start)
    return passage._replace(start=start, end=end, holes=holes)
