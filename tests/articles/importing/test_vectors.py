"""What an import writes in binary form is what the database makes of the same written out."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection

from articles.models import Passage
from articles.models.tally import Word
from articles.services.words import keep_words
from articles.text.lexemes import search_vector
from articles.text.pieces import folded_words
from tests.conftest import MakeArticle

pytestmark = pytest.mark.django_db

TEXT = """ date 2021-10 Un titre : l'été à Genève

Élevée, elle reçut les « élevées » de l’OCDE/ONU ; 3% des cœurs, 20h30, aujourd'hui d’hier.

{many}

Question : Où va-t-on ? – Ça va, İstanbul, ΣΊΣΥΦΟΣ, straße, 北京, e\u0301te\u0301, so\u00adnore.
"""


def test_the_vectors_are_those_that_the_database_reads(make_article: MakeArticle) -> None:
    article = make_article(TEXT.format(many="traité accord " * 400), name="one.txt")
    passages = Passage.objects.filter(article=article)
    assert len(passages) == 4
    for passage in passages:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT search = %s::tsvector, search::text FROM articles_passage WHERE id = %s",
                [search_vector(passage.text, article.language), passage.pk],
            )
            assert cursor.fetchone()[0], passage.text


def test_holes_and_notices_come_back_as_they_were_read(make_article: MakeArticle) -> None:
    text = (
        "Le Rivage : Que vit-on ?\n\nAnne Roy : Rien.\n\n"
        "Le Rivage : Et les câbles ?\n\nRoy : Je les ai vus.\n\n"
        "Nous avons fait l'exercice en mars, et il nous a fallu\nLire aussi : Onze navires\n"
        "onze jours pour tout ramasser.\n\nLe Rivage : Merci.\n"
    )
    article = make_article(f"{text}\u202e", name="two.txt")
    assert [notice[0] for notice in article.source_file.notices] == ["bidirectional_removed"]
    passages = Passage.objects.filter(article=article)
    assert any(passage.holes for passage in passages)
    for passage in passages:
        for start, end in passage.holes:
            assert passage.source_start <= start < end <= passage.source_end


def test_a_word_longer_than_an_index_takes_hurts_no_other() -> None:
    digits = hashlib.shake_256(b"a long word").hexdigest(3_000)
    long = digits.translate(str.maketrans("0123456789", "ghijklmnop"))
    keep_words(folded_words({long: 1, "traité": 2}))
    assert dict(Word.objects.values_list("word", "passages")) == {"traite": 2}
