"""House rules: what admins let people do, each change in the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from lxml import html

from articles.models import Activity, HouseRule, Verb
from articles.queries.rules import allows
from articles.services.log import Agent
from articles.services.rules import change_rules

if TYPE_CHECKING:
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]
ADDRESS = "/settings/house"


def test_no_rule_is_on_at_first(db: None) -> None:
    assert not allows("lone_validation")
    assert not allows("own_proposals")


def test_a_rule_that_does_not_exist_is_a_mistake(db: None) -> None:
    with pytest.raises(ValueError, match="everything"):
        allows("everything")
    with pytest.raises(ValueError, match="everything"):
        change_rules(wanted={"everything": True}, agent=Agent(name="tests"))
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseRule.objects.create(name="everything", value=True)


def test_an_admin_sets_rules_and_the_log_says_so(sign_in: SignIn, admin: User) -> None:
    client = sign_in(admin)
    assert client.post(ADDRESS, {"lone_validation": "on"}).status_code == 302
    assert allows("lone_validation")
    assert not allows("own_proposals")
    activity = Activity.objects.get(verb=Verb.RULE)
    assert activity.actor == admin
    assert activity.data["rules"] == {"lone_validation": {"before": False, "after": True}}
    client.post(ADDRESS, {"own_proposals": "on"})
    assert (allows("lone_validation"), allows("own_proposals")) == (False, True)
    assert Activity.objects.filter(verb=Verb.RULE).count() == 2


def test_saving_the_same_again_changes_nothing(sign_in: SignIn, admin: User) -> None:
    client = sign_in(admin)
    client.post(ADDRESS, {"own_proposals": "on"})
    client.post(ADDRESS, {"own_proposals": "on"})
    assert Activity.objects.filter(verb=Verb.RULE).count() == 1


def test_the_page_shows_what_holds_and_who_changed_it(sign_in: SignIn, admin: User) -> None:
    client = sign_in(admin)
    client.post(ADDRESS, {"own_proposals": "on"})
    answer = client.get(ADDRESS, headers={"accept-language": "en"})
    tree = html.document_fromstring(answer.content)
    ticked = [box.get("name") for box in tree.cssselect("input[type=checkbox][checked]")]
    assert "own_proposals" in ticked
    assert "lone_validation" not in ticked
    told = tree.cssselect("section li")[0].text_content()
    assert "admin" in told
    assert "People may accept their own proposals: on" in told


@pytest.mark.usefixtures("shelf")
def test_the_history_tells_editors(sign_in: SignIn, admin: User, editor: User) -> None:
    sign_in(admin).post(ADDRESS, {"own_proposals": "on"})
    answer = sign_in(editor).get("/activity/", headers={"accept-language": "en"})
    assert "People may accept their own proposals: on" in answer.content.decode()


def test_only_admins_set_rules(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {"own_proposals": "on"}).status_code == 403
    assert not allows("own_proposals")
    assert client.put(ADDRESS).status_code == 405
