"""What can happen on the way from developing to the core group, as moves of a story."""

from collections.abc import Mapping, Sequence

from programme.people import Person, RoleHeld
from programme.refusals import Refusal
from programme.words import Role
from storage import competency, competency_waits, find
from tests.bot import happening as h
from tests.competing import COM, LEADER, leader, said
from tests.moderated import REF


def begins(it: h.World) -> None:
    competency.begin(it.session, it.office, it.who("auditor"), it.who("head_of_quality"))


def is_put_forward(it: h.World) -> None:
    it.session.add(Person(LEADER, "Dora Quillfeather", [RoleHeld(Role.LEADERSHIP)], slack_user_id="UDORA"))
    heads = [it.who("head_of_service"), it.who("childs_head_of_service")]
    competency.put_forward(it.session, it.office, it.who("auditor"), heads, it.who("head_of_quality"))


def evaluates(who: str, *, recommends: bool = True) -> h.Move:
    given = said(recommends=recommends, audits=(REF,))
    return lambda it: competency.evaluate(it.session, it.office, ref(it), given, it.who(who))


def signs_off(it: h.World) -> None:
    if find.people.by_email(it.session, LEADER) is None:
        msg = "There is nobody who signs off yet."
        raise Refusal(msg)
    competency.decide(it.session, it.office, ref(it), "", leader(it.session), agrees=True)


def steers(step: str) -> h.Move:
    return lambda it: getattr(competency, step)(it.session, it.office, it.who("auditor"), it.who("head_of_quality"))


def reminds(it: h.World) -> None:
    for one, _ in list(competency_waits.to_remind(it.session, it.office)):
        competency_waits.remind(it.session, it.office, one.ref)


def ref(it: h.World) -> str:
    return COM.format(find.people.by_reference(it.session, it.who("auditor").reference).id)


MOVES: Mapping[str, h.Move] = {
    "begins developing": begins,
    "is put forward": is_put_forward,
    "one evaluates": evaluates("head_of_service"),
    "the other evaluates": evaluates("childs_head_of_service"),
    "the other says not yet": evaluates("childs_head_of_service", recommends=False),
    "leadership signs off": signs_off,
    "joins the core group": steers("join_core"),
    "pauses": steers("pause"),
    "is back": steers("take_up"),
    "evaluators are reminded": reminds,
}

PUT_FORWARD = ("returns", "moderates", "agrees", "begins developing", "is put forward")

STORIES: Sequence[Sequence[str]] = [
    ["begins developing"],
    [*PUT_FORWARD],
    [*PUT_FORWARD, "day 12", "evaluators are reminded"],
    [*PUT_FORWARD, "one evaluates"],
    [*PUT_FORWARD, "one evaluates", "the other says not yet"],
    [*PUT_FORWARD, "one evaluates", "the other evaluates"],
    [*PUT_FORWARD, "one evaluates", "the other evaluates", "day 12", "evaluators are reminded"],
    [*PUT_FORWARD, "one evaluates", "the other evaluates", "leadership signs off"],
    [*PUT_FORWARD, "one evaluates", "the other evaluates", "leadership signs off", "joins the core group"],
    ["begins developing", "pauses"],
    ["begins developing", "pauses", "is back"],
]
