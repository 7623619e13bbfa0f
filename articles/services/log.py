"""Who acts, and the log of what they did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

from articles.models import Activity, Verb

if TYPE_CHECKING:
    from articles.models import Article, Collection, ImportBatch
    from diplowatch.accounts.models import User

COMMAND_LINE = gettext_noop("command line")


@dataclass(frozen=True, slots=True)
class Agent:
    """A person, or a machine agent by its name."""

    user: User | None = None
    name: str = ""


def record(
    agent: Agent,
    verb: Verb,
    *,
    article: Article | None = None,
    collection: Collection | None = None,
    batch: ImportBatch | None = None,
    undoes: Activity | None = None,
    private: bool = False,
    **data: Any,
) -> Activity:
    """Write one activity; call it inside the transaction of the act."""
    return Activity.objects.create(
        actor=agent.user,
        agent=agent.name if agent.user is None else "",
        verb=verb,
        article=article,
        collection=collection,
        batch=batch,
        undoes=undoes,
        private=private,
        data=data,
    )
