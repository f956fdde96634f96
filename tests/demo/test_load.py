"""The demo begins as its story says: what is drawn, out, returned and waiting, and who is told of what."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import app as front_hall
from commands.tools import Tools
from demo.load import BEGINS_AT, BOROUGH
from programme.refusals import Refusal
from programme.words import AllocationState, NoticeState, Priority
from settings import Settings
from storage import find, migrate
from storage.session import Session
from tests.cast import gather, keep
from tests.databases import Databases, Kind

MONTH = "2017-10"
ALLOCATED = (
    *("aurelie.boutin", "bartholomew.quill", "catrin.llewelyn-moss", "chidera.ezenwa", "emeka.nwachuku"),
    *("fergus.dunmore", "folasade.adeyinka-brown", "gurdeep.johal", "harpreet.sandhu-lyle", "leighton.brathwaite"),
    *("hyacinth.delacroix", "ingrid.solheim", "mei-lin.tsang", "niamh.gallogly", "nasreen.chowdhury"),
    *("olivera.stankovic", "tamsin.orchard", "tendai.mukwesha", "usman.farooqi", "zofia.maliszewska"),
)
GIVEN_OUT, WAITING = ALLOCATED[:18], ALLOCATED[18:]
STILL_OUT = (
    "emeka.nwachuku",
    "fergus.dunmore",
    "leighton.brathwaite",
    "niamh.gallogly",
    "olivera.stankovic",
    "tamsin.orchard",
)
RETURNED = tuple(each for each in GIVEN_OUT if each not in STILL_OUT)


@contextmanager
def hall(url: str, *, demo: bool = True) -> Iterator[Tools]:
    """What the front hall hands the command line, on a database of one's own."""
    settings = Settings(database_url=url, secret_key="s" * 40, demo=demo, policy_file=BOROUGH / "policy.toml")
    tools: Tools = front_hall.build(settings).extensions["auditloop"]
    yield tools
    tools.office.record.close()


def fill(url: str) -> None:
    migrate.upgrade(url)
    with hall(url) as tools:
        tools.load_demo()


@pytest.fixture
def borough(databases: Databases, database_kind: Kind) -> Iterator[Tools]:
    with databases.lent(database_kind, fill) as url, hall(url) as tools:
        yield tools


@pytest.fixture
def session(borough: Tools) -> Iterator[Session]:
    with borough.office.record.reading() as session:
        yield session


def name(email: str) -> str:
    return email.removesuffix("@fernleigh.example")


def holders(session: Session, *states: AllocationState) -> list[str]:
    of = find.rounds.of_month(session, MONTH)
    held = [each for each in find.allocations.of_round(session, of) if each.state in states]
    return [name(each.holder.email) for each in held if each.holder]


def test_it_is_the_day_after_the_audits_were_due(borough: Tools, session: Session) -> None:
    assert borough.office.now(session) == BEGINS_AT
    assert borough.office.rules.calendar.working_day(MONTH, 11) == borough.office.today(session)


def test_ninety_people_and_twenty_records_of_sixty(session: Session) -> None:
    assert find.people.count(session) == 90
    assert find.cases.frame_counts(session, MONTH) == (60, 20)
    assert find.cases.waiting_for_an_auditor(session, MONTH) == []


def test_twelve_are_back_six_are_out_and_two_wait(session: Session) -> None:
    assert sorted(holders(session, AllocationState.RETURNED_IN_TIME)) == sorted(RETURNED)
    assert sorted(holders(session, AllocationState.OUT)) == sorted(STILL_OUT)
    assert holders(session, AllocationState.PLANNED) == list(WAITING)


def test_the_month_falls_ten_short_of_its_target(session: Session) -> None:
    of = find.rounds.of_month(session, MONTH)
    assert (of.theme, of.target) == ("Safeguarding and planning", 30)
    account = find.rounds.account_of(session, of)
    assert (account.given_out, account.returned, account.awaiting) == (18, 12, 6)


def test_three_past_months_are_history(session: Session) -> None:
    months = find.rounds.all_months(session)
    assert sorted((each.month, each.imported) for each in months) == [
        ("2017-07", True),
        ("2017-08", True),
        ("2017-09", True),
        ("2017-10", False),
    ]


def test_five_are_late_and_one_of_them_has_said_why(session: Session) -> None:
    of = find.rounds.of_month(session, MONTH)
    out = find.allocations.in_state(session, of, AllocationState.OUT)
    late = [each for each in out if each.due_on and each.due_on < BEGINS_AT.date()]
    assert sorted(name(each.holder.email) for each in late if each.holder) == sorted(
        each for each in STILL_OUT if each != "niamh.gallogly"
    )
    assert [name(each.holder.email) for each in late if each.reason and each.holder] == ["leighton.brathwaite"]


def test_a_swap_is_open(session: Session) -> None:
    [swap] = find.swaps.every(session)
    assert (name(swap.asker.email), *(name(each.email) for each in swap.waits_for), swap.is_open) == (
        "niamh.gallogly",
        "priyanka.deshmukh",
        True,
    )


def test_one_audit_is_moderated_and_its_actions_are_with_the_childs_team_manager(session: Session) -> None:
    of = find.rounds.of_month(session, MONTH)
    [moderation] = find.moderations.of_round(session, of).values()
    assert (moderation.is_agreed, moderation.reason != "") == (True, True)
    yewande = find.people.by_email(session, "yewande.balogun-reid@fernleigh.example")
    assert yewande
    assert [(each.priority, each.is_overdue(at=BEGINS_AT)) for each in find.actions.open_for(session, yewande)] == [
        (Priority.URGENT, True),
        (Priority.STANDARD, False),
        (Priority.PLANNED, False),
    ]


def test_only_those_concerned_are_told(session: Session) -> None:
    waiting = [each for each in find.notices.in_state(session, *NoticeState) if each.kind != "record_chosen"]
    pair = [("moderation_asked", name) for name in ("abdirahman.warsame", "adaeze.okwuosa")]
    assert Counter((each.kind, name(each.person.email)) for each in waiting) == Counter(
        [
            *(("case_given_out", each) for each in GIVEN_OUT),
            *(("return_recorded", each) for each in RETURNED),
            *pair,
            ("action_raised", "yewande.balogun-reid"),
            ("action_raised", "declan.mcgarrity"),
            ("actions_started", "yewande.balogun-reid"),
            *(("outcome_sent", each) for each in ("catrin.llewelyn-moss", "rhiannon.pask", "yewande.balogun-reid")),
            ("audit_moderated", "catrin.llewelyn-moss"),
            ("reason_given", "odette.marchbanks"),
            ("swap_asked", "priyanka.deshmukh"),
            ("submission_held", "odette.marchbanks"),
            ("submission_held", "tamsin.orchard"),
        ]
    )
    assert {each.state for each in waiting} == {NoticeState.WAITING}


def test_those_who_work_with_a_child_hear_that_the_record_was_chosen(session: Session) -> None:
    told = [each for each in find.notices.in_state(session, *NoticeState) if each.kind == "record_chosen"]
    drawn = [each for each in find.cases.frame(session, MONTH) if each.drawn_as]
    near = [(each.reference, who) for each in drawn for who in (each.case.social_worker, each.case.team_manager)]
    assert Counter((each.about, each.person) for each in told) == Counter(near)


def test_loading_twice_is_refused_and_changes_nothing(borough: Tools, session: Session) -> None:
    with pytest.raises(Refusal, match="this one holds 90 people"):
        borough.load_demo()
    assert borough.office.now(session) == BEGINS_AT


def test_only_a_demo_is_loaded(databases: Databases, database_kind: Kind) -> None:
    with databases.lent(database_kind, migrate.upgrade) as url, hall(url, demo=False) as tools:
        with pytest.raises(Refusal, match="This is not a demo"):
            tools.load_demo()
        with tools.office.record.reading() as session:
            assert find.people.count(session) == 0


def test_a_demo_stays_away_from_real_people(databases: Databases, database_kind: Kind) -> None:
    with databases.lent(database_kind, migrate.upgrade) as url:
        with hall(url, demo=False) as tools, tools.office.record.writing() as session:
            keep(session, gather(tools.office.rules))
        with pytest.raises(Refusal, match="people whom the demo did not bring"), hall(url):
            pass


def test_a_demo_comes_back_to_its_own_people(borough: Tools) -> None:
    url = borough.office.record.engine.url.render_as_string(hide_password=False)
    with hall(url) as again, again.office.record.reading() as session:
        assert find.people.count(session) == 90
