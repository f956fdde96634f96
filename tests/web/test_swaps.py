"""The page of swaps for auditors: all that chat lets them do, by browser alone, and nothing of what is others'."""

import re
from html import unescape

import pytest

from programme.people import Person
from programme.swaps import Swap
from programme.words import OfferState, SwapKind, SwapState
from storage import find, swapping
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.bot.swapping import REF, asked, now, somebody_free
from tests.cast import Cast, here
from tests.storage.test_swapping import accept, standing
from tests.web.conftest import Browser
from tests.web.test_opening import words

PAGE, CHOOSE = "/swaps", "/swaps/choose"


@pytest.fixture
def free(office: Office, cast: Cast) -> Person:
    return somebody_free(office, cast)


def main(page: str) -> str:
    """All that a page says in its own part."""
    return unescape(words(page.partition('id="swaps">Swaps</h1>')[2].partition("</main>")[0]))


def said_of(page: str) -> str:
    """The banner, or what the summary of errors says."""
    banner = re.search(r'govuk-notification-banner__heading">\s*(.*?)\s*</p>', page, re.DOTALL)
    error = re.search(r'<a href="#(?:swaps|peer)">(.*?)</a>', page, re.DOTALL)
    found = banner or error
    return unescape(found[1]) if found else ""


def press(browser: Browser, who: Person, step: str, swap: Swap | None = None) -> tuple[int, str]:
    """The status of a step, and what is said then."""
    client = browser(who)
    answer = client.post(PAGE, data={"step": step, "swap": swap.ref if swap else ""})
    page = client.get(str(answer.location)).text if answer.location else answer.text
    return answer.status_code, said_of(page)


def choose(browser: Browser, who: Person, **said: str | list[str]) -> tuple[int, str]:
    client = browser(who)
    answer = client.post(CHOOSE, data={"audit": REF, "kind": "two_way"} | said)
    page = client.get(str(answer.location)).text if answer.location else answer.text
    return answer.status_code, said_of(page)


class TestWhoIsAsked:
    def test_reads_team_and_plan_type_and_neither_reference(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        asked(office, cast, free)
        page = browser(free).get(PAGE).text
        assert main(page) == (
            "You are asked Asha Thornbury asks you to swap. You would do their October 2017 audit."
            " They take your turn in November 2017. Meadow, Child in Need. Due Friday 13 October 2017 ."
            " You can answer until the end of Wednesday 4 October. No is a fine answer."
            " Accept : Asha Thornbury Decline : Asha Thornbury"
            " Have you time for an audit? Whoever looks for somebody this month then sees you first."
            " You can still say no. I can take one"
        )
        pages = [page, *(browser(free).get(at).text for at in ("/", "/me"))]
        assert [(cast.allocation.case.ref in each, "AUD-" in each) for each in pages] == [(False, False)] * 3

    def test_accepts_and_has_the_audit_and_the_turn(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        swap = asked(office, cast, free)
        thanks = "Thank you. The audit is yours now, and Asha Thornbury takes your turn in November 2017."
        assert press(browser, free, "accept", swap) == (303, thanks)
        assert standing(office)[1][REF] == free.name
        assert main(browser(free).get(PAGE).text) == (
            f"You took over {REF}, from Asha Thornbury If you find that you cannot, undo it by the end of"
            f" Tuesday 3 October. Undo : {REF} Your audits {REF}, due Friday 13 October 2017"
            f" If you cannot do this one, ask a peer. Until somebody accepts, it is yours. Swap : {REF}"
        )

    def test_of_two_who_press_the_second_reads_who_was_first(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        other = somebody_free(office, cast, "Ines Halloran")
        swap = asked(office, cast, free, other)
        accept(office, swap.ref, other)
        before = standing(office)
        said = "Ines Halloran accepted this swap on Monday 2 October at 09:05."
        assert press(browser, free, "accept", swap) == (409, said)
        assert press(browser, other, "accept", swap) == (409, "You have accepted this already. The audit is yours.")
        assert standing(office) == before

    def test_declines_once(self, browser: Browser, office: Office, cast: Cast, free: Person) -> None:
        other = somebody_free(office, cast, "Ines Halloran")
        swap = asked(office, cast, free, other)
        assert [press(browser, free, "decline", swap) for _ in range(2)] == [
            (303, "Thank you for answering. Somebody else may take it."),
            (409, "You have said that you cannot take it. Thank you for answering."),
        ]
        assert press(browser, other, "decline", swap) == (303, "Thank you for answering. Asha Thornbury is told.")
        assert now(office, swap.ref).state is SwapState.DECLINED

    def test_undoes_it_after_being_asked_once_more(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        before = standing(office)
        swap = asked(office, cast, free)
        accept(office, swap.ref, free)
        question = browser(free).get(f"{PAGE}/{swap.ref}/undo").text
        assert "The audit goes back to Asha Thornbury, and every turn to where it was." in words(question)
        done = "Undone. The audit is with Asha Thornbury again, and everybody is told."
        again = "You have undone this already. The audit is with Asha Thornbury again."
        assert [press(browser, free, "undo", swap) for _ in range(2)] == [(303, done), (409, again)]
        assert standing(office) == before
        stale = browser(free).get(f"{PAGE}/{swap.ref}/undo")
        assert (stale.status_code, again in words(stale.text)) == (409, True)


class TestWhoAsks:
    @ON_ONE_DATABASE
    def test_sees_who_could_take_it_with_the_reason(self, browser: Browser, cast: Cast, free: Person) -> None:
        ask = words(browser(cast.auditor).get(f"{CHOOSE}?audit={REF}").text)
        assert "Whom do you ask? Up to 3. You take their turn in November 2017." in ask
        assert f"{free.name} available, turn in November, no tie to the child, took none this year" in ask
        cover = words(browser(cast.auditor).get(f"{CHOOSE}?audit={REF}&kind=cover").text)
        assert ("They cover for you; nothing in return." in cover, cast.head_of_service.name in cover) == (True, True)
        exchange = words(browser(cast.auditor).get(f"{CHOOSE}?audit={REF}&kind=exchange").text)
        assert f"{cast.peer.name} theirs: Meadow, Child Protection" in exchange

    @pytest.mark.parametrize(
        ("kind", "what"),
        [
            (SwapKind.TWO_WAY, "to swap"),
            (SwapKind.COVER, "to cover for you"),
            (SwapKind.EXCHANGE, "to exchange audits"),
        ],
    )
    def test_asks_and_takes_it_back(
        self, browser: Browser, office: Office, cast: Cast, free: Person, kind: SwapKind, what: str
    ) -> None:
        peer = cast.peer if kind is SwapKind.EXCHANGE else free
        told = f"{peer.name} has been asked, and can answer until the end of Wednesday 4 October. Until then it stays"
        assert choose(browser, cast.auditor, kind=kind, peer=peer.email) == (303, f"{told} yours.")
        with office.record.reading() as session:
            swap = find.swaps.open_for(session, REF)
        assert swap is not None
        assert (swap.kind, [offer.peer.name for offer in swap.offers]) == (kind, [peer.name])
        assert main(browser(cast.auditor).get(PAGE).text) == (
            f"Your audits {REF}, due Friday 13 October 2017 You have asked {peer.name} {what}. Until they accept,"
            f" it is yours. They can answer until the end of Wednesday 4 October. Withdraw : {REF}"
        )
        assert press(browser, cast.auditor, "withdraw", swap) == (303, "Taken back. The audit stays yours.")
        again = "You have taken this request back already."
        assert press(browser, cast.auditor, "withdraw", swap) == (409, again)

    def test_asks_three_or_everybody_and_not_four(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        peers = [free, *(somebody_free(office, cast, f"{name} Halloran") for name in ("Ines", "Zora", "Maud"))]
        emails = [peer.email for peer in peers]
        assert choose(browser, cast.auditor, peer=emails) == (422, "Choose at most 3, or ask everybody.")
        assert choose(browser, cast.auditor) == (422, "Choose whom to ask.")
        assert choose(browser, cast.auditor, everybody="yes")[0] == 303
        with office.record.reading() as session:
            swap = find.swaps.open_for(session, REF)
        assert swap is not None
        assert {offer.peer.name: offer.state for offer in swap.offers} == {
            peer.name: OfferState.WAITING for peer in peers
        }
        second = "You have asked somebody already. Take that back first, or wait for the answer."
        assert choose(browser, cast.auditor, peer=free.email) == (422, second)

    def test_tells_the_administrator_where_nobody_can(self, browser: Browser, office: Office, cast: Cast) -> None:
        page = words(browser(cast.auditor).get(f"{CHOOSE}?audit={REF}").text)
        assert "Nobody with a turn in November 2017 can take this one." in page
        thanks = "Thank you for saying so. The administrator looks for a way. Until then it stays yours."
        assert choose(browser, cast.auditor, step="nobody") == (303, thanks)
        with office.record.reading() as session:
            assert [each.asker.name for each in find.swaps.failed(session, "2017-10")] == [cast.auditor.name]
        assert "Your last search found nobody." in main(browser(cast.auditor).get(PAGE).text)


class TestHelp:
    def test_is_offered_once_and_noted(self, browser: Browser, office: Office, cast: Cast, free: Person) -> None:
        noted = "Thank you, that is noted. Whoever looks for somebody this month sees you first."
        assert [press(browser, free, "help") for _ in range(2)] == [(303, noted)] * 2
        assert "You have said that you can take one." in main(browser(free).get(PAGE).text)
        with office.record.reading() as session:
            assert [each.name for each in find.swaps.who_help(session, "2017-10")] == [free.name]
        assert cast.auditor.name not in main(browser(free).get(PAGE).text)

    def test_leads_to_what_is_asked_for_already(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        asked(office, cast, free)
        helper = somebody_free(office, cast, "Zora Halloran")
        said = "Thank you. What is asked for already stands here: you can answer now."
        assert press(browser, helper, "help") == (303, said)
        assert main(browser(helper).get(PAGE).text).startswith("You are asked Asha Thornbury asks you to swap.")


@ON_ONE_DATABASE
class TestNobodyElse:
    STEPS = ("accept", "decline", "withdraw", "undo", "approve", "turn_down", "anything")

    @pytest.mark.parametrize("who", ["outsider", "social_worker"])
    def test_who_has_nothing_to_see_gets_what_anybody_gets_of_nothing(
        self, browser: Browser, office: Office, cast: Cast, free: Person, who: str
    ) -> None:
        swap, client = asked(office, cast, free), browser(getattr(cast, who))
        for at in (PAGE, f"{CHOOSE}?audit={REF}", f"{PAGE}/{swap.ref}/undo"):
            answer = client.get(at)
            assert (answer.status_code, "Swap" in answer.text, cast.auditor.name in answer.text) == (404, False, False)
        assert [press(browser, getattr(cast, who), step, swap)[0] for step in (*self.STEPS, "help")] == [404] * 8
        assert choose(browser, getattr(cast, who), peer=free.email)[0] == 404
        assert now(office, swap.ref).state is SwapState.OPEN

    def test_another_auditor_sees_and_changes_nothing_of_it(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        swap = asked(office, cast, free)
        page = main(browser(cast.peer).get(PAGE).text)
        assert [each in page for each in (cast.auditor.name, free.name, REF, swap.ref)] == [False] * 4
        assert [press(browser, cast.peer, step, swap)[0] for step in self.STEPS] == [404] * 7
        assert browser(cast.peer).get(f"{CHOOSE}?audit={REF}").status_code == 404
        assert browser(cast.auditor).get(f"{CHOOSE}?audit={REF}&kind=gift").status_code == 404
        assert choose(browser, cast.peer, peer=free.email)[0] == 404
        assert now(office, swap.ref).state is SwapState.OPEN

    def test_who_has_made_no_swap_with_them_cannot_undo_it(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        swap = asked(office, cast, free)
        with office.record.writing() as session:
            swapping.accept(session, office, swap.ref, here(session, free))
        for who in (cast.auditor, cast.peer, cast.head_of_service):
            assert browser(who).get(f"{PAGE}/{swap.ref}/undo").status_code == 404
            assert press(browser, who, "undo", swap)[0] == 404
