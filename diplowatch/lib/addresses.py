"""Addresses: those that come with a request, and those of numbered things."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import get_script_prefix, reverse
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.http import HttpRequest

_NUMBER = 987_654_321  # stands for any number while an address is made


def next_address(request: HttpRequest, default: str) -> str:
    """Where to go on: the form's or the address's `next` when it is ours, else the default."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else default


def address_of(name: str, number: int | None = None) -> str:
    """The address `name` (of the thing with this number); quicker than `reverse`, for many.

    Raises NoReverseMatch for a name that takes anything but one number, or none without one.
    """
    if number is None:
        return _plain(name, get_script_prefix())
    before, after = _around(name, get_script_prefix())
    return f"{before}{number}{after}"


@lru_cache(maxsize=256)
def _plain(name: str, _prefix: str) -> str:
    return reverse(name)


@lru_cache(maxsize=256)
def _around(name: str, _prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=(_NUMBER,)).partition(str(_NUMBER))
    return before, after
