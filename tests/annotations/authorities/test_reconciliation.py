"""Asking a reconciliation service: the stand-in, and the real csv-reconcile."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests
from django.core.cache import cache

from annotations.authorities.reconciliation import Service, manifest, search
from annotations.authorities.shapes import AuthorityFault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.annotations.authorities.standin import StandIn

PEOPLE = "id\tname\nQ559040\tJean-Yves Le Drian\nQ7821917\tAntony Blinken\nQ58217\tSergueï Lavrov\n"


@pytest.fixture
def service(stand_in: StandIn) -> Service:
    return Service("People", stand_in.service)


def test_candidates_keep_the_order_of_the_service(service: Service) -> None:
    found = search(service, "Le Drian")

    assert [(hit.value, hit.label) for hit in found] == [
        ("p1", "Jean-Yves Le Drian"),
        ("p2", "Le Drian, Y."),
    ]
    assert found[0].address == "https://people.example/p1"
    assert found[1].description == "Person"


def test_nothing_found_is_an_empty_list(service: Service) -> None:
    assert search(service, "Netflix") == []


@pytest.mark.parametrize(
    "reply", [(500, {}, "<html>Traceback</html>"), (200, {}, "[]"), (200, {}, '{"q0": []}')]
)
def test_a_broken_service_is_a_fault(
    service: Service, stand_in: StandIn, reply: tuple[int, dict[str, str], str]
) -> None:
    stand_in.instead.append(reply)
    with pytest.raises(AuthorityFault, match="People"):
        search(service, "Le Drian")


def test_a_service_without_a_manifest_still_finds(service: Service, stand_in: StandIn) -> None:
    answer = '{"q0": {"result": [{"id": "p1", "name": "Jean-Yves Le Drian", "score": 3}]}}'
    stand_in.instead.extend([(200, {}, answer), (500, {}, "broken")])
    (hit,) = search(service, "Le Drian")

    assert (hit.value, hit.address) == ("p1", "")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """csv-reconcile in a virtual environment of its own: it needs an older setuptools."""
    folder = tmp_path_factory.mktemp("reconcile")
    home = Path(os.environ["DIPLOWATCH_DATA"]).parent / "csv-reconcile"
    program = home / "bin" / "csv-reconcile"
    if not program.exists():
        made = subprocess.run([sys.executable, "-m", "venv", home], check=False)
        wanted = ["csv-reconcile==0.3.2", "setuptools<81"]
        pip = [home / "bin" / "python", "-m", "pip", "install", "-qq", *wanted]
        if made.returncode or subprocess.run(pip, check=False).returncode:
            pytest.skip("csv-reconcile cannot be installed here")
    (folder / "people.tsv").write_text(PEOPLE)
    (folder / "config.py").write_text("CSVKWARGS = {'delimiter': '\\t'}\nCSVENCODING = 'utf-8'\n")
    options = ["--config", "config.py", "--scorer", "dice", "people.tsv", "id", "name"]
    subprocess.run([program, "init", *options], cwd=folder, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Its own `serve` knows port 5000 only.
    run = f"import csv_reconcile; csv_reconcile.create_app().run('127.0.0.1', {port})"
    server = subprocess.Popen(
        [home / "bin" / "python", "-c", run],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/reconcile"
    for _attempt in range(100):
        try:
            requests.get(address, timeout=1)
            break
        except requests.ConnectionError:
            time.sleep(0.1)
    yield address
    server.terminate()
    server.wait()


@pytest.mark.django_db
def test_the_real_server_is_understood(real: str) -> None:
    cache.clear()
    service = Service("csv-reconcile", real)

    assert manifest(service)
    found = search(service, "Jean Yves Le Drian")
    assert found[0].value == "Q559040"
    assert found[0].label == "Jean-Yves Le Drian"
    assert search(service, "zzzz") == []
