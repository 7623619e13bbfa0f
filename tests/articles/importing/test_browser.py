"""Importing as a person does it: drop files, set a speaker right, import, see the list, undo."""

from __future__ import annotations

import base64
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from articles.models import Article, Collection, StagedFile
from tests.browser import faults as axe_faults
from tests.browser import intercept
from tests.conftest import INTERVIEW, NEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Dialog, Page

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def faults() -> list[str]:
    """What the browser's console complained of."""
    return []


@pytest.fixture
def window(
    open_browser: Callable[..., Page], editor: User, shelf: Collection, faults: list[str]
) -> Page:
    """An editor's window, in French."""
    page = open_browser(editor)
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else 0)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return page


def drop(page: Page, files: dict[str, bytes]) -> None:
    """Drop files on the page's place for them."""
    packed = {name: base64.b64encode(data).decode() for name, data in files.items()}
    transfer = page.evaluate_handle(
        """(files) => {
            const transfer = new DataTransfer();
            for (const [name, data] of Object.entries(files)) {
                const bytes = Uint8Array.from(atob(data), (letter) => letter.codePointAt(0));
                transfer.items.add(new File([bytes], name, { type: "text/plain" }));
            }
            return transfer;
        }""",
        packed,
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": transfer})


def shoot(page: Page, name: str) -> None:
    """A picture where pictures are wanted."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_from_dropped_files_to_the_list_and_back(window: Page, faults: list[str]) -> None:
    page = window
    page.goto("/import/")
    drop(page, {"depeche.txt": NEWS.encode(), "entretien.txt": INTERVIEW.encode()})
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/$"))
    expect(page.locator("table.files tbody tr")).to_have_count(2)
    page.locator("tr", has_text="entretien.txt").locator("a.file-title").click()
    page.locator("details.set-right summary").nth(1).click()
    page.locator("#name-0").fill("France 24")
    page.locator("button[value=speakers]").click()
    expect(page.locator(".passage .speaker").first).to_have_text("France 24")
    page.locator("#p1 .fix").click()
    expect(page.locator("#p1 .passage-form select[name=role]")).to_be_visible()
    assert "passage=" not in page.url  # htmx fetched the form alone
    page.go_back()
    page.goto("/import/")
    page.locator(".recent-list a").first.click()
    page.locator("button[value=all]").click()
    page.wait_for_url(re.compile(r"/report$"))
    assert Article.objects.live().count() == 2
    assert Article.objects.get(kind="interview").speaker_names == "France 24, Antony Blinken"
    page.locator(".report-acts a.primary").click()
    page.wait_for_url(re.compile(r"/\?batch="))
    for article in Article.objects.all():
        expect(page.get_by_role("link", name=article.title).first).to_be_visible()
    page.go_back()
    page.locator("form[action$=undo] button").click()
    expect(page.locator("form[action$=redo] button")).to_be_visible()
    assert not Article.objects.live().exists()
    assert faults == []


def test_what_cannot_be_sent_again_is_not_offered_again(window: Page) -> None:
    page = window
    page.goto("/import/")
    drop(page, {"fiches.csv": b"file,title\na.txt,Une visite\n"})
    expect(page.locator(".sending-words")).to_contain_text("tableau")
    expect(page.locator("button.again")).to_be_hidden()
    expect(page.locator(".sending progress")).to_be_hidden()


def test_sending_is_taken_up_again_after_a_cut(window: Page) -> None:
    page = window
    page.goto("/import/")
    intercept(page, "**/import/files", lambda route: route.abort())
    drop(page, {"depeche.txt": NEWS.encode()})
    again = page.locator("button.again")
    expect(again).to_be_visible()
    assert not StagedFile.objects.exists()
    page.unroute("**/import/files")
    again.click()
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/1/$"))
    assert StagedFile.objects.count() == 1


def test_many_files_go_in_parts(window: Page) -> None:
    page = window
    page.goto("/import/")
    files = {f"{n:03}.txt": f"{NEWS}\n\nNuméro {n}.\n".encode() for n in range(130)}
    drop(page, files | {"details.csv": b"file,title\n129.txt,La table\n"})
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/$"))
    assert StagedFile.objects.count() == 130
    assert StagedFile.objects.get(name="129.txt").overrides["title"] == "La table"
    expect(page.locator("#working progress")).to_be_visible()


def test_without_javascript(
    open_browser: Callable[..., Page], editor: User, shelf: Collection, tmp_path: Path
) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    paths[0].write_text(NEWS)
    paths[1].write_text(INTERVIEW)
    page = open_browser(editor, javascript=False)
    page.goto("/import/")
    page.set_input_files("#files", [str(path) for path in paths])
    page.locator("#drop button[type=submit]").click()
    page.locator("tr", has_text="b.txt").locator("a.file-title").click()
    page.locator("#p1 .fix").click()
    page.locator("#p1 select[name=role]").select_option("statement")
    page.locator("#p1 button[value=passage]").click()
    expect(page.locator("#p1")).to_have_attribute("data-role", "statement")
    page.locator("button[value=one]").click()
    page.wait_for_url("**/report")
    assert Article.objects.count() == 1


def test_axe_finds_nothing(
    open_browser: Callable[..., Page], editor: User, shelf: Collection, look: dict[str, Any]
) -> None:
    page = open_browser(editor, **look)
    latin = "Café à Genève, dit le ministre.\n\nLa séance est levée.\n".encode("latin-1")
    found: dict[str, list[str]] = {}

    def inspect(name: str) -> None:
        shoot(page, f"import-{name}-{look['width']}")
        found[name] = axe_faults(page)

    page.goto("/import/")
    inspect("start")
    drop(page, {"a.txt": NEWS.encode(), "b.txt": INTERVIEW.encode(), "c.txt": latin, "d.txt": b" "})
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/$"))
    inspect("batch")
    page.locator("tr", has_text="c.txt").locator("a.file-title").click()
    inspect("doubtful")
    page.goto(page.url.replace("/3/", "/2/") + "?passage=2")
    page.locator("details.set-right summary").first.click()
    inspect("file")
    page.locator("button[value=one]").click()
    inspect("report")
    assert {name: faults for name, faults in found.items() if faults} == {}, json.dumps(found)


def test_how_a_text_was_read_stands_beside_it(window: Page) -> None:
    page = window
    page.goto("/import/")
    drop(page, {"entretien.txt": INTERVIEW.encode()})
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/1/$"))
    head, side = (page.locator(part).bounding_box() for part in (".preview .head", ".import-side"))
    assert head is not None
    assert side is not None
    assert abs(head["y"] - side["y"]) < 2
    assert side["x"] >= head["x"] + head["width"]


def test_the_page_is_no_wider_than_a_phone(
    open_browser: Callable[..., Page], editor: User, shelf: Collection
) -> None:
    page = open_browser(editor, width=390)
    page.goto("/import/")
    long = "un-nom-de-fichier-tres-long" * 5 + ".txt"
    drop(page, {"a.txt": NEWS.encode(), long: NEWS.encode() + b"x"})
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/$"))
    for address in (page.url, page.url + "1/", page.url + "2/?passage=1", "/import/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def focused(page: Page) -> str:
    """What has the focus: `id`, `name` or class of the element, or its tag."""
    found = "(e) => e.id || e.name || e.className || e.tagName"
    return str(page.evaluate(f"({found})(document.activeElement)"))


def test_the_form_of_a_passage_takes_the_focus_and_gives_it_back(
    window: Page, faults: list[str]
) -> None:
    page = window
    page.goto("/import/")
    drop(page, {"entretien.txt": INTERVIEW.encode()})
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/1/$"))
    link, form = page.locator("#p2 .fix"), page.locator("#p2 .passage-form")
    for close in ("Escape", "Cancel"):
        link.press("Enter")
        expect(form.locator("select[name=role]")).to_be_focused()
        if close == "Escape":
            page.keyboard.press("Tab")
            page.keyboard.press("Escape")
        else:
            form.locator("[data-cancel]").press("Enter")
        expect(form).to_have_count(0)
        expect(link).to_be_focused()
    link.press("Enter")
    form.locator("select[name=role]").select_option("statement")
    form.locator("button[value=passage]").press("Enter")
    expect(page.locator("#p2")).to_have_attribute("data-role", "statement")
    expect(page.locator("#p2")).to_be_focused()
    page.goto(page.url.split("#")[0] + "?passage=2#p2")
    expect(form.locator("select[name=role]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    assert "passage=" not in page.url
    assert faults == []


def test_keys_walk_through_the_files(window: Page) -> None:
    page = window
    page.goto("/import/")
    files = {"a.txt": NEWS.encode(), "b.txt": INTERVIEW.encode(), "c.txt": b" "}
    drop(page, files)
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/$"))
    titles = page.locator(".file-title")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(titles.nth(place)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/\d/$"))


def test_a_role_and_the_name_of_who_speaks_next_stand_apart(window: Page) -> None:
    window.goto("/import/")
    drop(
        window, {"short.txt": f"{INTERVIEW}\nFrance 2 : Oui ?\n\nAntony Blinken : Non.\n".encode()}
    )
    window.wait_for_selector(".preview .passage")
    gaps = window.evaluate("""() => {
        const box = (label, edge) => [...label.children].map((one) =>
            one.getBoundingClientRect()[edge]);
        const labels = [...document.querySelectorAll(".passage .label")];
        return labels.slice(1).map((label, place) =>
            Math.min(...box(label, "top")) - Math.max(...box(labels[place], "bottom")));
    }""")
    assert len(gaps) >= 4
    assert min(gaps) >= 5


def test_what_is_wrong_takes_the_focus(window: Page, shelf: Collection) -> None:
    page = window
    page.goto("/import/")
    drop(page, {"depeche.txt": NEWS.encode()})
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/1/$"))
    page.locator("details.set-right summary").first.click()
    date = page.locator("[name=date]")
    date.fill("le douze mai")
    page.get_by_role("button", name="Le lire ainsi").click()
    expect(date).to_have_attribute("aria-invalid", "true")
    expect(date).to_be_focused()
    expect(page.locator(".field-wrong .errorlist")).to_be_in_viewport()
    page.locator("details.set-right summary").first.click()
    page.locator("button[value=one]").click()
    expect(date).to_be_focused()
    date.fill("12 mai 2020")
    date.press("Enter")
    expect(page.locator(".head .meta")).to_contain_text("12 mai 2020")
    assert not Article.objects.exists()


def test_a_wrong_member_and_a_wrong_name_take_the_focus(
    open_browser: Callable[..., Page], admin: User, shelf: Collection
) -> None:
    page = open_browser(admin)
    page.goto(f"/collections/{shelf.pk}/")
    page.locator("[name=person]").fill("niemand")
    page.locator("[name=person]").press("Enter")
    expect(page.locator("[name=person]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=person]")).to_be_focused()
    Collection.objects.create(name="Prise")
    page.goto(f"/collections/{shelf.pk}/")
    page.locator("[name=name]").fill("Prise")
    page.locator("[name=name]").press("Enter")
    expect(page.locator("[name=name]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=name]")).to_be_focused()


def test_signing_in_wrongly_puts_the_focus_in_the_form(open_browser: Callable[..., Page]) -> None:
    page = open_browser(None)
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill("niemand")
    page.locator("[name=password]").fill("wrong")
    page.locator("[name=password]").press("Enter")
    expect(page.locator(".form-errors")).to_be_visible()
    expect(page.locator("[name=login]")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_leaving_a_row_out_keeps_what_was_typed_and_goes_to_the_next(
    open_browser: Callable[..., Page], editor: User, shelf: Collection, *, javascript: bool
) -> None:
    page = open_browser(editor, javascript=javascript)
    page.goto("/import/")
    texts = [f"{NEWS}\n\nNuméro {number}.\n" for number in range(3)]
    page.locator("#files").set_input_files([
        {"name": f"{number}.txt", "mimeType": "text/plain", "buffer": text.encode()}
        for number, text in enumerate(texts)
    ])  # fmt: skip
    if not javascript:
        page.locator("#drop button[type=submit]").click()
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/$"))
    page.locator("[name=new_collection]").fill("Sommet")
    page.locator("[name=source]").fill("AFP")
    page.get_by_role("button", name="Écarter 1.txt").click()
    expect(page.locator("#rows tr")).to_have_count(2)
    expect(page.locator("[name=new_collection]")).to_have_value("Sommet")
    expect(page.locator("[name=source]")).to_have_value("AFP")
    expect(page.get_by_role("button", name="Écarter 2.txt")).to_be_focused()


def open_interview(page: Page, *others: str) -> None:
    """The preview of an interview that was sent, alone or with other texts."""
    page.goto("/import/")
    texts = [INTERVIEW, *others]
    page.locator("#files").set_input_files([
        {"name": f"{number}.txt", "mimeType": "text/plain", "buffer": text.encode()}
        for number, text in enumerate(texts)
    ])  # fmt: skip
    if page.locator("#drop button[type=submit]").is_visible():  # without a script
        page.locator("#drop button[type=submit]").click()
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/(1/)?$"))
    if others:
        page.locator("tr", has_text="0.txt").locator("a.file-title").click()
    page.wait_for_selector(".preview .passage")


def type_details(page: Page) -> None:
    """A date and a speaker's name."""
    for summary in reversed(page.locator("details.set-right:not([open]) > summary").all()):
        summary.click()
    page.locator("[name=date]").fill("3 mai 2020")
    page.locator("#name-0").fill("France 24")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_what_is_typed_goes_along_with_the_passage_that_is_opened_and_kept(
    open_browser: Callable[..., Page], editor: User, shelf: Collection, *, javascript: bool
) -> None:
    page = open_browser(editor, language="en", javascript=javascript)
    open_interview(page)
    type_details(page)
    page.locator("#p2 .fix").click()
    page.locator("#p2 select[name=role]").select_option("statement")
    page.locator("#p3 .fix").click()
    expect(page.locator("#p3 select[name=role]")).to_be_visible()
    expect(page.locator(".passage-form")).to_have_count(1)
    expect(page.locator("#p2")).to_have_attribute("data-role", "statement")
    page.locator("#p3 select[name=role]").select_option("note")
    page.locator("[data-cancel]").click()
    expect(page.locator(".passage-form")).to_have_count(0)
    expect(page.locator("#p3")).to_have_attribute("data-role", "question")
    page.locator("#p3 .fix").click()
    page.locator("#p3 select[name=role]").select_option("note")
    page.locator("button[value=passage]").click()
    expect(page.locator("#p3")).to_have_attribute("data-role", "note")
    expect(page.locator(".head .meta")).to_contain_text("3 May 2020")
    expect(page.locator(".passage .speaker").first).to_have_text("France 24")


@pytest.mark.parametrize("button", ["speakers", "next", "one"])
def test_what_is_typed_in_one_form_goes_along_with_any_button(
    window: Page, faults: list[str], button: str
) -> None:
    page = window
    open_interview(page, "Sans date.\n\nEt sans plus.\n")
    address = page.url
    type_details(page)
    page.locator(f"button[value={button}]").click()
    if button == "one":
        page.wait_for_url("**/report")
        article = Article.objects.get()
        assert (str(article.date), article.speaker_names[:9]) == ("2020-05-03", "France 24")
    else:
        page.goto(address)
        expect(page.locator(".head .meta")).to_contain_text("3 mai 2020")
        expect(page.locator(".passage .speaker").first).to_have_text("France 24")
    assert faults == []


def who_stays(page: Page) -> list[str]:
    """Stay on the page whenever it asks; the kinds of questions that it asks come into the list."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked


def test_leaving_with_something_typed_is_asked(window: Page) -> None:
    page = window
    asked = who_stays(page)
    open_interview(page)
    address, menu = page.url, page.locator("header nav a, nav a").first
    page.locator("details.set-right > summary").first.click()
    page.locator("[name=title]").fill("Titre tapé")
    menu.click(no_wait_after=True)
    expect(page.locator("[name=title]")).to_have_value("Titre tapé")
    page.wait_for_function("document.readyState === 'complete'")
    assert (asked, page.url) == (["beforeunload"], address)
    page.locator("[name=date]").fill("hier")
    page.get_by_role("button", name="Le lire ainsi").click()
    expect(page.locator("[name=date]")).to_have_attribute("aria-invalid", "true")
    assert len(asked) == 1
    menu.click(no_wait_after=True)
    expect(page.locator("[name=date]")).to_have_value("hier")
    assert len(asked) == 2
    page.locator("[name=date]").fill("")
    page.get_by_role("button", name="Le lire ainsi").click()
    expect(page.locator("h1")).to_have_text("Titre tapé")
    menu.click()
    expect(page.locator(".preview")).to_have_count(0)
    assert len(asked) == 2


def test_leaving_the_table_with_something_typed_is_asked(window: Page) -> None:
    page = window
    asked = who_stays(page)
    open_interview(page, NEWS)
    page.locator(".way-back a").click()
    page.locator("[name=source]").fill("AFP")
    title = page.locator(".file-title").first
    title.click(no_wait_after=True)
    expect(page.locator("[name=source]")).to_have_value("AFP")
    page.get_by_role("button", name="Écarter 1.txt").click()
    expect(page.locator(".left-out")).to_be_visible()
    title.click(no_wait_after=True)
    expect(page.locator("[name=source]")).to_have_value("AFP")
    assert asked == ["beforeunload"] * 2
    page.get_by_role("button", name="Le reprendre").click()
    expect(page.locator("#rows tr")).to_have_count(2)
    page.locator("button[value=none]").click()
    expect(page.locator("[name=source]")).to_have_value("AFP")
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/$"))
    page.get_by_role("button", name="Écarter 1.txt").click()
    expect(page.locator(".left-out")).to_be_visible()
    title.click()
    page.wait_for_selector(".preview .passage")
    assert len(asked) == 2


def test_another_language_after_a_wrong_date_shows_the_file(window: Page) -> None:
    page = window
    open_interview(page)
    address = page.url
    page.locator("details.set-right > summary").first.click()
    page.locator("[name=date]").fill("hier")
    page.locator("[name=date]").press("Enter")
    expect(page.locator("[name=date]")).to_have_attribute("aria-invalid", "true")
    assert page.url.endswith("/adjust")
    page.locator("#p2 .fix").click()  # asks for the form where the file is
    expect(page.locator("#p2 select[name=role]")).to_be_focused()
    expect(page.locator("[name=date]")).to_have_value("hier")
    page.locator("button[value=passage]").click()
    expect(page.locator("[name=date]")).to_be_focused()
    page.goto(page.url)
    expect(page.locator(".preview .passage").first).to_be_visible()
    assert page.url == address
