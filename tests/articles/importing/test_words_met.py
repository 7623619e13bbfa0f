"""The words that an import meets: bounded in memory, gathered, written together."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles.models.tally import Word
from articles.services import words
from articles.services.sessions import merge_index
from articles.services.words import PiecesMet, WordsMet, folded_words

pieces = st.sets(st.text(alphabet="abéÉ’", min_size=1, max_size=5), max_size=8)


def counted(lines: str) -> Counter[str]:
    """What lines of words say, added up."""
    total: Counter[str] = Counter()
    for line in lines.splitlines():
        word, count = line.split("\t")
        total[word] += int(count)
    return total


@given(st.lists(pieces, max_size=12))
def test_no_word_is_lost_on_the_way(passages: list[set[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "MOST_PIECES", 4)
        met = PiecesMet()
        lines = "".join(met.count([passage]) for passage in passages) + met.rest()
        assert len(met.pieces) <= 4
    assert counted(lines) == folded_words(Counter(p for passage in passages for p in passage))


@pytest.mark.django_db
def test_words_gathered_are_added_to_what_is_known() -> None:
    words.keep_words(Counter({"paix": 2}))
    met = WordsMet()
    met.add("paix\t3\nguerre\t1\n")
    met.add("")
    met.add("paix\t1\n")
    assert Word.objects.count() == 1
    met.write()
    met.write()
    assert dict(Word.objects.values_list("word", "passages")) == {"paix": 6, "guerre": 1}


@pytest.mark.django_db
def test_many_words_do_not_wait_for_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST_BYTES", 10)
    met = WordsMet()
    met.add("paix\t3\nguerre\t1\n")
    assert Word.objects.count() == 2


@pytest.mark.django_db
def test_an_import_does_not_fail_for_words(caplog: pytest.LogCaptureFixture) -> None:
    met = WordsMet()
    met.add("paix\tmany\n")
    met.write()
    assert "not kept" in caplog.text
    met.add("paix\t1\n")
    met.write()
    assert Word.objects.get().passages == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_waits_once_an_index_is_merged() -> None:
    words.keep_words(Counter({f"mot{number}": 1 for number in range(50)}))
    merge_index("word_trigrams")
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('word_trigrams')")
        assert cursor.fetchone() == (0,)
    merge_index("no_such_index")
