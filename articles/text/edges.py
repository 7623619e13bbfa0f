"""Notes at the edges of a text: who made it, what it belongs to, how it goes on elsewhere.

Lines of this kind stand before the first paragraph or turn and after the last; some of them
anywhere. What is worded loosely is looked for at the edges only.
"""

from __future__ import annotations

import re

from articles.text import asides, credits
from articles.text.marks import SENTENCES, Block
from articles.text.offers import follows
from articles.text.outlets import names_outlet
from articles.text.persons import NAME
from articles.text.regex import regex
from articles.text.vocab import fold

LONGEST = 220  # code points of a note at an edge
_MADE = 170  # code points of a line at the head that tells who made a text
_BILL = 60  # code points of the shortest line that tells where, when and with whom
REACH = 12  # blocks of a text's head in which notes are looked for
_SESSION = regex(
    r"(?:(?:la|cette) (?:séance|réunion|audition|session|conférence)(?:,| est| s['’]est).{0,60}"
    r"(?:ouvert|levée|close|repris|suspendu|achev|termin)|"
    r"the (?:\w+ )?(?:committee|subcommittee|hearing|meeting|session|council|commission|briefing)"
    r"(?:\s\([^)]*\))?(?: was| is|,)? (?:met|convened|reconvened|adjourned|recessed|resumed|"
    r"concluded|ended|called to order|pursuant)|whereupon,? )",
    re.I,
)
_CAST_KEY = (
    r"(?:hosts?|guests?|invitée?s?|animat(?:ion|eur|rice)|animée?|présentat(?:ion|eur|rice)|"
    r"réalisation|production|produc(?:er|teur|trice)|moderator|modérat(?:ion|eur|rice)|presenters?|"
    r"avec|with|présidence|journalistes?|interviewers?|réalisateur|technique|intervenante?s?|"
    r"panel|panell?ists?|chair|speakers|orateurs|rapporteure?s?|"
    r"members present|(?:membres )?présents|witness(?:es)?|témoins?)"
)
_CAST = regex(
    r"(?:members present|(?:membres )?présents|participants|witnesses)\s?: "
    r"(?-i:[A-ZÀ-Þ])[^?!:]{3,180}$|"
    rf"{_CAST_KEY}\s?:\s(?:[^:?!]{{3,180}}?[.;,|/–—]\s?{_CAST_KEY}\s?:.{{3,120}}|"
    rf"(?-i:(?:(?:M\.|Mme|Dr\.?|Mr\.?|Ms\.?|Sir) )?{NAME}(?: (?:et|and|&) {NAME})?"
    r"(?:,[^.!?:]{3,80})?\.?$))",
    re.I | re.S,
)
_FILE_LINE = 30
_STAFF_LINE = 90
_STAFF = regex(
    r"(?i:interprètes?|interpreters?|interprétation|interpretation|traduction|translation|réalisation|"
    r"montage|prise de son|son|sound|editing|illustrations?|secrétariat de rédaction)\s?: "
    rf"{NAME}(?:(?:, | et | and | & ){NAME})*\.?"
)
_EPISODE = regex(
    r"(?:.{2,40}[,–—:.|-] ?)?(?:saison \d+|season \d+|épisode (?:n° ?)?\d+|episode \d+|ep\. \d+)\b",
    re.I,
)
_ENDS_HERE = regex(
    r"(?:-\s?30\s?-|#{3,}|(?:the )?end|fin|(?:fin|end) (?:de|du|of) (?:la |l['’]|the )?"
    r"(?:entretien|transcription|transcript|interview|émission|citation|recording|briefing|conférence.*)|"
    r"end\s.{0,30}\d.{0,20})\.?",
    re.I,
)
_END_SIGN = regex(r"#(?: ?#){2,5}")
_BOOK = regex(
    r"\b\d{2,4} ?(?:p\.|pp\.|pages)|\b\d+(?:[.,]\d\d)? ?(?:€|euros?|£|\$)|[£$] ?\d+|"
    r"\b(?:éditions?|éd\.|press|presses|books|publishers?|gallimard|seuil|fayard|grasset|plon)\b"
    r".{0,30}\b(?:1[89]|20)\d\d\b",
    re.I,
)
_FOOTNOTE = regex(r"\[\d{1,2}\] ")
_SOLD = regex(
    r"[^?]{3,80}(?: (?:is|are) published by |, (?:aux )?éditions |, éd\. )[^?]{0,60}\d[^?]{0,12}",
    re.I,
)
_HEARD = r"(?:Audition|Intervention|Déclaration|Discours|Allocution)"  # of one who has an office
_MAKER = regex(
    rf"(?i:de (?:notre|nos) (?:envoyée?s?|correspondante?s?)\b|from our (?:own )?correspondent|"
    r"(?:par|by) (?:la |le |les |notre |nos |our |the )?(?:rédaction|service|staff|news)|"
    r"(?:follow along|suivez[\w ]{0,12}|live updates) (?:with|avec|by|par) (?-i:[A-Z])|"
    r"(?:interview |entretien )?(?:conducted|edited|condensed|mené|conduit)(?: (?:and|et) \w+)? "
    r"(?:by|par)\b|animé par|présenté par|présidence de|"
    r"sous la présidence de|chaired by|hosted by|"
    r"(?:reviewed by|(?:compte rendu|critique|note de lecture) (?:de|par)|"
    r"photo(?=(?: [^\W\d_][\w'’-]+){2}(?: ?/.*)?$)) (?-i:[A-ZÀ-Þ]))|"
    rf"(?!{_HEARD} )(?:{NAME})(?:,? (?i:correspondante?|staff|envoyée?|special|senior|diplomatic|"
    r"journaliste|reporter|grand reporter|chroniqueu\w+|éditorialiste|columnist)\b[^.?!]{0,60}$|"
    r" \((?:à|au|aux|in|avec|with) [^)]{2,30}\)$|"
    r" \((?:now|earlier|maintenant|ce (?:matin|soir)|plus tôt)\)|, (?:à|au|in) [A-ZÀ-Þ][\w-]+$)|"
    r"(?:Interview|INTERVIEW|Entretien|ENTRETIEN|Propos|Recueilli)\s?:\s?"
    rf"(?:{NAME})$|(?i:le texte (?:ci-dessous|qui suit)|"
    r"cette transcription|l['’](?:entretien|interview) (?:a été|est)|(?:the|this) (?:interview|"
    r"conversation) (?:was|has been|took place)|"
    r"(?:the text of )?the following (?:\w+ ){1,3}(?:was|were|is being) (?:released|issued|agreed)|"
    r"(?:le texte|la déclaration|le communiqué) (?:suivante?|ci-après) (?:a été|est)|"
    r"(?:this|the) (?:live )?(?:blog|page|feed|coverage) (?:is|has) (?:now )?(?:closed|ended)|"
    r"ce (?:direct|live|fil) est (?:désormais |maintenant )?(?:terminé|clos|fermé))\b"
)
# Where and when, and who took part: `Channel Four, 3 May 2019. With Anna Roy and Paul Lee.`
_BILLED = regex(
    r"[A-ZÀ-Þ][^.?!]{3,60}\b(?:1[89]|20)\d\d\. (?:Avec|With|Présent(?:é|ation)|Présence|Presented|"
    r"Invitée?s?|Guests?|Animé|Moderat)\b"
)
# The number of a review, or that and its season: `Revue du Large, n° 12, hiver 2020-2021`.
_OF_REVIEW = regex(
    r"(?-i:[A-ZÀ-Þ])[^.?!:]{2,40}, (?:n°|nº|no\.|numéro|vol\.|issue) ?\d+"
    r"(?:,? [^.?!:]{0,40}\b(?:1[89]|20)\d\d(?:[–/-]\d{2,4})?)?"
    rf"(?:\. (?:questions?|propos|interview|entretien)[\w ]{{0,16}} ?: (?-i:{NAME})\.?)?",
    re.I,
)
_NUMBERED = regex(
    r"(?:(?-i:[A-ZÀ-Þ])\.[ -]?){0,3}[^.?!:]{2,60}, (?:n°|nº|no\.|numéro|vol\.) ?\d+\b", re.I
)
_MENDED = regex(
    r"(?:mise à jour|updated?|corrections?|corrected|rectificatif|précision|erratum|clarification)"
    r"(?: \([^)]*\))?\s?:",
    re.I,
)
_PAGE_HEAD = 90  # code points of a page's head
_PAGED = regex(r"\b(?:page|p\.|n°|no\.|vol\.?|numéro)\s?\d", re.I)
_PAGE = regex(
    r"(?:.{2,60}\s[—–|-]\s)?page \d+(?: (?:sur|of|/) ?\d+)?|([–—-])\s?\d{1,4}\s?[–—-]", re.I
)
_PAPER = regex(
    r"(?:\d{1,3}\s?[—–|-]\s?)?(?P<name>[^\W\da-zà-ÿ][^a-zà-ÿ\d]{2,50}?)(?:\s?[—–|-]\s?\d{1,3})?"
)
_CAPTION = regex(
    r"[^\n]{12,140}[.!)] (?:PHOTOS?|Photos?|Photographs?|Picture|Image)(?:\s?[:/©]\s?|"
    r" (?=[A-ZÀ-Þ]))"
    r"(?:[A-ZÀ-Þ]\. ?){0,2}[^.?!\n]{1,50}|"
    r"[^\n]{12,140}\s©\s?[^.?!\n©]{2,50}|"
    r"[^\n]{12,200}\((?:©|(?:[Pp]hotos?|PHOTOS?|[Cc]rédits?|[Cc]redit|[Pp]icture|[Ii]mages?)\b)"
    r"[^()\n]{1,50}\)\.?|"
    r"[^\n]{12,200}[\w.,!»”\"] ©\s?[^.?!©\n]{2,50}|"
    r"[^\n]{12,140}[.!)] (?:[A-ZÀ-Þ]\.[ -]?){0,2}[A-ZÀ-Þ][A-ZÀ-Þ'’ -]{2,30} ?/ ?"
    r"[A-ZÀ-Þ][A-ZÀ-Þ\d'’ -]{1,30}"
)
_SHOWN = regex(
    r"hoto|PHOTO|©|icture|Image|rédit|redit|[A-ZÀ-Þ]{2} ?/ ?[A-ZÀ-Þ]{2}"
)  # what a caption ends with
_STAMPED = regex(
    r"(?:\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}[/-]\d{1,2}[/-]\d{1,2})"
    r"(?:\s?[–—,-]?\s?(?:à )?\d{1,2}\s?[:h]\s?\d{2})?\.?|"
    r"[A-ZÀ-Þ][\w'’ -]{1,30} //? ?(?:[A-Z]\.-?){1,3}[A-Z]?",
)
_FILED = regex(r"[A-Z]{2,5}\s?[:#]\s?\d[\dA-Z/. -]{2,}")
_REACHED = regex(
    r"[\w.+-]+@[\w-]+\.\w+|(?<![\d.,])(?:\+\d{1,3}[ .]\d|0\d)(?:[ .]\d{2,4}){3,4}(?!\d)|"
    r"(?i:^(?:(?:les )?(?:premiers |autres )?signataires|(?:the )?(?:first |co-)?signatories)\s?:)"
)
_DIGITS = regex(r"\d+")
_SIGNED = regex(
    r"[A-Z]{2,6} ?(?:#|n°|no\.) ?[\d/-]+|"
    r"\(?(?:[A-ZÀ-Þ]\.[ -]?(?:d[eu] |d['’]|von |van )?){1,3}\)?|"
    r"\(?(?:avec |with )?[A-Z]{2,5}(?:[,/ ]+(?:avec |with )?[A-Z]{2,8})*"
    r"\)?|[a-z]{2,4}(?:[-/][a-z]{2,4}){1,5}"
)
_WRITES = regex(
    rf"(?P<name>{NAME})(?:['’]s (?:latest |new |most recent )?(?:book|novel|memoir)|,? (?:vient de "
    r"publier|"
    r"a publié|publie|signe|couvre|collabore|is the author|is (?:a|an|our|the)|covers|writes|edits|"
    r"teaches|served|serves|reports|est (?:une? |l['’]|le |la |notre )?(?:grand |ancien(?:ne)? )?"
    r"(?:aut|report|correspond|journal|profess|chroniq|édit|chef|direct|histor|cherch|écriv)))"
)
_DISCLAIMS = regex(
    r"(?:ne (?:remplacent?|sauraient?|constituent?|reflètent?)|n['’]engagent?|"
    r"valeur (?:informative|juridique)|does not (?:constitute|necessarily)|"
    r"do not (?:necessarily|constitute|reflect)|"
    r"for information only|the views expressed|please consider|confidential)",
    re.I,
)


def running_heads(text: str, blocks: list[Block]) -> list[int]:
    """Give the blocks that are heads or feet of printed pages: alike save for their numbers."""
    alike: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.raw_end - block.raw_start > _PAGE_HEAD:
            continue
        if not _DIGITS.search(text, block.raw_start, block.raw_end):
            continue
        line = text[block.raw_start : block.raw_end]
        if (_PAGED.search(line) or _is_page(line)) and not block.asks:
            alike.setdefault(_DIGITS.sub("#", fold(line)), []).append(index)
    return [
        i
        for same in alike.values()
        for i in same
        if len(same) > 1 or _is_page(text[blocks[i].raw_start : blocks[i].raw_end])
    ]


def _is_page(line: str) -> bool:
    """Say whether a line with a number surely is the head of a page: `THE COURIER — 3`."""
    paper = _PAPER.fullmatch(line)
    return bool(_PAGE.fullmatch(line) or (paper and names_outlet(fold(paper["name"]))))


def is_filed(text: str, block: Block) -> bool:
    """Say whether a line is but a number under which a text is filed: `PRN: 2011/1466`."""
    return block.raw_end - block.raw_start < _FILE_LINE and bool(
        _FILED.fullmatch(text, block.raw_start, block.raw_end)
    )


def is_caption(text: str, block: Block) -> bool:
    """Say whether a line stands under a picture: what it shows, and whose it is."""
    if block.length > LONGEST:
        return False
    if not _SHOWN.search(text, block.start, block.end):
        return False
    return bool(_CAPTION.fullmatch(text, block.start, block.end))


def names_staff(text: str, block: Block) -> bool:
    """Say whether a line but names who interpreted, translated or recorded a talk."""
    return block.length < _STAFF_LINE and bool(
        _STAFF.fullmatch(text, block.raw_start, block.raw_end)
    )


def opens_session(text: str, block: Block) -> bool:
    """Say whether a line of a record tells that a session opens, pauses or ends."""
    if block.length > LONGEST or not _SESSION.match(text, block.start, block.end):
        return False
    return not SENTENCES.search(text, block.start, block.end)


def names_cast(text: str, block: Block) -> bool:
    """Say whether a line lists who takes part: `Host: Anna Roy. Guest: Paul Lee.`"""
    if block.length > LONGEST:
        return False
    match = _CAST.match(text, block.raw_start, block.raw_end)
    return bool(match) and text.count(" ", block.raw_start, block.raw_end) > 1


def head_note(text: str, block: Block) -> bool:
    """Say whether a line between a title and the first paragraph or turn is a note."""
    length = block.length
    if block.asks or length > LONGEST:
        return False
    if length > _MADE:
        return names_cast(text, block) or bool(_BILLED.match(text, block.start, block.end))
    if length < 70 and _EPISODE.match(text, block.start, block.end):
        return True
    if _OF_REVIEW.fullmatch(text, block.start, block.end):
        return True
    if names_cast(text, block) or _MAKER.match(text, block.start, block.end):
        return True
    return length > _BILL and bool(_BILLED.match(text, block.start, block.end))


def ends_release(text: str, block: Block) -> bool:
    """Say whether hashes end a release, as `# # #` does; they are words then, and no markup."""
    if not _END_SIGN.fullmatch(text, block.raw_start, block.raw_end):
        return False
    block.hashes, block.start, block.end = 0, block.raw_start, block.raw_end
    return True


def tail_note(text: str, block: Block, frame: str, talk: bool) -> str:
    """Tell why one of the last blocks of a text is a note.

    `frame` has the text's first words; `talk` says whether it is one.
    """
    start, end = block.start, block.end
    if block.asks or end - start > 420:
        return ""
    shown = text[start:end]
    if asides.is_author_note(text, block) or credits.tells_life(text, block, frame):
        return "biography"
    writes = _WRITES.match(shown)
    if writes and " " in writes["name"] and end - start < 350:
        return "biography"
    if end - start > 260:
        return ""
    if text[start] == "[" and is_footnote(text, block):
        return "editor_note"
    if _REACHED.search(shown) or _STAMPED.fullmatch(shown) or is_filed(text, block):
        return "editor_note"
    if talk and shown[:5] in ("Note:", "Note ", "NOTE:", "Note\u00a0", "Note\u202f"):
        return "editor_note"
    if _NUMBERED.match(shown):
        return "editor_note"
    loose = _BOOK.search(shown) or _DISCLAIMS.search(shown) or _MAKER.match(shown)
    loose = loose or _MENDED.match(shown)
    loose = loose or _ENDS_HERE.fullmatch(shown)
    if loose or follows(shown) or credits.closes(text, block):
        return "editor_note"
    if _EPISODE.match(shown) or names_cast(text, block):
        return "editor_note"
    return "editor_note" if end - start < 60 and _signs(text, block) else ""


def is_footnote(text: str, block: Block) -> bool:
    """Say whether a line at the end explains a number in brackets that stands in the text."""
    match = _FOOTNOTE.match(text, block.raw_start, block.raw_end)
    return match is not None and text.find(match[0].strip(), 0, block.raw_start) > 0


def is_sold(text: str, block: Block) -> bool:
    """Say whether a line tells what a book is called, who publishes it, and its price or pages."""
    return block.length < LONGEST and bool(_SOLD.fullmatch(text, block.start, block.end))


def _signs(text: str, block: Block) -> bool:
    """Say whether a line signs the text: initials, an agency, a name."""
    if _SIGNED.fullmatch(text, block.start, block.end):
        return True
    return credits.is_signature(text, block)
