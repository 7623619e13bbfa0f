"""What the benchmarks take from the code is there: no part fails minutes after a run began."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

from tests.every import every

ROOT = Path(__file__).resolve().parents[2]
OURS = ("annotations", "articles", "benchmarks", "diplowatch")
FILES = sorted((ROOT / "benchmarks").rglob("*.py"))


def taken(path: Path) -> list[tuple[str, str]]:
    """The modules of ours that a file imports from, each with a name."""
    return [
        (node.module, one.name)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        for one in node.names
        if node.module.split(".")[0] in OURS and one.name != "*"
    ]


@every(FILES, name=lambda path: str(path.relative_to(ROOT)))
def test_all_that_it_takes_is_there(path: Path) -> None:
    missing = []
    for module, name in taken(path):
        package = import_module(module)
        if (
            not hasattr(package, name)
            and not (ROOT / module.replace(".", "/") / f"{name}.py").exists()
        ):
            missing.append(f"{module}.{name}")
    assert not missing


def test_names_that_are_taken_are_found() -> None:
    assert ("articles.services.undo_faults", "CannotUndo") in taken(ROOT / "benchmarks/crowd.py")
