"""The vocabulary counted by imports at the same time, and looked through."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connection

from articles.models import Word
from articles.queries.vocabulary import forms_of, near_words, passages_with
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
    assert near_words("Bliken")[0] == "blinken"
    assert "bien" not in near_words("Bliken")
    assert near_words("Irqn") == ["iran"]
    assert near_words("blinquène")[:1] == ["blinken"]
    assert near_words("xyz") == []
    assert "ministre" not in near_words("Bliken")
