"""Many people at work on few articles at once: corrections, annotations, splits, merges, undoing.

Run inside a house (`python -m benchmarks.crowd SECONDS CLIENTS SEED ARTICLE…`); prints as JSON how
many acts of each kind were done, how many were refused because somebody else had changed the same
words, and what went wrong.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from threading import Barrier, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

import django

django.setup()

from django.db import OperationalError, connection  # noqa: E402

from annotations.models import Motivation  # noqa: E402
from annotations.models.annotation import make_uuid  # noqa: E402
from annotations.services.annotating import create_annotation  # noqa: E402
from annotations.services.correcting import correct_text  # noqa: E402
from annotations.services.spans import Refused, Span  # noqa: E402
from annotations.services.undoing import undo_act  # noqa: E402
from articles.models import Activity, Passage, Verb  # noqa: E402
from articles.services.log import Agent  # noqa: E402
from articles.services.operating import Act, TextFault, Work, operate  # noqa: E402
from articles.services.undo_faults import CannotUndo  # noqa: E402
from articles.text.operations import Merge, Operation, Split  # noqa: E402
from diplowatch.accounts.models import User  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = ("Blinken", "Lavrov", "Kyiv", "l’Élysée", "Macron", "aujourd’hui", "𝒪sce", "OTAN")
KINDS = ("correct", "annotate", "split", "merge", "undo")
SHARES = (8, 6, 1, 1, 4)


class Person:
    """One of the crowd."""

    def __init__(self, number: int, seed: str, articles: Sequence[int], user: User) -> None:
        """Choose by chance, the same for the same seed."""
        self.chance = random.Random(f"{seed}-{number}")
        self.articles, self.user = articles, user
        self.agent = Agent(user)
        self.done: Counter[str] = Counter()
        self.acts: list[int] = []
        self.undone = 0

    def act(self) -> None:
        """Do one thing."""
        kind = self.chance.choices(KINDS, SHARES)[0]
        before = len(self.acts) + self.undone
        try:
            getattr(self, kind)()
        except (Refused, TextFault, CannotUndo) as fault:
            self.done[f"{kind} refused: {type(fault).__name__}"] += 1
        else:
            self.done[kind] += len(self.acts) + self.undone - before

    def correct(self) -> None:
        """Put other words in the place of some."""
        passage = self.passage()
        span = self.span(passage)
        words = " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, 3)))
        done = correct_text(
            article_id=passage.article_id, span=span, replacement=words, agent=self.agent,
            allow=anybody,
        )  # fmt: skip
        self.acts.append(done.done.activity.pk)

    def annotate(self) -> None:
        """Highlight some words."""
        passage = self.passage()
        _made, activity = create_annotation(
            article_id=passage.article_id, motivation=Motivation.HIGHLIGHTING, agent=self.agent,
            spans=[self.span(passage)], key=make_uuid(),
        )  # fmt: skip
        self.acts.append(activity.pk)

    def split(self) -> None:
        """Part a passage at a blank."""
        passage = self.passage()
        blanks = [at for at, sign in enumerate(passage.text) if sign == " "][1:-1]
        if blanks:
            at = self.chance.choice(blanks)
            self.operate(passage, Split(passage.number, at, " ", 0, passage.role, None, None))

    def merge(self) -> None:
        """Join a passage with the next one."""
        passage = self.passage()
        following = Passage.objects.filter(
            article=passage.article_id, retired=False, position__gt=passage.position
        )
        other = following.order_by("position").first()
        if other is not None:
            self.operate(
                passage,
                Merge(passage.number, len(passage.text), " ", other.number, other.role, None, None),
            )

    def operate(self, passage: Passage, operation: Operation) -> None:
        """Change the structure."""
        work = Work(passage.article_id, [operation], {passage.number: passage.revision})
        done = operate([work], Act(self.agent, Verb.STRUCTURE, anybody))
        self.acts.append(done.activity.pk)

    def undo(self) -> None:
        """Undo something of one's own."""
        if self.acts:
            activity = Activity.objects.get(pk=self.chance.choice(self.acts))
            undo_act(activity=activity, agent=self.agent, allow=anybody)
            self.undone += 1

    def passage(self) -> Passage:
        """Some passage that stands."""
        article = self.chance.choice(self.articles)
        return self.chance.choice(
            list(Passage.objects.filter(article=article, retired=False).defer("search"))
        )

    def span(self, passage: Passage) -> Span:
        """Some words of it."""
        length = len(passage.text)
        start = self.chance.randrange(max(length - 1, 1))
        end = min(length, start + self.chance.randint(1, 30))
        return Span(passage.number, passage.revision, start, end, passage.text[start:end])


def anybody(_places: set[int]) -> None:
    """Everybody may."""


def main() -> None:
    """Let them work until the time is over."""
    seconds, clients, seed, *articles = sys.argv[1:]
    users = [
        User.objects.get_or_create(username=f"crowd-{seed}-{n}")[0] for n in range(int(clients))
    ]
    start, lock = Barrier(int(clients)), Lock()
    done: Counter[str] = Counter()
    faults: list[str] = []

    def one(number: int) -> None:
        person = Person(number, seed, [int(one) for one in articles], users[number])
        start.wait()
        ends = monotonic() + float(seconds)
        try:
            while monotonic() < ends:
                person.act()
        except (OperationalError, Exception) as fault:  # noqa: BLE001 - told, not swallowed
            with lock:
                faults.append(f"{type(fault).__name__}: {fault}"[:300])
        finally:
            connection.close()
        with lock:
            done.update(person.done)

    threads = [Thread(target=one, args=(number,)) for number in range(int(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report: dict[str, Any] = {"done": done, "faults": faults}
    print(json.dumps(report))


if __name__ == "__main__":
    main()
