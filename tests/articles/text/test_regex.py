"""Expressions that are compiled when they are first used."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import articles.text
from articles.text import regex as module
from articles.text.regex import regex

WORDS = st.text(alphabet="aAéb \n", max_size=12)


@given(text=WORDS)
def test_finds_what_a_compiled_one_finds(text: str) -> None:
    source, flags = r"(?P<a>a)b*|é$", re.IGNORECASE | re.MULTILINE
    late, ready = regex(source, flags), re.compile(source, flags)
    for _twice in range(2):
        assert [m.span() for m in late.finditer(text)] == [m.span() for m in ready.finditer(text)]
        assert late.sub("-", text) == ready.sub("-", text)
        assert late.split(text) == ready.split(text)
    assert late.groupindex == ready.groupindex
    assert (late.pattern, late.flags) == (ready.pattern, ready.flags)


def test_is_compiled_once_and_not_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []

    def compile_and_tell(source: str, flags: int) -> re.Pattern[str]:
        compiled.append(source)
        return re.compile(source, flags)

    monkeypatch.setattr(module, "re", type("Told", (), {"compile": staticmethod(compile_and_tell)}))
    late = regex("b+")
    assert compiled == []
    assert late.search("abb")
    assert late.fullmatch("bb")
    assert compiled == ["b+"]


def test_one_that_is_wrong_says_so_when_it_is_used() -> None:
    late = regex("(")
    with pytest.raises(re.error):
        late.search("a")


def test_every_expression_of_the_reading_can_be_compiled() -> None:
    late: list[re.Pattern[str]] = []
    for found in pkgutil.iter_modules(articles.text.__path__):
        held = vars(importlib.import_module(f"articles.text.{found.name}"))
        late += [
            cast("re.Pattern[str]", one) for one in held.values() if isinstance(one, module._Ready)
        ]
    assert len(late) > 150
    for one in late:
        assert one.pattern
