"""Import files, folders and zip archives."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from itertools import chain
from threading import Event
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext, ngettext

from articles.access import may_import
from articles.formats.folders import gather
from articles.models import Collection, Kind
from articles.services import imports
from articles.services.log import COMMAND_LINE, Agent
from articles.services.tallies import compact_tallies
from articles.services.versions import ON_CHANGE, SKIP
from articles.services.workers import WorkerLostError, run
from articles.text.reading import Choices
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Iterator

    from articles.formats.found import Found

KEYS = (
    "file", "sha256", "status", "article", "kind", "title", "language", "date", "date_precision",
    "encoding", "speakers", "passages", "warnings", "error",
)  # fmt: skip
INTERRUPTED = 130
REPORT = "/import/%s/report"  # as in `articles.urls.importing`, which takes long to load


class Command(BaseCommand):
    """`import_texts PATH…`: each file is imported whole or not at all, the others all the same."""

    requires_system_checks = ()  # they load all pages, which takes longer than a small import
    help = "Import text, Markdown and HTML files, folders and zip archives into a collection."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The arguments; see each one's help."""
        parser.add_argument("paths", nargs="+", metavar="PATH", help="file, folder or zip archive")
        parser.add_argument("--dry-run", action="store_true", help="read, but store nothing")
        parser.add_argument("--json", action="store_true", help="print one object a file and line")
        parser.add_argument("--encoding", help="the files' encoding (default: told from the bytes)")
        parser.add_argument("--kind", choices=Kind.values, help="what all files are")
        parser.add_argument("--jobs", type=int, help="processes (default: one a core)")
        parser.add_argument(
            "--collection", default=imports.DEFAULT_COLLECTION, metavar="NAME",
            help="where the texts go; made if there is none (default: %(default)s)",
        )  # fmt: skip
        parser.add_argument(
            "--on-change", choices=ON_CHANGE, default=SKIP,
            help="what to do with a file of a known name and other bytes: merge the new version "
            "into its article, import it as a separate one, or skip it (default: %(default)s)",
        )  # fmt: skip
        parser.add_argument("--as", dest="user", metavar="USER", help="the person who imports")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, report, and exit with 1 if a file failed."""
        with translation.override(terminal_language()):
            counts, stopped, batch = self._import(options)
            if not options["json"]:
                self.stdout.write(_summary(counts, dry_run=options["dry_run"]))
                if batch and counts:
                    self.stdout.write(gettext("Its report: %(address)s") % {"address": batch})
            if stopped:
                self.stderr.write(gettext("Stopped; what was imported stays."))
                sys.exit(INTERRUPTED)
            if not counts:
                raise CommandError(gettext("There is no file to import."))
            if counts["failed"]:
                sys.exit(1)

    def _import(self, options: dict[str, Any]) -> tuple[Counter[str], bool, str]:
        """What became of the files, whether it was stopped, and where its report is."""
        files, something = _with_something(gather(options["paths"], imports.limits()))
        plan = _plan(options, store=something)
        counts: Counter[str] = Counter()
        stop = Event()
        try:
            with _stopping(stop), self._bar(options) as bar:
                for rows in run(files, plan, jobs=options["jobs"], stop=stop):
                    self._say(rows, as_json=options["json"])
                    new = Counter(row["counts_as"] for row in rows)
                    counts += new
                    if plan.batch_id is not None:
                        imports.count_chunk(plan.batch_id, new)
                    bar(len(rows))
        except WorkerLostError as error:
            raise CommandError(
                gettext("A process of the import ended too early (%(code)s): import again.")
                % {"code": error}
            ) from error
        finally:
            if plan.batch_id is not None:
                imports.finish_batch(plan.batch_id, counts)
                compact_tallies()
        return counts, stop.is_set(), REPORT % plan.batch_id if plan.batch_id is not None else ""

    def _say(self, rows: Iterable[dict[str, Any]], *, as_json: bool) -> None:
        """All of each file as JSON; else a line for those with something to say."""
        for row in rows:
            if as_json:
                line = {key: row[key] for key in KEYS}
                self.stdout.write(json.dumps(line, ensure_ascii=False))
                continue
            if "kind" in row and row["counts_as"] != "unchanged":
                self.stdout.write(_outline(row))
            if said := _remarks(row):
                self.stderr.write(f"{row['place']}: {' '.join(said)}")
        if as_json:
            self.stdout.flush()

    @contextmanager
    def _bar(self, options: dict[str, Any]) -> Iterator[Any]:
        """Show how far the import is, on a terminal only."""
        shown = sys.stderr.isatty() and not options["json"] and options["verbosity"] > 0
        with _progress(options["paths"]) if shown else nullcontext(_nothing) as step:
            yield step


@contextmanager
def _progress(paths: list[str]) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    total = sum(1 for _ in _names(paths)) or None
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    # Drawn at each chunk by ourselves: no thread may run when processes are forked.
    bar = Progress(*columns, console=Console(stderr=True), auto_refresh=False)
    with bar:
        task = bar.add_task(gettext("Importing"), total=total)

        def step(count: int) -> None:
            bar.update(task, advance=count, refresh=True)

        bar.refresh()
        yield step


def _names(paths: list[str]) -> Iterator[str]:
    """The files to come, counted without opening them."""
    for path in paths:
        if not os.path.isdir(path):
            yield path
        for _, _, names in os.walk(path):
            yield from names


def _nothing(count: int) -> None:
    """No bar is shown."""


@contextmanager
def _stopping(stop: Event) -> Iterator[None]:
    """The first Ctrl-C asks to stop after the chunks at hand; the second stops at once."""

    def ask(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    try:
        before = signal.signal(signal.SIGINT, ask)
    except ValueError:  # not the main thread: nobody presses keys there
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _with_something(files: Iterator[Found]) -> tuple[Iterator[Found], bool]:
    """The files as they come, and whether one of them may be worth a collection."""
    refused: list[Found] = []
    for found in files:
        if found.fault is None:
            return chain(refused, [found], files), True
        refused.append(found)
    return iter(refused), False


def _plan(options: dict[str, Any], *, store: bool) -> imports.Plan:
    """How to import; nothing is made where there is nothing to `store`."""
    if options["jobs"] is not None and options["jobs"] < 1:
        raise CommandError(gettext("There must be at least one process."))
    agent = _agent(options["user"], options["collection"])
    choices = Choices(encoding=options["encoding"], kind=options["kind"])
    dry_run = options["dry_run"] or not store
    on_change = options["on_change"]
    plan = imports.Plan(None, None, agent, choices, dry_run, options["json"], on_change)
    if plan.dry_run:
        there = Collection.objects.filter(name=options["collection"]).first()
        return replace(plan, collection_id=there.pk) if there is not None else plan
    collection = imports.default_collection(agent, options["collection"])
    batch = imports.start_batch(collection=collection, agent=agent)
    return imports.Plan(
        collection.pk, str(batch.pk), agent, choices, detailed=options["json"], on_change=on_change
    )


def _agent(name: str | None, collection_name: str) -> Agent:
    """Who imports: a person with the right to, or the command line itself."""
    if name is None:
        return Agent(name=COMMAND_LINE)
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(gettext("Nobody is called “%(name)s”.") % {"name": name})
    collection = Collection.objects.visible_to(user).filter(name=collection_name).first()
    unseen = collection is None and Collection.objects.filter(name=collection_name).exists()
    if unseen or not may_import(user, collection) or role_of(user) < Role.EDITOR:
        raise CommandError(
            gettext("%(name)s may not import into “%(collection)s”.")
            % {"name": name, "collection": collection_name}
        )
    return Agent(user)


def _remarks(row: dict[str, Any]) -> list[str]:
    """What a person should know of a file, in sentences."""
    said = [row["error"]] if row["error"] else []
    if row["status"] == "skipped":
        said.append(
            gettext("This is a new version of text %(id)s; it was skipped (see --on-change).")
            % {"id": row["article"]}
        )
    return [*said, *row["warnings"]]


def _outline(row: dict[str, Any]) -> str:
    """A line on what was read from a file."""
    turns, passages = row["turns"], row["passages"]
    if turns:
        count = ngettext("%(n)d turn", "%(n)d turns", turns) % {"n": turns}
    else:
        count = ngettext("%(n)d passage", "%(n)d passages", passages) % {"n": passages}
    facts = (
        str(Kind(row["kind"]).label), row["title"], row["date"] or gettext("no date"),
        row["language"], count, ", ".join(row["speakers"]),
    )  # fmt: skip
    return f"{row['file']}: {' · '.join(fact for fact in facts if fact)}"


def _summary(counts: Counter[str], *, dry_run: bool) -> str:
    """How many files became what, or would become it."""
    made, same = counts["dry_run" if dry_run else "created"], counts["unchanged"]
    if dry_run:
        head = ngettext("%(n)d file can be imported", "%(n)d files can be imported", made)
    else:
        head = ngettext("%(n)d text imported", "%(n)d texts imported", made)
    parts = [head % {"n": made}]
    if same or not dry_run:
        parts.append(ngettext("%(n)d already there", "%(n)d already there", same) % {"n": same})
    parts += _versions(counts["merged"], counts["skipped"], dry_run=dry_run)
    failed = counts["failed"]
    parts.append(ngettext("%(n)d failed", "%(n)d failed", failed) % {"n": failed})
    return ", ".join(parts) + "."


def _versions(merged: int, left: int, *, dry_run: bool) -> list[str]:
    """How many new versions of files were merged or skipped, or would be; no word of none."""
    if dry_run:
        one = ngettext(
            "%(n)d new version would be merged", "%(n)d new versions would be merged", merged
        )
        other = ngettext(
            "%(n)d new version would be skipped (see --on-change)",
            "%(n)d new versions would be skipped (see --on-change)",
            left,
        )
    else:
        one = ngettext("%(n)d merged", "%(n)d merged", merged)
        other = ngettext(
            "%(n)d new version skipped (see --on-change)",
            "%(n)d new versions skipped (see --on-change)",
            left,
        )
    return [words % {"n": n} for words, n in ((one, merged), (other, left)) if n]


def terminal_language() -> str:
    """French or English as the terminal asks; else the house's language."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if (told := os.environ.get(name, "")[:2].lower()) in {"fr", "en"}:
            return told
    return translation.get_language() or "fr"
