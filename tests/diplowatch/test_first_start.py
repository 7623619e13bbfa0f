"""What a fresh house is given: samples once and whole, a link for an admin who has no way in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError
from django.utils import timezone

from articles.models import Article
from diplowatch import first_start
from diplowatch.accounts.models import User
from diplowatch.accounts.signin import ensure_first_admin
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from tests.conftest import MakeArticle

TEXT = "date 2021-10 Le ministre a parlé du Sahel, texte {}.\n\nLa réunion a avancé.\n"


@pytest.fixture
def samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: SettingsWrapper) -> Path:
    """Three samples, and a data folder of their own."""
    folder = tmp_path / "samples"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(TEXT.format(number))
    (tmp_path / "data").mkdir()
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setattr(first_start, "SAMPLES", folder)
    return folder


def load() -> str:
    said: list[str] = []
    first_start.load_samples(said.append)
    return "\n".join(said)


@pytest.mark.django_db(transaction=True)
def test_a_sample_that_fails_is_named_and_the_others_are_there(samples: Path) -> None:
    good = (samples / "1.txt").read_text()
    (samples / "1.txt").write_text("")
    said = load()
    assert Article.objects.count() == 2
    assert "1.txt" in said
    (samples / "1.txt").write_text(good)
    assert "1 texts" in load()
    assert Article.objects.count() == 3
    assert load() == ""


@pytest.mark.django_db(transaction=True)
def test_a_load_that_was_stopped_goes_on_with_the_next_start(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = first_start.call_command

    def stopped(name: str, *paths: str, **options: Any) -> None:
        real(name, paths[0], **options)
        sys.exit(130)

    with monkeypatch.context() as broken:
        broken.setattr(first_start, "call_command", stopped)
        with pytest.raises(SystemExit):
            load()
    assert Article.objects.count() == 1
    load()
    assert Article.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_lost_process_is_said_and_ends_nothing(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_args: str, **_options: Any) -> None:
        raise CommandError("A process ended too early.")

    monkeypatch.setattr(first_start, "call_command", lost)
    assert "A process ended too early." in load()


@pytest.mark.django_db(transaction=True)
def test_samples_that_were_undone_do_not_come_back(samples: Path) -> None:
    load()
    Article.objects.update(removed=timezone.now())
    (first_start.settings.DATA_DIR / "samples").unlink()
    assert load() == ""
    assert not Article.objects.live().exists()


@pytest.mark.django_db(transaction=True)
def test_a_house_with_its_own_texts_gets_no_samples(
    samples: Path, make_article: MakeArticle
) -> None:
    make_article()
    assert load() == ""
    assert Article.objects.count() == 1


def test_an_admin_by_the_group_alone_is_one_for_the_link_too(reader: User) -> None:
    reader.groups.set([Group.objects.get(name=Role.ADMIN.group)])
    assert first_start.admin_link("http://here") == ""
    assert ensure_first_admin() == reader


def test_an_admin_by_the_mark_alone_is_one_for_the_link_too(reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(is_superuser=True)
    assert first_start.admin_link("http://here") == ""
    assert User.objects.count() == 1
