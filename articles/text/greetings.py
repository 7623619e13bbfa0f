"""Greetings before a talk and thanks after it: spoken, but neither asked nor answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby, takewhile

from articles.text.marks import Block, weigh
from articles.text.regex import regex
from articles.text.settle import NOBODY, THANKS, Reading

_HAIL = (
    r"(?:(?:bien le |re)?bonjour|bonsoir|salut|(?:soyez (?:la |le |les )?)?bienvenue?s?|"
    r"good (?:morning|afternoon|evening|day)|que (?:dieu|la paix)|la paix soit|peace be (?:up)?on|"
    r"hello|hi|welcome)"
)
_GREETS = regex(
    rf"(?:(?:oui|yes|et|and|well|alors),? )?{_HAIL}\b|(?:(?:[\w.’'-]+ ){{1,6}}|.{{2,50}}, "
    rf"){_HAIL}[ .!]*$|"
    r"(?:[^.?!,]{2,40}, )?(?:thank you|thanks|merci)\b.{0,30}(?:having|inviting|welcom|receiv|"
    r"recevoir|accueil|invit|(?:making|taking|finding) (?:the |some )?time|joining|"
    r"being (?:with|here)|d['’]être (?:avec|là|ici|venu)|de (?:nous )?(?:consacrer|accorder))|"
    r"(?:it['’]s )?(?:lovely|great|good|nice|a pleasure|delighted|glad|happy|pleased|ravie?|"
    r"heureu(?:x|se)|très heureu(?:x|se)) (?:to be|d['’]être)",
    re.I,
)
_ENDS_GREETING = regex(rf"(?:[.,!…] (?:et |and )?{_HAIL}\b[^.?!…]{{0,60}}|\w {_HAIL})[.!]?$", re.I)
_GOES_ON = regex(r"[.!…;] +(?P<rest>\S.*)", re.S)
_HAILED = regex(
    rf"{_HAIL}|merci|thank|je vous|c['’]est moi|(?:it['’]s )?(?:lovely|great|good|nice|a pleasure)|"
    r"ravi|heureu|très heureu|avec plaisir|de rien|my pleasure|glad|happy|delighted|"
    r"i know (?:it|you)|je sais (?:que|combien)",
    re.I,
)
_LEAVES = regex(
    r"merci\b|je vous remercie|thank(?:s| you)\b|au revoir|goodbye|good night|bonne (?:nuit|soirée|"
    r"journée)|à (?:vous|toi)\b|(?:c['’]est )?moi (?:aussi|qui)|(?:it['’]s |it was )?(?:my|a) "
    r"pleasure|"
    r"always a pleasure|avec plaisir|de rien|cheers\b|bye\b",
    re.I,
)
_ONLY_THANKS = regex(
    r"(?:(?:all right|alright|okay|ok|well|so|voilà|bon|bien),? )?"
    r"(?:merci|je vous (?:en )?remercie|thank(?:s| you)|au revoir|goodbye|good night|"
    r"bonne (?:nuit|soirée|journée))\b[^.?!]{0,60}"
    r"(?:[.!] (?:merci|thank|au revoir|goodbye|good night|bonne )[^.?!]{0,40}){0,2}[./!…]{0,3}",
    re.I,
)
_TO_GUEST = regex(
    r"[^.?!]{0,20}\b(?:merci|remercie|thank(?:s| you))\b[^.?!]{0,40}(?:\bambassad|\bminist|"
    r"pr[eé]sident|\bmadame|\bmonsieur|\bsir\b|\bprofess|your time|(?:for|de|d['’]avoir) "
    r"(?:talking|speaking|joining|being|répondu|accepté|nous avoir)|cet entretien|this interview)",
    re.I,
)
_FEW = 4  # paragraphs of a talk below which nothing in it is taken for a greeting
_LAST = 6  # paragraphs at the end among which thanks are looked for
_LONGEST = 170  # code points of a greeting
_BARE = 70  # code points of one that does more than greet
_FAREWELL = 110  # code points of thanks that end a talk

_OPENS = regex(
    rf"(?:mesdames(?: et|,) messieurs|mes chers|ladies and gentlemen|{_HAIL}(?:,? (?:à (?:tou|"
    rf"chac)|"
    r"mesdames|messieurs|everyone|everybody|all\b|folks)))|"
    r"(?:avant (?:de|que)|before) .{0,40}(?:vos|your|to) questions|"
    r"(?:je|nous) (?:prends|prenons|répond\w+|vais (?:prendre|répondre)).{0,20} (?:à )?vos "
    r"questions|"
    r"(?:take|turn to|get to|have for) your questions|"
    r"(?:at|off) the top\b|(?:un|deux|trois|quelques) (?:éléments?|points?|annonces?) (?:en|"
    r"pour) (?:ouver|"
    r"commenc|introd|prélimin)",
    re.I,
)
_SPOKEN_TO = regex(
    r"point de presse|conférence de presse|press (?:briefing|conference|availability)|"
    r"déclarations?\b|daily briefing|point presse",
    re.I,
)
_PARAGRAPH = 110  # code points from which a block surely is one
_ITEM = 110  # code points of the heading of one point of an opening statement

Turn = tuple[str, list[int]]


def leave_greetings(text: str, blocks: list[Block], reading: Reading) -> None:
    """Let greetings before the first question, and thanks after the last answer, be statements."""
    talk = [i for i, role in enumerate(reading.classes) if role in "QAS"]
    if len(talk) < _FEW:
        return
    for _, members in takewhile(partial(_greets, text, blocks), _turns(reading, talk[:-2])):
        _state(reading, members)
    last = list(_turns(reading, talk[: -_LAST - 1 : -1]))
    leaving = _leaving(text, blocks, [(role, found[::-1]) for role, found in last[1::-1]])
    for _, members in leaving:
        _state(reading, members)
    if not leaving and reading.classes[talk[-1]] == "A" and _only_thanks(text, blocks[talk[-1]]):
        _state(reading, talk[-1:])
        if reading.code != "labels" and _TO_GUEST.match(text, blocks[talk[-1]].start):
            asking = [i for i in talk if reading.classes[i] == "Q"]
            reading.voices[talk[-1]] = reading.voices[asking[-1]] if asking else NOBODY


def _turns(reading: Reading, talk: Iterable[int]) -> Iterator[Turn]:
    """Give the blocks that one voice speaks in one role, turn by turn."""
    for (role, _), members in groupby(talk, lambda i: (reading.classes[i], reading.voices[i])):
        yield role, list(members)


def _state(reading: Reading, members: list[int]) -> None:
    """Let the blocks of a turn be statements."""
    for index in members:
        reading.classes[index] = "S"


def _greets(text: str, blocks: list[Block], turn: Turn) -> bool:
    """Say whether a turn does nothing but greet, or is a statement anyway."""
    role, members = turn
    if role == "S":
        return True
    block = blocks[members[0]]
    if len(members) > 1 or block.asks or block.length > _LONGEST:
        return False
    words = text[block.start : block.end].strip('«»“”" \u00a0\u202f')
    if role == "Q" and _ENDS_GREETING.search(words):
        return True
    if not _GREETS.match(words):
        return False
    rest = _GOES_ON.search(words) if role != "A" else None  # nothing was asked yet
    if rest and not _HAILED.match(rest["rest"]):
        return False
    return (
        role == "A"
        or len(words) < _BARE
        or bool(THANKS.search(words))
        or words.lower().count("bon") > 1
    )


def _only_thanks(text: str, block: Block) -> bool:
    """Say whether a last paragraph only thanks all and ends: it answers nothing."""
    return block.length < _FAREWELL and bool(_ONLY_THANKS.fullmatch(text, block.start, block.end))


def _leaving(text: str, blocks: list[Block], turns: list[Turn]) -> list[Turn]:
    """Give the last turns that only thank and take leave: who asks, then at most a reply."""
    if not turns:
        return []
    last, before = turns[-1], turns[-2] if len(turns) > 1 else None
    if last[0] == "Q" and _thanks(text, blocks, last):
        return [last]
    replies = last[0] == "A" and _thanks(text, blocks, last)
    if replies and before and before[0] in "QS" and _thanks(text, blocks, before):
        return [before, last]
    return []


def _thanks(text: str, blocks: list[Block], turn: Turn) -> bool:
    """Say whether a turn is a short one that thanks and asks nothing."""
    first, last = blocks[turn[1][0]], blocks[turn[1][-1]]
    if any(blocks[i].asks for i in turn[1]) or last.end - first.start > _FAREWELL:
        return False
    words = text[first.start : last.end]
    return bool(_LEAVES.match(words) if turn[0] == "A" else THANKS.search(words))


def open_briefing(text: str, blocks: list[Block], reading: Reading) -> None:
    """Let what a spokesperson says before the first label be statements, not an introduction.

    Told by words to a room of journalists, by numbered points, or by one who says I under a title
    that calls it a press conference; the points' lines stay headings.
    """
    first = next((i for i, role in enumerate(reading.classes) if role in "QAS"), 0)
    answering = [v for v, part in reading.parts.items() if part == "A"]
    if not first or len(answering) != 1 or not reading.code.startswith("labels"):
        return
    before = [i for i in range(first) if reading.classes[i] == "I"]
    opening = (i for i in before if i and _opens(text, blocks[i]))
    begin = next(opening, None)
    if begin is None and reading.labelled > 2:
        begin = _declares(text, blocks, before)
    if begin is None or not _SPOKEN_TO.search(text, blocks[0].start, blocks[begin].start):
        return
    for index in before:
        if index >= begin and not heads_item(text, blocks[index]):
            reading.classes[index], reading.voices[index] = "S", answering[0]


def _declares(text: str, blocks: list[Block], before: list[int]) -> int | None:
    """Give the first of the paragraphs before the labels, where they are of one who says I."""
    told = [i for i in before if i and blocks[i].length > _PARAGRAPH]
    for index in told:
        weigh(text, blocks[index])
    speaks = sum(blocks[i].self_ or blocks[i].ours for i in told) > 0.5 * len(told)
    return told[0] if speaks and any(blocks[i].self_ for i in told) else None


def _opens(text: str, block: Block) -> bool:
    """Say whether a block opens a statement: words to all, or the heading of its first point."""
    numbered = text.startswith("1", block.raw_start) and block.bullet == "1"
    return bool(_OPENS.match(text, block.start, block.end)) or (
        numbered and heads_item(text, block)
    )


def heads_item(text: str, block: Block) -> bool:
    """Say whether a line, numbered or not, heads a point of an opening statement."""
    return block.length < _ITEM and text[block.end - 1] not in '.!…:;,»”"'
