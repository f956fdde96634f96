"""The moderation day as people meet for it: when and where, who is asked to come, who comes, and who was there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from programme.calendar import at_london, hour_typed, london
from programme.facts import Fact
from programme.moderation import share_ref
from programme.moderation_day_facts import (
    AttendanceKept,
    ModerationDayMoved,
    ModerationDayOpened,
    ModeratorCannotCome,
    ModeratorComing,
)
from programme.people import Person
from programme.policy import ModerationRules
from programme.refusals import Fault, Faulty, NotAllowed, Refusal
from programme.rounds import Round

LONGEST_PLACE = 200


class Coming(StrEnum):
    """What somebody says who is asked to come."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Meeting:
    """From when to when, and where: a room, or the link of a video call."""

    begins: time
    ends: time
    place: str = ""

    @classmethod
    def of(cls, rules: ModerationRules) -> "Meeting":
        """As the policy has it."""
        return cls(rules.begins, rules.ends, rules.place)

    @classmethod
    def typed(cls, begins: str, ends: str, place: str) -> "Meeting":
        """As somebody typed it; each fault by the field it stands in."""
        hours, faults = {}, []
        for name, words in (("begins", begins), ("ends", ends)):
            said = hour_typed(words)
            if said is not None:
                hours[name] = said
            else:
                faults.append(Fault(name, f"Say when the day {name} as hours and minutes, like 10:00."))
        if faults:
            raise Faulty("Some answers are still needed.", faults)
        return cls(hours["begins"], hours["ends"], place)


@dataclass(frozen=True)
class ToPair:
    """What came back and nobody moderates: how many, of them late, and whether the day is opened by now."""

    audits: int = 0
    late: int = 0
    opened: bool = False


NOTHING_TO_PAIR = ToPair()


@dataclass(eq=False)
class Invitation:
    """One moderator's place at the day. `sequence` counts what has changed of it, so that calendars follow."""

    person: Person
    coming: Coming = Coming.ASKED
    answered_at: datetime | None = None
    was_there: bool | None = None
    sequence: int = 0
    id: int | None = None

    @property
    def stands(self) -> bool:
        """Whether the day is to stand in their calendar."""
        return self.coming is not Coming.NO


@dataclass(eq=False)
class ModerationDay:
    round: Round
    opened_by: Person
    opened_at: datetime
    begins_at: datetime
    ends_at: datetime
    place: str = ""
    invitations: list[Invitation] = field(default_factory=list)
    version: int = 1
    id: int | None = None

    @property
    def on(self) -> date:
        return london(self.begins_at).date()

    @property
    def hours(self) -> str:
        """'10:00 to 16:00'."""
        return f"{london(self.begins_at):%H:%M} to {london(self.ends_at):%H:%M}"

    @property
    def meeting(self) -> Meeting:
        return Meeting(london(self.begins_at).time(), london(self.ends_at).time(), self.place)

    def runs(self, *, at: datetime) -> bool:
        """Whether people are meeting now."""
        return self.begins_at <= at < self.ends_at

    def invitation_of(self, person: Person) -> Invitation | None:
        return next((each for each in self.invitations if person.can_answer_invitation(each)), None)

    def must_be_asked(self, person: Person) -> Invitation:
        """Only who is asked to come answers, and has the day in their calendar."""
        found = self.invitation_of(person)
        if found is None:
            msg = "You are not asked to this moderation day. Type /audit to see what is yours."
            raise NotAllowed(msg)
        return found

    def invite(self, people: Sequence[Person]) -> None:
        """Whoever has been asked already stays as they answered."""
        known = {each.person for each in self.invitations}
        self.invitations += [Invitation(who) for who in dict.fromkeys(people) if who not in known]

    def answer(self, *, coming: bool, by: Person, at: datetime, administrators: Sequence[Person] = ()) -> list[Fact]:
        """Coming, or not; until the day is over it may be said anew."""
        mine = self.must_be_asked(by)
        if at >= self.ends_at:
            msg = f"{self.round.name}'s moderation day is over. Who was there is noted by the administrator."
            raise Refusal(msg)
        said = Coming.YES if coming else Coming.NO
        if mine.coming is said:
            return []
        mine.sequence += mine.stands is not coming
        mine.coming, mine.answered_at = said, at
        ref = share_ref(self.round.month, by)
        if coming:
            return [ModeratorComing(about=ref)]
        return [ModeratorCannotCome(about=ref, tell=tuple(who for who in administrators if who is not by))]

    def excuse(self, person: Person, *, at: datetime) -> None:
        """Others read for them, so the day is not in their calendar any more."""
        theirs = next((each for each in self.invitations if each.person is person), None)
        if theirs is not None and theirs.stands:
            theirs.coming, theirs.answered_at, theirs.sequence = Coming.NO, at, theirs.sequence + 1

    def move(self, to: Meeting) -> list[Fact]:
        """Other hours, or another place; whoever has not said no hears so, and their calendars follow."""
        must_make_sense(to)
        if to == self.meeting:
            msg = "Nothing was changed: these are the hours and the place already."
            raise Refusal(msg)
        self.begins_at, self.ends_at = at_london(self.on, to.begins), at_london(self.on, to.ends)
        self.place = to.place.strip()
        for each in self.invitations:
            each.sequence += 1
        told = tuple(each.person for each in self.invitations if each.stands)
        return [ModerationDayMoved(about=self.round.month, tell=told, touches=self._shares())]

    def keep_attendance(self, there: Collection[int], *, at: datetime) -> list[Fact]:
        """Who was there, by number; ticked on the day, and again as often as somebody comes in late."""
        if london(at).date() < self.on:
            msg = f"Who was there is noted on the day, {self.on:%A %-d %B}."
            raise Refusal(msg)
        for each in self.invitations:
            each.was_there = each.person.id in there
        came = sum(bool(each.was_there) for each in self.invitations)
        return [AttendanceKept(about=self.round.month, people=came, missing=len(self.invitations) - came)]

    def _shares(self) -> tuple[str, ...]:
        return tuple(share_ref(self.round.month, each.person) for each in self.invitations)


def open_day(of: Round, meeting: Meeting, people: Sequence[Person], *, by: Person, at: datetime) -> ModerationDay:
    """The day of a month by its calendar; all who have something to read are asked to come."""
    must_make_sense(meeting)
    if of.moderate_on is None:
        msg = "This is a past month; nothing is moderated in it."
        raise Refusal(msg)
    begins, ends = at_london(of.moderate_on, meeting.begins), at_london(of.moderate_on, meeting.ends)
    day = ModerationDay(of, by, at, begins, ends, meeting.place.strip())
    day.invite(people)
    return day


def opened(day: ModerationDay) -> list[Fact]:
    return [ModerationDayOpened(about=day.round.month, people=len(day.invitations))]


def must_make_sense(meeting: Meeting) -> None:
    faults = []
    if meeting.begins >= meeting.ends:
        faults.append(Fault("ends", "The day must end after it begins."))
    if len(meeting.place.strip()) > LONGEST_PLACE:
        faults.append(Fault("place", f"Give the place in at most {LONGEST_PLACE} characters."))
    if not meeting.place.isprintable():
        faults.append(Fault("place", "Give the place in one line."))
    if faults:
        raise Faulty("The day cannot be opened like this.", faults)


def month_of(ref: str) -> str:
    """Of MOD-2017-10-7, or of the month's own name, by which older messages go."""
    return ref.removeprefix("MOD-")[:7]
