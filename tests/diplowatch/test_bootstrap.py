"""The data folder and the secret: for their owner alone, whole whatever happens meanwhile."""

from __future__ import annotations

import os
import secrets
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from diplowatch.bootstrap import ensure_secret, make_data_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _no_secret_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIPLOWATCH_SECRET_KEY", raising=False)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_data_folder_we_make_is_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIPLOWATCH_DATA", str(tmp_path / "data"))
    assert mode_of(make_data_folder()) == 0o700


def test_a_data_folder_that_was_there_keeps_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o750)
    monkeypatch.setenv("DIPLOWATCH_DATA", str(tmp_path / "data"))
    assert mode_of(make_data_folder()) == 0o750


def test_a_start_killed_while_it_makes_the_secret_leaves_none_and_the_next_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_size: int) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(secrets, "token_urlsafe", killed)
        with pytest.raises(KeyboardInterrupt):
            ensure_secret(tmp_path)
    assert not (tmp_path / "secret_key").exists()
    ensure_secret(tmp_path)
    assert len((tmp_path / "secret_key").read_text()) > 50
    assert mode_of(tmp_path / "secret_key") == 0o600
    assert os.listdir(tmp_path) == ["secret_key"]


def test_an_empty_secret_is_made_anew_and_a_made_one_kept(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    ensure_secret(tmp_path)
    made = (tmp_path / "secret_key").read_text()
    assert len(made) > 50
    ensure_secret(tmp_path)
    assert (tmp_path / "secret_key").read_text() == made


def test_starts_at_the_same_moment_have_one_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = secrets.token_urlsafe

    def slow(size: int) -> str:
        time.sleep(0.05)
        return make(size)

    monkeypatch.setattr(secrets, "token_urlsafe", slow)

    def start(_number: int) -> str:
        ensure_secret(tmp_path)
        return (tmp_path / "secret_key").read_text()

    with ThreadPoolExecutor(4) as starts:
        seen = set(starts.map(start, range(4)))
    assert len(seen) == 1
    assert len(seen.pop()) > 50
