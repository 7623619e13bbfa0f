"""The acts on annotations: on one of them, and a person's own on one article."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Q

from articles.models import Activity, Verb

if TYPE_CHECKING:
    from annotations.models import Annotation
    from articles.models import Article
    from diplowatch.accounts.models import User
    from diplowatch.lib.roles import Person

MOST_STEPS = 200
# What touches annotations of many articles at once bears the name of none.
OF_MANY = (Verb.MERGE, Verb.ENTITY, Verb.UNDO)


class Stack(NamedTuple):
    """The acts that a person would undo and redo next (their ids)."""

    undo: int | None
    redo: int | None


def acts_on_annotation(annotation: Annotation, user: Person) -> list[Activity]:
    """What was done to one annotation and may be known to this person, the latest first."""
    named = {"rows": [{"model": "annotation", "id": str(annotation.pk)}]}
    here = Q(article=annotation.article_id) | Q(article=None, verb__in=OF_MANY)
    seen = Q(private=False) | Q(actor=user.pk)
    found = Activity.objects.filter(here & seen, data__contains=named).select_related("actor")
    return list(found.order_by("-pk")[:MOST_STEPS])


def own_stack(article: Article, user: User) -> Stack:
    """What this person would undo and redo next on an article, worked out from the log."""
    undoable = Q(data__has_any_keys=["rows", "changes", "version"])
    found = Activity.objects.filter(undoable, article=article, actor=user)
    # An act that somebody else has undone is no longer there to be undone.
    by_others = Activity.objects.filter(undoes=OuterRef("pk")).exclude(actor=user)
    found = found.annotate(is_gone=Exists(by_others)).order_by("-pk")[:MOST_STEPS]
    done: list[int] = []
    undone: list[int] = []
    for pk, undoes, is_gone in reversed(found.values_list("pk", "undoes_id", "is_gone")):
        if undoes in done:
            done.remove(undoes)
            undone.append(pk)
        elif undoes in undone:
            undone.remove(undoes)
            done.append(pk)
        else:
            # A new act: what was undone before it is not brought back by a key any more.
            done.append(pk)
            undone.clear()
        if is_gone:
            (done if pk in done else undone).remove(pk)
    return Stack(done[-1] if done else None, undone[-1] if undone else None)
