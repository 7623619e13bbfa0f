"""The synthetic texts: always the same, of the sizes promised, read as what they are."""

from __future__ import annotations

from collections import Counter

from articles.text.reading import read_file
from benchmarks import corpus


def test_a_text_depends_on_its_number_alone() -> None:
    assert corpus.article(5) == corpus.article(5)
    assert corpus.article(5).data != corpus.article(6).data
    assert corpus.interview(5) == corpus.interview(5)


def test_sizes_are_about_as_promised() -> None:
    articles = [len(corpus.article(number).data) for number in range(20)]
    interviews = [len(corpus.interview(number).data) for number in range(5)]
    assert 3_000 <= sum(articles) / 20 <= 3_600
    assert 20_000 <= sum(interviews) / 5 <= 21_500
    assert 300_000 <= len(corpus.long_article().data) <= 301_000


def test_common_words_are_common_and_most_words_rare() -> None:
    words = Counter(word for n in range(40) for word in corpus.article(n).data.decode().split())
    once = sum(1 for count in words.values() if count == 1)
    assert words.most_common(1)[0][1] > 100
    assert once > len(words) / 2


def test_the_rare_phrase_is_in_one_article_of_many() -> None:
    assert corpus.RARE_PHRASE in corpus.article(7).data.decode()
    assert corpus.RARE_PHRASE not in corpus.article(8).data.decode()


def test_both_languages_and_kinds_are_read_as_such() -> None:
    french, english = corpus.article(0), corpus.article(3)
    assert read_file(french.name, french.data).parsed.language == "fr"
    assert read_file(english.name, english.data).parsed.language == "en"
    talk = corpus.interview(0)
    parsed = read_file(talk.name, talk.data).parsed
    assert parsed.kind == "interview"
    assert len(parsed.speakers) == 2
