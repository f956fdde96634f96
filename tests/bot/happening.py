"""What can happen in a month: small moves, each by the steps that the doors take too."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import count

from programme import reminders
from programme.absences import Away
from programme.actions import Confirmation
from programme.allocations import Had
from programme.answers import ActionWanted
from programme.arrivals import UnsafeUnmatched
from programme.calendar import at_london, following
from programme.checking import Check
from programme.closing_policy import CheckRules
from programme.facts import Fact
from programme.moderation_day import Meeting
from programme.notices import Answer, Reply
from programme.outcome_words import SaidKind
from programme.people import Person, RoleHeld
from programme.planning_facts import NoReserveLeft, RecordChosen, ReserveCalled, SlackAccountGone
from programme.policy import Policy, SwapRules
from programme.refusals import Fault, Refusal
from programme.roll_check import Change, Changed
from programme.rota import Turn
from programme.rulebook import Rulebook
from programme.submissions import Submission
from programme.words import (
    AbsenceKind,
    AllocationState,
    Priority,
    Reason,
    Role,
    RoundState,
    Safety,
    SubmissionState,
    SwapKind,
)
from storage import (
    acting,
    asking_again,
    chasing,
    checking,
    clock,
    closing,
    find,
    forecasting,
    handing_on,
    handing_over,
    journal,
    moderating,
    moderation_day,
    more_time,
    outcomes,
    pairing,
    reasons,
    reporting,
    roll_checking,
    staffing,
    swapping,
    telling,
    thanking,
)
from storage.chasing import Ladder, Subject
from storage.office import Office
from storage.session import Session
from tests.cast import MONTH, NOW, Cast, here, whole_answers
from tests.moderated import agreement, dated, judged

REF, CASE, SUB = "AUD-2017-10-01", "MDW-0417", "SUB-1"
WORDS = "The record says nothing of it."


@dataclass(frozen=True)
class World:
    session: Session
    office: Office
    cast: Cast
    numbers: "count[int]" = field(default_factory=lambda: count(9))
    """Of what is sent, so that a newer version is another."""

    def who(self, name: str) -> Person:
        if name in {"free", "moderator"}:
            found = find.people.by_email(self.session, f"{name}@example.org")
            assert found is not None
            return found
        person: Person = getattr(self.cast, name)
        return here(self.session, person)

    def tell(self, *facts: Fact) -> None:
        journal.write(self.session, facts, by=None, at=self.office.now(self.session))

    @property
    def swap(self) -> str:
        """The newest swap of the month; a refusal where there is none."""
        found = find.swaps.every(self.session)
        if not found:
            msg = "There is no swap."
            raise Refusal(msg)
        return max(found, key=lambda swap: swap.id or 0).ref


Move = Callable[[World], object]


def asks(kind: SwapKind, peer: str) -> Move:
    return lambda it: swapping.ask(it.session, it.office, REF, [it.who(peer).email], it.who("auditor"), kind)


def answers(step: Callable[[Session, Office, str, Person], object], by: str) -> Move:
    return lambda it: step(it.session, it.office, it.swap, it.who(by))


def makes(it: World) -> object:
    return swapping.make(it.session, it.office, REF, it.who("free").email, it.who("administrator"), SwapKind.COVER)


def accepts_for_approval(it: World) -> None:
    """Where policy asks for the administrator's yes."""
    careful = replace(it.office, rules=Rulebook.of(Policy(swaps=SwapRules(approval=True))))
    swapping.accept(it.session, careful, it.swap, it.who("free"))


def goes_on_to(day: int, at: time = time(9), month: int = 10) -> Move:
    return lambda it: clock.set_to(it.session, at_london(date(2017, month, day), at))


def reminds(it: World) -> None:
    climb(it, chasing.AUDITS)
    climb(it, chasing.ACTIONS)
    climb(it, chasing.MODERATION)
    climb(it, chasing.CHECKS)


def tells_the_day(it: World) -> None:
    telling.tell(it.session, it.office, it.who("administrator").id or 0)


def issues_the_report(it: World) -> None:
    for audit in find.allocations.in_state(it.session, find.rounds.of_month(it.session, MONTH), AllocationState.OUT):
        audit.state, audit.reason = AllocationState.NOT_RETURNED, Reason.OTHER
    clock.set_to(it.session, at_london(date(2017, 11, 9), time(9)))
    reporting.draft(it.session, it.office, MONTH, it.who("administrator"))
    it.session.add(Person("lead@example.org", "Dora Quillfeather", [RoleHeld(Role.DIRECTOR)]))
    it.session.flush()
    lead = find.people.by_email(it.session, "lead@example.org")
    assert lead is not None
    reporting.sign_off(it.session, it.office, MONTH, lead)
    reporting.issue(it.session, it.office, MONTH, it.who("head_of_quality"), gap="One is missing.")


def asks_again(it: World) -> None:
    for ref in list(asking_again.to_ask(it.session, it.office)):
        asking_again.ask(it.session, it.office, ref)


def thanks(it: World) -> None:
    for month, person in list(thanking.to_thank(it.session, it.office)):
        thanking.thank(it.session, it.office, month, person.id or 0)


def climb(it: World, ladder: Ladder[Subject]) -> None:
    """Every step that is due, and the digests."""
    refs = ladder.reached(it.session, on=it.office.today(it.session), rules=it.office.rules)
    for ref in refs:
        chasing.remind(it.session, it.office, ladder, ref)
    for head in ("head_of_service", "childs_head_of_service"):
        chasing.tell_head(it.session, it.office, ladder, it.who(head).id or 0, refs)


def returns(safety: Safety, *priorities: Priority) -> Move:
    def returned(it: World) -> None:
        audit, at = find.allocations.by_ref(it.session, REF), it.office.now(it.session)
        circle = find.people.circle_of(it.session, audit.case, on=NOW.date())
        number = next(it.numbers)
        arrived = Submission(f"SUB-{number}", "form", f"r{number}", "d", "{}", at, SubmissionState.KEPT)
        wanted = tuple(ActionWanted("Write the plan.", "It is written.", each) for each in priorities)
        had = Had(find.submissions.return_of(it.session, audit), find.actions.ever_of(it.session, audit))
        answers = whole_answers(it.cast.tool, safety=safety, actions=wanted)
        made, actions, facts = audit.record_return(
            answers, arrived, by=it.who("auditor"), at=at, circle=circle, rules=it.office.rules, had=had
        )
        it.session.add_all([arrived, *actions, *([made] if made else [])])
        facts += moderating.newer_came(it.session, audit, made.version, at=at) if made else []
        journal.write(it.session, facts, by=it.who("auditor"), at=at)

    return returned


def hands_back(it: World) -> None:
    audit = find.allocations.by_ref(it.session, REF)
    circle = find.people.circle_of(it.session, audit.case, on=NOW.date())
    it.tell(*audit.hand_back(by=it.who("auditor"), circle=circle), NoReserveLeft(about=REF, tell=circle.administrators))
    it.tell(ReserveCalled(about=entry(it), instead_of=REF, tell=circle.administrators))


def gives_a_reason(it: World) -> None:
    reasons.give(it.session, it.office, REF, Reason.OTHER, "Words.", it.who("auditor"))


def wants_more_time(to: int) -> Move:
    return lambda it: more_time.have(it.session, it.office, REF, date(2017, 10, to), it.who("auditor"))


def puts_off(it: World) -> None:
    audit, day = find.allocations.by_ref(it.session, REF), date(2017, 10, 18)
    at, rules = it.office.now(it.session), it.office.rules
    it.tell(*reminders.move(audit, day, by=it.who("auditor"), at=at, rules=rules))


def moderates(it: World) -> None:
    pairing.assign(it.session, it.office, MONTH, it.who("administrator"))


def opens_the_day(it: World) -> None:
    at = Meeting(time(10), time(16), "Words.")
    moderation_day.open_(it.session, it.office, MONTH, it.who("administrator"), meeting=at)


def moves_the_day(it: World) -> None:
    to = Meeting(time(13), time(17), "https://meet.example.org/words")
    moderation_day.move(it.session, it.office, MONTH, to, it.who("administrator"))


def both_read(it: World) -> None:
    for reader in ("peer", "moderator"):
        moderating.read(it.session, it.office, REF, judged(), by=it.who(reader))


def is_sent_back(it: World) -> None:
    moderating.send_back(it.session, it.office, REF, "Words.", ["core.plan"], by=it.who("peer"))


def disagrees(it: World) -> None:
    words = {it.who(each).email: "Words." for each in ("peer", "moderator")}
    moderating.disagree(it.session, it.office, REF, words, by=it.who("peer"))


def is_decided(it: World) -> None:
    said = replace(agreement(judged()), actions=dated(it.session, it.office))
    moderating.agree(it.session, it.office, REF, said, by=it.who("head_of_quality"))


def agrees(it: World) -> None:
    both_read(it)
    write_it_down(it)


def write_it_down(it: World) -> None:
    said = replace(agreement(judged()), actions=dated(it.session, it.office))
    moderating.agree(it.session, it.office, REF, said, by=it.who("peer"))


def sends_the_outcome(it: World) -> None:
    known = [outcomes.as_shown(each) for each in outcomes.waiting(it.session, it.office, MONTH)]
    outcomes.send(it.session, it.office, known, by=it.who("administrator"))


def says(kind: SaidKind, by: str) -> Move:
    return lambda it: outcomes.say(it.session, it.office, REF, kind, "Words.", by=it.who(by))


def confirms(it: World) -> None:
    said = Confirmation("The plan is written.", NOW.date(), "Home is calmer now.", NOW.date(), "Case note of today.")
    for ref in find.chasing.actions_open(it.session, date.max):
        acting.confirm(it.session, it.office, ref, said, by=it.who("team_manager"))


def asks_for_checks(it: World) -> None:
    """The lot falls on none of those that are not checked anyhow."""
    rules = Rulebook.of(Policy(checks=CheckRules(one_in=10**9)))
    for ref in list(checking.undecided(it.session)):
        checking.decide(it.session, replace(it.office, rules=rules), ref)


def closes(it: World) -> None:
    for ref in closing.to_settle(it.session):
        closing.settle(it.session, it.office, ref)


def opens_again(it: World) -> None:
    """What was confirmed did not hold."""
    audit = find.allocations.by_ref(it.session, REF)
    for action in find.actions.of_allocation(it.session, audit):
        action.reopen(at=it.office.now(it.session), rules=it.office.rules)
    it.session.flush()
    closes(it)


def check(it: World) -> Check:
    """The first that waits; a refusal where none does."""
    for ref in find.checks.asked(it.session, date.max):
        return find.checks.by_ref(it.session, ref)
    msg = "There is no check."
    raise Refusal(msg)


def is_shown(it: World) -> None:
    found = check(it)
    checking.shown(it.session, it.office, found.action.ref, found.checker or it.who("moderator"))


def reopens(it: World) -> None:
    found = check(it)
    checking.reopen(it.session, it.office, found.action.ref, WORDS, found.checker or it.who("moderator"))


def checker_leaves(it: World) -> None:
    found = check(it)
    if found.checker is not None:
        found.checker.ends = NOW.date()
        for ref in checking.to_tend(it.session, it.office):
            checking.tend(it.session, it.office, ref)


def is_held(respondent: str, *, matched: bool, mend: int = 0) -> Move:
    def held(it: World) -> None:
        if find.submissions.with_id(it.session, "form", "r1"):
            msg = "It was sent already."
            raise Refusal(msg)
        audit = find.allocations.by_ref(it.session, REF) if matched else None
        sent = Submission(SUB, "form", "r1", "d", "{}", NOW, SubmissionState.KEPT, it.who(respondent).email)
        sent.allocation = audit
        faults = [Fault(f"field {n}", "Say it.") for n in range(mend)]
        runs = [it.who("administrator")]
        it.session.add(sent)
        it.session.flush()
        it.tell(*sent.hold("Answers are missing.", faults, auditor=it.who(respondent), administrators=runs))
        if not matched:
            it.tell(UnsafeUnmatched(about=SUB, tell=tuple(runs)))

    return held


def decides(how: str) -> Move:
    def decided(it: World) -> None:
        sent, by, at = find.submissions.by_ref(it.session, SUB, to_change=True), it.who("administrator"), NOW
        it.tell(*(sent.ask_auditor(by=by, at=at) if how == "ask" else sent.discard("Sent twice.", by=by, at=at)))

    return decided


def sheet(how: str) -> Move:
    def found(it: World) -> None:
        sheet, runs = find.sheets.at(it.session, "sheet"), [it.who("administrator")]
        if how == "pauses":
            it.tell(*sheet.cannot_be_read("Column 'Mood' is no question of our form.", at=NOW, administrators=runs))
        else:
            it.tell(*sheet.was_read(gone=2 if how == "loses rows" else 0, at=NOW, administrators=runs))

    return found


def slack_refuses_us(it: World) -> None:
    switch = find.notices.switch(it.session, to_change=True)
    it.tell(*switch.refuse("token_revoked", real_now=NOW, runs_it=[it.who("administrator")]))


def entry(it: World) -> str:
    return find.cases.in_frame(it.session, MONTH, CASE).reference


def is_chosen(it: World) -> None:
    told = (it.who("social_worker"), it.who("team_manager"))
    it.tell(RecordChosen(about=entry(it), how="at_random", tell=told))


def asks_for_the_roll(it: World) -> None:
    clock.set_to(it.session, at_london(date(2017, 10, 18), time(9)))
    for month, head, _ in list(roll_checking.to_ask(it.session, it.office)):
        roll_checking.ask(it.session, it.office, month, head.id or 0)


def roll(it: World) -> str:
    service = it.who("head_of_service").service
    return f"ROLL-2017-11-{service.id if service else 0}"


def joins(it: World) -> None:
    said = Changed(Change.JOINED, name="Wren Okonjo", email="wren@example.org")
    roll_checking.change(it.session, it.office, roll(it), said, it.who("head_of_service"))


def follows_up(it: World) -> None:
    for ref in roll_checking.to_follow_up(it.session, it.office):
        roll_checking.follow_up(it.session, it.office, ref)


def warns(it: World) -> None:
    forecasting.warn(it.session, it.office, MONTH, forecasting.AT_DISTRIBUTION)


def leaves(who: str, day: date) -> Move:
    def left(it: World) -> None:
        person = find.people.whole(it.session, it.who(who).id or 0)
        staffing.move_on(it.session, it.office, person, day, it.who("administrator"))
        it.session.flush()
        for ref in staffing.places_to_ask_for(it.session, it.office):
            staffing.ask_for_place(it.session, it.office, ref)

    return left


def hands_on(it: World) -> None:
    person = find.people.whole(it.session, it.who("auditor").id or 0)
    handing_on.hand_on(it.session, it.office, person, it.who("administrator"), {REF: it.who("free").email})


def hands_the_managers_on(it: World) -> None:
    person = find.people.whole(it.session, it.who("team_manager").id or 0)
    handing_on.hand_on(it.session, it.office, person, it.who("administrator"))


def hands_actions_over(it: World) -> None:
    refs = find.chasing.actions_open(it.session, date.max)
    to = it.who("childs_head_of_service").email
    handing_over.hand_over(it.session, it.office, refs, to, it.who("administrator"))


def is_away(kind: AbsenceKind, by: str) -> Move:
    def noted(it: World) -> None:
        me = find.people.whole(it.session, it.who("auditor").id or 0)
        staffing.note_away(it.session, it.office, me, Away(date(2017, 10, 2), date(2017, 10, 31), kind), it.who(by))

    return noted


def was_away(it: World) -> None:
    """As becomes known when it was due already, and its Head of Service has read so."""
    for each in find.notices.of_kind(it.session, "head_told"):
        each.record(Reply(Answer.OK), at=it.office.now(it.session), real_now=it.office.real_now())
    me, said = find.people.whole(it.session, it.who("auditor").id or 0), Away(date(2017, 10, 12), date(2017, 10, 17))
    staffing.note_away(it.session, it.office, me, said, it.who("administrator"))


def account_goes(it: World) -> None:
    it.who("auditor").slack_gone_on = NOW.date()
    it.tell(SlackAccountGone(about=it.who("auditor").reference, tell=(it.who("administrator"),)))


def the_month_goes_on(it: World) -> None:
    find.rounds.of_month(it.session, MONTH).state = RoundState.MODERATING


def beforehand(office: Office, cast: Cast) -> None:
    """Somebody of next month's group who is free, and two who moderate."""
    with office.record.writing() as session:
        beside = here(session, cast.peer)
        beside.moderates = True
        free = Person("free@example.org", "Lindiwe Ashgrove", [RoleHeld(Role.TEAM_MANAGER)], slack_user_id="UFREE")
        free.team, free.service, free.group = beside.team, beside.service, beside.group
        other = Person("moderator@example.org", "Ottilie Bramwell", [RoleHeld(Role.PRACTICE_LEARNING)], moderates=True)
        other.slack_user_id = "UOTTILIE"
        session.add_all([free, other, Turn(free, following(MONTH))])
