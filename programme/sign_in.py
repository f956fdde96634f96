"""How a person comes in without a password: a link that works once, and the visit it begins.

These run on real time, even in the demo: a demo clock must not keep a link alive.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.people import Person
from programme.refusals import Refusal

LINK_LIFE = timedelta(minutes=10)
MAILED_LINK_LIFE = timedelta(days=3)
"""A mail is read when somebody comes to it, and may wait over a weekend."""

IDLE = timedelta(minutes=30)
LONGEST_VISIT = timedelta(hours=10)

SPENT = "This link has been used or is too old. Type /audit in chat and press Sign in for a new one."


def hashed(secret: str) -> str:
    """What is stored of a secret, so that a stolen database opens no door."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(eq=False)
class SignInLink:
    token_hash: str
    person: Person
    leads_to: str
    expires_at: datetime
    used_at: datetime | None = None
    id: int | None = None

    @classmethod
    def make(
        cls, person: Person, *, leads_to: str, at: datetime, life: timedelta = LINK_LIFE
    ) -> tuple["SignInLink", str]:
        """A new link and the secret that goes into its address; only the hash is kept."""
        secret = secrets.token_urlsafe(32)
        return cls(hashed(secret), person, leads_to, at + life), secret

    def must_be_fresh(self, *, at: datetime) -> None:
        if self.used_at is not None or at > self.expires_at:
            raise Refusal(SPENT)

    def consume(self, *, at: datetime) -> tuple["Visit", str]:
        self.must_be_fresh(at=at)
        self.used_at = at
        return Visit.begin(self.person, at=at)


@dataclass(eq=False)
class Visit:
    """One signed-in browser. Ended by signing out, by time, or with the person's last day.

    How long it has been idle stands in the browser's signed cookie, so that reading a page writes nothing.
    """

    token_hash: str
    person: Person
    began_at: datetime
    ended_at: datetime | None = None
    id: int | None = None

    @classmethod
    def begin(cls, person: Person, *, at: datetime) -> tuple["Visit", str]:
        secret = secrets.token_urlsafe(32)
        return cls(hashed(secret), person, at), secret

    def is_good(self, *, at: datetime) -> bool:
        """Whether it has been neither ended nor too long. A page asks besides whether the person is still here."""
        return self.ended_at is None and at - self.began_at <= LONGEST_VISIT

    def end(self, *, at: datetime) -> None:
        self.ended_at = at
