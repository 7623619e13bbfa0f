"""Authorities to ask in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.annotations.authorities import standin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Faults are told in the language at hand."""
    with translation.override("en"):
        yield


@pytest.fixture
def stand_in(db: None, settings: SettingsWrapper) -> Iterator[standin.StandIn]:
    """A server that answers as Wikidata and as a reconciliation service do."""
    cache.clear()
    found, server = standin.start()
    settings.WIKIDATA_API = found.wikidata
    settings.RECONCILIATION = {"People": found.service}
    yield found
    server.shutdown()
    server.server_close()
    cache.clear()
