"""Speakers of interviews are identified, and all that they answered is on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

from annotations.models import SpeakerIdentity
from tests.annotations.speaking import make_entity

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from articles.models import Article
    from diplowatch.accounts.models import User

    SignIn = Callable[[User | None], Client]


def test_a_speaker_is_identified_and_undone_and_a_stale_form_refused(
    sign_in: SignIn, editor: User, reader: User, interview: Article
) -> None:
    speaker = interview.speakers.get(name="Antony Blinken")
    entity, client = make_entity("Antony Blinken"), sign_in(editor)
    address = f"/articles/{interview.pk}/speakers/{speaker.pk}"
    assert address in client.get(f"/articles/{interview.pk}/").content.decode()
    act = {"entity": entity.pk, "status": "verified", "seen": ""}
    page = client.post(address, act, follow=True)
    undo = html.fromstring(page.content).cssselect("#toasts form")[0].get("action")
    assert SpeakerIdentity.objects.get(pk=speaker.pk).entity == entity
    assert client.post(address, act).status_code == 409
    assert client.post(address, {"seen": f"{entity.pk}:verified", "entity": "9999999",
                                 "status": "verified"}).status_code == 409  # fmt: skip
    wrong = {"seen": f"{entity.pk}:verified", "status": "sure", "entity": entity.pk}
    assert client.post(address, wrong).status_code == 422
    assert client.get(f"/articles/{interview.pk}/speakers/999999").status_code == 404
    answers = sign_in(reader).get(f"/entities/{entity.pk}/answers")
    tree = html.fromstring(answers.content)
    assert len(tree.cssselect(".answer")) == len(tree.cssselect(".asked")) == 2
    found = sign_in(reader).get(f"/entities/{entity.pk}/answers", {"q": "communiquer"})
    assert len(html.fromstring(found.content).cssselect(".answer")) == 1
    client.post(undo)
    assert b'answer"' not in sign_in(reader).get(f"/entities/{entity.pk}/answers").content
