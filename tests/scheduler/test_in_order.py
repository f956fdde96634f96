"""What a message says in the end is what is true in the end, in whatever order it was sent, changed and drawn anew."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pytest

from programme.facts import MessagesPaused
from programme.notices import Answer, Letter, Notice, Reply
from programme.post_switch import DRAWS_FOR
from scheduler.post.postman import Postman
from scheduler.post.redrawing import Redrawing
from storage import find, journal
from storage.office import Office
from storage.session import Session
from tests.cast import NOW, Cast, here
from tests.scheduler.later import later


@dataclass
class World:
    """What is true of each thing, and what its message says in chat."""

    office: Office
    cast: Cast
    chance: random.Random
    truth: Counter[str] = field(default_factory=Counter)
    chat: dict[str, str] = field(default_factory=dict)
    seconds: int = 0

    def render(self, _session: Session, notice: Notice) -> Letter:
        return Letter(f"{notice.about} is {self.truth[notice.about]}")

    def arrives(self, notice: Notice, letter: Letter) -> Reply:
        """Sent or drawn, but for one in five that fails; the doubtful ones arrive, and the answer is lost."""
        answer = self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        if answer is not Answer.RETRY:
            self.chat[notice.about] = letter.text
        return Reply(answer, "said", "D1", notice.about, wait=self.chance.randint(0, 5))

    def changes(self, about: str) -> None:
        with self.office.record.writing() as session:
            self.truth[about] += 1
            journal.write(session, [MessagesPaused(about=about, paused=True)], by=None, at=NOW)

    def tells(self, about: str) -> None:
        with self.office.record.writing() as session:
            told = (here(session, self.cast.auditor),)
            journal.write(session, [MessagesPaused(about=about, paused=True, tell=told)], by=None, at=NOW)

    def delivers(self) -> None:
        Postman(later(self.office, seconds=self.seconds), self.render, self.arrives, "w").deliver_until_empty()

    def draws(self) -> None:
        worker = self.chance.choice(["a", "b"])
        Redrawing(later(self.office, seconds=self.seconds), self.render, self.arrives, name=worker).sweep()


WEIGHTS = {Answer.OK: 8, Answer.RETRY: 1, Answer.AMBIGUOUS: 1}


def shuffled(office: Office, cast: Cast, jobs: int) -> World:
    world = World(office, cast, random.Random(1710))
    abouts = [f"thing {number}" for number in range(jobs // 40)]
    todo: list[Callable[[], None]] = [partial(world.tells, about) for about in abouts]
    for _ in range(jobs - len(abouts)):
        about = world.chance.choice(abouts)
        one_of: list[Callable[[], None]] = [partial(world.changes, about), world.delivers, world.draws]
        todo.append(world.chance.choice(one_of))
    world.chance.shuffle(todo)
    for job in todo:
        job()
        world.seconds += 1
    for _ in range(30):
        world.seconds += 30
        world.delivers()
        world.draws()
    return world


def in_the_end(world: World) -> tuple[dict[str, str], dict[str, str]]:
    told = {about: text for about, text in world.chat.items() if about.startswith("thing")}
    return told, {about: f"{about} is {world.truth[about]}" for about in told}


def test_three_hundred_jobs_in_any_order_end_with_what_is_true(office: Office, cast: Cast) -> None:
    told, true = in_the_end(shuffled(office, cast, 300))
    assert (len(told), told) == (7, true)


@pytest.mark.soak
def test_a_thousand_jobs_in_any_order_end_with_what_is_true(office: Office, cast: Cast) -> None:
    told, true = in_the_end(shuffled(office, cast, 1000))
    assert (len(told), told) == (25, true)


class TestOneDrawsAtATime:
    def drawing(self, world: World, name: str, redraw: object = None, *, seconds: float = 0) -> Redrawing:
        office = later(world.office, seconds=seconds)
        return Redrawing(office, world.render, redraw or world.arrives, name=name)  # type: ignore[arg-type]

    def sent(self, office: Office, cast: Cast) -> World:
        world = World(office, cast, random.Random(1))
        world.tells("thing 0")
        Postman(office, world.render, lambda it, _: Reply(Answer.OK, "", "D1", it.about), "w").deliver_until_empty()
        return world

    def test_the_slower_cannot_put_back_what_is_old(self, office: Office, cast: Cast) -> None:
        """While one still draws what was true, another finds what has changed since, and waits its turn."""
        world = self.sent(office, cast)
        world.changes("thing 0")

        def slow(notice: Notice, letter: Letter) -> Reply:
            if world.truth["thing 0"] == 1:
                world.changes("thing 0")
                assert self.drawing(world, "quick").sweep() == 0
            world.chat[notice.about] = letter.text
            return Reply(Answer.OK)

        assert self.drawing(world, "slow", slow).sweep() == 1
        assert self.drawing(world, "quick", slow).sweep() == 1
        assert world.chat == {"thing 0": "thing 0 is 2"}

    def test_the_turn_of_one_that_died_is_over_after_a_while(self, office: Office, cast: Cast) -> None:
        world = self.sent(office, cast)
        world.changes("thing 0")

        def die(_notice: Notice, _letter: Letter) -> Reply:
            raise KeyboardInterrupt  # as if the process were gone: the turn is not given back

        with pytest.raises(KeyboardInterrupt):
            self.drawing(world, "dead", die).sweep()
        well = lambda *_: Reply(Answer.OK)  # noqa: E731 - a Slack that takes everything
        assert self.drawing(world, "alive", well, seconds=60).sweep() == 0
        assert self.drawing(world, "alive", well, seconds=DRAWS_FOR.total_seconds() + 5).sweep() == 1
        with office.record.reading() as session:
            assert find.notices.switch(session).drawn_by == ""
