"""A block and what can be seen of it: markup, bullet, label, quotation marks, wording.

The wording gives two weights, in log-odds against an answer: how much a block looks like a
question, and how much like narration around a talk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.text.blocks import Raw
from articles.text.labels import Label, find_label
from articles.text.quotes import OPENERS
from articles.text.regex import regex

_BLANK = " \t\n\u00a0\u202f\u2009\u200b\ufeff"

# Where a sentence ends and another begins, titles before names apart.
SENTENCES = regex(
    r"(?<!\bHon)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bM)(?<!\bMM)[.?!] [A-ZÀ-Þ]"
)
_HASH = regex(r"(#{1,6})\s+")
_BULLET = regex(r"([—–►▶•●■▪‣❖]|-{1,2}|>{1,2}|\*(?=\s))\s*(?=\S)")
_EMPHASIS = regex(r"(\*{1,3}|_{1,3})(?=[^\s*_])")
_TIME = regex(
    r"(?:[\[(]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]|"
    r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)\s+(?=\S)"
    r"(?![AaPp]\.?\s?[Mm]\b)"
)
_NUMBER = regex(r"(?:n° ?)?\d{1,2}\s?(?:[.)/]|[–—-])\s+(?=\S)")
SOFT_END = _BLANK + "»”\"“›’')]*_"
_STOP_END = SOFT_END + ".…!"
_HEAD_SIGNS = OPENERS + _BLANK

_ASKING = (
    r"(?:et |mais |alors,? |donc,? |and |but |so,? |now,? )?(?:comment|pourquoi|qu[ei'’]|quel|"
    r"quand|"
    r"où |combien|est-ce|qui |lequel|peut-on|faut-il|y a-t-il|what|how|why|when|where|who|which|"
    r"do you|did |are you|is |was |were |can you|could you|would you|will you|have you|has |does |"
    r"should )"
)
_PUTS = regex(  # words that put a question which may have no question mark
    r"(?:(?:(?:merci|thank you)[^.?!]{0,60}[.,] )?(?:ma (?:première |dernière )?question (?:porte|"
    r"concerne|est|s['’]adresse)|(?:je (?:voudrais|souhaiterais)|j['’]aimerais) (?:savoir|vous "
    r"(?:demander|interroger|poser))|j['’]ai (?:une|deux|trois) questions?\b|"
    r"my (?:first |last )?question is|i (?:have|had) (?:a|two|three) (?:quick )?questions?\b|"
    r"i(?:['’]d| would| wanted) (?:like )?to ask|i wanted to ask))",
    re.I,
)
_PUTS_FIRST = frozenset("MTJImtjiİı")  # the letters these words begin with
_DIRECTION = 90  # code points of a stage direction in brackets after a question
_REQUEST = (
    r"(?:racontez|parlez|expliquez|décrivez|dites|rappelez|donnez|précisez|revenons|parlons|venons|"
    r"tell us|tell me|describe|explain|talk about|talk us|let's talk|let us turn|let me ask|"
    r"(?:i['’]d|i would) like (?:us )?to (?:begin|start|turn|ask|talk|come|go back|return)|"
    r"(?:je voudrais|j['’]aimerais) (?:commencer|(?:en )?(?:re)?venir|parler|aborder|évoquer|"
    r"vous |que )|"
    r"walk us|give us|un mot |une dernière question|dernière question|last question|"
    r"final question|follow-up|une question )"
)
_REPLY = (
    r"(?:oui|non|si|yes|no|yeah|absolument|absolutely|bien sûr|of course|exactement|exactly|"
    r"certainement|certainly|effectivement|tout à fait|justement|pas du tout|parce qu|because|"
    r"il l['’]est|it (?:is|was|does|did)\.|they (?:are|were|do|did)\.|"
    r"je |j['’]|i |i['’]|well|ah|nous |we |c['’]est vrai|d['’]abord|franchement|merci|thank)\b"
)
_SOFT_REPLY = (
    r"(?:c['’]est|c['’]était|très|pas |comme |environ|jamais|toujours|souvent|peut-être|sans doute|"
    r"évidemment|sûrement|d['’]accord|à peine|ils? |elles? |it |they |that['’]s|maybe|perhaps|"
    r"probably|"
    r"sure|never|not |oh|look|about |on (?:a|l)|de |par |pour )"
)
# How words in lower case open, the first of these that fits: one look at them instead of four.
_OPENING = regex(
    f"(?P<request>{_REQUEST})|(?P<asking>{_ASKING})|(?P<reply>{_REPLY})|(?P<soft>{_SOFT_REPLY})"
)
_WORDED = regex(
    r"\best-ce qu[e'’]|\bqu['’]est-ce|c['’]est quoi\b|\bpourquoi\b|\bcombien\b|"
    r"[a-zé]-(?:t-)?(?:vous|tu)\b|"
    r"\bquel(?:le)?s? (?:est|sont|était|serait|âge)|^(?:et |mais |alors |donc |attends? "
    r")?(?:comment|"
    r"quand|où|tu |vous )|\b(?:do|did|have|are|were|can|could|would|will) you\b|"
    r"\bwhat(?:['’]s| is| was| are| do| did)\b|\bhow (?:do|did|many|much|is|was|long|old)\b|"
    r"\bwhy\b",
    re.I,
)
_OBJECTS = regex(r"\b(?:pourtant|tout de même|quand même)\b", re.I)
_INVERTED = regex(r"[a-zé]-(?:t-)?(?:vous|ils?|elles?|on|ce|nous)\b")
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
QUOTED = regex(r"«[^»\n]*»|“[^”\n]*”|\"[^\"\n]*\"")
_SPARSE = 0.1  # question marks a block that are hardly any
_ASKED = 220  # code points of a question told by its wording
_ASKS_LAST = 5.0  # taken off an answer of several sentences, the last of which asks
_DEMANDS = (
    "Ce que je demande", "Ce que je propose", "Ce que je réclame", "Ce que je souhaite",
    "Ce que je crois", "Ce que je constate", "What I ask for", "What I want is", "What I propose",
    "What I believe", "What I demand",
)  # fmt: skip
_EARLY = 60  # code points in which an objection is made
_LOOKED_AT = 1600  # code points of a block whose wording is weighed
# The words of the first and second person that follow a blank: one pass finds them all.
# What must follow a word is looked at and not taken, for the next one may begin there.
_PERSONS = regex(
    r" (?:j(?:e(?= )|')|i(?=[ ',])|m(?:oi(?=[ ,.])|(?:on|a|es|e|y)(?= )|')|"
    r"n(?:ous|otre|os)(?= )|our(?= )|us(?= )|we(?=[ '])|"
    r"t(?:(?:u|on|e)(?= )|')|vos(?= )|you(?=[ ?,'.]|r )|sir,|"
    r"m(?:onsieur le|adame la|r\.)(?= ))"
)
_SELF = frozenset({" je", " j'", " i", " moi", " mon", " ma", " mes", " me", " my", " m'"})
_YOU = regex("vo(?:us|tre)")
_OURS = frozenset({" nous", " notre", " nos", " our", " us", " we"})
_YOURS = frozenset({
    " tu", " ton", " te", " t'", " vos", " you", " sir,", " monsieur le", " madame la", " mr.",
})  # fmt: skip


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
    last = text[end - 1 : end]
    if last == "?" and start < end:
        return True
    tail = text[end - 12 if start < end - 12 else start : end]
    if "?" in tail and tail.rstrip(_STOP_END).endswith("?"):
        return True
    if last != ")":
        return False
    direction = text.rfind("(", max(start, end - _DIRECTION), end)  # (Applause.)
    return text[max(start, direction - 12) : max(start, direction)].rstrip(SOFT_END)[-1:] == "?"


def puts_question(text: str, start: int, end: int) -> bool:
    """Say whether spoken words end in asking, or open by saying that they ask."""
    if ends_asking(text, start, end):
        return True
    return text[start : start + 1] in _PUTS_FIRST and bool(_PUTS.match(text, start, end))


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
    said = _PERSONS.findall(low)
    # A letter is found far sooner than words that hold it, and hardly any text has these.
    block.self_ = not _SELF.isdisjoint(said) or (
        "j" in low and ("-je" in low or '"je ' in low or "«je" in low)
    )
    block.ours = not _OURS.isdisjoint(said) or ("-" in low and "-nous" in low)
    block.yours = (
        not _YOURS.isdisjoint(said)
        or _YOU.search(low) is not None
        or ("y" in low and "yourself" in low)
    )
    block.question = _question_weight(words, block)


def _own_words(words: str, block: Block) -> str:
    """Give words without what they quote; words that open with a quotation mark stay whole."""
    if block.quoted or not ("«" in words or "“" in words or '"' in words):
        return words
    return QUOTED.sub(" ", words)


def _holds(low: str, signs: tuple[str, ...]) -> bool:
    """Say whether words in lower case hold one of some signs; a loop, for it is asked often."""
    for sign in signs:  # noqa: SIM110 - any() over a generator takes twice as long
        if sign in low:
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
        if block.self_ and not block.yours and words.startswith(_DEMANDS) and ". " in words:
            weight -= _ASKS_LAST
    else:
        weight += -0.6 + (0.8 if "?" in words and length < 350 else 0.0)
        if length < _ASKED and not block.self_ and _OBJECTS.search(words, 0, _EARLY):
            weight += 0.9
    weight += 0.9 * block.yours - 1.3 * block.self_ - 0.5 * block.ours
    opening = _OPENING.match(_in_small(words[:48].lstrip(_HEAD_SIGNS)))
    opens = opening.lastgroup if opening else ""
    if opens == "request":
        block.yours = True
        weight += 2.0
    elif opens == "asking":
        weight += 0.8 if block.asks or length < 160 else 0.2
    elif opens == "reply":
        weight -= 1.8
        block.reply = 1.0
    elif opens == "soft":
        block.reply = 0.5
    if block.yours and length < 400 and "-" in words and _INVERTED.search(words):
        weight += 0.5
    return weight


def _in_small(words: str) -> str:
    """Give words in lower case, letters that only look like others as these."""
    if not words.isascii():
        words = words.replace("İ", "i").replace("ı", "i").replace("ſ", "s")
    return words.lower()


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
