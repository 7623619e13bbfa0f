"""`manage.py check_integrity`: it says what it looked at, and finds what is broken."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from annotations.models import Annotation, EntityName, SpeakerIdentity
from annotations.queries.integrity import check_logs, check_rules
from annotations.services.speakers import identify_speaker
from annotations.services.undoing import undo_act
from articles.models import Activity, Article, Passage, SourceFile, Verb
from articles.services.log import Agent
from articles.services.operating import Act, Work, operate
from articles.text.edits import Edit
from articles.text.operations import Attribute, Merge, Split, Text, Voice
from tests.annotations.speaking import make_entity, reply, say
from tests.articles.marks import mark, rest

if TYPE_CHECKING:
    from collections.abc import Callable

    from diplowatch.accounts.models import User


def check() -> str:
    out = StringIO()
    call_command("check_integrity", stdout=out, no_color=True)
    return out.getvalue()


@pytest.fixture
def said(news: Article, interview: Article, editor: User) -> Annotation:
    """Two texts of which something is said, as it should be."""
    note = say(news, (1, "sur l’OCDE"), (2, "Sahel"), motivation="commenting", creator=editor)
    reply(note, "Oui.", creator=editor)
    say(interview, (2, "bien compris"), creator=editor, private=True)
    say(news, (3, "New York"), creator=editor, state="detached")
    return note


def test_all_holds_and_is_counted(said: Annotation) -> None:
    told = check()
    assert "Everything holds." in told
    assert "BROKEN" not in told
    assert "quotes its passage from start to end: 3 anchored targets" in told
    assert "the log folded over the source text gives the article" in told
    assert "gives the import: 2 articles" in told


def test_texts_that_stand_elsewhere_than_their_passages_are_found(
    said: Annotation, news: Article, interview: Article, editor: User
) -> None:
    rest(news, "proofread", editor)
    mark(interview, 1, "proofread", editor)
    check()
    Passage.objects.filter(article=news, number=2).update(status="raw")
    Article.objects.filter(pk=interview.pk).update(passages_done=2)
    with pytest.raises(CommandError):
        check()
    broken = next(one for one in check_rules() if one.says.startswith("an article stands where"))
    assert set(broken.first) == {f"article {news.pk}", f"article {interview.pk}"}


def test_a_speaker_of_whom_nothing_is_said_any_more_breaks_no_rule(
    interview: Article, editor: User
) -> None:
    entity, agent = make_entity("Antony Blinken"), Agent(editor)
    speaker = interview.speakers.all()[0]
    _said, activity = identify_speaker(
        speaker_id=speaker.pk, entity_id=entity.pk, status="verified", seen="", agent=agent,
        allow=lambda _identity, _status: None,
    )  # fmt: skip
    assert activity is not None
    undo_act(activity=activity, agent=agent, allow=lambda _places: None)
    EntityName.objects.create(entity=entity, name="Antony Blinken", kind="label", folded="x")
    assert "BROKEN" not in check()
    SpeakerIdentity.objects.update(status="verified")
    with pytest.raises(CommandError):
        check()


def _wrong_text(note: Annotation) -> None:
    Passage.objects.filter(article=note.article, number=2).update(text="Autre chose. Tout autre.")


def _wrong_count(note: Annotation) -> None:
    Annotation.objects.filter(pk=note.pk).update(target_count=3)


def _wrong_context(note: Annotation) -> None:
    note.targets.filter(position=0).update(prefix="nulle part")


def _wrong_place(note: Annotation) -> None:
    other = Passage.objects.exclude(article=note.article).latest("pk")
    note.targets.filter(position=0).update(passage=other)


def _future_revision(note: Annotation) -> None:
    note.targets.update(revision=7)


def _retired_passage(note: Annotation) -> None:
    Passage.objects.filter(article=note.article, number=2).update(retired=True)


def _foreign_reply(note: Annotation) -> None:
    other = Article.objects.exclude(pk=note.article_id).latest("pk")
    Annotation.objects.filter(parent=note).update(article=other)


def _open_reply(note: Annotation) -> None:
    Annotation.objects.filter(pk=note.pk).update(private=True)


def _merged_link(note: Annotation) -> None:
    winner = make_entity("Le gagnant")
    loser = make_entity("Le perdant", retired=True, merged_into=winner)
    say(
        note.article, (1, "mardi"), motivation="identifying", entity=loser,
        link_status="verified", agent="tests",
    )  # fmt: skip


def _ring(note: Annotation) -> None:
    one = make_entity("Un", retired=True)
    one.merged_into = make_entity("Deux", retired=True, merged_into=one)
    one.save()


def _other_bytes(note: Annotation) -> None:
    SourceFile.objects.filter(pk=note.article.source_file_id).update(data=b"others")


def _other_source(note: Annotation) -> None:
    file = SourceFile.objects.get(pk=note.article.source_file_id)
    assert file.data is None
    SourceFile.objects.filter(pk=file.pk).update(text=f"{file.text} ")


def _other_speaker(note: Annotation) -> None:
    passage = Passage.objects.filter(speaker__isnull=False).latest("pk")
    Passage.objects.filter(article=note.article, number=1).update(speaker=passage.speaker)


def _lost_revision(note: Annotation) -> None:
    Article.objects.filter(pk=note.article_id).update(revision=2)


def _other_structure(note: Annotation) -> None:
    Passage.objects.filter(article=note.article, number=1).update(role="note")


@pytest.mark.parametrize(
    ("spoil", "said_so"),
    [
        (_wrong_text, "quotes its passage"),
        (_wrong_text, "folded"),
        (_wrong_count, "as many targets"),
        (_wrong_context, "context stands around"),
        (_wrong_place, "of its annotation's article"),
        (_future_revision, "never had"),
        (_retired_passage, "not retired"),
        (_foreign_reply, "same article"),
        (_open_reply, "reply to a private"),
        (_merged_link, "not merged"),
        (_ring, "ring"),
        (_other_bytes, "source bytes"),
        (_other_source, "source bytes"),
        (_other_speaker, "number and speaker"),
        (_lost_revision, "last revision"),
        (_other_structure, "folded"),
    ],
)
def test_what_is_broken_is_found(
    said: Annotation, spoil: Callable[[Annotation], None], said_so: str
) -> None:
    spoil(said)
    out = StringIO()
    with pytest.raises(CommandError) as fault:
        call_command("check_integrity", stdout=out, no_color=True)
    assert fault.value.returncode == 1
    broken = [line for line in out.getvalue().splitlines() if line.startswith("BROKEN")]
    assert any(said_so in line for line in broken)


def test_an_act_about_what_is_private_has_to_be_private(said: Annotation, editor: User) -> None:
    mine = Annotation.objects.get(private=True)
    Activity.objects.create(
        actor=editor, verb="annotate", article=mine.article,
        data={"rows": [{"model": "annotation", "id": str(mine.pk), "before": None,
                        "after": {"private": True}}]},
    )  # fmt: skip
    with pytest.raises(CommandError):
        check()


def test_many_breaches_are_counted_and_some_named(said: Annotation, editor: User) -> None:
    for _ in range(25):
        say(said.article, (2, "Sahel"), creator=editor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE annotations_annotation SET target_count = 9 WHERE target_count = 1")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_integrity", stdout=out, no_color=True)
    assert "27 breaches" in out.getvalue()
    assert "… and 7 more" in out.getvalue()


def _text_behind_the_log(article: Article) -> None:
    Passage.objects.filter(article=article, number=3).update(text="La réunion a eu lieu.")


def _text_put_back(article: Article) -> None:
    text = Passage.objects.get(article=article, number=1).text
    Passage.objects.filter(article=article, number=1).update(text=text.replace("Blinken", "Blin"))


def _another_voice(article: Article) -> None:
    article.speakers.update(name="Une ministre")


def _another_order(article: Article) -> None:
    Passage.objects.filter(article=article, number=1).update(position=1 << 40)


def _another_birth(article: Article) -> None:
    Passage.objects.filter(article=article, number=2).update(holes=[[1, 2]])


def _brought_back(article: Article) -> None:
    Passage.objects.filter(article=article, number=3).update(retired=False, position=1 << 41)


@pytest.mark.parametrize(
    "spoil",
    [
        _text_behind_the_log, _text_put_back, _another_voice, _another_order, _another_birth,
        _brought_back,
    ],
)  # fmt: skip
def test_what_is_not_as_the_log_of_a_corrected_article_says_is_found(
    news: Article, editor: User, spoil: Callable[[Article], None]
) -> None:
    text = Passage.objects.get(article=news, number=1).text
    start = text.index("Blingen")
    other = Passage.objects.get(article=news, number=3)
    length = len(Passage.objects.get(article=news, number=2).text)
    operations = [
        Text(1, (Edit(start, "Blingen", "Blinken"),)),
        Voice(0, None, {"name": "Un ministre", "part": ""}),
        Attribute(1, "speaker", None, 0),
        Merge(2, length, " ", 3, other.role, None, None),
        Split(1, 9, " ", 0, "note", None, None),
        Merge(1, 9, " ", 4, "note", None, None),
    ]
    act = Act(Agent(editor), Verb.STRUCTURE, lambda _places: None)
    operate([Work(news.pk, operations)], act)
    assert check_logs().broken == 0
    spoil(news)
    assert check_logs().broken == 1
