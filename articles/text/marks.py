"""A block and what can be seen of it: markup, bullet, label, quotation marks, wording.

The wording gives two weights, in log-odds against an answer: how much a block looks like a
question, and how much like narration around a talk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from articles.text.blocks import Raw
from articles.text.labels import Label, find_label
from articles.text.quotes import OPENERS

_BLANK = " \t\n\u00a0\u202f\u2009\u200b\ufeff"

# Where a sentence ends and another begins, titles before names apart.
SENTENCES = re.compile(
    r"(?<!\bHon)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bM)(?<!\bMM)[.?!] [A-ZÀ-Þ]"
)
_HASH = re.compile(r"(#{1,6})\s+")
_BULLET = re.compile(r"([—–►▶•●■▪‣❖]|-{1,2}|>{1,2}|\*(?=\s))\s*(?=\S)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=[^\s*_])")
_TIME = re.compile(
    r"(?:[\[(]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]|"
    r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)\s+(?=\S)"
    r"(?![AaPp]\.?\s?[Mm]\b)"
)
_NUMBER = re.compile(r"(?:n° ?)?\d{1,2}\s?(?:[.)/]|[–—-])\s+(?=\S)")
_SOFT_END = _BLANK + "»”\"“›’')]*_"

_ASKING = re.compile(
    r"(?:et |mais |alors,? |donc,? |and |but |so,? |now,? )?(?:comment|pourquoi|qu[ei'’]|quel|"
    r"quand|"
    r"où |combien|est-ce|qui |lequel|peut-on|faut-il|y a-t-il|what|how|why|when|where|who|which|"
    r"do you|did |are you|is |was |were |can you|could you|would you|will you|have you|has |does |"
    r"should )",
    re.I,
)
_PUTS = re.compile(  # words that put a question which may have no question mark
    r"(?:(?:(?:merci|thank you)[^.?!]{0,60}[.,] )?(?:ma (?:première |dernière )?question (?:porte|"
    r"concerne|est|s['’]adresse)|(?:je (?:voudrais|souhaiterais)|j['’]aimerais) (?:savoir|vous "
    r"(?:demander|interroger|poser))|j['’]ai (?:une|deux|trois) questions?\b|"
    r"my (?:first |last )?question is|i (?:have|had) (?:a|two|three) (?:quick )?questions?\b|"
    r"i(?:['’]d| would| wanted) (?:like )?to ask|i wanted to ask))",
    re.I,
)
_DIRECTION = 90  # code points of a stage direction in brackets after a question
_REQUEST = re.compile(
    r"(?:racontez|parlez|expliquez|décrivez|dites|rappelez|donnez|précisez|revenons|parlons|venons|"
    r"tell us|tell me|describe|explain|talk about|talk us|let's talk|let us turn|let me ask|"
    r"(?:i['’]d|i would) like (?:us )?to (?:begin|start|turn|ask|talk|come|go back|return)|"
    r"(?:je voudrais|j['’]aimerais) (?:commencer|(?:en )?(?:re)?venir|parler|aborder|évoquer|"
    r"vous |que )|"
    r"walk us|give us|un mot |une dernière question|dernière question|last question|"
    r"final question|follow-up|une question )",
    re.I,
)
_REPLY = re.compile(
    r"(?:oui|non|si|yes|no|yeah|absolument|absolutely|bien sûr|of course|exactement|exactly|"
    r"certainement|certainly|effectivement|tout à fait|justement|pas du tout|parce qu|because|"
    r"il l['’]est|it (?:is|was|does|did)\.|they (?:are|were|do|did)\.|"
    r"je |j['’]|i |i['’]|well|ah|nous |we |c['’]est vrai|d['’]abord|franchement|merci|thank)\b",
    re.I,
)
_SOFT_REPLY = re.compile(
    r"(?:c['’]est|c['’]était|très|pas |comme |environ|jamais|toujours|souvent|peut-être|sans doute|"
    r"évidemment|sûrement|d['’]accord|à peine|ils? |elles? |it |they |that['’]s|maybe|perhaps|"
    r"probably|"
    r"sure|never|not |oh|look|about |on (?:a|l)|de |par |pour )",
    re.I,
)
_WORDED = re.compile(
    r"\best-ce qu[e'’]|\bqu['’]est-ce|c['’]est quoi\b|\bpourquoi\b|\bcombien\b|"
    r"[a-zé]-(?:t-)?(?:vous|tu)\b|"
    r"\bquel(?:le)?s? (?:est|sont|était|serait|âge)|^(?:et |mais |alors |donc |attends? "
    r")?(?:comment|"
    r"quand|où|tu |vous )|\b(?:do|did|have|are|were|can|could|would|will) you\b|"
    r"\bwhat(?:['’]s| is| was| are| do| did)\b|\bhow (?:do|did|many|much|is|was|long|old)\b|"
    r"\bwhy\b",
    re.I,
)
_INVERTED = re.compile(r"[a-zé]-(?:t-)?(?:vous|ils?|elles?|on|ce|nous)\b")
_CUES = (
    "entretien", "interview", "propos recueillis", "recueilli par", "répond", " reçu", " rencontr",
    "questions de ", "questions du ", "questions des ", "questions à ", "question à ", "question "
    "of",
    "conversation", "s'est confié", "s’est confié", "se confie", "spoke to", "spoke with",
    "sat down", "talked to", "q&a", "transcript", "press conference", "conférence de presse",
    "grand oral", "nous l'avons", "nous l’avons", "s'en explique", "s’en explique", "voulu nous",
    "accepté de", "se souvient", "trois questions", "cinq questions", "minutes avec",
    "quatre questions", "six questions", "sept questions", "dix questions", "few questions",
    "three questions", "four questions", "five questions", "seven questions", "ten questions",
    "quelques questions", "par courriel", "by e-mail", "by email", "minutes with",
    " micro",
)  # fmt: skip
_HOUR = re.compile(
    r"\d{1,2}\s?(?:[:hH.]\s?\d{2}|[hH])\s?[–—|-]\s?(?=[«“\"A-ZÀ-ÖØ-Þ\d])|\d{1,2}\s?[hH]\s?\d{2}$"
)
QUOTED = re.compile(r"«[^»\n]*»|“[^”\n]*”|\"[^\"\n]*\"")
_SPARSE = 0.1  # question marks a block that are hardly any
_ASKED = 220  # code points of a question told by its wording
_ENTRIES = 3  # entries from which a report is a live one
_LOOKED_AT = 1600  # code points of a block whose wording is weighed
_SELF = (
    " je ", " j'", "-je", " moi", " mon ", " ma ", " mes ", " m'", " i ", " i'", " i,", " my ",
    " me ", "\"je ", "«je",
)  # fmt: skip
_OURS = (" nous ", " notre ", " nos ", " we ", " our ", " we'", "-nous", " us ")
_YOURS = (
    "vous", "votre", " vos ", " tu ", " you", "yourself", " ton ", " monsieur le ", " madame la ",
    " mr. ", " sir,", " te ", " t'",
)  # fmt: skip
# Signs that begin other words, too: those that must follow where one of them was found.
_ALSO = {
    " moi": (" moi ", " moi,", " moi."),
    " you": (" you ", " your ", " you?", " you,", " you'", " you."),
}


@dataclass(slots=True)
class Block:
    """A block of the source text; `start` and `end` bound its words once marks are taken off."""

    raw_start: int
    raw_end: int
    start: int
    end: int
    apart: bool = True
    hashes: int = 0
    bold: bool = False
    italic: bool = False
    bullet: str = ""
    quoted: bool = False
    label: Label | None = None
    asks: bool = False
    self_: bool = False
    ours: bool = False
    yours: bool = False
    question: float = 0.0
    told: float | None = None
    reply: float = 0.0
    weighed: bool = False
    bare_start: int = 0
    bare_end: int = 0

    @property
    def length(self) -> int:
        """The number of code points of the words."""
        return self.end - self.start


def mark_blocks(text: str, raws: list[Raw]) -> list[Block]:
    """Look at each block: its markup, bullet, label, and whether it ends as a question."""
    return [_mark(text, raw) for raw in raws]


def _mark(text: str, raw: Raw) -> Block:
    """Look at one block."""
    start, end = raw.start, raw.end
    block = Block(start, end, start, end, raw.apart)
    first = text[start]
    if not first.isalpha():
        _take_markup(text, block)
    block.bare_start, block.bare_end = block.start, block.end
    block.label = find_label(text, start, end)
    block.asks = ends_asking(text, block.start, block.end)
    block.quoted = text[block.start] in OPENERS
    return block


def _take_markup(text: str, block: Block) -> None:
    """Take heading hashes, bullets, times and emphasis off the words of a block."""
    hashes = _HASH.match(text, block.start, block.end)
    if hashes:
        block.hashes = len(hashes[1])
        block.start = hashes.end()
    bullet = _BULLET.match(text, block.start, block.end)
    if bullet and not hashes:
        block.bullet = bullet[1]
        block.start = bullet.end()
    number = _NUMBER.match(text, block.start, block.end)
    if number and not bullet:
        block.bullet = "1"
        block.start = number.end()
    time = _TIME.match(text, block.start, block.end)
    if time:
        block.start = time.end()
    emphasis = _EMPHASIS.match(text, block.start, block.end)
    if emphasis:
        _take_emphasis(text, block, emphasis[1])


def _take_emphasis(text: str, block: Block, sign: str) -> None:
    """Take off emphasis that holds the whole block; elsewhere it belongs to the words."""
    begin, end = block.start + len(sign), block.end
    if not text.endswith(sign, begin, end) or end - len(sign) <= begin:
        return
    if text.find(sign, begin, end - len(sign)) >= 0:
        return
    end -= len(sign)
    while end > begin and text[end - 1].isspace():
        end -= 1
    if end == begin:
        return
    block.start, block.end = begin, end
    block.bold = len(sign) > 1
    block.italic = len(sign) == 1


def ends_asking(text: str, start: int, end: int) -> bool:
    """Say whether the words end with a question mark, closing marks and brackets apart."""
    tail = text[max(start, end - 12) : end].rstrip(_SOFT_END + ".…!")
    if tail.endswith("?") or text[end - 1 : end] != ")":
        return tail.endswith("?")
    direction = text.rfind("(", max(start, end - _DIRECTION), end)  # (Applause.)
    return text[max(start, direction - 12) : max(start, direction)].rstrip(_SOFT_END)[-1:] == "?"


def puts_question(text: str, start: int, end: int) -> bool:
    """Say whether spoken words end in asking, or open by saying that they ask."""
    return ends_asking(text, start, end) or bool(_PUTS.match(text, start, end))


def ask_unpunctuated(text: str, blocks: list[Block]) -> None:
    """Let wording tell what asks in a transcript that hardly has a question mark."""
    if text.count("?", blocks[0].start) > _SPARSE * len(blocks):
        return
    for block in blocks:
        if not block.asks and block.length < _ASKED and text[block.end - 1].isalnum():
            block.asks = bool(_WORDED.search(text, block.start, block.end))


def weigh(text: str, block: Block) -> None:
    """Weigh the wording of a block, once."""
    if block.weighed:
        return
    block.weighed = True
    words = text[block.start : min(block.end, block.start + _LOOKED_AT)]
    low = f" {_own_words(words, block).lower()} ".replace("’", "'")
    block.self_ = _holds(low, _SELF)
    block.ours = _holds(low, _OURS)
    block.yours = _holds(low, _YOURS)
    block.question = _question_weight(words, block)


def _own_words(words: str, block: Block) -> str:
    """Give words without what they quote; words that open with a quotation mark stay whole."""
    if block.quoted or not any(sign in words for sign in '«“"'):
        return words
    return QUOTED.sub(" ", words)


def _holds(low: str, signs: tuple[str, ...]) -> bool:
    """Say whether words in lower case hold one of some signs; a loop, for it is asked often."""
    for sign in signs:  # noqa: SIM110 - any() over a generator takes twice as long
        if sign in low and (sign not in _ALSO or _holds(low, _ALSO[sign])):
            return True
    return False


def _question_weight(words: str, block: Block) -> float:
    """Weigh how much words look like a question (log-odds against an answer)."""
    length = block.length
    weight = 0.6 if length < 220 else 0.0 if length < 400 else -1.2 if length < 700 else -2.5
    if block.asks:
        weight += 3.2 if length < 300 else 2.0 if length < 600 else 1.2
        if not block.yours and length > 100 and words.count("?") > 1:
            weight -= 3.2
    else:
        weight += -0.6 + (0.8 if "?" in words and length < 350 else 0.0)
    weight += 0.9 * block.yours - 1.3 * block.self_ - 0.5 * block.ours
    head = words[:48].lstrip(OPENERS + _BLANK)
    if _REQUEST.match(head):
        block.yours = True
        weight += 2.0
    elif _ASKING.match(head):
        weight += 0.8 if block.asks or length < 160 else 0.2
    elif _REPLY.match(head):
        weight -= 1.8
        block.reply = 1.0
    elif _SOFT_REPLY.match(head):
        block.reply = 0.5
    if block.yours and length < 400 and _INVERTED.search(words):
        weight += 0.5
    return weight


def tells_hour(text: str, block: Block) -> bool:
    """Say whether a line heads an entry of a live report: `19:42 - The dinner has begun`."""
    if not text[block.raw_start].isdigit() or block.length > 110:
        return False
    if text[block.start : block.end].rstrip(_SOFT_END)[-1:] in tuple(".…;,:"):
        return False
    return bool(_HOUR.match(text, block.raw_start, block.raw_end))


def reports_live(text: str, blocks: list[Block]) -> bool:
    """Say whether lines that tell the hour head paragraphs that do not, as in a live report."""
    timed = [text[block.raw_start].isdigit() and tells_hour(text, block) for block in blocks]
    return sum(a and not b for a, b in pairwise(timed)) >= _ENTRIES


def has_cue(low: str) -> bool:
    """Say whether words in lower case call what stands beside them a talk."""
    return _holds(low, _CUES)


def narration(text: str, block: Block) -> float:
    """Weigh how much a block looks like narration around a talk (log-odds against an answer)."""
    if block.told is not None:
        return block.told
    weigh(text, block)
    low = text[block.start : min(block.end, block.start + _LOOKED_AT)].lower()
    weight = -1.5 if block.self_ else -0.7 if block.ours or block.yours else 1.0
    weight -= 1.5 if block.asks else 0.0
    if has_cue(low):
        weight += 2.0
    block.told = weight
    return weight
