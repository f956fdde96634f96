"""What every test may ask for, and what is asked of every test."""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from programme.policy import Policy
from programme.rulebook import Rulebook
from storage import clock, migrate
from storage.office import Office
from storage.session import Record
from tests import cast as people
from tests.databases import KINDS, Databases, Kind, Records, in_memory
from tests.kept_cast import KeptCast


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    with TemporaryDirectory(prefix="files-", dir=in_memory()) as folder, Databases(Path(folder)) as databases:
        yield databases


@pytest.fixture(scope="session")
def records() -> Records:
    return Records()


@pytest.fixture(params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> Kind:
    kind: Kind = request.param
    return kind


@pytest.fixture
def database_url(databases: Databases, database_kind: Kind) -> Iterator[str]:
    """An empty database: every test that asks for it runs once on SQLite and once on PostgreSQL."""
    with databases.lent(database_kind) as url:
        yield url


@pytest.fixture(scope="session")
def kept_cast() -> KeptCast:
    return KeptCast(Rulebook.of(Policy()))


@pytest.fixture
def record(
    request: pytest.FixtureRequest, databases: Databases, records: Records, database_kind: Kind, kept_cast: KeptCast
) -> Iterator[Record]:
    """The record with its tables made and nothing in it but the cast, where a test asks for them; on each kind."""
    prepare = kept_cast.prepare if "cast" in request.fixturenames else migrate.upgrade
    with databases.lent(database_kind, prepare) as url, records.at(database_kind, url) as record:
        yield record


@pytest.fixture
def rules() -> Rulebook:
    """The policy as it comes, without a council's own changes."""
    return Rulebook.of(Policy())


@pytest.fixture
def office(record: Record, rules: Rulebook) -> Office:
    """A demo's office, so that its clock can be set: it stands at 9:05 on Monday 2 October 2017."""
    office = Office(record, rules, address="http://127.0.0.1:5000", demo=True)
    with record.writing() as session:
        clock.set_to(session, people.NOW)
    return office


@pytest.fixture
def cast(record: Record, kept_cast: KeptCast, database_kind: Kind) -> people.Cast:  # noqa: ARG001 - they are on it
    """The people every test's story is told with, and their month, on record."""
    return kept_cast.anew(database_kind)


LONGEST = ("tests/journeys/", "tests/storage/test_year.py", "tests/storage/test_swap_model.py")
"""What takes longest is begun first, so that at the end no core waits for another."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long counts are left out, not skipped, unless they are asked for."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
    if os.environ.get("AUDITLOOP_SOAK") == "1":
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


def pytest_collection_finish() -> None:
    """What is here by now stays; looking through it for leftovers, again and again, took a seventh of the time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not hasattr(report, "wasxfail"):
        _refuse_a_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_a_skip(report)
    return report


def _refuse_a_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Where nothing may be skipped, a skip is a failure that says why it would have been skipped."""
    if report.skipped and os.environ.get("AUDITLOOP_NOTHING_SKIPPED") == "1":
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped here. {reason}"
