"""A month's allocation: what each auditor may be asked, the preview of it, and carrying it out, now and again later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from programme.allocations import Allocation, new_token
from programme.blocking import NOTHING_KNOWN, Candidate, Known
from programme.calendar import months_before
from programme.cases import Case
from programme.facts import Fact, RoundAllocated
from programme.matching import Matching, match
from programme.people import Person, Team
from programme.planning_facts import AllocationMoved
from programme.refusals import Refusal
from programme.rota import Turn
from programme.rounds import Round
from programme.rulebook import Rulebook
from programme.words import AllocationState, Competency, Scheme


@dataclass(frozen=True)
class Past:
    """What somebody audited before: when they did last, a child of which team, and how many in the last 12 months."""

    last_month: str = ""
    last_team: Team | None = None
    lately: int = 0


@dataclass(frozen=True)
class AsItStands:
    """What a month's allocation goes by: who has a turn, what each holds that is out, and what they did before."""

    turns: Sequence[Turn]
    held: Mapping[Person, int]
    past: Mapping[Person, Past]
    known: Known = NOTHING_KNOWN


@dataclass(frozen=True)
class Done:
    """What came of an allocation: what was allocated anew, and how many of those planned before moved or were lost."""

    made: Sequence[Allocation]
    moved: int
    taken_back: int

    @property
    def said(self) -> str:
        words = {
            f"{len(self.made)} allocated": self.made or not self.moved,
            f"{self.moved} given to somebody else": self.moved,
            f"{self.taken_back} taken back, because nobody may have it now": self.taken_back,
        }
        return ", ".join(each for each, applies in words.items() if applies)


def propose(opened: Round, cases: Sequence[Case], stands: AsItStands, rules: Rulebook) -> Matching:
    """The preview: which case would go to whom, and why."""
    opened.must_be_running()
    candidates = [candidate(opened, turn, stands, rules) for turn in stands.turns]
    return match(cases, candidates, known_of(opened, stands.known, rules), rules.policy.matching)


def known_of(opened: Round, known: Known, rules: Rulebook) -> Known:
    """What is known of people and records, in the light of one month."""
    first, _ = window(opened)
    since = months_before(first, rules.policy.matching.former_team_months)
    return replace(known, since=since, core_first=opened.scheme is Scheme.CORE)


def candidate(opened: Round, turn: Turn, stands: AsItStands, rules: Rulebook) -> Candidate:
    """What the month may ask of one auditor: nothing of who is paused, or is not in post from first to last day."""
    (first, last), person = window(opened), turn.person
    capacity, holds = rules.policy.capacity, stands.held.get(person, 0)
    in_core = opened.scheme is Scheme.CORE and person.competency is Competency.CORE
    most = capacity.core if in_core else capacity.auditor
    past = stands.past.get(person, Past())
    return Candidate(
        person=person,
        room_for=0 if person.competency is Competency.PAUSED else max(most - holds, 0),
        holds=holds,
        away=person.is_away_throughout(rules.calendar.working_days_between(first, last)),
        in_post=person.is_here_on(first) and person.is_here_on(last),
        carried_from=turn.carried_from,
        last_month=past.last_month,
        last_team=past.last_team,
        lately=past.lately,
    )


def window(opened: Round) -> tuple[date, date]:
    """The first and the last day of the time an auditor has."""
    if opened.distribute_on is None or opened.due_on is None:
        msg = f"The round for {opened.name} is a past month; nothing can be allocated in it."
        raise Refusal(msg)
    return opened.distribute_on, opened.due_on


def allocate(opened: Round, matching: Matching, numbered_from: int) -> tuple[list[Allocation], list[Fact]]:
    """Make allocations of what nobody has yet in a preview, all of it or nothing."""
    opened.must_be_running()
    made = [
        Allocation(
            ref=f"AUD-{opened.month}-{number:02d}",
            round=opened,
            case=line.case,
            holder=line.person,
            state=AllocationState.PLANNED,
            due_on=opened.due_on,
            because=line.reason,
            developing=line.is_developing,
            token=new_token(),
        )
        for number, line in enumerate(matching.new, start=numbered_from)
    ]
    return made, [RoundAllocated(about=opened.month, allocated=len(made), unplaced=len(matching.unplaced))]


def re_allocate(
    opened: Round, matching: Matching, planned: Sequence[Allocation]
) -> tuple[list[Allocation], list[Fact]]:
    """Hand on what is planned and has to move. What nobody can have any more is given back, to be taken away."""
    line_of, moving = {line.case: line for line in matching.placed}, {move.case for move in matching.moves}
    gone = [each for each in planned if each.case not in line_of]
    for each in planned:
        if each.case in line_of and each.case in moving:
            line = line_of[each.case]
            each.hand_over_to(line.person)
            each.because, each.developing = line.reason, line.is_developing
    moved = AllocationMoved(about=opened.month, moved=len(moving) - len(gone), taken_back=len(gone))
    return gone, [moved] if moving else []
