"""What words may stand for: a first name translated, an article run into its name, initials."""

from __future__ import annotations

import re
from typing import Final

# First names that are one in several languages, folded, a family a line.
_FAMILIES: Final = """
alexandre alexander aleksandr alexandr aleksandar alejandro alessandro oleksandr alex
andre andrew andreas andrei andrey andrej andres andrea andrii andrzej
antoine anthony antony anton antonio antoni tony
benoit benedict benedikt benito benedetto
catherine katherine katharina ekaterina caterina catalina kateryna
charles carl karl carlos carlo karel karol
christian cristian kristian
christophe christopher christoph cristobal cristoforo
claude claudio claudius
daniel danielle daniele danylo
david davide dawid
denis dennis denys
dimitri dmitri dmitry dmitriy dmytro dimitrios
edouard edward eduard eduardo edoardo edvard
elisabeth elizabeth isabel isabelle elisabetta liz
emmanuel emanuel manuel emanuele immanuel
etienne stephen steven stefan stephane esteban stefano stepan steve
eugene evgueni yevgeny evgeny yevgeniy eugenio yevhen
francois francis frank franz francisco francesco ferenc
frederic frederick friedrich federico fryderyk
gauthier walter gualtiero
georges george georg jorge giorgio iouri yuri yury jerzy
gregoire gregory grigori gregor gregorio
guillaume william wilhelm guillermo willem guglielmo bill
guy guido
helene helen helena elena olena
henri henry heinrich enrique enrico henryk
herve hervey
hugues hugh hugo ugo
ignace ignazio ignacio
jacques james jakob jacob jaime giacomo jake jim
jean john johann johannes jan juan giovanni ivan joao ioannis ion
jerome jeronimo girolamo
joseph josef jose giuseppe josep yosef iossif joe jo
jules julius julio giulio
julien julian giuliano
laurent lawrence lorenz lorenzo laurentiu
louis lewis ludwig luis luigi ludovic
luc luke lucas luca lukas
marc mark marcus marco marek marcos
marie mary maria mariya
marguerite margaret margarita margherita
martin marten martino
mathieu matthew matthias mateo matteo mateusz
michel michael mikhail miguel michele mikael michal mike
nicolas nicholas nikolai nikolay nicola niccolo mikola mykola nick
olivier oliver oliviero
paul pavel pablo paolo paulo pawel
philippe philip felipe filippo filip
pierre peter petr pedro pietro piotr petro pieter
raphael rafael raffaele
raymond raimund ramon raimondo
robert roberto rupert bob
serge sergei sergey serguei sergio serhii sergej
therese theresa teresa
thierry dietrich theodoric
thomas tomas tommaso tomasz tom
vladimir volodymyr wladimir vlodimir
vincent vicente vincenzo
yves ivo yvo
"""
_OTHERS: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(other for other in family.split() if other != name)
    for family in _FAMILIES.strip().splitlines()
    for name in family.split()
}
_RUN_IN = re.compile(r"[ld](?=h?[aeiouy]\w{2})")  # l’OTAN heard as "lotan"
_INITIALS = re.compile(r"(?:[A-Z]\.?){3,6}")
SMALL_WORDS: Final = frozenset({
    "a", "and", "au", "aux", "d", "de", "del", "des", "du", "en", "et", "for", "in", "l", "la",
    "le", "les", "of", "on", "pour", "sur", "the", "to",
})  # fmt: skip
MOST_WORDS: Final = 8  # of what may hold a name beside other words
LONGEST_PART: Final = 4  # words
SHORTEST_PART: Final = 3  # letters


def variants(folded: str) -> tuple[str, ...]:
    """Other names that a folded name may be: its first name in other languages, or no article."""
    first, _, rest = folded.partition(" ")
    found = [f"{other} {rest}" for other in _OTHERS.get(first, ())] if rest else []
    if _RUN_IN.match(folded):
        found.append(folded[1:])
    return tuple(found)


def asked_initials(words: str) -> str:
    """The initials that these words are, folded; "" where they are none: three capitals or more."""
    said = words.strip()
    return said.replace(".", "").lower() if _INITIALS.fullmatch(said) else ""


def initials(folded: str) -> str:
    """The first letters of a folded name's words, but for the small ones."""
    return "".join(word[0] for word in folded.split() if word not in SMALL_WORDS)


def names_within(folded: str) -> list[str]:
    """The parts of folded words that may be names of their own: "president macron" holds two."""
    words = folded.split()
    if not 1 < len(words) <= MOST_WORDS:
        return []
    return [
        part
        for count in range(1, min(len(words) - 1, LONGEST_PART) + 1)
        for start in range(len(words) - count + 1)
        if len(part := " ".join(words[start : start + count])) >= SHORTEST_PART
    ]
