"""Which Slack account is whose: who has none and why, who knocked, and the steps of whoever runs the month.

Each step is tried first and asks; only then, with `sure`, it is done, judged once more at that moment.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.accounts import Knock, must_match, why_not_reached
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import find, introducing
from storage.office import Office
from storage.session import Session
from web.filled import Filled
from web.sign_in import NobodyHere, require_person, to_sign_in

PAGE = "/people/accounts"


@dataclass(frozen=True)
class Asked:
    """What a step asks before it is done, what it means, the button, and what is said once it is done."""

    question: str
    means: str
    yes: str
    done: str


Step = Callable[[Session, Filled, Person], Asked]


@dataclass(frozen=True)
class AccountsPage(MethodView):
    office: Office

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session)

    def post(self) -> ResponseReturnValue:
        filled, sure = Filled.sent(), "sure" in request.form
        try:
            with self.office.record.writing(only_try=not sure) as session:
                me = self._runner(session)
                asked = self._step(filled)(session, filled, me)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, filled, filled.errors(refusal, "step")), 422
        if not sure:
            said = {name: words for name, words in filled.said.items() if name.startswith(filled.step)}
            return render_template("people/account_step.html", asked=asked, step=filled.step, said=said)
        flash(asked.done, "done")
        return redirect(PAGE, code=303)

    def _step(self, filled: Filled) -> Step:
        steps: Mapping[str, Step] = {
            "match": self._match,
            "aside": self._set_aside,
            "again": self._bring_back,
            "back": self._take_back,
        }
        if filled.step not in steps:
            raise NotFound("There is no such step.")
        return steps[filled.step]

    def _match(self, session: Session, filled: Filled, me: Person) -> Asked:
        account = filled.words("account")
        if not account:
            raise Refusal("Choose the account.", field="account")
        knock = find.knocks.by_account(session, account)
        called = _named(knock) if knock else account
        person = introducing.match(session, self.office, filled.words("person"), account, me)
        return Asked(
            f"Is this {person.name}'s account?",
            f"{called} becomes the Slack account of {person.name} ({person.email})."
            " They see there what is theirs, and messages that wait go out.",
            "Yes, match them",
            f"{person.name} is matched. What waited for them goes out.",
        )

    def _set_aside(self, session: Session, filled: Filled, me: Person) -> Asked:
        account = filled.words("account")
        introducing.set_aside(session, self.office, account, me)
        return Asked(
            f"Set {account} aside?",
            "It stands on this list no longer. Its owner still gets a kind no and sees nothing. You can bring it back.",
            "Set it aside",
            "It is set aside.",
        )

    def _bring_back(self, session: Session, filled: Filled, me: Person) -> Asked:
        account = filled.words("account")
        introducing.bring_back(session, self.office, account, me)
        return Asked(f"Look at {account} again?", "It is on the list again.", "Bring it back", "It is on the list.")

    def _take_back(self, session: Session, filled: Filled, me: Person) -> Asked:
        person = introducing.take_back(session, self.office, filled.words("person"), me)
        return Asked(
            f"Is this not {person.name}'s account?",
            "Nothing more is sent there, and whoever is signed in as them is signed out. Messages for them wait until"
            " you say which account is theirs. What was sent there already stays where it is.",
            "Take the match back",
            f"The match of {person.name} is taken back.",
        )

    def _runner(self, session: Session) -> Person:
        me = require_person(session, self.office)
        must_match(me)
        return me

    def _page(self, session: Session, filled: Filled | None = None, errors: Mapping[str, str] | None = None) -> str:
        self._runner(session)
        today = self.office.today(session)
        missing = find.people.not_reached_on_slack(session, on=today)
        knocks = find.knocks.waiting(session)
        return render_template(
            "people/accounts.html",
            missing=[(person, why_not_reached(person)) for person in missing],
            without=_options([person for person in missing if person.slack_user_id is None]),
            knocks=knocks,
            matchable=[(each.slack_user_id, _named(each)) for each in knocks if each.may_be_matched],
            aside=find.knocks.set_aside(session),
            matched=_options(find.people.matched_on_slack(session)),
            said=filled.said if filled else {},
            errors=errors or {},
        )


def _named(knock: Knock) -> str:
    """As an administrator can tell it from every other."""
    return f"{knock.called} ({', '.join(filter(None, [knock.email, knock.slack_user_id]))})"


def _options(people: Sequence[Person]) -> list[tuple[str, str]]:
    return [(person.email, f"{person.name} ({person.email})") for person in people]


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("accounts", __name__)
    blueprint.add_url_rule(PAGE, view_func=AccountsPage.as_view("list", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
