"""Who may do what: a matrix of everybody against every `can_…`."""

import inspect

import pytest

from programme.absences import Absence
from programme.actions import Action
from programme.allocations import Allocation
from programme.checking import Check, WhyChecked
from programme.competency import Candidacy, Evaluation
from programme.moderation import Moderation, Reading
from programme.moderation_day import Invitation
from programme.notices import Notice
from programme.outcome_words import CopyFor
from programme.outcomes import Copy, Outcome
from programme.passing_on import Passing
from programme.people import Person, Service, Team
from programme.roll_check import RollCheck
from programme.rounds import Round
from programme.safety import Alert
from programme.submissions import Submission
from programme.swaps import Offer, Swap
from programme.ties import Deputy
from programme.words import (
    ActionState,
    AllocationState,
    AuditType,
    NoticeState,
    Priority,
    Role,
    RoundState,
    SubmissionState,
    SwapKind,
    SwapState,
)
from tests.cast import NOW
from tests.programme.builders import case, person

HELP, CARE = Service("Help and Protection"), Service("Care and Permanence")
ORCHARD, HARBOUR, MEADOW = Team("Orchard", HELP), Team("Harbour", HELP), Team("Meadow", CARE)

line_manager = person("Maren", Role.TEAM_MANAGER, team=ORCHARD)
auditor = person("Asha", Role.DEPUTY_TEAM_MANAGER, team=ORCHARD, manager=line_manager)
owner = person("Tomasz", Role.TEAM_MANAGER, team=MEADOW)

PEOPLE = {
    "holder": auditor,
    "line manager": line_manager,
    "own head": person("Ines", Role.HEAD_OF_SERVICE, service=HELP),
    "other head": person("Idris", Role.HEAD_OF_SERVICE, service=CARE),
    "head of none": person("Sol", Role.HEAD_OF_SERVICE),
    "action's owner": owner,
    "peer": person("Kofi", Role.TEAM_MANAGER, team=HARBOUR),
    "social worker": person("Noor", Role.SOCIAL_WORKER, team=MEADOW),
    "administrator": person("Bronwen", Role.ADMINISTRATOR),
    "head of quality": person("Leocadia", Role.HEAD_OF_QUALITY),
    "practice learning": person("Kwame", Role.PRACTICE_LEARNING),
    "leadership": person("Shirin", Role.LEADERSHIP),
    "director": person("Marguerite", Role.DIRECTOR),
    "forum member": person("Pilar", Role.FORUM_MEMBER),
    "external": person("Ottoline", Role.EXTERNAL),
    "nobody in particular": person("Yusuf"),
}

month = Round("2017-10", "Fathers", RoundState.DISTRIBUTED)
record = case(team=MEADOW, social_worker=PEOPLE["social worker"], team_manager=owner)
allocation = Allocation("AUD-2017-10-01", month, record, AllocationState.OUT, holder=auditor)
PEOPLE["peer"].moderates = PEOPLE["holder"].moderates = PEOPLE["action's owner"].moderates = True
moderated = Moderation(allocation, NOW, agreed_by=PEOPLE["administrator"], agreed_at=NOW)
sent_out = Outcome(allocation, NOW, NOW, PEOPLE["administrator"])
sent_out.copies = [Copy(auditor, CopyFor.AUDITOR, NOW), Copy(PEOPLE["social worker"], CopyFor.WORKER, NOW)]
held = Submission("SUB-1", "google", "1", "d", "{}", NOW, SubmissionState.HELD, auditor.email, allocation=allocation)
swap = Swap("SW-1", allocation, auditor, SwapKind.TWO_WAY, SwapState.OPEN, NOW, NOW, offers=[Offer(PEOPLE["peer"])])
PEOPLE["own head"].deputies = [Deputy(PEOPLE["own head"], PEOPLE["peer"], NOW.date(), NOW.date())]
message = Notice("k", "case_given_out", allocation.ref, auditor, NoticeState.WAITING, NOW, NOW)
list_of_people = RollCheck("2017-11", HELP, PEOPLE["own head"], NOW)
action = Action("ACT-1", allocation, "Visit.", "Seen.", Priority.URGENT, NOW, owner, ActionState.SENT, sent_at=NOW)
not_sent_yet = Action("ACT-2", allocation, "Visit.", "Seen.", Priority.STANDARD, NOW, owner, ActionState.WAITING)
passing = Passing(action, owner, PEOPLE["peer"], "Theirs.", owner, NOW)

candidacy = Candidacy("COM-1-1", auditor, PEOPLE["head of quality"], NOW, [Evaluation(PEOPLE["other head"], NOW)])
moderation = Moderation(allocation, NOW, [Reading(PEOPLE["peer"])])
practised = Allocation(
    "AUD-2017-10-09", month, record, AllocationState.RETURNED_IN_TIME, auditor, kind=AuditType.PRACTICE
)
alerted = Alert("SAFE-1", allocation, auditor, NOW, taken_by=owner, taken_at=NOW, action=action)
looked_up = Check("CHK-1", action, owner, NOW, WhyChecked.URGENT, 1, "2017-10", checker=PEOPLE["practice learning"])

# What the auditor's allocation, its action and the auditor's own absence and leaving open to each. x is yes.
MATRIX = """
                      run_rounds see_round see_on_the_board return see_action record_absence_of record_leaving_of see_the_whole_board
holder                    .          .            .           x        .              x                 .                  .
line manager              .          .            .           .        .              x                 .                  .
own head                  .          x            x           .        .              x                 x                  .
other head                .          x            .           .        x              .                 .                  .
head of none              .          x            .           .        .              .                 .                  .
action's owner            .          .            .           .        x              .                 .                  .
peer                      .          .            .           .        .              .                 .                  .
social worker             .          .            .           .        x              .                 .                  .
administrator             x          x            x           .        x              x                 x                  x
head of quality           x          x            x           .        x              x                 x                  x
practice learning         .          x            x           .        .              .                 .                  x
leadership                .          x            x           .        .              .                 .                  x
director                  .          x            x           .        .              .                 .                  x
forum member              .          .            .           .        .              .                 .                  .
external                  .          .            .           .        .              .                 .                  .
nobody in particular      .          .            .           .        .              .                 .                  .
"""  # noqa: E501 - a matrix is read across

# What the same action, a swap that the peer was asked, the report before it is issued, its appendix, the audit once it
# is moderated, and an alert of which the owner was told, open to each. The holder, the owner and the peer moderate.
WHILE_THE_MONTH_RUNS = """
                      answer confirm have_actions sign_off issue see_report see_in_the_appendix moderate see_audit take_alert see_tool edit_tool
holder                  .       .         x         .       .       .       .      .     x      .          x        .
line manager            .       .         x         .       .       .       .      .     .      .          x        .
own head                .       .         x         .       .       x       .      .     .      .          x        .
other head              .       .         x         .       .       x       x      .     x      .          x        .
head of none            .       .         x         .       .       x       .      .     .      .          x        .
action's owner          .       x         x         .       .       .       x      .     x      x          x        .
peer                    x       .         x         .       .       .       .      x     .      .          x        .
social worker           .       .         .         .       .       .       .      .     x      .          x        .
administrator           .       .         x         .       .       x       x      .     x      .          x        .
head of quality         .       .         x         .       x       x       x      .     x      .          x        x
practice learning       .       .         .         .       .       x       .      .     .      .          x        .
leadership              .       .         .         x       .       x       x      .     .      .          x        .
director                .       .         .         x       .       x       x      .     .      .          x        .
forum member            .       .         .         .       .       .       .      .     .      .          .        .
external                .       .         .         .       .       .       .      .     .      .          .        .
nobody in particular    .       .         .         .       .       .       .      .     .      .          .        .
"""  # noqa: E501 - a matrix is read across

# What the holder sent for the allocation and is held, open to each.
WHILE_IT_IS_HELD = """
                      decide_on_held see_held
holder                       .          x
line manager                 .          .
own head                     .          .
other head                   .          .
head of none                 .          .
action's owner               .          .
peer                         .          .
social worker                .          .
administrator                x          x
head of quality              x          x
practice learning            .          .
leadership                   .          .
director                     .          .
forum member                 .          .
external                     .          .
nobody in particular         .          .
"""
# The swap that the holder asked for, that the peer was asked and that nobody has accepted yet, and more time for the
# holder's audit, open to each.
WHILE_IT_IS_SWAPPED = """
                      arrange_swaps undo take_one see_swaps see_swap match_accounts give_more_time give_reason_for
holder                       .        .      x      x         .          .          .               x
line manager                 .        .      x      x         .          .          x               x
own head                     .        .      x      x         x          .          x               x
other head                   .        .      x      x         .          .          .               .
head of none                 .        .      x      x         .          .          .               .
action's owner               .        .      x      x         .          .          .               .
peer                         .        .      x      x         .          .          .               .
social worker                .        .      .      .         .          .          .               .
administrator                x        x      .      x         x          x          x               x
head of quality              x        x      .      x         x          x          x               x
practice learning            .        .      .      x         x          .          .               .
leadership                   .        .      .      x         x          .          .               .
director                     .        .      .      x         x          .          .               .
forum member                 .        .      .      .         .          .          .               .
external                     .        .      .      .         .          .          .               .
nobody in particular         .        .      .      .         .          .          .               .
"""
# The roll check of the holder's service, answered for its Head of Service, and the holder's turns, open to each.
WHILE_IT_IS_PLANNED = """
                      answer_roll_check see_rota see_turns_of release_records say_beforehand see_person see_kind_of declare_for keep_people_apart see_people choose_how_to_reach
holder                       .              x         x           .               .            x           x          x             .                  .              x
line manager                 .              x         .           .               .            x           x          .             .                  x              .
own head                     x              x         x           .               .            x           .          .             .                  x              .
other head                   .              x         x           .               .            .           .          .             .                  x              .
head of none                 .              x         x           .               .            .           .          .             .                  x              .
action's owner               .              x         .           .               x            .           .          .             .                  x              .
peer                         x              x         .           .               .            .           .          .             .                  x              .
social worker                .              .         .           .               x            .           .          .             .                  .              .
administrator                x              x         x           .               .            x           .          x             x                  x              x
head of quality              x              x         x           x               .            x           .          x             x                  x              x
practice learning            .              x         x           .               .            .           .          .             .                  .              .
leadership                   .              x         x           .               .            .           .          .             .                  .              .
director                     .              x         x           .               .            .           .          .             .                  .              .
forum member                 .              .         .           .               .            .           .          .             .                  .              .
external                     .              .         .           .               .            .           .          .             .                  .              .
nobody in particular         .              .         .           .               .            .           .          .             .                  .              .
"""  # noqa: E501 - a matrix is read across
# A message that is to be sent to the holder, and the history of all that was done, open to each.
WHILE_IT_WAITS_TO_BE_SENT = """
                      see_all_messages see_messages_of see_message change_messages see_history
holder                               .               x           x               .           .
line manager                         .               .           .               .           .
own head                             .               x           x               .           .
other head                           .               .           .               .           .
head of none                         .               .           .               .           .
action's owner                       .               .           .               .           .
peer                                 .               .           .               .           .
social worker                        .               .           .               .           .
administrator                        x               x           x               x           x
head of quality                      x               x           x               x           x
practice learning                    .               .           .               .           .
leadership                           .               .           .               .           .
director                             .               .           .               .           .
forum member                         .               .           .               .           .
external                             .               .           .               .           .
nobody in particular                 .               .           .               .           .
"""
# How good the audit itself was, once it is moderated, and deciding where the pair does not agree, open to each;
# the pair is not among them.
ONCE_IT_IS_MODERATED = """
                      see_how_it_was_marked decide_moderation
holder                           x                     .
line manager                     .                     .
own head                         .                     .
other head                       .                     .
head of none                     .                     .
action's owner                   .                     .
peer                             .                     .
social worker                    .                     .
administrator                    .                     .
head of quality                  x                     x
practice learning                .                     .
leadership                       .                     .
director                         .                     .
forum member                     .                     .
external                         .                     .
nobody in particular             .                     .
"""
# The day on which the holder's audit is moderated, to which the peer is asked, open to each.
WHILE_IT_IS_MODERATED = """
                      open_moderation follow_moderation answer_invitation
holder                       .                .                 .
line manager                 .                .                 .
own head                     .                x                 .
other head                   .                x                 .
head of none                 .                x                 .
action's owner               .                .                 .
peer                         .                .                 x
social worker                .                .                 .
administrator                x                x                 .
head of quality              x                x                 .
practice learning            .                x                 .
leadership                   .                x                 .
director                     .                x                 .
forum member                 .                .                 .
external                     .                .                 .
nobody in particular         .                .                 .
"""
# The holder put forward to the other head, who has not evaluated yet, open to each.
WHILE_SOMEBODY_IS_PUT_FORWARD = """
                      see_competency steer_competency see_profile evaluate sign_off_competency answer_profile
holder                      x               .              x         .              .                x
line manager                x               .              .         .              .                .
own head                    x               .              .         .              .                .
other head                  x               .              x         x              .                .
head of none                x               .              .         .              .                .
action's owner              x               .              .         .              .                .
peer                        x               .              .         .              .                .
social worker               .               .              .         .              .                .
administrator               .               .              .         .              .                .
head of quality             x               x              x         .              .                .
practice learning           .               .              .         .              .                .
leadership                  x               .              .         .              x                .
director                    x               .              .         .              x                .
forum member                .               .              .         .              .                .
external                    .               .              .         .              .                .
nobody in particular        .               .              .         .              .                .
"""
# What is asked round the same action: more time, whose it is (the peer was named), and whether it stands (the peer
# moderated its audit), open to each.
WHILE_AN_ACTION_IS_OPEN = """
                      decide_on_action accept_action settle hand_actions_over hand_over
holder                        .              .          .           .          .
line manager                  .              .          .           .          .
own head                      .              .          .           x          .
other head                    x              .          .           x          x
head of none                  .              .          .           x          .
action's owner                .              .          .           .          .
peer                          .              x          x           .          .
social worker                 .              .          .           .          .
administrator                 .              .          .           x          x
head of quality               x              .          x           x          x
practice learning             .              .          .           .          .
leadership                    .              .          .           .          .
director                      .              .          .           .          .
forum member                  .              .          .           .          .
external                      .              .          .           .          .
nobody in particular          .              .          .           .          .
"""
# The check of the same action, once it is confirmed, for which practice learning is asked; and an alert for the audit,
# that the peer moderates and the owner has in hand, and a practice case that the holder has scored, open to each.
WHILE_THE_LOOP_CLOSES = """
                      check raise_alert see_alert say_made_safe agree_that_safe see_workshop see_spread coach say_how_it_was
holder                  .        x    .           .              .  x           x          .     x
line manager            .        .    .           .              .  .           .          .     .
own head                .        .    x           .              x  .           .          .     .
other head              .        .    x           .              x  .           .          .     .
head of none            .        .    x           .              x  .           .          .     .
action's owner          .        .    x           x              .  x           .          .     .
peer                    .        x    .           .              .  x           .          .     .
social worker           .        .    .           .              .  .           .          .     .
administrator           .        .    .           .              .  x           .          .     .
head of quality         .        .    x           .              x  x           x          x     .
practice learning       x        .    .           .              .  x           x          x     .
leadership              .        .    .           .              .  .           .          .     .
director                .        .    .           .              .  .           .          .     .
forum member            .        .    .           .              .  .           .          .     .
external                .        .    .           .              .  .           .          .     .
nobody in particular    .        .    .           .              .  .           .          .     .
"""  # noqa: E501 - a matrix is read across
# The outcome of the audit, sent to its holder and the child's social worker, and an action of it, open to each.
ONCE_ITS_OUTCOME_IS_SENT = """
                      send_outcomes see_outcomes acknowledge answer_outcome copy_out see_who_was_helped share_examples see_examples read_action_of
holder                      .              .           x            .          .              .                .             x             x
line manager                .              .           .            .          .              .                .             x             .
own head                    .              .           .            .          .              .                .             x             .
other head                  .              .           .            .          .              .                .             x             x
head of none                .              .           .            .          .              .                .             x             .
action's owner              .              .           .            x          x              .                .             x             x
peer                        .              .           .            .          .              .                .             x             .
social worker               .              .           x            x          x              .                .             .             x
administrator               x              x           .            .          .              .                .             x             .
head of quality             x              x           .            .          .              x                x             x             .
practice learning           .              x           .            .          .              x                x             x             .
leadership                  .              .           .            .          .              .                .             x             .
director                    .              .           .            .          .              .                .             x             .
forum member                .              .           .            .          .              .                .             .             .
external                    .              .           .            .          .              .                .             .             .
nobody in particular        .              .           .            .          .              .                .             .             .
"""  # noqa: E501 - a matrix is read across
ABOUT: dict[str, tuple[object, ...]] = {
    "see_spread": (practised,),
    "say_how_it_was": (practised, None),
    "see_alert": (alerted, [owner], NOW.date()),
    "say_made_safe": (alerted, NOW.date()),
    "agree_that_safe": (alerted, [owner]),
    "see_held": (held,),
    "check": (looked_up,),
    "raise_alert": (allocation, moderation),
    "see_profile": (auditor, candidacy),
    "evaluate": (candidacy,),
    "sign_off_competency": (candidacy,),
    "answer_profile": (auditor,),
    "answer": (swap,),
    "undo": (swap,),
    "see_swap": (swap,),
    "give_more_time": (allocation,),
    "see_messages_of": (auditor,),
    "see_message": (message,),
    "give_reason_for": (allocation,),
    "see_report": (month,),
    "moderate": (allocation,),
    "take_alert": ([owner],),
    "see_audit": (allocation, moderated, sent_out),
    "see_how_it_was_marked": (allocation, moderated),
    "acknowledge": (sent_out,),
    "answer_outcome": (sent_out,),
    "copy_out": (sent_out,),
    "read_action_of": (action, allocation),
    "decide_moderation": ([PEOPLE["head of quality"]],),
    "see_in_the_appendix": (allocation.case,),
    "confirm": (action,),
    "decide_on_action": (action,),
    "accept_action": (passing,),
    "settle": (action, [PEOPLE["peer"]]),
    "hand_over": (action,),
    "see_on_the_board": (allocation,),
    "return": (allocation,),
    "see_action": (action,),
    "record_absence_of": (auditor,),
    "record_leaving_of": (auditor,),
    "answer_roll_check": (list_of_people, NOW.date()),
    "see_turns_of": (auditor,),
    "say_beforehand": (record,),
    "see_person": (auditor,),
    "see_kind_of": (Absence(auditor, NOW.date(), NOW.date()),),
    "declare_for": (auditor,),
    "choose_how_to_reach": (auditor,),
    "answer_invitation": (Invitation(PEOPLE["peer"]),),
}
MATRICES = (
    MATRIX,
    WHILE_THE_MONTH_RUNS,
    WHILE_IT_IS_HELD,
    WHILE_IT_IS_SWAPPED,
    WHILE_IT_IS_PLANNED,
    WHILE_IT_WAITS_TO_BE_SENT,
    ONCE_IT_IS_MODERATED,
    WHILE_IT_IS_MODERATED,
    WHILE_SOMEBODY_IS_PUT_FORWARD,
    WHILE_AN_ACTION_IS_OPEN,
    WHILE_THE_LOOP_CLOSES,
    ONCE_ITS_OUTCOME_IS_SENT,
)
EVERYONE_IN_THE_DEMO = "can_move_the_demo_clock"


def cells() -> list[tuple[str, str, bool]]:
    return [cell for matrix in MATRICES for cell in cells_of(matrix)]


def cells_of(matrix: str) -> list[tuple[str, str, bool]]:
    heading, *lines = matrix.strip("\n").splitlines()
    return [
        (line[:22].strip(), verb, mark == "x")
        for line in lines
        for verb, mark in zip(heading.split(), line[22:].split(), strict=True)
    ]


@pytest.mark.parametrize(("who", "verb", "may"), cells())
def test_each_may_do_what_the_matrix_says(who: str, verb: str, may: bool) -> None:
    unless_issued = {"issued": False} if verb == "see_report" else {}
    assert getattr(PEOPLE[who], f"can_{verb}")(*ABOUT.get(verb, ()), **unless_issued) is may


def test_the_matrix_has_everybody_and_every_verb() -> None:
    verbs = {name for name, _ in inspect.getmembers(Person, inspect.isfunction) if name.startswith("can_")}
    assert {f"can_{verb}" for _, verb, _ in cells()} | {EVERYONE_IN_THE_DEMO} == verbs
    assert [who for who, verb, _ in cells() if verb == "return"] == list(PEOPLE)


def test_what_waits_for_the_outcome_is_not_its_owners_or_its_workers_to_see_yet() -> None:
    seen = {who for who, person in PEOPLE.items() if person.can_see_action(action)}
    assert seen - {who for who, person in PEOPLE.items() if person.can_see_action(not_sent_yet)} == {
        "action's owner",
        "social worker",
    }


def test_every_role_stands_in_the_matrix() -> None:
    held = {role for who in PEOPLE.values() for role in who.roles}
    assert held | {Role.AUDITOR} == set(Role)
