"""After many texts have come the database knows how many there are: searches are planned by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db.utils import DatabaseError

from articles.models import Passage, Word
from articles.services import words, workers
from articles.services.sessions import refresh_statistics
from tests.articles.importing.conftest import known_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_large_import_brought_is_counted_at_once(
    import_json: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    refresh_statistics()
    before = known_rows("articles_passage")
    assert before == 0
    monkeypatch.setattr(words, "MANY_BYTES", 10)
    monkeypatch.setattr(workers, "MANY", 3)
    import_json(folder, jobs=jobs)
    assert known_rows("articles_passage") == known_rows("articles_word") == before
    (folder / "c.txt").write_text("Un troisième texte.\n\nIl est court.\n")
    monkeypatch.setattr(workers, "MANY", 1)
    import_json(folder, jobs=jobs)
    assert known_rows("articles_passage") == Passage.objects.count() > 0
    assert known_rows("articles_word") == Word.objects.count() > 0


@pytest.mark.django_db(transaction=True)
def test_an_import_does_not_fail_for_counts(
    import_json: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: str) -> None:
        raise DatabaseError

    monkeypatch.setattr(workers, "refresh_statistics", refuse)
    monkeypatch.setattr(workers, "MANY", 1)
    rows, code = import_json(folder, jobs=2)
    assert ([row["status"] for row in rows], code) == (["created", "created"], 0)
