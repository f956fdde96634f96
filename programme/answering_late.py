"""An action is late, and who leads its owner says in one press what happens now."""

from collections.abc import Mapping
from enum import StrEnum

from programme.action_facts import OwnerSpokenTo
from programme.actions import Action
from programme.extending import must_be_decided_by
from programme.facts import Fact
from programme.people import Person
from programme.refusals import Refusal


class LateAnswer(StrEnum):
    SPOKEN = "spoken"
    NEW_DATE = "new_date"
    MINE = "mine"


LATE_ANSWERS: Mapping[LateAnswer, str] = {
    LateAnswer.SPOKEN: "I have spoken to its owner",
    LateAnswer.NEW_DATE: "It needs a new date",
    LateAnswer.MINE: "I will take it",
}


def must_be_answered_by(action: Action, head: Person) -> None:
    must_be_decided_by(action, head)
    action.must_be_open()


def chosen(what: str) -> LateAnswer:
    if what not in set(LateAnswer):
        raise Refusal("Choose what happens now.", field="how")
    return LateAnswer(what)


def speak(action: Action) -> list[Fact]:
    """It is in the action's history, and changes neither its owner nor its date."""
    return [OwnerSpokenTo(about=action.ref)]
