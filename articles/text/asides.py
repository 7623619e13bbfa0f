"""What stands among the paragraphs without being one: headings, stage directions, notes, links."""

from __future__ import annotations

import re

from articles.text.blocks import made_by_machine
from articles.text.marks import Block
from articles.text.offers import offers
from articles.text.regex import regex
from articles.text.vocab import DAY, MONTH, fold, words

_RELATED = regex(
    r"[\[(>\s]*(?:(?:à |a )?(?:re)?lire (?:aussi|également|notre|l['’]|ci-dessous|en ligne)\b|à "
    r"(?:re)?lire\s?:|"
    r"(?:à )?voir (?:aussi|également)\b|à voir\s?:|(?:à )?écouter (?:aussi|également)\b|à "
    r"écouter\s?:|"
    r"sur le même (?:sujet|thème)|pour aller plus loin|dans la même rubrique|notre dossier|"
    r"[➤→]\s*\S|"
    r"(?:also )?read (?:more|also|next|our)\b|also read\b|see also\b|related(?: (?:articles?|"
    r"stories|story|content))?\s?:|"
    r"more on this\b|watch\s?:|listen\s?:|recommended (?:reading|for you)|further reading)",
    re.I,
)
_CREDIT = regex(
    r"[\[(>\s–—-]*(?:propos (?:recueillis|traduits)|"
    r"(?:interview|entretien)e?s? (?:croisée?s? |exclusi(?:f|ve)s? )?(?:réalisée?|"
    r"menée?|"
    r"conduite?|recueillie?|mis en forme|traduite?|relue?|condensée?|abrégée?)\b|recueilli(?:e|"
    r"s)? (?:par|à|le|en|au|aux)\b|texte (?:revu|relu) par|"
    r"(?:interview|entretien|propos|réalisée?s?|textes? et photos?) par (?-i:[A-ZÀ-Þ])|"
    r"(?:interview|interviewed|edited|"
    r"translated|transcribed|moderated) by\b|as told to|traduit (?:de|du|par)\b|traduction\s?[:(]|"
    r"(?:cet entretien|cette interview|ce texte|this (?:interview|conversation|transcript|text)) "
    r"(?:a été|has been|was|is)\b(?! (?:l['’]|une? |the |an? ))|"
    r"(?:(?:photo )?cr[ée]dits?(?: photos?)?|photos?|photograph(?:s|ie|ies|y)?)\s?:|"
    r"©|copyright\b|tous droits|"
    r"all rights reserved|ndlr\b|n\.d\.l\.r|note (?:de la|du) (?:rédaction|traducteur)|"
    r"note d['’]édition|nota bene|editors?['’]?s? note|"
    r"notes? (?:to (?:editors|readers)|aux? (?:rédactions?|rédacteurs))|"
    r"(?:transcription|transcript) (?:by|par|provided|courtesy|not)|"
    r"transcription\s?: (?-i:[a-zé])|correction\s?:|"
    r"(?:interviewed|aired|recorded|broadcast|enregistré|diffusé)e? (?:on |le )?(?:\w+ )?\d|"
    r"this is an? (?:rush|unedited|uncorrected|rough) transcript|"
    r"this copy may|participants?\s?:|avec la participation|"
    r"seules? les? déclarations?\b|dpb ?#|la rédaction(?:,? (?:avec|et) [^.?!]{2,40})?$|"
    r"sources?\s?:|\(?mis à jour|updated? "
    r"(?:on|at)\b)",
    re.I,
)
_WEB = regex(
    r"(?:publié|paru|mis à jour|modifié|posté|diffusé|page vérifiée|"
    r"dernière (?:mise à jour|modification|révision)|date de (?:publication|modification)|"
    r"published|"
    r"posted|"
    r"last (?:updated|modified|reviewed)|updated)\b.{0,12}(?:le|on|in|en|par|by|:|\d)|"
    r"temps de lecture|reading time|\d+ "
    r"min(?:utes)? read|"
    r"(?:partager|partagez|share)(?: sur| on| cet| this|\s?[|:·])|imprimer|envoyer par|"
    r"s['’]abonner|abonnez-vous|"
    r"inscrivez-vous|sign up|subscribe|nous utilisons des cookies|we use cookies|"
    r"nous et nos (?:\d+ )?partenaires|we and our (?:\d+ )?partners|accueil\s?>|"
    r"home\s?>|"
    r"(?:réécouter|écouter|listen)\s(?:sur|cet|le|this|the|[(])|"
    r"listen (?:on|in) (?:your|our|any|all|apple|spotify|the app)\b|listen wherever|"
    r"réécouter|légende\s?:|caption\s?:|"
    r"reporting by|writing by|editing by|cette page vous a|did this (?:answer|page|article)|was "
    r"this (?:page|article)|"
    r"infos? pratiques?\s?:|auto-generated|automatic transcript|transcription (?:générée|"
    r"automatique)|"
    r"seul le prononcé|check against delivery|as prepared for delivery|"
    r"(?:machine[- ])?transcribed (?:by|auto)|"
    r"(?:automatically|machine)[- ](?:transcribed|translated|generated)|"
    r"suggérer à un ami|envoyer à un ami|version imprimable|haut de page|retour (?:à|en|au) |"
    r"tell a friend|retrouvez "
    r"(?:tou|nos|l|ce|cet)|"
    r"(?:file|duration|durée|fichier)\s?:|the recording|tous droits",
    re.I,
)
_BYLINE = regex(
    r"(?:[Pp]ar|PAR|By|BY)\s(?!\w+ing\b)[A-ZÀ-Þ][\w'’.-]+(?: [\w'’.-]+){0,4}(?: (?:et|and|&) "
    r"[A-ZÀ-Þ][\w'’ -]+)?"
    r"(?:\s?[,|–—-].{0,100})?$",
)
BYLINES = ("Par ", "PAR ", "By ", "BY ")
_BIO_HEAD = regex(
    r"(?:bio(?:graphie|graphy)?(?: express| in brief)?|repères|parcours|profil|profile|"
    r"(?:qui est|who is) (?-i:[A-ZÉ]).{2,40}\??|"
    r"(?:[^\W\d_][\w'’.-]+ ){1,5}(?:en (?:\w+ )?dates|en bref|in brief|in \w+ dates)\.?|"
    r"qui (?:est|sont)-(?:ils?|elles?)\s?\?|"
    r"who (?:is|are) (?:s?he|they)\?|en (?:\w+ )?dates|notes? biographiques?|"
    r"biographical note|dates[ -]clés|key dates|"
    r"son parcours|career|about (?:the author|[A-Z].{2,40})|à propos de l['’]auteur.?|"
    r"l['’]auteur.?|curriculum|(?:en|(?:informations?|infos?|renseignements?)) pratiques?|"
    r"practical information)\s?:?",
    re.I,
)
_BIO = regex(
    r"(?:depuis|since|en|in)\s(?:1[89]|20)\d\d\s?[:–—,]|(?:1[89]|20)\d\d\s?[–-]\s?(?:1[89]|"
    r"20)?\d\d\s?:|"
    r"(?:né|née|nés|born)\s(?:le|en|à|au|in|on)\b|(?:\S+ ){1,6}(?:est né|est née|was born)\b|"
    r"(?:1[89]|20)\d\d\s?[:–—.-]\s|(?:bio(?:graphie|graphy)?(?: express)?|repères|parcours|profil|"
    r"note biographique|biographical note)\s?[:.–—]|"
    r"(?:l['’]aut(?:eur|rice)|the (?:writer|author)) (?:est|a|is|was|has|teaches|enseigne)\b",
    re.I,
)
_BY_THEN = regex(r"(?:depuis|since|en|in)\s(?:1[89]|20)\d\d,", re.I)
_AUTHOR = regex(
    r"(?:[lL]['’]aut(?:eur|rice)|[tT]he (?:writer|author)) (?:est|a|is|was|has|teaches|enseigne)\b|"
    r"[A-ZÀ-Þ][\w'’-]+(?: [\w'’-]+){0,2} [A-ZÀ-Þ][\w'’-]+,? (?:est|is|was|fut) (?:une? |l['’]|les? "
    r"|la |a |an |the )?"
    r"(?:(?:ancien(?:ne)?|former|senior|visiting) )?(?:historien|romanci|professe|chercheu|"
    r"journalist|"
    r"écrivain|diplomat|essayist|avocat|économist|sociolog|philosoph|politolog|maître|direct|"
    r"fellow|"
    r"professor|historian|writer|author|novelist|researcher|lecturer|columnist|editor|lawyer|"
    r"auteur|"
    r"ambassad|géograph|député|sénat|minist)",
)
_LINK = regex(r"\[[^\]\n]{2,200}\]\((?:https?:|/)[^)\s]+\)|https?://\S+")
_CLOCK = regex(
    r"(?:at |à |il est |start |end |fin |début )?\d{1,2}\s?[:h.]\s?\d{0,2}\s?(?:[ap]\.?\s?m\.?)?\s?"
    r"(?:[A-Z]{2,4}|\(.{2,20}\)|heures?)?\.?|"
    r"(?:1[89]|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:1[89]|20)\d\d",
    re.I,
)
_DATE_LINE = regex(
    rf"(?:[^\W\d][\w'’. -]{{1,40}}(?:,|\s[–—-])\s)?(?:le |on )?(?:{DAY},?\s)?"
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s{MONTH}\.?|{MONTH}\.?\s\d{{1,2}}),?\s\d{{4}}[.,]?(?:\s[^.?!]{{0,40}})?",
    re.I,
)
_DIGIT = regex(r"\d")
_OF_TALK = regex(
    r"[^,]{0,40}\b(?:briefing|conférence|point|interview|entretien|remarks)\b[^,]{0,30}\s[–—-]\s",
    re.I,
)
_PLACE = regex(
    r"\b(?:\w*rooms?|lawn|\w*house|palace|palais|hôtel|hotel|élysée|elysee|quai|gardens?|offices?|"
    r"buildings?|embassy|ambassade|salles?|studios?|halls?|airport|aéroport|aboard|à bord|"
    r"auditorium|chancellery|chancellerie|ministère|matignon)\b|d\.c\.",
    re.I,
)
_SEPARATOR = regex(
    r"(?:[^\w?!…]|_)+$|[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])]?"
    r"(?:\s*-->\s*(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)?$"
)
_STARTERS = frozenset("[(>→➤©")
_NOTE_FIRST = words(
    "lire relire a voir ecouter sur pour dans notre also read see related more watch listen "
    "recommended further propos interview interviewed entretien recueilli recueillie recueillis "
    "edited translated transcribed moderated as traduit traduction cet cette ce sources this "
    "credit credits photo photos photograph photographs photographie photographies photography "
    "copyright tous all ndlr n.d.l.r note nota notes seules seule dpb "
    "editor's editors' editors editor transcription transcript aired recorded broadcast enregistre "
    "enregistree diffuse diffusee participants participant avec correction la source mis update "
    "updated texte textes realise realisee realises realisees"
)
_WEB_FIRST = words(
    "publie publiee paru parue mis mise modifie poste diffuse page derniere published posted last "
    "updated temps reading partager partagez share imprimer envoyer s'abonner abonnez inscrivez "
    "sign subscribe nous we accueil home reecouter ecouter listen legende caption reporting "
    "writing editing cette did was infos info auto automatic transcription seul check as "
    "transcribed retrouvez suggerer version haut retour tell automatically machine date file "
    "duration duree fichier end the tous support sponsored propose 1 2 3 4 5 6 7 8 9 10"
)
_FIRST = regex(r"[\w.'’]+")
LONGEST = 400  # code points of a note that is no link and stands in no brackets
_LONG = 150  # code points from which a heading stands at the head of a text
_STAGE = {"(": ")", "[": "]"}


def note_code(text: str, block: Block, word: str) -> str:
    """Tell why a block is a note (an evidence code), by its first word; '' if it is none."""
    start, end = block.start, block.end
    while start < end - 1 and text[start] in "*_":
        start += 1
    if block.raw_end - block.raw_start > 600:
        return ""
    first = text[start]
    if first in "[h" and _LINK.fullmatch(text, start, end):
        return "related_link"
    if first in _STAGE:
        return _bracketed(text, start, end)
    if end - start > LONGEST:
        return ""
    if word in ("par", "by") and is_byline(text, block):
        return "editor_note"
    if word in _WEB_FIRST and end - start < 200 and _WEB.match(text, start, end):
        return "editor_note"
    if offers(text, start, end, word):
        return "editor_note"
    if made_by_machine(text, start, end):
        return "editor_note"
    if word not in _NOTE_FIRST and first not in _STARTERS:
        return ""
    if _RELATED.match(text, start, end) and not ends_sentence_twice(text, start, end):
        return "related_link"
    return "editor_note" if _CREDIT.match(text, start, end) else ""


def first_word(text: str, block: Block) -> str:
    """Give the first word of a block, folded."""
    start = block.start
    while start < block.end - 1 and text[start] in "*_":
        start += 1
    match = _FIRST.match(text, start, block.end)
    return fold(match[0]).rstrip(".") if match else ""


def is_byline(text: str, block: Block) -> bool:
    """Say whether a block only names who wrote the text."""
    if block.length >= 120 or not _BYLINE.match(text, block.start, block.end):
        return False
    return not ends_headline(text, block)


def ends_headline(text: str, block: Block) -> bool:
    """Say whether two words in capitals go on with a headline: `TOWN CUT OFF` over `BY SNOW`."""
    if block.apart:
        return False
    above = text[text.rfind("\n", 0, block.raw_start - 1) + 1 : block.raw_start - 1]
    line = text[block.start : block.end]
    return line.count(" ") == 1 and line.isupper() and above.isupper()


def ends_sentence_twice(text: str, start: int, end: int) -> bool:
    """Say whether the words hold several sentences, so that they are more than a link line."""
    return text.count(". ", start, end) > 1


def _bracketed(text: str, start: int, end: int) -> str:
    """Tell a stage direction or an editor's note that fills its block."""
    shown = text[start:end].strip("*_ ").rstrip(".")
    if len(shown) < 2 or shown[0] not in _STAGE or shown[-1] != _STAGE[shown[0]]:
        return ""
    inner = shown[1:-1]
    if 0 <= inner.find(_STAGE[shown[0]]) < len(inner.partition(shown[0])[0]):
        return ""  # words between two brackets: (Laughter.) We go on (as ever)
    if _RELATED.match(inner):
        return "related_link"
    return "editor_note" if _CREDIT.match(inner) else "stage_direction"


def is_dateline(text: str, block: Block) -> bool:
    """Say whether a block only tells a time, a date or the place of a talk."""
    if block.length > 90 or not _DIGIT.search(text, block.start, block.end):
        return False
    shown = text[block.start : block.end]
    if _CLOCK.fullmatch(shown):
        return True
    return bool(_DATE_LINE.fullmatch(shown)) and not _OF_TALK.match(shown)


def is_place(text: str, block: Block) -> bool:
    """Say whether a short line names the place of a talk."""
    shown = text[block.start : block.end]
    return len(shown) < 70 and shown[-1:] not in '.?!:»"' and bool(_PLACE.search(shown))


def is_biography_heading(text: str, block: Block) -> bool:
    """Say whether a line heads a biography box."""
    line = text[block.start : min(block.end, block.start + 80)].split("\n", 1)[0]
    return len(line) < 60 and bool(_BIO_HEAD.fullmatch(line.strip(" .*")))


def is_biography(text: str, block: Block, *, talk: bool = False) -> bool:
    """Say whether a block tells a life; amid a talk, a year and a comma do not."""
    if talk and _BY_THEN.match(text, block.start, block.end):
        return False
    start, end = block.start, block.end
    while start < end and text[start] in '«“" ':
        start += 1
    return bool(_BIO.match(text, start, min(end, start + 400)))


def is_author_note(text: str, block: Block) -> bool:
    """Say whether the last block of an article tells who wrote it."""
    return block.length < 350 and bool(_AUTHOR.match(text, block.start, block.end))


def is_separator(text: str, block: Block) -> bool:
    """Say whether a block is but a rule or asterisks."""
    return block.raw_end - block.raw_start < 200 and bool(
        _SEPARATOR.match(text[block.raw_start : block.raw_end])
    )


def is_headline(text: str, block: Block, longest: int = 100) -> bool:
    """Say whether a block is worded and ends as a heading: short, a capital, no full stop."""
    if block.length > longest or not block.length:
        return False
    first, last = text[block.start], text[block.end - 1]
    if first.islower() or last in ".!…;:,":
        return False
    if last == ")" and text[block.end - 2] in ".!…":
        return False
    if block.bullet or (not first.isalnum() and first not in "«“\"#'‘("):
        return False
    if last in '»”"' and not block.quoted and text[block.end - 2] in ".…" and longest > _LONG:
        return False
    commas = 2 if longest < _LONG else 4
    if text.find(";", block.start, block.end) >= 0:
        return False
    if text.count(", ", block.start, block.end) > commas:
        return False
    return text.count(" ", block.start, block.end) < (18 if longest < _LONG else 30)


def unpunctuated(text: str, blocks: list[Block], most: float = 0.4) -> bool:
    """Say whether the text does without full stops, as some machine transcripts do."""
    ends = [b.end for b in blocks if b.label is None or b.label.form != "line"]
    if len(ends) < 4:
        return False
    bare = [1 for end in ends if text[end - 1].isalnum()]
    return len(bare) > most * len(ends)
