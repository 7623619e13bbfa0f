"""Who the speakers of interviews are: said, said otherwise, taken back; each act undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from annotations.models import Entity, LinkStatus, SpeakerIdentity
from annotations.services.annotating import Gone, Missing
from annotations.services.journal import own_values, record_rows, touch_articles
from annotations.services.spans import Refused
from articles.models import Speaker, Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotations.services.journal import Row
    from articles.models import Activity
    from articles.services.log import Agent

    Allow = Callable[[SpeakerIdentity | None, str], None]


class StaleSpeaker(Refused):
    """Somebody has said meanwhile who the speaker is."""

    code = "stale"


def stand_of(identity: SpeakerIdentity | None) -> str:
    """How an identification stands, in a word that a form sends back; "" where nothing is said."""
    if identity is None or is_open(identity):
        return ""
    return f"{identity.entity_id or ''}:{identity.status}"


def is_open(identity: SpeakerIdentity) -> bool:
    """Whether nothing is said, as after the undoing of what was."""
    return identity.entity_id is None and identity.status != LinkStatus.NOT_IDENTIFIABLE


def identify_speaker(
    *, speaker_id: int, entity_id: int | None, status: str, seen: str, agent: Agent, allow: Allow
) -> tuple[SpeakerIdentity, Activity | None]:
    """Say who a speaker is; no entity and status "" take it back.

    `seen` is how it stood when the person saw it (`stand_of`): raises `StaleSpeaker` where it
    stands otherwise now. `allow` gets what is said so far (None: nothing), locked, and the status
    wanted, and raises what it wants when the person may not. No activity when nothing changes.
    """
    try:
        with transaction.atomic():
            wanted = SpeakerIdentity(
                pk=speaker_id, entity=_entity(entity_id, status),
                status=status or LinkStatus.UNVERIFIED, set_by=agent.user, set_at=timezone.now(),
            )  # fmt: skip
            return _identify(wanted, seen, agent, allow)
    except IntegrityError as fault:
        if not SpeakerIdentity.objects.filter(pk=speaker_id).exists():
            raise
        raise StaleSpeaker(str(speaker_id)) from fault


def _identify(
    said: SpeakerIdentity, seen: str, agent: Agent, allow: Allow
) -> tuple[SpeakerIdentity, Activity | None]:
    speaker = Speaker.objects.select_related("article").get(pk=said.pk)
    found = SpeakerIdentity.objects.filter(pk=said.pk).select_for_update(of=("self",))
    identity = found.first()
    if stand_of(identity) != seen:
        raise StaleSpeaker(str(said.pk))
    allow(identity if seen else None, said.status)
    before = own_values(identity) if identity else None
    if stand_of(said) == seen:
        return said, None
    said.save(force_insert=identity is None)
    rows: list[Row] = [("speaker_identity", said.pk, before, own_values(said))]
    activity = record_rows(agent, Verb.SPEAKER, rows, article=speaker.article)
    touch_articles([speaker.article_id])
    return said, activity


def _entity(entity_id: int | None, status: str) -> Entity | None:
    """The entity, which stays until the act is done."""
    if entity_id is None:
        if status not in ("", LinkStatus.NOT_IDENTIFIABLE):
            raise Missing("entity")
        return None
    if status not in (LinkStatus.VERIFIED, LinkStatus.UNVERIFIED):
        raise Missing("status")
    found = Entity.objects.live().filter(pk=entity_id)
    entity = found.select_for_update(of=("self",), no_key=True).first()
    if entity is None:
        raise Gone("entity")
    return entity
