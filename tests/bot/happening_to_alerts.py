"""What happens to an alert about a child's safety, from its first minute to its end."""

from collections.abc import Mapping, Sequence

from programme.made_safe import Seen
from programme.refusals import Refusal
from storage import alarming, find, made_safe
from tests.bot.happening import REF, WORDS, Move, World


def sounds_the_alarm(it: World) -> None:
    audit = find.allocations.by_ref(it.session, REF)
    alarming.raise_alert(it.session, it.office, audit, it.who("auditor"), staff_conduct=False)


def alert(it: World) -> str:
    found = find.alerts.of_audit(it.session, REF)
    if found is None:
        msg = "There is no alert."
        raise Refusal(msg)
    return found.ref


def says_safe(it: World) -> None:
    seen = Seen(WORDS, it.office.now(it.session))
    made_safe.say(it.session, it.office, alert(it), seen, it.who("team_manager"))


def agrees(it: World) -> None:
    made_safe.agree(it.session, it.office, alert(it), it.who("childs_head_of_service"))


def stand(it: World) -> None:
    for ref in made_safe.to_tell(it.session, it.office):
        made_safe.tell_that_it_stands(it.session, it.office, ref)


def says_it_by_the_action(it: World) -> None:
    for ref in find.alerts.confirmed_and_not_seen(it.session):
        made_safe.note_confirmed(it.session, it.office, ref)


MOVES: Mapping[str, Move] = {
    "sounds the alarm": sounds_the_alarm,
    "has it": lambda it: alarming.take(it.session, it.office, alert(it), it.who("team_manager")),
    "tells again": lambda it: alarming.repeat(it.session, it.office, alert(it)),
    "says the child is safe": says_safe,
    "the action says it": says_it_by_the_action,
    "agrees the child is safe": agrees,
    "alerts stand": stand,
}
STORIES: Sequence[Sequence[str]] = [
    ["sounds the alarm"],
    ["sounds the alarm", "an hour later", "tells again"],
    ["sounds the alarm", "day 5", "alerts stand"],
    ["sounds the alarm", "has it"],
    ["sounds the alarm", "has it", "day 5", "alerts stand"],
    ["sounds the alarm", "has it", "says the child is safe"],
    ["sounds the alarm", "has it", "confirms", "the action says it"],
    ["sounds the alarm", "has it", "says the child is safe", "day 5", "alerts stand"],
    ["sounds the alarm", "has it", "says the child is safe", "day 5", "alerts stand", "agrees the child is safe"],
]
