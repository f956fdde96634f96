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

NOT_NAMES = (
    FAMILY
    | WORKERS
    | _words(
        # The year.
        "january february march april may june july august september october november december jan feb mar apr jun",
        "jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday spring summer",
        "autumn winter christmas easter ramadan eid diwali today yesterday tomorrow",
        # The field.
        "access action adult after aftercare agreement allowance annual appropriate area assessment assistant",
        "assurance attachment audit auditor benefit best board borough brief cafcass care case centre chair",
        "childline children chronology circle clinic community conference consultant contact coordinator core",
        "credit crime crown danger day deputy designated development director disability discussion domestic duty",
        "early edge education emergency equality exploitation families family feedback first five focused form",
        "forum foster fostering four framework gateway genogram goal gp graded group head health help home house",
        "housing hub human impact improvement incredible independent initial institute intensive interim",
        "international intervention joint justice key law lead leadership leaver leaving legal letter level",
        "liaison life line living local looked majesty mapping mash meeting mental mentor midwife missing",
        "moderation multi need neglect network new nhs notice officer ofsted one open operational order outcome",
        "panel parenting partnership pathway people performance permanence permanency personal picture placement",
        "plan planned planning policy portal practice pre principal private probation proceedings process",
        "programme progress protection protective protocol public pupil quality rapid record referral response",
        "return review reviewing rights risk safe safeguarding safety scale secondary section secure senior",
        "serious service sexual significant signs six social special specialist speech staff stage standard star",
        "statement step story strategy strengths summary supervision support supported tax team therapy three",
        "threshold together tool transition triple troubled two unit universal update viability victim views",
        "violence virtual visit visiting voice welfare wishes word work working workshop worries worry year young",
        "youth",
        # Countries, languages and peoples.
        "africa african arabic asia asian bangladeshi bengali black british caribbean chinese east eastern england",
        "english europe european french gypsy indian irish kingdom london mixed national north northern pakistani",
        "polish portuguese roma romanian scottish somali south southern spanish traveller turkish united urdu",
        "wales welsh west western white",
        # Words that open a sentence, or stand with a capital in headings.
        "a about after all also although an and anybody are arrange as ask asked at because been before being both",
        "but by can clear complete consider continue could despite did direct do does during each ensure every",
        "everybody everyone excellent following for from give good great had has have he her here his hold how",
        "however if in is it its keep make many meet met more most my next no nobody not now of on once one or our",
        "please poor rang read recent regular ring saw see seen she should since so some somebody someone spoke",
        "strong tell that the their then there these they this those throughout timely to told until use used",
        "visit visited was we well what when where which while who why will with would yes your",
    )
)
OF_PLACES = _words(
    "academy avenue church college council court gardens hall hospital house infirmary lane mosque nursery",
    "park police primary road school services street surgery trust university",
)


def names_somebody(text: str) -> bool:
    """By a title, by 'called', by who they are to the child, or by a first and a last name together."""
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
    """Words with a capital that follow one another on one line with nothing between them."""
    run: list[str] = []
    end = 0
    for word in words:
        between = text[end : word.start()]
        if not (between.isspace() and "\n" not in between and _has_a_capital(word.group())):
            yield run
            run = []
        if _has_a_capital(word.group()):
            run.append(word.group())
        end = word.end()
    yield run


def _is_a_whole_name(run: list[str]) -> bool:
    """Two words in a row that may be names, unless they name a school, a street or the like."""
    if any(_stems(word) & OF_PLACES for word in run):
        return False
    return any(_may_be_a_name(first) and _may_be_a_name(last) for first, last in pairwise(run))


def _has_a_capital(word: str) -> bool:
    """As a name has it: Khan and O'Neill, but neither NHS nor I'm."""
    return word[0].isupper() and (word[1:2].islower() or (word[1:2] == "'" and word[2:3].isupper()))


def _may_be_a_name(word: str) -> bool:
    return _has_a_capital(word) and not _stems(word) & NOT_NAMES


def _stems(word: str) -> set[str]:
    """The parts of a word in small letters, each as it is and without the s of a plural."""
    parts = word.lower().removesuffix("'s").split("-")
    return {*parts, *(part.removesuffix("s") for part in parts)}
