"""What looks like personal data in an auditor's own words, pointed out before it is sent.

It is a hint, never a block: the auditor may send anyway. So it prefers silence where a word may as well be something
else (a date on which something was done, the name of a service), and it never repeats what it found.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from programme.likely_names import names_somebody
from programme.refusals import Fault
from programme.tool import KEY


class Personal(StrEnum):
    NHS_NUMBER = "nhs_number"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"


PERSONAL = {
    Personal.NHS_NUMBER: "an NHS number",
    Personal.BIRTH_DATE: "a date of birth",
    Personal.PHONE: "a phone number",
    Personal.EMAIL: "an e-mail address",
    Personal.NAME: "a name",
}
INSTEAD = {
    Personal.NHS_NUMBER: "Leave the NHS number out: the case reference says whose record it is.",
    Personal.BIRTH_DATE: "Write the child's age instead of the date of birth.",
    Personal.PHONE: "Leave the phone number out: it stands on the child's record.",
    Personal.EMAIL: "Leave the e-mail address out: it stands on the child's record.",
    Personal.NAME: "Write who somebody is, like 'the mother' or 'the social worker', instead of a name.",
}

NOT_FREE_TEXT = frozenset({"case_ref", "code", "auditor", "respondent", "submitted_at", "response_id"})

# Every repetition below is bounded or cannot begin in two ways, so that no text takes more than linear time.
NHS_NUMBER = re.compile(r"(?<![0-9+])[0-9](?:[0-9]{9}|[0-9]{2}[\s-]{1,3}[0-9]{3}[\s-]{1,3}[0-9]{4})(?![0-9])")
PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)44[\s-]?(?:\(0\)[\s-]?)?|\(?0)[1-35789][0-9](?:[\s().-]{0,2}[0-9]){7,8}(?![0-9])"
)
EMAIL = re.compile(r"[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,4}[^\W\d_]{2,24}")

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
YEAR = r"(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])"
DAY_AND_MONTH = rf"(?:{DAY}\s(?:of\s)?{MONTH}|{MONTH}\s{DAY})\b"
FULL_DATE = (
    rf"(?<![0-9])(?:{DAY_AND_MONTH},?\s{YEAR}|[0-3]?[0-9]\s?[./-]\s?[01]?[0-9]\s?[./-]\s?{YEAR}"
    r"|(?:19|20)[0-9]{2}[./-][01]?[0-9][./-][0-3]?[0-9](?![0-9]))"
)
# 'Birth' alone is left out: a contact with the birth mother has its date too.
BIRTH = r"\b(?:born|birthdays?|birth\s?date|date\sof\sbirth|dob|d\.\s?o\.\s?b\.?)"
BIRTH_DATE = re.compile(
    rf"{BIRTH}[^0-9;!?\n]{{0,24}}{FULL_DATE}"
    rf"|{BIRTH}(?:\s(?:is|was))?:?\s(?:on\s)?(?:the\s)?{DAY_AND_MONTH}"
    rf"|{FULL_DATE}\W{{0,3}}(?:(?:is|was)\s(?:\w{{1,12}}\s){{0,2}})?{BIRTH}"
    rf"|\bage[sd]?\s[0-9]{{1,2}}\s?[(,]\s?{FULL_DATE}",
    re.IGNORECASE,
)


def found_in(said: Mapping[str, str]) -> list[Fault]:
    """One fault for each field that seems to hold personal data: of which kinds, and what to write instead."""
    kinds = {name: kinds_in(text) for name, text in said.items() if _is_free_text(name)}
    return [Fault(name, _sentence(found)) for name, found in kinds.items() if found]


def kinds_in(text: str) -> list[Personal]:
    """Each kind once, in the order of the kinds."""
    seen = {
        Personal.NHS_NUMBER: any(_is_nhs_number(match.group()) for match in NHS_NUMBER.finditer(text)),
        Personal.BIRTH_DATE: BIRTH_DATE.search(text) is not None,
        Personal.PHONE: PHONE.search(text) is not None,
        Personal.EMAIL: EMAIL.search(text) is not None,
        Personal.NAME: names_somebody(text),
    }
    return [kind for kind, found in seen.items() if found]


def _is_free_text(name: str) -> bool:
    return name not in NOT_FREE_TEXT and not name.endswith((".due", ".priority")) and not KEY.fullmatch(name)


def _sentence(found: list[Personal]) -> str:
    *first, last = (PERSONAL[kind] for kind in found)
    listed = f"{', '.join(first)} and {last}" if first else last
    return f"There seems to be {listed} in it. {' '.join(INSTEAD[kind] for kind in found)}"


def _is_nhs_number(written: str) -> bool:
    """Whether its last digit checks the nine before it, modulus 11."""
    *digits, check = (int(character) for character in written if character.isdigit())
    weighed = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True))
    return (11 - weighed % 11) % 11 == check
