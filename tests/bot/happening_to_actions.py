"""What can happen to an action between being sent and being done: small moves, by the steps that the doors take too."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from programme.action_words import Looked
from programme.extending import Wanted
from programme.looking_again import Answered, Change
from storage import acting, extending, looking_again, passing_on
from tests.bot.happening import Move, World

ACTION = "ACT-2017-10-01-1"
WHY = "Canary words about a school."


def asks_for_time(it: World) -> None:
    extending.ask(it.session, it.office, ACTION, Wanted(date(2017, 10, 16), WHY), it.who("team_manager"))


def sets_a_date(it: World) -> None:
    acting.new_date(it.session, it.office, ACTION, date(2017, 10, 18), by=it.who("childs_head_of_service"), why=WHY)


def passes_it_on(it: World) -> None:
    named = str(it.who("peer").id)
    passing_on.pass_on(it.session, it.office, ACTION, named, WHY, by=it.who("team_manager"))


def places_it(who: str) -> Move:
    def placed(it: World) -> None:
        head = it.who("childs_head_of_service")
        passing_on.place(it.session, it.office, ACTION, str(it.who(who).id), by=head)

    return placed


def doubts_it(it: World) -> None:
    looking_again.doubt(it.session, it.office, ACTION, WHY, by=it.who("team_manager"))


def answers(how: Looked, change: Change | None = None) -> Move:
    def answered(it: World) -> None:
        said = Answered(how, WHY, change or Change())
        looking_again.answer(it.session, it.office, ACTION, said, by=it.who("head_of_quality"))

    return answered


def decides(step: Callable[..., object]) -> Move:
    return lambda it: step(it.session, it.office, ACTION, it.who("childs_head_of_service"))


CHANGED = Change(step=WHY, due_on=date(2017, 10, 20))

MOVES: Mapping[str, Move] = {
    "has read it": lambda it: acting.acknowledge(it.session, it.office, ACTION, by=it.who("team_manager")),
    "needs time": asks_for_time,
    "gives it time": decides(extending.approve),
    "keeps its date": decides(extending.refuse),
    "sets a date": sets_a_date,
    "passes it on": passes_it_on,
    "takes it": lambda it: passing_on.accept(it.session, it.office, ACTION, by=it.who("peer")),
    "does not take it": lambda it: passing_on.decline(it.session, it.office, ACTION, by=it.who("peer")),
    "asks whose it is": lambda it: passing_on.ask_head(it.session, it.office, ACTION),
    "places it": places_it("head_of_service"),
    "leaves it": places_it("team_manager"),
    "doubts it": doubts_it,
    "lets it stand": answers(Looked.STANDS),
    "changes it": answers(Looked.CHANGED, CHANGED),
    "withdraws it": answers(Looked.WITHDRAWN),
}

STORIES: Sequence[Sequence[str]] = [
    ["returns a worry", "has read it"],
    ["returns a worry", "needs time"],
    ["returns a worry", "needs time", "gives it time"],
    ["returns a worry", "needs time", "keeps its date"],
    ["returns a worry", "needs time", "sets a date"],
    ["returns a worry", "needs time", "confirms"],
    ["returns a worry", "passes it on"],
    ["returns a worry", "passes it on", "takes it"],
    ["returns a worry", "passes it on", "does not take it"],
    ["returns a worry", "passes it on", "day 5", "asks whose it is"],
    ["returns a worry", "passes it on", "day 5", "asks whose it is", "places it"],
    ["returns a worry", "passes it on", "day 5", "asks whose it is", "leaves it"],
    ["returns a worry", "doubts it"],
    ["returns a worry", "doubts it", "lets it stand"],
    ["returns a worry", "doubts it", "changes it"],
    ["returns a worry", "doubts it", "withdraws it"],
]
