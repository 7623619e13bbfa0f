"""Lines around a text that are none of it: who wrote, recorded or published it, when and where.

They are looked for only before the first paragraph or turn and after the last.
"""

from __future__ import annotations

import re

from articles.text.marks import Block
from articles.text.persons import NAME, OUTLET
from articles.text.regex import regex
from articles.text.sentences import states
from articles.text.vocab import DAY, MONTH, PARTICLES, fold

_LONGEST = 170  # code points of a line that is looked at
_DATE = regex(
    rf"\b\d{{1,2}}(?:er|st|nd|rd|th)?\s{MONTH}\b|\b{MONTH}\.?\s\d{{1,2}}\b|\b{MONTH}\.?\s\d{{4}}\b|"
    r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(?:1[89]|20)\d\d-\d\d-\d\d\b",
    re.I,
)
_CREDITS = regex(
    r"(?:[^.|–—\n]{0,60}[.|–—,-] ?)?(?:(?-i:[Pp]ar|PAR|[Bb]y|BY) (?-i:(?:la |le |les |l['’]|the |"
    r"notre |our )?"
    r"[A-ZÀ-Þ])|(?:with|avec) (?:the )?(?:files|agenc)|propos (?:recueillis|traduits)|"
    r"recueillis? par|"
    r"(?:entretien|interview|texte|text|enquête|report(?:ing)?|récit|traduction|transcription)s? ?"
    r"(?:réalisé|mené|conduit|préparé|recueilli|traduit|relu|établi|by\b|de la rédaction)|"
    r"(?:crédits?|photos?|images?|illustrations?|légende|caption|dessins?)\b ?(?:photos? ?)?[:©–-]|"
    r"(?:publiée?|parue?|mis(?:e)? (?:à jour|en ligne)|modifiée?|postée?|diffusée?|enregistrée?|"
    r"published|posted|updated|recorded|aired|broadcast|delivered|as (?:delivered|prepared))\b|"
    r"(?:partage[rz]|share|tweete[rz]|imprimer|print|e-?mail|whatsapp|facebook|commente[rz]|"
    r"(?:listen|écoute[rz]) (?:to|à|cet|this|l)|temps de|lecture ?:? ?\d|reading|\d+ ?min\b|"
    r"vous êtes ici|"
    r"la rédaction\b|accueil ?>|home ?>|correspondan(?:t|ce)))",
    re.I,
)
_PROMOTES = regex(
    r"newsletter|abonne[rz]?[- ]|s['’]abonner|subscri|support for \S+|pour (?:nous )?soutenir|"
    r"(?:vous (?:est|sont|était)) (?:propos|offert|présent)|"
    r"brought to you|sponsor|^retrouvez|recevez (?:chaque|tou|notre)|reproduction interdite|"
    r"(?:merci de (?:l['’]avoir|nous avoir|votre)|thanks for) (?:suivi|lus?|fidélité|reading|"
    r"following|listening)|"
    r"écrivez(?:-nous)? à|write to (?:us|the [\w ]{0,16}(?:desk|editors?|paper|team)|our \w+)\b",
    re.I,
)
_CLOSES = regex(
    r"^(?:suggérer|envoyer|recommander|imprimer|tell|e-?mail|send|print)\b.{0,24} (?:\||à un ami|"
    r"to a friend|this (?:page|article))|"
    r"écrivez[- ]nous|write to the (?:desk|editor|paper)|"
    r"\b(?:lettres|courriers|contributions|letters|submissions) (?:peuvent|pourront|may|might) "
    r"(?:être|be) (?:abrég|écourt|publi|modifi|condens|edit|abridg|short|publish)|"
    r"(?:adressez|envoyez)(?:-(?:les|nous)| vos \w+)\b.{0,40} (?:à|au|par)\b|"
    r"se réserve le droit de|reserves? the right to (?:edit|publish|shorten)|"
    r"^(?:\*|—|–)? ?(?:graphics?|infographies?|cartes?|maps?|data|text) (?:and|et|&) (?:\w+ ){1,2}"
    r"(?:by|par|de)\b|"
    r"contactez[- ]nous|contact us\b|appelez[- ]nous|"
    r"(?:est|is) (?:une? |an? )?(?:podcast|production|émission|programme|program|show) (?:de|"
    r"du|d['’]|"
    r"of|by|from|produit)|"
    r"(?:sera|seront|will be) (?:mise?s? à jour|actualisée?s?|updated)\b|"
    r"^(?:cet article|ce texte|cette (?:page|revue de presse|chronique|émission)|ce (?:direct|"
    r"live|fil|billet)|this (?:live )?(?:story|article|page|blog|feed|column|report|updates?)|"
    r"(?:our|notre) (?:live )?(?:coverage|couverture|direct)) (?:en direct )?(?:a été|sera|"
    r"est|is|was|will|has)\b|"
    r"(?:est|sont) à (?:retrouver|réécouter|écouter|lire|suivre|revoir|voir) |"
    r"(?:contributed (?:reporting|to this)|a contribué|ont contribué à|(?:with|additional) "
    r"reporting)\b|"
    r"^(?:translated|traduite?s?|machine[- ]translated) .{0,40}(?:automati|by machine|par machine|"
    r"par (?:une )?intelligence)|"
    r"(?:captation|retransmission|vidéo|enregistrement|compte rendu|video|recording)\b.{0,40}"
    r"(?:disponible|en ligne|available|online)|"
    r"^(?:débat|entretien|interview|article|texte|tribune|propos|conversation|a version of this)\b"
    r".{0,30}(?:parue?s?|publiée?s?|diffusée?s?|appeared|published)\b",
    re.I,
)
# How the last line of a text opens: who made the captions, where and when it was signed.
_LAST = regex(
    r"(?:captions?|subtitles|closed captioning|sous-titr(?:es|age)) (?:by|par)\b|"
    r"(?:our standards|nos principes)\s?:|"
    r"(?:suivez|follow) .{0,40} (?:sur|dans|on|in) (?:notre|nos|our) |"
    r"(?:fait|done) (?:à|at) [^.?!;:]{3,50} \d{4}$|"
    r"le (?:tchat|chat) est (?:désormais |maintenant )?(?:terminé|clos|fermé)\b|"
    r"(?:the|this) chat (?:is|has) (?:now )?(?:closed|ended|over)\b",
    re.I,
)
_LAST_FIRST = frozenset("CcSsOoNnFfDdLlTt")  # the letters these begin with
# Who else signed, and to what readers may come: `Débat jeudi à 18 h 30, salle des Douanes.`
_INVITES = regex(
    r"(?:et|and) [^.?!:,;]{2,40} (?:autres signataires|other signatories)\b|"
    r"(?:la )?liste (?:complète|intégrale|des signataires)\b|the full list (?:of|can)\b|"
    r"(?:conférence|rencontre|débat|lecture|talk|reading|discussion) (?:(?:ce|le|on|this) )?"
    rf"{DAY}\b.{{0,40}}\b\d{{1,2}} ?(?:h|[ap]\.?m)\b",
    re.I,
)
_FREE = regex(r"\b(?:entrée (?:libre|gratuite)|free (?:entry|admission)|admission free)\b", re.I)
_LIFE = regex(
    rf"(?P<name>(?:{NAME}))(?:, (?:\d\d|née?|born)\b|,? (?:(?:est|fut|a été) (?:une?|l['’]|le|la|"
    rf"née?|"
    r"(?:ancien|professeur|historien|chercheu|journalist|maître|direct|auteur|avocat|"
    r"ambassad|ministre|diplomat|consul|secrétaire)\w*)|"
    r"(?:is|was|has been) (?:an?|the|born|professor|ambassador|minister|consul|secretary)|"
    r"vit|lives|enseigne|teaches|dirige|runs|"
    r"a (?:publié|servi|enseigné|exercé)|has (?:served|taught)|"
    r"en (?:\w+ ){1,2}(?:dates|mots|lignes|chiffres)|"
    r"in (?:brief|\w+ dates))\b|\s?:? ?(?:1[89]|20)\d\d\b)"
)
_WORKS = regex(
    r"\b(?:derniers? (?:ouvrages?|livres?|essais?|romans?)(?: parus?)?|dernière parution|"
    r"à paraître|"
    r"(?:latest|last|most recent) (?:book|novel|work)s?)\s?:|"
    r"\((?:[^()]*\b(?:éditions?|éd\.|presses?|press|books)\b[^()]*|[^()]*), (?:1[89]|20)\d\d\)\.?$",
    re.I,
)
# Who reported from where: `Rufus Dale reported from Lorne and Sinead Marl from Port Sarrow.`
_REPORTED = regex(
    rf"(?:{NAME}) reported from [A-ZÀ-Þ][^.?!;:]{{2,80}}\.(?: [A-ZÀ-Þ][^.?!;:]{{2,60}} contributed "
    r"[^.?!;:]{2,40}\.)?|"
    rf"(?:{NAME}) \((?:à|au|aux|en) [^()]{{2,30}}\)(?:,| et) (?:{NAME}) "
    r"\((?:à|au|aux|en) [^()]{2,30}\)"
    r"[^.?!;:]{0,80}\.?"
)
_REVIEWED = 240  # code points of the line that tells of a book
_PAGES = regex(
    r", \d{2,4} ?(?:p\.|pp\.?|pages)(?:, (?:[£$€] ?)?\d+(?:[.,]\d\d)? ?(?:€|euros?|£|\$|F)?)?\.?$|"
    r"\. \d{2,4} ?(?:p\.|pp\.?|pages\b)\.?(?: [A-ZÀ-Þ][^.?!,]{2,40}[.,])?"
    r" (?:[£$€] ?)?\d+(?:[.,]\d\d)? ?(?:€|euros?|£|\$|F)?\.?$"
)
_VALUED = regex(
    r"[^\W\d][^.:,\d]{1,30}\s?:\s|(?:minutes|compte rendu|procès-verbal) (?:of|d)", re.I
)
_INITIALLED = regex(
    r"(?:[A-ZÀ-Þ]\.[ -]?){1,3}(?:(?:de|du|des|d['’]|von|van) ?)?[A-ZÀ-Þ][\w'’-]+(?: "
    r"[A-ZÀ-Þ][\w'’-]+)?\.|"
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ'’-]+){1,2}\."
)
_WHO = regex(rf"(?:{NAME}|{OUTLET}|(?:Le|La|Les|The) \w+(?: [\w'’-]+){{1,6}})(?:, [^.?!]{{2,40}})?")


def credit_line(text: str, block: Block, *, after: bool = False) -> bool:
    """Say whether a line before or after a text tells who made it, when, or where it appeared.

    A dated sentence is such a line after a talk only; before a text it is the text's first.
    """
    if block.length > _LONGEST or block.asks:
        return False
    words = text[block.start : block.end]
    if _CREDITS.match(words) or _PROMOTES.search(words):
        return True
    if " | " in words or words.count(" – ") + words.count(" · ") + words.count(" > ") > 1:
        return True
    if block.length > 100 or _VALUED.match(words):
        return False
    if not _DATE.search(words) or _tells(words):
        return False
    return after or not states(words)


def _tells(words: str) -> bool:
    """Say whether a line holds a sentence: more than a few words in lower case."""
    lower = [w for w in words.split() if w[0].islower() and len(w) > 2]
    plain = [w for w in lower if fold(w) not in PARTICLES and not _DATE.match(f"1 {w} 2000")]
    return len(plain) > 5


def names_only(text: str, block: Block) -> bool:
    """Say whether a line is but names: a person, a place, a room, a tape."""
    words = text[block.start : block.end].split()
    if not 1 < len(words) < 7 or text[block.end - 1] in '.?!:;,»”"':
        return False
    if text[block.start : block.end].isupper():
        return False
    plain = [w for w in words if fold(w).strip(",") not in PARTICLES]
    return all(w[0].isupper() or w[0].isdigit() for w in plain) and words[0][0].isupper()


def is_signature(text: str, block: Block) -> bool:
    """Say whether the last line of a text signs it."""
    if _INITIALLED.fullmatch(text, block.start, block.end):
        return True
    if block.length > 70 or block.hashes or text[block.end - 1] in '.?!…:;»”")':
        return False
    return bool(_WHO.fullmatch(text, block.start, block.end))


def tells_life(text: str, block: Block, frame: str) -> bool:
    """Say whether a paragraph tells of somebody whom `frame`, the text's first words, names."""
    if block.length > 500 or block.asks:
        return False
    match = _LIFE.match(text, block.start, block.end)
    if match is None:
        return False
    name = fold(match["name"]).split()
    return len(name) > 1 and name[-1] in fold(frame)


def tells_works(text: str, block: Block) -> bool:
    """Say whether a paragraph tells who somebody is and what last came out: a box above a talk."""
    if block.length > 500 or block.asks or not _LIFE.match(text, block.start, block.end):
        return False
    return bool(_WORKS.search(text, block.start, block.end))


def tells_book(text: str, block: Block) -> bool:
    """Say whether the line below a review's title is the book's: who wrote it, pages, price."""
    return block.length < _REVIEWED and bool(_PAGES.search(text, block.start, block.end))


def promotes(text: str, block: Block) -> bool:
    """Say whether a short paragraph advertises: letters, podcasts, sponsors, addresses."""
    return block.length < 180 and bool(_PROMOTES.search(text[block.start : block.end]))


def closes(text: str, block: Block) -> bool:
    """Say whether a short last paragraph tells how the text was made, mended or may be answered."""
    if block.length >= 180:
        return False
    words = text[block.start : block.end]
    if words[0] in _LAST_FIRST and _LAST.match(words):
        return True
    invites = "ntrée" in words or "entry" in words or "dmission" in words
    if (" reported from " in words or ") et " in words) and _REPORTED.fullmatch(words):
        return True
    if _INVITES.match(words) or (invites and _FREE.search(words)):
        return True
    return promotes(text, block) or bool(_CLOSES.search(words))
