"""What a fresh installation is given: static files, the sample collection, the first admin."""

from __future__ import annotations

import hashlib
from io import StringIO
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import CommandError, call_command

from annotations.models import Entity
from annotations.services.starter import load_starter
from articles.models import Article
from articles.services.log import COMMAND_LINE, Agent
from diplowatch.accounts.services import active_admins
from diplowatch.accounts.signin import ensure_first_admin, make_signin_link

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAMPLES = settings.BASE_DIR / "samples"
SAMPLE_COLLECTION = "Exemples"
INTERRUPTED = 130  # how `import_texts` ends after Ctrl-C


def collect_static() -> None:
    """Collect and hash the static files, when they are not those collected last."""
    stamp = settings.STATIC_ROOT / "collected"
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)


def _static_state() -> str:
    import django

    seen = hashlib.sha256(django.__version__.encode())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                seen.update(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}".encode())
    return seen.hexdigest()


def load_samples(say: Callable[[str], object]) -> None:
    """Load the sample collection into a database without texts, until each sample was there once.

    What an interrupted or failing load left out comes with the next start; a sample that was
    undone stays away, and a house that began with its own texts gets none.
    """
    stamp = settings.DATA_DIR / "samples"
    if stamp.exists() or not SAMPLES.is_dir():
        return
    texts = sorted(SAMPLES.glob("*.txt"))
    lacking = _never_stored(texts)
    if lacking == texts and Article.objects.exists():
        return
    if lacking:
        _import_samples(lacking, say)
        lacking = _never_stored(texts)
    if not lacking:
        stamp.touch()


def load_starter_list() -> None:
    """Load the starter list of entities once; what people retire or change of it stays so."""
    stamp = settings.DATA_DIR / "starter"
    if stamp.exists():
        return
    if not Entity.objects.exists():
        load_starter(Agent(name=COMMAND_LINE))
    stamp.touch()


def _never_stored(texts: list[Path]) -> list[Path]:
    """The files whose bytes no article has, also none that was taken away."""
    digests = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in texts}
    known = Article.objects.filter(sha256__in=digests.values()).values_list("sha256", flat=True)
    there = set(known)
    return [path for path in texts if digests[path] not in there]


def _import_samples(texts: list[Path], say: Callable[[str], object]) -> None:
    """Import what can be; what cannot is said, and does not keep the house from opening."""
    faults = StringIO()
    try:
        call_command(
            "import_texts", *map(str, texts), collection=SAMPLE_COLLECTION, stdout=StringIO(),
            stderr=faults,
        )  # fmt: skip
    except CommandError as error:
        faults.write(f"{error}\n")
    except SystemExit as end:
        if end.code == INTERRUPTED:
            say("Stopped while the samples were loaded; the next start loads the rest.")
            raise
    loaded = len(texts) - len(_never_stored(texts))
    if loaded:
        say(f"The collection “{SAMPLE_COLLECTION}” was loaded: {loaded} texts to look at.")
    if loaded < len(texts):
        say(f"{len(texts) - loaded} samples could not be loaded; the next start tries again.")
        say(faults.getvalue().strip())


def admin_link(address: str) -> str:
    """A one-time sign-in link, as long as no admin has a way to sign in; else ""."""
    if any(admin.has_usable_password() for admin in active_admins()):
        return ""
    return make_signin_link(ensure_first_admin(), address)
