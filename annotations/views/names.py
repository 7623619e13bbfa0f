"""The page of names: what is known, what is garbled, what nobody has linked, what is amiss."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from annotations.forms.names import (
    CHECKS,
    GARBLINGS,
    KNOWN,
    SPELLINGS,
    UNLINKED,
    VIEWS,
    NamesQuery,
)
from annotations.models import (
    Annotation,
    CorrectionState,
    EntityName,
    KnownWord,
    Motivation,
    NameKind,
)
from annotations.queries import worklist
from annotations.queries.of_articles import LinkedEntities
from annotations.queries.spellings import inconsistent_spellings
from articles.access import require, signed_in, with_access
from articles.queries.shelves import visible_shelves
from articles.rendering import grouped
from articles.text import checks
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotations.queries.worklist import Texts
    from diplowatch.accounts.models import User

PAGE: Final = 50
TITLES: Final = {
    UNLINKED: gettext_lazy("Unlinked names"),
    SPELLINGS: gettext_lazy("Spellings"),
    GARBLINGS: gettext_lazy("Known garblings"),
    KNOWN: gettext_lazy("Known words"),
    CHECKS: gettext_lazy("Checks"),
}
KINDS: Final = {
    checks.DOUBLED: gettext_lazy("Doubled words"),
    checks.UNCLOSED: gettext_lazy("Unclosed quotation marks"),
    checks.UNOPENED: gettext_lazy("Unopened quotation marks"),
    checks.NO_BLANK: gettext_lazy("Missing spaces"),
    checks.TWO_BLANKS: gettext_lazy("Double spaces"),
    checks.BLANK_BEFORE: gettext_lazy("Space before a comma or full stop"),
}


@require_safe
@with_access
def list_names(request: HttpRequest) -> HttpResponse:
    """One of the lists of names, over the newest texts that the person sees."""
    user = signed_in(request)
    require(user, Role.ANNOTATOR)
    shelves = visible_shelves(user)
    query = NamesQuery.read(request.GET)
    places = query.places(shelves)
    context = {
        "query": query,
        "tabs": [(TITLES[view], query.address(view=view, kind=""), view == query.view)
                 for view in VIEWS],
        "title": TITLES[query.view],
        "collections": shelves.names,
        "may_edit": role_of(user) >= Role.EDITOR,
        "here": request.get_full_path(),
    }  # fmt: skip
    context |= _LISTS[query.view](user, query, places)
    return render(request, "annotations/list_names.html", context)


def _unlinked(_user: User, query: NamesQuery, places: Sequence[int]) -> dict[str, Any]:
    texts = worklist.newest_texts(places, query.article)
    forms = worklist.unlinked_forms(texts)
    page = _page(query, forms)
    labels = _labels(pk for form in page["rows"] for pk in (*form.entities, *form.garbled))
    page["rows"] = [
        (form, [(pk, labels[pk]) for pk in form.entities if pk in labels],
         [(pk, labels[pk]) for pk in form.garbled if pk in labels])
        for form in page["rows"]
    ]  # fmt: skip
    return page | _reach(texts)


def _spellings(_user: User, query: NamesQuery, places: Sequence[int]) -> dict[str, Any]:
    texts = worklist.newest_texts(places, query.article)
    return _page(query, inconsistent_spellings(texts.ids)) | _reach(texts)


def _garblings(user: User, query: NamesQuery, places: Sequence[int]) -> dict[str, Any]:
    texts = worklist.newest_texts(places, query.article)
    found = worklist.known_garblings(texts)
    names = EntityName.objects.filter(
        kind=NameKind.GARBLING, retired=False, entity__retired=False
    ).select_related("entity")
    page = _page(query, names.order_by("folded", "pk"), names.count())
    labels = _labels(name.entity_id for name in page["rows"])
    page["rows"] = [
        (name, labels.get(name.entity_id, ""), found.get(name.folded)) for name in page["rows"]
    ]
    waiting = Annotation.objects.visible_to(user).filter(
        motivation=Motivation.EDITING, state=CorrectionState.PROPOSED,
        article__collection__in=places,
    )  # fmt: skip
    return page | _reach(texts) | {"waiting": waiting.count()}


def _known(_user: User, query: NamesQuery, _places: Sequence[int]) -> dict[str, Any]:
    words = KnownWord.objects.live().select_related("creator")
    return _page(query, words, words.count())


def _checks(_user: User, query: NamesQuery, places: Sequence[int]) -> dict[str, Any]:
    texts = worklist.newest_texts(places, query.article)
    found = worklist.slips(texts)
    counts = Counter(slip.kind for slip in found)
    chosen = [slip for slip in found if query.kind in ("", slip.kind)]
    page = _page(query, chosen)
    page["rows"] = [(KINDS[slip.kind], slip.place) for slip in page["rows"]]
    kinds = [("", _("All"), len(found))]
    kinds += [(kind, str(label), counts[kind]) for kind, label in KINDS.items()]
    return (
        page
        | _reach(texts)
        | {
            "kinds": [
                (label, grouped(count), query.address(kind=kind), kind == query.kind)
                for kind, label, count in kinds
                if count or kind in ("", query.kind)
            ]
        }
    )


_LISTS: Final = {
    UNLINKED: _unlinked,
    SPELLINGS: _spellings,
    GARBLINGS: _garblings,
    KNOWN: _known,
    CHECKS: _checks,
}


def _page(query: NamesQuery, found: Any, total: int | None = None) -> dict[str, Any]:
    """A page of what was found, and the ways to those beside it."""
    count = len(found) if total is None else total
    first = (query.page - 1) * PAGE
    return {
        "rows": list(found[first : first + PAGE]),
        "total": grouped(count),
        "previous": query.address(page=query.page - 1) if query.page > 1 else "",
        "next": query.address(page=query.page + 1) if count > first + PAGE else "",
    }


def _reach(texts: Texts) -> dict[str, Any]:
    """Over how many texts this was found."""
    return {"looked": len(texts.rows), "is_more": texts.is_more}


def _labels(ids: Iterable[int]) -> dict[int, str]:
    wanted = {str(pk) for pk in ids}
    if not wanted:
        return {}
    return {int(pk): label for pk, label in LinkedEntities().labels(wanted).items()}
