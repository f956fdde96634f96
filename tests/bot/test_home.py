"""App Home, role by role: everything it says, in order."""

from datetime import date, time

import pytest

from programme.absences import Absence
from programme.calendar import at_london
from programme.people import RoleHeld
from programme.words import Priority, Reason, Role
from storage import clock, find, swapping
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE, Door
from tests.bot.homing import home, joins, october, raised
from tests.bot.swapping import asked, somebody_free
from tests.bot.test_actions import deputy
from tests.bot.test_safety import alarm
from tests.cast import Cast, here
from tests.forms.arriving import arrives
from tests.moderated import agreed_by, judged, pair, read_by, returned

pytestmark = ON_ONE_DATABASE

CANNOT = "I can't do this one"
MY_AUDIT = [
    "*Your audits*",
    "*MDW-0417*  Fathers",
    "Due on Friday 13 October  (AUD-2017-10-01)",
    *("Open the form", "Swap", "More time", CANNOT),
]
BY_TUESDAY = "If you find that you cannot, undo it by the end of Tuesday 3 October."
NO_AUDIT = ["*Your audits*", "You have no audit at the moment. When one is yours, a message comes here."]
COULD = ["*Could you take one this month?*", "I can take one"]
PRIVACY = "Why is not asked. Others see at most that you are not at work."
LEAVE = [
    "*Your leave*",
    "*Nothing is noted.* You count as at work on every working day.",
    *("I am not at work on…", PRIVACY),
]
NO_ACTION = ["*Your actions*", "You have no open action. When an audit asks something of you, a message comes here."]
MONTH = ["*October 2017: Fathers*", "2 given out · 0 in · 2 still out · the target is 30"]
MY_TURN = ["*Your turn*", "This month is your turn, by the rota: Rowan's month."]
WAITING = "*Waiting for you*"
ASKED = "What are you proud of, and what got in the way? Your words stand first in the audit."
CHOSEN = [
    line
    for ref in ("MDW-0417", "MDW-0502")
    for line in (f"*{ref}* was chosen at random for October 2017's audit: Fathers.", ASKED, "Speak first")
]

OFFERED = "*Asha Thornbury asks you to swap.* You would do their October 2017 audit."
FOR_A_SOCIAL_WORKER = (
    "Nothing is asked of you now. When a child's record that you work with is chosen for an audit, you are asked here"
    " first: what you are proud of, and what got in the way."
)
NOTHING_YET = (
    "This is where the council's audits of practice reach you. Nothing is asked of you now. When something is, it"
    " stands here and a message comes."
)

AS_THE_MONTH_BEGINS = {
    "auditor": ["Hello, Asha Thornbury", *MY_AUDIT, *MY_TURN, *LEAVE, *NO_ACTION],
    "head_of_service": [
        "Hello, Maren Castellane",
        *("*Help and Protection, October 2017*", "2 given out · 0 in · 0 late", "0 actions overdue · 0 places empty"),
        *(*NO_AUDIT, *COULD, *LEAVE),
    ],
    "administrator": [
        *("Hello, Bronwen Achterberg", *MONTH, "*Next: Audits come back*, due on Friday 13 October. 0 of 2 back."),
        *("*What does not go by itself*", "Everything goes by itself just now."),
    ],
    "head_of_quality": ["Hello, Leocadia Marsh", *MONTH, "*Waiting for a signature*", "No report waits just now."],
    "team_manager": ["Hello, Tomasz Ferreday", WAITING, *CHOSEN, *NO_AUDIT, *COULD, *LEAVE, *NO_ACTION],
    "social_worker": ["Hello, Noor Valtonen", WAITING, *CHOSEN],
    "outsider": [
        "Hello, Yusuf Pemberley",
        FOR_A_SOCIAL_WORKER,
    ],
}


def test_each_role_as_the_month_begins(office: Office, cast: Cast) -> None:
    assert {who: home(office, getattr(cast, who)) for who in AS_THE_MONTH_BEGINS} == AS_THE_MONTH_BEGINS


@pytest.mark.parametrize("role", [Role.FORUM_MEMBER, Role.EXTERNAL])
def test_who_is_asked_nothing_reads_what_this_is_for(office: Office, cast: Cast, role: Role) -> None:
    assert cast.round.name == "October 2017"
    assert home(office, joins(office, "Quill Ravenscroft", role)) == [
        "Hello, Quill Ravenscroft",
        NOTHING_YET,
    ]


class TestAnAuditor:
    def test_what_was_asked_stands_with_the_audit_and_what_i_am_asked_above_everything(
        self, office: Office, cast: Cast
    ) -> None:
        free = somebody_free(office, cast)
        asked(office, cast, free)
        waits = "You have asked Lindiwe Ashgrove to swap. Until they accept, it is yours."
        [*mine] = MY_AUDIT
        mine[3:5] = [waits, "Open the form", "Withdraw"]
        assert home(office, cast.auditor) == ["Hello, Asha Thornbury", *mine, *MY_TURN, *LEAVE, *NO_ACTION]
        assert home(office, free)[:7] == [
            "Hello, Lindiwe Ashgrove",
            WAITING,
            f"{OFFERED} They take your turn in November 2017.",
            "Meadow, Child in Need. Due on Friday 13 October.",
            *("Accept", "Decline"),
            "You can answer until the end of Wednesday 4 October. No is a fine answer.",
        ]

    def test_what_was_taken_over_can_be_undone(self, office: Office, cast: Cast) -> None:
        free = somebody_free(office, cast)
        swap = asked(office, cast, free)
        with office.record.writing() as session:
            swapping.accept(session, office, swap.ref, here(session, free))
        assert home(office, free)[2:5] == [
            f"*You took over AUD-2017-10-01* from Asha Thornbury. {BY_TUESDAY}",
            *("Undo", "*Your audits*"),
        ]
        assert [line for line in home(office, cast.auditor) if "MDW" in line] == []

    def test_a_return_to_mend_takes_the_place_of_its_audit(self, office: Office, cast: Cast) -> None:
        arrives(office, cast, without=("impact", "overall"))
        assert home(office, cast.auditor) == [
            *("Hello, Asha Thornbury", WAITING, "*MDW-0417*  (AUD-2017-10-01)", "Received, thank you, and in time."),
            "2 answers are still needed. Everything you wrote is in the form already.",
            *("Open the form", *MY_TURN, *LEAVE, *NO_ACTION),
        ]

    def test_leave_that_is_noted_can_be_taken_back(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            me = here(session, cast.auditor)
            session.add_all([Absence(me, october(1), october(3)), Absence(me, october(20), october(20))])
        said = home(office, cast.auditor)
        assert said[said.index("*Your leave*") : said.index(PRIVACY)] == [
            *("*Your leave*", "*Not at work from Sunday 1 October to Tuesday 3 October 2017*", "I am back"),
            *("*Not at work on Friday 20 October*", "Take it back", "I am not at work on…"),
        ]

    def test_who_has_offered_help_is_not_asked_again(self, office: Office, cast: Cast, door: Door) -> None:
        door.press(cast.team_manager, "can_take_one", "this month")
        said = home(office, cast.team_manager)
        assert COULD[0] not in said
        assert "You have said that you can take one more. Whoever looks for somebody sees you first." in said

    def test_what_waits_to_be_moderated_is_counted(self, office: Office, cast: Cast) -> None:
        returned(office, cast)
        first, _ = pair(office, cast)
        assert home(office, first)[2] == "*1 audit waits for you to moderate.* Sign in to the pages to read."
        assert home(office, cast.auditor)[1:3] == ["*Your audits*", "Nothing is waiting for you. Thank you."]


class TestATeamManager:
    WANTED = (
        (Priority.STANDARD, october(30)),
        (Priority.URGENT, october(9)),
        (Priority.PLANNED, date(2017, 9, 29)),
        (Priority.IMMEDIATE, october(3)),
        (Priority.STANDARD, october(25)),
    )
    PRESSING = (
        *(
            "*ACT-2017-10-01-4*  immediate",
            "Due by 09:00 on Tuesday 3 October  (MDW-0417)",
            "Confirm complete",
            "More…",
        ),
        *("*ACT-2017-10-01-3*  planned", "Was due on Friday 29 September  (MDW-0417)", "Confirm complete", "More…"),
    )
    REST = (
        "*Your actions*",
        *("*ACT-2017-10-01-2*  urgent", "Due on Monday 9 October  (MDW-0417)", "Confirm complete", "More…"),
        *("*ACT-2017-10-01-5*  standard", "Due on Wednesday 25 October  (MDW-0417)", "Confirm complete", "More…"),
        *("*ACT-2017-10-01-1*  standard", "Due on Monday 30 October  (MDW-0417)", "Confirm complete", "More…"),
    )

    def test_what_is_immediate_or_overdue_stands_on_top(self, office: Office, cast: Cast) -> None:
        raised(office, cast, *self.WANTED)
        ours = [WAITING, *self.PRESSING, *CHOSEN, *self.REST, *NO_AUDIT, *COULD, *LEAVE]
        assert home(office, cast.team_manager) == ["Hello, Tomasz Ferreday", *ours]

    def test_a_deputy_sees_them_too_and_reads_whose_they_are(self, office: Office, cast: Cast) -> None:
        raised(office, cast, *self.WANTED)
        theirs = [
            f"{line}, for Tomasz Ferreday" if line.endswith("(MDW-0417)") else line
            for line in (*self.PRESSING, *self.REST)
        ]
        assert home(office, deputy(office, cast))[2:23] == theirs

    def test_an_alert_comes_before_everything(self, office: Office, cast: Cast) -> None:
        alarm(office, cast)
        assert home(office, cast.team_manager)[:10] == [
            "Hello, Tomasz Ferreday",
            WAITING,
            "*Act now. An auditor answered 'unsafe now' for MDW-0417 (AUD-2017-10-01).*",
            "Ring the auditor, Asha Thornbury, at once, before anybody else. Out of hours: the duty team.",
            "I have this",
            "Press it as soon as you have it in hand: until then others are told too. This is not a referral.",
            *(
                "*ACT-2017-10-01-1*  immediate",
                "Due by 02:00 on Sunday 8 October  (MDW-0417)",
                "Confirm complete",
                "More…",
            ),
        ]

    def test_a_record_that_gave_way_asks_nothing_any_more(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            find.cases.in_frame(session, "2017-10", "MDW-0502").left_out = "gave way to a reserve"
        assert home(office, cast.social_worker) == ["Hello, Noor Valtonen", WAITING, *CHOSEN[:3]]


def test_three_roles_are_merged_and_nothing_stands_there_twice(office: Office, cast: Cast) -> None:
    raised(office, cast, (Priority.URGENT, october(9)), owner=cast.auditor)
    with office.record.writing() as session:
        me = here(session, cast.auditor)
        me.roles_held += [RoleHeld(Role.ADMINISTRATOR), RoleHeld(Role.HEAD_OF_QUALITY)]
    assert home(office, cast.auditor) == [
        *("Hello, Asha Thornbury", *AS_THE_MONTH_BEGINS["administrator"][1:]),
        *("*Waiting for a signature*", "No report waits just now."),
        *(
            "*Your actions*",
            "*ACT-2017-10-01-1*  urgent",
            "Due on Monday 9 October  (MDW-0417)",
            "Confirm complete",
            "More…",
        ),
        *(*MY_AUDIT, *MY_TURN, *LEAVE),
    ]


def test_what_is_agreed_waits_for_nobody(office: Office, cast: Cast) -> None:
    returned(office, cast)
    pairs = pair(office, cast)
    read_by(office, *pairs)
    agreed_by(office, pairs[0], judged())
    assert "to moderate" not in " ".join(home(office, pairs[0]))


def test_an_administrator_who_audits_keeps_the_buttons_of_a_late_audit(office: Office, cast: Cast) -> None:
    """What does not go by itself names the same audit, and takes nothing of it away."""
    with office.record.writing() as session:
        me = here(session, cast.auditor)
        me.roles_held.append(RoleHeld(Role.ADMINISTRATOR))
        clock.set_to(session, at_london(october(17), time(10)))
    said = home(office, cast.auditor)
    assert "AUD-2017-10-01, Asha Thornbury: was due on Friday 13 October." in said
    mine = said[said.index("*Your audits*") :]
    assert mine[2:6] == ["Was due on Friday 13 October  (AUD-2017-10-01)", "Open the form", "More time", CANNOT]


def test_who_has_said_why_not_reads_it_with_the_audit(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        find.allocations.by_ref(session, "AUD-2017-10-01", to_change=True).reason = Reason.CAPACITY
    assert "You have said: no time this month." in home(office, cast.auditor)
