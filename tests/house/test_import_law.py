"""The import law where import-linter cannot see: single files, the programme's libraries, late imports."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

HOUSE = Path(__file__).resolve().parents[2]
DOORS = {"bot", "forms", "web", "scheduler", "commands"}
ROOMS = DOORS | {"storage", "programme"}

ONLY_IN = {
    "slack_bolt": "bot",
    "slack_sdk": "bot",
    "gspread": "forms",
    "google": "forms",
    "requests": "forms",
    "notifications_python_client": "scheduler",
    "apscheduler": "scheduler",
    "sqlalchemy": "storage",
    "alembic": "storage",
    "psycopg": "storage",
}
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
LATE = {"scipy", "numpy", "weasyprint", "gspread", "google", "requests", "notifications_python_client"}
"""Each with what it brings along."""
PROGRAMME_LIBRARIES = {"calendar.py": {"holidays"}, "solving.py": {"scipy", "numpy"}}


class Import(NamedTuple):
    file: str
    line: int
    package: str
    late: bool


def imports_in(file: Path) -> Iterator[Import]:
    tree = ast.parse(file.read_text())
    late = {inner for outer in ast.walk(tree) if isinstance(outer, FUNCTION) for inner in ast.walk(outer)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name in names_imported(node):
                package = name.partition(".")[0]
                yield Import(str(file.relative_to(HOUSE)), node.lineno, package, node in late)


def names_imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if node.module else []


def files_of(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((HOUSE / room).rglob("*.py"))


@cache
def house() -> list[Import]:
    files = [*files_of(*sorted(ROOMS)), *sorted(HOUSE.glob("*.py"))]
    return [found for file in files for found in imports_in(file)]


def test_import_linter_keeps_its_contracts() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    kept = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert kept.returncode == 0, kept.stdout


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_library_is_known_in_its_own_room_only(package: str) -> None:
    strays = [i for i in house() if i.package == package and not i.file.startswith(f"{ONLY_IN[package]}/")]
    assert strays == []


def test_the_programme_imports_the_standard_library_and_little_else() -> None:
    strays = [
        found
        for file in files_of("programme")
        for found in imports_in(file)
        if found.package not in sys.stdlib_module_names | {"programme"} | PROGRAMME_LIBRARIES.get(file.name, set())
    ]
    assert strays == []


def test_settings_know_the_programme_only() -> None:
    above = ROOMS - {"programme"} | {"app"}
    assert [i for i in imports_in(HOUSE / "settings.py") if i.package in above] == []


def test_only_heavy_libraries_are_imported_late_and_they_always_are() -> None:
    assert [i for i in house() if i.late != (i.package in LATE)] == []


def test_a_fresh_web_process_has_loaded_none_of_them(tmp_path: Path) -> None:
    """All but NumPy, which the library for XLSX takes up by itself where it finds it."""
    heavy = sorted(LATE - {"numpy"})
    look = f"import sys, app; app.create_app(); print([name for name in {heavy} if name in sys.modules])"
    settings = {"SECRET_KEY": "for tests only, and long enough for it", "DATABASE_URL": f"sqlite:///{tmp_path}/a.db"}
    ran = subprocess.run(
        [sys.executable, "-c", look], cwd=HOUSE, env=settings, capture_output=True, text=True, check=False
    )
    assert ran.stdout == "[]\n", ran.stderr
