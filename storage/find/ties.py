"""Finding what ties people to teams, children's records and one another."""

from programme.people import Person
from programme.ties import Conflict
from storage.find.load import many, one

WITH_TIES = (many(Person, "absences"), many(Person, "postings"), many(Person, "conflicts", one(Conflict, "case")))
"""All that says of one person, by themselves, what they may be given to read, and when."""
