"""The newspaper, station or agency that asks, as the words around a talk name it."""

from __future__ import annotations

import re
from functools import lru_cache

from articles.text.regex import regex
from articles.text.vocab import OFFICES, fold

_UP = "A-ZÀ-ÖØ-ÞŒŠŽŁČĆ"
_CAPITAL = rf"(?:[dDlL]['’])?[{_UP}][\w'’&-]*"
_OF = r"(?:de la|du|des|de l['’]|de|d['’]|of the|of|and|et)"
_TITLE = (
    rf"(?:(?:Le|La|Les|The)[ \u00a0]|L['’][ \u00a0]?)?{_CAPITAL}"
    rf"(?:[ \u00a0](?:{_CAPITAL}|\d+|{_OF}[ \u00a0]?{_CAPITAL}|"
    r"(?:de la|du|des|of the)[ \u00a0][a-zà-ÿ]{3,}))*"
)
_KINDS = regex(
    r"\b(?:le monde|le figaro|liberation|la croix|le point|l'express|l'obs|mediapart|les echos|"
    r"ouest-france|le parisien|le temps|le soir|la libre|france \d+|france (?:inter|info|culture|"
    r"24|bleu)|franceinfo|rfi|rtl|rtbf|rts|tf1|lci|bfm\w*|cnews|cnn|cbs|nbc|abc|bbc|pbs|npr|fox|"
    r"msnbc|c-span|sky|afp|reuters|ap|bloomberg|politico|axios|al jazeera|arte|tv5\w*|europe 1|"
    r"radios?|tele(?!conf|phon|gram|work)\w*|tv|fm|canal|kanal|channel|news|times|post|journal|"
    r"gazette|tribune|courrier|"
    r"courier|herald|guardian|economist|observer|observateur|revue|review|magazine|hebdo|dispatch|"
    r"chronicle|chroniques?|cahiers|agence|agency|"
    r"presse(?! (?:etrangere|internationale|nationale|francaise|regionale|ecrite|accreditee))|"
    r"press(?! (?:briefing|conference|availability|gaggle|point|release|statement|secretary))|"
    r"quotidien|daily|weekly|quarterly|"
    r"nouvelles|nouvelliste|echos?|depeche|matin|ledger|monitor|sentinel|argus|mercury|examiner|"
    r"inquirer|broadcast\w*|independent|independant|bulletin|messager|messenger|progres|"
    r"republicain|eclair|"
    r"digest|annales|mensuel|standard|gazet\w*|telegraph|telegramme|telegraphe|wire|podcast|"
    r"\w*(?:blatt|zeitung|rundschau|anzeiger)|diario|vanguardia|periodico|"
    r"der spiegel|die zeit|el pais|la stampa|corriere|kommersant|tass|"
    r"the [a-z]+ (?:times|post|star|globe|mail|record|register))\b"
)
# What stands before the name of one's employer, publisher or subject rather than of who asks.
_EMPLOYER = regex(
    r"(?:direct(?:eur|rice|or)|rédact(?:eur|rice)[\w ]*|chef|fondat(?:eur|rice)|founder|editor|"
    r"patronn?e?|head|journaliste|correspond\w+|reporter|columnist|chroniqueu\w+|collaborat\w+|"
    r"ancien\w*|former\w*|auteure?|author|président\w*|president|lect(?:eur|rice|ure)s?|readers?|"
    r"article|enquête|tribune|publi\w+|pages|prix|owner|employee|staff|chair\w*)"
    r" (?:[\w-]+ ){0,2}?(?:de la |de l['’]|du |des |de |d['’]|of the |of |at the |at |for the |"
    r"for |"
    r"à la |à l['’]|à |au |aux |chez |dans |in the |in )?$|"
    r"\b(?:reported|worked|filed|wrote|freelanced|couvert|travaillé|collaboré)(?: [\w-]+){0,4}"
    r" (?:for (?:the )?|pour (?:le |la |les |l['’])?)$",
    re.I,
)
_SPEAKS = regex(
    r"(?i:questions (?:de l['’]|de la|de|du|des|d['’]|from|by|of|put by)|"
    r"(?:accord\w*|confi\w*|parl\w*|répond\w*|déclar\w*|exprim\w*|expliqu\w*|livr\w*|racont\w*|ouvert?e?)"
    r"(?: [\w'’-]+){0,4}? (?:à la|à l['’]|à|aux?|dans|sur|pour)|"
    r"(?:interview|entretien|conversation|rencontre)(?: [\w'’-]+){0,6}? (?:avec|à la|à l['’]|à|"
    r"aux?|pour|dans|sur|de la|for|"
    r"in|with|by|to)|"
    r"(?:talk|sp[eo]a?k|chat|answer|open|g[ai]ve|t[eo]ll|s[ai]t)\w*(?: [\w'’-]+){0,4}? (?:to|"
    r"with|for|on|down with)|"
    r"told|(?:recueillis?|recueillie?s?|rencontrée?|interrogée?|interviewée?|"
    r"reçue?)(?: [^.\n]{0,40}?)? (?:pour|par|à|de|sur|dans)|"
    r"(?:micro|antenne|plateau|studios?|colonnes|ondes|invitée?|guest|matinale|émission|programme) "
    r"(?:de la|de l['’]|de|du|des|d['’]|sur|of|on)|"
    r"(?:recorded|broadcast|aired|published|enregistrée?|diffusée?|publiée?|parue?) "
    r"(?:by|for|on|in|par|pour|sur|dans|à)|interviewed by|speaking (?:to|on|with))"
    r"(?:\s+|(?<=['’]))(?:(?:l['’]|le |la |the |notre |our )?(?:agence|hebdomadaire|quotidien|"
    r"journal|"
    r"chaîne|magazine|radio|station|revue|mensuel|site|newspaper|agency|paper|weekly|daily|"
    r"programme|"
    r"program) |the |les |la |le |l['’]|au |du )?"
    rf"[\"«“*_]?[ \u00a0\u202f]?(?P<outlet>{_TITLE})"
)
_TELLS = regex(
    r"racont|confi|répond|accord|expliqu|déclar|livr|told|tell|talk|sp[eo]|g[ai]ve", re.I
)
_ARTICLED = (
    rf"(?:(?:Le|La|Les|The)[ \u00a0]|L['’]){_CAPITAL}(?:[ \u00a0](?:{_CAPITAL}|{_OF}[ ]?[\w'’-]+))*"
)
_ASKS = regex(
    rf"(?P<outlet>{_ARTICLED}) (?:interroge|rencontre|questionne|reçoit|"
    r"(?:a|ont|l['’]a|l['’]avait|lui a|nous a) "
    r"(?:rencontré|interrogé|questionné|reçu|posé|demandé|retrouvé|rejoint)e?s?|"
    r"asked|asks|(?:met|meets)(?! (?:in|at|on|again|this|next|every|for|to|behind)\b)|spoke|speaks|"
    r"talked|talks|caught up|sat down|visited|questioned|"
    r"interviewed|put)\w*\b"
)
_QUOTED_ASKS = regex(
    rf"[«“\"][ \u00a0\u202f]?(?P<outlet>{_TITLE})[ \u00a0\u202f]?[»”\"] (?:"
    r"(?:l['’]|lui |nous |les |leur )?(?:a|ont|avait) (?:fait |pu )?"
    r"(?:rencontr|interrog|question|reçu|posé|demandé|réuni|retrouv)|"
    r"(?:l['’]|les? |la )?(?:interroge|rencontre|questionne|reçoit|a réuni)|"
    r"(?:asked|met|spoke|talked|sat down|caught up|interviewed|put)\b)"
)
_KIND_OF = regex(
    r"(?:\b(?:quotidien|journal|hebdomadaire|hebdo|mensuel|magazine|revue|radio|chaîne|station|"
    r"site|podcast|émission|agence|newspaper|daily|weekly|monthly|paper|programme))"
    rf"[ \u00a0][\"«“*_]?[ \u00a0\u202f]?(?P<outlet>{_TITLE})"
)
_GIVEN_TO = regex(rf"\b(?:pour|à|avec|chez|dans|sur|for|with|to|in|by|par) (?P<outlet>{_ARTICLED})")
_PLACES = regex(
    r"(?:le |la |les |the |l')(?:havre|haye|caire|mans|hague|reunion|rochelle|mecque|valette|paz|"
    r"baule|ciotat|seyne|grande|plata|canee|bronx|gambia|lavandou|touquet|croisic|pirée|piree)\b"
)
_EVENT = regex(
    r"briefing|conf[ée]rence|availability|gaggle|remarks|interview|entretien|transcript|point|"
    r"statement|club|freedom|libert|prize|prix|book|school|secretary|office",
    re.I,
)
_LONE = regex(_TITLE)
_SMALL_END = regex(r"(?: (?:et )?[a-zà-ÿ]{4,}){1,2} *")  # Courrier des mondes lents
_PICTURE = regex(r"(?:Photos?|Crédits?|Credits?|Illustrations?|Dessins?) ")  # (Photo Le Courrier)
_PROGRAMME = regex(r"(?:PODCASTS?|Podcasts?|LE PODCAST|THE PODCAST) (?=[A-ZÀ-Þ])")
_STEMS = (
    "question", "interview", "entretien", "accord", "confi", "parl", "répond", "déclar",
    "exprim", "expliqu", "livr", "racont", "ouver", "talk", "spe", "spo", "chat", "answer",
    "open", "give", "gave", "tell", "told", "sat", "sit", "recueilli", "rencontr", "interrog",
    "reçu", "micro", "antenne", "plateau", "studio", "colonnes", "ondes", "invité", "guest",
    "matinale", "émission", "program", "recorded", "broadcast", "aired", "publi", "enregistr",
    "diffus", "paru",
)  # fmt: skip


@lru_cache(maxsize=8192)
def names_outlet(folded: str) -> bool:
    """Say whether a folded name is a known kind of newspaper, station or agency."""
    return bool(_KINDS.search(folded))


def looks_outlet(name: str) -> bool:
    """Say whether a name is that of a newspaper, a station or an agency."""
    if names_outlet(fold(name)):
        return True
    return name.startswith(("Le ", "La ", "Les ", "The ", "L’ ", "L' ")) and not is_officed(name)


def is_officed(name: str) -> bool:
    """Say whether a name with an article is that of who holds an office: Le Ministre Jean Roy."""
    return fold(name.partition(" ")[2].partition(" ")[0]) in OFFICES


def find_outlet(heads: str, body: str) -> str:
    """Give the outlet that the words around a talk say it was given to, or ''.

    First a name worded as an outlet after words of talking to somebody; then one in the headings;
    then one anywhere, unless it is where somebody works.
    """
    words = f"{heads}\n{body}"
    low = words.lower()
    if any(stem in low for stem in _STEMS):
        for match in _SPEAKS.finditer(words):
            begin = match.start("outlet")
            works = _EMPLOYER.search(words[max(0, begin - 60) : begin])
            if looks_outlet(match["outlet"]) and not works:
                return _tidy(match["outlet"])
    found = _asking(words) or _worded(heads) or _worded(body)
    return found or _first(_GIVEN_TO, words)


def told_to(words: str) -> list[str]:
    """Give the names to whom something was told, as the words say, worded as outlets or not."""
    low = words.lower()
    if not any(stem in low for stem in _STEMS):
        return []
    return [_tidy(match["outlet"]) for match in _SPEAKS.finditer(words) if _TELLS.match(match[0])]


def with_article(outlet: str, words: str) -> str:
    """Give an outlet's name with the article that the words print with it elsewhere."""
    if not outlet or outlet.startswith(("Le ", "La ", "Les ", "The ", "L'", "L’")):
        return outlet
    articled = re.compile(
        rf"(?:\b(?:Le|La|Les|The|LE|LA|LES|THE) |\bL['’]){re.escape(outlet)}\b", re.I
    )
    found = next((m[0] for m in articled.finditer(words) if m[0][0].isupper()), "")
    return (found[: -len(outlet)].capitalize() + outlet) if found else outlet


def _asking(words: str) -> str:
    """Give the name that stands as who asks, or after a word for a kind of paper or station."""
    return _first(_QUOTED_ASKS, words) or _first(_ASKS, words) or _first(_KIND_OF, words)


def _first(pattern: re.Pattern[str], words: str) -> str:
    """Give the first name a pattern finds that is neither a place nor somebody's employer."""
    for match in pattern.finditer(words):
        begin = match.start("outlet")
        placed = _PLACES.match(fold(match["outlet"])) or is_officed(match["outlet"])
        if not placed and not _EMPLOYER.search(words[max(0, begin - 60) : begin]):
            return _tidy(match["outlet"])
    return ""


def _worded(words: str) -> str:
    """Give the first name that is worded as an outlet and is nobody's employer."""
    for line in words.split("\n"):
        if not _KINDS.search(fold(line)):
            continue
        for match in _LONE.finditer(line):
            masthead = not match.start() and _SMALL_END.fullmatch(line, match.end())
            name = _PICTURE.sub("", _tidy(line.rstrip() if masthead else match[0]))
            single = " " not in name and "-" not in name and not name.isupper()
            if single or line.isupper() or _EVENT.search(name) or not names_outlet(fold(name)):
                continue
            if not _EMPLOYER.search(line[: match.start()][-60:]):
                return name
    return ""


def _tidy(name: str) -> str:
    """Take an elided article in lower case, and a closing possessive, off an outlet's name."""
    name = _PROGRAMME.sub("", name.strip().removesuffix("'s").removesuffix("’s"))
    if name[:2] in ("d'", "d’", "l'", "l’", "D'", "D’"):
        return name[2:]
    return name
