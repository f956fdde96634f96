"""Whose turn is next and why, in words: for each person themselves, and for those who see the months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programme import rota
from programme.calendar import first_of, following, month_name
from programme.owed import Part, Went
from programme.people import AuditGroup, Person
from programme.rota import Ahead, Turn
from programme.words import Competency, Scheme


@dataclass(frozen=True)
class Whose:
    """Whose each month is or was, the months that turns are made for, and the groups that come after those."""

    groups: Mapping[str, AuditGroup]
    ahead: Sequence[Ahead]
    all_groups: Sequence[AuditGroup]

    def later_month_of(self, group: AuditGroup) -> str:
        """The first month after those with turns that comes round to a group."""
        last = self.ahead[-1]
        month = last.month
        for each in rota.groups_from(last.group, self.all_groups):
            if month != last.month and each is group:
                break
            month = following(month)
        return month


@dataclass(frozen=True)
class Line:
    """One person's line of the rota: turns that are still to be done, the month they last audited, and what is next.

    `later` is the month that the rota comes round to them where they have no turn yet; '' where it does not.
    """

    person: Person
    turns: tuple[Turn, ...] = ()
    last_audited: str = ""
    later: str = ""
    stands_by: bool = False


def line_of(person: Person, parts: Sequence[Part], whose: Whose, this_month: str) -> Line:
    """`parts` are this person's months, the earliest first."""
    done = [part.month for part in parts if part.went is Went.DID]
    to_do = [part.turn for part in parts if part.turn and part.month >= this_month and part.month not in done]
    in_core = bool(whose.ahead) and whose.ahead[-1].scheme is Scheme.CORE
    stands_by = in_core and person.competency is Competency.COMPETENT
    in_turn = whose.ahead and person.group in whose.all_groups and person.competency is not Competency.PAUSED
    later = whose.later_month_of(person.group) if in_turn and person.group and not (to_do or stands_by) else ""
    return Line(person, tuple(to_do), done[-1] if done else "", later, stands_by)


def how_it_came(turn: Turn, whose: Whose) -> str:
    """'by the rota: Rowan's month', 'July's audit carried over', 'swapped with Kofi Lindqvist in October 2017'."""
    if turn.why == rota.CARRIED:
        return f"{first_of(turn.carried_from):%B}'s audit carried over"
    makes_up = f", makes up for {month_name(turn.carried_from)}" if turn.carried_from else ""
    group = whose.groups.get(turn.month)
    of_group = f": {group.name}'s month" if group and turn.why in {rota.BY_ROTA, rota.LEARNING} else ""
    return f"{turn.why}{of_group}{makes_up}"


def why(line: Line, turn: Turn, whose: Whose) -> str:
    """'last audited June 2017; July's audit carried over'."""
    before = f"last audited {month_name(line.last_audited)}; " if line.last_audited else ""
    return before + how_it_came(turn, whose)


def said_to(line: Line, whose: Whose, this_month: str) -> str:
    """What somebody reads of their own turns; nothing where the rota never comes round to them."""
    said = [_turn_said(turn, whose, this_month) for turn in line.turns] or _without_a_turn(line)
    if said and line.last_audited:
        said.append(f"You last audited in {month_name(line.last_audited)}.")
    return " ".join(said)


def _turn_said(turn: Turn, whose: Whose, this_month: str) -> str:
    when = "This month is your turn" if turn.month == this_month else f"Your turn is in {month_name(turn.month)}"
    return f"{when}, {how_it_came(turn, whose)}."


def _without_a_turn(line: Line) -> list[str]:
    group = line.person.group
    if line.person.competency is Competency.PAUSED:
        return ["You have no turn while you are paused."]
    if line.stands_by:
        return ["The core group has the months' audits. You stand by as a reserve, and as a moderator."]
    later = (
        f"Your turn is in {month_name(line.later)} as the rota goes: {group.name}'s month."
        if group and line.later
        else ""
    )
    return [later] if later else []
