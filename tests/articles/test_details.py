"""Details of an article, edited where it is read; and undone."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.http import Http404
from django.utils.translation import override
from lxml import html

from articles.forms.details import details_as_typed
from articles.forms.languages import language_choices
from articles.models import Activity, Article, Collection, Membership, Passage, Status, Verb
from articles.queries.listing import ListQuery
from articles.queries.shelves import visible_shelves
from articles.services.bulk import set_status
from articles.services.log import Agent
from articles.text.reading import Choices
from articles.views.editing import editing
from diplowatch.lib.roles import Role
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def typed(article: Article, **changes: Any) -> dict[str, Any]:
    """What the form sends for an article, with some fields typed anew."""
    values = details_as_typed(article) | changes
    return {name: value for name, value in values.items() if value is not False}


def send(client: Client, article: Article, **changes: Any) -> HttpResponse:
    """Send the form."""
    return client.post(f"/articles/{article.pk}/details", typed(article, **changes))  # type: ignore[return-value]  # the client's own class


def tree_of(response: HttpResponse) -> html.HtmlElement:
    """The page as a tree."""
    return html.document_fromstring(response.content)


def undo_of(response: HttpResponse) -> str:
    """The address that the message of the response offers for undoing."""
    tags = [message.extra_tags for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]  # the test client's
    return f"/activity/{tags[-1].partition('-')[2]}/undo"


def test_slips_of_a_title_are_set_right(
    sign_in: SignIn,
    editor: User,
    news: Article,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(sign_in(editor), news, title="Le sommet de Zanzibourg")
    page = ListQuery.from_string("q=Zanzibuorg").page([news.collection_id])
    assert [row.id for row in page.rows] == [news.pk]
    assert [one.shown for one in page.meant] == [("Zanzibourg",)]


def test_what_is_undone_is_done_again_by_the_button_that_says_so(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    client = sign_in(editor)
    address = undo_of(send(client, news, title="Autre"))
    offered = []
    for expected in (news.title, "Autre", news.title):
        response = client.post(address, follow=True, headers={"accept-language": "en"})
        *_, toast = tree_of(response).cssselect("#toasts > .toast")
        offered.append(toast.cssselect("form button")[0].text)
        news.refresh_from_db()
        assert news.title == expected
        address = toast.cssselect("form")[0].get("action")
    assert offered == ["Redo", "Undo", "Redo"]


def test_the_form_shows_what_stands(sign_in: SignIn, editor: User, news: Article) -> None:
    tree = tree_of(sign_in(editor).get(f"/articles/{news.pk}/details"))
    values = {field.name: field.value for field in tree.cssselect("form#details-form [name]")}
    assert values["date"] == "2021-10"
    assert values["title"].strip() == news.title
    assert len(values["seen"]) == 64
    assert tree.cssselect("input[name=follow_text][checked]")


def test_an_editor_changes_details_in_one_act(sign_in: SignIn, editor: User, news: Article) -> None:
    response = send(
        sign_in(editor), news, title="Visite à  Paris", date="2021-10-05", source="Le Courrier",
        url="https://example.org/visite", language="en", status="proofread",
    )  # fmt: skip
    assert response.status_code == 302
    assert response.headers["Location"] == f"/articles/{news.pk}/"
    news.refresh_from_db()
    assert (news.title, news.title_derived) == ("Visite à Paris", False)
    assert (news.date, news.date_precision) == (datetime.date(2021, 10, 5), "day")
    assert (news.source, news.url) == ("Le Courrier", "https://example.org/visite")
    assert (news.language, news.status, news.version) == ("en", Status.PROOFREAD, 2)
    activity = Activity.objects.get(verb=Verb.DETAILS)
    assert activity.actor == editor
    change = activity.data["changes"][str(news.pk)]
    assert change["before"]["date_precision"] == "month"
    assert change["after"]["date"] == "2021-10-05"
    assert "kind" not in change["after"]


def test_status_alone_is_an_act_of_its_own(sign_in: SignIn, editor: User, news: Article) -> None:
    send(sign_in(editor), news, status="in_progress")
    assert Activity.objects.latest("pk").verb == Verb.STATUS


def test_sending_the_same_changes_nothing(sign_in: SignIn, editor: User, news: Article) -> None:
    before = Activity.objects.count()
    assert send(sign_in(editor), news).status_code == 302
    news.refresh_from_db()
    assert news.version == 1
    assert Activity.objects.count() == before


@pytest.mark.parametrize(
    ("date", "stored", "precision"),
    [
        ("2021", datetime.date(2021, 1, 1), "year"),
        ("2021-3", datetime.date(2021, 3, 1), "month"),
        ("2020-02-29", datetime.date(2020, 2, 29), "day"),
        ("31/12/1878", datetime.date(1878, 12, 31), "day"),
        ("1er octobre 2021", datetime.date(2021, 10, 1), "day"),
        ("octobre 2021", datetime.date(2021, 10, 1), "month"),
        ("  ", None, ""),
        ("", None, ""),
    ],
)
def test_a_date_keeps_its_precision(
    sign_in: SignIn, editor: User, news: Article, date: str, stored: object, precision: str
) -> None:
    assert send(sign_in(editor), news, date=date).status_code == 302
    news.refresh_from_db()
    assert (news.date, news.date_precision) == (stored, precision)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "2021-13"),
        ("date", "2021-02-30"),
        ("date", "octobre"),
        ("date", "31/13/1878"),
        ("date", "1878 ou 1879"),
        ("date", "0000"),
        ("url", "javascript:alert(1)"),
        ("url", "ftp://example.org/x"),
        ("title", "x" * 301),
        ("language", "klingon"),
        ("kind", "poem"),
        ("status", "done"),
        ("seen", ""),
        ("source", "a\x00b"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_the_form(
    sign_in: SignIn, editor: User, news: Article, field: str, value: str
) -> None:
    response = send(sign_in(editor), news, **{field: value})
    assert response.status_code == 422
    tree = tree_of(response)
    assert tree.cssselect(".errorlist")
    if field in {"date", "url"}:
        assert tree.cssselect(f"[name={field}]")[0].get("value") == value
    news.refresh_from_db()
    assert news.version == 1


def test_the_form_says_which_dates_it_reads_and_what_is_wrong_with_another(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    client = sign_in(editor)
    address, sent = f"/articles/{news.pk}/details", typed(news, date="31/13/1878")
    tree = tree_of(client.post(address, sent, headers={"accept-language": "en"}))  # type: ignore[arg-type]  # the client's own class
    [field] = [one for one in tree.cssselect(".field") if one.cssselect("[name=date]")]
    assert "05/10/2021" in field.cssselect(".help")[0].text
    assert field.cssselect(".errorlist")[0].text_content() == "“31/13/1878” is no date."


def test_a_title_is_needed_unless_it_follows_the_text(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    assert send(sign_in(editor), news, title="", follow_text=False).status_code == 422


def test_a_title_follows_the_text_again(sign_in: SignIn, editor: User, news: Article) -> None:
    derived = news.title
    client = sign_in(editor)
    send(client, news, title="Le mien")
    news.refresh_from_db()
    assert not news.title_derived
    send(client, news, follow_text="on")
    news.refresh_from_db()
    assert (news.title, news.title_derived) == (derived, True)


def test_who_set_a_title_is_said(sign_in: SignIn, editor: User, make_article: MakeArticle) -> None:
    text = "Title: Le sommet de Lyon\nDate: 2021-10-05\n\nLes ministres se sont vus à Lyon.\n"
    article = make_article(text)
    client = sign_in(editor)

    def said() -> str:
        address = f"/articles/{article.pk}/details"
        article.refresh_from_db()
        page = tree_of(client.get(address, headers={"accept-language": "en"}))
        return str(page.cssselect(".details-wide .help")[0].text_content())

    assert article.title == "Le sommet de Lyon"
    assert said().startswith("The header of the file gave this title.")
    send(client, article, title="Le mien")
    assert said().startswith("Somebody set this title.")
    [act] = Activity.objects.filter(verb=Verb.DETAILS)
    client.post(f"/activity/{act.pk}/undo")
    assert said().startswith("The header of the file gave this title.")
    send(client, article, follow_text="on")
    assert said().startswith("This title was taken from the text.")
    given = make_article("Un autre texte.", choices=Choices(title="Donné"), name="b.txt")
    article = given
    assert said().startswith("Somebody set this title.")


def test_an_interview_gets_its_derived_title_back(
    sign_in: SignIn, editor: User, interview: Article
) -> None:
    derived = interview.title
    client = sign_in(editor)
    send(client, interview, title="Entretien")
    interview.refresh_from_db()
    send(client, interview, follow_text="on")
    interview.refresh_from_db()
    assert interview.title == derived


def test_another_language_is_searched_in_another_way(
    sign_in: SignIn, editor: User, make_article: MakeArticle
) -> None:
    article = make_article(" date 2021-10 Les relations nationales avancent.\n")
    found = Passage.objects.filter(article=article).values_list("search", flat=True)
    french = found.get()
    send(sign_in(editor), article, language="")
    assert found.get() != french
    assert "'nationales'" in found.get()


def test_changing_the_kind_only_relabels(sign_in: SignIn, editor: User, interview: Article) -> None:
    roles = list(interview.passages.values_list("role", "exchange"))
    send(sign_in(editor), interview, kind="article")
    interview.refresh_from_db()
    assert interview.kind == "article"
    assert list(interview.passages.values_list("role", "exchange")) == roles


def test_a_stale_form_keeps_what_was_typed_and_shows_what_stands(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    client = sign_in(editor)
    send(client, news, source="La Gazette")
    response = send(client, news, source="Le Courrier")  # still states what it was
    assert response.status_code == 409
    tree = tree_of(response)
    assert tree.cssselect("[name=source]")[0].get("value") == "Le Courrier"
    assert "La Gazette" in tree.cssselect(".notice")[0].text_content()
    news.refresh_from_db()
    assert news.source == "La Gazette"
    again = typed(news, source="Le Courrier") | {
        "seen": tree.cssselect("[name=seen]")[0].get("value")
    }
    assert client.post(f"/articles/{news.pk}/details", again).status_code == 302
    news.refresh_from_db()
    assert news.source == "Le Courrier"


def test_what_is_said_of_the_text_meanwhile_does_not_make_the_form_stale(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    client = sign_in(editor)
    Article.objects.filter(pk=news.pk).update(version=7)  # as saying something does
    assert send(client, news, source="La Gazette").status_code == 302
    assert send(client, news, source="Le Courrier").status_code == 409


def test_htmx_gets_the_form_alone(sign_in: SignIn, editor: User, news: Article) -> None:
    client = sign_in(editor)
    response = client.get(f"/articles/{news.pk}/details", headers={"hx-request": "true"})
    assert html.fragment_fromstring(response.content.decode()).tag == "form"
    saved = client.post(
        f"/articles/{news.pk}/details",
        typed(news, source="X") | {"next": f"/articles/{news.pk}/?q=a"},
        headers={"hx-request": "true"},
    )
    assert saved.headers["HX-Redirect"] == f"/articles/{news.pk}/?q=a"


def test_the_next_address_must_be_ours(sign_in: SignIn, editor: User, news: Article) -> None:
    response = send(sign_in(editor), news, source="X", next="https://evil.example/")
    assert response.headers["Location"] == f"/articles/{news.pk}/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_readers_and_annotators_are_refused(
    sign_in: SignIn, reader: User, annotator: User, news: Article, method: str
) -> None:
    for person in (reader, annotator):
        client = sign_in(person)
        assert getattr(client, method)(f"/articles/{news.pk}/details").status_code == 403


def test_an_editor_elsewhere_is_a_reader_where_the_collection_says_so(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    Membership.objects.create(collection=news.collection, user=editor, role=Role.READER)
    assert send(sign_in(editor), news, source="X").status_code == 403


def test_strangers_find_nothing_and_anonymous_people_sign_in(
    sign_in: SignIn, stranger: User, closed_shelf: Collection, make_article: MakeArticle
) -> None:
    hidden = make_article(collection=closed_shelf)
    assert send(sign_in(stranger), hidden, source="X").status_code == 404
    assert send(sign_in(None), hidden, source="X").status_code == 302
    hidden.refresh_from_db()
    assert hidden.source == ""


def test_other_methods_and_numbers(sign_in: SignIn, editor: User, news: Article) -> None:
    client = sign_in(editor)
    assert client.put(f"/articles/{news.pk}/details").status_code == 405
    assert client.get("/articles/999999/details").status_code == 404


class TestUndo:
    """An act on details is undone as a whole, by a new act."""

    def test_undoing_sets_everything_back(
        self, sign_in: SignIn, editor: User, news: Article
    ) -> None:
        client = sign_in(editor)
        before = details_as_typed(news)
        vectors = list(news.passages.values_list("search", flat=True))
        undo = undo_of(
            send(client, news, title="Autre", language="en", status="proofread", date="2020")
        )
        assert client.post(undo).status_code == 302
        news.refresh_from_db()
        assert details_as_typed(news) == before
        assert news.version == 3
        assert list(news.passages.values_list("search", flat=True)) == vectors
        first, second = Activity.objects.order_by("-pk")[:2]
        assert (first.verb, first.undoes, first.actor) == (Verb.UNDO, second, editor)

    def test_undoing_an_undo_does_it_again(
        self, sign_in: SignIn, editor: User, news: Article
    ) -> None:
        client = sign_in(editor)
        redo = undo_of(client.post(undo_of(send(client, news, source="Le Courrier"))))  # type: ignore[arg-type]  # the client's own class
        client.post(redo)
        news.refresh_from_db()
        assert news.source == "Le Courrier"

    def test_twice_is_refused(self, sign_in: SignIn, editor: User, news: Article) -> None:
        client = sign_in(editor)
        undo = undo_of(send(client, news, source="Le Courrier"))
        client.post(undo)
        assert client.post(undo).status_code == 409
        news.refresh_from_db()
        assert (news.source, news.version) == ("", 3)

    def test_a_later_change_stands_in_the_way(
        self, sign_in: SignIn, editor: User, news: Article
    ) -> None:
        client = sign_in(editor)
        undo = undo_of(send(client, news, source="Le Courrier"))
        news.refresh_from_db()
        send(client, news, source="La Gazette")
        response = client.post(undo, headers={"accept-language": "en"})
        assert response.status_code == 409
        assert "Source" in tree_of(response).cssselect("main p")[0].text_content()  # type: ignore[arg-type]  # the client's own class
        news.refresh_from_db()
        assert news.source == "La Gazette"

    def test_a_later_change_of_other_fields_does_not(
        self, sign_in: SignIn, editor: User, news: Article
    ) -> None:
        client = sign_in(editor)
        undo = undo_of(send(client, news, source="Le Courrier"))
        news.refresh_from_db()
        send(client, news, status="proofread")
        assert client.post(undo).status_code == 302
        news.refresh_from_db()
        assert (news.source, news.status) == ("", "proofread")

    def test_an_import_is_not_undone_here(
        self, sign_in: SignIn, editor: User, news: Article
    ) -> None:
        activity = Activity.objects.get(verb=Verb.IMPORT)
        assert sign_in(editor).post(f"/activity/{activity.pk}/undo").status_code == 409

    def test_who_may_undo(
        self,
        sign_in: SignIn,
        editor: User,
        reader: User,
        stranger: User,
        closed_shelf: Collection,
        make_article: MakeArticle,
    ) -> None:
        Membership.objects.create(collection=closed_shelf, user=editor, role=Role.EDITOR)
        Membership.objects.create(collection=closed_shelf, user=reader, role=Role.READER)
        hidden = make_article(collection=closed_shelf)
        undo = undo_of(send(sign_in(editor), hidden, source="Le Courrier"))
        assert sign_in(None).post(undo).status_code == 302
        assert sign_in(stranger).post(undo).status_code == 404
        assert sign_in(reader).post(undo).status_code == 403
        assert sign_in(editor).put(undo).status_code == 405
        assert sign_in(editor).post("/activity/999999/undo").status_code == 404
        hidden.refresh_from_db()
        assert hidden.source == "Le Courrier"
        assert sign_in(editor).post(undo).status_code == 302


class TestUndoOfManyAndMoves:
    """Where texts go back to, and what stands in the way of all of them."""

    def bulk(self, client: Client, articles: list[Article], **data: object) -> str:
        """Do an act on articles; the address that undoes it."""
        ids = [article.pk for article in articles]
        client.post("/articles/bulk", {"article": ids, "next": "/", **data})
        return f"/activity/{Activity.objects.latest('pk').pk}/undo"

    def test_nobody_puts_texts_back_where_they_may_not_edit(
        self, sign_in: SignIn, editor: User, stranger: User, reader: User, shelf: Collection,
        closed_shelf: Collection, make_article: MakeArticle,
    ) -> None:  # fmt: skip
        Membership.objects.create(collection=closed_shelf, user=editor, role=Role.EDITOR)
        article = make_article(collection=closed_shelf)
        undo = self.bulk(sign_in(editor), [article], act="move", collection=shelf.pk)
        assert sign_in(stranger).post(undo).status_code == 404
        Membership.objects.create(collection=closed_shelf, user=stranger, role=Role.READER)
        assert sign_in(stranger).post(undo).status_code == 403
        article.refresh_from_db()
        assert article.collection == shelf
        assert sign_in(editor).post(undo).status_code == 302
        article.refresh_from_db()
        assert article.collection == closed_shelf

    def test_the_same_bytes_came_again_meanwhile(
        self, sign_in: SignIn, editor: User, news: Article, make_article: MakeArticle
    ) -> None:
        target = Collection.objects.create(name="Archives")
        undo = self.bulk(sign_in(editor), [news], act="move", collection=target.pk)
        make_article(name="again.txt")
        response = sign_in(editor).post(undo)
        assert response.status_code == 409
        assert news.title in response.content.decode()
        news.refresh_from_db()
        assert news.collection == target

    def test_one_text_taken_away_is_named_and_nothing_is_undone(
        self, sign_in: SignIn, editor: User, news: Article, interview: Article
    ) -> None:
        undo = self.bulk(sign_in(editor), [news, interview], act="status", status="proofread")
        Article.objects.filter(pk=news.pk).update(removed=datetime.datetime.now(datetime.UTC))
        response = sign_in(editor).post(undo)
        assert response.status_code == 409
        assert news.title in response.content.decode()
        assert interview.title not in response.content.decode()
        interview.refresh_from_db()
        assert interview.status == "proofread"
        assert not Activity.objects.filter(verb=Verb.UNDO).exists()

    def test_rights_are_asked_where_the_text_is_when_it_is_changed(
        self, editor: User, stranger: User, closed_shelf: Collection, news: Article
    ) -> None:
        """As if it was moved between the look at the rights and the lock."""
        shelves = visible_shelves(stranger)
        Article.objects.filter(pk=news.pk).update(collection=closed_shelf)
        agent = Agent(stranger)
        with pytest.raises(Http404):
            set_status(
                article_ids=[news.pk], status="proofread", agent=agent, allow=editing(shelves)
            )
        news.refresh_from_db()
        assert news.status == "raw"


def test_details_and_import_offer_the_same_languages_and_the_texts_own(
    sign_in: SignIn, editor: User, news: Article
) -> None:
    Article.objects.filter(pk=news.pk).update(language="mt")
    page = html.fromstring(sign_in(editor).get(f"/articles/{news.pk}/details").content.decode())
    offered = [one.get("value") for one in page.cssselect("select[name=language] option")]
    with override("fr"):
        assert offered == [code for code, _name in language_choices("mt")]
    [own] = page.cssselect("select[name=language] option[selected]")
    assert (own.get("value"), own.text) == ("mt", "Maltais")
    assert page.cssselect('select[name=language] option[value="bg"]')[0].text == "Bulgare"
