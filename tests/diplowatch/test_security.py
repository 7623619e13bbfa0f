"""What browsers are told: the content security policy, cookies, headers; and bad configuration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.test import Client
from django.urls import include, path
from lxml import html

from diplowatch import checks

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import SettingsWrapper

    from diplowatch.accounts.models import User

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "DIPLOWATCH_HOSTS": "texts.example.org",
    "DIPLOWATCH_SECRET_KEY": "not-a-real-one-but-long-enough-for-the-checks-0123456789-abcdef",
    "DIPLOWATCH_EMAIL_HOST": "mail.example.org",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
}


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [path("broken", broken), path("", include("diplowatch.urls"))]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Our Python in a fresh process, under production settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DIPLOWATCH_DATA")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env=kept | PRODUCTION | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_production_settings_pass_djangos_deployment_checks() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DIPLOWATCH_HOSTS": "*"}, "diplowatch.E001"),
        ({"DIPLOWATCH_DEBUG": "1"}, "diplowatch.E002"),
        ({"DIPLOWATCH_SECRET_KEY": "short"}, "diplowatch.E003"),
        ({"DIPLOWATCH_HTTPS": "no"}, "diplowatch.W001"),
        ({"DIPLOWATCH_EMAIL_HOST": ""}, "diplowatch.W002"),
        ({"DIPLOWATCH_OIDC_ROLE": "admin"}, "diplowatch.E004"),
        ({"DIPLOWATCH_HTTPS": "perhaps"}, "DIPLOWATCH_HTTPS must be yes or no"),
        ({"DIPLOWATCH_OIDC_SERVER": "https://sso.example.org"}, "DIPLOWATCH_OIDC_CLIENT_ID"),
        ({"DIPLOWATCH_OIDC_SERVER": "sso"}, "must be an address that begins with https://"),
    ],
)
def test_a_wrong_configuration_is_named(environment: dict[str, str], said: str) -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **environment)
    assert done.returncode != 0
    assert said in done.stderr


def test_without_a_secret_production_does_not_start(tmp_path: Path) -> None:
    code = "import os; del os.environ['DIPLOWATCH_SECRET_KEY']; import diplowatch.settings"
    done = run("-c", code, DIPLOWATCH_DATA=str(tmp_path))
    assert "DIPLOWATCH_SECRET_KEY" in done.stderr


@pytest.mark.parametrize(("version", "missing", "ids"), [
    (180001, [], []),
    (140011, [], ["diplowatch.E006"]),
    (150000, ["pg_trgm"], ["diplowatch.E007"]),
])  # fmt: skip
def test_an_unfit_database_is_named(version: int, missing: list[str], ids: list[str]) -> None:
    assert [found.id for found in checks._database_messages(version, missing)] == ids


@pytest.mark.django_db
def test_our_own_database_is_fit() -> None:
    assert checks.check_database(databases=["default"]) == []


ASK = """
import json, sys, django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False, HTTP_HOST="texts.example.org")
answers = {}
for name, options in (("plain", {}), ("secure", {"secure": True})):
    for path in ("/healthz", "/admin/login/"):
        answer = client.get(path, **options)
        cookies = {key: dict(value) for key, value in answer.cookies.items()}
        answers[f"{name} {path}"] = [answer.status_code, dict(answer.headers), cookies]
answer = client.get("/", HTTP_HOST="elsewhere.example")
answers["foreign"] = [answer.status_code, dict(answer.headers), {}]
from django.conf import settings
flags = {name: getattr(settings, name) for name in (
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_HTTPONLY", "LANGUAGE_COOKIE_SECURE", "DEBUG",
)}
print(json.dumps([answers, flags]))
"""


@pytest.fixture(scope="module")
def production() -> tuple[dict[str, Any], dict[str, bool]]:
    """Answers of a house under production settings whose database does not answer."""
    done = run("-c", ASK, DJANGO_SETTINGS_MODULE="diplowatch.settings")
    assert done.returncode == 0, done.stderr
    answers, flags = json.loads(done.stdout.splitlines()[-1])
    return answers, flags


def test_production_cookies_are_secure(production: tuple[dict[str, Any], dict[str, bool]]) -> None:
    flags = production[1]
    assert not flags.pop("DEBUG")
    assert all(flags.values()), flags


def test_production_insists_on_https(production: tuple[dict[str, Any], dict[str, bool]]) -> None:
    answers = production[0]
    status, headers, _cookies = answers["plain /admin/login/"]
    assert (status, headers["Location"]) == (301, "https://texts.example.org/admin/login/")
    assert "Strict-Transport-Security" in answers["secure /admin/login/"][1]


def test_health_is_told_without_https_and_without_a_database(
    production: tuple[dict[str, Any], dict[str, bool]],
) -> None:
    assert production[0]["plain /healthz"][0] == 503


def test_foreign_hosts_are_refused(production: tuple[dict[str, Any], dict[str, bool]]) -> None:
    assert production[0]["foreign"][0] == 400


def test_every_production_answer_bears_the_policies(
    production: tuple[dict[str, Any], dict[str, bool]],
) -> None:
    for name, (_status, headers, _cookies) in production[0].items():
        assert_policies(headers, name)


def assert_policies(headers: Any, name: str) -> None:
    """The strict policy: nothing but our own files, nothing inline, no evaluation."""
    policy = headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, name
    assert "frame-ancestors 'none'" in policy, name
    assert "unsafe" not in policy, name
    assert "data:" not in policy, name
    assert "camera=()" in headers.get("Permissions-Policy", ""), name


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/nothing",
        "/admin/login/",
        "/healthz",
        "/broken",
        "/static/css/base.css",
    ],
)
def test_every_answer_bears_the_policies(address: str, db: None, settings: SettingsWrapper) -> None:
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    assert_policies(client.get(address).headers, address)


def test_a_refused_form_bears_the_policies_too(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert answer.status_code == 403
    assert_policies(answer.headers, "csrf")


def inline_parts(page: bytes) -> list[str]:
    """What a strict policy would block."""
    found = []
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        data = element.get("type") in {"application/json", "text/template"}
        if element.tag == "style" or (
            element.tag == "script" and element.get("src") is None and not data
        ):
            found.append(element.tag)
        found += [
            f"{element.tag} {name}"
            for name, value in element.items()
            if name == "style"
            or name.startswith("on")
            or value.startswith(("javascript:", "data:"))
        ]
    return found


OWN_PAGES = [
    "/accounts/login/", "/accounts/settings/", "/accounts/2fa/", "/accounts/password/change/",
    "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/logout/",
    "/accounts/reauthenticate/", "/accounts/people/", "/accounts/people/invite/",
    "/accounts/3rdparty/login/error/", "/accounts/3rdparty/signup/", "/accounts/inactive/",
    "/accounts/3rdparty/login/cancelled/", "/admin/", "/admin/procrastinate/procrastinatejob/",
]  # fmt: skip


@pytest.mark.parametrize("address", OWN_PAGES)
def test_pages_have_nothing_that_the_policy_would_block(
    address: str, admin: User, sign_in: Callable[[User | None], Client]
) -> None:
    page = sign_in(admin).get(address, follow=True)
    assert page["Content-Type"].startswith("text/html")
    assert inline_parts(page.content) == []


def test_browsers_find_the_icon_unasked(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.headers["Location"] == static("favicon.svg")


def test_healthz_says_that_the_database_answers(client: Client, db: None) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok"}
