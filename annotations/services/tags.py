"""The controlled list of tags: each act logged, undoable, and refused on what has changed since."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from annotations.models import Annotation, Tag
from annotations.models.tag import NAME_LENGTH
from annotations.services.annotating import Gone, Missing, TooLong
from annotations.services.journal import own_values, record_rows, touch_articles
from annotations.services.spans import Refused
from annotations.text.folding import fold
from articles.models import Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotations.services.journal import Row
    from articles.models import Activity
    from articles.services.log import Agent

DESCRIPTION_LENGTH = 1_000  # code points


class StaleTag(Refused):
    """Somebody changed the tag since this person saw it."""

    code = "stale"

    def __init__(self, tag: Tag) -> None:
        """Keep the tag as it stands now."""
        self.tag = tag
        super().__init__(f"tag {tag.pk} stands at version {tag.version}")


class TagExists(Refused):
    """Another tag bears this name."""

    def __init__(self, tag: Tag | None) -> None:
        """Keep which, where it is still there."""
        self.tag = tag
        super().__init__(str(tag))


def make_tag(*, name: str, agent: Agent, description: str = "") -> tuple[Tag, Activity]:
    """Add a tag to the list; raises `TagExists` for a name that is there."""
    tag = Tag(name=_clean(name, NAME_LENGTH), description=_clean_note(description))
    tag.folded = fold(tag.name)
    with _names_once(tag), transaction.atomic():
        tag.save()
        rows: list[Row] = [("tag", tag.pk, None, own_values(tag))]
        return tag, record_rows(agent, Verb.VOCABULARY, rows)


def change_tag(
    *, tag_id: int, version: int, agent: Agent, name: str, description: str = ""
) -> tuple[Tag, Activity | None]:
    """Give a tag another name or description; no activity when that changes nothing."""
    cleaned, note = _clean(name, NAME_LENGTH), _clean_note(description)
    renamed = Tag(pk=tag_id, name=cleaned, folded=fold(cleaned))
    with _names_once(renamed), transaction.atomic():
        tag = _lock(tag_id, version)
        before = own_values(tag)
        tag.name, tag.folded, tag.description = renamed.name, renamed.folded, note
        if own_values(tag) == before:
            return tag, None
        _store(tag)
        rows: list[Row] = [("tag", tag.pk, before, own_values(tag))]
        return tag, record_rows(agent, Verb.VOCABULARY, rows)


def retire_tag(*, tag_id: int, version: int, agent: Agent) -> tuple[Tag, Activity]:
    """Take a tag off the list: nobody gives it any more, what bears it keeps it."""
    with transaction.atomic():
        tag = _lock(tag_id, version)
        tag.retired = True
        _store(tag)
        rows: list[Row] = [("tag", tag.pk, {"retired": False}, {"retired": True})]
        return tag, record_rows(agent, Verb.VOCABULARY, rows)


def merge_tags(*, tag_id: int, version: int, into_id: int, agent: Agent) -> tuple[Tag, Activity]:
    """Put one tag in the place of another: what bore the other bears it, the other is retired."""
    if tag_id == into_id:
        raise Missing("tag")
    with transaction.atomic():
        pair = Tag.objects.filter(pk__in=(tag_id, into_id)).order_by("pk").select_for_update()
        found = {tag.pk: tag for tag in pair}
        winner = found.get(into_id)
        if winner is None or winner.retired:
            raise Gone("tag")
        tag = _lock(tag_id, version)
        tag.retired, tag.merged_into = True, winner
        _store(tag)
        rows: list[Row] = [
            (
                "tag", tag.pk, {"retired": False, "merged_into_id": None},
                {"retired": True, "merged_into_id": winner.pk},
            )
        ]  # fmt: skip
        # Deleted ones too: were they brought back, they would bear what is gone.
        bearing = Annotation.objects.filter(tag=tag).order_by("pk").select_for_update(of=("self",))
        moved = list(bearing.values_list("pk", "article_id"))
        rows += [("annotation", pk, {"tag_id": tag.pk}, {"tag_id": winner.pk}) for pk, _ in moved]
        Annotation.objects.filter(pk__in=[pk for pk, _ in moved]).update(
            tag=winner, version=F("version") + 1, modified=timezone.now()
        )
        activity = record_rows(agent, Verb.MERGE, rows)
        touch_articles(article for _, article in moved)
        return winner, activity


def find_tag(name: str) -> Tag | None:
    """The live tag of this name, whatever its case and accents."""
    return Tag.objects.live().filter(folded=fold(name)).first()


def _lock(tag_id: int, version: int) -> Tag:
    tag = Tag.objects.filter(pk=tag_id).select_for_update(of=("self",)).first()
    if tag is None or tag.retired:
        raise Gone("tag")
    if tag.version != version:
        raise StaleTag(tag)
    return tag


def _store(tag: Tag) -> None:
    tag.version += 1
    tag.save()


def _clean(name: str, most: int) -> str:
    said = " ".join(name.replace("\0", "").split())
    if not said:
        raise Missing("name")
    if len(said) > most:
        raise TooLong
    return said


def _clean_note(description: str) -> str:
    said = " ".join(description.replace("\0", "").split())
    if len(said) > DESCRIPTION_LENGTH:
        raise TooLong
    return said


@contextmanager
def _names_once(tag: Tag) -> Iterator[None]:
    """Say which tag bears the name already, also where it was made in the same moment."""
    try:
        yield
    except IntegrityError as fault:
        if "tag_name_once" not in str(fault):
            raise
        raise TagExists(find_tag(tag.name)) from fault
