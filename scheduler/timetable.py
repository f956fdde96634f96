"""Which job runs how often. The clock only wakes them; what is due, and that nothing runs twice, is in the record."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    job: str
    every_seconds: float


TIMETABLE = (
    Turn("take_up", 5),
    # Google allows sixty reads a minute; the webhook is the quick way, this is the sure one.
    Turn("poll", 60),
    Turn("alarm", 10),
    Turn("end_swaps", 10),
    Turn("give_time", 60),
    Turn("remind", 10),
    Turn("hand_on", 60),
    Turn("foresee", 60),
    # After what makes messages, so that one sweep by hand sends them too.
    Turn("deliver", 1),
    Turn("redraw", 1),
    Turn("draw_homes", 1),
    # Slack allows fifty look-ups a minute, and somebody who never joins is looked up each time.
    Turn("introduce", 120),
    Turn("look_at_accounts", 600),
    Turn("who_knocked", 60),
    Turn("seal", 60),
    Turn("beat", 10),
)
