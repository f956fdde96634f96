"""The people: who takes part, which places are empty, and lists brought in; and one person, away, tied or moving on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView
from werkzeug.datastructures import FileStorage

from programme import leave_file, people_file
from programme.absences import KIND_LABELS, Away
from programme.people import Person
from programme.refusals import Fault, Faulty, NotAllowed, NotFound, Refusal
from programme.rows import Table, must_have_columns
from programme.words import AbsenceKind
from storage import find, handing_on, staffing
from storage.office import Office
from storage.session import Session
from web.filled import Filled
from web.sign_in import NobodyHere, require_person, to_sign_in

ReadTable = Callable[[str, bytes], Table]
Step = Callable[[Session, Person, Filled, Person], str]
NO_FILE = "Choose a file first."


@dataclass(frozen=True)
class PeoplePage(MethodView):
    """Everybody one may see. For those who run the month also the files that change them."""

    office: Office
    read_table: ReadTable

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session)

    def post(self) -> ResponseReturnValue:
        """Bring a file in, or only look at what it would change."""
        filled = Filled.sent()
        only_look = "look" in request.form
        try:
            with self.office.record.writing(only_try=only_look) as session:
                said = self._take_in(session, filled.step, self._runner(session))
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            faults = refusal.faults if isinstance(refusal, Faulty) else ()
            with self.office.record.reading() as session:
                errors = {f"{filled.step}_file": refusal.sentence}
                return self._page(session, errors=errors, faults=faults), 422
        with self.office.record.reading() as session:
            heading = "This would change. Nothing is changed yet." if only_look else "This was changed."
            return self._page(session, heading=heading, lines=said)

    def _runner(self, session: Session) -> Person:
        me = require_person(session, self.office)
        if not me.can_run_rounds():
            raise NotAllowed("Those who run the month bring lists in.")
        return me

    def _take_in(self, session: Session, step: str, by: Person) -> list[str]:
        if step not in {"list", "leave"}:
            raise NotFound("There is no such step.")
        table = self._sent(step)
        return self._list(session, table, by) if step == "list" else self._leave(session, table, by)

    def _sent(self, step: str) -> Table:
        sent: FileStorage | None = request.files.get(f"{step}_file")
        if sent is None or not sent.filename:
            raise Refusal(NO_FILE, field="file")
        return self.read_table(sent.filename, sent.read())

    def _list(self, session: Session, table: Table, by: Person) -> list[str]:
        must_have_columns(table.headings, people_file.COLUMNS, people_file.OPTIONAL)
        entries = people_file.read(table.rows)
        changes = find.people.roster(session).changes(entries)
        brought = staffing.bring_in(session, self.office, entries, by)
        missing = [
            f"{each.email}: not in the file. Have they moved on? Say so on their page." for each in brought.missing
        ]
        return [*changes, *missing] or ["Nothing: the list is as it was."]

    def _leave(self, session: Session, table: Table, by: Person) -> list[str]:
        must_have_columns(table.headings, leave_file.COLUMNS, leave_file.OPTIONAL)
        leave = leave_file.read(table.rows, find.people.roster(session).people)
        new = staffing.note_leave(session, self.office, leave, by)
        return [f"{len(leave)} absences read, {new} of them new."]

    def _page(
        self,
        session: Session,
        *,
        heading: str = "",
        lines: Sequence[str] = (),
        errors: dict[str, str] | None = None,
        faults: Sequence[Fault] = (),
    ) -> str:
        me, today = require_person(session, self.office), self.office.today(session)
        seen = [each for each in find.people.everyone(session) if me.can_see_person(each)]
        if not me.can_run_rounds() and seen == [me]:
            raise NotAllowed("Those who run the month, and who leads people, see this page. About you shows yours.")
        runs = me.can_run_rounds()
        places = find.vacancies.still_empty(session)
        return render_template(
            "people/list.html",
            people=[each for each in seen if each.ends is None or each.ends >= today],
            gone=[each for each in seen if each.ends is not None and each.ends < today],
            places=[each for each in places if runs or me.leads_person(each.left)],
            left_behind=find.people.left_behind(session, today) if runs else [],
            runs=runs,
            today=today,
            heading=heading,
            lines=lines,
            errors=errors or {},
            faults=faults,
            columns=people_file.COLUMNS,
        )


@dataclass(frozen=True)
class PersonPage(MethodView):
    """One person. Each step is a small form of its own, there for whoever may take it."""

    office: Office

    def get(self, number: int) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, number)

    def post(self, number: int) -> ResponseReturnValue:
        filled = Filled.sent()
        try:
            with self.office.record.writing() as session:
                me = require_person(session, self.office)
                person = staffing.must_see(session, me, number, to_change=True)
                done = self._step(filled)(session, person, filled, me)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, number, filled, filled.errors(refusal, "step")), 422
        flash(done, "done")
        return redirect(f"/people/{number}", code=303)

    def _step(self, filled: Filled) -> Step:
        steps: dict[str, Step] = {
            "away": self._away,
            "back": self._back,
            "leave": self._leave,
            "stay": self._stay,
            "hand_on": self._hand_on,
            "tie": self._tie,
            "untie": self._untie,
            "apart": self._apart,
            "together": self._together,
            "deputy": self._deputy,
        }
        if filled.step not in steps:
            raise NotFound("There is no such step.")
        return steps[filled.step]

    def _away(self, session: Session, person: Person, filled: Filled, me: Person) -> str:
        kind = filled.words("kind")
        said = Away(
            filled.day("first_day"), filled.day("last_day"), AbsenceKind(kind) if kind in set(AbsenceKind) else None
        )
        staffing.note_away(session, self.office, person, said, me)
        return "Noted. No reminders are sent on these days."

    def _back(self, session: Session, person: Person, filled: Filled, me: Person) -> str:
        staffing.come_back(session, self.office, person, _number(filled), me)
        return "That is taken back."

    def _leave(self, session: Session, person: Person, filled: Filled, me: Person) -> str:
        last_day = filled.day("last_day")
        if last_day is None:
            raise Refusal("Choose their last day.", field="last_day")
        staffing.move_on(session, self.office, person, last_day, me)
        return f"{person.name} moves on after {last_day:%A %-d %B %Y}."

    def _stay(self, session: Session, person: Person, _filled: Filled, me: Person) -> str:
        staffing.stay(session, self.office, person, me)
        return f"{person.name} stays."

    def _hand_on(self, session: Session, person: Person, filled: Filled, me: Person) -> str:
        if not me.can_run_rounds():
            raise NotAllowed("Those who run the month hand work on.")
        chosen = {ref.removeprefix("hand_on_"): email for ref, email in filled.said.items() if "_AUD-" in ref}
        return handing_on.hand_on(session, self.office, person, me, chosen).said

    def _tie(self, session: Session, person: Person, filled: Filled, me: Person) -> str:
        staffing.declare(session, self.office, person, filled.words("apart_from"), me)
        return "Noted. They are not given it."

    def _untie(self, session: Session, person: Person, filled: Filled, me: Person) -> str:
        staffing.take_back_tie(session, self.office, person, _number(filled), me)
        return "That is taken back."

    def _apart(self, session: Session, person: Person, filled: Filled, me: Person) -> str:
        staffing.keep_apart(session, self.office, person, filled.words("other"), me)
        return "Noted. Neither reads what the other did."

    def _together(self, session: Session, person: Person, filled: Filled, me: Person) -> str:
        staffing.no_more_apart(session, self.office, person, _number(filled), me)
        return "That is taken back."

    def _deputy(self, session: Session, person: Person, filled: Filled, me: Person) -> str:
        days = (filled.day("first_day"), filled.day("last_day"))
        staffing.name_deputy(session, self.office, person, filled.words("deputy"), days, me)
        return "Noted. They stand in on these days."

    def _page(
        self, session: Session, number: int, filled: Filled | None = None, errors: dict[str, str] | None = None
    ) -> str:
        me, today = require_person(session, self.office), self.office.today(session)
        person = staffing.must_see(session, me, number)
        runs = me.can_run_rounds()
        open_with = handing_on.still_open(session, person)
        return render_template(
            "people/person.html",
            me=me,
            person=person,
            today=today,
            kinds=[{"value": str(kind), "text": words} for kind, words in KIND_LABELS.items()],
            kind_words=KIND_LABELS,
            open_with=open_with if runs else None,
            takers={each.ref: handing_on.who_may(session, self.office, each) for each in open_with.audits if runs},
            proposed=handing_on.proposed(session, self.office, open_with) if runs else {},
            apart=find.ties.apart_from(session, person) if me.can_keep_people_apart() else [],
            said=filled.said if filled else {},
            errors=errors or {},
        )


def _number(filled: Filled) -> int:
    words = filled.words("number")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0  # noqa: PLR2004 - no key is longer


def routes(office: Office, read_table: ReadTable) -> Blueprint:
    blueprint = Blueprint("people", __name__, url_prefix="/people")
    blueprint.add_url_rule("", view_func=PeoplePage.as_view("list", office, read_table))
    blueprint.add_url_rule("/<int:number>", view_func=PersonPage.as_view("person", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
