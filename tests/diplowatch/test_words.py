"""Words and parts of templates that are kept are those that would be made anew."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError, engines
from django.urls import reverse
from django.utils.translation import gettext, override, pgettext


def made(source: str, **values: object) -> str:
    """What a template gives."""
    return made_of(template(source), **values)


def template(source: str) -> Template:
    """A template of ours."""
    found: Template = engines["django"].from_string(source).template
    return found


def made_of(found: Template, **values: object) -> str:
    """What it gives with these values."""
    return str(found.render(Context(values)))


def test_words_follow_the_language_at_hand() -> None:
    """One template, asked in turn."""
    said = template('{% load i18n %}{% translate "Articles" %} {% trans "Filter" %}')
    for language in ("fr", "en", "fr"):
        with override(language):
            assert made_of(said) == f"{gettext('Articles')} {gettext('Filter')}"


def test_words_with_a_context_and_signs_are_said_as_before() -> None:
    """The context chooses, a percent sign stays one, what is in quotes is not escaped twice."""
    source = (
        '{% load i18n %}{% translate "Highlight" context "on a button" %} {% translate "1 %" %}'
    )
    with override("fr"):
        wanted = f"{pgettext('on a button', 'Highlight')} 1 %"
        assert made(source) == wanted
    assert made('{% load i18n %}{% translate "a & b" %}') == "a & b"


def test_words_that_vary_are_not_kept() -> None:
    """A variable, a filter, words that are put by."""
    said = template("{% load i18n %}{% translate word %}")
    with override("fr"):
        assert made_of(said, word="Articles") == gettext("Articles")
        assert made_of(said, word="Filter") == gettext("Filter")
        assert made('{% load i18n %}{% translate "Filter"|upper %}') == gettext("Filter").upper()
        put_by = '{% load i18n %}{% translate "Filter" as one %}[{{ one }}]'
        assert made(put_by) == f"[{gettext('Filter')}]"


def test_addresses_with_and_without_a_number() -> None:
    """Said where they stand, or put by."""
    source = (
        "{% load house %}{% at 'list_articles' %} {% at \"read_article\" pk %}"
        "{% at 'show_cards' pk as one %}{% at 'list_entities' as two %} {{ one }} {{ two }}"
    )
    wanted = [
        reverse("list_articles"), reverse("read_article", args=(7,)),
        reverse("show_cards", args=(7,)), reverse("list_entities"),
    ]  # fmt: skip
    assert made(source, pk=7).split() == wanted


@pytest.mark.parametrize("tag", ["at name 1", "at 'read_article' 1 2", "at 'read_article' 1 as"])
def test_an_address_that_says_anything_else_is_refused(tag: str) -> None:
    """When the template is read."""
    with pytest.raises(TemplateSyntaxError):
        template("{% load house %}{% " + tag + " %}")


def test_a_part_is_kept_by_what_it_depends_on() -> None:
    """And by its name; what it does not depend on is as it was when it was made."""
    part = template(
        "{% load house %}{% kept test_part one two %}{{ one }}{{ two }}{{ other }}{% endkept %}"
    )
    assert made_of(part, one=1, two="<", other="a") == "1&lt;a"
    assert made_of(part, one=1, two="<", other="b") == "1&lt;a"
    assert made_of(part, one=2, two="<", other="b") == "2&lt;b"
    again = template("{% load house %}{% kept test_other one two %}{{ other }}{% endkept %}")
    assert made_of(again, one=1, two="<", other="c") == "c"


def test_nothing_is_kept_where_one_works_on_the_pages(settings: object) -> None:
    """Else a changed template would not be seen."""
    settings.DEBUG = True  # type: ignore[attr-defined]
    part = template("{% load house %}{% kept test_debug %}{{ other }}{% endkept %}")
    assert [made_of(part, other=one) for one in "ab"] == ["a", "b"]
