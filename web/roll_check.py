"""Roll checks on the pages: who has confirmed a month's list, for those who run it; and the answer to one."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.calendar import first_of, month_name
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.roll_check import CHANGE_LABELS, Change, Changed, RollCheck, Window, away
from storage import find, roll_checking
from storage.office import Office
from storage.session import Session
from web.filled import day
from web.sign_in import NobodyHere, require_person, to_sign_in


@dataclass(frozen=True)
class RollCheckPage(MethodView):
    office: Office

    def _window(self, session: Session, month: str) -> Window:
        try:
            first_of(month)
        except Refusal as refusal:
            raise NotFound(refusal.sentence) from refusal
        return roll_checking.window_of(session, self.office, month)

    def _mine(self, session: Session, month: str, service: int) -> tuple[Person, RollCheck, Window]:
        """A list for whoever may answer it; for anybody else there is none."""
        me, window = require_person(session, self.office), self._window(session, month)
        check = find.roll_checks.of_service(session, month, service)
        if not me.can_answer_roll_check(check, self.office.today(session)):
            raise NotAllowed("The Head of Service says whether this list is right.")
        return me, check, window


class Lists(RollCheckPage):
    """Every service's list: who was asked, and who has confirmed it."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, window = require_person(session, self.office), self._window(session, month)
            today, checks = self.office.today(session), find.roll_checks.of_month(session, month)
            mine = [check for check in checks if me.can_answer_roll_check(check, today)]
            if not mine and not me.can_run_rounds():
                raise NotAllowed("Those who run the month see who has confirmed.")
            asked = {check.service for check in checks}
            not_asked = [each for each in find.people.services(session) if each not in asked]
            return render_template(
                "rounds/roll_check.html",
                name=month_name(month),
                window=window,
                has_begun=today >= window.first,
                checks=mine,
                not_asked=not_asked if me.can_run_rounds() else [],
                runs=me.can_run_rounds(),
            )


class List(RollCheckPage):
    """One service's list, with **All correct** and what may be changed."""

    def get(self, month: str, service: int) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._shown(session, month, service)

    def post(self, month: str, service: int) -> ResponseReturnValue:
        said = {name: value.strip() for name, value in request.form.items()}
        try:
            with self.office.record.writing() as session:
                me, check, _ = self._mine(session, month, service)
                told = self._take(session, me, check, said)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._shown(session, month, service, said, {refusal.field or "what": refusal.sentence}), 422
        flash(told, "done")
        return redirect(f"/rounds/{month}/roll-check/{service}", code=303)

    def _take(self, session: Session, me: Person, check: RollCheck, said: Mapping[str, str]) -> str:
        if said.get("all_correct") == "yes":
            roll_checking.confirm(session, self.office, check.ref, me)
            return "Thank you. The list is confirmed."
        change = changed(said)
        roll_checking.change(session, self.office, check.ref, change, me)
        if change.change is Change.JOINED:
            return "Thank you. The administrator is asked to bring them onto the list."
        return "Thank you, that is changed. When the list is right, press All correct."

    def _shown(
        self,
        session: Session,
        month: str,
        service: int,
        said: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> str:
        _, check, window = self._mine(session, month, service)
        people = roll_checking.on_the_list(session, check.service, window)
        days = self.office.rules.calendar.working_days_between(window.first, window.last)
        return render_template(
            "rounds/roll.html",
            name=month_name(month),
            check=check,
            window=window,
            has_begun=self.office.today(session) >= window.first,
            people=[(person, away(person, days)) for person in people],
            kinds=[{"value": str(each), "text": words} for each, words in CHANGE_LABELS.items()],
            said=said or {},
            errors=errors or {},
        )


def changed(said: Mapping[str, str]) -> Changed:
    """What was filled in; a day in three boxes."""
    if said.get("what", "") not in set(Change):
        msg = "Choose what is not right."
        raise Refusal(msg, field="what")
    return Changed(
        Change(said["what"]),
        who=said.get("who", ""),
        first_day=day(said, "first_day"),
        last_day=day(said, "last_day"),
        name=said.get("name", ""),
        email=said.get("email", ""),
    )


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("roll_check", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("/<month>/roll-check", view_func=Lists.as_view("lists", office))
    blueprint.add_url_rule("/<month>/roll-check/<int:service>", view_func=List.as_view("list", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
