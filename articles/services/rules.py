"""Changing the house rules: each change is one activity, and changing back is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from articles.models import HouseRule, Rule, Verb
from articles.services.log import Agent, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.models import Activity

LOCK = "SELECT pg_advisory_xact_lock(hashtext('articles_houserule'))"


def change_rules(*, wanted: Mapping[str, bool], agent: Agent) -> Activity | None:
    """Set rules by their names; None when all stand so already.

    The activity's data hold `{"rules": {"<name>": {"before": …, "after": …}}}`. Raises ValueError
    for a rule that does not exist.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:  # rules without a row cannot be locked
            cursor.execute(LOCK)
        held = dict(HouseRule.objects.values_list("name", "value"))
        changed = {
            rule: {"before": held.get(rule, False), "after": value}
            for name, value in wanted.items()
            if held.get(rule := Rule(name).value, False) != value
        }
        if not changed:
            return None
        activity = record(agent, Verb.RULE, rules=changed)
        for name, values in changed.items():
            HouseRule.objects.update_or_create(name=name, defaults={"value": values["after"]})
    return activity
