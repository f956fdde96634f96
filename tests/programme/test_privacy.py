"""What is pointed out as personal data in free text, what is not, and that nothing of it is said again."""

import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.privacy import PERSONAL, Personal, found_in, kinds_in
from programme.refusals import Fault

NHS, BORN, PHONE, EMAIL, NAME = Personal
BOROUGH = Path(__file__).parents[2] / "demo" / "borough" / "returns.yaml"

SAID = [
    # NHS numbers: ten digits of which the last checks the others.
    ("The number 9434765919 is on the letter.", [NHS]),
    ("NHS no: 943 476 5919.", [NHS]),
    ("NHS no: 943-476-5919", [NHS]),
    ("The number 9434765918 is on the letter.", []),
    ("Ref 19434765919 is longer.", []),
    ("Seen 2017-10-31 09:30, then 2017-11-02 10:15.", []),
    # Dates of birth, and dates on which something was done.
    ("born 12/03/2009", [BORN]),
    ("He was born on 12th March 2009 in the city.", [BORN]),
    ("DOB: 12.3.09", [BORN]),
    ("d.o.b. 2009-03-12", [BORN]),
    ("D.O.B 12-03-2009", [BORN]),
    ("The date of birth on the letter is March 12, 2009.", [BORN]),
    ("Her birthday is on 12 March.", [BORN]),
    ("The younger one (12/03/2009, date of birth) was seen.", [BORN]),
    ("aged 8 (12/03/2009)", [BORN]),
    ("Seen on 2017-10-31 and on 24 August.", []),
    ("The plan of 12/03/2017 names each step.", []),
    ("Contact with the birth mother on 12/09/2017 went well.", []),
    ("The unborn child was discussed on 3 May 2017.", []),
    ("Seen by 31 October 2017. The baby was born early.", []),
    # Telephone numbers.
    ("Ring 020 7946 0000.", [PHONE]),
    ("Ring (020) 7946 0000.", [PHONE]),
    ("Ring +44 (0)7700 900123 or the office.", [PHONE]),
    ("Ring 0044 7700 900123", [PHONE]),
    ("her mobile, 07700900123, is off", [PHONE]),
    ("01632-960-123", [PHONE]),
    ("Childline is on 0800 1111.", []),
    ("Seen 01-02-2017 12:30 and 05.03.2017 10:15.", []),
    ("The record is 00123 and the form 2017-09-07.", []),
    # E-mail addresses.
    ("write to amina.k@example.org", [EMAIL]),
    ("Seen twice @ home, once @ school.", []),
    # Names.
    ("Mrs Okafor said it helped.", [NAME]),
    ("I spoke to Dr. Patel.", [NAME]),
    ("the judge, and DC Hargreaves", [NAME]),
    ("The older sister, Amina, helps.", [NAME]),
    ("Mum Amina helps.", [NAME]),
    ("their new social worker Tendai visits", [NAME]),
    ("a boy called Yusuf", [NAME]),
    ("The worker's name is Zoë.", [NAME]),
    ("We met Amina Khan at home.", [NAME]),
    ("He lives with Siân O\u2019Neill now.", [NAME]),
    ("the Team Manager Sarah Jones agreed", [NAME]),
    ("Yusuf's mother was there.", [NAME]),
    ("Aisha Khan was seen at home.", [NAME]),
    ("Present: Aisha Rahman-Khan", [NAME]),
    ("Baby Yusuf was seen.", [NAME]),
    ("Child Protection began in May; Early Help ended.", []),
    ("The Team Manager told the Head of Service on Monday.", []),
    ("I read the Signs of Safety mapping and the Family Group Conference notes.", []),
    ("A White British child with a Black African father.", []),
    ("Children's Social Care and the Independent Reviewing Officer agreed.", []),
    ("The mother, I think, knows. The father's partner helps.", []),
    ("She goes to Oak Tree Primary School by bus.", []),
    ("Mum called Ofsted. The worker called Early Help.", []),
    ("The child said: My Life Story Work is good. I'm safe.", []),
    ("The Legal Gateway Panel and the Local Authority Designated Officer agreed.", []),
    ("Father lives in North London; mother came from East Africa.", []),
    ("The child, Year 6, is well. Visited Ofsted. Rang Oakfield.", []),
    ("Worker\nAmina\nKhan", []),
    ("MASH and CAMHS know. The Youth Justice Board does not.", []),
    ("Social worker.\nThe plan is clear. Mother. She agrees.", []),
    ("After speaking with mother, Monday's visit was moved to 3 October.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "kinds"), SAID)
def test_what_looks_like_personal_data_is_told_from_what_does_not(text: str, kinds: list[Personal]) -> None:
    assert kinds_in(text) == kinds


def test_a_field_is_named_once_with_every_kind_and_what_to_write_instead() -> None:
    said = {"strengths": "Mrs Okafor, born 12/03/1979, 07700 900123.", "impact": "Mornings are calm."}
    assert found_in(said) == [
        Fault(
            "strengths",
            "There seems to be a date of birth, a phone number and a name in it. Write the child's age instead of the "
            "date of birth. Leave the phone number out: it stands on the child's record. Write who somebody is, like "
            "'the mother' or 'the social worker', instead of a name.",
        )
    ]


def test_each_kind_has_words() -> None:
    assert list(PERSONAL) == list(Personal)


def test_only_free_text_is_looked_at() -> None:
    codes = {
        "case_ref": "9434765919",
        "code": "9434765919",
        "respondent": "amina.k@example.org",
        "auditor": "amina.k@example.org",
        "core.voice": "Mrs Okafor",
        "action_1.due": "born 2009-03-12",
    }
    assert found_in(codes) == []
    assert [fault.where for fault in found_in({**codes, "core.voice.evidence": "Mrs Okafor said so."})] == [
        "core.voice.evidence"
    ]


def test_the_borough_of_the_demo_writes_without_personal_data_and_is_not_warned() -> None:
    borough = yaml.safe_load(BOROUGH.read_text())
    texts = [said for key in ("returns", "briefly") for one in borough.get(key, []) for said in _strings(one)]
    assert len(texts) > 100
    assert [text for text in texts if kinds_in(text)] == []


def _strings(one: object) -> list[str]:
    if isinstance(one, dict):
        return [said for name, value in one.items() if name != "from" for said in _strings(value)]
    return [str(one)]


WORDS = st.sampled_from(
    ["The", "mother", "Amina", "born", "12", "March", "2009", ".", "on", "NHS", "0", "Mr", "'s", "("]
)
TEXTS = st.text(max_size=300) | st.lists(WORDS).map(" ".join) | st.lists(WORDS).map("".join)


@given(TEXTS)
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(fault.where == "strengths" for fault in found_in({"strengths": text}))


@given(st.integers(min_value=10**8, max_value=10**9 - 1), st.from_regex(r"\A[A-Z][a-z]{5,12}\Z"))
@settings(max_examples=200)
def test_nothing_that_was_found_is_said_again(number: int, name: str) -> None:
    values = [f"07{number}", f"{name}@example.org", f"12/03/{1990 + number % 20}", name]
    said = found_in({"impact": f"Mr {name}, born {values[2]}, {values[1]}, {values[0]}."})
    sentence = said[0].sentence.lower()
    assert [value for value in values if re.search(rf"\b{re.escape(value.lower())}\b", sentence)] == []
    assert kinds_in(said[0].sentence) == []


PIECES = "a|A|Aa |a'|A-|0|07 |1 |1-|12/03/|12 March |born |born 1|a.|a@|a@a.|mother, | |(|+44 |\n|'s mother |Amina "


@pytest.mark.parametrize("piece", PIECES.split("|"))
def test_a_text_twenty_times_as_long_takes_no_more_than_about_twenty_times_as_long(piece: str) -> None:
    """The work grows with the text. A pattern that tried every pair of places would need four hundred times as long."""
    short, long = (_seconds((piece * 40_000)[:size]) for size in (2_000, 40_000))
    assert long < max(short * 100, 0.5)


def _seconds(text: str) -> float:
    """The best of three, in processor time, so that a busy machine is no fault."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        kinds_in(text)
        taken.append(time.process_time() - began)
    return min(taken)
