"""Asking over the network: one at a time, with a name, cached, and never longer than a moment.

Etiquette of the MediaWiki API: a User-Agent with a contact, one request at a time, Retry-After
honoured, `maxlag` for background work only.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import defaultdict
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from annotations.authorities.shapes import AuthorityFault
from diplowatch import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

KEEP_SECONDS = 24 * 3600
TIMES = (2.0, 5.0)  # seconds to connect, to answer
LONGEST_WAIT = 3600  # seconds; what an authority may ask us to stay away
USUAL_WAIT = 30
TURN_SECONDS = 4.0  # how long a request waits for the one before it
BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}

_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def user_agent() -> str:
    """Who asks: the program, its site and whom to write to."""
    contact = "; ".join(part for part in (settings.SITE_ADDRESS, settings.CONTACT) if part)
    return f"DiploWatch/{__version__}" + (f" ({contact})" if contact else "")


def ask(
    name: str,
    url: str,
    *,
    params: Mapping[str, str] | None = None,
    data: Mapping[str, str] | None = None,
    fresh: bool = False,
) -> Any:
    """The JSON answer of the authority `name`; POST where there is `data`.

    A cached answer makes no call, unless `fresh`. Raises `AuthorityFault` with a sentence for
    whatever goes wrong: no network, slow, busy, an HTML page instead of JSON.
    """
    key = _key(url, params, data)
    if not fresh and (kept := cache.get(key)) is not None:
        return kept
    host = urlsplit(url).netloc
    if (until := cache.get(f"authority-wait:{host}", 0)) > time.time():
        raise AuthorityFault(_busy(name, until - time.time()))
    turn = _turns[host]
    if not turn.acquire(timeout=TURN_SECONDS):
        raise AuthorityFault(_("%(name)s is busy with an earlier question.") % {"name": name})
    try:
        answer = _send(name, host, url, params, data)
    finally:
        turn.release()
    cache.set(key, answer, KEEP_SECONDS)
    return answer


def stay_away(name: str, host: str, seconds: float) -> AuthorityFault:
    """Remember not to ask for a while; what to raise."""
    wait = min(max(seconds, 1), LONGEST_WAIT)
    cache.set(f"authority-wait:{host}", time.time() + wait, int(wait) + 1)
    return AuthorityFault(_busy(name, wait))


def _send(
    name: str,
    host: str,
    url: str,
    params: Mapping[str, str] | None,
    data: Mapping[str, str] | None,
) -> Any:
    headers = {"User-Agent": user_agent(), "Accept": "application/json"}
    try:
        method = "GET" if data is None else "POST"
        got = requests.request(
            method, url, params=params, data=data, headers=headers, timeout=TIMES
        )
    except requests.RequestException as fault:
        raise AuthorityFault(_("%(name)s does not answer.") % {"name": name}) from fault
    if got.status_code in BUSY:
        raise stay_away(name, host, _seconds(got.headers.get("Retry-After", "")))
    try:
        if got.status_code >= HTTPStatus.BAD_REQUEST:
            raise ValueError(got.status_code)
        answer = got.json()
    except ValueError as fault:
        raise AuthorityFault(
            _("%(name)s gave an answer that cannot be read.") % {"name": name}
        ) from fault
    if isinstance(answer, dict) and answer.get("error"):
        _refuse(name, host, answer["error"], got.headers.get("Retry-After", ""))
    return answer


def _refuse(name: str, host: str, error: Any, retry_after: str) -> None:
    """An error that came with status 200, as MediaWiki does it."""
    code = str(error.get("code", "")) if isinstance(error, dict) else ""
    if code in {"maxlag", "ratelimited"}:
        raise stay_away(name, host, _seconds(retry_after))
    if code == "no-such-entity":
        return
    raise AuthorityFault(_("%(name)s refused the question.") % {"name": name})


def _seconds(retry_after: str) -> float:
    """`Retry-After` in seconds: a number or a date, else what is usual."""
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return parsedate_to_datetime(retry_after).timestamp() - time.time()
    except ValueError:
        return USUAL_WAIT


def _busy(name: str, seconds: float) -> str:
    return _("%(name)s asks us to wait %(seconds)s seconds.") % {
        "name": name,
        "seconds": max(1, round(seconds)),
    }


def _key(url: str, params: Mapping[str, str] | None, data: Mapping[str, str] | None) -> str:
    asked = json.dumps([url, params, data], sort_keys=True)
    return "authority:" + hashlib.sha256(asked.encode()).hexdigest()
