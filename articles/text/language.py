"""The language of a text, told by its most frequent small words."""

from __future__ import annotations

from articles.text.shapes import Evidence

_WORDS = {
    "fr": "le la les de des du en et est une un que qui dans pour pas sur avec nous vous il elle "
    "ce cette au aux sont par plus mais on ne se je ont été être leur ses c'est qu'il d'un d'une "
    "où à son sa contre entre après sous dont",
    "en": "the of and to in is that for it on with as was are be this by have from at we you not "
    "but they his has he i would will their which an been our what there were",
    "es": "el la los las de en y es una por con para del que se lo como más pero sus al fue su "
    "está esto muy hay son también sobre",
    "de": "der die das und ist nicht ein eine zu den von mit auf für im dem sich auch wir sie es "
    "wird haben sind dass werden einen",
    "it": "il la di che è e un per una non sono con del della nel gli anche ha più si dei alla "
    "questo come le",
    "pt": "o os as de e é um uma do da em não que para com dos das por mais se como mas foi ao "
    "também são",
    "nl": "de het een en van is dat niet op te zijn voor met die wij ook aan door maar bij worden",
}  # fmt: skip
_SPOKEN_IN: dict[str, str] = {}  # each word's languages, a blank between them
for _code, _line in _WORDS.items():
    for _word in _line.split():
        _SPOKEN_IN[_word] = f"{_SPOKEN_IN.get(_word, '')} {_code}".lstrip()

_LETTERS = {  # beside those from a to z
    "fr": "àâæçéèêëîïôœùûüÿ", "en": "", "es": "áéíñóúü", "de": "äöüß", "it": "àèéìòù",
    "pt": "ãáâàçéêíóôõú", "nl": "ëïéèöü",
}  # fmt: skip
_CLOSE = 3  # small words by which one language is ahead of another, and letters need not be asked
_ENOUGH = 1000  # code points that tell the language


def tell_language(text: str, start: int = 0) -> tuple[str, Evidence]:
    """Tell the language of a text from `start` on: a two-letter code, or '' where words fail."""
    sample = text[start : start + _ENOUGH].lower().replace("’", "'")
    # Most words share a few sets of languages: those are counted first.
    shared: dict[str, int] = {}
    for codes in filter(None, map(_SPOKEN_IN.get, sample.split())):
        shared[codes] = shared.get(codes, 0) + 1
    counts: dict[str, int] = {}
    for codes, count in shared.items():
        for code in codes.split():
            counts[code] = counts.get(code, 0) + count
    if not counts:
        return "", Evidence("language_none", 0.0)
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _CLOSE:
        ranked.sort(key=lambda pair: -pair[1] - _spelt(sample, pair[0]))
    best, count = ranked[0]
    other = ranked[1][1] if len(ranked) > 1 else 0
    if count < 2 and other == count:
        return "", Evidence("language_none", 0.0)
    sure = min(0.99, (count - 0.5 * other) / count + min(count, 20) / 40 - 0.2)
    return best, Evidence("language_words", round(max(0.05, sure), 2))


def _spelt(sample: str, code: str) -> int:
    """Count the words with accents that a language spells so, less those that it does not."""
    own = set(_LETTERS[code])
    marked = ({sign for sign in word if sign.isalpha() and sign > "z"} for word in sample.split())
    return sum(1 if signs <= own else -1 for signs in marked if signs)
