"""The house rules, set by admins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.access import require, signed_in, with_access
from articles.models import Rule
from articles.queries.rules import changes_of_rules, say_changes, standing_rules
from articles.services.log import Agent
from articles.services.rules import change_rules
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from datetime import datetime

    from articles.models import Activity


class Step(NamedTuple):
    """A change of rules as the page tells it."""

    who: str
    when: datetime
    said: list[str]


@require_http_methods(["GET", "POST"])
@with_access
def edit_rules(request: HttpRequest) -> HttpResponse:
    """The house rules as boxes to tick; each change is told below them."""
    user = signed_in(request)
    require(user, Role.ADMIN)
    if request.method == "GET":
        steps = [_step(activity) for activity in changes_of_rules()]
        context = {"rules": standing_rules(), "steps": steps}
        return render(request, "articles/edit_rules.html", context)
    wanted = {rule.value: rule.value in request.POST for rule in Rule}
    if change_rules(wanted=wanted, agent=Agent(user)) is None:
        messages.info(request, _("Nothing was changed."))
    else:
        messages.success(request, _("The house rules are saved."))
    return redirect("edit_rules")


def _step(activity: Activity) -> Step:
    who = str(activity.actor) if activity.actor else _(activity.agent)
    return Step(who, activity.created, say_changes(activity))
