"""The workshop's agenda and the spread of a practice case, on their pages, for whom they are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from programme.changed import Changed, WhyChanged
from programme.competency_policy import CompetencyRules
from programme.judging import OVERALL
from programme.marks import Mark, Marked
from programme.moderation import Moderation, Reading
from programme.rulebook import Rulebook
from programme.words import Grade
from storage import find
from storage.office import Office
from tests.cast import MONTH, NOW, Cast, here
from tests.checked import learning
from tests.forms.arriving import arrives
from tests.moderated import REF, second_moderator
from tests.storage.test_giving import by_the_administrator, token
from tests.web.conftest import Browser, pages, signed_in
from tests.web.test_opening import words

AGENDA = f"/rounds/{MONTH}/workshop"


def main(page: str) -> str:
    return words(page.partition("<main")[2].partition("</main>")[0]).replace(" : ", ": ")


def moderated(office: Office, cast: Cast, *refs: str) -> None:
    """Each lowered for want of evidence."""
    with office.record.writing() as session:
        peer, other = here(session, cast.peer), find.people.by_email(session, "ottilie@example.org")
        assert other is not None
        for ref in refs:
            changed = [
                Changed(name, Grade.GOOD, Grade.NEARLY_GOOD, WhyChanged.NO_EVIDENCE, "Canary words.")
                for name in (OVERALL, "core.plan")
            ]
            readings = [Reading(who, Grade.NEARLY_GOOD, read_at=NOW) for who in (peer, other)]
            read = Moderation(find.allocations.by_ref(session, ref), NOW, readings, note="Canary note.")
            read.changed, read.marks = changed, [Marked(mark, mark is not Mark.EVIDENCE) for mark in Mark]
            read.agreed_by, read.agreed_at, read.discussed, read.reason = peer, NOW, "The dates.", "No dates."
            session.add(read)


class TestTheAgenda:
    def test_what_came_up_in_one_audit_only_does_not_stand_there(
        self, office: Office, browser: Browser, cast: Cast
    ) -> None:
        second_moderator(office, cast)
        moderated(office, cast, REF)
        page = main(browser(cast.head_of_quality).get(AGENDA).text)
        assert "Made from the 1 audit moderated so far." in page
        assert "Nothing has come up twice yet." in page

    def test_what_came_up_in_two_does_and_nobody_is_named(self, office: Office, browser: Browser, cast: Cast) -> None:
        second_moderator(office, cast)
        moderated(office, cast, REF, "AUD-2017-10-02")
        page = main(browser(cast.head_of_quality).get(AGENDA).text)
        assert "A judgement does not stand on evidence: in 2 of 2 audits." in page
        assert "The pair found that the evidence does not support the judgement: in 2 of 2 audits." in page
        assert "Does the plan say who will do what?: in 2 of 2 audits." in page
        assert not [each for each in ("canary", cast.auditor.name.lower(), "aud-") if each in page.lower()]

    @pytest.mark.parametrize("who", ["team_manager", "social_worker", "outsider", "head_of_service"])
    def test_it_is_for_who_moderates_coaches_or_runs_the_month(self, browser: Browser, cast: Cast, who: str) -> None:
        assert browser(getattr(cast, who)).get(AGENDA).status_code == 404

    def test_the_moderation_page_leads_there(self, office: Office, browser: Browser) -> None:
        kwame = learning(office)
        assert AGENDA in browser(kwame).get(f"/rounds/{MONTH}/moderation").text


class TestAPracticeCase:
    def scored(self, office: Office, cast: Cast, *grades: str) -> list[str]:
        """By the auditor, then by the peer."""
        given = [by_the_administrator(office, cast, "practice", "MDW-0502", group)[0] for group in ("Rowan", "Linden")]
        for number, (ref, who, grade) in enumerate(zip(given, (cast.auditor, cast.peer), grades, strict=False)):
            said = {"case_ref": "MDW-0502", "code": token(office, ref), "overall": grade}
            arrives(office, cast, said, respondent=who.email, at=NOW + timedelta(days=1), response=f"p{number}")
        return given

    def test_so_few_are_not_told_from_each_other(self, office: Office, browser: Browser, cast: Cast) -> None:
        given = self.scored(office, cast, "2", "1")
        page = main(browser(cast.auditor).get(f"/audits/{given[0]}/spread").text)
        assert ("2 of 2 have scored it so far." in page, "From 5 on you see here" in page) == (True, True)
        assert "good: 1" not in page.lower()

    def test_who_has_scored_it_sees_how_far_all_lie_apart(self, office: Office, cast: Cast) -> None:
        rules = Rulebook.of(replace(office.rules.policy, competency=CompetencyRules(from_answers=2)))
        office = replace(office, rules=rules)
        given, browser = self.scored(office, cast, "2", "1"), signed_in(pages(office), office)
        page = main(browser(cast.auditor).get(f"/audits/{given[0]}/spread").text)
        assert "2 of 2 have scored it so far." in page
        assert "Overall not yet good: 1, good: 1. Yours: good." in page.replace("Not yet good", "not yet good")
        assert cast.peer.name not in page
        assert f"/audits/{given[0]}/spread" in browser(cast.auditor).get(f"/audits/{given[0]}").text

    def test_who_has_not_scored_it_sees_nothing_of_it(self, office: Office, browser: Browser, cast: Cast) -> None:
        given = self.scored(office, cast, "2")
        seen = [browser(who).get(f"/audits/{given[1]}/spread").status_code for who in (cast.peer, cast.team_manager)]
        assert seen == [404, 404]

    def test_who_coaches_sees_it_with_the_first(self, office: Office, browser: Browser, cast: Cast) -> None:
        given, kwame = self.scored(office, cast, "2"), learning(office)
        page = main(browser(kwame).get(f"/audits/{given[0]}/spread").text)
        assert ("1 of 2 have scored it so far." in page, "So few have scored it" in page) == (True, True)

    def test_an_audit_of_the_month_has_none(self, browser: Browser, cast: Cast) -> None:
        assert browser(cast.head_of_quality).get(f"/audits/{REF}/spread").status_code == 404
