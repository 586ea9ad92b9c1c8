"""A case: one SQLite file with everything about one matter. The only SQL."""

from .case import Answers, Case, Found, Hit, Passage, Record, Review, UnknownIdError
from .file import APPLICATION, CaseError, is_sqlite

__all__ = [
    "APPLICATION",
    "Answers",
    "Case",
    "CaseError",
    "Found",
    "Hit",
    "Passage",
    "Record",
    "Review",
    "UnknownIdError",
    "is_sqlite",
]
