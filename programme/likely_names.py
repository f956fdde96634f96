"""Where a text seems to name somebody. It knows no names, only how they stand between other words."""

import re
from collections.abc import Iterator
from itertools import pairwise


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


def _any(words: frozenset[str]) -> str:
    return f"(?:{'|'.join(sorted(words))})"


TITLES = _words("mr mrs ms miss mx dr prof professor pc dc judge nurse")
FAMILY = _words(
    "mum mummy mother dad daddy father parent brother sister sibling twin son daughter child boy girl baby nan",
    "grandmother grandma grandfather grandad aunt auntie uncle cousin nephew niece stepmother stepmum",
    "stepfather stepdad partner husband wife girlfriend boyfriend friend",
)
WORKERS = _words("worker practitioner carer teacher manager visitor solicitor guardian")
NEAR = 24
"""How many characters before and after a word are looked at. It bounds the work for a text of any length."""
CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"

INTRODUCES = re.compile(
    rf"\b(?:{_any(TITLES)}\.?|called|named|name\sis|name\swas|{_any(FAMILY | WORKERS)},?)[^\S\n]\Z", re.IGNORECASE
)
OF_THE_FAMILY = re.compile(rf"[^\S\n]{_any(FAMILY)}\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_](?:[\w'-]*\w)?")
ENDS_A_SENTENCE = frozenset(".!?:;\n•")

NOT_NAMES = (
    FAMILY
    | WORKERS
    | _words(
        # The year.
        "january february march april may june july august september october november december jan feb mar apr jun",
        "jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday spring summer",
        "autumn winter christmas easter ramadan eid diwali today yesterday tomorrow",
        # The field.
        "access action adult after aftercare agreement annual appropriate area assessment attachment audit auditor",
        "best borough brief care case centre chair childline children chronology circle clinic community",
        "conference consultant contact core crime crown danger deputy designated development director disability",
        "discussion domestic early education edge emergency equality exploitation family feedback first focused",
        "form foster fostering genogram goal graded group head health help home housing human impact independent",
        "initial intervention interim joint key law lead leaver leaving legal letter level liaison life living",
        "local looked mapping mash meeting mental missing multi need neglect network nhs notice officer ofsted",
        "open order outcome parenting partnership pathway people permanence permanency personal placement plan",
        "planning planned policy practice pre principal private probation proceedings process programme progress",
        "protection protective protocol public pupil quality rapid record referral response return review",
        "reviewing rights risk safe safeguarding safety scale secondary section secure senior serious service",
        "sexual significant signs social special specialist speech staff standard statement step story strategy",
        "strengths summary supervision support supported team therapy threshold together tool transition unit",
        "universal update viability victim views violence virtual visit visiting voice welfare wishes work working",
        "worries worry young youth board justice",
        # Countries, languages and peoples.
        "african arabic asian bangladeshi bengali black british caribbean chinese england english european french",
        "gypsy indian irish kingdom london mixed national northern pakistani polish portuguese roma romanian",
        "scottish somali spanish traveller turkish united urdu wales welsh white",
        # Small words, which stand with a capital in headings.
        "a about all an and anybody are as at by does everybody everyone for from had has have he her his how in",
        "is it nobody of on one or our she somebody someone that the their they this to was we well what when",
        "where which who why with yes no not",
    )
)
OF_PLACES = _words(
    "academy avenue church college council court gardens hall hospital house infirmary lane mosque nursery",
    "park police primary road school services street surgery trust university",
)


def names_somebody(text: str) -> bool:
    """By a title, by 'called', by who they are to the child, or by a first and a last name within a sentence."""
    text = text.replace(CURLY, "'")
    words = list(WORD.finditer(text))
    return any(_stands_like_a_name(word, text) for word in words) or any(map(_is_a_whole_name, _runs(words, text)))


def _stands_like_a_name(word: re.Match[str], text: str) -> bool:
    if not _may_be_a_name(word.group()):
        return False
    before, after = text[max(0, word.start() - NEAR) : word.start()], text[word.end() : word.end() + NEAR]
    possesses = word.group().endswith("'s") and OF_THE_FAMILY.match(after) is not None
    return possesses or INTRODUCES.search(before) is not None


def _runs(words: list[re.Match[str]], text: str) -> Iterator[list[str]]:
    """Words with a capital that follow one another, without one that only opens its sentence."""
    run: list[str] = []
    end = 0
    for word in words:
        between = text[end : word.start()]
        opens = end == 0 or not ENDS_A_SENTENCE.isdisjoint(between)
        if opens or not between.isspace() or not _has_a_capital(word.group()):
            yield run
            run = []
        if _has_a_capital(word.group()) and not opens:
            run.append(word.group())
        end = word.end()
    yield run


def _is_a_whole_name(run: list[str]) -> bool:
    """Two words in a row that may be names, unless they name a school, a street or the like."""
    if not OF_PLACES.isdisjoint(map(_bare, run)):
        return False
    return any(_may_be_a_name(first) and _may_be_a_name(last) for first, last in pairwise(run))


def _has_a_capital(word: str) -> bool:
    """As a name has it: Khan and O'Neill, but neither NHS nor I'm."""
    return word[0].isupper() and (word[1:2].islower() or (word[1:2] == "'" and word[2:3].isupper()))


def _may_be_a_name(word: str) -> bool:
    parts = _bare(word).split("-")
    return _has_a_capital(word) and not any({part, part.removesuffix("s")} & NOT_NAMES for part in parts)


def _bare(word: str) -> str:
    return word.lower().removesuffix("'s")
