"""The day's messages: first everybody who has something to say has said it, and only then is any of it sent.

So all that is due for one person is there to go out as one message. That holds with any number of workers: a step that
another worker is just taking is waited for, and found taken.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.post.postman import Postman


@dataclass(frozen=True)
class TheDay:
    sweeps: Sequence[Callable[[], object]]
    """Whatever makes notices of the day."""
    postman: Postman

    def sweep(self) -> int:
        for each in self.sweeps:
            each()
        return self.postman.deliver_until_empty()
