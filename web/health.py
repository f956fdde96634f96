"""Whether we are well, for the machines that ask. No page here says anything about a person."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from storage import find, heartbeat
from storage.office import Office

WORKER_SILENT_SECONDS = 120


class Healthz(MethodView):
    """The process is up. It touches nothing."""

    def get(self) -> ResponseReturnValue:
        return jsonify(status="ok")


class Readyz(MethodView):
    """Fit to serve: the database answers and its tables are ours. A silent worker is shown, and fails nothing here."""

    def __init__(self, office: Office, at_head: Callable[[], bool]) -> None:
        self.office = office
        self.at_head = at_head

    def get(self) -> ResponseReturnValue:
        try:
            ready = self.at_head()
            with self.office.record.reading() as session:
                beat = heartbeat.last(session) if ready else None
                oldest = find.notices.oldest_waiting(session) if ready else None
                returned = find.submissions.last_arrival(session) if ready else None
                now = self.office.now(session) if ready else self.office.real_now()
        except OSError:
            return jsonify(status="failing", database="does not answer"), 503
        worker = _age(self.office.real_now(), beat)
        alive = worker is not None and worker < WORKER_SILENT_SECONDS
        return jsonify(
            status="failing" if not ready else "ok" if alive else "degraded",
            database="ok",
            tables="ok" if ready else "not up to date",
            worker_seconds=worker,
            oldest_message_seconds=_age(now, oldest),
            last_return_seconds=_age(now, returned),
        ), 200 if ready else 503


def _age(now: datetime, then: datetime | None) -> int | None:
    return None if then is None else max(round((now - then).total_seconds()), 0)


def routes(office: Office, at_head: Callable[[], bool]) -> Blueprint:
    blueprint = Blueprint("health", __name__)
    blueprint.add_url_rule("/healthz", view_func=Healthz.as_view("healthz"))
    blueprint.add_url_rule("/readyz", view_func=Readyz.as_view("readyz", office, at_head))
    return blueprint
