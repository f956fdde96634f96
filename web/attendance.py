"""Who comes to the moderation day and who was there; its hours and place; and who reads in somebody's place."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import find, moderation_day
from storage.office import Office
from storage.session import Session
from web.pairing import OpenersPage, as_said, errors_of, meeting_in
from web.sign_in import NobodyHere, to_sign_in


class Attendance(OpenersPage):
    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._opener(session)
            return self._page(session, month)

    def post(self, month: str) -> ResponseReturnValue:
        said = {name: words.strip() for name, words in request.form.items()}
        try:
            with self.office.record.writing() as session:
                told = self._take(session, month, said, self._opener(session))
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                self._opener(session)
                return self._page(session, month, said, errors_of(refusal)), 422
        flash(told, "done")
        return redirect(f"/rounds/{month}/moderation/attendance", code=303)

    def _take(self, session: Session, month: str, said: Mapping[str, str], me: Person) -> str:
        if said.get("step") == "move":
            day = moderation_day.move(session, self.office, month, meeting_in(said), me)
            return f"The day is from {day.hours} now. Whoever may come hears so."
        there = [int(number) for number in request.form.getlist("there") if number.isascii() and number.isdigit()]
        day = moderation_day.keep_attendance(session, self.office, month, there, me)
        return f"Noted: {len(there)} of {len(day.invitations)} were there."

    def _page(
        self,
        session: Session,
        month: str,
        said: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> str:
        of = find.rounds.of_month(session, month)
        day = find.moderation_days.must_be(session, of)
        unread = {each.person.id: len(find.moderations.unread_by(session, of, each.person)) for each in day.invitations}
        return render_template(
            "moderation/attendance.html",
            round=of,
            day=day,
            unread=unread,
            has_come=self.office.today(session) >= day.on,
            said={**as_said(day.meeting), **(said or {})},
            errors=errors or {},
        )


class Instead(OpenersPage):
    """What one moderator has not read, each with who would read it: proposed, changed where wanted, confirmed."""

    def get(self, month: str, number: int) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._opener(session)
            return self._page(session, month, number)

    def post(self, month: str, number: int) -> ResponseReturnValue:
        said = {name: words.strip() for name, words in request.form.items() if name.startswith("AUD-")}
        chosen = {ref: int(words) for ref, words in said.items() if words.isascii() and words.isdigit()}
        try:
            with self.office.record.writing() as session:
                me = self._opener(session)
                moderation_day.replace(session, self.office, month, number, chosen, me)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                self._opener(session)
                return self._page(session, month, number, said, errors_of(refusal)), 422
        flash("Named. Who reads now gets one message in the next minute.", "done")
        return redirect(f"/rounds/{month}/moderation/attendance", code=303)

    def _page(
        self,
        session: Session,
        month: str,
        number: int,
        said: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> str:
        person, places = moderation_day.places_of(session, self.office, month, number)
        proposed = {each.ref: str(each.instead.id) for each in places if each.instead}
        return render_template(
            "moderation/instead.html",
            round=find.rounds.of_month(session, month),
            person=person,
            places=places,
            readers=[who for who in find.moderations.moderators(session) if who is not person],
            said={**proposed, **(said or {})},
            errors=errors or {},
        )


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("attendance", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("/<month>/moderation/attendance", view_func=Attendance.as_view("attendance", office))
    blueprint.add_url_rule("/<month>/moderation/instead/<int:number>", view_func=Instead.as_view("instead", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
