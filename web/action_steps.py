"""Each step of an action as its page sends it: what is done, and the sentence that says so."""

from collections.abc import Callable, Mapping
from datetime import date

from programme.action_words import Extending, Looked
from programme.actions import Confirmation
from programme.answering_late import LateAnswer
from programme.extending import UNANSWERED, Wanted
from programme.looking_again import Answered, Change
from programme.people import Person
from programme.refusals import NotFound, Refusal
from programme.words import Priority
from storage import acting, answering_late, extending, looking_again, passing_on
from storage.office import Office
from storage.session import Session

LONGEST = 5_000
CONFIRM = "confirm"
FIELDS = ("done", "done_on", "changed", "recorded_on", "recorded_where")

Said = Mapping[str, str]
Step = Callable[[Session, Office, str, Person, Said], str]


def typed(form: Mapping[str, str]) -> dict[str, str]:
    return {name: value.strip()[:LONGEST] for name, value in form.items()}


def as_confirmation(said: Said, prefix: str = "") -> Confirmation:
    """The fields as typed; a day that is none is refused under its field."""
    return Confirmation(
        done=said.get(f"{prefix}done", ""),
        done_on=day_of(said, f"{prefix}done_on", "done_on"),
        changed=said.get(f"{prefix}changed", ""),
        recorded_on=day_of(said, f"{prefix}recorded_on", "recorded_on"),
        recorded_where=said.get(f"{prefix}recorded_where", ""),
    )


def day_of(said: Said, name: str, field: str) -> date | None:
    try:
        return date.fromisoformat(said[name]) if said.get(name) else None
    except ValueError as error:
        msg = "This is not a day. Write it as 2017-10-31."
        raise Refusal(msg, field=field) from error


def _confirm(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    acting.confirm(session, office, ref, as_confirmation(said), by=me)
    return f"Thank you. {ref} is done, and the auditor is told that it is."


def _acknowledge(session: Session, office: Office, ref: str, me: Person, _said: Said) -> str:
    many = len(acting.acknowledge(session, office, ref, by=me))
    return "Thank you. It is noted that you have read it." if many == 1 else f"Thank you. All {many} are acknowledged."


def _discuss(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    action = acting.discuss(session, office, ref, day_of(said, "discuss_day", "day"), by=me)
    return f"Noted: discussed in supervision on {action.discussed_on:%A %-d %B}."


def _more_time(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    wanted = Wanted(day_of(said, "more_time_until", "until"), said.get("more_time_why", ""))
    asked = extending.ask(session, office, ref, wanted, me)
    if asked.state is Extending.WAITING:
        return f"Your Head of Service is asked for time until {asked.until:%A %-d %B}. {UNANSWERED}"
    return f"It is due on {asked.until:%A %-d %B} now. The first date is kept."


def _approve(session: Session, office: Office, ref: str, me: Person, _said: Said) -> str:
    action = extending.approve(session, office, ref, me)
    return f"Given: {ref} is due on {action.due_on:%A %-d %B} now. Its owner is told."


def _refuse(session: Session, office: Office, ref: str, me: Person, _said: Said) -> str:
    extending.refuse(session, office, ref, me)
    return f"The date of {ref} stays. Its owner is told."


def _new_date(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    to, why = day_of(said, "new_date_until", "until"), said.get("new_date_why", "")
    action = acting.new_date(session, office, ref, to, by=me, why=why)
    return f"{ref} is due on {action.due_on:%A %-d %B} now. Its owner is told."


def _spoken(session: Session, office: Office, ref: str, me: Person, _said: Said) -> str:
    return answering_late.answer(session, office, ref, LateAnswer.SPOKEN, by=me)


def _mine(session: Session, office: Office, ref: str, me: Person, _said: Said) -> str:
    return answering_late.answer(session, office, ref, LateAnswer.MINE, by=me)


def _pass_on(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    named, why = said.get("pass_on_named", ""), said.get("pass_on_why", "")
    asked = passing_on.pass_on(session, office, ref, named, why, by=me)
    return f"{asked.named.name} is asked. Until they accept, it stays with {asked.owner.name}."


def _accept(session: Session, office: Office, ref: str, me: Person, _said: Said) -> str:
    action = passing_on.accept(session, office, ref, by=me)
    return f"{ref} is yours now, due on {action.due_on:%A %-d %B}."


def _decline(session: Session, office: Office, ref: str, me: Person, _said: Said) -> str:
    action = passing_on.decline(session, office, ref, by=me)
    return f"{ref} stays with {action.owner.name}, who is told."


def _place(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    action = passing_on.place(session, office, ref, said.get("place_named", ""), by=me)
    return f"{ref} is with {action.owner.name}. They are told."


def _doubt(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    looking_again.doubt(session, office, ref, said.get("doubt_words", ""), by=me)
    return "Thank you. Those who moderated the audit are asked to look at it again. Until then, it stands as it is."


def _answer(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    how, priority = said.get("answer_how", ""), said.get("answer_priority", "")
    change = Change(
        said.get("answer_step", ""),
        said.get("answer_measure", ""),
        Priority(priority) if priority in set(Priority) else None,
        day_of(said, "answer_due_on", "due_on"),
    )
    answered = Answered(Looked(how) if how in set(Looked) else None, said.get("answer_why", ""), change)
    looking_again.answer(session, office, ref, answered, by=me)
    return f"Thank you. The owner of {ref} is told."


STEPS: Mapping[str, Step] = {
    CONFIRM: _confirm,
    "acknowledge": _acknowledge,
    "discuss": _discuss,
    "spoken": _spoken,
    "mine": _mine,
    "more_time": _more_time,
    "approve": _approve,
    "refuse": _refuse,
    "new_date": _new_date,
    "pass_on": _pass_on,
    "accept": _accept,
    "decline": _decline,
    "place": _place,
    "doubt": _doubt,
    "answer": _answer,
}


def step_named(name: str) -> Step:
    if name not in STEPS:
        raise NotFound("There is nothing of that name to do here.")
    return STEPS[name]
