"""Names as running text gives them: persons and outlets, and who is said to ask or to answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from articles.text.outlets import find_outlet, is_officed, looks_outlet, told_to, with_article
from articles.text.persons import (
    NAME,
    NAMES,
    OUTLET,
    clean_name,
    heading_names,
    leader_in,
    names_in,
    uncapital,
)
from articles.text.regex import regex
from articles.text.vocab import DOMAINS, HONORIFICS, OFFICES, fold

_ORIGIN = regex(
    r"[\w-]+(?:oise?|aise?|ien(?:ne)?|éen(?:ne)?|aine?|ine?|ole?|ande?|ote|arde?|ais|ique|asque|èque|iste)"
)
_OUTLETS = regex(OUTLET)
_POSTS = DOMAINS | OFFICES


@dataclass(slots=True)
class Said:
    """Who the words around a talk say asks and answers."""

    askers: list[str] = field(default_factory=list)
    outlet: str = ""
    answerers: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    frame: str = ""
    told: list[str] = field(default_factory=list)
    hearers: list[str] = field(default_factory=list)  # to whom it was told, as the words say
    persons: list[str] = field(default_factory=list)
    leader: str = ""
    heads: str = ""


_PERSON_ASKS = regex(
    r"(?i:propos recueillis(?: et traduits)?(?:[ \u00a0][\w' ’]{1,40})? par|recueillie?s? par|"
    r"(?:interview|entretien)e?(?: exclusi(?:f|ve))? (?:réalisée?|menée?|conduite?|recueillie?|"
    r"préparée?)(?: [^.\n]{0,80}?)? par|"
    r"(?:a été|été) (?:réalisée?|menée?|conduite?)(?: [^.\n]{0,80}?)? par|"
    r"interview(?:ed)? (?:conducted )?by|interroge(?:e|é|ée)? par|au micro (?:de|d['’])|as told to|"
    r"conducted by|(?:moderated|hosted|presented|chaired) by|(?:animée?|présentée?|modérée?|menée?|"
    r"dirigée?|conduite?) par|(?:aux|les) questions (?:de|d['’])|questions (?:from|by|put by)|"
    r"reçue? par|rencontrée? par|interviewée? par|in conversation with|sat down with|spoke (?:to|"
    r"with)|"
    r"talked (?:to|with)|conversation avec|échange avec|se confie à|s['’]est confiée? à|"
    r"racont(?:er|ée?|e|ait) à|"
    r"tells?|told)"
    rf"\s*:?\s+(?P<names>(?:{NAME})(?:(?:,\s|\s(?:et|and|&)\s)(?:{NAME}))*)"
)
_WITH_GUEST = regex(  # a heading: who is named after it answers
    rf"\W*(?:[\w’']+ ){{0,2}}(?i:conversation|échange) avec\s+(?P<name>{NAME})", re.M
)
_PERSON_MEETS = regex(
    rf"(?P<name>{NAME})(?:,[^,.;\n]{{2,60}},)?[ ](?:l['’](?:a|avait) (?:rencontré|interrogé|reçu|"
    rf"interviewé|questionné)e?|"
    r"(?:a|ont) (?:rencontré|interrogé|reçu|interviewé)e?|sat down with|spoke (?:to|with)|"
    r"interviewed|"
    r"met with|talked to|asked|s['’]est entretenu|"
    r"(?:wrote|e-?mailed|put (?:[a-z]+ ){1,3})(?: ?to)? (?:her|him|them)\b|"
    r"(?:lui|leur) a (?:écrit|envoyé|adressé|posé))"
)
_OURS = regex(
    r"\b(?:our|notre)(?: [a-zà-ÿ'’-]+){0,2} (?:editor|correspondent|reporter|columnist|"
    r"journaliste|correspondante?|envoyée?|rédactrice|rédacteur|collaboratrice|collaborateur|"
    rf"chroniqueu(?:r|se))(?: [a-zà-ÿ'’-]+){{0,4}},? (?P<name>{NAME})"
)
_TO_PRESS = regex(
    r" (?:(?:(?:the|local|our|a few|some) )?(?:reporters|journalists|press|us)|"
    r"la presse|(?:les|des|quelques|nos) (?:journalistes|confrères|reporters))\b"
)
_THE = regex(r"\s*(?:the |our |[\"“«*_]\s?)*")
_OUTLET_ASKS = regex(
    r"(?i:questions (?:de|du|d['’]|from|by|of)|accordée? (?:à|au)|(?:interview|entretien) (?:à|au)|"
    r"(?:déclaré|confié|répondu|accordé[^.]{0,40}) (?:à|au)|interview with|(?:a|ont) reçu|"
    r"received|(?:entretien|conversation|dialogue) avec|micro (?:de|d['’])|"
    r"(?:il|elle|qui) reçoit|invitée? (?:de|du|d['’]|sur)|"
    r"l['’]invitée? (?:de|du)|plateau (?:de|du)|colonnes (?:de|du)|"
    r"antenne (?:de|du)|reçue? (?:par|sur)|s['’]exprime (?:dans|sur)|"
    r"(?:rencontrée?|interrogée?|interviewée?|recueillis|reçue?)[^.\n]{0,40}? pour|spoke (?:to|"
    r"with)|"
    r"talked to|told|speaking (?:to|on)|(?:diffusée?|publiée?) (?:par|sur|dans)|a reçu[^.\n]{0,30} "
    r"pour)"
    rf"(?:\s+|(?<=['’]))(?i:l['’]agence |l['’]hebdomadaire |le quotidien |le journal |la chaîne |"
    rf"le magazine |la "
    rf"radio )?"
    rf"[\"«“]?[ \u00a0]?(?P<outlet>{OUTLET})"
)
_WITH = regex(
    rf"(?P<guest>{NAME}) (?:[Ww]ith|avec) (?P<asker>{NAME}) (?:of|from|for|de|du|on|pour) "
    rf"(?P<outlet>{OUTLET})"
)
_HOSTS = regex(
    rf"(?P<askers>(?:{NAME})(?: (?:et|and) (?:{NAME}))?) (?:reçoit|reçoivent|accueille|accueillent|"
    rf"interroge|"
    rf"recevait|recevaient|accueillait|accueillaient|interviews?|talks? (?:to|with)|speaks? "
    rf"(?:to|with)|questionne|a reçu|sits down with) "
    rf"(?:[a-zéèà'’ ]{{1,40}} )?(?P<guest>{NAME})"
)
_QUOTED_OUTLET = regex(
    rf"(?i:avec|à|au|with|for|pour|sur|dans|in|to|de|reçu|rencontré|par|by|told) "
    rf"[\"«“]\s?(?P<outlet>{OUTLET})\s?[\"»”]"
)
_ANSWERS = regex(
    r"(?i:(?:entretien|interview|rencontre|conversation|dialogue|échange|discussion|interview "
    r"exclusive|q&a|"
    r"questions? (?:et réponses? )?)(?: \w+){0,2} (?:avec|de|d['’]|with|à|of)|interview|"
    r"(?:audition|intervention|conférence de presse|déclaration|discours|point de presse) (?:de|"
    r"d['’]|du)|"
    r"(?:remarks|press conference|press briefing|briefing|statement|press gaggle|interview|q&a|"
    r"questions?)"
    r" (?:by|with|of)|(?:remarks|briefing) (?:by|with))"
    r"\s+(?:(?i:m\.|mme|mr\.?|mrs\.?|ms\.?|l['’]|le |la |the |former |ancien(?:ne)? )[ ]?)*"
    rf"(?:[a-zéèêâîôûàçïë' ’-]{{3,60}}? )?(?P<name>{NAME})"
)
_REPLIES = regex(
    rf"(?P<name>{NAME})(?:,[^.;\n]{{2,120}}?,)?\s(?i:répond|a répondu|a bien voulu|revient sur|"
    rf"explique|"
    r"nous (?:a|ont) (?:reçu|accordé|parlé|confié|répondu)|s['’]est confiée?|se confie|raconte|"
    r"a accordé|answered|answers|spoke|talks|explains|reflects|discusses|sat down|a dirigé|analyse|"
    r"publie|décrypte|est l['’]invitée?|était l['’]invitée?)"
)
_CREDITS = regex(
    rf"(?:^|[\n.!?…(–—|])\W*(?:[Ee]ntretien|[Ii]nterview|[Pp]ropos recueillis)\s?:\s?"
    rf"(?P<name>{NAME})|"
    rf"(?:received|met|welcomed) {OUTLET}['’]s (?P<second>{NAME})|"
    r"(?:Host|Interviewer|Présentation|Animation|Journaliste|Presenter|Presented by|Questions)\s?:"
    rf"\s?(?P<third>{NAME})"
)
_STATED = regex(
    rf"(?:Interview|Conversation|Q&A|Roundtable) [Ww]ith (?P<asker>{NAME}) (?:of|from|for|on)\b"
)
_GUESTS = regex(
    rf"(?:Guest|Invitée?|INVITÉE?|GUEST|[Aa]ujourd['’]hui|[A-Z]\w+ Interview)\s?:\s(?P<name>{NAME})"
)
_TITLED = regex(
    rf"(?P<name>{NAME})\s?[:–—]\s?[«“\"]|(?P<after>{NAME})\s[–—-]\s(?P<outlet>{OUTLET})$"
)
# An interview with one whom it names by a title and a surname: `ENTRETIEN AVEC M. LENOIR`.
_TITLED_GUEST = regex(
    r"\b(?i:(?:entretien|interview|conversation|rencontre|audition) (?:avec|with|de|of) )"
    r"(?P<name>(?:M\.|Mme|MME|Mlle|MLLE|Mr\.?|MR\.?|Mrs\.?|MRS\.?|Ms\.?|MS\.?|Dr\.?|DR\.?) "
    r"[A-ZÀ-Þ][\w'’-]{2,})(?=\s*(?:$|[,.–—(]|\n))",
    re.M,
)
_SAYS = regex(rf"[»”\"],? [a-zà-ÿ]{{3,}}(?: [a-zà-ÿ]+)? (?P<name>{NAME})$", re.M)


def likeliest(persons: list[str], said: Said) -> list[str]:
    """Order persons by how often the words around the talk name them, then as they come."""
    words = said.frame.split()
    counts = {p: sum(w.startswith(fold(p.split()[-1])) for w in words) for p in persons}
    return sorted(persons, key=lambda p: -counts[p] - 2 * (p in said.told))


def titled_guest(heads: str) -> list[str]:
    """Give who answers as a heading names him or her by title and surname alone, if one does."""
    match = _TITLED_GUEST.search(heads)
    return [uncapital(match["name"])] if match else []


def read_frame(heads: str, body: str, known_outlet: str = "") -> Said:
    """Read who asks and who answers from the words around a talk: its headings and paragraphs."""
    words = f"{heads}\n{body}"
    if words.isspace():
        return Said(outlet=known_outlet)
    said = Said(outlet=known_outlet, persons=names_in(body), frame=fold(words), heads=heads)
    said.told = list(said.persons)
    said.persons += [n for n in heading_names(heads) if n not in said.persons]
    said.leader = leader_in(words)
    said.others = [m[0] for m in _OUTLETS.finditer(words)] + [m[0] for m in NAMES.finditer(words)]
    said.hearers = told_to(words)
    _read_askers(words, said)
    for match in _OUTLET_ASKS.finditer(words):
        outlet = match["outlet"].strip()
        person = clean_name(outlet)
        looks = said.outlet or (_is_person(person, said.persons) and not looks_outlet(outlet))
        if not looks and not is_officed(outlet) and not fold(outlet).startswith(tuple(HONORIFICS)):
            said.outlet = outlet
    quoted = _QUOTED_OUTLET.search(words)
    if quoted and not said.outlet:
        said.outlet = quoted["outlet"]
    if not said.outlet:
        said.outlet = find_outlet(heads, body)
    for pattern in (_ANSWERS, _TITLED, _REPLIES):
        for match in pattern.finditer(words):
            groups = match.groupdict()
            name = clean_name(groups.get("name") or groups.get("after") or "")
            outlet = str(groups.get("outlet") or "").strip()
            if outlet and not said.outlet and not is_officed(outlet):
                said.outlet = outlet
            if name and " " in name and name not in said.askers and not looks_outlet(name):
                said.answerers.append(name)
    if not said.answerers:
        for match in _SAYS.finditer(heads):
            _keep_answerer(match["name"], said)
    _leave_origins(words, said)
    if said.outlet != known_outlet:
        said.outlet = with_article(said.outlet, words)
    return said


def _leave_origins(words: str, said: Said) -> None:
    """Take where somebody comes from off the names: `le Bernois Beat Zurflüh`."""
    for names in (said.persons, said.told, said.answerers, said.askers):
        for place, name in enumerate(names):
            first, _, rest = name.partition(" ")
            if " " in rest and _ORIGIN.fullmatch(first) and fold(first) not in OFFICES:
                told = re.search(rf"\b(?:[Ll][ea] |[Ll]['’]|du |au |à la |[Uu]ne? ){name}\b", words)
                names[place] = rest if told else name


def _is_person(name: str, persons: list[str]) -> bool:
    """Say whether a name is one of the persons, or the surname of one."""
    return name in persons or any(person.endswith(f" {name}") for person in persons if name)


def _read_askers(words: str, said: Said) -> None:
    """Keep the persons who are said to ask."""
    for match in _PERSON_ASKS.finditer(words):
        if _WITH_GUEST.fullmatch(words, words.rfind("\n", 0, match.start()) + 1, match.end()):
            _keep_answerer(match["names"], said)
            continue
        for name in re.split(r",\s|\s(?:et|and|&)\s", match["names"]):
            _keep_asker(name, said)
    for match in _PERSON_MEETS.finditer(words):
        told = _TO_PRESS.match(words, match.end()) or _OURS.match(words, match.end() + 1)
        if told or _meets_outlet(words, match.end()):
            _keep_answerer(match["name"], said)
            continue
        _keep_asker(match["name"], said)
    for match in _HOSTS.finditer(words):
        if looks_outlet(match["guest"]):
            _keep_answerer(match["askers"], said)
            continue
        for name in re.split(r"\s(?:et|and)\s", match["askers"]):
            _keep_asker(name, said)
        guest = clean_name(match["guest"])
        if " " in guest and not looks_outlet(guest):
            said.answerers.append(guest)
    for match in _OURS.finditer(words):
        _keep_asker(match["name"], said)
    for match in _CREDITS.finditer(words):
        _keep_asker(match["name"] or match["second"] or match["third"], said)
    stated = _STATED.search(words)
    if stated:
        _keep_asker(stated["asker"], said)
    for match in _GUESTS.finditer(words):
        _keep_answerer(match["name"], said)
    meets = _WITH.search(words)
    if meets and not _ANSWERS.search(words[: meets.end("asker")]):
        _keep_asker(meets["asker"], said)


def _meets_outlet(words: str, start: int) -> bool:
    """Say whether the name that begins here is that of an outlet."""
    article = _THE.match(words, start)
    match = NAMES.match(words, article.end() if article else start)
    return bool(match and looks_outlet(match[0]))


def _keep_answerer(name: str, said: Said) -> None:
    """Keep one who spoke to an outlet or to the press."""
    name = clean_name(name)
    if " " in name and not looks_outlet(name) and name not in said.answerers:
        said.answerers.append(name)


def _keep_asker(name: str, said: Said) -> None:
    """Keep one who asks: a person, or the outlet if it is one."""
    if looks_outlet(name):
        return
    name = clean_name(name)
    if _POSTS.issuperset(fold(name).split()):
        return  # what stands behind a name's comma: Acting Spokesperson
    if " " in name and fold(name) not in map(fold, said.askers):
        said.askers.append(name)
