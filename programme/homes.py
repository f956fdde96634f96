"""App Home as it stands with each account that has opened it, and when it is drawn anew."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.notices import Answer, Reply

AT_MOST_EVERY = timedelta(seconds=2)
"""However much happens, nobody's is drawn more often: Slack allows about a hundred a minute for everybody."""

LOOKED_AT_EVERY = timedelta(minutes=10)
"""Some things change with no fact to tell of them: a day begins, a message fails."""

NOT_PUBLISHED = timedelta(minutes=1)
"""Until the next try, where Slack does not say."""

QUICKER = "hash_conflict"
"""Slack's code for a view that somebody else has changed meanwhile: it is drawn anew at once."""

TAKEN_FOR = timedelta(seconds=30)
"""As long as a worker has one in hand; if it dies, the next takes it up after that."""


@dataclass(eq=False)
class Home:
    """`account` is a Slack account, whether we know its person or not. `shows` is a digest of what was published last
    and `mark` Slack's own mark of it: where it looks otherwise by now, somebody was quicker. All instants are the
    machine's.
    """

    account: str
    shows: str = ""
    mark: str = ""
    stale: bool = True
    drawn_at: datetime | None = None
    retry_at: datetime | None = None
    id: int | None = None

    def take(self, *, real_now: datetime) -> None:
        """One worker at a time draws it."""
        self.stale = True
        self.retry_at = real_now + TAKEN_FOR

    def stands(self, shows: str, reply: Reply, *, real_now: datetime) -> None:
        """What publishing it came to: it stands, is drawn anew later, or cannot be shown to this account for now."""
        if not reply.asked:
            self.retry_at = real_now + _rest_after(reply)
            return
        self.mark = reply.stamp
        # Where it was not published, what stands there is not known; so it is published again, however it looks.
        self.shows = shows if reply.answer is Answer.OK else ""
        if reply.answer in {Answer.RETRY, Answer.AMBIGUOUS, Answer.APP}:
            self.retry_at = real_now + _rest_after(reply)
            return
        self.stale = False
        self.drawn_at, self.retry_at = real_now, real_now + AT_MOST_EVERY

    def is_as_it_was(self, *, real_now: datetime) -> None:
        """Looked at, and nothing is new."""
        self.stale = False
        self.drawn_at, self.retry_at = real_now, None


def _rest_after(reply: Reply) -> timedelta:
    if reply.code == QUICKER:
        return AT_MOST_EVERY
    return NOT_PUBLISHED if reply.wait is None else timedelta(seconds=reply.wait)
