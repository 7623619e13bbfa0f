"""Load entities from files."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext, ngettext

from annotations.services.entity_files import EntityFile, WrongFile
from annotations.services.loading import Loaded, load_records
from annotations.services.starter import load_starter
from articles.management.commands.import_texts import terminal_language
from articles.services.log import COMMAND_LINE, Agent
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Iterator

    from annotations.services.entity_files import Line
    from annotations.text.records import EntityRecord, WrongRecord

MOST_FAULTS_SAID = 20


class Command(BaseCommand):
    """`load_entities FILE…`: each file is loaded whole, but for records that can't be read."""

    help = (
        "Load entities from JSON lines, CSV or TSV, packed by gzip or not. "
        "Loading a file again changes nothing; a changed file changes what it made."
    )
    requires_system_checks: list[str] = []  # they take as long as some thousand records

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The arguments; see each one's help."""
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
        parser.add_argument(
            "--starter", action="store_true", help="load the list that comes with DiploWatch"
        )
        parser.add_argument("--as", dest="user", metavar="USER", help="the person who loads")
        parser.add_argument(
            "--source", help="by what name the file is known again (default: its own)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, report, and exit with 1 if a record could not be read."""
        with translation.override(terminal_language()):
            agent = _agent(options["user"])
            if options["starter"]:
                done = load_starter(agent)
                if options["verbosity"] > 0:
                    self.stdout.write(_summary(done, 0))
            elif not options["files"]:
                raise CommandError(gettext("Name a file, or load the starter list by --starter."))
            faults = sum(self._load(path, agent, options) for path in options["files"])
        if faults:
            sys.exit(1)

    def _load(self, path: Path, agent: Agent, options: dict[str, Any]) -> int:
        self.faults = 0
        source = options["source"] or path.name.removesuffix(".gz")
        try:
            with EntityFile(path) as file, _bar(file, options["verbosity"]) as step:
                done = load_records(self._records(file), agent=agent, source=source, step=step)
        except OSError as fault:
            raise CommandError(
                gettext("%(file)s can't be opened: %(why)s")
                % {"file": path, "why": fault.strerror or fault}
            ) from fault
        except WrongFile as fault:
            raise CommandError(f"{path}: {_file_fault(fault)}") from fault
        if options["verbosity"] > 0:
            self.stdout.write(_summary(done, self.faults))
        return self.faults

    def _records(self, file: EntityFile) -> Iterator[EntityRecord]:
        for line in file:
            if line.record is not None:
                yield line.record
                continue
            self.faults += 1
            if self.faults <= MOST_FAULTS_SAID:
                self.stderr.write(_fault(line))


@contextmanager
def _bar(file: EntityFile, verbosity: int) -> Iterator[Callable[[int], None]]:
    """Show how far the file is read, on a terminal only."""
    shown = sys.stderr.isatty() and verbosity > 0
    with _progress(file) if shown else nullcontext(_nothing) as step:
        yield step


@contextmanager
def _progress(file: EntityFile) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(gettext("Loading"), total=file.size)

        def step(count: int) -> None:
            bar.update(task, completed=file.place)

        yield step
        bar.update(task, completed=file.size)


def _nothing(count: int) -> None:
    """No bar is shown."""


def _agent(name: str | None) -> Agent:
    """Who loads: an editor or admin, or the command line itself."""
    if name is None:
        return Agent(name=COMMAND_LINE)
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(gettext("Nobody is called “%(name)s”.") % {"name": name})
    if role_of(user) < Role.EDITOR:
        raise CommandError(gettext("%(name)s may not load entities.") % {"name": name})
    return Agent(user)


def _file_fault(fault: WrongFile) -> str:
    said = {
        "encoding": gettext("This is not UTF-8."),
        "columns": gettext("The first line must name the columns, “kind” among them."),
        "shape": gettext("This is neither JSON lines nor a table."),
    }
    return said[fault.reason]


def _fault(line: Line) -> str:
    said = {
        "shape": gettext("is no record"),
        "kind": gettext("has no known kind"),
        "label": gettext("has no label"),
        "id": gettext("has an id that is none"),
        "long": gettext("has a name or text that is too long"),
    }
    fault: WrongRecord | None = line.fault
    why, what = (fault.reason, fault.what) if fault else ("shape", "")
    text = gettext("line %(number)d %(why)s") % {"number": line.number, "why": said[why]}
    return f"{text}: {what}" if what else text


def _summary(done: Loaded, faults: int) -> str:
    parts = [
        ngettext("%(n)d entity new", "%(n)d entities new", done.created) % {"n": done.created},
        ngettext("%(n)d changed", "%(n)d changed", done.updated) % {"n": done.updated},
        ngettext("%(n)d unchanged", "%(n)d unchanged", done.unchanged) % {"n": done.unchanged},
    ]
    if done.repeated:
        repeated = ngettext("%(n)d repeated", "%(n)d repeated", done.repeated)
        parts.append(repeated % {"n": done.repeated})
    if faults:
        unread = ngettext("%(n)d line not read", "%(n)d lines not read", faults)
        parts.append(unread % {"n": faults})
    return ", ".join(parts) + "."
