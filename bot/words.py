"""The words of `/audit`: what each does, an example of when, and whose it is; and what was meant by one mistyped."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from programme.people import Person

SURELY, PERHAPS = 0.7, 0.5
"""How alike what was typed must be to a word to be taken for it, or to be asked about (difflib's ratio)."""

AROUND = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True)
class Word:
    does: str
    example: str
    may: Callable[[Person], bool] = lambda _: True
    """Whose it is. Help shows it to nobody else; what it shows is judged again by whoever answers to it."""


WORDS: Mapping[str, Word] = {
    "": Word("your audits, with the form for each", "The message of your audit is far up: type this"),
    "return": Word(
        "send an audit back: the same as `/audit`", "You have read the record: open its form", lambda me: me.is_auditor
    ),
    "swap": Word(
        "ask somebody to take your audit, answer who asks you, or say that you can take one",
        "You are away in the week it is due: choose whom to ask",
        lambda me: me.is_auditor or me.can_arrange_swaps(),
    ),
    "away": Word("say when you are not at work, or that you are back", "Your leave begins on Monday: give its days"),
    "actions": Word(
        "what you still have to do for children, the soonest first",
        "A step is done: press *Confirm complete*",
        Person.can_have_actions,
    ),
    "status": Word("how the month stands, or your part of it", "You wonder when your next turn is"),
    "report": Word(
        "the month at a glance",
        "You want to know what the month has shown",
        lambda me: me.can_see_round() or me.is_auditor,
    ),
    "round": Word("the month's next step", "The sample is drawn: allocate it, then give it out", Person.can_run_rounds),
    "chase": Word("who is late, and what they were last sent", "You are about to ring somebody", Person.can_run_rounds),
    "help": Word("this list", "You are not sure what to type"),
}


def plain(typed: str) -> str:
    """The first word of what was typed, without capitals and whatever stands round it."""
    return next((word for each in typed.split() if (word := AROUND.sub("", each).lower())), "")


def meant(word: str) -> str | None:
    """The word that somebody surely meant; none where it could be anything."""
    if word in WORDS:
        return word
    near = get_close_matches(word, filter(None, WORDS), n=1, cutoff=SURELY)
    return near[0] if near else None


def nearest(word: str, me: Person) -> str | None:
    """The most alike of the words that are theirs."""
    theirs = [each for each, about in WORDS.items() if each and about.may(me)]
    near = get_close_matches(word, theirs, n=1, cutoff=PERHAPS)
    return near[0] if near else None
