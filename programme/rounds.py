"""One month's audit: its dates, its target, and who was given what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.allocations import Allocation
from programme.calendar import london, month_name
from programme.facts import Fact, RoundClosed, RoundOpened
from programme.people import AuditGroup, Person
from programme.planning_facts import RoundWithdrawn, TargetChanged
from programme.refusals import Refusal
from programme.rota import scheme_of
from programme.rulebook import Rulebook
from programme.tool import AuditTool
from programme.words import RoundState, Scheme

LONGEST_THEME = 200


@dataclass(eq=False)
class Round:
    month: str
    theme: str
    state: RoundState
    group: AuditGroup | None = None
    tool: AuditTool | None = None
    target: int | None = None
    target_set_by: Person | None = None
    scheme: Scheme = Scheme.GROUPS
    roll_check_on: date | None = None
    sample_on: date | None = None
    distribute_on: date | None = None
    due_on: date | None = None
    cut_off_at: datetime | None = None
    moderate_on: date | None = None
    outcomes_by: date | None = None
    draft_by: date | None = None
    comments_by: date | None = None
    sign_off_on: date | None = None
    areas: dict[str, list[str]] | None = None
    imported: bool = False
    returned_only: bool = False
    version: int = 1
    id: int | None = None

    @property
    def name(self) -> str:
        return month_name(self.month)

    def must_be_running(self) -> None:
        """Drawing, allocating and giving out go on until moderation begins."""
        if self.state not in {RoundState.OPEN, RoundState.DISTRIBUTED}:
            msg = f"The round for {self.name} is {self.state}; nothing more is drawn or given out in it."
            raise Refusal(msg)

    def distribute(self, planned: Sequence[Allocation], *, at: datetime) -> list[Fact]:
        """Give out everything that is allocated and not yet out."""
        self.must_be_running()
        if not planned:
            raise Refusal(self._nothing_to_give_out)
        self.state = RoundState.DISTRIBUTED
        return [fact for allocation in planned for fact in allocation.give_out(at=at)]

    @property
    def _nothing_to_give_out(self) -> str:
        if self.state is RoundState.DISTRIBUTED:
            return "Everything that is allocated is given out already."
        return f"There is nothing to give out for {self.name}. Allocate first."

    def recall(self, out: Sequence[Allocation], why: str, *, heard: Sequence[Person]) -> list[Fact]:
        """It was given out by mistake: all that is `out` is taken back, and who has `heard` of it is told so once."""
        if self.state is not RoundState.DISTRIBUTED or not out:
            msg = f"Nothing of {self.name} is out that could be withdrawn."
            raise Refusal(msg)
        if not why.strip():
            msg = "Say why it is withdrawn."
            raise Refusal(msg, field="reason")
        withdrawn = [fact for audit in out for fact in audit.recall(why.strip())]
        told = tuple(dict.fromkeys(heard))
        return [*withdrawn, RoundWithdrawn(about=self.month, audits=len(out), tell=told)]

    def aim_at(self, target: int, *, by: Person) -> list[Fact]:
        """Another target; whose decision it was stands with it."""
        self.must_be_running()
        must_ask_for_something(target)
        self.target, self.target_set_by = target, by
        return [TargetChanged(about=self.month, target=target)]

    def close(self, unsettled: Sequence[Allocation]) -> list[Fact]:
        """Nothing more is expected. `unsettled` are those allocated or given out that have not ended."""
        if self.state is RoundState.CLOSED:
            msg = f"The round for {self.name} is closed already."
            raise Refusal(msg)
        if unsettled:
            named = ", ".join(allocation.ref for allocation in unsettled)
            msg = f"{self.name} cannot be closed while these have not ended: {named}."
            raise Refusal(msg)
        self.state = RoundState.CLOSED
        return [RoundClosed(about=self.month)]


def open_round(
    month: str,
    *,
    theme: str,
    group: AuditGroup,
    tool: AuditTool,
    target: int | None,
    by: Person,
    rules: Rulebook,
) -> tuple[Round, list[Fact]]:
    """A new round with its dates from policy; the target is the policy's unless somebody sets another."""
    if not theme.strip():
        msg = "Say what the month's theme is."
        raise Refusal(msg, field="theme")
    if len(theme.strip()) > LONGEST_THEME:
        msg = f"The theme is too long: at most {LONGEST_THEME} characters are kept."
        raise Refusal(msg, field="theme")
    if target is not None:
        must_ask_for_something(target)
    dates = rules.calendar.dates_of(month, rules.policy.month)
    opened = Round(
        month=month,
        theme=theme.strip(),
        state=RoundState.OPEN,
        group=group,
        tool=tool,
        target=rules.policy.programme.target if target is None else target,
        target_set_by=None if target is None else by,
        scheme=scheme_of(month, rules.policy.rota),
        roll_check_on=dates.roll_check_on,
        sample_on=dates.sample_on,
        distribute_on=dates.distribute_on,
        due_on=dates.due_on,
        cut_off_at=dates.cut_off_at,
        moderate_on=dates.moderate_on,
        outcomes_by=dates.outcomes_by,
        draft_by=dates.draft_by,
        comments_by=dates.comments_by,
        sign_off_on=dates.sign_off_on,
    )
    return opened, [RoundOpened(about=month, target=opened.target or 0)]


def must_ask_for_something(target: int) -> None:
    if target < 1:
        msg = f"A target of {target} asks for nothing. Give a number above 0."
        raise Refusal(msg, field="target")


def dates_out_of_month(opened: Round) -> list[str]:
    """Steps that counted on into the next month because this one has too few working days."""
    steps = {
        "due": opened.due_on,
        "cut-off": opened.cut_off_at and london(opened.cut_off_at).date(),
        "moderation": opened.moderate_on,
    }
    return [f"{step} on {day:%-d %B}" for step, day in steps.items() if day and f"{day:%Y-%m}" != opened.month]
