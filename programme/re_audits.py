"""Looking at a record again: what is due for it, which of those a month takes, and how it came out.

Two things make an audit due: that it was agreed to be not yet good, three months after its outcome and whether or not
its actions are done; and that the child was found unsafe or not assured, after four weeks already. Each is settled by
a re-audit that is given out once it is due, so that one look may settle both. Children who were not safe come first;
of the others the lot decides. The lot is cast by the month and by what is due, so that nobody chooses, and anybody can
cast it again.
"""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from programme.allocating import AsItStands, candidate, known_of
from programme.allocations import Allocation
from programme.blocking import Candidate
from programme.calendar import london, months_after
from programme.cases import Case
from programme.counted import NOT_YET_GOOD
from programme.matching import LeftOut, Matching, match
from programme.refusals import Refusal
from programme.rota import Turn
from programme.rounds import Round
from programme.rulebook import Rulebook
from programme.words import Competency, Grade


class WhyAgain(StrEnum):
    """Each in words that stand beside the audit."""

    NOT_SAFE = "the child was found unsafe or not assured"
    NOT_YET_GOOD = "it was agreed to be not yet good"


@dataclass(frozen=True)
class Looked:
    """What one audit came to, and when re-audits of it were given out."""

    audit: Allocation
    not_safe_at: datetime | None
    """When the child was first found unsafe or not assured: by its auditor, or by an alert that a moderator raised."""
    agreed: Grade | None
    sent_at: datetime | None
    """When its outcome was sent."""
    again_at: Sequence[datetime] = ()


@dataclass(frozen=True)
class DueAgain:
    audit: Allocation
    why: WhyAgain
    since: date

    @property
    def said(self) -> str:
        return f"{self.why}; due since {self.since:%-d %B %Y}"

    @property
    def kept_back(self) -> str:
        """Why it takes more than the lot, in words; '' where it does not."""
        case = self.audit.case
        if case.closed is not None:
            return "the child's record is closed"
        return "the record is restricted or on hold" if case.restricted or case.hold else ""


@dataclass(frozen=True)
class Drawn:
    """What a month would take of what is due: the drawn, each with whom, and by which lot; and what is left waiting."""

    due: Sequence[DueAgain]
    chosen: Sequence[DueAgain]
    lot: str
    matching: Matching
    left_out: Sequence[LeftOut] = ()
    """What was drawn before these, and nobody of the core group may read."""

    @property
    def mark(self) -> str:
        """The same while the same would be given to the same people."""
        return f"{self.lot}-{self.matching.mark}"

    def why_of(self, case: Case) -> str:
        """Why one of the drawn is looked at again."""
        return next(each.said for each in self.chosen if each.audit.case is case)


def due_of(looked: Looked, rules: Rulebook, today: date) -> Iterator[DueAgain]:
    """Why and since when one audit is due to be looked at again; nothing where it is not, or has been."""
    for why, since in _dates(looked, rules):
        if since <= today and not any(london(at).date() >= since for at in looked.again_at):
            yield DueAgain(looked.audit, why, since)


def _dates(looked: Looked, rules: Rulebook) -> Iterator[tuple[WhyAgain, date]]:
    policy = rules.policy.re_audits
    if looked.not_safe_at is not None:
        yield WhyAgain.NOT_SAFE, london(looked.not_safe_at).date() + timedelta(weeks=policy.unsafe_after)
    if looked.sent_at is not None and looked.agreed in NOT_YET_GOOD:
        yield WhyAgain.NOT_YET_GOOD, months_after(london(looked.sent_at).date(), policy.after_months)


def in_order(month: str, due: Sequence[DueAgain]) -> tuple[list[DueAgain], str]:
    """Who was not safe first, the longest due before the others; the rest by lot. Also the lot, to cast it again.

    A child's record stands there once, for its first reason.
    """
    able = [each for each in due if not each.kept_back]
    not_safe = sorted((e for e in able if e.why is WhyAgain.NOT_SAFE), key=lambda e: (e.since, e.audit.ref))
    rest = sorted((e for e in able if e.why is WhyAgain.NOT_YET_GOOD), key=lambda e: e.audit.ref)
    lot = hashlib.sha256("\n".join([month, *(each.audit.ref for each in rest)]).encode()).hexdigest()[:12]
    random.Random(lot).shuffle(rest)  # noqa: S311 - a lot that anybody can cast again, not a secret
    chosen: dict[object, DueAgain] = {}
    for each in (*not_safe, *rest):
        chosen.setdefault(each.audit.case, each)
    return list(chosen.values()), lot


def propose(of: Round, due: Sequence[DueAgain], places: int, stands: AsItStands, rules: Rulebook) -> Drawn:
    """Which would be looked at again this month, and by whom: the core auditors, with every rule of an allocation."""
    of.must_be_running()
    who = [_of_the_core(of, turn, stands, rules) for turn in stands.turns if turn.person.competency is Competency.CORE]
    if not who:
        msg = (
            f"Nobody of the core group has a turn in {of.name}. Give one out by hand: flask round give --type re-audit"
        )
        raise Refusal(msg)
    order, lot = in_order(of.month, due)
    return _filled(
        due,
        order,
        lot,
        lambda cases: match(cases, who, known_of(of, stands.known, rules), rules.policy.matching),
        max(places, 0),
    )


def _filled(
    due: Sequence[DueAgain], order: list[DueAgain], lot: str, matched: Callable[[list[Case]], Matching], places: int
) -> Drawn:
    """What nobody may read keeps no place from the next in order; it stays due, and is shown with its reason."""
    nobody: list[Case] = []
    while True:
        chosen = [each for each in order if each.audit.case not in nobody][:places]
        matching = matched([each.audit.case for each in chosen])
        if not matching.unplaced:
            return Drawn(due, chosen, lot, matching, matched(nobody).left_out)
        nobody += [each.case for each in matching.unplaced]


def _of_the_core(of: Round, turn: Turn, stands: AsItStands, rules: Rulebook) -> Candidate:
    """Beside what the month gives them: as much as anybody of the core has room for."""
    room = rules.policy.capacity.core - stands.held.get(turn.person, 0)
    return replace(candidate(of, turn, stands, rules), room_for=max(room, 0))
