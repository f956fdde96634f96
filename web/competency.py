"""Where auditors stand on the way to the core group; and one auditor's profile, with what they answer to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.competency import NOT_FOR_APPRAISAL, Candidacy, how_it_ended
from programme.learning import AFTER_LABELS
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.standing import COMPETENCY_LABELS
from programme.words import Role
from storage import competency, find, learning
from storage.office import Office
from storage.session import Session
from web.action_steps import day_of
from web.sign_in import NobodyHere, require_person, to_sign_in

Step = Callable[[Session, Office, Person, Person, Mapping[str, str]], str]
"""What is done of somebody, by whom, with what was filled in; and the sentence that says so."""


@dataclass(frozen=True)
class Line:
    """One auditor on the Head of Quality's list."""

    person: Person
    stands: str
    moderated: int
    waits: str


@dataclass(frozen=True)
class CompetencyPage(MethodView):
    office: Office

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            if not me.can_see_competency():
                raise NotFound("There is nothing of that name for you.")
            return render_template(
                "competency/list.html",
                me=me,
                evaluations=find.competency.to_evaluate(session, me),
                sign_offs=find.competency.to_sign_off(session, me),
                lines=_everybody(session, self.office) if me.can_steer_competency() else [],
                not_for_appraisal=NOT_FOR_APPRAISAL,
            )


def _everybody(session: Session, office: Office) -> list[Line]:
    """Everybody who audits and is in post, by name: where they stand, and for whom it waits."""
    today, moderated = office.today(session), find.competency.many_moderated(session)
    waiting = {each.person: waits_for(each) for each in find.competency.open_candidacies(session)}
    return [
        Line(
            person=each,
            stands=COMPETENCY_LABELS[each.competency] if each.competency else "Not said yet",
            moderated=moderated.get(each.id or 0, 0),
            waits=waiting.get(each, ""),
        )
        for each in find.people.auditors(session)
        if each.is_here_on(today)
    ]


def waits_for(candidacy: Candidacy) -> str:
    """Whom the next step waits for."""
    if candidacy.waits_for_leadership:
        return "Waits for leadership to sign off"
    who = " and ".join(each.name for each in candidacy.waits_for)
    return f"Waits for {who} to evaluate" if who else ""


@dataclass(frozen=True)
class ProfilePage(MethodView):
    """One auditor's, for themselves, who evaluates them, and the Head of Quality."""

    office: Office

    def get(self, reference: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, reference)

    def post(self, reference: str) -> ResponseReturnValue:
        said = {name: value.strip() for name, value in request.form.items()}
        try:
            with self.office.record.writing() as session:
                me = require_person(session, self.office)
                person, _ = competency.must_see(session, reference, me)
                flash(_step(said.get("step", ""))(session, self.office, person, me, said), "done")
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                field = refusal.field or f"{said['step']}-step"
                return self._page(session, reference, said, {field: refusal.sentence}), 422
        return redirect(f"/competency/{reference}", code=303)

    def _page(
        self,
        session: Session,
        reference: str,
        said: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> str:
        me = require_person(session, self.office)
        person, before = competency.must_see(session, reference, me)
        steers = me.can_steer_competency() and person is not me
        heads = find.people.with_role(session, Role.HEAD_OF_SERVICE, on=self.office.today(session)) if steers else []
        return render_template(
            "competency/profile.html",
            me=me,
            person=person,
            profile=competency.profile_of(session, self.office, person),
            answers=find.competency.answers_of(session, person),
            learnt=find.learning.of_person(session, person),
            after_labels=AFTER_LABELS,
            held=find.competency.held_of(session, person),
            candidacies=before[::-1],
            waits_for=waits_for,
            how_it_ended=how_it_ended,
            heads=_choices(heads, person),
            steers=steers,
            labels=COMPETENCY_LABELS,
            said=said or {},
            errors=errors or {},
            not_for_appraisal=NOT_FOR_APPRAISAL,
        )


def _choices(heads: Sequence[Person], person: Person) -> list[dict[str, str]]:
    return [{"value": str(each.id), "text": each.name} for each in heads if each is not person]


def _answer(session: Session, office: Office, person: Person, me: Person, said: Mapping[str, str]) -> str:
    competency.answer(session, office, person, said.get("answer", ""), me)
    return "Your words stand beside your profile."


def _training(session: Session, office: Office, person: Person, me: Person, said: Mapping[str, str]) -> str:
    learning.note_training(session, office, person, day_of(said, "day", "day"), said.get("words", ""), me)
    return "It stands in your record."


def _begin(session: Session, office: Office, person: Person, me: Person, _said: Mapping[str, str]) -> str:
    competency.begin(session, office, person, me)
    return f"{person.name} is a developing auditor from today."


def _put_forward(session: Session, office: Office, person: Person, me: Person, said: Mapping[str, str]) -> str:
    heads = [_head(session, said, name) for name in ("first", "second")]
    competency.put_forward(session, office, person, heads, me)
    return f"{heads[0].name} and {heads[1].name} are asked to evaluate {person.name}."


def _instead(session: Session, office: Office, person: Person, me: Person, said: Mapping[str, str]) -> str:
    """Another Head of Service for one who has not answered."""
    waiting = next((each for each in find.competency.candidacies_of(session, person) if each.is_open), None)
    if waiting is None:
        raise Refusal("Nobody waits for an evaluation here.")
    left = next((each for each in waiting.waits_for if str(each.id) == said.get("left", "")), None)
    if left is None:
        raise Refusal("Choose who does not evaluate after all.", field="left")
    new = _head(session, said, "first")
    competency.name_instead(session, office, waiting.ref, left, new, me)
    return f"{new.name} is asked in place of {left.name}."


def _core(session: Session, office: Office, person: Person, me: Person, _said: Mapping[str, str]) -> str:
    competency.join_core(session, office, person, me)
    return f"{person.name} is of the core group from today."


def _pause(session: Session, office: Office, person: Person, me: Person, _said: Mapping[str, str]) -> str:
    competency.pause(session, office, person, me)
    return f"{person.name} pauses from today. Nothing new is allocated to them."


def _back(session: Session, office: Office, person: Person, me: Person, _said: Mapping[str, str]) -> str:
    now = competency.take_up(session, office, person, me)
    return f"{person.name} is back: {COMPETENCY_LABELS[now].lower()}."


def _head(session: Session, said: Mapping[str, str], name: str) -> Person:
    number = said.get(name, "")
    known = number.isascii() and number.isdigit() and len(number) < 10  # noqa: PLR2004 - no key is longer
    found = find.people.whole(session, int(number)) if known else None
    if found is None:
        raise Refusal("Choose a Head of Service.", field=name)
    return found


STEPS: Mapping[str, Step] = {
    "answer": _answer,
    "training": _training,
    "begin": _begin,
    "put_forward": _put_forward,
    "instead": _instead,
    "core": _core,
    "pause": _pause,
    "back": _back,
}


def _step(name: str) -> Step:
    if name not in STEPS:
        raise NotFound("There is nothing of that name to do here.")
    return STEPS[name]


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("competency", __name__, url_prefix="/competency")
    blueprint.add_url_rule("", view_func=CompetencyPage.as_view("list", office))
    blueprint.add_url_rule("/<reference>", view_func=ProfilePage.as_view("profile", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
