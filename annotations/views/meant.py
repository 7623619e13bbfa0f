"""The entity that somebody means: one of ours, one of an authority, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.authorities.keeping import keep_entity
from annotations.services.annotating import Missing
from annotations.services.entities import create_entity
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from annotations.forms.saying import Said
    from articles.services.log import Agent


def entity_meant(said: Said, agent: Agent, role: Role) -> int | None:
    """Its number; what an authority knows is kept, what editors name is made.

    Raises `AuthorityFault` where the authority has nothing to say of the id.
    """
    if said.entity_id is not None:
        return said.entity_id
    if said.authority and said.value and role >= Role.ANNOTATOR:
        return keep_entity(authority=said.authority, value=said.value, agent=agent).pk
    if said.entity_label:
        if role < Role.EDITOR:
            raise Missing("entity")
        made, _activity = create_entity(
            agent=agent, kind=said.entity_kind, label_fr=said.entity_label
        )
        return made.pk
    return None
