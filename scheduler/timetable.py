"""Which job runs when, and what for. The clock only wakes them; what is due is in the record.

Most jobs look every few seconds for what is due, and each thing that is due is a row: it does not matter who looks, or
how often. A job that acts once for each date or quarter of an hour has a period, and of any number of workers one does
it. A day's job runs at an hour of London's clock, never between 00:30 and 02:30, where an hour may come twice or not at
all. One that was missed runs on return, once, for the newest period.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from programme.calendar import at_london, london

LOOKS_EVERY_SECONDS = 10
"""How often a worker looks whether a new period has begun."""

FIRST_LOOK_AFTER_SECONDS = 20
"""A worker that was away first does what is due; so the auditor job finds nothing late that is just being done."""

SHORTEST_ALARM = timedelta(minutes=5)
A_LONG_QUEUE = timedelta(hours=1)
"""A thousand messages take as long as Slack's rate lets them; that they wait is seen from the messages themselves."""


@dataclass(frozen=True)
class Every:
    """Again and again, in every worker."""

    seconds: float
    alarm: timedelta = SHORTEST_ALARM
    begins_after_seconds: float = 0

    @property
    def wakes_every_seconds(self) -> float:
        return self.seconds

    @property
    def may_take(self) -> timedelta:
        """After so long without success somebody should look."""
        return max(timedelta(seconds=3 * self.seconds), self.alarm)

    def period(self, _now: datetime) -> str:
        return ""


@dataclass(frozen=True)
class Each:
    """Once for each so many minutes of the hour, by UTC: no change of the clocks makes a period come twice."""

    minutes: int
    wakes_every_seconds: float = LOOKS_EVERY_SECONDS
    begins_after_seconds: float = FIRST_LOOK_AFTER_SECONDS

    @property
    def may_take(self) -> timedelta:
        return timedelta(minutes=2 * self.minutes) + SHORTEST_ALARM

    def period(self, now: datetime) -> str:
        utc = now.astimezone(UTC)
        return f"{utc.replace(minute=utc.minute - utc.minute % self.minutes):%Y-%m-%dT%H:%MZ}"


@dataclass(frozen=True)
class Daily:
    """Once for each date, from this hour of London's clock on."""

    at: time
    wakes_every_seconds: float = LOOKS_EVERY_SECONDS
    begins_after_seconds: float = FIRST_LOOK_AFTER_SECONDS

    @property
    def may_take(self) -> timedelta:
        return timedelta(hours=26)  # the longest day has 25

    def period(self, now: datetime) -> str:
        today = london(now).date()
        begun = now >= at_london(today, self.at)
        return (today if begun else today - timedelta(days=1)).isoformat()


@dataclass(frozen=True)
class Turn:
    job: str
    when: Every | Each | Daily
    purpose: str


TIMETABLE = (
    Turn("take_up", Every(5), "returns that were kept and not settled, as after a crash"),
    # Google allows sixty reads a minute; the webhook is the quick way, this is the sure one.
    Turn("poll", Every(60), "the response sheet: what the webhook missed"),
    Turn("alarm", Every(10), "alerts that nobody has in hand are told again"),
    Turn("end_swaps", Every(10), "requests to swap that are over"),
    Turn("give_time", Every(60), "more time that nobody decided in time"),
    Turn("ask_whose", Every(60), "actions passed on that nobody has accepted in time"),
    Turn("check", Every(10), "who checks which confirmed action"),
    Turn("close", Every(10), "audits of which nothing is left are closed"),
    Turn("remind", Every(10), "everybody's message of the day: what is due, digests, thanks"),
    Turn("hand_on", Every(60), "the work and the places of people who moved on"),
    Turn("foresee", Every(60), "the day's forecast, and a warning where it falls short"),
    # After what makes messages, so that one sweep by hand sends them too.
    Turn("deliver", Every(1, A_LONG_QUEUE), "messages that wait are sent"),
    Turn("redraw", Every(1, A_LONG_QUEUE), "messages that tell what has changed are drawn again"),
    Turn("draw_homes", Every(1, A_LONG_QUEUE), "App Homes that no longer show what is true"),
    # Slack allows fifty look-ups a minute, and somebody who never joins is looked up each time.
    Turn("introduce", Every(120), "whose Slack account is whose"),
    Turn("look_at_accounts", Every(600), "accounts that are closed, or open again"),
    Turn("who_knocked", Every(60), "accounts that came to the bot and are nobody's"),
    Turn("seal", Every(60), "what was written to the history is sealed"),
    Turn("beat", Every(10), "says that this worker is alive, and compares the clocks"),
    # After what sends, so that a sweep by hand finds nothing late that it has just sent.
    Turn("audit", Each(minutes=15), "messages and reminders that are late or missing"),
    Turn("forget", Daily(time(3)), "what need not be known any longer"),
)
