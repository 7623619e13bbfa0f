"""The French catalogue: gather the strings of the code and templates, compile, find what lacks.

`python -m diplowatch.messages gather` adds new strings to the catalogue and drops gone ones,
`… check` fails when one has no French. No gettext programs are needed.
"""

from __future__ import annotations

import ast
import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from diplowatch import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"
PACKAGES = ("diplowatch", "articles", "annotations")
FUNCTIONS = {
    "_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2,
    "pgettext": -1, "pgettext_lazy": -1, "npgettext": -2, "npgettext_lazy": -2,
}  # fmt: skip

FIRST_DAY = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)  # fixed: the history is in the repository

# A message: its context (None for none), its singular, its plural (None for none).
Message = tuple[str | None, str, str | None]


def compile_catalogue() -> None:
    """Write the compiled catalogue when it is missing or older than its source."""
    compiled = CATALOGUE.with_suffix(".mo")
    if not CATALOGUE.exists():
        return
    if compiled.exists() and compiled.stat().st_mtime >= CATALOGUE.stat().st_mtime:
        return
    fresh = compiled.with_suffix(f".{os.getpid()}.new")
    with fresh.open("wb") as file:
        write_mo(file, _read())
    fresh.replace(compiled)


def _read() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="fr", project="DiploWatch", fuzzy=False)
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="fr")


def in_python(source: str) -> Iterator[Message]:
    """The messages marked in Python code."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = str(getattr(node.func, "id", "") or getattr(node.func, "attr", ""))
        kind = FUNCTIONS.get(name)
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        if kind is None or not texts or not all(isinstance(text, str) for text in texts[:1]):
            continue
        words = [str(text) for text in texts]
        context = words.pop(0) if kind < 0 and len(words) > 1 else None
        yield context, words[0], words[1] if abs(kind) == 2 and len(words) > 1 else None


def in_template(source: str) -> Iterator[Message]:
    """The messages marked in a Django template."""
    from django.template import Engine, Template
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    engine = Engine.get_default()
    nodes = Template(source, engine=engine).nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        assert isinstance(node, TranslateNode)  # noqa: S101 - what was asked for
        text = node.filter_expression.var
        context = node.message_context
        literal = getattr(text, "literal", text)
        yield (context.var if context else None), str(literal).replace("%", "%%"), None
    for block in nodes.get_nodes_by_type(BlockTranslateNode):
        assert isinstance(block, BlockTranslateNode)  # noqa: S101 - what was asked for
        singular, _names = block.render_token_list(block.singular)
        plural = block.render_token_list(block.plural)[0] if block.plural else None
        if block.trimmed:
            from django.utils.translation import trim_whitespace

            singular = trim_whitespace(singular)
            plural = trim_whitespace(plural) if plural else None
        context = block.message_context
        yield (context.var if context else None), singular, plural


def in_reading() -> Iterator[Message]:
    """The sentences of the reading of files, which knows no gettext itself."""
    from articles.text.codes import CODES

    for sentence in CODES.values():
        yield None, sentence, None


def all_messages() -> list[Message]:
    """Every message of the interface, sorted, each once."""
    found: set[Message] = set(in_reading())
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            found.update(in_python(path.read_text()))
    for path in (ROOT / "templates").rglob("*.*"):  # pages and mails
        found.update(in_template(path.read_text()))
    return sorted(found, key=lambda message: tuple(part or "" for part in message))


def missing(catalogue: Catalog) -> list[str]:
    """The messages that have no French."""
    lacking = []
    for context, singular, plural in all_messages():
        message = catalogue.get(singular, context)
        said = message.string if message else ""
        done = bool(said) and (all(said) if isinstance(said, (tuple, list)) else True)
        if not done or (message and message.fuzzy) or (plural and isinstance(said, str)):
            lacking.append(singular)
    return lacking


def gather() -> int:
    """Bring the catalogue up to date with the code; how many still lack French."""
    old, new = _read(), Catalog(
        locale="fr", project="DiploWatch", fuzzy=False, header_comment="# DiploWatch in French.",
        creation_date=FIRST_DAY, revision_date=FIRST_DAY, version=__version__,
        msgid_bugs_address="-", last_translator="DiploWatch", language_team="fr",
    )  # fmt: skip
    for context, singular, plural in all_messages():
        message = new.add((singular, plural) if plural else singular, context=context)
        kept = old.get(singular, context)
        if kept and bool(plural) == isinstance(kept.string, (tuple, list)):
            message.string = kept.string
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, new, width=98, omit_header=False, sort_output=True)
    return len(missing(new))


def main(arguments: list[str]) -> int:
    """The two commands."""
    import django

    django.setup()
    if arguments == ["gather"]:
        print(f"{gather()} messages lack French: {CATALOGUE.relative_to(ROOT)}")  # noqa: T201
        return 0
    lacking = missing(_read())
    for text in lacking:
        print(f"No French: {text!r}")  # noqa: T201 - a command's output
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
