"""What operators get: a Compose file closed by default, a guide that names every variable."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = ROOT / "docker-compose.yml"
GUIDE = (ROOT / "docs" / "deploy.md").read_text()
SERVICES = ("db", "migrate", "web", "worker")
READERS = re.compile(
    r"""(?:env\.(?:text|optional|flag|number|words|pairs|database)|environ(?:\.get|\.setdefault)?)\s*[\[(]\s*"""
    r"""["']([A-Z_]+)["']"""
)
OTHERS = {"DJANGO_SETTINGS_MODULE", "OPENBLAS_NUM_THREADS"}  # Django's own, and numpy's


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services, with what YAML merges into them."""
    read: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
    return dict(read["services"])


def variables() -> set[str]:
    """Every environment variable that the code reads."""
    folders = (ROOT / name for name in ("diplowatch", "articles", "annotations"))
    sources = [path.read_text() for folder in folders for path in folder.rglob("*.py")]
    return {name for source in sources for name in READERS.findall(source)} - OTHERS


def test_the_search_for_variables_finds_each_way_of_reading() -> None:
    found = variables()
    assert {"DATABASE_URL", "DIPLOWATCH_HTTPS", "DIPLOWATCH_DATA", "DIPLOWATCH_POOL"} <= found


def test_the_guide_names_every_variable() -> None:
    assert {name for name in variables() if f"`{name}`" not in GUIDE} == set()


def test_the_guide_names_no_variable_that_nothing_reads() -> None:
    told = set(re.findall(r"`(DIPLOWATCH_[A-Z_]+)`", GUIDE))
    assert told - variables() == set()


def test_compose_has_the_services_of_a_desk(services: dict[str, Any]) -> None:
    assert set(services) == set(SERVICES)
    assert services["db"]["image"].startswith("postgres:18")
    assert services["db"]["volumes"] == ["database:/var/lib/postgresql"]


@pytest.mark.parametrize("name", ["db", "web", "worker"])
def test_what_stays_up_has_a_health_check(name: str, services: dict[str, Any]) -> None:
    assert services[name]["healthcheck"]["test"][0] == "CMD"
    assert services[name]["restart"] == "unless-stopped"


def test_nothing_starts_before_its_database_is_ready_and_migrated(services: dict[str, Any]) -> None:
    assert services["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"
    for name in ("web", "worker"):
        condition = services[name]["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully"


def test_ports_are_open_on_this_machine_only(services: dict[str, Any]) -> None:
    ports = {name: service.get("ports", []) for name, service in services.items()}
    assert ports.pop("web")
    assert not any(ports.values())
    assert all(port.startswith("127.0.0.1:") for port in services["web"]["ports"])
    assert not any("network_mode" in service for service in services.values())


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_have_no_default(name: str, services: dict[str, Any]) -> None:
    """They must be set: `${NAME:?…}`; those of optional things may be empty."""
    for key, value in services[name]["environment"].items():
        if not re.search("PASSWORD|SECRET|DATABASE_URL", key):
            continue
        given = re.findall(r"\$\{([A-Z_]+)(:[-?])([^}]*)\}", str(value))
        assert given, key
        assert all(mark == ":?" or default == "" for _name, mark, default in given), key


@pytest.mark.parametrize("name", ["DIPLOWATCH_SECRET_KEY", "DIPLOWATCH_HOSTS", "DATABASE_URL"])
def test_web_and_worker_must_be_told(name: str, services: dict[str, Any]) -> None:
    for service in ("web", "worker"):
        assert ":?" in services[service]["environment"][name]


def test_compose_sets_only_variables_that_something_reads(services: dict[str, Any]) -> None:
    known = variables() | {"WEB_CONCURRENCY", "FORWARDED_ALLOW_IPS"}
    assert set(services["web"]["environment"]) - known == set()


def test_the_image_runs_as_nobody_in_particular_with_locked_dependencies() -> None:
    recipe = (ROOT / "Dockerfile").read_text()
    users = re.findall(r"^USER (\S+)", recipe, flags=re.M)
    assert users
    assert users[-1] != "root"
    assert "--require-hashes" in recipe
    assert "HEALTHCHECK" in recipe
    assert (ROOT / "requirements" / "prod.txt").exists()


def test_what_is_private_stays_out_of_the_image() -> None:
    left_out = (ROOT / ".dockerignore").read_text().split()
    assert {".*", "var", "tests"} <= set(left_out)  # .env and .git begin with a dot


def test_both_proxies_refuse_what_is_larger_than_an_upload_may_be() -> None:
    limit = re.search(r"`DIPLOWATCH_MAX_UPLOAD_MB` \| (\d+) ", GUIDE)
    assert limit is not None
    assert re.findall(r"(?:max_size|client_max_body_size) (\d+)(?:MB|m;)", GUIDE) == [limit[1]] * 2
