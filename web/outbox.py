"""What will be sent, to whom, when and why, and what was: each person their own, and as far as they may see others'.

Those who run the month pause all messages here, and let them go again.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import post_words
from programme.notices import Dropped, Letter, Notice
from programme.people import Person
from programme.refusals import NotAllowed, NotFound
from storage import find, outbox
from storage.find.outbox import PAGE as PAGE_HOLDS
from storage.office import Office
from storage.session import Session
from web.sign_in import NobodyHere, require_person, to_sign_in

PAGE = "/outbox"
NOT_DRAWN = "It cannot be drawn. Whoever looks after Auditloop finds why in the log."

Render = Callable[[Session, Notice], Letter | Dropped]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """One message in a list: why there is one, what it says where that is asked, and how it stands."""

    notice: Notice
    why: str
    stands: str
    says: str = ""


@dataclass(frozen=True)
class Listed:
    """One page of a list, and where it stands in the whole."""

    lines: Sequence[Line]
    many: int
    page: int
    words: str

    @property
    def pages(self) -> int:
        return max(-(-self.many // PAGE_HOLDS), 1)


@dataclass(frozen=True)
class Asked:
    """What a step asks before it is done, what it means, and the button."""

    question: str
    means: str
    yes: str
    back: str
    said: Mapping[str, str]


@dataclass(frozen=True)
class OutboxView(MethodView):
    office: Office
    render: Render

    def _drawn(self, session: Session, notice: Notice) -> Letter | Dropped | None:
        """As it would be drawn now; None where that breaks, which must not break the page."""
        try:
            return self.render(session, notice)
        except Exception:
            log.exception("a message could not be drawn", extra={"notice": notice.id, "kind": notice.kind})
            return None

    def _says(self, session: Session, notice: Notice) -> str:
        drawn = self._drawn(session, notice)
        if isinstance(drawn, Letter):
            return drawn.text
        return NOT_DRAWN if drawn is None else f"As things are now: {drawn.why}."

    def _changer(self, session: Session) -> Person:
        me = require_person(session, self.office)
        if not me.can_change_messages():
            raise NotAllowed("Those who run the month decide about messages.")
        return me


class ToGo(OutboxView):
    """What waits, and what the ladders will say on the next days."""

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, words, page = require_person(session, self.office), _words(), _page()
            notices, many = find.outbox.still_to_go(session, me, words, page)
            switch = find.notices.switch(session)
            now, real_now = self.office.now(session), self.office.real_now()
            steps = outbox.steps_of(session, notices)
            lines = [
                Line(
                    each,
                    post_words.why_there_is_one(each.kind, steps.get(each, "")),
                    post_words.held_up_by(each, switch, now=now, real_now=real_now),
                    self._says(session, each),
                )
                for each in notices
            ]
            return render_template(
                "outbox/to_go.html",
                listed=Listed(lines, many, page, words),
                me=me,
                paused=switch.paused,
                standstill=post_words.standstill(switch),
                foreseen=outbox.foreseen_by(session, self.office, me, words) if page == 1 else [],
                step_in_words=post_words.step_in_words,
            )

    def post(self) -> ResponseReturnValue:
        """All messages are paused, or go out again: asked once more first."""
        step, sure = request.form.get("step", ""), "sure" in request.form
        with self.office.record.writing(only_try=not sure) as session:
            me = self._changer(session)
            if step not in SWITCHED:
                raise NotFound("There is no such step.")
            take, asked, done = SWITCHED[step]
            take(session, self.office, me)
        if not sure:
            return render_template("outbox/step.html", asked=asked)
        flash(done, "done")
        return redirect(PAGE, code=303)


class Past(OutboxView):
    """What was sent, failed or was dropped, the newest first."""

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, words, page = require_person(session, self.office), _words(), _page()
            notices, many = find.outbox.settled(session, me, words, page)
            steps = outbox.steps_of(session, notices)
            lines = [
                Line(
                    each,
                    post_words.why_there_is_one(each.kind, steps.get(each, "")),
                    post_words.how_it_ended(each),
                )
                for each in notices
            ]
            return render_template("outbox/past.html", listed=Listed(lines, many, page, words), me=me)


SWITCHED: Mapping[str, tuple[Callable[[Session, Office, Person], None], Asked, str]] = {
    "pause": (
        outbox.pause,
        Asked(
            "Pause all messages?",
            "Nothing goes out until somebody lets messages go again, but for alerts that a child may be unsafe now and"
            " links to sign in that somebody asked for. Nothing is lost.",
            *("Pause all messages", PAGE),
            {"step": "pause"},
        ),
        "All messages are paused.",
    ),
    "resume": (
        outbox.resume,
        Asked(
            "Let messages go again?",
            "Each is judged again before it goes. Of several about the same only the newest is sent, and outside"
            " working hours nothing but alerts and links to sign in.",
            *("Let messages go", PAGE),
            {"step": "resume"},
        ),
        "Messages go out again.",
    ),
}


def _words() -> str:
    return request.args.get("about", "").strip()


def _page() -> int:
    said = request.args.get("page", "1")
    return int(said) if said.isascii() and said.isdigit() and 0 < int(said) < 10**6 else 1


def routes(office: Office, render: Render) -> Blueprint:
    blueprint = Blueprint("outbox", __name__, url_prefix=PAGE)
    blueprint.add_url_rule("", view_func=ToGo.as_view("to_go", office, render))
    blueprint.add_url_rule("/past", view_func=Past.as_view("past", office, render))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
