"""Look through texts for known garblings of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from annotations.services.memory import look_for_garblings
from articles.models import Article

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """`manage.py look_for_garblings`: what is found stands as proposals in the texts."""

    help = "Propose corrections where known garblings of names stand; what was refused stays so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which texts; all of them where none are named."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--article", type=int, metavar="N", help="only this text")
        which.add_argument("--collection", type=int, metavar="N", help="only this collection")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and say how many proposals were made."""
        texts = Article.objects.live().order_by("pk")
        if options["article"] is not None:
            texts = texts.filter(pk=options["article"])
        if options["collection"] is not None:
            texts = texts.filter(collection=options["collection"])
        made = look_for_garblings(list(texts.values_list("pk", flat=True)))
        self.stdout.write(f"{made} proposals made.")
