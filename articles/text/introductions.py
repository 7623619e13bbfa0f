"""Who the voices of a talk say they are, and whom they introduce, greet or call on."""

from __future__ import annotations

import re

from articles.text.asides import BYLINES
from articles.text.outlets import looks_outlet
from articles.text.persons import NAME, OUTLET, clean_name, names_in
from articles.text.regex import regex
from articles.text.vocab import DAY, MONTH, NOT_FIRST, OFFICES, fold

_OPENS_WITH = regex(
    r"(?:(?:Bonjour|Bonsoir|Merci|Hello|Hi|Thank you|Thanks|Good (?:morning|afternoon|evening)|"
    r"Monsieur|Madame|Mr\.? President|Madam|thanks|thank you|merci)"
    rf"[^.,]{{0,24}}[.,] ){{0,2}}(?P<name>{NAME})(?:,| pour| du| de| from| with) "
    rf"(?P<outlet>{OUTLET})[.,]"
)
_AT_MICROPHONE = regex(
    r"(?P<greets>(?:Bonjour|Bonsoir|Oui|Merci|Yes|Hello|Hi|Thank you|Thanks|Good "
    r"(?:morning|afternoon|evening))(?: [a-zà-ÿ]{1,9}){0,3}[.,!] )?(?:"
    rf"(?P<name>{NAME})[,.] (?:(?:et )?je suis|je (?:travaille|viens|représente)|étudiante?|"
    r"(?:and )?I(?:['’]m| am)|I (?:work|study|teach|come)|from|(?:a |an )?(?:\w+ ){0,2}student|"
    r"of the)\b|"
    rf"(?i:my name(?: is|['’]s)|je m['’]appelle|mon nom est) (?P<mine>{NAME})[,.]|"
    rf"(?i:i['’]m|i am|je suis) (?P<full>{NAME})[,.])"
)
# Plain words that must stand in a text before its patterns are worth the search.
_MYSELF_SIGNS = ("i'm ", "i’m ", "i am ", "my name", "this is", "je suis", "je m", "ici ", "micro")
_GUEST_SIGNS = (
    "guest", " with", "’ve got", "'ve got", "joined", "joins", "accompanied", "invité", "recev",
    "reçoi", "accueill",
    "avec ", "je suis", "nous sommes", "compagnie", "présence", "bienvenue", "welcome", "bonjour",
    "bonsoir", "good ", "hello", "merci", "thank", " is here", ", you", ", vous",
)  # fmt: skip
_MYSELF = regex(rf"(?i:\bi['’]m|\bi am|my name is|\bje suis|je m['’]appelle)\s(?P<name>{NAME})")
_INTRODUCES = regex(
    r"(?i:\bi['’]m|\bi am|my name is|\bthis is|\bje suis|je m['’]appelle|\bici|au micro,?)\s"
    rf"(?P<name>{NAME})"
)
_GUEST = regex(
    r"(?i:(?:my|our|today['’]s|tonight['’]s) guest(?: [\w'’-]+){0,3}? is|(?:joined|accompanied) by|"
    r"i['’]m (?:here |sitting )?with|with (?:me|us)(?: [\w'’-]+){0,4}? is|welcome to|"
    r"please welcome|(?:we['’]ve|i['’]ve) got|"
    r"(?:mon|notre|l['’]) ?invitée?(?: [\w'’-]+){0,4}? (?:est|s['’]appelle),?|"
    r"(?:nous|je) (?:recevons|reçois|accueillons|accueille)|(?:je suis|nous sommes) (?:avec|chez)|"
    r"avec (?:moi|nous)(?: [\w'’-]+){0,3}?[,:]|en (?:compagnie|présence) de|bienvenue à)"
    rf"\s+(?:(?:[a-zéèêàîôç'’-]+,? ){{0,4}}?)(?P<name>{NAME})"
)
_HERE = regex(
    rf"(?P<name>{NAME})(?:,[^.;\n]{{2,90}},)? (?i:est (?:avec nous|notre invitée?|mon invitée?)|"
    r"is (?:with (?:me|us)|here|my guest|our guest)|joins (?:me|us))"
)
_GREETS = regex(
    rf"(?:^|[.!?…] )(?:(?i:bonjour|bonsoir|good (?:morning|evening|afternoon)|hello),? )?"
    rf"(?P<name>{NAME}), (?:et |and )?(?i:bonjour|bonsoir|good|welcome|"
    r"thank|merci|bienvenue|hello|you|vous)\b"
)
_SHOW = regex(rf"[,.–—] ?(?i:with|avec|par|by) (?P<name>{NAME})[.!]?$")
_CREDITED = regex(
    r"\W*(?:par|by|(?:textes?|words|text|story) ?:|"
    r"interview(?: conducted| and edited|ed)* by|de (?:notre|nos) (?:envoy|correspond)"
    r"[^,]*,|from our [^,]*,|(?=[A-ZÀ-Þ][\w'’-]+ (?:[\w'’-]+ ){0,2}[A-ZÀ-Þ][\w'’-]+(?:$|"
    r", (?:à|in) |,? (?:correspond|staff|envoy|special|journalist|senior|report)| \()))\s*",
    re.I,
)
_MAKER = regex(r"(?:textes?|words|text|story) ?: ?(?-i:[A-ZÀ-Þ])", re.I)
_NAME = regex(NAME)
# Whose side has the word, in two words or more: `On the San Marco side, please.`
_OF_SIDE = regex(
    rf"\b(?:[Tt]he|[Oo]ur) {NAME} (?=(?:side|press|delegation|media|part|team|colleagues?)\b)|"
    rf"\b(?:côté|partie|délégation) {NAME}"
)
# Who wrote a text, and the day: `Anna Roy, Monday 3 May 2021`.
_DAY = (
    rf"(?:{DAY},? )?(?:le |on )?(?:\d{{1,2}}(?:er|st|nd|rd|th)? {MONTH}|{MONTH} \d{{1,2}}),? "
    r"(?:1[89]|20)\d\d"
)
_DATED = regex(rf"(?P<name>{NAME})(?:,| [|–—-]) (?i:{_DAY}).{{0,40}}")
# Who works for a paper or station, as a box below a text says.
_REPORTS = regex(
    rf"(?P<name>{NAME}),? (?:(?:covers|edits|reports|writes) |"
    r"is (?:an? |the |our )?(?:[\w-]+ ){0,3}(?:journalist|reporter|correspondent|editor|columnist)|"
    r"(?:couvre|collabore|écrit) |"
    r"est (?:une? |l['’]|le |la |notre )?(?:[\w-]+ ){0,2}"
    r"(?:journaliste|reporter|correspondante?|rédact(?:eur|rice)|chroniqueu(?:r|se))\b)"
)
_HEAD = 2_000  # code points in which the voices of a transcript without capitals are introduced
_TOLD_BY = (
    "je suis|je m'appelle|ici|i'm|i am|my name is|this is|avec|with|ambassadeur|ambassadrice|"
    "ambassador|ministre|minister|présidente?|president|professeure?|professor|docteur|doctor|"
    "invitée?|guest is|guest|recevons|reçoit|accueille|bienvenue à|welcome"
)


def introduced_guest(words: str) -> str:
    """Give the name by which one who asks introduces or greets who will answer, or ''."""
    low = words.lower()
    if not any(sign in low for sign in _GUEST_SIGNS):
        return ""
    for pattern in (_GUEST, _HERE, _GREETS):
        for match in pattern.finditer(words):
            name = clean_name(match["name"])
            show = match["name"].startswith(("The ", "L'", "L’"))
            if " " in name and not show and not looks_outlet(name):
                return name
    return ""


def announced_host(words: str) -> str:
    """Give the name with which a show is announced: `Morning Call, with Anna Roy.`, or ''."""
    match = _SHOW.search(words)
    name = clean_name(match["name"]) if match else ""
    return name if " " in name and not looks_outlet(name) else ""


def called_on(words: str) -> str:
    """Give the last person named in the words that hand over to one who asks, or ''."""
    names = [name for name in names_in(_OF_SIDE.sub(" ", words)) if not looks_outlet(name)]
    return names[-1] if names else ""


def introduced_name(words: str) -> str:
    """Give the name by which a speaker introduces himself or herself, or ''."""
    low = words.lower()
    if not any(sign in low for sign in _MYSELF_SIGNS):
        return ""
    for pattern in (_MYSELF, _INTRODUCES):
        for match in pattern.finditer(words):
            name = clean_name(match["name"])
            if " " in name and not looks_outlet(name):
                return name
    return ""


def name_in_lower_case(first: str, text: str) -> str:
    """Find the surname that follows a first name in a transcript without capitals, or ''."""
    given = re.escape(first.lower())
    told = re.search(
        rf"\b(?:{_TOLD_BY}) {given} (?P<last>[a-zà-ÿ][a-zà-ÿ'’-]{{2,}})\b", text[:_HEAD]
    )
    if told is None or fold(told["last"]) in NOT_FIRST:
        return ""
    return f"{first} {'-'.join(part.capitalize() for part in told['last'].split('-'))}"


def says_own_name(words: str) -> str:
    """Give the name, at times but a first one, by which somebody at a microphone opens."""
    match = _AT_MICROPHONE.match(words)
    if not match:
        return ""
    name = clean_name(match["name"] or match["mine"] or match["full"])
    # A first name alone is sure after a greeting or `my name is`; else it may be any word.
    alone = match["mine"] or (match["greets"] and fold(name) not in OFFICES)
    return "" if looks_outlet(name) or not (" " in name or alone) else name


def guest_asker(words: str) -> str:
    """Give the name with which one of many who ask opens a turn: `Anna Roy, Le Courrier.`"""
    match = _OPENS_WITH.match(words)
    name = clean_name(match["name"]) if match else ""
    return name if " " in name and not looks_outlet(name) else ""


def tells_maker(line: str) -> bool:
    """Say whether a line opens as one that names who made the text."""
    return line.startswith(BYLINES) or bool(_MAKER.match(line))


def credited_names(line: str) -> list[str]:
    """List the persons whom a credit line names as its makers: a byline, a signature."""
    begin = _CREDITED.match(line)
    if begin is None:
        return []
    rest = line[begin.end() :]
    found = [m[0] for m in _NAME.finditer(rest.split("|")[0].split(",")[0])]
    names = [clean_name(name) for name in found if not looks_outlet(name)]
    return [name for name in names if " " in name][:2]


def dated_name(line: str) -> str:
    """Give the person whose name and a day are all that a line has, or ''."""
    match = _DATED.fullmatch(line)
    name = clean_name(match["name"]) if match else ""
    return name if " " in name and not looks_outlet(name) else ""


def reporter_in(line: str) -> str:
    """Give the person of whom a line says that he or she reports or writes for a living, or ''."""
    match = _REPORTS.match(line)
    name = clean_name(match["name"]) if match else ""
    return name if " " in name and not looks_outlet(name) else ""
