"""The ways of a swap in which somebody found nobody by themselves: a helper, the administrator, or policy steps in."""

from datetime import date
from typing import Any

from bot import names
from programme.allocations import Allocation
from tests.journeys.chat import Somebody
from tests.journeys.swapping import Swapping, chosen, listed, words_of
from tests.journeys.test_import_to_return import ADMINISTRATOR


def all_declined(october: Swapping) -> tuple[Allocation, Somebody]:
    audit, asker = october.next_audit()
    first, second = october.ask(asker, many=2)
    october.decline(first, asker)
    october.decline(second, asker)
    october.expect(asker.member.email, ADMINISTRATOR, kind="swap_ended")
    said = asker.message("*Your audit is still yours.*")
    assert "None of the 2 who were asked could take it. You can ask somebody else." in words_of(said)
    october.administrator.message(f"*{asker.member.name} found nobody to swap {audit.ref} with.*")
    october.is_with(audit, asker)
    return audit, asker


def helped(october: Swapping, looking: tuple[Allocation, Somebody]) -> None:
    """'I can take one': who looked for somebody hears of it, asks them first, and is helped."""
    audit, asker = looking
    modal = october.opened(asker, on="*Your audit is still yours.*")
    helper = october.somebody([email for email, _ in listed(modal) if email not in october.asked][-1])
    helper.press("I can take one", helper.command("swap"))
    october.told("Thank you, that is noted.")
    october.expect(asker.member.email, kind="swap_suggested")
    heard = f"*{helper.member.name}"
    assert "could take this one.* Press *Swap* to ask." in words_of(asker.message(heard))
    email, why = listed(october.opened(asker, on=heard))[0]
    assert (email, why.partition(",")[0]) == (helper.member.email, "has offered")
    october.send(asker, [email], ticked=chosen([email]))
    october.accept(helper, asker)
    october.is_with(audit, helper)


def away(october: Swapping) -> None:
    """Not at work when it is due: who could take it is one press away."""
    audit, asker = october.next_audit()
    asker.press("I am not at work on…", asker.command("away"))
    asker.modal()
    days: dict[str, Any] = {names.FIRST_DAY_FIELD: date(2017, 10, 9), names.LAST_DAY_FIELD: date(2017, 10, 20)}
    asker.submit(**{each: {each: {"type": "datepicker", "selected_date": f"{day}"}} for each, day in days.items()})
    october.told("could take it: press Swap to ask.")
    asker.press_in_modal("Swap")
    fresh = [email for email, _ in listed(asker.modal()) if email not in october.asked][:1]
    [peer] = october.send(asker, fresh, ticked=chosen(fresh))
    october.accept(peer, asker)
    october.is_with(audit, peer)


def nobody_answered(october: Swapping) -> tuple[Allocation, Somebody]:
    """After two working days both are told, and the administrator who could still take it."""
    audit, asker = october.next_audit()
    [peer] = october.ask(asker)
    october.it_becomes(5)
    october.expect(asker.member.email, ADMINISTRATOR, kind="swap_ended")
    said = asker.message("*Your audit is still yours.*")
    assert "Nobody answered in time. You can ask somebody else." in words_of(said)
    october.settled(peer, "This request has ended: the time to answer is over.")
    october.is_with(audit, asker)
    return audit, asker


def arranged(october: Swapping, looking: tuple[Allocation, Somebody]) -> None:
    """The administrator makes one for two people, and undoes it."""
    audit, asker = looking
    said = october.administrator.message(f"*{asker.member.name} found nobody to swap {audit.ref} with.*")
    assert "*Who could still take it*" in words_of(said)
    october.administrator.press("Arrange a swap", said)
    [email, *_] = [each for each, _ in listed(october.administrator.modal()) if each not in october.asked]
    october.administrator.submit(**chosen([email]))
    taker = october.somebody(email)
    october.told(f"Done: Odette Marchbanks made this swap for {asker.member.name} and {taker.member.name} on Thursday")
    october.expect(asker.member.email, email, kind="swap_accepted")
    assert "Odette Marchbanks arranged it." in words_of(taker.message("*Thank you for swapping.*"))
    assert "Odette Marchbanks arranged it." in words_of(asker.message("has taken your October 2017 audit.*"))
    october.is_with(audit, taker)
    october.administrator.press_in_modal("Undo")
    october.told(f"Undone. The audit is with {asker.member.name} again, and everybody is told.")
    october.expect(asker.member.email, email, ADMINISTRATOR, kind="swap_undone")
    for each in (asker, taker, october.administrator):
        october.newest(each, "Odette Marchbanks undid this swap on Thursday 5 October at")
    october.is_with(audit, asker)


def approved(october: Swapping) -> None:
    audit, asker, peer = waiting_for_a_yes(october)
    october.administrator.press("Approve", october.administrator.message(f"would take {audit.ref} from"))
    october.told("Approved. ")
    october.expect(asker.member.email, peer.member.email, kind="swap_accepted")
    assert "Odette Marchbanks arranged it." in words_of(peer.message("*Thank you for swapping.*"))
    october.is_with(audit, peer)


def not_approved(october: Swapping) -> None:
    audit, asker, peer = waiting_for_a_yes(october)
    october.administrator.press("Do not approve", october.administrator.message(f"would take {audit.ref} from"))
    october.told(f"Not approved. The audit stays with {asker.member.name}, who is told.")
    october.expect(asker.member.email, ADMINISTRATOR, kind="swap_ended")
    asker.message(f"Odette Marchbanks did not approve that {peer.member.name} takes it.")
    october.is_with(audit, asker)


def waiting_for_a_yes(october: Swapping) -> tuple[Allocation, Somebody, Somebody]:
    audit, asker = october.next_audit()
    [peer] = october.ask(asker)
    peer.press("Accept", october.offer(peer, asker))
    october.told("The administrator must say yes first; you are told then.")
    asker.message(f"{peer.member.name} would take it. The administrator must say yes; until then it is yours.")
    october.expect(ADMINISTRATOR, kind="swap_to_approve")
    october.administrator.message(f"*{peer.member.name} would take {audit.ref} from {asker.member.name}*")
    october.is_with(audit, asker)
    return audit, asker, peer
