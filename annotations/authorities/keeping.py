"""What is chosen from an authority is kept as a local entity, and refreshed on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.authorities.asking import fetch
from annotations.authorities.shapes import AuthorityFault
from annotations.models import Entity, EntityIdentifier
from annotations.services.entities import create_entity
from annotations.services.entity_parts import IdentifierTaken, lock_entity
from annotations.services.journal import record_rows
from annotations.services.updating import Update, bring_up_to_date
from articles.models import Verb

if TYPE_CHECKING:
    from articles.models import Activity
    from articles.services.log import Agent


def keep_entity(*, authority: str, value: str, agent: Agent) -> Entity:
    """The local entity of an authority's id, made where there is none yet.

    Where the authority does not answer, what it showed as a candidate is kept; `fetched` is then
    empty. Raises `AuthorityFault` where nothing is known of the id.
    """
    if standing := _bearing(authority, value):
        return standing
    got = fetch(authority, value)
    if got.value != value and (standing := _bearing(authority, got.value)):
        return standing
    record = got.record
    try:
        entity, _made = create_entity(
            agent=agent,
            kind=record.kind,
            label_fr=record.label_fr,
            label_en=record.label_en or ("" if record.label_fr else got.value),
            description_fr=record.description_fr,
            description_en=record.description_en,
            aliases=record.aliases,
            identifiers=record.identifiers,
            offices=record.offices,
            origin=authority,
            fetched=timezone.now() if got.whole else None,
        )
    except IdentifierTaken as taken:  # in the same moment, by somebody else
        if taken.entity is None:
            raise
        return taken.entity
    return entity


def refresh_entity(*, entity_id: int, agent: Agent) -> tuple[Entity, Activity | None]:
    """Ask the entity's authority again; what people wrote stays. Raises `AuthorityFault`."""
    known = EntityIdentifier.objects.filter(entity=entity_id, retired=False)
    identifier = known.filter(authority="wikidata").first()
    if identifier is None:
        raise AuthorityFault(_("This record has no authority that can be asked."))
    got = fetch(identifier.authority, identifier.value, fresh=True)
    with transaction.atomic():
        entity = lock_entity(entity_id, None)
        bearing = frozenset({(identifier.authority, identifier.value)})
        update = Update(entity, got.record, identifier.authority, bearing)
        ((_touched, rows),) = bring_up_to_date([update])
        Entity.objects.filter(pk=entity.pk).update(fetched=timezone.now())
        entity.refresh_from_db()
        if not rows:
            return entity, None
        return entity, record_rows(agent, Verb.ENTITY, rows, entity=entity.pk)


def _bearing(authority: str, value: str) -> Entity | None:
    """The live entity that bears the id, found also through what it was merged into."""
    found = EntityIdentifier.objects.filter(authority=authority, value=value, retired=False)
    identifier = found.select_related("entity__merged_into").first()
    if identifier is None:
        return None
    return identifier.entity.merged_into or identifier.entity
