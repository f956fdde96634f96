"""What a return costs, by the webhook and from the sheet, beside bare inserts of the very rows that it makes.

The rows are read back from our own run and put into a second database that was made alike: by Flask and Core, one
request a return, for the webhook; by `executemany` in batches for the sheet.
"""

import os
import resource
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from flask import Flask, request
from sqlalchemy import Table, insert, select

from forms.poll import BATCH, Poll
from forms.sheets import Snapshot
from programme.policy import Policy
from programme.rulebook import Rulebook
from programme.tool import Question
from storage import clock, migrate, tables
from storage.office import Office
from storage.session import Record
from tests import cast as people
from tests.databases import KINDS, Databases
from tests.forms.delivering import post_office
from tests.forms.responses import ANSWERS, Response, give_out_more, new_tab, row_of, sent_by_script

WEBHOOKS = 200
ROWS = int(os.environ.get("AUDITLOOP_BENCH_ROWS", "1000"))
QUESTIONS = 20
MADE = (
    *("submission", "delivery", "audit_return", "judgement", "voice_heard", "outcome_seen", "action"),
    *("history", "notice", "sheet"),
)

BY_A_RETURN = {"return_recorded", "action_raised"}

Rows = Mapping[str, Sequence[dict[str, Any]]]


def measure() -> Iterator[str]:
    with TemporaryDirectory() as folder, Databases(Path(folder)) as databases:
        for kind in KINDS:
            for bench in (_webhook, _backfill):
                with databases.lent(kind, migrate.upgrade) as ours, databases.lent(kind, migrate.upgrade) as bare:
                    yield f"{kind}: {bench(ours, bare)}"


def _webhook(ours: str, bare: str) -> str:
    office, responses = borough(ours, WEBHOOKS)
    tool = _tool()
    post, bodies = post_office(office), [sent_by_script(each, tool) for each in responses]
    mine = _seconds(lambda: [post.deliver(body) for body in bodies])
    theirs = _bare_webhook(borough(bare, WEBHOOKS)[0], _made(office), bodies)
    return f"{WEBHOOKS} returns by the webhook, {WEBHOOKS / mine:.0f} a second, {mine / theirs:.1f} times bare Flask"


def _backfill(ours: str, bare: str) -> str:
    office, responses = borough(ours, ROWS)
    tool = _tool()
    headings = tuple(str(cell) for cell in new_tab(tool).values()[0])
    cells = [_as_sent(row_of(each, tool)) for each in responses]
    snapshot = Snapshot(headings, tuple(enumerate(cells, start=2)), "Europe/London")
    before = _peak_mb()
    mine = _seconds(lambda: Poll(office, lambda: snapshot, "bench").once())
    theirs = _bare_batches(borough(bare, ROWS)[0], _made(office))
    again = _seconds(lambda: Poll(office, lambda: snapshot, "bench").once())
    return (
        f"{ROWS} rows of {QUESTIONS} questions from the sheet, {ROWS / mine:.0f} a second, {mine / theirs:.1f} times"
        f" executemany; the same sheet again {again:.1f} s; peak memory {before} MB before and {_peak_mb()} MB after"
    )


def borough(url: str, many: int) -> tuple[Office, list[Response]]:
    """So many audits out, each with an auditor of its own, and what each of them sends."""
    office = Office(Record(url), Rulebook.of(Policy()), "http://127.0.0.1", demo=True)
    cast = people.gather(office.rules)
    cast.tool.questions[:] = _tool().questions
    with office.record.writing() as session:
        people.keep(session, cast)
        clock.set_to(session, people.NOW)
    given_out = give_out_more(office.record, cast, many)
    return office, [Response(people.NOW, who, case, _answers(), f"r-{case}") for who, case in given_out]


def _tool() -> Any:  # noqa: ANN401 - an audit tool
    tool = people.audit_tool()
    tool.questions[:] = [
        Question(f"core.q{n}", f"Question {n}?", "A standard.", "What to look for.", "Area", position=n)
        for n in range(QUESTIONS)
    ]
    return tool


def _answers() -> dict[str, str]:
    own = {name: said for name, said in ANSWERS.items() if not name.startswith(("core.", "theme."))}
    judged = {f"core.q{n}": "2" for n in range(QUESTIONS)}
    return own | judged | {f"{key}.evidence": "Seen in the record of visits, from June to September." for key in judged}


def _as_sent(cells: Sequence[Any]) -> tuple[object, ...]:
    return tuple(cell if isinstance(cell, str) else cell.serial for cell in cells)


def _made(office: Office) -> Rows:
    """Every row that our run made, by table; what giving out had written down before is left out."""
    before = {"history", "notice"}
    with office.record.reading() as session:
        kept = {name: session.execute(select(_table(name))).mappings().all() for name in MADE}
    return {
        name: [dict(row) for row in rows if name not in before or row["kind"] in BY_A_RETURN]
        for name, rows in kept.items()
    }


def _table(name: str) -> Table:
    return tables.metadata.tables[name]


def _bare_webhook(office: Office, made: Rows, bodies: Sequence[bytes]) -> float:
    app, engine = Flask("bare"), office.record.engine
    share = [{name: _share(rows, n, len(bodies)) for name, rows in made.items()} for n in range(len(bodies))]
    waiting = iter(share)

    @app.post("/forms/returns")
    def take() -> str:
        request.get_json()
        with engine.begin() as connection:
            for name, rows in next(waiting).items():
                if rows:
                    connection.execute(insert(_table(name)), rows)
        return "kept"

    client = app.test_client()
    return _seconds(
        lambda: [client.post("/forms/returns", data=body, content_type="application/json") for body in bodies]
    )


def _share(rows: Sequence[dict[str, Any]], number: int, of: int) -> Sequence[dict[str, Any]]:
    """What one of so many returns made: each made as many as the others, one after another."""
    many = len(rows) // of
    return rows[number * many : (number + 1) * many]


def _bare_batches(office: Office, made: Rows) -> float:
    def insert_all() -> None:
        with office.record.engine.begin() as connection:
            for name, rows in made.items():
                for first in range(0, len(rows), BATCH):
                    connection.execute(insert(_table(name)), rows[first : first + BATCH])

    return _seconds(insert_all)


def _seconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
