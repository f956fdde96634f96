"""The month at a glance: what is printed, made of counted numbers and compared with the month before."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from programme.answers import Asked
from programme.counted import COULD_NOT_BE_ASKED, DID_NOT_ANSWER, Counted
from programme.figures import SMALL, Share
from programme.words import Grade, Safety, SwapState, Voice

ALWAYS_PRINTED = (Grade.NOT_YET_GOOD, Grade.NEARLY_GOOD, Grade.GOOD, Grade.OUTSTANDING)
BANDS = (
    (65, "needs immediate, consistent attention"),
    (30, "improving, not yet consistent"),
    (0, "mostly good"),
)
"""From so many per cent not yet good."""
PLACED_FROM = 5
A_CLEAR_CHANGE = 10
"""Percentage points; less than that, or of small numbers, is no clear change."""


@dataclass(frozen=True)
class Direction:
    """How an area moved since the month before: the difference always, an arrow only where it means something."""

    points: int | None
    same_questions: bool
    shared_points: int | None
    reads: str


@dataclass(frozen=True)
class Glance:
    """One month, and the calendar month directly before it if that is on record: nothing is compared across a gap."""

    now: Counted
    before: Counted | None = None

    def json(self, status: str) -> dict[str, Any]:
        """By the names that other systems rely on. What was never recorded is None."""
        now = self.now
        return {
            "month": now.month,
            "theme": now.theme,
            "status": status,
            "account": self._account(),
            "returned": now.account.returned,
            "moderated": now.moderated,
            "waiting": now.account.returned_in_time - now.moderated,
            "grades": _by_grade(now.agreed),
            "auditor_grades": _by_grade(now.auditors),
            "not_yet_good": share(now.not_yet_good) | {"of_which_nearly_good": now.agreed[Grade.NEARLY_GOOD]},
            "good_or_better": share(now.good_or_better),
            "moderation": self._moderation(),
            "mean_score": self._mean_score(),
            "late_moderated": now.late_moderated,
            "direction": self._direction(),
            "areas": {area: self._area(area, keys) for area, keys in now.areas.items()},
            "questions": {key: self._area(key, [key]) for key in sorted(now.judged)},
            "feedback": self._feedback(),
            "outcomes": {tag: share(Share(n, now.moderated)) for tag, n in sorted(now.outcomes.items())},
            "safety": self._safety(),
            "children_unsafe": now.children_unsafe,
            "actions": self._actions(),
            "swaps": self._swaps(),
            "rates": self._rates(),
        }

    def direction_of(self, area: str, keys: Sequence[str]) -> Direction:
        """An area of other questions than before gets no arrow, and shows the shared questions' own difference."""
        now, before = self.now.questions(keys), self._before_of(area, keys)
        if before is None or self.before is None:
            return Direction(None, same_questions=True, shared_points=None, reads="no month before")
        keys_before = self.before.areas.get(area, [area])
        same = set(keys_before) == set(keys)
        points = now.points_since(before)
        shared = sorted(set(keys) & set(keys_before))
        shared_points = self.now.questions(shared).points_since(self.before.questions(shared)) if shared else None
        if not same:
            return Direction(points, same, shared_points, "not the same questions")
        return Direction(points, same, points, _reads(points, now, before))

    def _before_of(self, area: str, keys: Sequence[str]) -> Share | None:
        if self.before is None:
            return None
        if list(keys) == [area]:
            return self.before.question(area) if area in self.before.judged else None
        return self.before.questions(self.before.areas[area]) if area in self.before.areas else None

    def _account(self) -> dict[str, Any]:
        account, recorded = self.now.account, not self.now.returned_only
        return {
            "given_out": account.given_out if recorded else None,
            "returned_in_time": account.returned_in_time,
            "returned_late": account.returned_late,
            "not_returned": dict(account.not_returned) if recorded else None,
            "no_reason_given": account.no_reason if recorded else None,
            "swapped_out": account.swapped_out if recorded else None,
            "withdrawn": account.withdrawn if recorded else None,
            "unaccounted": account.unaccounted if recorded else None,
            "awaiting": account.awaiting if recorded else None,
            "balances": account.balances if recorded else None,
            "odd": list(self.now.odd),
        }

    def _moderation(self) -> dict[str, Any]:
        moved = [(float(overall), float(agreed), n) for (overall, agreed), n in self.now.headline.items() if overall]
        unchanged = sum(n for overall, agreed, n in moved if overall == agreed)
        moves = sorted((overall, agreed, n) for overall, agreed, n in moved if overall != agreed)
        return {
            "up": sum(n for overall, agreed, n in moves if agreed > overall),
            "down": sum(n for overall, agreed, n in moves if agreed < overall),
            "unchanged": unchanged,
            "agreement_percent": Share(unchanged, sum(n for *_, n in moved)).percent,
            "moves": [{"from": _plain(a), "to": _plain(b), "count": n} for a, b, n in moves],
        }

    def _mean_score(self) -> float | None:
        """To two decimals, half up, from integers: the grades are counted in halves."""
        halves = sum(round(2 * float(grade)) * n for grade, n in self.now.agreed.items())
        of = 2 * self.now.moderated
        return (200 * halves + of) // (2 * of) / 100 if of else None

    def _direction(self) -> dict[str, Any]:
        now, before = self.now, self.before
        return {
            "not_yet_good": now.not_yet_good.points_since(before.not_yet_good if before else None),
            "good_or_better": now.good_or_better.points_since(before.good_or_better if before else None),
            "returned": now.account.returned - before.account.returned if before else None,
            "moderated": now.moderated - before.moderated if before else None,
            "areas": {area: self.direction_of(area, keys).points for area, keys in now.areas.items()},
        }

    def _area(self, area: str, keys: Sequence[str]) -> dict[str, Any]:
        moved = self.direction_of(area, keys)
        return share(self.now.questions(keys)) | {
            "band": band(self.now.questions(keys)),
            "not_applicable": self.now.beside(keys, Grade.NOT_APPLICABLE),
            "not_judged": self.now.beside(keys, None),
            "direction": {
                "points": moved.points,
                "same_questions": moved.same_questions,
                "shared_points": moved.shared_points,
                "reads": moved.reads,
            },
        }

    def _feedback(self) -> dict[str, Any] | None:
        """Sought of those who could safely be asked, and received of those it was sought from."""
        if self.now.imported:
            return None
        said = self.now.with_practitioner
        together = Share(said.get(True, 0), said.get(True, 0) + said.get(False, 0))
        return {voice.value: self._voice(voice) for voice in Voice} | {"with_practitioner": share(together)}

    def _voice(self, voice: Voice) -> dict[str, Any]:
        answers = {(asked, why): n for (who, asked, why), n in self.now.voices.items() if who is voice}
        received = sum(n for (asked, _), n in answers.items() if asked is Asked.YES)
        sought = received + sum(n for (_, why), n in answers.items() if why in DID_NOT_ANSWER)
        could = sum(
            n for (asked, why), n in answers.items() if asked is not Asked.NOBODY and why not in COULD_NOT_BE_ASKED
        )
        return {"sought": share(Share(sought, could)), "received": share(Share(received, sought))}

    def _safety(self) -> dict[str, int | None]:
        """A past month knows only whether a child was unsafe."""
        of, past = self.now.account.returned_in_time, self.now.imported
        known: dict[str, int | None] = {each.value: None if past else self.now.safety.get(each, 0) for each in Safety}
        return known | {"not_stated": of - self.now.stated}

    def _actions(self) -> dict[str, int | float | None] | None:
        if self.now.imported:
            return None
        counted = self.now.actions
        return {
            "set": counted.set,
            "dated": counted.dated,
            "discussed": None,
            "confirmed": counted.confirmed,
            "confirmed_by_first_date": counted.by_first_date,
            "overdue": counted.overdue,
            "median_days": median(counted.days) if counted.days else None,
        }

    def _swaps(self) -> dict[str, int] | None:
        if self.now.imported:
            return None
        swaps = self.now.swaps
        return {
            "asked": sum(swaps.values()),
            "made": swaps.get(SwapState.ACCEPTED, 0),
            "failed": swaps.get(SwapState.DECLINED, 0) + swaps.get(SwapState.EXPIRED, 0),
        }

    def _rates(self) -> dict[str, int | None]:
        return {name: rate.percent if rate else None for name, rate in self.rates().items()}

    def rates(self) -> dict[str, Share | None]:
        """Rates over what was given out are not recorded where only what came back is."""
        account, known = self.now.account, not self.now.returned_only
        return {
            "return": Share(account.returned, account.given_out) if known else None,
            "in_time": Share(account.returned_in_time, account.given_out) if known else None,
            "in_time_of_returned": Share(account.returned_in_time, account.returned),
        }


def band(of: Share) -> str:
    """What share of not yet good calls for what; too few audits are not placed."""
    if of.percent is None or of.of < PLACED_FROM:
        return "too few to say"
    return next(words for least, words in BANDS if of.percent >= least)


def share(of: Share) -> dict[str, Any]:
    return {"n": of.n, "of": of.of, "percent": of.percent}


def _by_grade(counted: dict[Grade, int]) -> dict[str, int]:
    grades = [*ALWAYS_PRINTED, *(grade for grade in counted if grade not in ALWAYS_PRINTED)]
    return {grade.value: counted.get(grade, 0) for grade in grades}


def _plain(number: float) -> float:
    """3 rather than 3.0."""
    return int(number) if number.is_integer() else number


def _reads(points: int | None, now: Share, before: Share) -> str:
    """Fewer not yet good is better."""
    if points is None:
        return "not recorded"
    if min(now.of, before.of) < SMALL or abs(points) < A_CLEAR_CHANGE:
        return "no clear change"
    return "better" if points < 0 else "worse"
