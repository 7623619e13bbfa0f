"""Pages sent in pieces: whole where the server cannot, and errors before anything is sent."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.http import StreamingHttpResponse
from django.test import AsyncRequestFactory, RequestFactory

from diplowatch.lib.pieces import answer_in_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

made: list[str] = []


def pieces() -> Iterator[str]:
    for piece in ("one ", "two ", "thrée"):
        made.append(piece)
        yield piece


@pytest.fixture(autouse=True)
def _forget() -> None:
    made.clear()


async def _parts(response: StreamingHttpResponse) -> list[bytes]:
    return [part async for part in response]


def test_the_others_are_made_after_the_first_is_sent() -> None:
    response = answer_in_pieces(AsyncRequestFactory().get("/"), pieces())
    assert isinstance(response, StreamingHttpResponse)
    assert made == ["one "]
    # In a thread of its own: browser tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(asyncio.run, _parts(response)).result()
    assert sent == [b"one ", b"two ", "thrée".encode()]


@pytest.mark.parametrize(
    "request_", [RequestFactory().get("/"), AsyncRequestFactory().head("/")], ids=["wsgi", "head"]
)
def test_all_is_made_at_once_where_no_pieces_can_be_sent(request_: object) -> None:
    response = answer_in_pieces(request_, pieces())  # type: ignore[arg-type]  # either request
    assert response.content == "one two thrée".encode()  # type: ignore[attr-defined]  # not streamed


def test_what_goes_wrong_in_the_first_is_an_error_before_anything_is_sent() -> None:
    def wrong() -> Iterator[str]:
        raise ValueError("first")
        yield ""

    with pytest.raises(ValueError, match="first"):
        answer_in_pieces(AsyncRequestFactory().get("/"), wrong())
