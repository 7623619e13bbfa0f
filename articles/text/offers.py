"""What a page offers around a text: buttons, lists of other texts, and signs that it ends."""

from __future__ import annotations

import re

from articles.text.regex import regex
from articles.text.vocab import words

_LONGEST = 90  # code points of a line of such offers
_THINGS = (
    r"(?:(?:d['’]|de |the |live |latest )?(?:commentaires?|réponses?|réactions?|articles?|"
    r"comments?|replies|stories|posts?|updates?|results?|discussion|conversation))"
)
_OFFER = (
    rf"(?:(?:show|load|view|see|read) (?:more|all|\d+)(?: {_THINGS})?|"
    rf"(?:show|view|read|see|join)(?: all)? {_THINGS}|"
    r"(?:leave|post|add) a comment|(?:gift|save) (?:this|an) article|save for later|copy link|"
    r"back to top|(?:next|previous) (?:article|story)|report (?:an error|a mistake)|"
    r"continue reading|read (?:the full|full) (?:story|article)|"
    r"(?:afficher|charger|voir|lire) (?:plus|la suite|tou(?:s|tes) les|les(?: \d+)?) "
    rf"{_THINGS}|"
    r"(?:afficher|charger) (?:plus|la suite)|lire la suite|"
    r"(?:ajouter|laisser|écrire|poster) un commentaire|rejoindre la conversation|"
    r"ajouter (?:aux|à (?:mes|vos)) favoris|offrir (?:cet |l['’])article|"
    r"copier le lien|signaler une erreur|article (?:suivant|précédent)|"
    r"follow (?:us|@\w+)(?: on \w+)?|(?:la )?suite (?:de (?:cet|l['’]) ?article )?(?:est )?"
    r"réservée? aux abonnée?s\.?|il vous reste \d+\s?% de (?:cet|l['’]) ?article à lire\.?)"
    r"(?:\s?(?:…|\.\.\.|»|›|>|→))?"
)
_VERB = (
    r"(?:save|tweet|print|share|réagi(?:r|ssez)|comment(?:er|s)?|enregistrer|partager|imprimer|"
    r"facebook|twitter|linkedin|whatsapp|telegram|bluesky|e-?mail|envoyer|x)"
)
_COUNTED = r" ?\(\d+\)"
_PRESS = rf"(?:{_OFFER}|{_VERB})(?:{_COUNTED})?"
# One or more on a line, parted by wide blanks.
_BUTTONS = regex(
    rf"{_OFFER}(?:{_COUNTED})?|{_VERB}{_COUNTED}|\d+ (?:comments?|commentaires?|réactions?)|"
    rf"{_PRESS}(?:(?:\s{{2,}}|\t+|\s[|·•]\s){_PRESS})+",
    re.I,
)
_FIRST = words(
    "show load view see read join leave post add gift save tweet print copy back next previous "
    "report continue comment comments afficher charger voir reagissez reagir commenter ajouter "
    "laisser ecrire poster lire rejoindre offrir enregistrer partager copier imprimer signaler "
    "share article follow la suite il facebook twitter linkedin whatsapp telegram bluesky email "
    "e x envoyer"
)
_OTHERS = regex(
    r"(?:(?:nos |les |our |the )?(?:articles? )?(?:les )?(?:most (?:read|popular|viewed|shared)|"
    r"plus (?:lus|populaires|partagés))|related (?:stories|articles|content|coverage)|"
    r"(?:more|more stories) (?:from|on|in) [^.?!]{2,40}|editors?['’]?s? picks|trending(?: now)?|"
    r"(?:la rédaction|nous) vous (?:conseille|recommand)\w*|"
    r"(?:previous|next|précédent|suivant)\s?: [^.?!]{3,80}|"
    r"faire un don|donate|soutenez[- ](?:nous|le journal)|"
    r"(?:photograph(?:s|ie|ies|y)?|illustrations?|graphics?|infographies?|cartographies?|maps?|"
    r"cartes?|dessins?|data)(?: (?:by|de|par)|\s?:) (?-i:[A-ZÀ-Þ])[^.?!:]{2,50}\.?)",
    re.I,
)
_MADE = regex(
    r"(?:an (?:earlier|previous) version of this|une (?:première |autre |précédente )?version "
    r"(?:(?:de|plus longue de) )?(?:ce|cet|cette)\b|(?:les|ces) propos ont été (?:relu|amend|"
    r"condens|abrég|édit|traduit|recueilli|retranscrit))[^?!]{1,140}",
    re.I,
)
# Who signed what two sides agreed: `Pour la partie française : Anne Roy`.
_SIDE = regex(
    r"(?:pour|for) (?:la (?:partie|délégation)|le gouvernement|the (?:government|delegation|side))"
    r" [^:.?!]{2,60}\s?: (?-i:[A-ZÀ-Þ])[^.?!:;]{3,50}",
    re.I,
)
_END = regex(r"[–—*(\[#\s-]{0,6}(?:the end|end|ends|fin|finis)[–—*)\]#\s.-]{0,6}", re.I)


def offers(text: str, start: int, end: int, word: str) -> bool:
    """Say whether a line, which opens with a word, is but what a site offers to press."""
    if end - start >= _LONGEST or not (word in _FIRST or word.isdecimal()):
        return False
    return bool(_BUTTONS.fullmatch(text, start, end))


def follows(line: str) -> bool:
    """Say whether a line below a text leads to others, says who drew, or that the text ends."""
    if line.count(" | ") > 1 and len(line) < _LONGEST and line[-1] not in ".?!…":
        return True
    if _END.fullmatch(line) or _MADE.fullmatch(line) or _SIDE.fullmatch(line):
        return True
    return len(line) < _LONGEST and bool(_OTHERS.fullmatch(line))
