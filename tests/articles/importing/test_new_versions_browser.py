"""A new version of a text as a person merges it: looked at, a conflict decided, merged, undone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, ImportBatch
from tests.articles.importing.test_new_versions import NEW, correct, texts
from tests.browser import faults
from tests.conftest import INTERVIEW

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from playwright.sync_api import Page

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = ((1280, False), (390, True))


def test_a_conflict_is_decided_and_the_new_version_merged(
    open_browser: Callable[..., Page], news: Article, editor: User,
    sign_in: Callable[[User | None], Client],
) -> None:  # fmt: skip
    correct(news, "mardi", "lundi", editor)
    files = [("news.txt", NEW), ("autre.txt", INTERVIEW)]
    uploads = [SimpleUploadedFile(name, text.encode()) for name, text in files]
    sign_in(editor).post(reverse("upload_import"), {"files": uploads})
    batch = ImportBatch.objects.latest("created")
    for width, dark in LOOKS:
        page = open_browser(editor, width=width, dark=dark)
        for name, args in (("preview_batch", (batch.pk,)), ("preview_file", (batch.pk, 1))):
            page.goto(reverse(name, args=args))
            wide = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert wide, name
            assert faults(page) == [], name
            if shots := os.environ.get("SHOTS"):
                page.screenshot(path=f"{shots}/{name}-{width}.png", full_page=True)
    page.locator(".sides [value=theirs]").check()
    page.locator("button[value=merge][name=which]").click()
    expect(page.locator("[data-state=merged]").first).to_be_visible()
    assert "reçu mercredi" in texts(news)[0]
