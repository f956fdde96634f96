"""A message that waits to be sent to one person, and what becomes of it. It holds references, never text."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from programme.facts import Fact
from programme.people import Person
from programme.post_facts import WAITED_FOR, MessageDropped, MessageHeld, MessageReleased, MessageSentAgain
from programme.refusals import NotAllowed, Refusal
from programme.words import NoticeState, Way

LEASE = timedelta(minutes=2)
QUEUE_LIFE = timedelta(hours=96)
TRIES_AT_LEAST = 12
LONGEST_REASON = 200
PACED = "paced"
"""Many go out at once, and Slack takes only so many a minute."""

UNHEARD_OF = "unheard_of:"
"""Stands before a code of Slack's that we do not know, so that it is found again and shown."""

FOUND = "found"
"""What a reply says of a message that was doubtful, and had gone out."""


class Rank(IntEnum):
    """Where a part of the day's message stands in it: what presses most comes first."""

    ENDS_TODAY = 1
    """By tomorrow it would be over: so it may come as a second message on one day."""
    LATE = 2
    ASKED = 3
    """Somebody waits for an answer."""
    DUE_SOON = 4
    OTHERS_LATE = 5
    """What is late with those whom the reader leads."""
    NEWS = 6
    THANKS = 7


@dataclass(frozen=True)
class Letter:
    """A message ready to be sent: `text` is what a lock screen may show, `blocks` what Slack draws."""

    text: str
    blocks: list[dict[str, object]] = field(default_factory=list)
    rank: Rank = Rank.NEWS


def one_after_another(letters: Sequence[Letter]) -> Letter:
    """All of them as one, for where nothing finer is drawn; a single one as it is."""
    if len(letters) == 1:
        return letters[0]
    return Letter(
        text=". ".join(letter.text for letter in letters),
        blocks=[block for letter in letters for block in letter.blocks],
    )


@dataclass(frozen=True)
class Dropped:
    """Judged again, and not needed any more, or not before `until`: then it waits and is judged once more.

    `instead` is what stands in its place where it was sent already.
    """

    why: str
    instead: Letter | None = None
    until: datetime | None = None


class Answer(StrEnum):
    """What came back from sending; every reply and every fault is one of these."""

    OK = "ok"
    RETRY = "retry"
    AMBIGUOUS = "ambiguous"
    PERSON = "person"
    APP = "app"
    BUG = "bug"


@dataclass(frozen=True)
class Reply:
    """`channel` and `stamp` say where the message stands; `wait` is what a rate limit asked for, in seconds.

    `asked` is False where we did not ask because it would have been too fast; then no try is spent. `everybody` would
    have to wait like this one.
    """

    answer: Answer
    code: str = ""
    channel: str = ""
    stamp: str = ""
    wait: float | None = None
    asked: bool = True
    everybody: bool = False

    @property
    def stops_all(self) -> bool:
        """Nobody else's message need be tried now."""
        return self.answer is Answer.APP or self.everybody

    def before_it_was_sent(self) -> "Reply":
        """The same, said of a step before the message itself: nothing can have gone out, so it may be tried again."""
        return Reply(Answer.RETRY, self.code, wait=self.wait) if self.answer is Answer.AMBIGUOUS else self


@dataclass(eq=False)
class Notice:
    """`key` goes with the message, so that a doubtful send can be looked up before it is repeated.

    `made_at`, `due_at` and `sent_at` are the programme's time; leases and retries run on the machine's. `undrawn`
    counts the changes of what a sent message tells that do not show yet where it stands. `set_by` held or dropped it
    by hand; then `why` is their reason.

    What is of the day waits for nothing but its hour, and goes out as one message with whatever else of the day is due
    for the same person then. `sent_with` is the key of the first of them: who looks for a doubtful message finds it by
    that, and sends the same ones together again. `rank` is where it stands there; what was refused with it is `apart`.
    """

    key: str
    kind: str
    about: str
    person: Person
    state: NoticeState
    due_at: datetime
    made_at: datetime
    urgent: bool = False
    of_the_day: bool = False
    sent_with: str = ""
    apart: bool = False
    rank: int = 0
    way: Way = Way.ANY
    leased_by: str = ""
    leased_until: datetime | None = None
    tries: int = 0
    first_tried_at: datetime | None = None
    retry_at: datetime | None = None
    doubtful: bool = False
    sent_at: datetime | None = None
    channel: str = ""
    stamp: str = ""
    why: str = ""
    undrawn: int = 0
    set_by: Person | None = None
    id: int | None = None

    @property
    def reference(self) -> str:
        """How the history names a message."""
        return f"MSG-{self.id}"

    @property
    def may_be_out(self) -> bool:
        """Nobody knows whether it was sent: that is doubtful, or a worker died with it in hand."""
        return self.doubtful or self.state is NoticeState.LEASED

    @property
    def posted_as(self) -> str:
        """The key that its message bears in chat."""
        return self.sent_with or self.key

    @property
    def goes_at_once(self) -> bool:
        """Whatever is paused or put off. The finders know it as `GOES_AT_ONCE`."""
        return self.urgent or self.kind in WAITED_FOR

    def lease(self, worker: str, *, real_now: datetime, first: "Notice | None" = None) -> None:
        """Take it in hand; what is of the day goes with the first of its person's, or is that itself."""
        # A worker that held it and died, or hangs, may have sent it before that.
        self.doubtful = self.may_be_out
        if self.of_the_day and not self.doubtful:
            self.sent_with = first.key if first else self.key
        self.state = NoticeState.LEASED
        self.leased_by = worker
        self.leased_until = real_now + LEASE

    def record_redrawn(self, reply: Reply, *, seen: int, real_now: datetime) -> None:
        """What drawing it again came to: it stands, is tried again later, or cannot be drawn again at all.

        `seen` is how many changes there were when it was drawn; if there are more by now, it is drawn once more.
        """
        if reply.code.startswith(UNHEARD_OF):
            self.why, self.retry_at = reply.code, real_now + timedelta(hours=1)
        elif reply.answer in {Answer.RETRY, Answer.AMBIGUOUS, Answer.APP}:
            self.retry_at = real_now + timedelta(seconds=60.0 if reply.wait is None else reply.wait)
        elif self.undrawn == seen:
            self.undrawn = 0
            self.retry_at = None
            self.why = reply.code

    def drop(self, dropped: Dropped) -> None:
        """Not needed any more; or put off until a better hour."""
        self._settle(NoticeState.DROPPED if dropped.until is None else NoticeState.WAITING, dropped.why)
        self.due_at = dropped.until or self.due_at
        if not self.doubtful:
            self.sent_with = ""
            self.retry_at = None  # what was to be tried again is put off with it

    def record(self, reply: Reply, *, at: datetime, real_now: datetime, rank: int = 0) -> None:
        """What the send came to: sent, tried again later, kept for when the app works again, or given up."""
        if reply.answer is Answer.OK:
            self.sent_at, self.rank = at, rank
            self.channel, self.stamp = reply.channel, reply.stamp
            # What went out before is what was true then.
            self.undrawn += reply.code == FOUND
            self._settle(NoticeState.SENT)
        elif reply.answer in {Answer.PERSON, Answer.BUG}:
            self._settle(NoticeState.FAILED, reply.code)
        elif reply.answer is Answer.APP or not reply.asked:
            # Nobody's message can go out, or not so fast, so no try is spent on this one.
            self._wait_until(real_now + timedelta(seconds=60.0 if reply.wait is None else reply.wait), reply.code)
        else:
            self._try_later(reply, real_now=real_now)

    def set_apart(self, reply: Reply, *, real_now: datetime) -> None:
        """The message it was part of is refused as it is, and nothing of it went out: its parts go one by one."""
        self.apart, self.sent_with = True, ""
        self._wait_until(real_now, reply.code)

    def _try_later(self, reply: Reply, *, real_now: datetime) -> None:
        self.tries += 1
        self.first_tried_at = self.first_tried_at or real_now
        self.doubtful = self.doubtful or reply.answer is Answer.AMBIGUOUS
        if self.tries >= TRIES_AT_LEAST and real_now - self.first_tried_at > QUEUE_LIFE:
            self._settle(NoticeState.FAILED, reply.code)
            return
        seconds = pause(self.tries) if reply.wait is None else reply.wait
        self._wait_until(real_now + timedelta(seconds=seconds), reply.code)

    def _wait_until(self, moment: datetime, why: str) -> None:
        self._settle(NoticeState.WAITING, why)
        self.retry_at = moment

    def hold(self, why: str, *, by: Person) -> list[Fact]:
        """It waits until somebody releases it, and is judged again then."""
        self._must_be(by, NoticeState.WAITING)
        self._settle_by_hand(NoticeState.HELD, why, by)
        return [MessageHeld(about=self.reference, message=self.kind, subject=self.about)]

    def let_go(self, *, by: Person) -> list[Fact]:
        self._must_be(by, NoticeState.HELD)
        self._start_afresh()
        return [MessageReleased(about=self.reference, message=self.kind, subject=self.about)]

    def give_up(self, why: str, *, by: Person) -> list[Fact]:
        """It is not sent; or, where it failed, nothing more is made of it."""
        self._must_be(by, NoticeState.WAITING, NoticeState.HELD, NoticeState.FAILED)
        self._settle_by_hand(NoticeState.DROPPED, why, by)
        return [MessageDropped(about=self.reference, message=self.kind, subject=self.about)]

    def send_again(self, *, by: Person) -> list[Fact]:
        """What failed waits with its tries fresh. Where it may have gone out after all, it is looked for first."""
        self._must_be(by, NoticeState.FAILED)
        self._start_afresh()
        return [MessageSentAgain(about=self.reference, message=self.kind, subject=self.about)]

    @property
    def may_be_stopped(self) -> bool:
        """Held or dropped. What goes at once is not, but a link that has failed already may be laid aside."""
        return not self.goes_at_once or (self.state is NoticeState.FAILED and not self.urgent)

    def _must_be(self, by: Person, *states: NoticeState) -> None:
        if not by.can_change_messages():
            raise NotAllowed("Those who run the month decide about messages.")
        if self.state not in states:
            msg = f"This message is {self.state} by now. Look at it again before you go on."
            raise Refusal(msg)

    def _settle_by_hand(self, state: NoticeState, why: str, by: Person) -> None:
        if not self.may_be_stopped:
            because = "It is about a child who may be unsafe now." if self.urgent else WAITED_FOR[self.kind]
            msg = f"{because} This message cannot be held or dropped."
            raise Refusal(msg, field="reason")
        if not why.strip():
            raise Refusal("Say why.", field="reason")
        if len(why.strip()) > LONGEST_REASON:
            msg = f"Say it in {LONGEST_REASON} characters or fewer."
            raise Refusal(msg, field="reason")
        self._settle(state, why.strip())
        self.set_by = by

    def _start_afresh(self) -> None:
        self._settle(NoticeState.WAITING)
        self.tries, self.first_tried_at, self.retry_at, self.set_by = 0, None, None, None

    def _settle(self, state: NoticeState, why: str = "") -> None:
        self.state = state
        self.why = why
        self.leased_by = ""
        self.leased_until = None


def pause(tries: int) -> float:
    """Seconds before the next try: doubling from 5 s to three hours, with jitter so that a crowd spreads out."""
    return min(5.0 * 2.0 ** (tries - 1), 10_800.0) * random.uniform(0.8, 1.2)  # noqa: S311 - spreading load, not secrecy
