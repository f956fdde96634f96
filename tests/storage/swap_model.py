"""Swaps on plain dictionaries, written apart from the programme: what each step should do, and to whom it is said."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.storage.swap_month import (
    CLOSES,
    COVER,
    DUE,
    EXCHANGE,
    NOVEMBER,
    OCTOBER,
    TWO_WAY,
    UNDER_WAY,
    Month,
    No,
    Swap,
    end_of,
    weekdays_after,
)


@dataclass
class Model(Month):
    """Each step raises `No` where it may not be taken; who goes on then takes the model as it was before."""

    # How a swap begins.

    def ask(self, ref: str, by: str, kind: str, peers: Sequence[str] | None) -> None:
        """`peers` are asked by name; everybody where it is None."""
        if not self.is_swappable(ref, by) or self.open_for(ref):
            raise No
        if peers is not None and not 1 <= len(peers) <= 3:
            raise No
        asked = self.who_may_take(ref, by, kind) if peers is None else peers
        if not asked or not all(self.may_take(ref, by, kind, who) for who in asked):
            raise No
        self._begin(ref, by, kind).offers = dict.fromkeys(asked, "waiting")
        self._tell("swap_asked", asked)

    def find_nobody(self, ref: str, by: str) -> None:
        if not self.is_swappable(ref, by) or self.open_for(ref):
            raise No
        self.end(self._begin(ref, by, TWO_WAY), "declined", self.world.administrators)

    def make(self, ref: str, by: str, kind: str, peer: str) -> None:
        asked, holder = self.open_for(ref), self.audits[ref].holder
        if asked:
            self.withdraw(asked, by)
        if by not in self.world.arrangers or not self.is_swappable(ref, holder):
            raise No
        if not self.may_take(ref, holder, kind, peer):
            raise No
        swap = self._begin(ref, holder, kind)
        swap.offers = {peer: "accepted"}
        self._move(swap, ())

    def _begin(self, ref: str, by: str, kind: str) -> Swap:
        ends = min(weekdays_after(self.today, 2), self.audits[ref].due - timedelta(days=1))
        self.swaps.append(Swap(ref, by, kind, end_of(ends)))
        return self.swaps[-1]

    # How it goes on.

    def must_be_theirs_to_answer(self, swap: Swap, by: str) -> None:
        if swap.state != "open" or swap.offers.get(by) != "waiting":
            raise No

    def must_be_possible(self, swap: Swap, who: str) -> None:
        if self.is_over(swap) or not self.may_take(swap.ref, swap.asker, swap.kind, who):
            raise No

    def accept(self, swap: Swap, by: str) -> None:
        self.must_be_theirs_to_answer(swap, by)
        self.must_be_possible(swap, by)
        swap.offers[by] = "accepted"
        self._close_waiting(swap)
        self.turn_of_duty(swap.asker)
        if not self.approval:
            self._move(swap, self.world.administrators)
            return
        swap.state, swap.ends = "awaiting_approval", end_of(self.audits[swap.ref].due - timedelta(days=1))
        self._tell("swap_to_approve", self.world.administrators, swap)

    def approve(self, swap: Swap, by: str) -> None:
        self._must_await(swap, by)
        self.must_be_possible(swap, swap.taker)
        self._move(swap, ())

    def turn_down(self, swap: Swap, by: str) -> None:
        self._must_await(swap, by)
        self.end(swap, "declined", [swap.asker, *self.world.administrators])

    def _must_await(self, swap: Swap, by: str) -> None:
        if by not in self.world.arrangers or swap.state != "awaiting_approval":
            raise No

    def decline(self, swap: Swap, by: str) -> None:
        self.must_be_theirs_to_answer(swap, by)
        swap.offers[by] = "declined"
        if "waiting" not in swap.offers.values():
            self.end(swap, "declined", [swap.asker, *self.world.administrators])

    def withdraw(self, swap: Swap, by: str) -> None:
        if by not in {swap.asker, *self.world.arrangers} or swap.state not in UNDER_WAY:
            raise No
        self.end(swap, "withdrawn", [] if by == swap.asker else [swap.asker])

    def sweep(self) -> None:
        for swap in self.swaps:
            if swap.state in UNDER_WAY and self.is_over(swap):
                failed = self.is_theirs(swap)
                told = [swap.asker, *self.world.administrators] if failed else []
                self.end(swap, "expired" if failed else "withdrawn", told)

    def end(self, swap: Swap, state: str, told: Collection[str]) -> None:
        self._close_waiting(swap)
        swap.state, swap.settled = state, self.now
        self._tell("swap_ended", told, swap)

    def _close_waiting(self, swap: Swap) -> None:
        swap.offers = {who: "closed" if said == "waiting" else said for who, said in swap.offers.items()}

    def _tell(self, kind: str, told: Collection[str], swap: Swap | None = None) -> None:
        about = str(self.swaps.index(swap) if swap else len(self.swaps) - 1)
        self.told.update((kind, about, who) for who in dict.fromkeys(told))

    # What it moves.

    def _move(self, swap: Swap, told: Collection[str]) -> None:
        asker, taker, names = swap.asker, swap.taker, self.world.names
        self.turn_of_duty(asker)
        if swap.kind == TWO_WAY:
            swap.was = (self.turns.pop((asker, OCTOBER)), self.turns.pop((taker, NOVEMBER)))
            self.turns[taker, OCTOBER] = f"swapped with {names[asker]} in October 2017"
            self.turns[asker, NOVEMBER] = f"swapped with {names[taker]} in October 2017"
        if swap.kind == COVER and self.holds(asker) == 1 and (taker, OCTOBER) not in self.turns:
            swap.was = (self.turns.pop((asker, OCTOBER)), "")
            self.turns[taker, OCTOBER] = f"covers for {names[asker]} in October 2017"
        swap.other = self.first_open(taker) if swap.kind == EXCHANGE else ""
        self.audits[swap.ref].holder = taker
        if swap.other:
            self.audits[swap.other].holder = asker
        swap.state, swap.settled = "accepted", self.now
        self._tell("swap_accepted", [asker, taker, *told], swap)

    def undo(self, swap: Swap, by: str) -> None:
        arranges = by in self.world.arrangers
        in_time = swap.settled is not None and self.now <= end_of(weekdays_after(swap.settled.date(), 1))
        if swap.state != "accepted" or not (arranges or (by == swap.taker and in_time)):
            raise No
        moved = {swap.ref: swap.taker} | ({swap.other: swap.asker} if swap.other else {})
        if any((self.audits[ref].holder, self.audits[ref].state) != (who, "out") for ref, who in moved.items()):
            raise No
        self._move_turns_back(swap)
        self.audits[swap.ref].holder = swap.asker
        if swap.other:
            self.audits[swap.other].holder = swap.taker
        swap.state, swap.settled = "undone", self.now
        self._tell("swap_undone", [swap.asker, swap.taker, *self.world.administrators], swap)
        self.follow()

    def _move_turns_back(self, swap: Swap) -> None:
        if swap.was is None:
            return
        here, there = (swap.taker, OCTOBER), (swap.asker, NOVEMBER)
        back = [(swap.asker, OCTOBER), *([(swap.taker, NOVEMBER)] if swap.kind == TWO_WAY else [])]
        if here not in self.turns or any(each in self.turns for each in back):
            raise No
        if swap.kind == TWO_WAY:
            if there not in self.turns or self.november == "out":
                raise No
            del self.turns[there]
        del self.turns[here]
        self.turns |= dict(zip(back, swap.was, strict=False))

    # What happens beside it.

    def suggest(self, ref: str) -> None:
        holder = self.audits[ref].holder
        if self.is_swappable(ref, holder) and not self.open_for(ref) and self.who_may_take(ref, holder, TWO_WAY):
            self.told["swap_suggested", ref, holder] += 1

    def is_away(self, who: str, first: date, last: date) -> None:
        """Noted by somebody else, who hears of nothing; the days are known if they were said before."""
        if (first, last) not in self.away.setdefault(who, []):
            self.away[who].append((first, last))
            for ref, audit in self.audits.items():
                if audit.holder == who and first <= audit.due <= last:
                    self.suggest(ref)
        self.follow()

    def comes_back(self, who: str) -> None:
        """From the absence that was noted first."""
        first, last = self.away[who][0]
        if last < self.today:
            raise No
        day = max(first, self.today)
        self.away[who][0:1] = [] if first == day else [(first, day - timedelta(days=1))]
        self.follow()

    def moves_on(self, who: str) -> None:
        self.left[who] = self.today
        self.follow()

    def hands_on(self, who: str, takers: Mapping[str, str]) -> None:
        """Who takes an audit is chosen among those who may; so it is told here, and looked at."""
        for swap in self.swaps:
            if swap.state in UNDER_WAY and swap.asker == who:
                self.end(swap, "withdrawn", [])
            elif (swap.state, swap.offers.get(who)) in {("open", "waiting"), ("awaiting_approval", "accepted")}:
                swap.offers[who] = "declined"
                if swap.state != "open" or "waiting" not in swap.offers.values():
                    self.end(swap, "declined", [swap.asker, *self.world.administrators])
        for ref, taker in takers.items():
            assert (taker, OCTOBER) in self.turns
            assert self.holds(taker) < self.world.room[taker]
            assert taker not in self.world.tied
            assert self.in_post(taker, max(DUE, self.today))
            audit = self.audits[ref]
            audit.holder, audit.due = taker, CLOSES if audit.due < self.today else audit.due

    def offers_help(self, who: str) -> None:
        if who not in self.world.room:
            raise No
        if who not in self.help:
            self.help.append(who)
            for ref in self.looked_for_in_vain():
                if self.may_take(ref, self.audits[ref].holder, TWO_WAY, who):
                    self.suggest(ref)
        for swap in self.swaps:
            if swap.state == "open" and who not in swap.offers and self.may_take(swap.ref, swap.asker, swap.kind, who):
                swap.offers[who] = "waiting"

    def looked_for_in_vain(self) -> list[str]:
        last = {swap.ref: swap for swap in self.swaps}
        return [ref for ref, swap in last.items() if swap.has_failed and self.is_theirs(swap)]

    def non_returners(self, window: Sequence[date]) -> set[str]:
        """Who holds what did not come in, and nothing that did; who was away for the whole window could not."""
        holding = {each.holder for each in self.audits.values() if each.state == "out"}
        did = {each.holder for each in self.audits.values() if each.state == "returned"}
        return {who for who in holding - did if not self.is_away_on_all(window, who)}
