"""Django's admin of annotations: shown, never changed, and secrets stay secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotations.models import Tag
from articles.models import Activity
from tests.annotations.saying import said
from tests.annotations.speaking import make_entity

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Article
    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def test_an_admin_looks_at_all_but_what_others_keep_private(
    sign_in: SignIn, admin: User, reader: User, annotator: User, news: Article
) -> None:
    note = {"motivation": "commenting", "private": ""}
    shared = said(sign_in(annotator), news, **note | {"body": "Ouvert"})
    secret = said(sign_in(reader), news, **note | {"body": "Secret", "private": "on"})
    tag = Tag.objects.create(name="ONU", folded="onu")
    entity = make_entity("Blinken")
    client = sign_in(admin)
    listed = client.get("/admin/annotations/annotation/").content.decode()
    assert str(shared.pk) in listed
    assert str(secret.pk) not in listed
    page = client.get(f"/admin/annotations/annotation/{shared.pk}/change/")
    assert "Ouvert" in page.content.decode()
    assert client.get(f"/admin/annotations/annotation/{secret.pk}/change/").status_code == 302
    for one in (tag, entity):
        address = f"/admin/annotations/{one._meta.model_name}/"
        assert client.get(address).status_code == 200
        assert client.get(f"{address}{one.pk}/change/").status_code == 200
        assert client.get(f"{address}add/").status_code == 403
    hidden = Activity.objects.get(private=True)
    assert client.get(f"/admin/articles/activity/{hidden.pk}/change/").status_code == 302
