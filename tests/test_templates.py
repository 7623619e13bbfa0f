"""Templates: every word goes through gettext, nothing is marked safe, nothing is styled inline."""

from __future__ import annotations

import re
from pathlib import Path

from django.template import Engine, Template
from django.template.base import TextNode

from diplowatch import messages
from tests.every import every

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted(
    (ROOT / "templates").rglob("*.txt")
)
NAMES = {
    "DiploWatch",
    "broad",
    "JSON",
    "CSV",
    "Français",
    "English",
    "Esc",
    "Enter",
    "Aa",
    "UTF",
    "OpenID",
}
ATTRIBUTE = re.compile(r"""\b(title|aria-label|placeholder|alt|data-toast)=(["'])(.*?)\2""")
INVISIBLE = re.compile(r"<!--.*?-->|<(script|style|svg)\b.*?</\1>|<[^>]*>|&\w+;", re.S)
WORD = re.compile(r"[^\W\d_]{2,}")


def bare_words(source: str) -> set[str]:
    """The words of a template that no translation passes through."""
    template = Template(source, engine=Engine.get_default())
    text = "".join(node.s if isinstance(node, TextNode) else "\0" for node in flat(template))
    found = {word for _a, _q, value in ATTRIBUTE.findall(text) for word in WORD.findall(value)}
    visible = INVISIBLE.sub(" ", text)
    return (found | set(WORD.findall(visible))) - NAMES


def flat(template: Template) -> list[object]:
    """Text nodes and placeholders of a template, in the order of its source."""
    nodes: list[object] = []

    def walk(node_list: object) -> None:
        for node in node_list:  # type: ignore[attr-defined]  # Django's NodeList
            nodes.append(node)
            for name in getattr(node, "child_nodelists", ()):
                if child := getattr(node, name, None):
                    walk(child)
            for _condition, child in getattr(node, "conditions_nodelists", ()):
                walk(child)

    walk(template.nodelist)
    return nodes


@every(TEMPLATES)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    assert bare_words(path.read_text()) == set()


def test_a_bare_word_is_found() -> None:
    source = '{% load i18n %}<p title="Bonjour">{% translate "Hello" %} monde</p>'
    assert bare_words(source) == {"Bonjour", "monde"}


@every([path for path in TEMPLATES if path.suffix == ".html"])
def test_nothing_is_safe_by_decree_nor_styled_inline(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"\|\s*safe\b|autoescape off|\sstyle=|\son\w+=|hx-on|<style", source)


def test_html_is_made_by_hand_in_the_rendering_rooms_only() -> None:
    rooms = {ROOT / "annotations" / "rendering.py", ROOT / "articles" / "rendering.py"}
    for package in ("articles", "annotations", "diplowatch"):
        for path in set((ROOT / package).rglob("*.py")) - rooms:
            assert "mark_safe(" not in path.read_text(), path


def test_strings_are_gathered_from_templates_code_and_the_reading() -> None:
    template = (
        '{% load i18n %}{% translate "One" context "c" %}'
        "{% blocktranslate count n=n trimmed %}{{ n }} text{% plural %}{{ n }} texts"
        "{% endblocktranslate %}"
    )
    assert set(messages.in_template(template)) == {
        ("c", "One", None),
        (None, "%(n)s text", "%(n)s texts"),
    }
    code = 'x = _("Two")\ny = ngettext("%d a", "%d b", 3)\nz = other("no")'
    assert set(messages.in_python(code)) == {(None, "Two", None), (None, "%d a", "%d b")}
    assert (None, "The file is empty.", None) in set(messages.in_reading())


def test_a_string_without_french_is_found() -> None:
    from babel.messages.catalog import Catalog

    assert "The file is empty." in messages.missing(Catalog(locale="fr"))
