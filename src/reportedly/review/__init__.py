"""What people decide about a case, and a brief with all of it applied.

Decisions are a log that is only added to. Each names what it is about by words of a report (a W3C TextQuoteSelector and
the digest of the original bytes), never by an id, so that it is found again after every rebuild, also where another
model draws a claim's bounds a little otherwise. What cannot be applied again is told as a conflict. `docs/review.md`
has the vocabulary.
"""

from .decisions import LOGGED, Quote, ReviewError, Selector, logged
from .review import decide, undo
from .reviewed import Conflict, Reviewed, Standing, State, reviewed, undone
from .selectors import AROUND, place_of, selector_of

__all__ = [
    "AROUND", "LOGGED", "Conflict", "Quote", "ReviewError", "Reviewed", "Selector", "Standing", "State", "decide",
    "logged", "place_of", "reviewed", "selector_of", "undo", "undone",
]  # fmt: skip
