"""An allocation in plain words: why this person, which wish was given up, and what keeps the others from a place."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from programme.blocking import Blocks, Candidate, Known, Rule
from programme.calendar import month_name
from programme.cases import Case
from programme.people import Person
from programme.solving import Bottleneck

NAMED_AT_MOST = 5
IN_WORDS = {1: "one", 2: "two", 3: "three"}
Said = tuple[str, str]
"""Why something cannot be placed, and the smallest change that would place it."""


def needed(case: Case, areas: Collection[str]) -> frozenset[str]:
    """The areas of knowledge that a record's tags ask for: all the words of the area stand in one tag."""
    tags = [set(tag.casefold().split()) for tag in case.tags]
    return frozenset(area for area in areas if any(set(area.casefold().split()) <= tag for tag in tags))


def same_service(case: Case, person: Person) -> bool:
    return case.team is not None and person.works_for(case.team.service)


@dataclass(frozen=True)
class Setting:
    """What an allocation came about in: everybody, those who could take some (`able`), and who has what now."""

    people: Sequence[Candidate]
    able: Sequence[Candidate]
    blocks: Blocks
    known: Known
    chosen: Mapping[Case, Person]

    @cached_property
    def who(self) -> dict[Person, Candidate]:
        return {each.person: each for each in self.people}

    @cached_property
    def free(self) -> list[Candidate]:
        """Those who could still take one more."""
        given = Counter(person for case, person in self.chosen.items() if case not in self.known.pinned)
        return [each for each in self.able if each.room_for > given[each.person]]

    @cached_property
    def areas(self) -> set[str]:
        return {area for each in self.able for area in each.person.knowledge}

    def why(self, case: Case, person: Person) -> str:
        """The reason for one line of the preview."""
        who = self.who[person]
        knows = sorted(needed(case, self.areas) & set(person.knowledge))
        said = {
            "chosen by hand": case in self.known.pinned,
            f"makes up for {who.carried_from and month_name(who.carried_from)}": who.carried_from,
            "another service": not same_service(case, person),
            "no tie to the child's team": True,
            f"knows about {' and '.join(knows)}": knows,
            f"last audited in {who.last_month and month_name(who.last_month)}": who.last_month,
        }
        return ", ".join(words for words, applies in said.items() if applies)

    def traded(self, case: Case, person: Person) -> str:
        """Which wishes were given up for this line, and why."""
        return "; ".join(
            f"{wish.given_up}, {self._why_given_up(case, wish)}"
            for wish in wishes_for(case, self.areas)
            if wish.fails_with(self.who[person]) and case not in self.known.pinned
        )

    def _why_given_up(self, case: Case, wish: "Wish") -> str:
        others = (each for each in self.free if not wish.fails_with(each))
        if any(not self.blocks.between(case, each.person) for each in others):
            return "because other wishes weigh more"
        return f"because nobody {wish.others} was free"

    def why_it_moves(self, case: Case, before: Person) -> str:
        """Why what is planned for somebody cannot stay with them."""
        if case in self.known.pinned:
            return "it was given to somebody else by hand"
        if before not in self.who:
            return f"{before.name} has no turn this month any more"
        rule = self.blocks.between(case, before)
        if rule:
            return f"{before.name} {rule}"
        return f"{before.name} is needed for another child's record"


@dataclass(frozen=True)
class Wish:
    """Something that is wanted of who is given a record: what is said where it fails, and of whom it is sought."""

    given_up: str
    others: str
    fails_with: Callable[[Candidate], bool]


def wishes_for(case: Case, areas: Collection[str]) -> list[Wish]:
    """What `matching` gives a weight to, for one record, the heaviest first."""
    return [
        *(_knowing(area) for area in sorted(needed(case, areas))),
        Wish("own service", "of another service", lambda who: same_service(case, who.person)),
        Wish("the same team as last time", "else", lambda who: case.team is not None and who.last_team is case.team),
    ]


def _knowing(area: str) -> Wish:
    return Wish(f"no knowledge of {area}", "who has it", lambda who: area not in who.person.knowledge)


def left_out(bottlenecks: Sequence[Bottleneck], cases: Sequence[Case], setting: Setting) -> dict[Case, Said]:
    """Each record without a place → why, and what would place it."""
    said = {}
    for narrow in bottlenecks:
        competing = [cases[row] for row in narrow.rows]
        takers = [setting.able[column] for column in narrow.columns]
        because = _too_few(competing, takers) if takers else ""
        for case in (cases[row] for row in narrow.left):
            said[case] = because or _nobody(case, setting), _change(case, narrow, takers, setting)
    return said


def pin_that_fell(case: Case, setting: Setting) -> Said:
    """Why a record that was given to somebody by hand cannot be theirs."""
    person = setting.known.pinned[case]
    rule = setting.blocks.between(case, person)
    if person not in setting.who:
        stands_against: str = "has no turn this month"
    else:
        stands_against = rule or "has no room for one more"
    return f"it was given by hand to {person.name}, who {stands_against}", "It could be placed if that was taken back."


def _too_few(competing: Sequence[Case], takers: Sequence[Candidate]) -> str:
    """'40 of the children's records can only go to these 22 people, who can take 22'."""
    room = sum(who.room_for for who in takers)
    them = named([who.person for who in takers]) if len(takers) <= NAMED_AT_MOST else f"{len(takers)} people"
    which = f" ({', '.join(case.ref for case in competing)})" if len(competing) <= NAMED_AT_MOST else ""
    return f"{len(competing)} children's records{which} can only go to {them}, who can take {room}"


def _nobody(case: Case, setting: Setting) -> str:
    """Nobody who has room may read it: by which rules, and how many each of them keeps away."""
    if not any(who.room_for for who in setting.people):
        return "nobody has room for one more"
    rules = Counter(setting.blocks.between(case, who.person) or "has no room for one more" for who in setting.people)
    return "nobody may read it: " + ", ".join(f"{rule} ({n})" for rule, n in sorted(rules.items()))


def _change(case: Case, narrow: Bottleneck, takers: Sequence[Candidate], setting: Setting) -> str:
    """The smallest change that would place what is left, and next to it the one that always would."""
    n = len(narrow.left)
    more = "one more auditor" if n == 1 else f"{n} more auditors"
    ways = [
        *_by_taking_back(case, setting),
        *(_by_one_more(takers, n) if narrow.one_more_each else []),
        *(_by_one_more(_who_may_but_have_no_room(case, setting), 1) if not takers else []),
        f"with {more} of another service",
    ]
    could = "It could be placed" if n == 1 else "They could be placed"
    return f"{could} {', or '.join(ways[:-1] if case in setting.known.released else ways)}."


def _by_taking_back(case: Case, setting: Setting) -> list[str]:
    """What those who run the month have said themselves of this record, and could say otherwise."""
    if case in setting.known.released:
        return ["if it was released to somebody else as well"]
    freed = [who.person.name for who in setting.free if setting.blocks.between(case, who.person) is Rule.BARRED]
    return [f"if {freed[0]} was not barred from it"] if freed else []


def _who_may_but_have_no_room(case: Case, setting: Setting) -> list[Candidate]:
    return [who for who in setting.people if not who.room_for and not setting.blocks.between(case, who.person)]


def _by_one_more(takers: Sequence[Candidate], n: int) -> list[str]:
    """Somebody takes one more than they would otherwise; who has done least lately is named."""
    if not takers:
        return []
    if n == 1:
        who = min(takers, key=lambda each: (each.lately, each.person.email))
        total = who.holds + who.room_for + 1
        return [f"if {who.person.name} took {IN_WORDS.get(total, total)}"]
    return ["if each of them took one more" if n == len(takers) else f"if {n} of them took one more"]


def named(people: Sequence[Person]) -> str:
    """'Asha, Kofi and Priya'."""
    names = [person.name for person in people]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
