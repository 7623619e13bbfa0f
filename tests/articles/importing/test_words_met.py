"""The words that an import meets: bounded in memory, gathered, written together."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles.models.tally import Word
from articles.services import met, words
from articles.services.met import PiecesMet
from articles.services.sessions import merge_index
from articles.services.store import Seen
from articles.services.words import WordsMet
from articles.text import indexing
from articles.text.indexing import index_texts
from articles.text.lexemes import WORD
from articles.text.pieces import folded_words

texts = st.text("abéÉ’ %", max_size=30)
pieces = st.dictionaries(st.text("abéÉ’", min_size=1, max_size=5), st.integers(1, 3), max_size=8)


def counted(lines: str) -> Counter[str]:
    """What lines of words say, added up."""
    total: Counter[str] = Counter()
    for line in lines.splitlines():
        word, count = line.split("\t")
        total[word] += int(count)
    return total


@given(st.lists(st.lists(texts, max_size=3), max_size=6), st.lists(pieces, max_size=6))
def test_no_word_is_lost_on_the_way(chunks: list[list[str]], names: list[Counter[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "_kept", {})
        patch.setattr(indexing, "KEPT", 4)
        patch.setattr(indexing, "STAYING", 2)
        patch.setattr(indexing, "TOGETHER", 30)
        patch.setattr(met, "MOST_NAMES", 3)
        pieces_met = PiecesMet()
        lines = ""
        for chunk in chunks:
            seen = Seen(index_texts(chunk, "fr").met + index_texts(chunk[:1], "en").met)
            lines += "".join(pieces_met.count(seen))
        for some in names:
            lines += "".join(pieces_met.count(Seen(names=Counter(some))))
            assert len(pieces_met.names) <= 3
        lines += "".join(pieces_met.rest())
    passages = [text for chunk in chunks for text in (*chunk, *chunk[:1])]
    expected = Counter(word for text in passages for word in {*WORD.findall(text)})
    for some in names:
        expected.update(some)
    assert counted(lines) == folded_words(expected)


@pytest.mark.django_db
def test_words_gathered_are_added_to_what_is_known() -> None:
    words.keep_words(Counter({"paix": 2}))
    gathered = WordsMet()
    gathered.add(("guerre\t1\n", "paix\t3\n"))
    gathered.add(("", ""))
    gathered.add(("", "paix\t1\n"))
    assert Word.objects.count() == 1
    gathered.write()
    gathered.write()
    assert dict(Word.objects.values_list("word", "passages")) == {"paix": 6, "guerre": 1}


@pytest.mark.django_db
def test_many_words_do_not_wait_for_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST_BYTES", 9)
    gathered = WordsMet()
    gathered.add(("guerre\t1\naccord\t1\n", "paix\t3\n"))
    assert {*Word.objects.values_list("word", flat=True)} == {"accord", "guerre"}


@pytest.mark.django_db(transaction=True)
def test_two_connections_write_very_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MANY_BYTES", 10)
    gathered = WordsMet()
    gathered.add(("guerre\t1\n", "paix\t3\n"))
    gathered.write()
    assert dict(Word.objects.values_list("word", "passages")) == {"paix": 3, "guerre": 1}
    gathered.write()
    assert Word.objects.get(word="paix").passages == 3


@pytest.mark.django_db
def test_an_import_does_not_fail_for_words(caplog: pytest.LogCaptureFixture) -> None:
    gathered = WordsMet()
    gathered.add(("", "paix\tmany\n"))
    gathered.write()
    assert "not kept" in caplog.text
    gathered.add(("", "paix\t1\n"))
    gathered.write()
    assert Word.objects.get().passages == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_waits_once_an_index_is_merged() -> None:
    words.keep_words(Counter({f"mot{number}": 1 for number in range(50)}))
    merge_index("word_trigrams")
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('word_trigrams')")
        assert cursor.fetchone() == (0,)
    merge_index("no_such_index")
