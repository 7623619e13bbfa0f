"""What a person types into the search box: read, made a PostgreSQL `tsquery`, and evaluated.

Words must all be there, "words in quotes" (also « » and “ ”) one after the other, `word*` finds
what begins so, `-word` and `-"words"` leave passages out. A token of several words (l'OCDE,
sous-marins) is a phrase. Whatever is typed is a query: there are no syntax errors.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from articles.text.lexemes import (
    LANGUAGES,
    LEXEME_LENGTH,
    WORD,
    fold,
    is_stop_word,
    lexemes_in_any,
)
from articles.text.regex import regex

LONGEST = 400  # code points of a search string that are read
MOST_WORDS = 32

_OPENING, _CLOSING = '"«“„', '"»”'
_TOKEN = regex(
    rf"(?P<out>(?<!\S)-)?(?:[{_OPENING}](?P<phrase>[^{_OPENING}{_CLOSING}]*)[{_CLOSING}]?"
    rf"|(?P<word>[^\s{_OPENING}{_CLOSING}]+))"
)


@dataclass(frozen=True, slots=True)
class Term:
    """One word looked for: as written, and every lexeme (or beginning of one) that answers.

    `common` are folded words that some language is not searched for ("qui"): no index knows them
    there, so they answer only where the text itself has them beside other words looked for.
    """

    word: str
    lexemes: tuple[str, ...]
    beginnings: tuple[str, ...] = ()
    common: tuple[str, ...] = ()

    def answers(self, lexeme: str) -> bool:
        """Whether a text's lexeme is this word."""
        return lexeme in self.lexemes or lexeme.startswith(self.beginnings or _NOTHING)

    def tsquery(self) -> str:
        """This word as a `tsquery` operand."""
        parts = [_quote(lexeme) for lexeme in self.lexemes]
        parts += [f"{_quote(beginning)}:*" for beginning in self.beginnings]
        return parts[0] if len(parts) == 1 else f"({' | '.join(parts)})"

    def names_tsquery(self) -> str:
        """This word where words stand folded, not stemmed: longer stems as beginnings."""
        begin = {stem for stem in self.lexemes if len(stem) > 3} | set(self.beginnings)
        parts = [_quote(lexeme) for lexeme in self.lexemes if lexeme not in begin]
        parts += [f"{_quote(stem)}:*" for stem in sorted(begin)]
        return f"({' | '.join(parts)})"


_NOTHING = ("\0",)  # begins no lexeme


@dataclass(frozen=True, slots=True)
class Part:
    """One word, or several at fixed distances (in words) from the first; found or left out."""

    terms: tuple[Term, ...]
    offsets: tuple[int, ...]
    excluded: bool = False
    quoted: bool = False  # as it is typed, without slips

    @property
    def may_be_meant(self) -> bool:
        """Whether other words may be meant by its words."""
        return not (self.excluded or self.quoted)

    def tsquery(self) -> str:
        """This part as a `tsquery` expression."""
        said = self.terms[0].tsquery()
        pairs = zip(self.offsets, self.offsets[1:], strict=False)
        for term, (before, here) in zip(self.terms[1:], pairs, strict=True):
            said = f"{said} <{here - before}> {term.tsquery()}"
        said = f"({said})" if len(self.terms) > 1 else said
        return f"!{said}" if self.excluded else said

    def names_tsquery(self) -> str:
        """The same for an article's names (title, source, voices): words without places."""
        said = f"({' & '.join(term.names_tsquery() for term in self.terms)})"
        return f"!{said}" if self.excluded else said

    def stands_in(self, positions: Mapping[str, set[int]]) -> bool:
        """Whether a text has it; `positions` gives the places of each lexeme."""
        starts: set[int] | None = None
        for term, offset in zip(self.terms, self.offsets, strict=True):
            found = {
                at - offset
                for lexeme, places in positions.items()
                if term.answers(lexeme)
                for at in places
            }
            starts = found if starts is None else starts & found
        return bool(starts)


@dataclass(frozen=True, slots=True)
class Query:
    """A search string as read; `dropped` are the words too common to be looked for alone."""

    parts: tuple[Part, ...]
    dropped: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[Part, ...]:
        """The parts to find."""
        return tuple(part for part in self.parts if not part.excluded)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to find; what only leaves out finds nothing either."""
        return not self.wanted

    def terms(self) -> tuple[Term, ...]:
        """The words to find, in order."""
        return tuple(term for part in self.wanted for term in part.terms)

    def tsquery(self) -> str:
        """The literal of a PostgreSQL `tsquery`; "" when nothing is to be found."""
        return "" if self.is_empty else " & ".join(part.tsquery() for part in self.parts)

    def names_tsquery(self) -> str:
        """The same for an article's names (title, source, voices): words without places."""
        return "" if self.is_empty else " & ".join(part.names_tsquery() for part in self.parts)

    def some_tsquery(self) -> str:
        """What has at least one of the parts to find."""
        return " | ".join(part.tsquery() for part in self.wanted)

    def some_names_tsquery(self) -> str:
        """The same for an article's names."""
        return " | ".join(part.names_tsquery() for part in self.wanted)

    def matches(self, positions: Mapping[str, set[int]]) -> bool:
        """Whether a text with its lexemes at these positions answers; as PostgreSQL decides."""
        if self.is_empty:
            return False
        return all(part.stands_in(positions) is not part.excluded for part in self.parts)

    def widened(self, words: Mapping[str, Sequence[str]], *, everywhere: bool = False) -> Query:
        """The same, where each word (as written) is also answered by other words.

        Parts that leave out or stand in quotes stay as they are unless `everywhere`.
        """
        return replace(
            self,
            parts=tuple(
                replace(part, terms=tuple(_widen(term, words) for term in part.terms))
                if everywhere or part.may_be_meant
                else part
                for part in self.parts
            ),
        )

    def without_common(self) -> Query:
        """The same without the words that common words may stand for: what an index can tell."""
        parts = (_without_common(part) for part in self.parts)
        return replace(self, parts=tuple(part for part in parts if part is not None))


def parse_query(text: str) -> Query:
    """Read a search string; only its first 400 code points and 32 words count."""
    tokens = list(_tokens(unicodedata.normalize("NFC", text[:LONGEST])))
    parts, dropped = _parts(tokens, keep_stop_words=False)
    if not any(not part.excluded for part in parts):
        all_parts, _ = _parts(tokens, keep_stop_words=True)
        if any(not part.excluded for part in all_parts):
            return Query(all_parts)
    return Query(parts, dropped)


def positions_of(vector: str) -> dict[str, set[int]]:
    """The lexemes of a `tsvector` literal as `lexemes.search_vector` writes it."""
    found = {}
    for entry in vector.split():
        lexeme, _, places = entry.rpartition(":")
        found[lexeme] = {int(place) for place in places.split(",")}
    return found


def is_stop_word_somewhere(word: str) -> bool:
    """Whether a word is too common to be searched in one of the languages."""
    return any(is_stop_word(word, language) for language in LANGUAGES)


# -- reading ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    words: tuple[tuple[str, bool], ...]  # each with whether a star follows
    excluded: bool
    quoted: bool

    @property
    def is_alone(self) -> bool:
        """One word without quotes: what is dropped of others is still found with them."""
        return not self.quoted and len(self.words) == 1


def _tokens(text: str) -> list[_Token]:
    tokens, room = [], MOST_WORDS
    for match in _TOKEN.finditer(text):
        said = match["word"] if match["phrase"] is None else match["phrase"]
        words = tuple(
            (found.group(), said[found.end() : found.end() + 1] == "*")
            for found in WORD.finditer(said)
        )[:room]
        room -= len(words)
        if words:
            quoted = match["phrase"] is not None
            tokens.append(_Token(words, match["out"] is not None, quoted))
    return tokens


def _parts(
    tokens: list[_Token], *, keep_stop_words: bool
) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    parts, dropped = [], []
    for token in tokens:
        terms: list[tuple[int, Term]] = []
        for offset, (word, starred) in enumerate(token.words):
            if not starred and not keep_stop_words and is_stop_word_somewhere(word):
                if token.is_alone:
                    dropped.append(word)
                continue
            term = _term(word, starred=starred)
            if term is not None:
                terms.append((offset, term))
        if terms:
            first = terms[0][0]
            parts.append(
                Part(
                    tuple(term for _, term in terms),
                    tuple(offset - first for offset, _ in terms),
                    token.excluded,
                    token.quoted,
                )
            )
    return tuple(parts), tuple(dict.fromkeys(dropped))


def _term(word: str, *, starred: bool) -> Term | None:
    lexemes = lexemes_in_any(word)
    beginning = fold(word)[:LEXEME_LENGTH]
    if starred and beginning:
        return Term(word, lexemes, (beginning,))
    return Term(word, lexemes) if lexemes else None


def _widen(term: Term, words: Mapping[str, Sequence[str]]) -> Term:
    common, lexemes = {*term.common}, {*term.lexemes}
    for other in words.get(term.word, ()):
        if is_stop_word_somewhere(other) and not term.beginnings:
            common.add(fold(other))
        else:
            lexemes.update(lexemes_in_any(other))
    return replace(term, lexemes=tuple(sorted(lexemes)), common=tuple(sorted(common)))


def _without_common(part: Part) -> Part | None:
    both = zip(part.terms, part.offsets, strict=True)
    kept = [(term, offset) for term, offset in both if not term.common]
    if not kept:
        return None
    first = kept[0][1]
    terms, offsets = zip(*kept, strict=True)
    return replace(part, terms=terms, offsets=tuple(offset - first for offset in offsets))


def _quote(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
