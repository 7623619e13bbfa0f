"""What the frame around every page needs: navigation, look, keys, toasts."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from articles.access import may_import_somewhere
from diplowatch.keymap import GROUPS
from diplowatch.lib.addresses import address_of
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.messages.storage.base import Message
    from django.http import HttpRequest
    from django.template.base import FilterExpression, Parser, Token

register = template.Library()

THEMES = ("system", "light", "dark")
SIZES = ("small", "normal", "large", "largest")
WIDTHS = ("narrow", "normal", "wide")
# A message with the extra tag "undo-12" offers to undo activity 12; with "redo-12" the same, where
# that is an undoing.
UNDO_TAGS = ("undo-", "redo-")
KEPT = 500  # parts of pages

_kept: OrderedDict[tuple[str, ...], SafeString] = OrderedDict()


class Look(NamedTuple):
    """How the person wants pages to look."""

    theme: str = "system"
    size: str = "normal"
    width: str = "normal"


def look_of(cookies: Mapping[str, str]) -> Look:
    """The look that the browser's cookie asks for, as far as it makes sense."""
    words = cookies.get("look", "").split("-")
    if len(words) != len(Look._fields):
        return Look()
    allowed = (THEMES, SIZES, WIDTHS)
    return Look(
        *(
            word if word in choices else usual
            for word, choices, usual in zip(words, allowed, Look(), strict=True)
        )
    )


@register.simple_tag(takes_context=True)
def look(context: template.Context) -> Look:
    """The look of this page."""
    request: HttpRequest | None = context.get("request")
    return Look() if request is None else look_of(request.COOKIES)


@register.simple_tag(takes_context=True)
def look_form(context: template.Context) -> SafeString:
    """The choices of theme, text size and width."""
    chosen = look(context)
    return render_to_string("_look_form.html", {"groups": _look_choices(chosen)})


def _look_choices(chosen: Look) -> list[dict[str, Any]]:
    said = {
        "theme": (_("Theme"), (_("As the system"), _("Light"), _("Dark"))),
        "size": (_("Text size"), (_("Small"), _("Normal"), _("Large"), _("Largest"))),
        "width": (_("Text width"), (_("Narrow"), _("Normal"), _("Wide"))),
    }
    values = {"theme": THEMES, "size": SIZES, "width": WIDTHS}
    return [
        {
            "name": name,
            "legend": legend,
            "choices": [
                (value, label, value == getattr(chosen, name))
                for value, label in zip(values[name], labels, strict=True)
            ],
        }
        for name, (legend, labels) in said.items()
    ]


@register.simple_tag
def interface_languages() -> list[tuple[str, str]]:
    """The languages of the interface, each by its own name."""
    return list(settings.LANGUAGES)


@register.simple_tag
def help_dialog() -> SafeString:
    """The help dialog in the interface's language."""
    return render_to_string("_help.html", {"groups": GROUPS})


class At(template.Node):
    """The address of a page, or of the thing with a number."""

    child_nodelists = ()

    def __init__(self, name: str, number: FilterExpression | None, put_by: str) -> None:
        """Nothing is looked up yet; `put_by` is the name that the address gets, if any."""
        self.name, self.number, self.put_by = name, number, put_by

    def render(self, context: template.Context) -> str:
        """The address, or nothing where it is put by."""
        number = None if self.number is None else self.number.resolve(context)
        address = address_of(self.name, number)
        if not self.put_by:
            return address
        context[self.put_by] = address
        return ""


@register.tag
def at(parser: Parser, token: Token) -> At:
    """An address: `{% at "read_text" article.pk %}`, `{% at "list_waiting" %}`.

    With `as text` it is put by. A page has many: this takes a third of what a simple tag does.
    """
    _at, name, *rest = token.split_contents()
    put_by = rest.pop() if rest[-2:-1] == ["as"] else ""
    number = rest[: len(rest) - bool(put_by)]
    if name[0] not in "\"'" or len(number) > 1:
        raise template.TemplateSyntaxError(token.contents)
    return At(name[1:-1], parser.compile_filter(number[0]) if number else None, put_by)


class Kept(template.Node):
    """A part of pages that is the same for many; each process keeps its own."""

    def __init__(
        self, nodelist: template.NodeList, name: str, depends_on: list[FilterExpression]
    ) -> None:
        """What it `depends_on` tells one from another of the same name."""
        self.nodelist, self.name, self.depends_on = nodelist, name, depends_on

    def render(self, context: template.Context) -> SafeString:
        """The part as it was made once; anew each time where one works on the pages."""
        if settings.DEBUG:
            return self.nodelist.render(context)
        key = (self.name, *(str(one.resolve(context)) for one in self.depends_on))
        found = _kept.get(key)
        if found is None:
            while len(_kept) >= KEPT:
                _kept.popitem(last=False)
            found = _kept[key] = self.nodelist.render(context)
        return found


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """Keep what is inside: `{% kept bar interface_language links %}…{% endkept %}`.

    Django's `cache` does the same through a cache: three times slower, and a page has ten parts.
    """
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    _tag, name, *depends_on = token.split_contents()
    return Kept(nodelist, name, [parser.compile_filter(one) for one in depends_on])


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> SafeString:
    """The links of the main navigation as the person at hand may use it; empty for strangers."""
    request: HttpRequest | None = context.get("request")
    if request is None or not hasattr(request, "user"):
        return SafeString()
    known = request.user.is_authenticated
    if not (known or settings.PUBLIC_READING):
        return SafeString()
    match = request.resolver_match
    here = (match.url_name or "") if match else ""
    may_say = role_of(request.user) >= Role.ANNOTATOR
    imports = may_import_somewhere(request.user)
    return _links(get_language() or "", here, known, may_say, imports)


@lru_cache(maxsize=1_000)
def _links(
    _language: str, here: str, is_known: bool, may_say: bool, may_import: bool
) -> SafeString:
    entries = [
        ("list_articles", _("Articles"), "article"),
        ("list_entities", _("Entities"), "entity"),
        *([("list_names", _("Names"), "name")] if may_say else []),
        ("list_collections", _("Collections"), "collection"),
        ("list_annotations", _("Annotations"), "annotation"),
    ]
    if is_known:
        entries.append(("show_progress", _("Progress"), "progress"))
    if may_import:
        entries.append(("start_import", _("Import"), "import"))
    if may_say:
        entries.append(("find_and_correct", pgettext("in the navigation", "Correct"), "find"))
    section = _section(here)
    return format_html_join(
        "",
        '<a href="{}"{}>{}</a>',
        (
            (href, _current(here, name, inside=inside == section), label)
            for name, label, inside in entries
            if (href := _address(name))
        ),
    )


@register.simple_tag(takes_context=True)
def searched_words(context: template.Context) -> str:
    """What was searched in the list, also on the page of a text opened from it; else nothing."""
    request: HttpRequest | None = context.get("request")
    match = request.resolver_match if request is not None else None
    if request is not None and match is not None and match.url_name == "list_articles":
        return request.GET.get("q", "")
    return getattr(context.get("origin"), "query", "")


@register.simple_tag
def undo_address(message: Message) -> str:
    """Where to undo what a message tells of; "" when it offers no undoing."""
    for tag in (message.extra_tags or "").split():
        if tag.startswith(UNDO_TAGS) and (number := tag.partition("-")[2]).isdigit():
            return _address("undo_activity", int(number))
    return ""


def _address(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _section(name: str) -> str:
    if "entit" in name:
        return "entity"
    if any(word in name for word in ("_name", "known_word", "garbling")):
        return "name"
    if "annotation" in name or name.endswith(("_tag", "_tags")):
        return "annotation"
    if "collection" in name:
        return "collection"
    if any(word in name for word in ("import", "batch", "preview", "staged")):
        return "import"
    if any(word in name for word in ("article", "exchange", "detail")):
        return "article"
    return ""


def _current(here: str, name: str, *, inside: bool) -> SafeString:
    if here == name:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"' if inside else "")
