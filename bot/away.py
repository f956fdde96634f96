"""Saying when one is not at work, and that one is back: each for themselves. Why is never asked."""

from collections.abc import Mapping, Sequence

from bot import names, who
from bot.listening import Answer, Call
from bot.views.away import away_modal, my_absences, still_yours
from programme.absences import Away
from programme.allocations import Allocation
from programme.people import Person
from programme.swap_words import names_of
from programme.swaps import Swap
from programme.words import AbsenceKind
from storage import find, staffing, swapping
from storage.session import Session


def on_my_absences(call: Call) -> Answer:
    """`/audit away`: what is noted from today on, and the button that notes more."""
    with call.office.record.reading() as session:
        me = find.people.whole(session, who.person(session, call.office, call.user).id or 0)
        return Answer(text="When you are not at work", blocks=my_absences(me, call.office.today(session)))


def on_not_at_work(call: Call) -> Answer:
    """Which days; nothing is changed."""
    with call.office.record.reading() as session:
        who.person(session, call.office, call.user)
        return Answer(view=away_modal(call.office.today(session)))


def on_not_at_work_sent(call: Call) -> Answer:
    """Noted; and what is due while they are away, with the ways to see to it."""
    kind = call.filled(names.KIND_FIELD)
    first, last = call.chosen_day(names.FIRST_DAY_FIELD), call.chosen_day(names.LAST_DAY_FIELD)
    said = Away(first, last, AbsenceKind(kind) if kind in set(AbsenceKind) else None)
    with call.office.record.writing() as session:
        me = find.people.whole(session, who.person(session, call.office, call.user).id or 0, to_change=True)
        staffing.note_away(session, call.office, me, said, me)
        held = find.allocations.open_with(session, me)
        swaps = find.swaps.open_of(session, me)
        could = _who_could(session, call, me, [each for each in held if said.covers(each.due_on)], swaps)
        return Answer(view=still_yours(said, held, swaps, could, call.office.today(session)))


def _who_could(
    session: Session, call: Call, me: Person, meanwhile: Sequence[Allocation], swaps: Mapping[str, Swap]
) -> dict[str, str]:
    """Who could take what is due while they are away, by its reference; what is asked for already needs nobody."""
    found: dict[str, str] = {}
    for audit in meanwhile:
        peers = swapping.who_may_be_asked(session, call.office, audit, me) if audit.ref not in swaps else []
        if peers:
            found[audit.ref] = names_of([peer.person for peer in peers[:2]])
    return found


def on_back(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = find.people.whole(session, who.person(session, call.office, call.user).id or 0, to_change=True)
        staffing.come_back(session, call.office, me, int(call.value), me)
    return Answer(text="Thank you, that is taken back.")
