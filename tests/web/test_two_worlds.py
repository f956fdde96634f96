"""Two worlds that differ in one thing only look the same, byte for byte, to everybody who may not see that thing: every
page, App Home, and every message of theirs.

So a leak is found wherever it is, also where a count, an order or an empty line gives something away.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot import messages
from programme.absences import Absence
from programme.made_safe import Seen
from programme.people import Person
from programme.words import AbsenceKind, ActionState, Grade, NoticeState, Priority, Safety
from storage import alarming, find, made_safe
from storage.office import Office
from storage.session import Session
from tests.bot.conftest import ON_ONE_DATABASE
from tests.bot.homing import view
from tests.cast import MONTH, NOW, Cast, here
from tests.checked import learning
from tests.moderated import REF, pair, read_by, returned
from tests.web.conftest import Browser

pytestmark = ON_ONE_DATABASE

SAFETY = "SAFE-2017-10-02"
PEERS = "AUD-2017-10-02"
FILLED = {"month": MONTH, "step": "draft", "reference": "PER-1", "int:number": "1"}
OF_NO_AUDIT = re.compile(
    r"/(static|demo|sign-|metrics|healthz|readyz|tool|swaps|returns|chosen|help|privacy|accessibility|people/accounts)"
    r"|/reports"
    r"|/rounds/(open|rota|<month>/(allocate|close|dates|forecast|frame|give-out|pairs|roll-check|sample|withdraw))"
)
NEW_EACH_TIME = re.compile(r'name="csrf_token" value="[^"]*"')


@dataclass(frozen=True)
class Secret:
    """What is otherwise in the other world, and who may see that: nobody but them finds any difference."""

    change: Callable[[Session], None]
    may_see: frozenset[str]


def how_the_auditor_judged(session: Session) -> None:
    """Before its outcome is sent, and before both of the pair have judged alone."""
    made = find.submissions.return_of(session, find.allocations.by_ref(session, REF))
    assert made is not None
    made.overall, made.safety, made.safety_detail = Grade.OUTSTANDING, Safety.NOT_ASSURED, "Another worry."
    for each in made.judgements:
        each.grade = Grade.OUTSTANDING


def how_one_of_the_pair_judged(session: Session) -> None:
    """While the other has not."""
    moderation = find.moderations.of_audit(session, REF)
    assert moderation is not None
    [read] = [each for each in moderation.readings if each.read_at]
    read.overall = Grade.OUTSTANDING
    for each in read.judgements:
        each.grade = Grade.OUTSTANDING


def what_an_action_asks(session: Session) -> None:
    """One that waits for the outcome."""
    action = find.actions.by_ref(session, "ACT-2017-10-01-1")
    assert action.state is ActionState.WAITING
    action.step, action.measure = "Another step.", "Another measure."


def what_was_done_for_a_child(session: Session) -> None:
    """Of an alert about the conduct of a member of staff: nobody in the team knows that there is one."""
    alert = find.alerts.by_ref(session, SAFETY)
    alert.seen_words, alert.spoken_to, alert.spoken_at = "Something else.", "Somebody else", NOW


def why_somebody_is_away(session: Session) -> None:
    """Its kind, by which what they hold is handed on or kept."""
    for each in session.query(Absence):
        each.kind = AbsenceKind.FINISHES


RUN_IT = frozenset({"administrator", "head_of_quality"})
SECRETS: Mapping[str, Secret] = {
    "how the auditor judged": Secret(how_the_auditor_judged, RUN_IT | {"auditor", "childs_head_of_service"}),
    "how one of the pair judged": Secret(how_one_of_the_pair_judged, frozenset()),
    "what an action asks": Secret(what_an_action_asks, RUN_IT | {"auditor", "peer", "childs_head_of_service"}),
    "what was done for a child": Secret(
        what_was_done_for_a_child, frozenset({"head_of_quality", "childs_head_of_service"})
    ),
    "why somebody is away": Secret(why_somebody_is_away, frozenset({"peer", "administrator"})),
}


@pytest.fixture
def people(office: Office, cast: Cast) -> Mapping[str, Person]:
    """The auditor's audit is back, one of its pair has read it; the peer's found something about a member of staff."""
    returned(office, cast, sets=(Priority.STANDARD,))
    _, ottilie = pair(office, cast)
    read_by(office, cast.peer)
    with office.record.writing() as session:
        session.add(Absence(here(session, cast.peer), date(2017, 10, 4), date(2017, 10, 6), AbsenceKind.HANDS_OVER))
        audit = find.allocations.by_ref(session, PEERS, to_change=True)
        alarming.raise_alert(session, office, audit, here(session, cast.peer), staff_conduct=True)
    with office.record.writing() as session:
        head = find.alerts.told(session, SAFETY)[0]
        made_safe.say(session, office, SAFETY, Seen("The worker saw the child.", NOW), here(session, head))
    names = [name for name in vars(cast) if isinstance(getattr(cast, name), Person)]
    return {name: getattr(cast, name) for name in names} | {"ottilie": ottilie, "kwame": learning(office)}


NEAREST = ("head_of_quality", "team_manager", "ottilie", "peer")


def test_who_may_not_see_it_finds_no_difference(
    office: Office, app: Flask, browser: Browser, people: Mapping[str, Person]
) -> None:
    """Of those who might most easily; some of them may see it, so that there is a difference to find."""
    compare(office, app, browser, {name: people[name] for name in NEAREST})


@pytest.mark.soak
def test_nor_does_anybody_else(office: Office, app: Flask, browser: Browser, people: Mapping[str, Person]) -> None:
    compare(office, app, browser, people)


def compare(office: Office, app: Flask, browser: Browser, people: Mapping[str, Person]) -> None:
    """One world after the other, each with one more thing changed."""
    looks = {name: Look(office, person, browser(person), list(addresses(app))) for name, person in people.items()}
    before = {name: look.seen() for name, look in looks.items()}
    for secret, known in SECRETS.items():
        with office.record.writing() as session:
            known.change(session)
        after = {name: look.seen() for name, look in looks.items()}
        differs = {name: [at for at in before[name] if before[name][at] != after[name][at]] for name in people}
        leaks = {name: where for name, where in differs.items() if where and name not in known.may_see}
        assert (secret, leaks) == (secret, {})
        assert any(differs.values()) is bool(known.may_see), f"Does anybody see {secret}?"
        before = after


@dataclass(frozen=True)
class Look:
    """All that one person can open, read at home or be sent."""

    office: Office
    person: Person
    client: FlaskClient
    paths: Sequence[str]

    def seen(self) -> dict[str, str]:
        return {path: self._page(path) for path in self.paths} | dict(self._elsewhere())

    def _page(self, path: str) -> str:
        got = self.client.get(path)
        return f"{got.status_code} {NEW_EACH_TIME.sub('', got.get_data(as_text=True))}"

    def _elsewhere(self) -> Iterator[tuple[str, str]]:
        yield "App Home", str(view(self.office, self.person))
        with self.office.record.reading() as session:
            for notice in find.notices.in_state(session, NoticeState.WAITING):
                if notice.person.id == self.person.id:
                    where = f"message {notice.kind} {notice.about} {notice.way}"
                    yield where, str(messages.render(session, self.office, notice))


def addresses(app: Flask) -> Iterator[str]:
    """Every page but those of planning and of signing in, of each thing of its kind."""
    refs = {"/actions": ["ACT-2017-10-01-1", "ACT-2017-10-02-1"], "/audits": [REF, PEERS], "/safety": [SAFETY]}
    for each in app.url_map.iter_rules():
        if "GET" in (each.methods or ()) and not OF_NO_AUDIT.match(each.rule):
            room = next((refs[start] for start in refs if each.rule.startswith(f"{start}/<ref>")), ["none"])
            yield from (_filled(each.rule, ref) for ref in room)


def _filled(rule: str, ref: str) -> str:
    for name, words in (FILLED | {"ref": ref}).items():
        rule = rule.replace(f"<{name}>", words)
    return rule
