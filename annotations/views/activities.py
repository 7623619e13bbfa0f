"""The history: who changed what and when, with the way to undo it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from annotations.forms.activities import ChosenForm
from annotations.rendering.differences import why_in
from annotations.rendering.revisions import say_briefly
from annotations.views.origin import origin_of
from annotations.views.standing_words import say_standing
from annotations.views.wording import RowWords, did
from articles.access import (
    get_article,
    importing_role,
    is_in_hands_of,
    signed_in,
    with_access,
)
from articles.forms.details import DetailsForm
from articles.forms.languages import language_name
from articles.models import Kind, Status
from articles.queries.activities import HIGHEST, Act, acts_in, acts_on, count_acts_on
from articles.queries.rules import say_changes
from articles.queries.shelves import Shelves, visible_shelves
from diplowatch.lib.addresses import address_of
from diplowatch.lib.dates import typed_date
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.models import Activity, Article
    from articles.queries.activities import Change
    from articles.queries.revised import Revised
    from diplowatch.accounts.models import User

# Fields that say nothing without another, or nothing to a person.
UNSAID = ("title_derived", "date_precision", "source_file_id", "sha256")


class Changed(NamedTuple):
    """A text and what was changed of it, in words."""

    title: str
    address: str  # "" when it was taken away
    said: str


class Corrected(NamedTuple):
    """What was done to one text, as HTML, with where to read it."""

    title: str
    address: str
    said: SafeString


class Line(NamedTuple):
    """An act as the page shows it."""

    act: Act
    who: str
    did: str
    place: str
    changed: list[Changed]
    corrected: list[Corrected]
    why: list[str]
    texts: str  # how many an import brought, or its undoing took away or brought back
    report: str  # where the report of that import is, if the person may see it


@require_safe
@with_access
def list_activities(request: HttpRequest) -> HttpResponse:
    """What was done where the person edits, or to one text; chosen by verb, person and dates.

    Whoever edits nowhere sees what they did themselves.
    """
    user = signed_in(request)
    shelves = visible_shelves(user)
    form = ChosenForm(request.GET)
    chosen = form.chosen(_number(request.GET.get("before", "")) or HIGHEST)
    asked = request.GET.get("article")
    own = chosen.by == user.pk
    article = None
    if asked:
        article = get_article(request, _number(asked), Role.ANONYMOUS if own else Role.EDITOR)
    if article is None and not own and not shelves.editable():
        raise PermissionDenied
    if article is None:
        acts, older = acts_in(shelves, chosen, user)
    else:
        acts, older = acts_on(article, shelves, chosen, user)
    words = RowWords([act.activity for act in acts], user, shelves.ids)
    kept = request.GET.copy()
    kept["before"] = str(older)
    context = {
        "article": article,
        "origin": origin_of(request.GET) if article else None,
        "form": form,
        "counts": article and (article.revision, count_acts_on(article, user)),
        "lines": [_line(act, shelves, words, user) for act in acts],
        "older": f"{reverse('list_activities')}?{kept.urlencode()}" if older else "",
    }
    return render(request, "annotations/list_activities.html", context)


def _number(said: str) -> int:
    if not said:
        return 0
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise Http404
    return int(said)


def _line(act: Act, shelves: Shelves, words: RowWords, user: User) -> Line:
    activity = act.activity
    who = str(activity.actor) if activity.actor else _(activity.agent)
    place = shelves.names.get(activity.collection_id or 0, "")
    changed = [_changed(change, shelves, activity) for change in act.changes]
    said = [] if act.revised.revisions else [*words.of(activity), *say_changes(activity)]
    if said:
        title, address = ("", "") if act.article is None else _title_of(act.article)
        changed = [Changed(title, address, " · ".join(said))]
    return Line(
        act, who, did(activity), place, changed, _corrected(act.revised), why_in(activity.data),
        *_of_import(activity, shelves, user),
    )  # fmt: skip


def _of_import(activity: Activity, shelves: Shelves, user: User) -> tuple[str, str]:
    """How many texts an act on an import was about, and the address of its report."""
    batch, count = activity.batch, activity.data.get("count")
    if batch is None:
        return "", ""
    texts = ngettext("%(n)d text", "%(n)d texts", count) % {"n": count} if count else ""
    held = shelves.roles.get(batch.collection_id or 0, Role.ANONYMOUS)
    may_see = is_in_hands_of(batch, user) and held >= importing_role()
    return texts or _("the import"), reverse("show_batch", args=(batch.pk,)) if may_see else ""


def _corrected(revised: Revised) -> list[Corrected]:
    """The operations of an act, those of one text together."""
    made: dict[int, Corrected] = {}
    for done in revised.done:
        known = made.get(done.article)
        said = say_briefly(done.operation)
        if known is not None:
            said = SafeString(f"{known.said} · {said}")
        number = getattr(done.operation, "passage", 0)
        address = f"{address_of('read_article', done.article)}#p{number}"
        made[done.article] = Corrected(done.title, known.address if known else address, said)
    return list(made.values())


def _title_of(article: Article) -> tuple[str, str]:
    return article.title, "" if article.removed else article.get_absolute_url()


def _changed(change: Change, shelves: Shelves, activity: Activity) -> Changed:
    labels = {name: str(field.label) for name, field in DetailsForm.base_fields.items()}
    labels |= {"tags": _("Tags"), "collection_id": _("Collection")}
    # Acts of before name no precision that stayed.
    known = {"date_precision": change.article.date_precision}
    before, after = known | dict(change.before), known | dict(change.after)
    said = [
        _("%(name)s: %(value)s")
        % {
            "name": labels.get(name, name),
            "value": f"{_value(name, before, shelves)} → {_value(name, after, shelves)}",
        }
        for name in change.after
        if name not in UNSAID
    ]
    said += say_standing(activity, change.article)
    title, address = _title_of(change.article)
    return Changed(title, address, " · ".join(said))


def _value(name: str, values: Mapping[str, Any], shelves: Shelves) -> str:
    value = values[name]
    if value in (None, "", []):
        return _("empty")
    match name:
        case "date":
            return typed_date(datetime.date.fromisoformat(value), values["date_precision"])
        case "tags":
            return ", ".join(value)
        case "collection_id":
            return shelves.names.get(value, "…")
        case "status":
            return str(Status(value).label)
        case "kind":
            return str(Kind(value).label)
        case "language":
            return language_name(value)
    return str(value)
