"""What is said of a swap: to who is asked, to who approves, and to both and the administrator once it is settled."""

from bot import names
from bot.messages.settled import settled
from bot.views.audits import open_audit
from bot.views.parts import Block, button, buttons, escaped, quiet, section
from bot.views.swaps import offer, to_approve, undo_button
from programme.allocations import Allocation
from programme.calendar import month_name
from programme.notices import Dropped, Letter, Notice
from programme.people import Person
from programme.swap_asking import why_not_now
from programme.swap_words import DUE_BY_NOW, names_of, undo_by, who_does_what
from programme.swaps import Swap
from programme.words import RETURNED, OfferState, SwapKind, SwapState
from storage import find, helping, swapping
from storage.office import Office
from storage.session import Session


def asked(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    swap = find.swaps.by_ref(session, notice.about)
    mine = next((each for each in swap.offers if each.peer.id == notice.person.id), None)
    if swap.is_open and mine is not None and mine.state is OfferState.WAITING:
        return Letter(
            text="Somebody asks you to swap audits", blocks=offer(swap, approval=office.rules.policy.swaps.approval)
        )
    if swap.is_open:
        return settled("answered", "*A request to swap.* You said that you cannot take it. Thank you for answering.")
    return settled("settled meanwhile", f"*A request to swap.* {escaped(swap.how_it_stands)}")


def for_approval(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    swap = find.swaps.by_ref(session, notice.about)
    if swap.state is not SwapState.AWAITING_APPROVAL:
        return settled("settled meanwhile", f"*{swap.allocation.ref}.* {escaped(swap.how_it_stands)}")
    return Letter(text="A swap waits for your yes", blocks=to_approve(swap))


def accepted(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Each of the two reads what is theirs now; the administrator reads who swapped."""
    swap = find.swaps.by_ref(session, notice.about)
    if swap.state is SwapState.UNDONE:
        return settled("undone", f"*{swap.allocation.ref}.* {escaped(swap.how_it_stands)}")
    if swap.taker is not None and notice.person.id == swap.taker.id:
        return _now_yours(session, office, swap, notice.person)
    if notice.person.id == swap.asker.id:
        return _taken_over(session, office, swap)
    said = section(f"*{swap.allocation.ref} was swapped*: {escaped(who_does_what(swap))}.")
    return Letter(text="Two people have swapped", blocks=[said, *(_undo_button(swap) if swap.is_as_made else [])])


def _taken_over(session: Session, office: Office, swap: Swap) -> Letter:
    taker = escaped(swap.taker.name) if swap.taker else ""
    in_return = {
        SwapKind.TWO_WAY: f"You have their turn in {month_name(swap.later_month)}.",
        SwapKind.COVER: "They cover for you; your other turns stay as they are.",
        SwapKind.EXCHANGE: "You do theirs.",
    }[swap.kind]
    said = f"*{taker} has taken your {swap.allocation.round.name} audit.* {in_return}{_arranged(swap)}"
    if swap.other is None:
        return Letter(text="Your swap is made", blocks=[section(said, "There is nothing more to do for this one.")])
    drawn = open_audit(swap.other, office.today(session), find.swaps.open_for(session, swap.other.ref))
    still_theirs = swap.other.is_open and swap.other.holder is swap.asker
    return Letter(text="Your swap is made", blocks=[section(said), *(drawn if still_theirs else [])])


def _arranged(swap: Swap) -> str:
    """Both names stand where somebody else made it."""
    if swap.settled_by is None or swap.settled_by is swap.taker:
        return ""
    return f" {escaped(swap.settled_by.name)} arranged it."


def _now_yours(session: Session, office: Office, swap: Swap, reader: Person) -> Letter | Dropped:
    audit = swap.allocation
    if not audit.is_open or audit.holder is None or audit.holder.id != reader.id:
        return settled("not theirs to do any more", f"*You took over {audit.ref}.* {escaped(_by_now(audit))}")
    in_return = {
        SwapKind.TWO_WAY: f"{swap.asker.name} takes your turn in {month_name(swap.later_month)}.",
        SwapKind.COVER: f"You cover for {swap.asker.name}.",
        SwapKind.EXCHANGE: f"{swap.asker.name} does yours.",
    }[swap.kind]
    said = f"*Thank you for swapping.* {escaped(in_return)}{_arranged(swap)}"
    drawn = open_audit(audit, office.today(session), find.swaps.open_for(session, audit.ref))
    return Letter(text="An audit is yours now", blocks=[section(said), *drawn, *_undo(session, office, swap)])


def _undo(session: Session, office: Office, swap: Swap) -> list[Block]:
    """Until when its taker may undo it, with the button."""
    until = swap.undo_until(office.rules)
    if office.now(session) > until:
        return []
    return [
        *_undo_button(swap),
        quiet(undo_by(until)),
    ]


def _undo_button(swap: Swap) -> list[Block]:
    return [buttons(f"{names.SWAP_BLOCK} {swap.ref}", [undo_button(swap)])]


def _by_now(audit: Allocation) -> str:
    """What became of an audit since, for who had to do with it."""
    if audit.is_open and audit.holder is not None:
        return f"{audit.holder.name} has it now."
    return "It is returned, thank you." if audit.state in RETURNED else "It is not open any more."


def undone(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Who asked has their audit again, with what they can do about it."""
    swap = find.swaps.by_ref(session, notice.about)
    audit, said = swap.allocation, f"*{swap.allocation.ref}.* {escaped(swap.how_it_stands)}"
    theirs = audit.is_open and audit.holder is not None and audit.holder.id == notice.person.id == swap.asker.id
    drawn = open_audit(audit, office.today(session), find.swaps.open_for(session, audit.ref)) if theirs else []
    return Letter(text="A swap was undone", blocks=[section(said), *drawn])


def ended(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Nobody took it: the asker reads what else they can do, the administrator who could still take it."""
    swap = find.swaps.by_ref(session, notice.about)
    audit = swap.allocation
    if not audit.is_open or audit.holder is None or audit.holder.id != swap.asker.id:
        return settled("settled meanwhile", f"*{audit.ref}.* {escaped(_by_now(audit))}")
    why = _why_not(swap)
    if notice.person.id != swap.asker.id:
        return _search_failed(session, office, swap, why)
    today, again = office.today(session), find.swaps.open_for(session, audit.ref)
    drawn = open_audit(audit, today, again)
    now = "" if again else why_not_now(audit, holder=swap.asker, today=today) or "You can ask somebody else."
    said = f"*Your audit is still yours.* {escaped(why)} {now}".rstrip()
    return Letter(text="Your swap was not made", blocks=[section(said), *drawn])


def _why_not(swap: Swap) -> str:
    if swap.taker is not None and swap.settled_by is not None:
        return f"{swap.settled_by.name} did not approve that {swap.taker.name} takes it."
    return "Nobody answered in time." if swap.state is SwapState.EXPIRED else swap.how_it_stands


def _search_failed(session: Session, office: Office, swap: Swap, why: str) -> Letter:
    """Where somebody was found and not approved, nobody failed to find them."""
    audit, asker = swap.allocation, escaped(swap.asker.name)
    if swap.taker is not None:
        still = section(f"*{audit.ref} is still with {asker}.* {escaped(why)}")
        return Letter(text="A swap was not approved", blocks=[still])
    said = section(f"*{asker} found nobody to swap {audit.ref} with.* {escaped(why)}", "It is still with them.")
    if find.swaps.open_for(session, audit.ref):
        return Letter(text="A swap was not found", blocks=[said])
    if audit.due_on is None or office.today(session) >= audit.due_on:
        return Letter(text="A swap was not found", blocks=[said, section(DUE_BY_NOW)])
    best = helping.next_best(session, office, swap)
    return Letter(
        text="A swap was not found",
        blocks=[
            said,
            section("*Who could still take it*", *(f"{escaped(way.peer.person.name)}: {way.why}" for way in best))
            if best
            else section("Nobody is free. More time, or a reserve in another month, may help."),
            buttons(f"{names.SWAP_BLOCK} {swap.ref}", [button("Arrange a swap", names.SWAP, audit.ref)]),
        ],
    )


def suggested(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """A swap that is ready: who could take their audit, one press away."""
    audit = find.allocations.by_ref(session, notice.about)
    holder = audit.holder
    if not audit.is_open or holder is None or holder.id != notice.person.id:
        return settled("settled meanwhile", f"*{audit.ref}.* That is settled.")
    today = office.today(session)
    peers = swapping.who_may_be_asked(session, office, audit, holder)
    drawn = open_audit(audit, today, find.swaps.open_for(session, audit.ref))
    if not peers:
        return Letter(text="About your audit", blocks=drawn)
    could = names_of([peer.person for peer in peers[:3]])
    said = f"*{escaped(could)} could take this one.* Press *Swap* to ask."
    return Letter(text="Somebody could take your audit", blocks=[section(said), *drawn])
