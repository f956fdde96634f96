"""How the programme's plain classes are laid onto the tables.

Relationships never load by themselves (`lazy='raise'`): a finder loads what a decision needs, so that no page turns
into a hundred queries. What belongs to its parent and is always read with it is loaded in the same breath.
"""

from dataclasses import fields

from sqlalchemy.orm import composite, relationship

from programme.actions import Action
from programme.allocations import Allocation
from programme.beforehand import Beforehand
from programme.cases import Case, FrameEntry
from programme.chasing import StepTaken
from programme.collection import Delivery, Draft, Sheet
from programme.forecast import ForecastKept
from programme.homes import Home
from programme.jobs import Job, SetAside
from programme.notices import Notice
from programme.partners import PartnerTotal
from programme.people import AuditGroup, Person, Team
from programme.post_switch import PostSwitch
from programme.report import Report
from programme.returns import Judgement, OutcomeSeen, Return, VoiceHeard
from programme.rota import Turn
from programme.rounds import Round
from programme.safety import Alert
from programme.sampling import Sample
from programme.sign_in import SignInLink, Visit
from programme.steering import Steer
from programme.submissions import Submission
from programme.swap_peers import Helper
from programme.swap_turns import Was
from programme.swaps import Offer, Swap
from programme.tool import AuditTool, FormItem, GradeOnScale, Question
from programme.unmet import Unmet
from storage.tables import month, planning, post, returns, rounds, work
from storage.tables.base import lay
from storage.tables.mapping_actions import lay_actions
from storage.tables.mapping_closing import lay_closing
from storage.tables.mapping_competency import lay_competency
from storage.tables.mapping_moderation import lay_moderation
from storage.tables.mapping_outcomes import lay_outcomes
from storage.tables.mapping_people import lay_people, person_at
from storage.tables.meeting import lay_meetings


def lay_out() -> None:
    """Map every class, each once, when the tables are first imported."""
    lay_people()
    _planning()
    _tools()
    _cases()
    _rounds()
    _returns()
    lay_actions()
    _swaps()
    lay_moderation()
    lay_meetings()
    lay_outcomes()
    _alerts_and_report()
    lay_closing()
    _post()
    lay_competency()


def _planning() -> None:
    entry, steer = planning.beforehand.c, planning.steer.c
    lay(Sample, planning.sample, properties={"drawn_by": relationship(Person, lazy="raise")})
    lay(
        Beforehand,
        planning.beforehand,
        properties={"entry": relationship(FrameEntry, lazy="raise"), "person": person_at(entry.person_id)},
    )
    lay(PartnerTotal, planning.partner_total, properties={"entered_by": relationship(Person, lazy="raise")})
    lay(
        Steer,
        planning.steer,
        properties={
            "case": relationship(Case, lazy="raise"),
            "person": person_at(steer.person_id),
            "by": person_at(steer.by_id),
        },
    )
    lay(ForecastKept, planning.forecast)


def _tools() -> None:
    lay(GradeOnScale, rounds.grade_on_scale)
    lay(Question, rounds.question)
    tool = rounds.audit_tool
    own = "all, delete-orphan"
    ordered_scale = relationship(GradeOnScale, lazy="raise", order_by=rounds.grade_on_scale.c.position, cascade=own)
    ordered_questions = relationship(Question, lazy="raise", order_by=rounds.question.c.position, cascade=own)
    lay(FormItem, rounds.form_item)
    form_items = relationship(FormItem, lazy="raise", order_by=rounds.form_item.c.id, cascade=own)
    parts = {"scale": ordered_scale, "questions": ordered_questions, "form_items": form_items}
    lay(AuditTool, tool, properties=parts)


def _cases() -> None:
    case = rounds.audit_case
    lay(
        Case,
        case,
        properties={
            "team": relationship(Team, lazy="raise"),
            "social_worker": relationship(Person, lazy="raise", foreign_keys=case.c.social_worker_id),
            "team_manager": relationship(Person, lazy="raise", foreign_keys=case.c.team_manager_id),
        },
    )
    entry = rounds.frame_entry
    lay(
        FrameEntry,
        entry,
        properties={
            "case": relationship(Case, lazy="raise"),
            "released_to": person_at(entry.c.released_to_id),
            "released_by": person_at(entry.c.released_by_id),
        },
    )


def _rounds() -> None:
    lay(
        Round,
        rounds.round_,
        version_id_col=rounds.round_.c.version,
        properties={
            "group": relationship(AuditGroup, lazy="raise"),
            "tool": relationship(AuditTool, lazy="raise"),
            "target_set_by": relationship(Person, lazy="raise"),
        },
    )
    lay(
        Allocation,
        rounds.allocation,
        version_id_col=rounds.allocation.c.version,
        properties={
            "round": relationship(Round, lazy="raise"),
            "case": relationship(Case, lazy="raise"),
            "holder": relationship(Person, lazy="raise"),
            "own_tool": relationship(AuditTool, lazy="raise"),
            "first": relationship(Allocation, lazy="raise", remote_side=rounds.allocation.c.id),
        },
    )


def _returns() -> None:
    lay(
        Submission,
        returns.submission,
        version_id_col=returns.submission.c.version,
        properties={
            "allocation": relationship(Allocation, lazy="raise"),
            "decided_by": relationship(Person, lazy="raise"),
        },
    )
    lay(Delivery, returns.delivery, properties={"submission": relationship(Submission, lazy="raise")})
    lay(
        Draft,
        returns.draft,
        properties={
            "allocation": relationship(Allocation, lazy="raise"),
            "person": relationship(Person, lazy="raise"),
        },
    )
    lay(Sheet, returns.sheet)
    lay(Judgement, returns.judgement)
    lay(VoiceHeard, returns.voice_heard)
    lay(OutcomeSeen, returns.outcome_seen)
    lay(
        Return,
        returns.audit_return,
        properties={
            "allocation": relationship(Allocation, lazy="raise"),
            "submission": relationship(Submission, lazy="raise"),
            "judgements": relationship(Judgement, lazy="raise", order_by=returns.judgement.c.id),
            "voices": relationship(VoiceHeard, lazy="raise", order_by=returns.voice_heard.c.id),
            "outcomes": relationship(OutcomeSeen, lazy="raise", order_by=returns.outcome_seen.c.id),
        },
    )


def _swaps() -> None:
    lay(Helper, month.help_offered, properties={"person": relationship(Person, lazy="raise")})
    lay(Turn, month.turn, properties={"person": relationship(Person, lazy="raise")})
    lay(Offer, month.swap_offer, properties={"peer": relationship(Person, lazy="joined", innerjoin=True)})
    lay(
        Swap,
        month.swap,
        version_id_col=month.swap.c.version,
        properties={
            "allocation": relationship(Allocation, lazy="raise", foreign_keys=month.swap.c.allocation_id),
            "asker": relationship(Person, lazy="raise", foreign_keys=month.swap.c.asker_id),
            "settled_by": relationship(Person, lazy="raise", foreign_keys=month.swap.c.settled_by_id),
            "other": relationship(Allocation, lazy="raise", foreign_keys=month.swap.c.other_id),
            "was": composite(Was, *(month.swap.c[each.name] for each in fields(Was))),
            "offers": relationship(Offer, lazy="raise", order_by=month.swap_offer.c.id),
        },
    )


def _alerts_and_report() -> None:
    lay(StepTaken, month.step_taken)
    alert, report = month.alert, month.report
    lay(
        Alert,
        alert,
        version_id_col=alert.c.version,
        properties={
            "allocation": relationship(Allocation, lazy="raise"),
            "raised_by": person_at(alert.c.raised_by_id),
            "taken_by": person_at(alert.c.taken_by_id),
            "action": relationship(Action, lazy="raise"),
            "seen_by": person_at(alert.c.seen_by_id),
            "ended_by": person_at(alert.c.ended_by_id),
        },
    )
    lay(
        Report,
        report,
        version_id_col=report.c.version,
        properties={
            "round": relationship(Round, lazy="raise"),
            "signed_off_by": relationship(Person, lazy="raise", foreign_keys=report.c.signed_off_by_id),
            "issued_by": relationship(Person, lazy="raise", foreign_keys=report.c.issued_by_id),
        },
    )


def _post() -> None:
    notice = post.notice.c
    lay(
        Notice,
        post.notice,
        properties={"person": person_at(notice.person_id), "set_by": person_at(notice.set_by_id)},
    )
    lay(PostSwitch, post.post_switch)
    lay(Home, post.app_home)
    lay(Job, work.job)
    lay(SetAside, work.set_aside)
    lay(Unmet, work.unmet)
    lay(SignInLink, post.sign_in_link, properties={"person": relationship(Person, lazy="raise")})
    lay(Visit, post.visit, properties={"person": relationship(Person, lazy="raise")})
