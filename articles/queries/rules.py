"""What the house rules let people do."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.models import Activity, HouseRule, Rule, Verb

LATEST = 20  # changes shown


class Standing(NamedTuple):
    """A rule, what it lets people do, and whether it does."""

    name: str
    label: str
    value: bool


def allows(name: str) -> bool:
    """Whether the rule of this name is on; raises ValueError for one that does not exist."""
    return HouseRule.objects.filter(name=Rule(name).value, value=True).exists()


def standing_rules() -> list[Standing]:
    """All rules, in the order they are declared in."""
    on = set(HouseRule.objects.filter(value=True).values_list("name", flat=True))
    return [Standing(rule.value, str(rule.label), rule.value in on) for rule in Rule]


def say_changes(activity: Activity) -> list[str]:
    """What an act did to rules, in words; nothing for other acts."""
    labels = {rule.value: str(rule.label) for rule in Rule}
    return [
        f"{labels.get(name, name)}: {_('on') if values['after'] else _('off')}"
        for name, values in (activity.data.get("rules") or {}).items()
    ]


def changes_of_rules() -> list[Activity]:
    """The latest changes, the newest first."""
    changes = Activity.objects.filter(verb=Verb.RULE).select_related("actor")
    return list(changes.order_by("-pk")[:LATEST])
