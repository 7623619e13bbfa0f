"""Lines at the head of a text that print where it comes from: masthead, issue, office, place."""

from __future__ import annotations

import re

from articles.text.marks import SENTENCES, Block
from articles.text.outlets import names_outlet
from articles.text.persons import NAME, clean_name
from articles.text.regex import regex
from articles.text.vocab import DAY, MONTH, OFFICES, fold, words

_DIGIT = regex(r"\d")
_LONGEST = 100  # code points of such a line
_TITLE_LEAST = 28  # code points of the shortest title below a house and its office
_ISSUE = regex(
    r"\b(?:n°|nº|no\.|numéro|vol\.?|tome|issue|page) ?\d|"
    r"(?:,|–|—|-|\||:|\s{3,})\s?(?:(?:saison|season|s\.?) ?\d+, ?)?(?:épisode|episode|ép\.|"
    r"ep\.|#) ?\d+$",
    re.I,
)
_DATED = regex(
    rf"(?:–|—|-|\||,|\s{{3,}})\s?(?:(?:{DAY} )?\d{{1,2}}(?:er)?(?: (?:et|and) |[–/-]))?"
    rf"(?:[^\W\d]+ )?(?:\d{{1,2}}(?:er)? )?{MONTH},? (?:\d{{1,2}}, "
    rf")?\d{{4}}"
    rf"(?:, (?:à )?\d{{1,2}} ?[h:.] ?\d{{0,2}})?\.?$|"
    rf"(?:–|—|-|\||,)\s?\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d$",
    re.I,
)
_OFFICE = regex(
    r"(?:office of (?:the|international|public|press)|bureau of|department of|ministry of|"
    r"the white house$|(?:for|pour) (?:immediate release|diffusion immédiate)|"
    r"transcri(?:pt|ption)(?:\s?:)?$|verbatim$|texte intégral$|full text$|"
    r"ministère (?:\w+ )?d(?:es?|u)|"
    r"direction (?:de|des|générale)|"
    r"service (?:de presse|de la communication|"
    r"d['’]information|de l['’]information)|secrétariat (?:général|exécutif|permanent)|"
    r"(?:executive|general|permanent) secretariat|"
    r"présidence de la république(?=$| [–—-] )|"
    r"(?:strictement )?confidentiel(?:le)?(?=$| [–—-] )|(?:strictly )?confidential(?=$| [–—-] )|"
    r"(?:très |top )?secret(?=$| [–—-] )|"
    r"(?:sous|under) embargo|not for (?:release|publication|quotation|attribution)|"
    r"ne pas (?:publier|diffuser|citer)|do not (?:publish|release|quote|circulate))"
    r"[^.?!:]{0,60}",
    re.I,
)
_RELEASE = regex(r"(?:for immediate release|pour diffusion immédiate|embargo .{2,40})[.:]?", re.I)
_PRESS_NOTE = regex(
    r"(?:communiqué(?: de presse| officiel)?|press release|media (?:note|release)|fact sheet|"
    r"note aux rédactions|dossier de presse)\s?(?:[–—|:-]\s?)?(?:n°|no\.?|#)\s?[\d/.-]+",
    re.I,
)
# The desk and the day: `Rédaction - 18 novembre 2016 à 05:01 | mis à jour à 09:22`.
_DESK = regex(
    r"(?:(?:la|notre|the) )?(?:r[ée]daction|newsroom|news desk|staff)\b[^.?!]{0,40}"
    r"\b(?:19|20)\d\d\b[^?!]*",
    re.I,
)
_MADE_BY = regex(
    r"(?:un )?collectif$|"
    r"(?:textes?|récit|enquête|reportage|photos?|photographies?|images?|words|story|pictures?|"
    r"illustrations?|dessins?|interview|propos)(?: (?:et|and) \w+)?\s?:\s?(?-i:[A-ZÀ-Þ])[^.?!]*$|"
    r"(?:suivi|raconté|rédigé|écrit|commenté|animé|compiled|written|live) (?:en direct "
    r")?(?:par|by) "
    r"(?:the |la |le |les |our |notre )?(?-i:[A-ZÀ-Þ])[^.?!]*$|"
    r"(?:news )?(?:analysis|opinion|commentary|column|analyse|chronique|éditorial|récit|reportage|"
    r"portrait|enquête|tribune) (?:by|par|de|d['’]) ?(?-i:[A-ZÀ-Þ])[^.?!]*$|"
    r"(?:par|by) (?:la|le|les|l['’]|the|our|notre|nos) ?(?:\w+ ){0,2}(?:cellule|rédaction|"
    r"service|desk|"
    r"équipe|team|staff|pôle|bureau|correspond|envoyé)[^.?!]*$",
    re.I,
)
_PLACE = regex(
    r"[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*){0,2}, (?:[A-Z]\.(?: ?[A-Z]\.)*|"
    r"[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*){0,2})"
)
_OPINION = regex(
    r"(?:TRIBUNE|OPINION|POINT DE VUE|CHRONIQUE|ÉDITORIAL|EDITORIAL|ANALYSE|ANALYSIS|COMMENTARY|"
    rf"CARTE BLANCHE|VIEWPOINT|LIBRE OPINION)\s?[.:–—|-] ?{NAME}(?:, [^.?!]{{3,60}})?\.?"
)
_KICKER = regex(r"(?:PORTRAIT|RÉCIT|REPORTAGE|ENQUÊTE|PROFILE|ANALYSE|ANALYSIS)\s?[.:–—-] ")
# A line that is nothing but the kind of text, below its title.
_RUBRIC = regex(
    r"(?:TRIBUNE|(?:LIBRE )?OPINION|POINT DE VUE|CHRONIQUE|[ÉE]DITORIAL|ANALYSE|ANALYSIS|"
    r"COMMENTARY|VIEWPOINT|PORTRAIT|RÉCIT|REPORTAGE|ENQUÊTE|PROFILE|VÉRIFICATION|FACT[ -]CHECK|"
    r"LIVRES?|BOOKS|DÉCRYPTAGE|TÉMOIGNAGE|REGARDS CROISÉS|Regards croisés|"
    r"(?:GRAND |L['’])?ENTRETIEN|Entretien|INTERVIEW|Interview)"
)
_COLUMN = 130  # code points of a line that tells how often a column appears
_EVERY = regex(
    rf"(?:(?:chaque|every|each) (?:jour|semaine|mois|day|week|month|{DAY})|toutes les semaines|"
    r"tous les mois),? .{3,60}\b(?:vos questions|readers|your questions|lecteurs|lectrices)\b",
    re.I,
)
_TALK = regex(
    r"\b(?:interview|entretien|history|briefing|conf[ée]rence|remarks|débat|audition|hearing|transcript)\b",
    re.I,
)
_KIND_ALONE = regex(
    r"(?:joint |daily |special )?(?:press (?:availability|briefing|conference|statement|release)|"
    r"interview|remarks|(?:special |background )?briefing|media note|statement|fact sheet)|"
    r"(?:point de presse|conférence de presse|déclaration|entretien|discours|allocution|"
    r"interview|communiqué)(?: conjointe?)?",
    re.I,
)
_TITLE = 320  # code points of the title of a talk that is a sentence
_TITLED = regex(
    r"(?:Interview|Entretien|Déclaration|Conférence de presse|Point de presse|Discours|Allocution|"
    r"Audition|Intervention|Réponse|Remarks|Statement|Transcript|Press conference)"
    r"(?: conjointe?| exclusi(?:f|ve))? (?:de|d['’]|du|des|by|of|with|avec) ?(?:M\.|MM\.|Mme|"
    r"[A-ZÀ-Þ])"
)
_GIVEN = regex(
    r"(?:donnée?|accordée?|tenue?|prononcée?|menée?|held|given|delivered)(?: conjointement)? "
    r"(?:par|à|by|to|with|avec) "
)
_PERSON = regex(rf"(?P<name>{NAME}), (?P<office>[^.?!:;]{{3,60}})")
_HEADS_WITNESSES = 30  # code points of a line over who is heard
_WITNESSES = regex(
    r"(?:witnesses|members present|participants|speakers|panell?ists|témoins|intervenants|"
    r"personnes (?:entendues|auditionnées)|membres présents)(?: \w{1,10})?\s?:?",
    re.I,
)
_OFFICED = regex(
    rf"(?:(?:[IVX]+|\d+)\s?[:.)] )?(?:(?:M\.|Mme|Dr\.?|Mr\.?|Ms\.?|Prof\.?|Sir) )?(?:{NAME}), "
)
_FUNCTIONS = OFFICES | words("deputy acting porte-parole adjoint adjointe suppleant premier chef")


def is_masthead(text: str, blocks: list[Block]) -> bool:
    """Say whether the first line prints paper, issue or episode, the title standing below it."""
    if len(blocks) < 3 or blocks[0].length > _LONGEST or blocks[0].asks or blocks[0].hashes:
        return False
    first, second = blocks[:2]
    if _RELEASE.fullmatch(text, second.start, second.end):
        return blocks[2].length < _LONGEST and text[blocks[2].end - 1] not in ".!…:;,"
    line = text[first.start : first.end]
    if line.isupper() and _OFFICE.fullmatch(text, second.start, second.end):
        return _TITLE_LEAST <= blocks[2].length < _TITLE and not names_kind(text, first)
    if not _DIGIT.search(line):
        return False
    if not (_ISSUE.search(line) or (_DATED.search(line) and names_outlet(fold(line)))):
        return False
    heads = second.length < _LONGEST and text[second.end - 1] not in ".!…:;,"
    return heads and not second.asks and not presents(text, second)


def is_imprint(text: str, block: Block) -> bool:
    """Say whether a line names the office or the makers of a text, or the kind of press note."""
    if block.length > _LONGEST or block.asks or block.hashes:
        return False
    shown = text[block.start : block.end]
    made = _MADE_BY.match(shown) or _DESK.fullmatch(shown)
    return bool(_OFFICE.fullmatch(shown) or _PRESS_NOTE.fullmatch(shown) or made)


def is_kicked(text: str, block: Block, index: int) -> bool:
    """Say whether a line below the title opens with the kind of text: `PORTRAIT. For thirty…`"""
    if not 0 < index < 3:
        return False
    if index == 1 and _RUBRIC.fullmatch(text, block.start, block.end):
        return True
    if block.length < _COLUMN and _OPINION.fullmatch(text, block.raw_start, block.raw_end):
        return True
    shown = text[block.start : min(block.end, block.start + _COLUMN)]
    return bool(_KICKER.match(shown) or (block.length < _COLUMN and _EVERY.match(shown)))


def names_kind(text: str, block: Block) -> bool:
    """Say whether a line names what kind of talk it is, as a title does."""
    return bool(_TALK.search(text, block.start, block.end))


def is_kind_alone(text: str, block: Block) -> bool:
    """Say whether a line is nothing but the kind of talk: `Press Availability`."""
    return bool(_KIND_ALONE.fullmatch(text, block.start, block.end))


def titles_talk(text: str, block: Block) -> bool:
    """Say whether a first line, though it ends in a full stop, is the title of a talk."""
    if block.length > _TITLE or not _TITLED.match(text, block.start, block.end):
        return False
    return not SENTENCES.search(text, block.start, block.end)


def titles_on(text: str, block: Block) -> bool:
    """Say whether a line goes on with the title above it: `given by Ms. Roy after the council`."""
    if not 0 < block.length < _TITLE or text[block.end - 1] in ".?!…":
        return False
    return bool(_GIVEN.match(text, block.start, block.end))


def names_place(text: str, block: Block, sure: bool) -> bool:
    """Say whether a line is but town and country: in capitals, or `sure` by what stands beside."""
    shown = text[block.start : block.end]
    if block.length > _LONGEST or not _PLACE.fullmatch(shown):
        return False
    return sure or shown.isupper()


def lists_witnesses(text: str, above: Block, block: Block) -> bool:
    """Say whether a line below `Witnesses` names them, each with an office or a house."""
    if above.length > _HEADS_WITNESSES or block.asks:
        return False
    if not _WITNESSES.fullmatch(text, above.start, above.end):
        return False
    return bool(_OFFICED.match(text, block.start, block.end))


def presents(text: str, block: Block) -> bool:
    """Say whether a line is but a name and an office: `Grant Hollis, Deputy Spokesperson`."""
    if block.length > _LONGEST or block.asks:
        return False
    match = _PERSON.fullmatch(text, block.start, block.end)
    if match is None or clean_name(match["name"]) != match["name"]:
        return False
    if names_kind(text, block) or match["office"].lower().startswith(("invité", "guest ")):
        return False  # a hearing of somebody, or whom a programme receives
    return not _FUNCTIONS.isdisjoint(fold(match["office"]).split()[:3])
