"""What the tags of a child's record ask its readers to know about, and where none of them does."""

from collections.abc import Collection, Iterable

from programme.cases import Case
from programme.people import Person


def lacking(case: Case, people: Collection[Person], areas: Iterable[str]) -> list[str]:
    """What none of these people knows: by the area that somebody else has, or else as the record's tag says it."""
    own = {area for who in people for area in who.knowledge}
    unknown = [tag for tag in case.tags if not any(is_about(tag, area) for area in own)]
    return [named for tag in unknown for named in sorted(area for area in areas if is_about(tag, area)) or [tag]]


def is_about(tag: str, area: str) -> bool:
    """All the words of the area stand in the tag."""
    return set(area.casefold().split()) <= set(tag.casefold().split())
