"""One message: as it would be drawn now, how it stands, and what those who run the month may do about it."""

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from programme import post_words
from programme.notices import Dropped, Letter, Notice
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.words import NoticeState
from storage import find, outbox
from storage.office import Office
from storage.session import Session
from web.filled import Filled
from web.letters import lines_of
from web.outbox import NOT_DRAWN, PAGE, Asked, OutboxView, Render
from web.sign_in import NobodyHere, require_person, to_sign_in


class MessagePage(OutboxView):
    """One message as it would be drawn now, and what may be done about it."""

    def get(self, number: int) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._shown(session, number)

    def post(self, number: int) -> ResponseReturnValue:
        filled, sure = Filled.sent(), "sure" in request.form
        asks_first = filled.step in ASK_FIRST and not sure
        try:
            with self.office.record.writing(only_try=asks_first) as session:
                me = self._changer(session)
                notice = _step(filled)(session, self.office, number, me, filled.words("reason"))
                asked = _to_drop(notice, filled)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._shown(session, number, filled, filled.errors(refusal, "step")), 422
        if asks_first:
            return render_template("outbox/step.html", asked=asked)
        flash(DONE[filled.step], "done")
        return redirect(f"{PAGE}/{number}", code=303)

    def _shown(
        self, session: Session, number: int, filled: Filled | None = None, errors: Mapping[str, str] | None = None
    ) -> str:
        me, notice = require_person(session, self.office), find.outbox.by_number(session, number)
        if not me.can_see_message(notice):
            raise NotFound("We cannot find that message.")
        drawn = self._drawn(session, notice)
        letter = drawn.instead if isinstance(drawn, Dropped) else drawn
        return render_template(
            "outbox/message.html",
            notice=notice,
            why=post_words.why_there_is_one(notice.kind, outbox.steps_of(session, [notice]).get(notice, "")),
            stands=self._stands(session, notice),
            letter=letter,
            lines=lines_of(letter) if letter else [],
            not_now=_why_not_now(drawn),
            steps=_possible(notice) if me.can_change_messages() else [],
            said=filled.said if filled else {},
            errors=errors or {},
        )

    def _stands(self, session: Session, notice: Notice) -> str:
        if notice.state in {NoticeState.SENT, NoticeState.FAILED, NoticeState.DROPPED}:
            return post_words.how_it_ended(notice)
        now, real_now = self.office.now(session), self.office.real_now()
        return post_words.held_up_by(notice, find.notices.switch(session), now=now, real_now=real_now)


Step = Callable[[Session, Office, int, Person, str], Notice]
STEPS: Mapping[str, Step] = {
    "hold": outbox.hold,
    "release": outbox.release,
    "drop": outbox.drop,
    "again": outbox.send_again,
}
ASK_FIRST = frozenset({"drop"})
DONE = {
    "hold": "It is held until somebody releases it.",
    "release": "It may go, if it still applies.",
    "drop": "It is not sent.",
    "again": "It waits to be sent again.",
}


def _step(filled: Filled) -> Step:
    if filled.step not in STEPS:
        raise NotFound("There is no such step.")
    return STEPS[filled.step]


def _to_drop(notice: Notice, filled: Filled) -> Asked:
    return Asked(
        f"Drop this message to {notice.person.name}?",
        f"It is about {notice.about}, and is not sent: {notice.why}. This cannot be undone.",
        "Yes, drop it",
        f"{PAGE}/{notice.id}",
        {"step": "drop", "drop_reason": filled.words("reason")},
    )


def _possible(notice: Notice) -> list[str]:
    """The steps that may be taken with a message as it stands."""
    stopping = ["drop"] if notice.may_be_stopped else []
    return {
        NoticeState.WAITING: ["hold", *stopping] if notice.may_be_stopped else [],
        NoticeState.HELD: ["release", *stopping],
        NoticeState.FAILED: ["again", *stopping],
    }.get(notice.state, [])


def _why_not_now(drawn: Letter | Dropped | None) -> str:
    if drawn is None:
        return NOT_DRAWN
    return f"As things are now it would not be sent: {drawn.why}." if isinstance(drawn, Dropped) else ""


def routes(office: Office, render: Render) -> Blueprint:
    blueprint = Blueprint("message", __name__, url_prefix=PAGE)
    blueprint.add_url_rule("/<int:number>", view_func=MessagePage.as_view("message", office, render))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
