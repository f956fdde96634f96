"""A clock for waiting by, so that no test does."""

from dataclasses import dataclass, field


@dataclass
class Clock:
    """It moves only when somebody waits by it."""

    now: float = 1_000.0
    waited: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds
