"""A month's sample: which records may be drawn, the draw that is kept, and what is added to it by hand.

How the lots fall stands in `programme.drawing`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from programme.calendar import first_of, month_name
from programme.cases import Case, FrameEntry
from programme.drawing import Drawn, Frame, Limits, Listed, digest_of, draw
from programme.facts import Fact, SampleDrawn
from programme.people import Person
from programme.planning_facts import RecordChosen, RecordReleased
from programme.planning_policy import SampleRules
from programme.refusals import NotAllowed, Refusal
from programme.rulebook import Rulebook

LONGEST_REASON = 200
AT_RANDOM, BY_HAND, AS_RESERVE = "at_random", "by_hand", "as_reserve"


@dataclass(eq=False)
class Sample:
    """A month's draw as it was made, with its frame exactly as it was then."""

    month: str
    seed: int
    size: int
    drawn_on: date
    frame: Mapping[str, Any]
    digest: str
    drawn_by: Person
    id: int | None = None

    def again(self) -> Drawn:
        """The same draw once more, from what was kept. Refused where that is not what was drawn from."""
        frame = Frame.kept(self.frame)
        drawn = draw(frame, size=self.size, seed=self.seed)
        if digest_of(frame, self.size, self.seed, drawn) != self.digest:
            msg = "Drawn again from what was kept, the sample comes out otherwise: what was kept has been changed."
            raise Refusal(msg)
        return drawn


def frame_of(
    entries: Sequence[FrameEntry], audited: Mapping[str, str], *, month: str, on: date, rules: SampleRules
) -> Frame:
    """The frame as it stands that day. `audited`: case reference → the month in which it was audited last."""
    limits = Limits(rules.a_team, rules.a_social_worker, rules.a_family, rules.reserves)
    return Frame(
        tuple(_listed(each, audited.get(each.case.ref, ""), month=month, on=on, rules=rules) for each in entries),
        limits,
    )


def _listed(entry: FrameEntry, audited: str, *, month: str, on: date, rules: SampleRules) -> Listed:
    case = entry.case
    return Listed(
        ref=case.ref,
        team=case.team.name if case.team else "",
        social_worker=case.social_worker.email if case.social_worker else "",
        family=case.family_ref,
        age_band=case.age_band,
        plan_type=case.plan_type,
        left_out=why_left_out(entry, audited, month=month, on=on, rules=rules),
        picked=bool(entry.hand_picked_because),
    )


def why_left_out(entry: FrameEntry, audited: str, *, month: str, on: date, rules: SampleRules) -> str:
    """The rule that keeps a record out of the draw, in words; empty where none does."""
    case = entry.case
    if case.closed is not None and case.closed < on:
        return "closed"
    if entry.released_to is None and case.restricted:
        return "restricted, and not released"
    if entry.released_to is None and case.hold:
        return "on hold, and not released"
    if case.opened is not None and case.opened > on - timedelta(weeks=rules.open_weeks):
        return f"open for less than {rules.open_weeks} weeks"
    if audited and months_between(audited, month) < rules.months_between:
        return f"audited in {month_name(audited)}"
    return ""


def months_between(earlier: str, later: str) -> int:
    one, other = first_of(earlier), first_of(later)
    return (other.year - one.year) * 12 + other.month - one.month


def draw_sample(
    entries: Sequence[FrameEntry], frame: Frame, *, size: int, seed: int, month: str, on: date, by: Person
) -> tuple[Sample, list[Fact]]:
    """Draw, once. The social worker and the Team Manager of each record hear of it the same day."""
    if any(entry.drawn_as and not entry.hand_picked_because for entry in entries):
        msg = "This month's sample has been drawn. It is kept as it is, so that anyone can check it."
        raise Refusal(msg)
    drawn = draw(frame, size=size, seed=seed)
    by_ref = {entry.case.ref: entry for entry in entries}
    for listed in frame.records:
        by_ref[listed.ref].left_out = listed.left_out
    for place, ref in enumerate(drawn.places, start=next_place(entries)):
        by_ref[ref].drawn_as = place
    for place, ref in enumerate(drawn.reserves, start=1):
        by_ref[ref].reserve_as = place
    sample = Sample(month, seed, size, on, frame.as_kept(), digest_of(frame, size, seed, drawn), by)
    said = SampleDrawn(about=month, seed=seed, frame=len(entries), drawn=size)
    return sample, [said, *(_chosen(by_ref[ref], AT_RANDOM, on) for ref in drawn.places)]


def next_place(entries: Sequence[FrameEntry]) -> int:
    return 1 + max((entry.drawn_as or 0 for entry in entries), default=0)


def _chosen(entry: FrameEntry, how: str, on: date) -> RecordChosen:
    near = dict.fromkeys((entry.case.social_worker, entry.case.team_manager))
    return RecordChosen(about=entry.reference, how=how, tell=tuple(who for who in near if who and who.is_here_on(on)))


def release(entry: FrameEntry, *, to: Person, by: Person) -> list[Fact]:
    """A restricted or held record may be drawn, and only this auditor reads it."""
    if not by.can_release_records():
        msg = "Only the Head of Quality releases a restricted record or one on hold."
        raise NotAllowed(msg)
    if not (entry.case.restricted or entry.case.hold):
        msg = f"{entry.case.ref} is neither restricted nor on hold: it needs no release."
        raise Refusal(msg, field="case")
    if not to.is_auditor:
        msg = f"{to.name} is not an auditor."
        raise Refusal(msg, field="to")
    entry.released_to, entry.released_by = to, by
    return [RecordReleased(about=entry.reference)]


def pick(entry: FrameEntry, because: str, *, place: int, on: date) -> list[Fact]:
    """Chosen by hand, for a reason, and counted apart from what was drawn."""
    if entry.drawn_as is not None:
        msg = f"{entry.case.ref} is in this month's sample already."
        raise Refusal(msg, field="case")
    if (entry.case.restricted or entry.case.hold) and entry.released_to is None:
        msg = f"{entry.case.ref} is restricted or on hold. The Head of Quality releases it first."
        raise Refusal(msg, field="case")
    if not because.strip():
        msg = "Say why this record is chosen by hand."
        raise Refusal(msg, field="because")
    if len(because.strip()) > LONGEST_REASON:
        msg = f"The reason is too long: at most {LONGEST_REASON} characters are kept."
        raise Refusal(msg, field="because")
    entry.hand_picked_because, entry.drawn_as = because.strip(), place
    return [_chosen(entry, BY_HAND, on)]


def call_reserve(
    entries: Sequence[FrameEntry], live: Collection[Case], *, rules: SampleRules, on: date
) -> tuple[FrameEntry, list[Fact]] | None:
    """The first reserve that fits the limits beside the records that are `live` takes a place; None where none does."""
    limits = ((_team_of, rules.a_team), (_worker_of, rules.a_social_worker), (_family_of, rules.a_family))
    waiting = [each for each in entries if each.reserve_as and not each.drawn_as]
    for entry in sorted(waiting, key=lambda each: each.reserve_as or 0):
        alike = [sum(key(case) == key(entry.case) for case in live) < limit for key, limit in limits]
        if all(alike) and (entry.case.closed is None or entry.case.closed >= on):
            entry.drawn_as = next_place(entries)
            return entry, [_chosen(entry, AS_RESERVE, on)]
    return None


def give_way(entry: FrameEntry) -> None:
    """A reserve has taken the place of this record: nobody is asked to read it any more this month."""
    entry.left_out = "handed back, and a reserve took its place"


def has_time_for_a_reserve(due_on: date | None, today: date, rules: Rulebook) -> bool:
    """Whether enough working days are left, today's not counted."""
    left = rules.calendar.working_days_between(today, due_on) if due_on else []
    return len([day for day in left if day > today]) >= rules.policy.sample.reserve_days


def _team_of(case: Case) -> object:
    return case.team


def _worker_of(case: Case) -> object:
    return case.social_worker


def _family_of(case: Case) -> object:
    return case.family_ref or case.ref
