"""`/metrics`: numbers for Prometheus, for whoever has the token. A label is one of our own words, never a person's.

The text format is written here by hand: it is one line a number, counted from the database at the moment of asking. A
client library counts within one process, and would have to be told to add up several.
"""

from collections.abc import Iterable, Iterator, Mapping
from hmac import compare_digest

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from storage import find, heartbeat
from storage.office import Office
from storage.session import Session
from web.health import age

TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"

Numbers = Mapping[str, float | None]
"""A number for each value of the label; None where there is none yet."""


class Metrics(MethodView):
    def __init__(self, office: Office, token: str) -> None:
        self.office = office
        self.token = token

    def get(self) -> ResponseReturnValue:
        sent = request.headers.get("Authorization", "").encode()
        if not compare_digest(sent, f"Bearer {self.token}".encode()):
            return Response("", 401, {"WWW-Authenticate": "Bearer"})
        with self.office.record.reading() as session:
            lines = [*_of_messages(session, self.office), *_of_the_worker(session, self.office)]
        return Response("\n".join([*lines, ""]), content_type=TEXT_FORMAT)


def _of_messages(session: Session, office: Office) -> Iterator[str]:
    now = office.now(session)
    states = {f'{{state="{state}"}}': many for state, many in find.notices.counts(session).items()}
    yield from _family("messages", "Messages by state.", states)
    oldest = age(now, find.notices.oldest_waiting(session))
    yield from _one("oldest_message_seconds", "For how long the oldest message that waits has been due.", oldest)
    yield from _one("messages_paused", "Whether all messages are paused.", find.notices.paused(session))
    unmet = find.unmet.count(session)
    yield from _one("messages_unmet", "Messages and reminders that are late or missing.", unmet)
    held = find.submissions.count_held(session)
    yield from _one("submissions_held", "Returns that are held for a person.", held)
    arrived = age(now, find.submissions.last_arrival(session))
    yield from _one("last_return_seconds", "How long ago the last return came in.", arrived)


def _of_the_worker(session: Session, office: Office) -> Iterator[str]:
    now = office.real_now()
    beat = age(now, heartbeat.last(session))
    yield from _one("worker_seconds", "How long ago a worker last said that it is alive.", beat)
    yield from _one("workers", "Workers that are alive.", heartbeat.alive(session, at=now))
    apart = heartbeat.apart(session, at=now)
    yield from _one("worker_clock_apart_seconds", "By how much a worker's clock is wrong.", apart)
    unsealed = find.history.unsealed(session)
    yield from _one("history_unsealed", "Entries of the history that wait for their seal.", unsealed.many)
    waits = age(office.now(session), unsealed.since)
    yield from _one("oldest_unsealed_seconds", "How long ago the oldest of them was written.", waits)
    aside = find.jobs.count_set_aside(session)
    yield from _one("set_aside", "Things that failed so often that a person must look.", aside)
    jobs = {f'{{job="{job.name}"}}': job for job in find.jobs.every(session)}
    well = {label: age(now, job.succeeded_at) for label, job in jobs.items()}
    yield from _family("job_success_seconds", "How long ago a job last went well.", well)
    for name, said in (("runs", "How often a job ran."), ("failures", "How often a job failed.")):
        counted = {label: getattr(job, name) for label, job in jobs.items()}
        yield from _family(f"job_{name}_total", said, counted, kind="counter")


def _one(name: str, said: str, number: float | None) -> Iterable[str]:
    return _family(name, said, {"": number})


def _family(name: str, said: str, numbers: Numbers, kind: str = "gauge") -> Iterator[str]:
    yield f"# HELP auditloop_{name} {said}"
    yield f"# TYPE auditloop_{name} {kind}"
    yield from (f"auditloop_{name}{label} {number:g}" for label, number in numbers.items() if number is not None)


def routes(office: Office, token: str) -> Blueprint:
    """No such page where no token is set."""
    blueprint = Blueprint("metrics", __name__)
    if token:
        blueprint.add_url_rule("/metrics", view_func=Metrics.as_view("metrics", office, token))
    return blueprint
