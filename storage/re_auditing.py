"""Drawing and giving out what a month looks at again: looked at first, and what was looked at is what is done."""

from collections import Counter
from collections.abc import Sequence

from programme import beside, re_audits
from programme.allocating import AsItStands, window
from programme.allocations import Allocation
from programme.blocking import Known
from programme.calendar import months_before
from programme.facts import Fact
from programme.people import Person
from programme.planning_facts import ReAuditsDrawn
from programme.re_audits import Drawn
from programme.refusals import Refusal
from programme.rounds import Round
from storage import allocating, find, journal
from storage.find import matching as finder
from storage.office import Office
from storage.session import Session


def preview(session: Session, office: Office, month: str, *, to_change: bool = False) -> Drawn:
    """Which would be looked at again, and by whom. Nothing is changed."""
    of = find.rounds.of_month(session, month, to_change=to_change)
    due = find.re_audits.due(session, office.rules, office.today(session))
    places = find.re_audits.places(session, of, office.rules)
    return re_audits.propose(of, due, places, _stands(session, of, [each.audit for each in due]), office.rules)


def give_out(session: Session, office: Office, month: str, by: Person, *, seen: str) -> Sequence[Allocation]:
    """Give out what was seen in the preview, all of it; one that would come out otherwise by now is refused."""
    drawn = preview(session, office, month, to_change=True)
    if not drawn.matching.placed:
        msg = "There is nothing to give out: nothing is due that anybody of the core group may read."
        raise Refusal(msg)
    if seen != drawn.mark:
        msg = "Something has changed since you looked: others would be drawn now. Look at it again."
        raise Refusal(msg)
    of, at = find.rounds.of_month(session, month), office.now(session)
    first_of = {each.audit.case: each.audit for each in drawn.chosen}
    facts: list[Fact] = []
    made: list[Allocation] = []
    for number, line in enumerate(drawn.matching.placed, start=find.allocations.next_number(session, of)):
        again, given = beside.re_audit(of, first_of[line.case], line.person, number=number, at=at)
        again.because = drawn.why_of(line.case)
        made.append(again)
        facts += given
    session.add_all(made)
    facts.append(ReAuditsDrawn(about=month, drawn=len(made), due=len(drawn.due), lot=drawn.lot))
    journal.write(session, facts, by=by, at=at)
    return made


def _stands(session: Session, of: Round, audits: Sequence[Allocation]) -> AsItStands:
    """What an allocation goes by; and nobody looks again at what they have read before."""
    turns, cases = find.turns.of_months(session, [of.month]), [each.case for each in audits]
    people = [turn.person for turn in turns]
    known = Known(
        handed_back=finder.handed_back(session, cases, people),
        apart=finder.kept_apart(session),
        barred={(audit.case, person) for audit, person in find.re_audits.read_before(session, audits)},
    )
    held = Counter(find.allocations.load_by_holder(session, of))
    held.update(each.holder for each in find.re_audits.given_out(session, of) if each.holder)
    since = f"{months_before(window(of)[0], allocating.LATELY):%Y-%m}"
    return AsItStands(turns, held, finder.past(session, of, people, since=since), known)
