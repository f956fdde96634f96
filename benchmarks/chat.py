"""What an answer to Slack costs, through gunicorn as the Procfile runs it, beside a bare listener that only hears.

`/audit` reads what is mine; 'I have this' and a reason for not auditing change the record: permission, history and
messages. All are asked in turn, so that whatever else the machine does slows them alike. Then the same with a Slack
that takes every call and never answers.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import func, select

from benchmarks.asking import times
from benchmarks.returns import borough
from benchmarks.slack import answering, hanging
from bot import names
from bot.views.audits import reason_modal
from demo import processes
from demo.chat import free_port
from demo.processes import Running
from programme.facts import AlertTaken, ReasonGiven
from programme.words import Reason
from storage import alarming, find, migrate, tables
from storage.session import Record
from tests.bot.conftest import reason, slack_id
from tests.databases import KINDS, Databases, Kind
from tests.twins import signing
from tests.twins.signing import SIGNING_SECRET, Signed
from tests.twins.slack import BOT_TOKEN, TEAM_ID

HOUSE = Path(__file__).resolve().parents[1]
OURS, BARE, STOCK = "app:create_app()", "benchmarks.bare_chat:at_once()", "benchmarks.bare_chat:stock()"

WARM = 20
"""Rounds before they count: each process compiles its statements when it first needs them."""
ROUNDS = int(os.environ.get("AUDITLOOP_BENCH_CLICKS", "200"))
ROUNDS_WITHOUT_SLACK = 20
AT_ONCE = 4

Clicks = Mapping[str, Sequence[Callable[[], Signed]]]
"""What is asked → each single time of it, signed when it is needed: a signature is good for five minutes."""


def measure() -> Iterator[str]:
    with TemporaryDirectory() as folder, Databases(Path(folder)) as databases:
        for kind in KINDS:
            with databases.lent(kind, migrate.upgrade) as url:
                _wait_for_the_disk(kind, url)
                clicks = _clicks(url, WARM + ROUNDS + ROUNDS_WITHOUT_SLACK)
                yield from (f"{kind}: {line}" for line in _beside_bare(Path(folder), url, clicks))
                yield f"{kind}: {_without_slack(Path(folder), url, clicks)}"


def _wait_for_the_disk(kind: Kind, url: str) -> None:
    """As a database in earnest does; those of tests need not survive a power cut."""
    if kind == "postgresql":
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM RESET ALL")
            connection.execute("SELECT pg_reload_conf()")


def _clicks(url: str, many: int) -> Clicks:
    """One of each for every audit: its auditor looks, somebody has its alert in hand, its auditor says why not."""
    office, responses = borough(url, many)
    clicks: dict[str, list[Callable[[], Signed]]] = {"/audit": [], "a button": [], "a modal": []}
    with office.record.writing() as session:
        everybody = find.people.roster(session).people
        for number, each in enumerate(responses):
            audit, auditor = find.allocations.of_case(session, each.case_ref)[0], everybody[each.respondent]
            auditor.slack_user_id = f"UAUDITOR{number}"
            alert = alarming.raise_alert(session, office, audit, auditor, staff_conduct=False)
            view, why_not = reason_modal(audit, office.today(session), own=True), reason(Reason.CAPACITY)
            clicks["/audit"].append(partial(signing.command, slack_id(auditor)))
            clicks["a button"].append(partial(signing.press, "UTOMASZ", names.HAVE_THIS, alert.ref, trigger="t"))
            clicks["a modal"].append(partial(signing.submission, slack_id(auditor), view, why_not))
    office.record.close()
    return clicks


def _beside_bare(folder: Path, url: str, clicks: Clicks) -> Iterator[str]:
    rounds = list(zip(*clicks.values(), strict=True))[: WARM + ROUNDS]
    with answering() as api, ExitStack() as served:
        ports = [served.enter_context(_served(folder, app, url, api)) for app in (OURS, BARE, STOCK)]
        asked = [(port, click()) for each in rounds for click in each for port in ports]
        taken = times(asked)[WARM * len(clicks) * len(ports) :]
    _must_be_kept(url, len(rounds))
    for place, what in enumerate(clicks):
        mine, theirs, by_stock = (taken[place * 3 + n :: len(clicks) * 3] for n in range(3))
        yield (
            f"{what} answered in {_said(mine)}, {median(mine) / median(theirs):.1f} times bare Bolt's {_said(theirs)},"
            f" stock Bolt {_said(by_stock)}"
        )


def _without_slack(folder: Path, url: str, clicks: Clicks) -> str:
    rounds = list(zip(*clicks.values(), strict=True))[WARM + ROUNDS :]
    with hanging() as api, _served(folder, OURS, url, api) as ours:
        taken = times([(ours, click()) for each in rounds for click in each], at_once=AT_ONCE)
    _must_be_kept(url, WARM + ROUNDS + len(rounds))
    said = (f"{what} {_said(taken[place :: len(clicks)])}" for place, what in enumerate(clicks))
    return f"while Slack answers nothing, {AT_ONCE} at once: {', '.join(said)}"


def _must_be_kept(url: str, each: int) -> None:
    """Answered is not enough: everything that was said is in the history."""
    record = Record(url)
    wanted = select(func.count()).where(tables.history.c.kind.in_([AlertTaken.kind(), ReasonGiven.kind()]))
    with record.reading() as session:
        kept = session.scalar(wanted)
    record.close()
    if kept != 2 * each:
        raise RuntimeError(f"{2 * each} were answered, and {kept} kept")


@contextmanager
def _served(folder: Path, app: str, url: str, api: str) -> Iterator[int]:
    """The port where gunicorn serves an app while the block lasts, by the Procfile's own line."""
    port = free_port()
    line = next(line for line in (HOUSE / "Procfile").read_text().splitlines() if line.startswith("web: "))
    command = line.removeprefix("web: ").replace("0.0.0.0", "127.0.0.1").replace(OURS, app)  # noqa: S104 - not here
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(HOUSE),
        "PORT": str(port),
        # A connection stays open until its turn comes again, and one gunicorn leaves the others alone.
        "GUNICORN_CMD_ARGS": "--keep-alive 60 --no-control-socket",
        "DATABASE_URL": url,
        "SECRET_KEY": "a key for measuring only, long enough",
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_TEAM_ID": TEAM_ID,
        "SLACK_API_URL": api,
    }
    log = folder / f"{port}.log"
    pages = Running.start(app, ["sh", "-c", f"exec {command}"], environment=environment, log=log)
    try:
        pages.wait_until(lambda: processes.answers(port, "/healthz"))
        yield port
    finally:
        processes.stop([pages])


def _said(taken: Sequence[float]) -> str:
    return f"{median(taken):.1f} ms ({quantiles(taken, n=100)[-1]:.0f} at p99)"
