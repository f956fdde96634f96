"""Whether we are well, for the machines that ask. No page here says anything about a person.

`/readyz` fails (503) only for what stops the pages themselves: the database or its tables. Everything else is shown
and makes it 'degraded', so that a silent worker or a Slack that is down takes no page out of service.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.jobs import WELL, Job
from programme.sealing import WAITS_AT_MOST
from storage import find, heartbeat
from storage.heartbeat import SILENT_AFTER
from storage.office import Office
from storage.session import DatabaseFault

POST_LATE_SECONDS = 15 * 60


@dataclass(frozen=True)
class Lights:
    """What is seen of the worker, the messages and the returns; ages are in whole seconds, None where there is none."""

    worker_seconds: int | None
    oldest_message_seconds: int | None
    messages_paused: bool
    chat: str
    sheet: str
    last_return_seconds: int | None
    clock_apart_seconds: int
    """By how much a worker's clock is wrong; such a worker does nothing."""
    jobs: dict[str, str]
    """Those of the worker's jobs that are late or failing."""
    set_aside: int
    unmet: int
    unsealed: int
    """Entries of the history that wait for their seal, and since how many seconds the oldest of them."""
    oldest_unsealed_seconds: int | None

    @property
    def all_well(self) -> bool:
        alive = self.worker_seconds is not None and self.worker_seconds < SILENT_AFTER.total_seconds()
        in_time = (self.oldest_message_seconds or 0) < POST_LATE_SECONDS and not self.unmet
        reached = self.chat == "ok" and self.sheet in {"ok", "none"}
        sealed = (self.oldest_unsealed_seconds or 0) <= WAITS_AT_MOST.total_seconds()
        at_work = not self.clock_apart_seconds and not self.jobs and not self.set_aside and sealed
        return alive and in_time and not self.messages_paused and reached and at_work


class Healthz(MethodView):
    """The process is up. It touches nothing."""

    def get(self) -> ResponseReturnValue:
        return jsonify(status="ok")


class Readyz(MethodView):
    def __init__(self, office: Office, at_head: Callable[[], bool]) -> None:
        self.office = office
        self.at_head = at_head

    def get(self) -> ResponseReturnValue:
        try:
            if not self.at_head():
                return jsonify(status="failing", database="ok", tables="not up to date"), 503
            lights = self._lights()
        except DatabaseFault:
            return jsonify(status="failing", database="does not answer"), 503
        status = "ok" if lights.all_well else "degraded"
        return jsonify(status=status, database="ok", tables="ok", **asdict(lights))

    def _lights(self) -> Lights:
        with self.office.record.reading() as session:
            now, sheet = self.office.now(session), find.sheets.known(session)
            real_now, unsealed = self.office.real_now(), find.history.unsealed(session)
            return Lights(
                worker_seconds=age(real_now, heartbeat.last(session)),
                oldest_message_seconds=age(now, find.notices.oldest_waiting(session)),
                messages_paused=find.notices.paused(session),
                chat=find.notices.held_up(session) or "ok",
                sheet=(sheet.paused or "ok") if sheet else "none",
                last_return_seconds=age(now, find.submissions.last_arrival(session)),
                clock_apart_seconds=heartbeat.apart(session, at=real_now),
                jobs=_not_well(find.jobs.every(session), real_now),
                set_aside=find.jobs.count_set_aside(session),
                unmet=find.unmet.count(session),
                unsealed=unsealed.many,
                oldest_unsealed_seconds=age(now, unsealed.since),
            )


def _not_well(jobs: Iterable[Job], at: datetime) -> dict[str, str]:
    return {job.name: job.how_it_stands(at) for job in jobs if job.how_it_stands(at) != WELL}


def age(now: datetime, then: datetime | None) -> int | None:
    return None if then is None else max(round((now - then).total_seconds()), 0)


def routes(office: Office, at_head: Callable[[], bool]) -> Blueprint:
    blueprint = Blueprint("health", __name__)
    blueprint.add_url_rule("/healthz", view_func=Healthz.as_view("healthz"))
    blueprint.add_url_rule("/readyz", view_func=Readyz.as_view("readyz", office, at_head))
    return blueprint
