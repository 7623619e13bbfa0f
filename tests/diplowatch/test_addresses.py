"""Addresses of numbered things are those that the table of addresses gives."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse
from hypothesis import given
from hypothesis import strategies as st

from diplowatch.lib.addresses import address_of

NAMES = ("read_article", "show_cards", "read_text", "undo_last", "show_entity")


@given(st.sampled_from(NAMES), st.integers(min_value=0, max_value=2**63 - 1))
def test_the_address_is_that_of_reverse(name: str, number: int) -> None:
    """Also for numbers that hold the one that stands for any."""
    assert address_of(name, number) == reverse(name, args=(number,))


def test_a_name_that_takes_no_number_is_refused() -> None:
    """As it is by `reverse`."""
    with pytest.raises(NoReverseMatch):
        address_of("list_articles", 1)


def test_without_a_number_a_page_is_named() -> None:
    """And one that takes a number is refused."""
    assert address_of("list_articles") == reverse("list_articles")
    with pytest.raises(NoReverseMatch):
        address_of("read_article")
