"""App Home of those who answer for a service or for the month: how it stands, what is next, what waits for them."""

from datetime import time

import pytest

from programme.calendar import at_london
from programme.forecast import ForecastKept
from programme.people import Person
from programme.report import Report
from programme.vacancies import Vacancy
from programme.words import AccountStanding, AllocationState, Priority, Reason, ReportState, Role
from scheduler.sweeps.roll_check import RollChecks
from storage import find, swapping
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.bot.homing import goes_on_to, home, joins, october, raised
from tests.bot.swapping import asked, somebody_free
from tests.cast import NOW, Cast, here
from tests.forms.arriving import arrives

pytestmark = ON_ONE_DATABASE

UNANSWERED = "Without an answer by Wednesday 1 November last month's list stands, marked as not confirmed."
MONTH = ["*October 2017: Fathers*", "2 given out · 0 in · 2 still out · the target is 30"]


class TestAHeadOfService:
    def test_the_own_service_is_counted_and_no_other(self, office: Office, cast: Cast) -> None:
        raised(office, cast, (Priority.STANDARD, october(3)), owner=cast.peer)
        with office.record.writing() as session:
            find.allocations.by_ref(session, "AUD-2017-10-01").reason = Reason.CAPACITY
            left = here(session, cast.outsider)
            session.add(Vacancy(left, october(1), team=left.team))
        goes_on_to(office, at_london(october(16), time(9)))
        assert home(office, cast.head_of_service)[1:5] == [
            *("*Help and Protection, October 2017*", "2 given out · 0 in · 2 late"),
            *("1 of those late without a reason yet", "1 action overdue · 1 place empty"),
        ]
        assert home(office, cast.childs_head_of_service)[1:4] == [
            *(
                "*Care and Permanence, October 2017*",
                "0 given out · 0 in · 0 late",
                "0 actions overdue · 0 places empty",
            )
        ]

    def test_the_list_is_asked_about_with_its_buttons(self, office: Office, cast: Cast) -> None:
        goes_on_to(office, at_london(october(18), time(9)))
        RollChecks(office).sweep()
        assert home(office, cast.head_of_service)[1:9] == [
            "*Waiting for you*",
            "*Is this list still right?* It is who is foreseen for November 2017 from Help and Protection.",
            "Asha Thornbury, Orchard, Rowan",
            "Kofi Lindqvist, Harbour, Linden",
            "Maren Castellane, no team, no group",
            *("All correct", "Change it"),
            f"{UNANSWERED} Whoever stands in for you can answer too.",
        ]


class TestWhoRunsTheMonth:
    def test_what_does_not_go_by_itself_is_named(self, office: Office, cast: Cast) -> None:
        joins(office, "Nell Farquharson", Role.SOCIAL_WORKER)
        with office.record.writing() as session:
            nell = here(session, Person("nell@example.org", ""))
            nell.slack_user_id, nell.slack_standing = None, AccountStanding.NONE
            find.allocations.by_ref(session, "AUD-2017-10-02").reason = Reason.CAPACITY
        arrives(office, cast, without=("impact",))
        asked(office, cast, somebody_free(office, cast))
        goes_on_to(office, at_london(october(3), time(9)))
        assert home(office, cast.administrator)[4:] == [
            "*What does not go by itself*",
            "AUD-2017-10-02, Kofi Lindqvist: cannot do it. No time this month.",
            "AUD-2017-10-01: Asha Thornbury asks for a swap, and nobody has answered. It ends on Wednesday 4 October.",
            *("1 return is held: see Held.", "Look at it"),
            "Nell Farquharson has no Slack account that we know.",
        ]

    def test_a_search_that_found_nobody_is_named_once(self, office: Office, cast: Cast) -> None:
        free = somebody_free(office, cast)
        swap = asked(office, cast, free)
        with office.record.writing() as session:
            swapping.decline(session, office, swap.ref, here(session, free))
        goes_on_to(office, at_london(october(16), time(9)))
        assert home(office, cast.administrator)[4:] == [
            "*What does not go by itself*",
            "AUD-2017-10-01, Asha Thornbury: looked for a swap and found nobody.",
            "AUD-2017-10-02, Kofi Lindqvist: was due on Friday 13 October.",
        ]

    @pytest.mark.usefixtures("two_more_drawn")
    def test_the_next_step_has_its_button(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            find.allocations.by_ref(session, "AUD-2017-10-02").state = AllocationState.PLANNED
        assert home(office, cast.administrator)[1:6] == [
            "*October 2017: Fathers*",
            "1 given out · 0 in · 1 still out · the target is 30",
            "*Next: Allocate*, due today. 2 without an auditor.",
            *("Allocate", "Give out 1"),
        ]

    def test_before_any_month_it_says_how_to_begin(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            find.rounds.of_month(session, "2017-10").imported = True
        assert home(office, cast.administrator)[1:] == [
            "*The month*",
            "No month is under way. Open one on the pages: its next step stands here from then on.",
            *("*What does not go by itself*", "Everything goes by itself just now."),
        ]

    def test_the_head_of_quality_reads_what_is_likely_and_what_waits(self, office: Office, cast: Cast) -> None:
        lead = joins(office, "Perpetua Lockhart", Role.LEADERSHIP)
        with office.record.writing() as session:
            of = find.rounds.of_month(session, "2017-10")
            session.add_all([Report(of, ReportState.DRAFT, NOW), ForecastKept("2017-10", october(2), 30, 2, 1, 2, 2)])
        likely = ["Likely to come back: 2 (1 to 2), 28 short of the target", "As foreseen on Monday 2 October"]
        waits = "*October 2017's report* is drafted. It waits for {}."
        head = ["*Waiting for a signature*", waits.format("leadership to sign it off")]
        assert home(office, cast.head_of_quality)[1:] == [*MONTH, *likely, *head]
        assert home(office, lead)[1:] == [*MONTH, *likely, head[0], waits.format("you to sign it off")]
        with office.record.writing() as session:
            report = find.reports.not_issued(session)[0]
            report.state, report.signed_off_at = ReportState.SIGNED_OFF, NOW
            report.signed_off_by = here(session, lead)
        assert home(office, cast.head_of_quality)[-1] == (
            "*October 2017's report* is signed off by Perpetua Lockhart. It waits for you to issue it."
        )
        assert home(office, lead)[-1] == "No report waits just now."
