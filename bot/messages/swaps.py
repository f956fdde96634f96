"""What is said of a swap: to who is asked, and to both and the administrator once it is settled."""

from bot.messages.settled import settled
from bot.views.audits import open_audit
from bot.views.parts import escaped, section
from bot.views.swaps import offer
from programme.calendar import month_name
from programme.notices import Dropped, Letter, Notice
from programme.people import Person
from programme.swaps import Swap
from programme.words import SwapState
from storage import find
from storage.office import Office
from storage.session import Session


def asked(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    swap = find.swaps.by_ref(session, notice.about)
    if not swap.is_open:
        return settled("settled meanwhile", f"*A request to swap.* {escaped(swap.how_it_ended)}")
    return Letter(text="Somebody asks you to swap audits", blocks=offer(swap))


def accepted(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Each of the two reads what is theirs now; the administrator reads who swapped."""
    swap = find.swaps.by_ref(session, notice.about)
    later, taker = month_name(swap.later_month), escaped(swap.peer.name)
    if notice.person.id == swap.peer.id:
        return _now_yours(session, office, swap, notice.person)
    if notice.person.id == swap.asker.id:
        said = f"*{taker} has taken your {swap.allocation.round.name} audit.* You have their turn in {later}."
        return Letter(text="Your swap is made", blocks=[section(said, "There is nothing more to do for this one.")])
    said = f"*{swap.allocation.ref} was swapped*: {taker} does it, and {escaped(swap.asker.name)} has {later} instead."
    return Letter(text="Two people have swapped", blocks=[section(said)])


def _now_yours(session: Session, office: Office, swap: Swap, reader: Person) -> Letter | Dropped:
    audit = swap.allocation
    if not audit.is_open or audit.holder is None or audit.holder.id != reader.id:
        return settled("not theirs to do any more", f"*You took over {audit.ref}.* That is settled.")
    said = f"*Thank you for swapping.* {escaped(swap.asker.name)} takes your turn in {month_name(swap.later_month)}."
    drawn = open_audit(audit, office.today(session), find.swaps.open_for(session, audit.ref))
    return Letter(text="An audit is yours now", blocks=[section(said), *drawn])


def ended(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Nobody took it: the asker reads what else they can do, the administrator that a search failed."""
    swap = find.swaps.by_ref(session, notice.about)
    audit = swap.allocation
    if not audit.is_open or audit.holder is None or audit.holder.id != swap.asker.id:
        return settled("settled meanwhile", f"*A request to swap {audit.ref}.* That is settled.")
    why = f"{swap.peer.name} could not take it." if swap.state is SwapState.DECLINED else "Nobody answered in time."
    if notice.person.id != swap.asker.id:
        said = f"*{escaped(swap.asker.name)} found nobody to swap {audit.ref} with.* {escaped(why)}"
        return Letter(text="A swap was not found", blocks=[section(said, "It is still with them.")])
    drawn = open_audit(audit, office.today(session), find.swaps.open_for(session, audit.ref))
    said = f"*Your audit is still yours.* {escaped(why)} You can ask somebody else."
    return Letter(text="Your swap was not made", blocks=[section(said), *drawn])
