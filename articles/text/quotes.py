"""Quotation marks around spoken words: where they wrap a passage, and where they run on."""

from __future__ import annotations

from articles.text.regex import regex

_MARK = regex('[«»“”„‟‹›"]')
_DIRECTION = regex(r"[\s.,]*\([^()\n]{2,40}\)[\s.]*")  # what is done after the words
_BLANK = " \t\n\u00a0\u202f\u2009\u200b"
_AFTER = " \t\n\u00a0\u202f\u2009.,;…*_)"
OPENERS = '«“„‟‹"'
CLOSERS = '»”“›"'

WHOLE, RUNS_ON, BROKEN, NONE = "whole", "runs_on", "broken", "none"


def quote_state(text: str, start: int, end: int) -> tuple[str, int]:
    """Tell how an opening mark at `start` ends, and where its closing mark stands.

    "whole": at the end of the words (a full stop may follow); "runs_on": not in these words;
    "broken": before other words; "none": there is no opening mark. The place is -1 without one.
    """
    if start >= end or text[start] not in OPENERS:
        return NONE, -1
    depth = 0
    for match in _MARK.finditer(text, start, end):
        at = match.start()
        if _opens(text, match[0], at, end, depth):
            depth += 1
            continue
        depth -= 1
        if depth <= 0:
            rest = text[at + 1 : min(end, at + 12)].strip(_AFTER)
            return (BROKEN, at) if rest or end - at > 12 else (WHOLE, at)
    if text[start:end].rstrip(_AFTER)[-1:] in CLOSERS and depth < 2 + text.count("«", start, end):
        tail = len(text[start:end].rstrip(_AFTER)) - 1
        if tail > 0:
            return WHOLE, start + tail
    return RUNS_ON, -1


def _opens(text: str, sign: str, at: int, end: int, depth: int) -> bool:
    """Say whether a mark opens a quotation; straight ones are told by what stands around them."""
    if sign != '"':
        return sign in OPENERS
    if depth == 0:
        return True
    before = text[at - 1] in _BLANK + "(«“"
    after = at + 1 < end and text[at + 1].isalnum()
    return before and after


def unwrap(text: str, start: int, end: int) -> tuple[int, int]:
    """Take wrapping quotation marks off spoken words; give where the words start and end."""
    if start >= end or text[start] not in OPENERS:
        return trimmed(text, start, _without_lone_closing(text, start, end))
    state, closing = quote_state(text, start, end)
    if state == WHOLE:
        start, end = start + 1, closing
    elif state == RUNS_ON:
        start += 1
    return trimmed(text, start, end)


def _without_lone_closing(text: str, start: int, end: int) -> int:
    """Take off a closing mark at the end whose opening stands in an earlier paragraph."""
    last = end
    while last > start and text[last - 1] in _AFTER:
        last -= 1
    if last <= start:
        return end
    sign = text[last - 1]
    if sign == "»" and text.count("«", start, last) < text.count("»", start, last):
        return last - 1
    if sign == "”" and text.count("“", start, last) < text.count("”", start, last):
        return last - 1
    if sign == '"' and text.count('"', start, last) % 2:
        return last - 1
    return end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take blanks off both sides of a range."""
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end


def inside_quotes(text: str, ranges: list[tuple[int, int]]) -> list[bool]:
    """Say for each range (a paragraph) whether it is spoken inside quotation marks.

    It opens with a mark that does not close before other words, or a mark opened before it is
    closed in it or after it.
    """
    inside = [False] * len(ranges)
    open_since = -1
    for index, (start, end) in enumerate(ranges):
        state, closing = quote_state(text, start, end)
        if state == BROKEN and _DIRECTION.fullmatch(text, closing + 1, end):
            state = WHOLE
        if state in (WHOLE, RUNS_ON):
            inside[index] = True
            open_since = index if state == RUNS_ON else -1
            continue
        if open_since < 0:
            continue
        if state == BROKEN or index - open_since > 12:
            open_since = -1
        elif _without_lone_closing(text, start, end) != end:
            for between in range(open_since + 1, index + 1):
                inside[between] = True
            open_since = -1
    return inside
