"""One audit to swap: whom its holder asks; and for who arranges swaps who takes it, asked again before it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from programme import swap_asking, swap_words
from programme.allocations import Allocation
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.swap_peers import why_asked
from programme.words import SwapKind
from storage import find, swapping
from storage.office import Office
from storage.session import Session
from web.sign_in import NobodyHere, to_sign_in
from web.swaps import SwapView

SHOWN_AT_ONCE = 5
"""The best; the others stand under a heading that opens."""


@dataclass(frozen=True)
class Chosen:
    """What was chosen so far: an audit, the kind of swap, and who."""

    ref: str
    kind: SwapKind
    emails: Sequence[str] = ()
    everybody: bool = False

    @classmethod
    def of(cls, said: MultiDict[str, str]) -> "Chosen":
        kind = said.get("kind", SwapKind.TWO_WAY)
        if kind not in set(SwapKind):
            raise NotFound("There is no such kind of swap.")
        return cls(said.get("audit", ""), SwapKind(kind), said.getlist("peer"), "everybody" in said)


class ChoosePage(SwapView):
    """Those who could take it, best first and with the reason; and the other kinds of swap."""

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, Chosen.of(request.args))

    def post(self) -> ResponseReturnValue:
        chosen = Chosen.of(request.form)
        try:
            if self._arranges(chosen) and "sure" not in request.form:
                return self._question(chosen)
            with self.office.record.writing() as session:
                said = self._take(session, self._reader(session), chosen)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, chosen, {"peer": refusal.sentence}), 422
        flash(said, "done")
        return redirect("/swaps", code=303)

    def _arranges(self, chosen: Chosen) -> bool:
        with self.office.record.reading() as session:
            _, holder, me = self._audit(session, chosen)
            return holder is not me

    def _audit(self, session: Session, chosen: Chosen) -> tuple[Allocation, Person, Person]:
        """An audit that can be swapped, whose it is, and the reader: its holder, or who arranges swaps for others."""
        me = self._reader(session)
        audit = find.allocations.by_ref(session, chosen.ref)
        holder = swap_asking.for_whom(audit, me)
        swap_asking.must_be_in_time(audit, holder=holder, today=self.office.today(session))
        return audit, holder, me

    def _take(self, session: Session, me: Person, chosen: Chosen) -> str:
        if request.form.get("step") == "nobody":
            swapping.found_nobody(session, self.office, chosen.ref, me)
            return swap_words.FOUND_NOBODY
        _, holder, _ = self._audit(session, chosen)
        if holder is not me:
            email = next(iter(chosen.emails), "")
            return swap_words.made(swapping.make(session, self.office, chosen.ref, email, me, chosen.kind))
        asked = swapping.ask(
            session, self.office, chosen.ref, chosen.emails, me, chosen.kind, everybody=chosen.everybody
        )
        return swap_words.been_asked(asked)

    def _question(self, chosen: Chosen) -> str:
        """It is only tried first, so that what cannot be made is refused before anybody is asked whether to make it."""
        with self.office.record.writing(only_try=True) as session:
            self._take(session, self._reader(session), chosen)
        with self.office.record.reading() as session:
            audit, _, _ = self._audit(session, chosen)
            return render_template(
                "swaps/make.html",
                audit=audit,
                kind=chosen.kind,
                peer=find.people.by_email(session, chosen.emails[0]),
                ends_with_it=find.swaps.open_for(session, audit.ref),
                words=swap_words,
            )

    def _page(self, session: Session, chosen: Chosen, errors: Mapping[str, str] | None = None) -> str:
        audit, holder, me = self._audit(session, chosen)
        arranged_for = "" if holder is me else holder.name
        at_most = 1 if arranged_for else self.office.rules.policy.swaps.ask_at_most
        peers = swapping.who_may_be_asked(session, self.office, audit, holder, chosen.kind)
        items = [
            {
                "value": peer.person.email,
                "text": peer.person.name,
                "hint": {"text": why_asked(chosen.kind, peer)},
                "checked": peer.person.email in chosen.emails,
            }
            for peer in peers
        ]
        return render_template(
            "swaps/choose.html",
            audit=audit,
            kind=chosen.kind,
            best=items[:SHOWN_AT_ONCE],
            others=items[SHOWN_AT_ONCE:],
            question=swap_words.whom_to_ask(audit, chosen.kind, at_most, arranged_for),
            nobody=swap_words.nobody_can(audit, chosen.kind, arranged_for),
            arranged_for=arranged_for,
            words=swap_words,
            errors=errors or {},
        )


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("swap_choosing", __name__, url_prefix="/swaps")
    blueprint.add_url_rule("/choose", view_func=ChoosePage.as_view("choose", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
