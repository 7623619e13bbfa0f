"""Whether a short line states something, or but puts together names, places and dates."""

from __future__ import annotations

from articles.text.regex import regex
from articles.text.vocab import DAY, MONTH, PARTICLES, fold, words

_STOPS = regex(r"[.!…][»”\"’)]*(?=\s+[A-ZÀ-Þ]|$)")
_SHORT = regex(r"(?:^|[\s.(])(?:[A-ZÀ-Þ]|M[mM]?|Mme|Mr|Mrs|Ms|Dr|St|Mgr|Sen|Gen)$")
_DATED = regex(rf"{MONTH}|{DAY}|a\.?m|p\.?m|h")
# Verbs that make a sentence wherever they stand, as printed: `à` is none of them.
_FINITE = words(
    "ont avait avaient aura auront eut est sont était étaient sera seront fut furent serait va "
    "vont n'a n'ont n'est n'était s'est qu'a "
    "is are was were has have had will would did does may can could"
)
_DETERMINERS = words(
    "le la les l un une des ce cet cette ces son sa ses leur leurs deux trois quatre plusieurs the "
    "a an this these its his her their two three four several"
)
_PRONOUNS = words("il elle ils elles on nous je he she it they we i")
_LINKS = PARTICLES | words(
    "dans par sur sous avec sans chez entre vers pres depuis apres avant lors devant from on at by "
    "with near since after before between during as que qui who that which ou or no n s page vol"
)
# What a text is called: what follows it is no verb. `Speech delivered in Berne on 3 May.`
_TEXTS = words(
    "discours allocution declaration speech statement statements remarks address lecture sermon "
    "communique release lettre letter texte text article tribune chronique entretien interview "
    "propos conversation intervention audition hearing seance session audience reunion meeting "
    "conference briefing debat debate message reponse note rapport report extrait extraits extract "
    "excerpt version traduction translation transcript transcription compte photo image dessin "
    "document edition numero issue enregistrement recording emission podcast broadcast reportage"
)
_NO_VERBS = _LINKS | _TEXTS
_DONE = ("é", "i", "u", "is", "it", "ert")  # a signé, a fini, a reçu, a pris, a dit, a ouvert
_LEADS = words("in at with of for on as by from to after before and")
_PARTICIPLES = ("é", "ée", "és", "ées")  # no French verb that has a subject ends so


def states(line: str) -> bool:
    """Say whether the first sentence of a line has a subject and a verb.

    Where no full stop ends it, only a verb that is surely one tells: `Le Monde diplomatique` is
    a name.
    """
    said, stopped = _first_sentence(line)
    parts = said.replace("’", "'").split()
    if not _FINITE.isdisjoint(parts[1:]) or _has_done(parts):
        return True
    first = fold(parts[0])
    if not stopped or first in _TEXTS:
        return False
    if first in _PRONOUNS:
        return any(map(_may_be_verb, parts[1:]))
    articled = first in _DETERMINERS
    return _verb_follows(parts, 2 if articled and parts[1:] and parts[1][0].islower() else 1)


def _has_done(parts: list[str]) -> bool:
    """Say whether a French `a` stands before what was done; the English one stands elsewhere."""
    return any(
        word == "a" and after.endswith(_DONE) and before.lower() not in _LEADS
        for before, word, after in zip(parts, parts[1:], parts[2:], strict=False)
    )


def _first_sentence(line: str) -> tuple[str, bool]:
    """Give the words of a line up to its first full stop, and whether there is one."""
    for stop in _STOPS.finditer(line):
        if stop[0] != "." or not _SHORT.search(line, max(0, stop.start() - 5), stop.start()):
            return line[: stop.start()], True
    return line, False


def _verb_follows(parts: list[str], begin: int) -> bool:
    """Say whether what may be a verb follows the subject, a name or a noun, at `begin` or later.

    Nouns that a small word leads belong to the subject: `Le roi de Norvège`.
    """
    for place in range(begin, len(parts)):
        before, word = parts[place - 1], parts[place]
        if before[-1] in ",;:–—":
            return False
        if not word[0].islower() or fold(word) in PARTICLES or fold(before) in PARTICLES:
            continue
        return _may_be_verb(word)
    return False


def _may_be_verb(word: str) -> bool:
    """Say cheaply whether a word may be a verb: in lower case, no link, date or participle."""
    bare = word.rstrip(";:")
    if not bare[:1].islower() or not bare.replace("'", "").replace("-", "").isalpha():
        return False
    if fold(bare) in _NO_VERBS or bare.endswith(_PARTICIPLES):
        return False
    return not _DATED.fullmatch(bare)
