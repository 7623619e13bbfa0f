"""What can be taken away: plain text, source file, exchanges as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from articles.exports.exchanges_csv import harmless
from articles.models import Article, Collection, Passage, SourceFile
from articles.views.source import file_name
from tests.conftest import INTERVIEW, NEWS, MakeArticle

if TYPE_CHECKING:
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def test_plain_text_is_the_live_passages(sign_in: SignIn, reader: User, news: Article) -> None:
    response = sign_in(reader).get(f"/articles/{news.pk}/text")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    texts = list(news.passages.values_list("text", flat=True))
    assert response.content.decode() == "\n\n".join(texts)
    Passage.objects.filter(article=news, number=2).update(retired=True)
    later = sign_in(reader).get(f"/articles/{news.pk}/text")
    assert later.content.decode() == "\n\n".join([texts[0], texts[2]])


def test_plain_text_is_not_sent_again_while_its_version_stands(
    sign_in: SignIn, reader: User, news: Article
) -> None:
    client = sign_in(reader)
    etag = client.get(f"/articles/{news.pk}/text").headers["ETag"]
    assert etag == '"1"'
    again = client.get(f"/articles/{news.pk}/text", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    Article.objects.filter(pk=news.pk).update(version=2)
    newer = client.get(f"/articles/{news.pk}/text", headers={"if-none-match": etag})
    assert newer.status_code == 200


@pytest.mark.parametrize("data", [NEWS.encode(), NEWS.replace("\n", "\r\n").encode("utf-8-sig")])
def test_the_source_file_comes_back_byte_for_byte(
    sign_in: SignIn, reader: User, news: Article, data: bytes
) -> None:
    SourceFile.objects.filter(pk=news.source_file_id).update(data=data)
    response = sign_in(reader).get(f"/articles/{news.pk}/source")
    assert response.content == data
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == 'attachment; filename="news.txt"'


def test_bytes_stand_apart_only_where_the_text_does_not_give_them(
    sign_in: SignIn, reader: User, make_article: MakeArticle
) -> None:
    for name, text, apart in (("a.txt", "Une dépêche.\n", False), ("b.txt", "Deux.\r\n", True)):
        article = make_article(text, name=name)
        assert (article.source_file.data is not None) is apart
        assert article.source_file.content == text.encode()
        answer = sign_in(reader).get(f"/articles/{article.pk}/source")
        assert answer.content == text.encode()


def test_a_name_with_accents_and_tricks_is_sent_safely(
    sign_in: SignIn, reader: User, news: Article
) -> None:
    SourceFile.objects.filter(pk=news.source_file_id).update(name='../a/Dépêche "1"\r\nX: y.txt')
    header = sign_in(reader).get(f"/articles/{news.pk}/source").headers["Content-Disposition"]
    assert header.startswith("attachment; filename*=utf-8''D%C3%A9p%C3%AAche%20%221%22X%3A%20y.txt")


@pytest.mark.parametrize(
    ("name", "safe"),
    [("a/b\\c.txt", "c.txt"), ("..", "source.txt"), ("", "source.txt"), ("x" * 500, "x" * 180)],
)
def test_file_names_are_made_bearable(name: str, safe: str) -> None:
    assert file_name(name) == safe


def test_exchanges_as_json(sign_in: SignIn, reader: User, interview: Article) -> None:
    response = sign_in(reader).get(f"/articles/{interview.pk}/exchanges.json")
    found = json.loads(response.content)
    assert found["article"]["date"] == "2021-10"
    assert [pair["exchange"] for pair in found["exchanges"]] == [1, 2]
    first = found["exchanges"][0]
    assert first["question"][0]["speaker"] == "France 2"
    assert first["answer"][0]["text"] == "J'ai bien compris. On aurait dû mieux communiquer"


def test_exchanges_as_csv(sign_in: SignIn, reader: User, interview: Article) -> None:
    response = sign_in(reader).get(f"/articles/{interview.pk}/exchanges.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["exchange"] for row in rows] == ["1", "2"]
    assert rows[0]["question_by"] == "France 2"
    assert rows[0]["passages"] == "p1 p2"


def test_a_spreadsheet_computes_nothing(
    sign_in: SignIn, reader: User, make_article: MakeArticle
) -> None:
    article = make_article(INTERVIEW)
    Passage.objects.filter(article=article, number=1).update(text='=HYPERLINK("http://x","y")')
    said = sign_in(reader).get(f"/articles/{article.pk}/exchanges.csv").content
    row = next(csv.DictReader(io.StringIO(said.decode("utf-8-sig"))))
    assert row["question"] == '\'=HYPERLINK("http://x","y")'


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_formula_signs_are_made_harmless(sign: str) -> None:
    assert harmless(f"{sign}1") == f"'{sign}1"
    assert harmless(f"1{sign}") == f"1{sign}"


@pytest.mark.parametrize("tail", ["text", "source", "exchanges.json", "exchanges.csv"])
def test_who_may_take_them(
    sign_in: SignIn,
    reader: User,
    stranger: User,
    closed_shelf: Collection,
    make_article: MakeArticle,
    tail: str,
) -> None:
    hidden = make_article(collection=closed_shelf)
    assert sign_in(stranger).get(f"/articles/{hidden.pk}/{tail}").status_code == 404
    assert sign_in(None).get(f"/articles/{hidden.pk}/{tail}").status_code == 302
    assert sign_in(reader).get(f"/articles/999999/{tail}").status_code == 404
    assert sign_in(reader).post(f"/articles/{hidden.pk}/{tail}").status_code == 405
