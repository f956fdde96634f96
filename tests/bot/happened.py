"""What happened before somebody presses: a swap is asked for, an alert raised, a return held, a list asked about."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot import names
from programme.absences import Away
from programme.actions import Confirmation
from programme.calendar import at_london, following
from programme.cases import Case, FrameEntry
from programme.closing_policy import CheckRules
from programme.extending import Wanted
from programme.made_safe import Seen
from programme.moderation import Moderation, Reading
from programme.moderation_day import Meeting, open_day
from programme.people import Person, RoleHeld
from programme.policy import Policy, SwapRules
from programme.rota import Turn
from programme.rulebook import Rulebook
from programme.words import Grade, Role
from scheduler.sweeps.checks import Checks
from scheduler.sweeps.roll_check import RollChecks
from storage import (
    acting,
    alarming,
    allocating,
    clock,
    extending,
    find,
    looking_again,
    made_safe,
    more_time,
    outcomes,
    pairing,
    passing_on,
    staffing,
    swapping,
)
from tests import competing
from tests.bot.stage import Stage
from tests.bot.swapping import REF
from tests.bot.swapping import asked as asks
from tests.cast import MONTH, NOW, here
from tests.forms.arriving import arrives
from tests.moderated import returned

ACTION = "ACT-2017-10-01-1"
SAFETY = "SAFE-2017-10-01"


def nothing(_stage: Stage) -> None:
    """The month as it was given out."""


def asked(stage: Stage) -> None:
    asks(stage.office, stage.cast, stage.people["who was asked"])


def taken(stage: Stage) -> None:
    asked(stage)
    _accepts(stage)


def more_time_asked(stage: Stage) -> None:
    """The holder has had more time once, and asks for more."""
    with stage.office.record.writing() as session:
        for to in (date(2017, 10, 17), date(2017, 10, 19)):
            more_time.have(session, stage.office, REF, to, here(session, stage.people["the holder"]))


def day_opened(stage: Stage) -> None:
    """The moderation day is opened, and another holder is asked to come."""
    with stage.office.record.writing() as session:
        of, runs = find.rounds.of_month(session, MONTH), here(session, stage.cast.administrator)
        asked = [here(session, stage.people["another holder"])]
        session.add(open_day(of, Meeting(time(10), time(16)), asked, by=runs, at=NOW))


def pair_disagrees(stage: Stage) -> None:
    """Another holder and somebody of practice learning moderate the audit, and say that they do not agree."""
    with stage.office.record.writing() as session:
        both = [here(session, stage.people[who]) for who in ("another holder", str(Role.PRACTICE_LEARNING))]
        audit = find.allocations.by_ref(session, REF)
        readings = [Reading(each, Grade.GOOD, read_at=NOW, says="Words.") for each in both]
        session.add(Moderation(audit, NOW, readings, disputed_by=both[0], disputed_at=NOW))


def action_time_asked(stage: Stage) -> None:
    """The owner of an action has moved its date once, and asks for more time."""
    with stage.office.record.writing() as session:
        for until in (date(2017, 10, 16), date(2017, 10, 23)):
            wanted = Wanted(until, "The school is closed.")
            extending.ask(session, stage.office, ACTION, wanted, here(session, stage.people["the owner"]))


def action_passed_on(stage: Stage) -> None:
    """Its owner says that it belongs to who was asked."""
    named = number_of(stage, "who was asked")
    with stage.office.record.writing() as session:
        owner = here(session, stage.people["the owner"])
        passing_on.pass_on(session, stage.office, ACTION, named, "Their team has it.", by=owner)


def action_doubted(stage: Stage) -> None:
    with stage.office.record.writing() as session:
        owner = here(session, stage.people["the owner"])
        looking_again.doubt(session, stage.office, ACTION, "This was done in August.", by=owner)


def number_of(stage: Stage, who: str) -> str:
    """As a list to choose from names somebody."""
    with stage.office.record.reading() as session:
        return str(here(session, stage.people[who]).id)


def day_to_open(stage: Stage) -> None:
    """Another holder's audit has come back, and two may read it."""
    with stage.office.record.writing() as session:
        here(session, stage.people["the holder"]).moderates = True
        free = RoleHeld(Role.PRACTICE_LEARNING)
        session.add(Person("moderator@example.org", "Ottilie Bramwell", [free], moderates=True))
    returned(stage.office, stage.cast, ref="AUD-2017-10-02")


def the_pairs(stage: Stage) -> str:
    with stage.office.record.reading() as session:
        return f"{MONTH} {pairing.preview(session, stage.office, MONTH).mark}"


def hours(begins: str, ends: str, place: str) -> dict[str, Any]:
    fields = {names.BEGINS_FIELD: begins, names.ENDS_FIELD: ends, names.PLACE_FIELD: place}
    return {name: {name: {"value": words}} for name, words in fields.items()}


def to_approve(stage: Stage) -> None:
    """Policy asks for the administrator's yes."""
    asked(stage)
    with_approval = Rulebook.of(replace(Policy(), swaps=SwapRules(approval=True)))
    _accepts(replace(stage, office=replace(stage.office, rules=with_approval)))


def _accepts(stage: Stage) -> None:
    ref = the_swap(stage)
    with stage.office.record.writing() as session:
        swapping.accept(session, stage.office, ref, here(session, stage.people["who was asked"]))


def two_more_to_allocate(stage: Stage) -> None:
    """Two more are drawn, and somebody of the month's group has room for one."""
    cast = stage.cast
    with stage.office.record.writing() as session:
        manager, worker, beside = (here(session, who) for who in (cast.team_manager, cast.social_worker, cast.peer))
        for place, ref in enumerate(["MDW-0601", "MDW-0602"], start=3):
            case = Case(ref, manager.team, "Looked After", "16 to 17", worker, manager)
            session.add(FrameEntry(MONTH, case, drawn_as=place))
        person = Person("ines@example.org", "Ines Halloran", [RoleHeld(Role.TEAM_MANAGER)])
        person.team, person.service, person.group = beside.team, beside.service, here(session, cast.auditor).group
        session.add_all([person, Turn(person, MONTH)])


def allocated(stage: Stage) -> None:
    two_more_to_allocate(stage)
    with stage.office.record.writing() as session:
        allocating.allocate(session, stage.office, MONTH, here(session, stage.cast.administrator))


def unsafe(stage: Stage) -> None:
    with stage.office.record.writing() as session:
        audit = find.allocations.by_ref(session, REF, to_change=True)
        alarming.raise_alert(session, stage.office, audit, here(session, stage.cast.auditor), staff_conduct=False)


def came_back(stage: Stage) -> None:
    returned(stage.office, stage.cast)


def in_hand(stage: Stage) -> None:
    """The child's Team Manager has it."""
    unsafe(stage)
    with stage.office.record.writing() as session:
        alarming.take(session, stage.office, SAFETY, here(session, stage.cast.team_manager))


def said_safe(stage: Stage) -> None:
    in_hand(stage)
    with stage.office.record.writing() as session:
        seen = Seen("The worker saw the child at home.", NOW)
        made_safe.say(session, stage.office, SAFETY, seen, here(session, stage.cast.team_manager))


def to_check(stage: Stage) -> None:
    """The owner has confirmed, and the lot falls on every action: of those who may, the first by address is asked."""
    with stage.office.record.writing() as session:
        said = Confirmation("The plan is written.", NOW.date(), "Home is calmer now.", NOW.date(), "Case notes.")
        acting.confirm(session, stage.office, ACTION, said, by=here(session, stage.cast.team_manager))
    every_one = Rulebook.of(replace(Policy(), checks=CheckRules(one_in=1)))
    Checks(replace(stage.office, rules=every_one)).sweep()


def outcome_waits(stage: Stage) -> None:
    with stage.office.record.writing() as session:
        outcomes.agreed(session, find.allocations.by_ref(session, REF), at=NOW)


def outcome_sent(stage: Stage) -> None:
    outcome_waits(stage)
    with stage.office.record.writing() as session:
        [known] = outcomes.waiting(session, stage.office, MONTH)
        outcomes.send(session, stage.office, [outcomes.as_shown(known)], by=here(session, stage.cast.administrator))


def held(stage: Stage) -> None:
    arrives(stage.office, stage.cast, without=("impact",))


def list_asked(stage: Stage) -> None:
    """Whether November's list is right, on Wednesday 18 October."""
    with stage.office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 18), time(9)))
    RollChecks(stage.office).sweep()


def noted_away(stage: Stage) -> None:
    with stage.office.record.writing() as session:
        me = find.people.whole(session, stage.cast.auditor.id or 0, to_change=True)
        staffing.note_away(session, stage.office, me, Away(date(2017, 10, 4), date(2017, 10, 6), None), me)


def the_swap(stage: Stage) -> str:
    with stage.office.record.reading() as session:
        return find.swaps.every(session)[0].ref


def the_held(stage: Stage) -> str:
    with stage.office.record.reading() as session:
        return find.submissions.held(session)[0].ref


def the_list(stage: Stage) -> str:
    with stage.office.record.reading() as session:
        service = here(session, stage.cast.head_of_service).service
        return find.roll_checks.of_service(session, following(MONTH), (service and service.id) or 0).ref


def the_record(stage: Stage) -> str:
    with stage.office.record.reading() as session:
        return find.cases.in_frame(session, MONTH, "MDW-0417").reference


def the_absence(stage: Stage) -> str:
    with stage.office.record.reading() as session:
        [absence] = find.people.whole(session, stage.cast.auditor.id or 0).absences
        return str(absence.id)


def the_preview(stage: Stage) -> str:
    """What the modal was opened with that shows who gets what."""
    stage.door.press(stage.cast.administrator, names.ALLOCATE, MONTH)
    return str(stage.door.modal["private_metadata"])


def to_evaluate(stage: Stage) -> None:
    """The holder is put forward to their own Head of Service and the child's, with an audit that was moderated."""
    competing.moderated(stage.office, stage.cast)
    competing.develops(stage.office, stage.cast)
    competing.put_forward(stage.office, stage.cast)


def to_sign_off(stage: Stage) -> None:
    to_evaluate(stage)
    competing.both_evaluate(stage.office, stage.cast, the_candidacy(stage))


def signed_off(stage: Stage) -> None:
    to_sign_off(stage)
    decided(stage)


def decided(stage: Stage) -> None:
    competing.decides(stage.office, the_candidacy(stage))


def the_candidacy(stage: Stage) -> str:
    return competing.COM.format(stage.cast.auditor.id)


def the_outcomes(stage: Stage) -> str:
    """What the modal was opened with that shows which outcomes wait."""
    stage.door.press(stage.cast.administrator, names.ALL_AS_SHOWN, MONTH)
    return str(stage.door.modal["private_metadata"])
