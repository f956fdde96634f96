"""The allocation of a month: the preview with its reasons, what is said by hand of single lines, and doing it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from programme.people import Person
from storage import allocating
from storage.office import Office
from storage.session import Session
from web.rounds import RoundPage
from web.sign_in import NobodyHere, to_sign_in

BY_HAND = {
    "pin": (allocating.pin, "{case} goes to {name}. The others below were matched anew."),
    "bar": (allocating.bar, "{case} does not go to {name}. The others below were matched anew."),
    "free": (allocating.free, "{case} and {name}: taken back. What is below was matched anew."),
}
"""What may be said by hand of one line, by the button that is pressed, and what is answered."""


class Allocate(RoundPage):
    """First the preview, each line with its reason; then all of it or nothing."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            looked = allocating.look(session, month)
            matching = allocating.matched(looked, self.office)
            return render_template(
                "rounds/allocate.html",
                round=looked.of,
                looked=looked,
                matching=matching,
                button=f"Allocate {len(matching.new)}" if matching.new else f"Move {len(matching.moves)}",
                records=[{"value": ref, "text": ref} for ref in sorted(case.ref for case in looked.cases)],
                people=[{"value": turn.person.email, "text": turn.person.name} for turn in looked.stands.turns],
            )

    def post(self, month: str) -> ResponseReturnValue:
        if request.form.get("do") in BY_HAND:
            return self._take_step(month, lambda session, me: self._say_by_hand(session, month, me), then="/allocate")
        return self._take_step(month, lambda session, me: self._allocate(session, month, me))

    def _allocate(self, session: Session, month: str, me: Person) -> str:
        done = allocating.allocate(session, self.office, month, me, seen=request.form.get("seen", ""))
        return f"{done.said}. Nobody has been told yet: give them out when you are ready."

    def _say_by_hand(self, session: Session, month: str, me: Person) -> str:
        """One line said by hand: this person, or not this one, or neither any more. The rest is matched round it."""
        say, said = BY_HAND[request.form["do"]]
        steer = say(session, self.office, month, request.form.get("case", ""), request.form.get("person", ""), me)
        return said.format(case=steer.case.ref, name=steer.person.name)


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("allocation", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("/<month>/allocate", view_func=Allocate.as_view("allocate", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
