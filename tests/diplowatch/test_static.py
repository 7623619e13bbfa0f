"""The static files can be collected: our modules import each other in no circle, nor too deeply."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from diplowatch.staticfiles import HashedStorage

ROOT = Path(__file__).resolve().parents[2] / "static" / "js"
IMPORT = re.compile(r"""(?:from|import)\s+["'](\.[^"']+)["']""")


@cache
def imports(path: Path) -> tuple[Path, ...]:
    """The modules that a module imports."""
    return tuple((path.parent / found).resolve() for found in IMPORT.findall(path.read_text()))


def depth(path: Path, above: tuple[Path, ...] = ()) -> int:
    """How many modules import each other in a row, from this one on."""
    names = [one.name for one in (*above, path)]
    assert path not in above, f"modules import each other in a circle: {names}"
    return 1 + max((depth(one, (*above, path)) for one in imports(path)), default=0)


def test_what_modules_import_is_there_and_goes_one_way() -> None:
    modules = sorted(ROOT.rglob("*.js"))
    assert modules
    for module in modules:
        assert all(one.is_file() for one in imports(module)), module
        assert depth(module) < HashedStorage.max_post_process_passes
