"""The vocabulary counted by imports at the same time, and looked through."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connection

from articles.models import Word
from articles.queries.vocabulary import FORMS, PASSAGES, forms_of, near_words, passages_with
from articles.services.words import keep_words


@pytest.mark.django_db
def test_words_add_up() -> None:
    keep_words(Counter({"paix": 2, "guerre": 1}))
    keep_words(Counter({"paix": 3}))
    assert dict(Word.objects.values_list("word", "passages")) == {"paix": 5, "guerre": 1}
    keep_words(Counter())


@pytest.mark.django_db(transaction=True)
def test_imports_at_once_never_wait_for_each_other_in_a_ring() -> None:
    words = [f"mot{number}" for number in range(400)]
    faults: list[BaseException] = []

    def count(order: list[str]) -> None:
        try:
            for _ in range(5):
                keep_words(Counter(dict.fromkeys(order, 1)))
        except Exception as fault:  # noqa: BLE001 - told to the test's own thread
            faults.append(fault)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=count, args=(order,)) for order in (words, words[::-1], words)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert set(Word.objects.values_list("passages", flat=True)) == {15}


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [FORMS, PASSAGES])
def test_beginnings_are_found_by_the_index_of_the_words(asked: str) -> None:
    values = [["neg"]] if asked == PASSAGES else [3, ["neg"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "articles_word_pkey" in plan
    assert "Index Cond: ((word >= " in plan


@pytest.mark.django_db
def test_what_begins_so_the_commonest_first() -> None:
    keep_words(Counter({"negociation": 2, "negociateur": 5, "negoce": 9, "zone": 1}))
    assert forms_of(["Négociat", "nég", "x"]) == {
        "Négociat": ["negociateur", "negociation"],
        "nég": ["negoce", "negociateur", "negociation"],
        "x": [],
    }
    assert passages_with(["negoci", "neg", "zone", "zon"])[1] == [7, 0, 1, 0]


@pytest.mark.django_db
def test_near_words_come_by_likeness_then_frequency() -> None:
    keep_words(Counter({"blinken": 5, "blingen": 2, "binken": 1, "ministre": 50, "iran": 3}))
    keep_words(Counter({"bien": 90}))
    near = near_words(dict.fromkeys(("Bliken", "Irqn", "blinquène", "xyz"), 0))
    assert near["Bliken"].words[0] == "blinken"
    assert not {"bien", "ministre"} & set(near["Bliken"].words)
    assert near["Irqn"].words == ["iran"]
    assert near["blinquène"].words[:1] == ["blinken"]
    assert near["xyz"].words == []
    assert near_words({}) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "heard"), [("Kallas", "calas"), ("Qaddafi", "kadafi"), ("Koukkou", "coucou")]
)
def test_a_name_that_was_only_heard_is_found_however_it_is_written(typed: str, heard: str) -> None:
    keep_words(Counter({heard: 3, "ministre": 50, "cales": 4}))
    assert near_words({typed: 0})[typed].words[:1] == [heard]


@pytest.mark.django_db
def test_what_begins_alike_is_nearer_than_what_has_other_slips() -> None:
    keep_words(Counter({"mexique": 9, "afrique": 7}))
    assert set(near_words({"amérique": 0})["amérique"].words) == {"mexique", "afrique"}
    keep_words(Counter({"americain": 2, "americaine": 1}))
    assert near_words({"amérique": 0})["amérique"].words == ["americain", "americaine"]
    keep_words(Counter({"ameriques": 1}))
    assert near_words({"amérique": 0})["amérique"].words[0] == "ameriques"


@pytest.mark.django_db
def test_a_word_that_is_there_is_meant_unless_a_commoner_one_is_very_near() -> None:
    keep_words(Counter({"amerique": 2, "mexique": 90, "afrique": 70, "ameriques": 1}))
    keep_words(Counter({"kerry": 2, "gerry": 3, "blinken": 1, "blingen": 2}))
    near = near_words({"amérique": 2, "Kerry": 2, "Blinken": 1})
    assert near["amérique"] == ([], True)
    assert near["Kerry"] == ([], True)
    assert near["Blinken"] == (["blingen"], True)
    near = near_words({"amérique": 2, "Kerry": 2}, commoner=0)
    assert near["amérique"] == (["ameriques"], True)
    assert near["Kerry"] == (["gerry"], True)
    # Where it is in what others read only, it is not there.
    assert near_words({"Kerry": 0})["Kerry"] == (["gerry"], False)
