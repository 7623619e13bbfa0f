"""Collections made, renamed, opened or closed, and their members."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from articles.models import BatchState, Collection, Membership, Verb, Visibility
from articles.services.log import Agent, record
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplowatch.accounts.models import User


RETIRED_SIGN = " \u2020 "  # between the name of a deleted collection and its number
MOST_KEPT = 170  # code points of such a name


class StillInUse(Exception):
    """The collection has texts, or some are on their way into it."""


class StaleCollection(Exception):
    """Somebody changed the collection since this person saw it."""


def make_collection(*, name: str, visibility: str, agent: Agent) -> Collection:
    """Make a collection, its owner who makes it; raises `ValidationError` for a name in use."""
    collection = Collection(
        name=_clean(name), visibility=Visibility(visibility).value, owner=agent.user
    )
    collection.full_clean()
    with _name_in_use_refused(collection), transaction.atomic():
        collection.save()
        _log(agent, collection, {}, {"name": collection.name, "visibility": collection.visibility})
    return collection


def rename_collection(*, collection_id: int, version: int, name: str, agent: Agent) -> Collection:
    """Give a collection another name; raises `ValidationError` for one in use."""
    return _change(collection_id, version, agent, name=_clean(name))


def set_visibility(
    *, collection_id: int, version: int, visibility: str, agent: Agent
) -> Collection:
    """Say who may read a collection; one without an owner becomes its changer's."""
    return _change(collection_id, version, agent, visibility=Visibility(visibility).value)


def retire_collection(*, collection_id: int, agent: Agent) -> Collection:
    """Delete an empty collection softly; its name is free again. Raises `StillInUse`."""
    with transaction.atomic():
        collection = Collection.objects.select_for_update().get(pk=collection_id)
        busy = (BatchState.READING, BatchState.RUNNING)
        if collection.articles.live().exists() or collection.batches.filter(state__in=busy):
            raise StillInUse
        if collection.retired is None:
            _log(agent, collection, {"retired": False}, {"retired": True}, name=collection.name)
            collection.retired = timezone.now()
            collection.name = f"{collection.name[:MOST_KEPT]}{RETIRED_SIGN}{collection.pk}"
            collection.version += 1
            collection.save(update_fields=["name", "retired", "version"])
    return collection


def restore_collection(*, collection_id: int, agent: Agent) -> Collection:
    """Bring back a deleted collection; raises `ValidationError` where its name is taken now."""
    with transaction.atomic():
        collection = Collection.objects.select_for_update().get(pk=collection_id)
        if collection.retired is not None:
            collection.name = name_of_retired(collection)
            collection.full_clean()
            _log(agent, collection, {"retired": True}, {"retired": False}, name=collection.name)
            collection.retired, collection.version = None, collection.version + 1
            with _name_in_use_refused(collection), transaction.atomic():
                collection.save(update_fields=["name", "retired", "version"])
    return collection


def name_of_retired(collection: Collection) -> str:
    """The name that a deleted collection had."""
    return collection.name.rpartition(RETIRED_SIGN)[0]


def set_member(
    *, collection: Collection, user: User, role: Role | None, agent: Agent
) -> Membership | None:
    """Give a person a role in a collection, or (None) take the person out of it."""
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        found = Membership.objects.filter(collection=collection, user=user).first()
        before = None if found is None else int(found.role)
        if before == (None if role is None else int(role)):
            return found
        if role is None:
            Membership.objects.filter(collection=collection, user=user).delete()
            membership = None
        else:
            membership = found or Membership(collection=collection, user=user)
            membership.role = int(role)
            membership.full_clean(validate_constraints=found is None)
            membership.save()
        after = None if role is None else int(role)
        _log(agent, collection, {"role": before}, {"role": after}, member=user.pk)
        Collection.objects.filter(pk=collection.pk).update(version=F("version") + 1)
    return membership


def _change(collection_id: int, version: int, agent: Agent, **values: Any) -> Collection:
    with transaction.atomic():
        collection = Collection.objects.select_for_update().get(pk=collection_id)
        if collection.version != version:
            raise StaleCollection
        before = {name: getattr(collection, name) for name in values}
        if before == values:
            return collection
        for name, value in values.items():
            setattr(collection, name, value)
        if collection.visibility == Visibility.PRIVATE and collection.owner_id is None:
            collection.owner = agent.user
        collection.full_clean()
        _log(agent, collection, before, values)
        collection.version = version + 1
        with _name_in_use_refused(collection), transaction.atomic():
            collection.save(update_fields=[*values, "owner", "version"])
    return collection


@contextmanager
def _name_in_use_refused(collection: Collection) -> Iterator[None]:
    """Say so also where somebody took the name after it was looked for."""
    try:
        yield
    except IntegrityError as fault:
        if Collection.objects.filter(name=collection.name).exclude(pk=collection.pk).exists():
            said = collection.unique_error_message(Collection, ("name",))
            raise ValidationError({"name": [said]}) from fault
        raise


def _log(
    agent: Agent,
    collection: Collection,
    before: dict[str, Any],
    after: dict[str, Any],
    **more: Any,
) -> None:
    record(agent, Verb.COLLECTION, collection=collection, before=before, after=after, **more)


def _clean(name: str) -> str:
    return " ".join(name.split())
