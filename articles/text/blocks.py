"""A source text cut into blocks: its paragraphs, with exact offsets.

Paragraphs stand apart by blank lines, or one a line; the lines of hard-wrapped text (typescript,
OCR columns) are joined to paragraphs again, their line ends staying inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from articles.text.labels import opens_turn
from articles.text.regex import regex
from articles.text.stop_names import recurring
from articles.text.vocab import DAY, MONTH

Line = tuple[int, int]  # start and end in the source text, without blanks at either side

_ENDS = frozenset('.?!…:;»”")]*_’—–|')
_LEADERS = regex(r"(?:[—–►▶•●■▪‣❖*]|-{1,2}|>{1,2})\s|#{1,6}\s|\d{1,2}[.)]\s")
# Fewer words than tell a link set apart: a wrapped line may begin with any.
_LINK = regex(
    r"[\[(>\s]*(?:(?:à )?(?:re)?lire (?:aussi|également)|à (?:re)?lire\s?:|(?:à )?voir (?:aussi|"
    r"également)|"
    r"(?:à )?écouter (?:aussi|également)|(?:also )?read (?:more|also)\b|also read\b|see also\b|"
    r"related(?: (?:articles?|stories|story))?\s?:)",
    re.I,
)
# How captions came to be, alone on its line: `sous-titres générés automatiquement`.
_MACHINE = regex(
    r"(?:[\w-]+ )?"
    r"(?:sous-titres?|sous-titrage|captions?|subtitles?)\b[^.?!:–—]{0,40}\.?",
    re.I,
)
_MADE = 60  # code points of such a line
_BYLINE = regex(  # who wrote it, alone on its line: `par Anne Roy et Paul Lee`
    rf"(?:[Pp]ar|PAR|[Bb]y|BY)\s(?!(?i:{DAY}|{MONTH})\b)"
    r"[A-ZÀ-Þ][\w'’.-]*(?:\s(?:de|du|des|d['’]|von|van|le|la|et|and|&|"
    r"[A-ZÀ-Þ][\w'’.-]*),?){1,7}(?<![.,?!])"
)
_CUE = regex(r"(?:\d{1,2}:)?\d\d:\d\d[,.]\d{3}\s+-->\s")  # when a caption is shown
_WIDEST = 130  # columns beyond which no text was wrapped by hand or machine
_LONGEST_WORD = 30
_STOPS = frozenset('.?!…»”"')
_HEAD = 600  # code points at the head of a text within which the title ends
_FEW = 5  # lines followed by another from which their ends tell whether they were wrapped
_MOSTLY = 0.8  # share of them that end in a full stop where each is a paragraph
_WIDER = 1.25  # times the width from which a line was not wrapped
_FEW_WIDER = 0.1  # share of such lines that wrapped text may have
_SMALL = 0.7  # share of lines without a capital from which that tells nothing of any of them
_BROKEN = 45  # columns from which a line without a stop goes on in the next


class Raw(NamedTuple):
    """A block: its range in the source text, and whether a blank line stands before it."""

    start: int
    end: int
    apart: bool = True


def cut_blocks(text: str, start: int = 0) -> list[Raw]:
    """Cut the text from `start` on into blocks, in order and disjoint; blanks belong to none."""
    groups = _groups(text, start)
    first = [line for group in groups[:_FEW] for line in group[:2] if text[line[0]].isdigit()]
    if any(_CUE.match(text, *line) for line in first):
        groups = [said for group in groups if (said := _without_cue(text, group))]
    if max(map(len, groups), default=1) == 1:
        return [Raw(start, end) for [(start, end)] in groups]
    width = _wrap_width(text, groups)
    names = recurring(text, _after_stops(text, groups)) if width else ()
    blocks: list[Raw] = []
    for group in groups:
        if len(group) == 1:
            blocks.append(Raw(*group[0]))
        elif width:
            blocks += _unwrapped(text, group, width, names)
        else:
            blocks += _one_a_line(text, group)
    return blocks


def _without_cue(text: str, group: list[Line]) -> list[Line]:
    """Give a caption's words as one line, its number and its time taken off.

    What another says in the same caption, behind a dash, stays a line of its own.
    """
    timed = next((i for i, line in enumerate(group[:2]) if _CUE.match(text, *line)), -1)
    if timed < 0:
        return [] if text[group[0][0] : group[0][1]] == "WEBVTT" else group
    said: list[Line] = []
    for line in group[timed + 1 :]:
        if said and not _LEADERS.match(text, *line) and not opens_turn(text, *line):
            said[-1] = (said[-1][0], line[1])
        else:
            said.append(line)
    return said


def _groups(text: str, start: int) -> list[list[Line]]:
    """Gather lines between blank lines."""
    groups: list[list[Line]] = []
    group: list[Line] = []
    for line in text[start:].split("\n"):
        words = line.strip()
        if words:
            begin = start + line.index(words[0])
            if not group:
                groups.append(group)
            group.append((begin, begin + len(words)))
        elif group:
            group = []
        start += len(line) + 1
    return groups


def _titled(text: str, group: list[Line]) -> int:
    """Give the last of the lines that begin paragraphs as a title and a byline do; 0 for none."""
    title, line = group[:2]
    if line[0] > _HEAD or text[line[0]] not in "pPbB" or text[title[0]].islower():
        return 0
    if text[title[1] - 1] in ".,;:" or not _BYLINE.fullmatch(text, *line):
        return 0
    return 0 if len(group) > 2 and text[group[2][0]].islower() else 2


def _wrap_width(text: str, groups: list[list[Line]]) -> int:
    """Tell the width at which the text was wrapped; 0 where lines are paragraphs.

    In wrapped text nearly every line that another follows is about as long as the longest.
    """
    followed = sorted(e - s for group in groups for s, e in group[:-1])
    if not followed:
        return 0
    width = followed[min(len(followed) - 1, int(len(followed) * 0.95))]
    if width > _WIDEST or width < 20:
        return 0
    if _are_sentences(text, groups) or _are_captions(text, groups) or _run_wider(groups, width):
        return 0
    full = sum(1 for length in followed if length >= width * 0.72 - 2)
    if len(followed) < 3:
        return width if full == len(followed) and width >= 50 else 0
    return width if full >= 0.6 * len(followed) else 0


def _run_wider(groups: list[list[Line]], width: int) -> bool:
    """Say whether many lines are far wider than the text would have been wrapped at."""
    lines = [e - s for group in groups for s, e in group]
    return sum(1 for length in lines if length > _WIDER * width) > _FEW_WIDER * len(lines)


def _are_sentences(text: str, groups: list[list[Line]]) -> bool:
    """Say whether nearly every line ends a sentence, some a question, and the next begins one."""
    pairs = [(a, b) for group in groups for a, b in pairwise(group)]
    whole = sum(1 for a, b in pairs if text[a[1] - 1] in _STOPS and not text[b[0]].islower())
    asking = sum(1 for a, _ in pairs if text[a[1] - 1] == "?")
    return len(pairs) >= _FEW and asking > 1 and whole >= _MOSTLY * len(pairs)


def _are_captions(text: str, groups: list[list[Line]]) -> bool:
    """Say whether lines begin without capitals, and what is asked is asked at their ends only."""
    lines = [line for group in groups if len(group) > 1 for line in group]
    small = sum(1 for start, _ in lines if text[start].islower())
    asking = sum(1 for _, end in lines if text[end - 1] == "?")
    if len(lines) < _FEW or small < _SMALL * len(lines) or asking < 2:
        return False
    return asking == sum(text.count("?", start, end) for start, end in lines)


def _after_stops(text: str, groups: list[list[Line]]) -> Iterator[Line]:
    """Give the lines that may open a turn: the first of a group, and those below a full stop."""
    for group in groups:
        yield group[0]
        for before, line in pairwise(group):
            if text[before[1] - 1] in _ENDS:
                yield line


def _unwrapped(text: str, group: list[Line], width: int, names: tuple[str, ...] = ()) -> list[Raw]:
    """Join the wrapped lines of a group to paragraphs; `names` open turns below a full stop."""
    indents = [_indent(text, line) for line in group]
    usual = min(indents[1:])
    blocks: list[Raw] = []
    begin, end = group[0]
    apart = True
    titled = _titled(text, group)
    for index in range(1, len(group)):
        line = group[index]
        indented = indents[index] >= usual + 2 and indents[index] > indents[index - 1]
        named = bool(names) and text[end - 1] in _ENDS and text.startswith(names, line[0])
        begins = index <= titled or indented or named
        if begins or _begins_paragraph(text, group[index - 1], line, width):
            blocks.append(Raw(begin, end, apart))
            begin, apart = line[0], False
        end = line[1]
    blocks.append(Raw(begin, end, apart))
    return blocks


def _indent(text: str, line: Line) -> int:
    """Count the blanks before a line."""
    before = text.rfind("\n", 0, line[0])
    return line[0] - before - 1


def _begins_paragraph(text: str, before: Line, line: Line, width: int) -> bool:
    """Say whether a wrapped line begins a paragraph, by how the line before it ends."""
    if is_link_line(text, *line) or is_link_line(text, *before):
        return True
    if made_by_machine(text, *line) or made_by_machine(text, *before):
        return True
    length = before[1] - before[0]
    if text[before[0] : before[1]].isupper() and not text[line[0] : line[1]].isupper():
        return text[line[0]].isupper()
    ended = text[before[1] - 1] in _ENDS
    if _LEADERS.match(text, line[0], line[1]):
        return ended or length < 0.75 * width
    if opens_turn(text, line[0], line[1]):
        return ended or length < 0.75 * width
    word_end = text.find(" ", line[0], line[1])
    word = min((word_end if word_end > 0 else line[1]) - line[0], _LONGEST_WORD)
    capital = not text[line[0]].islower()
    if length + 1 + word > width - 4:
        return False
    if ended and capital:
        return length < 0.85 * width
    return capital and length < 0.5 * width


def is_link_line(text: str, start: int, end: int) -> bool:
    """Say whether a line is worded as a link to another text."""
    return end - start < 200 and bool(_LINK.match(text, start, end))


def made_by_machine(text: str, start: int, end: int) -> bool:
    """Say whether a line but tells that a machine made the captions."""
    if end - start >= _MADE:
        return False
    line = text[start:end].lower()
    if "auto" not in line and "machine" not in line:
        return False
    return bool(_MACHINE.fullmatch(text, start, end))


def _one_a_line(text: str, group: list[Line]) -> list[Raw]:
    """Take each line as a paragraph, save those that go on in the middle of a sentence."""
    blocks: list[Raw] = []
    begin, end = group[0]
    apart = True
    small = sum(1 for start, _ in group if text[start].islower())
    telling = small < _SMALL * len(group)
    titled = _titled(text, group)
    for number, line in enumerate(group[1:], start=1):
        if is_link_line(text, *line) or is_link_line(text, begin, end):
            blocks.append(Raw(begin, end, apart))
            begin, end, apart = line[0], line[1], False
            continue
        broken = telling and text[line[0]].islower() and text[end - 1] not in _ENDS
        broken = broken and not made_by_machine(text, *line)
        if broken and number > titled and end - max(begin, text.rfind("\n", begin, end)) > _BROKEN:
            end = line[1]
            continue
        blocks.append(Raw(begin, end, apart))
        begin, end, apart = line[0], line[1], False
    blocks.append(Raw(begin, end, apart))
    return blocks
