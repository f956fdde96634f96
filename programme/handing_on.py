"""What is still open with somebody who has moved on, or who is away and cannot finish, and who takes it on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from programme import allocating
from programme.actions import Action
from programme.allocating import AsItStands
from programme.allocations import Allocation
from programme.blocking import Candidate
from programme.cases import Case
from programme.matching import match
from programme.people import Person
from programme.rounds import Round
from programme.rulebook import Rulebook
from programme.swaps import Swap


@dataclass(frozen=True)
class StillOpen:
    """`asked` are the swaps they asked for, `offered` those they were asked."""

    person: Person
    audits: Sequence[Allocation] = ()
    asked: Sequence[Swap] = ()
    offered: Sequence[Swap] = ()
    actions: Sequence[Action] = ()

    @property
    def said(self) -> str:
        """'1 audit, 2 actions'; empty where nothing is open."""
        counts = {"audit": len(self.audits), "swap": len(self.asked) + len(self.offered), "action": len(self.actions)}
        return ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items() if n)


@dataclass(frozen=True)
class Handed:
    """What came of it: how much went to somebody else, and what nobody could take."""

    audits: int
    actions: int
    swaps: int
    left: Sequence[str]

    @property
    def said(self) -> str:
        counts = {"audit": self.audits, "action": self.actions, "swap": self.swaps}
        done = ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items() if n)
        nobody = f" Nobody has room for {', '.join(self.left)}: choose who takes it." if self.left else ""
        return (f"Handed on: {done}." if done else "Nothing was handed on.") + nobody


def for_the_rest(who: Candidate, of: Round, *, today: date, rules: Rulebook) -> Candidate:
    """What may be asked of somebody for what is left of a month."""
    due = max(allocating.window(of)[1], today)
    rest = rules.calendar.working_days_between(today, due)
    person = who.person
    here = person.is_here_on(today) and person.is_here_on(due)
    return replace(who, away=person.is_away_throughout(rest), in_post=here)


def takers(
    of: Round, cases: Sequence[Case], leaver: Person, stands: AsItStands, *, today: date, rules: Rulebook
) -> dict[Case, Person]:
    """Who takes which record on, by the rules and wishes that a month is allocated by."""
    foreseen = [allocating.candidate(of, turn, stands, rules) for turn in stands.turns if turn.person is not leaver]
    who = [for_the_rest(each, of, today=today, rules=rules) for each in foreseen]
    known = replace(allocating.known_of(of, stands.known, rules), planned={}, pinned={})
    return {line.case: line.person for line in match(cases, who, known, rules.policy.matching).placed}
