"""Article or interview: how well the best reading as a talk explains the text.

A talk has a second person in its questions and a first person in its answers, short questions and
long answers, voices that come back. Pages of questions (FAQ), fact checks, essays full of
questions and news full of quotations lack one or the other.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from articles.text.asides import BYLINES
from articles.text.hours import reports_live
from articles.text.marks import Block, has_cue
from articles.text.persons import names_in
from articles.text.quotes import inside_quotes
from articles.text.regex import regex
from articles.text.settle import NOBODY, Reading
from articles.text.tally import Tally, tally
from articles.text.vocab import NO_VOICE, fold
from articles.text.voices import Voice

_TAGS = regex(
    r"[»”\",?!…]\s?,?\s?(?:a-t-(?:il|elle|on)|(?:s['’]est-)?(?:dis-je|dit|fit|lança|reprit|murmura|"
    r"cria|"
    r"s['’]écria|demanda|répondit|répliqua|ajouta|ajoute|affirme|explique|assure|estime|poursuit|"
    r"précise|réplique|concède|ironise|rétorque|élude|(?:lui |leur )?demande|s['’]amuse|"
    r"conclut|déclare|confie|note|souligne|said|asked|replied|answered|added|says|told)\b|"
    r"(?:s['’]est|a) (?:dit|déclaré|demandé|répondu|ajouté|expliqué|interrogé|affirmé|lancé|estimé|"
    r"assuré)|\b(?:raconte|demande|sourit|souffle|glisse|lâche|rit|lance|tranche|soupire|dit)-(?:t-)?"
    r"(?:il|elle|on)\b|"
    r"(?:he|she|they) (?:said|asked|replied|added|told)|said (?:the|a|Mr|Mrs|Ms))",
    re.I,
)
# Who asked or said what, as a report on a talk tells it.
_ASKED = regex(
    r"[”\"],? (?:(?:he|she|[A-Z][\w.’'-]+(?: [A-Z][\w’'-]+)?) (?:said|asked|says|asks|replied)|"
    r"(?:said|asked|says|asks|replied))\b|"
    r"\b(?:[A-Z][\w’'-]+|he|she) asked (?:her|him|them)\b|"
    r"(?:»,?|[,?!…]) ?(?:\w+-(?:t-)?(?:il|elle)|a-t-(?:il|elle) \w+|(?:lui |l['’])?"
    r"(?:demande|interroge|a demandé|a lancé|a répondu|répond)) |"
    r"\b(?:lui|leur) (?:a|avait) (?:alors )?demandé\b"
)
_OPTION = regex(r"[a-dA-D]\s?[.)]\s")
_SALUTATION = regex(
    r"(?:Dear|My dear|Chère?s?|Frères|Sœurs|Mesdames|Messieurs|Ladies)\b[^.?!\n]{0,40}[,:]"
)
_TITLE = 240  # code points of a line that may be a title
_BRIEFING = regex(
    r"\bpoints? (?:de )?presse|conférences? de presse|déclarations? d[ue] (?:la )?porte-parole|"
    r"press (?:briefing|conference|availability|gaggle)|daily briefing|"
    r"(?:entretien|interview) (?:accordée? |donnée? )?(?:de|d['’]|du|avec|with|of|by|à|au) ?"
    r"(?:l[ae] |l['’]|the )?[«“\"]? ?(?-i:[A-ZÀ-Þ])",
    re.I,
)
_RUBRIC = regex(
    r"\W*(?:le |grand |l['’])*(?:entretien|interview)(?: exclusi(?:f|ve))?(?: du \w+)?\W*", re.I
)
_ALIKE = 2.0  # added where the mark of the one labelled question is that of the others
_BILLED = 4.0  # added where a line over the turns says no more than that it is an interview
_TAKING_TURNS = 3.2  # added where single lines take turns all through a text
_QUOTING = 8.0  # taken off where labels stand before quotations only
_BESIDE = 0.35  # share of a text around the talk from which the talk is but a part of it
_BOXED = 15.0  # taken off for each whole text beyond that share
_HEADED = 2.0  # taken off where what would be questions neither ask, save few, nor say you
_NOBODY_SPEAKS = 3.0  # taken off where several questions and answers say neither I nor you
_EXPLAINED = 3  # answers that are several
_LISTING = 8.0  # taken off where names but head what is told of them
_ALOOF = 0.2  # share of turns that say I or you below which nobody talks to anybody
_SELDOM = 0.35  # share of asking questions that is few
_KEYED = 6.0  # taken off where words that are no voice open paragraphs again and again: `Claim:`
_KEY = 30  # code points in which such words and their colon stand
_KEYS = 4  # paragraphs so opened that are several
_NARRATING = 4.0  # taken off where most of what would be questions tells who asked
_LIVE = 6.0  # taken off where hours head the paragraphs of a live report
# What speaks for a talk (log-odds for each sign, most of them shares of one), fitted to marked
# texts of several hands. No one sign decides: an essay asks and answers, too.
_BIAS = -4.5
_WEIGHTS = {
    "named": 2.6, "cued": 1.7, "many": 2.7, "addressed": 1.4, "first_person": 1.8, "contrast": 1.4,
    "prompts": 3.3, "asking": -1.5, "impersonal": -0.7, "own": -4.4, "told_you": -3.4,
    "rhetoric": -8.5, "tags": -11.0, "going_on": -0.5, "evenness": -1.5, "saluted": -3.0,
    "options": -3.0,
}  # fmt: skip


def bare_score(text: str, blocks: list[Block], reading: Reading) -> float:
    """Score a reading without labels: above 0 it is an interview."""
    found = tally(blocks, reading)
    if not found.questions or not found.answers:
        return -9.0
    signs = _signs(text, blocks, reading, found)
    score = _BIAS + sum(_WEIGHTS[name] * sign for name, sign in signs.items())
    score += 1.7 * _mark_score(text, blocks, reading, found) - _dashes_against(blocks, reading)
    asked = [b for b, role in zip(blocks, reading.classes, strict=True) if role == "Q"]
    score += _TAKING_TURNS * _takes_turns(blocks, reading, found)
    score -= _BOXED * max(0.0, found.around - _BESIDE)
    if asked and found.addressed < 0.15 and found.first_person < 0.15:
        score -= 4.0 * (sum(b.bullet == "1" and b.asks for b in asked) > 0.8 * len(asked))
    if not found.addressed and found.asking < _SELDOM:
        score -= _HEADED
    spoken = found.addressed or found.first_person or found.plural or found.told_you
    score -= _NOBODY_SPEAKS * (found.answers > _EXPLAINED and not spoken)
    score += _BILLED * _billed(text, blocks, reading) - _LIVE * reports_live(text, blocks)
    if score > 0:
        score -= _KEYED * _is_keyed(text, blocks) + _NARRATING * _narrates(text, asked)
    return score - (3.0 if sum(b.quoted for b in asked) > 0.5 * len(asked) else 0.0)


def _billed(text: str, blocks: list[Block], reading: Reading) -> bool:
    """Say whether a line over the turns calls the text an interview, and says no more."""
    over = blocks[: reading.classes.index("Q")]
    return any(b.length < _TITLE and _RUBRIC.fullmatch(text, b.start, b.end) for b in over)


def _is_keyed(text: str, blocks: list[Block]) -> bool:
    """Say whether the same words that are no voice open several paragraphs: `What we found:`."""
    heads = [text[b.start : min(b.end, b.start + _KEY)].partition(":") for b in blocks]
    counts = Counter([fold(head) for head, colon, _ in heads if colon])
    no_voice = (n for key, n in counts.items() if n > 1 and not NO_VOICE.isdisjoint(key.split()))
    return sum(no_voice) >= _KEYS


def _narrates(text: str, asked: list[Block]) -> bool:
    """Say whether most of what would be questions tells who asked what: a report on a talk."""
    telling = sum(1 for b in asked if _ASKED.search(text, b.start, b.end))
    return telling > 1 and 2 * telling > len(asked)


def _takes_turns(blocks: list[Block], reading: Reading, found: Tally) -> bool:
    """Say whether lines without blank ones between take turns from first to last, you and I."""
    if found.questions < 4 or found.paragraphs != found.answers or found.around > 0.3:
        return False
    talk = [b for b, role in zip(blocks, reading.classes, strict=True) if role in "QA"]
    apart = sum(b.apart for b in talk)
    return apart < 0.2 * len(talk) and min(found.addressed, found.first_person) > 0.35


def _signs(text: str, blocks: list[Block], reading: Reading, found: Tally) -> dict[str, float]:
    """Measure over the whole text what tells a talk of two voices from an essay of one."""
    asked = [b for b, role in zip(blocks, reading.classes, strict=True) if role == "Q"]
    rest = [b for b, role in zip(blocks, reading.classes, strict=True) if role != "Q"]
    talk = [b for b, role in zip(blocks, reading.classes, strict=True) if role in "QAS"]
    many = len(asked)
    return {
        "named": float(_names_somebody(text, blocks, reading)),
        "cued": float(_cued(text, blocks, reading)),
        "many": min(many, 8) / 8,
        "addressed": found.addressed,
        "first_person": found.first_person,
        "contrast": _contrast(blocks, reading),
        "prompts": sum(1 for b in asked if b.yours and not b.asks) / many,
        "asking": found.asking,
        "impersonal": sum(1 for b in asked if b.asks and not b.yours) / many,
        "own": sum(1 for b in asked if b.self_ or (b.ours and not b.yours)) / many,
        "told_you": found.told_you,
        "rhetoric": sum(1 for b in rest if text.find("?", b.start, b.end) >= 0) / len(rest),
        "tags": sum(1 for b in talk if _is_tagged(text, b)) / len(talk),
        "going_on": found.paragraphs / found.answers - 1.0,
        "evenness": math.log(max(0.22, min(4.5, found.short))),
        "saluted": float(any(_salutes(text, b) for b in blocks[:6])),
        "options": float(sum(1 for b in blocks if _OPTION.match(text, b.start, b.end)) > 2),
    }


def _is_tagged(text: str, block: Block) -> bool:
    """Say whether a block tells who said its words."""
    return bool(_TAGS.search(text, block.start, min(block.end, block.start + 600)))


def _salutes(text: str, block: Block) -> bool:
    """Say whether a block greets the readers or hearers of a letter, speech or sermon."""
    if block.length < 60 and text[block.end - 1] == ",":
        return True
    return bool(_SALUTATION.match(text, block.start, block.end))


def _names_somebody(text: str, blocks: list[Block], reading: Reading) -> bool:
    """Say whether the words before and between the turns name a person, bylines apart."""
    seen = 0
    first = reading.classes.index("Q")
    for index, role in enumerate(reading.classes):
        if role not in "I-" and index != first:
            continue
        words = text[blocks[index].start : min(blocks[index].end, blocks[index].start + 800)]
        seen += 1
        if not words.startswith(BYLINES) and names_in(words):
            return True
        if seen > 8:
            return False
    return False


def _contrast(blocks: list[Block], reading: Reading) -> float:
    """Give the share of exchanges whose persons fit a talk: asked as you, answered as I."""
    pairs = fitting = 0
    asked: Block | None = None
    for block, role in zip(blocks, reading.classes, strict=True):
        if role == "Q":
            asked = block
        elif role in "AS" and asked is not None:
            pairs += 1
            to_you = (asked.yours or not asked.asks) and not asked.self_
            fitting += to_you and (block.self_ or block.ours) and not block.yours
            asked = None
    return fitting / max(1, pairs)


def _mark_score(text: str, blocks: list[Block], reading: Reading, found: Tally) -> float:
    """Score how well a mark alone sets questions apart from answers."""
    if found.questions < 2 or (found.answers < 3 and found.questions < 3):
        return 0.0
    if reading.mark == "quotes":
        spans = [(b.start, b.end) for b in blocks]
        inside = inside_quotes(text, spans)
        right = sum(inside[i] == (c == "A") for i, c in enumerate(reading.classes) if c in "QA")
        talk = sum(1 for c in reading.classes if c in "QA")
        return 4.0 if right == talk else 2.5 if right > 0.9 * talk else 1.0
    scores = {
        "dash_questions": 1.3,
        "dash_turns": 1.0,
        "dash_answers": 1.6,
        "marked_questions": 0.3,
    }
    return scores.get(reading.mark, 0.0)


def _dashes_against(blocks: list[Block], reading: Reading) -> float:
    """Weigh against a reading that does not explain the text's dashes (a scene in a story)."""
    counts = {(role, dashed): 0 for role in "QA" for dashed in (True, False)}
    for block, role in zip(blocks, reading.classes, strict=True):
        if role in "QA":
            counts[role, bool(block.bullet) and block.bullet != "1"] += 1
    dashes = counts["Q", True] + counts["A", True]
    talk = sum(counts.values())
    if dashes < 2:
        return 0.0
    if reading.mark == "dash_turns":
        return 4.0 * max(0.0, (talk - dashes) / talk - 0.3)
    if min(counts["Q", True], counts["A", True]) >= 2 and talk - dashes >= 2:
        return 5.0
    asked = counts["Q", True] + counts["A", False]
    told = counts["A", True] + counts["Q", False]
    return 8.0 * max(0.0, 0.9 - max(asked, told) / talk)


def label_score(text: str, blocks: list[Block], reading: Reading, voices: list[Voice]) -> float:
    """Score a reading by labels: above 0 it is an interview."""
    found = tally(blocks, reading)
    speaking = {v for v in reading.voices if v >= 0}
    heard = [voices[v] for v in speaking]
    recurring = sum(1 for v in heard if v.count > 1)
    named = sum(1 for v in heard if v.weight == 2)
    nameless = bool(heard) and all(v.nameless for v in heard)
    score = -1.6 + 0.9 * min(recurring, 2) + 0.7 * min(named, 2)
    score += 0.25 * min(reading.labelled, 8)
    score += 1.0 * found.asking + 1.0 * found.addressed + 1.0 * found.first_person
    score += 0.4 * found.plural + 0.8 * _cued(text, blocks, reading)
    score -= 3.0 * max(0.0, found.around - 0.5)
    if nameless and found.addressed < 0.25 and found.first_person < 0.3:
        score -= 0.0 if _briefs(text, blocks, reading) else 4.0
    if nameless and found.told_you > found.first_person and found.own > found.addressed:
        score -= 3.0
    if found.addressed < 0.1 and found.first_person < 0.1 and found.plural < 0.2:
        score -= 1.5
    if reading.code == "labels_answers" and not found.questions:
        score -= 2.5
    aloof = max(found.first_person, found.told_you) < _ALOOF
    if not found.questions and aloof and found.addressed < 0.1:
        score -= 4.0
    if not found.questions and len(heard) == 1:
        score -= 4.0
    if _lists_names(text, blocks, reading):
        score -= _LISTING
    if reading.code == "labels" and reading.labelled >= 3:
        score -= _scattered(blocks, reading)
    if reading.code in ("labels", "labels_first") and _quotes_by_name(blocks, reading):
        return score - _QUOTING
    if reading.code == "labels_first":
        alike = reading.mark == "marked_questions"  # bold as the labelled one is
        score = max(score, bare_score(text, blocks, reading) + (_ALIKE if alike else 1.0))
    return score


def _briefs(text: str, blocks: list[Block], reading: Reading) -> bool:
    """Say whether a line over the turns calls them a briefing or an interview of somebody."""
    first = next((i for i, role in enumerate(reading.classes) if role in "QAS"), 0)
    return any(b.length < _TITLE and _BRIEFING.search(text, b.start, b.end) for b in blocks[:first])


def _quotes_by_name(blocks: list[Block], reading: Reading) -> bool:
    """Say whether names and colons but introduce quotations, which bare paragraphs weigh."""
    spoken = [i for i, who in enumerate(reading.voices) if who != NOBODY]
    named = [blocks[i] for i in spoken if blocks[i].label and reading.voices[i] >= 0]
    telling = sum(1 for i in spoken if _tells(blocks[i], reading.voices[i]))
    quoting = sum(b.quoted for b in named)
    return quoting > 2 and quoting >= 0.8 * len(named) and telling >= quoting


def _lists_names(text: str, blocks: list[Block], reading: Reading) -> bool:
    """Say whether names and colons stand before what goes on in lower case, to a full stop."""
    named = [b for b, who in zip(blocks, reading.voices, strict=True) if b.label and who >= 0]
    words = [b for b in named if b.label and b.label.form == "colon" and b.end > b.start]
    small = sum([text[b.start].islower() and text[b.end - 1] in ".!…»" for b in words])
    if len(words) <= 2 or small <= 0.8 * len(named):
        return False
    return sum(b.self_ or b.yours for b in words) < 0.3 * len(named)


def _tells(block: Block, voice: int) -> bool:
    """Say whether a paragraph without a name before it neither quotes, asks nor says you or I."""
    return not (block.label and voice >= 0) and not (block.quoted or block.asks or block.self_)


def _scattered(blocks: list[Block], reading: Reading) -> float:
    """Weigh against labels that fill but a small part of the text (a scene in a review)."""
    places = [i for i, b in enumerate(blocks) if b.label and reading.voices[i] >= 0]
    if not places:
        return 0.0
    lengths = [b.end - b.start for b in blocks]
    whole = sum(lengths)
    first = next(i for i, role in enumerate(reading.classes) if role in "QAS")
    inside = sum(lengths[first : places[-1] + 1])
    share = inside / max(1, whole)
    return 6.0 if share < 0.3 else 2.5 if share < 0.45 and len(places) < 8 else 0.0


def _cued(text: str, blocks: list[Block], reading: Reading) -> bool:
    """Say whether the words around the talk call it one."""
    seen = 0
    for index, role in enumerate(reading.classes):
        if role in "I-":
            block = blocks[index]
            if has_cue(text[block.raw_start : min(block.raw_end, block.raw_start + 800)].lower()):
                return True
            seen += 1
            if seen > 12:
                return False
    return False
