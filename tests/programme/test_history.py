"""The history in words: every fact has its own, and whoever acted for another is named with them."""

import pytest

import programme.arrivals
import programme.planning_facts
import programme.swap_facts  # noqa: F401 - each holds facts
from programme.facts import Fact, MessagesPaused, Reminded
from programme.history import WHAT, Line, who
from programme.rulebook import Rulebook
from tests.cast import NOW, gather


def test_every_fact_has_words_and_no_words_are_for_none() -> None:
    assert sorted(WHAT) == sorted(each.kind() for each in Fact.__subclasses__())
    assert list(WHAT) == sorted(WHAT)


def test_no_words_show_how_a_fact_is_stored() -> None:
    assert [words for words in WHAT.values() if "_" in words or words.endswith(".")] == []


@pytest.mark.parametrize(("paused", "said"), [(True, "paused all messages"), (False, "let messages go out again")])
def test_the_switch_of_the_post_reads_as_it_was_set(*, paused: bool, said: str) -> None:
    fact = MessagesPaused(about="messages", paused=paused)
    line = Line(1, NOW, fact.kind(), fact.about, None, None, is_sealed=True, details=fact.details())
    assert line.what == said


def test_an_entry_of_a_fact_that_is_no_more_can_still_be_read() -> None:
    assert Line(1, NOW, "case_looked_at", "AUD-1", None, None, is_sealed=True).what == "case looked at"
    assert Line(1, NOW, Reminded.kind(), "AUD-1", None, None, is_sealed=True).what == "reminded the auditor"


def test_who_acted_and_for_whom(rules: Rulebook) -> None:
    cast = gather(rules)
    assert who(None, None) == "By itself"
    assert who(cast.administrator, None) == "Bronwen Achterberg"
    assert who(cast.administrator, cast.auditor) == "Bronwen Achterberg for Asha Thornbury"
