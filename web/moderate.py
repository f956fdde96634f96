"""Moderation of one audit: judged alone, then side by side, then agreed; sent back, or decided by somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import disagreeing, newer, sending_back
from programme.calendar import london
from programme.moderation import Moderation, Reading, questions_of, tool_of
from programme.people import Person
from programme.refusals import Faulty, NotAllowed, NotFound, Refusal
from storage import find, moderating
from storage.office import Office
from storage.session import Session
from web import agreeing
from web.moderation_form import as_judged
from web.sign_in import require_person

Said = Mapping[str, str]
STANDS, ANEW = "stands", "anew"
"""The button by which a judgement stands of a newer version, and what asks for the page to judge it anew."""


@dataclass(frozen=True)
class StepPage(MethodView):
    """A page on which one person takes one step of one moderation; what is wrong is shown back with all that was typed.

    Each page finds for whom it is (`mine`), how it looks, and what is done with what was sent.
    """

    office: Office

    def mine(self, session: Session, ref: str) -> tuple[Person, Moderation]:
        """Me, and what I moderate; for nobody else it is there."""
        me = require_person(session, self.office)
        found = find.moderations.must_be(session, ref)
        found.reading_of(me)
        return me, found

    def shown(self, session: Session, me: Person, found: Moderation, said: Said | None, errors: Said) -> str:
        raise NotImplementedError

    def take(self, session: Session, me: Person, found: Moderation, said: Said) -> str:
        raise NotImplementedError

    def after(self, ref: str) -> str:
        return f"/audits/{ref}/moderate"

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, found = self.mine(session, ref)
            if found.is_agreed:
                return redirect(f"/audits/{ref}")
            return self.shown(session, me, found, None, {})

    def post(self, ref: str) -> ResponseReturnValue:
        said = agreeing.typed()
        try:
            if agreeing.ONE_MORE in said:
                return self._again(ref, said, {})
            with self.office.record.writing() as session:
                me, found = self.mine(session, ref)
                told = self.take(session, me, found, said)
        except Faulty as faulty:
            return self._again(ref, said, faulty.by_field), 422
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            if refusal.field:
                return self._again(ref, said, {refusal.field: refusal.sentence}), 422
            flash(refusal.sentence, "refused")
            return redirect(self.after(ref), code=303)
        flash(told, "done")
        return redirect(self.after(ref), code=303)

    def _again(self, ref: str, said: Said, errors: Said) -> str:
        with self.office.record.reading() as session:
            me, found = self.mine(session, ref)
            return self.shown(session, me, found, said, errors)


class ModeratePage(StepPage):
    """Alone while I have not judged; then a word to wait; then both judgements; then what was agreed."""

    def take(self, session: Session, me: Person, found: Moderation, said: Said) -> str:
        """What was sent is an own judgement, that it stands, or an agreement, as the form says that it is."""
        audit = found.allocation
        if STANDS in said:
            moderating.stand(session, self.office, audit.ref, by=me)
            return "Thank you. Your judgement stands."
        if said.get("agreeing") == "yes":
            agreed = agreeing.agreement(session, found, said)
            moderating.agree(session, self.office, audit.ref, agreed, by=me)
            return "Thank you. What you agreed is kept, and the auditor is told."
        moderating.read(session, self.office, audit.ref, as_judged(said, audit), by=me)
        return "Thank you. Your judgement is kept."

    def shown(self, session: Session, me: Person, found: Moderation, said: Said | None, errors: Said) -> str:
        reading, version = found.reading_of(me), moderating.return_of(session, found).version
        anew = ANEW in request.args or (said is not None and said.get("agreeing") != "yes")
        if reading.read_at is None:
            return self._blind(session, me, found, said or {}, errors)
        if reading.is_of_earlier_than(version):
            if anew:
                return self._blind(session, me, found, said or judged_before(reading), errors)
            return self._newer(session, found, reading)
        behind = [each for each in found.readings if each.is_of_earlier_than(version)]
        back = found.with_auditor(self.office.today(session))
        if not found.all_have_read or behind or back:
            return self._wait(session, me, found, behind)
        return agreeing.page(session, self.office, me, found, said, errors)

    def _blind(self, session: Session, me: Person, found: Moderation, said: Said, errors: Said) -> str:
        audit, returned = found.allocation, moderating.return_of(session, found)
        return render_template(
            "moderation/blind.html",
            audit=audit,
            tool=tool_of(audit),
            partner=found.partner_of(me),
            errors=errors,
            questions=questions_of(audit),
            evidence={each.question_key: each.evidence for each in returned.judgements},
            returned=returned,
            said=said,
        )

    def _newer(self, session: Session, found: Moderation, reading: Reading) -> str:
        audit, now = found.allocation, moderating.return_of(session, found)
        before = find.submissions.version_of(session, audit, reading.of_version)
        questions, seen = questions_of(audit), found.all_have_read
        differ = newer.differences(before, now, questions, tool_of(audit), with_judgements=seen) if before else []
        return render_template("moderation/newer.html", audit=audit, reading=reading, returned=now, differences=differ)

    def _wait(self, session: Session, me: Person, found: Moderation, behind: list[Reading]) -> str:
        at, rules = self.office.now(session), self.office.rules
        return render_template(
            "moderation/wait.html",
            audit=found.allocation,
            partner=found.partner_of(me),
            partner_has_read=found.all_have_read,
            behind=behind,
            back=found.with_auditor(london(at).date()),
            may_send_back=sending_back.latest_day(found, at=at, rules=rules) is not None,
        )


class SendBackPage(StepPage):
    """What is missing, in words and by question; for who has judged it alone."""

    def take(self, session: Session, me: Person, found: Moderation, said: Said) -> str:
        asked = request.form.getlist("questions")
        sent = moderating.send_back(session, self.office, found.allocation.ref, said.get("missing", ""), asked, by=me)
        back = sent.last_sent_back
        until = f"{back.until:%A %-d %B}" if back else ""
        return f"It is with its auditor until {until}. You are told when it comes again; what you judged is kept."

    def shown(self, session: Session, me: Person, found: Moderation, said: Said | None, errors: Said) -> str:
        sending_back.must_have_read(found, me)
        audit, returned = found.allocation, moderating.return_of(session, found)
        at, rules = self.office.now(session), self.office.rules
        judged = {each.question_key for each in returned.judgements if each.grade is not None}
        blank = [each.key for each in questions_of(audit) if each.key not in judged] if found.all_have_read else []
        ticked = blank if said is None else request.form.getlist("questions")
        return render_template(
            "moderation/send_back.html",
            audit=audit,
            questions={each.key: each.text for each in questions_of(audit)},
            until=sending_back.latest_day(found, at=at, rules=rules),
            said={"missing": (said or {}).get("missing", ""), "questions": ";".join(ticked)},
            errors=errors,
        )


class DisagreePage(StepPage):
    """'We do not agree', with the words of both."""

    def take(self, session: Session, me: Person, found: Moderation, said: Said) -> str:
        words = {each.moderator.email: said.get(f"why_{each.moderator.id}", "") for each in found.readings}
        moderating.disagree(session, self.office, found.allocation.ref, words, by=me)
        return "Both judgements and your words are kept. Who decides is told."

    def shown(self, session: Session, me: Person, found: Moderation, said: Said | None, errors: Said) -> str:
        found.must_be_ready_for(me)
        deciders = find.moderations.deciders(session, found, on=self.office.today(session))
        return render_template(
            "moderation/disagree.html",
            audit=found.allocation,
            readings=found.readings,
            deciders=deciders,
            said=said or {},
            errors=errors,
        )


class DecidePage(StepPage):
    """Where a pair does not agree: the same page as theirs, for who decides."""

    def mine(self, session: Session, ref: str) -> tuple[Person, Moderation]:
        me = require_person(session, self.office)
        found = find.moderations.must_be(session, ref)
        deciders = find.moderations.deciders(session, found, on=self.office.today(session))
        if not found.is_agreed or not me.can_decide_moderation(deciders):
            disagreeing.must_be_open_to(found, me, deciders)
        return me, found

    def take(self, session: Session, me: Person, found: Moderation, said: Said) -> str:
        agreed = agreeing.agreement(session, found, said)
        moderating.agree(session, self.office, found.allocation.ref, agreed, by=me)
        return "Thank you. What you decided is kept. The pair and the auditor are told."

    def shown(self, session: Session, me: Person, found: Moderation, said: Said | None, errors: Said) -> str:
        return agreeing.page(session, self.office, me, found, said, errors)

    def after(self, ref: str) -> str:
        return f"/audits/{ref}"


def judged_before(reading: Reading) -> dict[str, str]:
    """What they judged of the earlier version, as the form begins when they judge it anew."""
    said = {each.question_key: each.grade for each in reading.judgements} | {"overall": reading.overall}
    return {name: grade.value for name, grade in said.items() if grade is not None}


def add_to(blueprint: Blueprint, office: Office) -> None:
    views = (ModeratePage, SendBackPage, DisagreePage, DecidePage)
    for name, view in zip(("moderate", "send-back", "disagree", "decide"), views, strict=True):
        blueprint.add_url_rule(f"/<ref>/{name}", view_func=view.as_view(name.replace("-", "_"), office))
