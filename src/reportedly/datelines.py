"""The dateline of a report, which is no part of what it says: "CORVALE, Nov. 19, 2024 (Northern Wire) — "."""

import re

# No gold source or content reaches into one (161 in PolNeAR).
_DATELINE = re.compile(
    r"^[^\S\n]*(?:(?:[A-Z][\w .,’'/-]{0,60}?)?\([^()\n]{2,40}\)"
    r"|[A-Z][A-Z.’' -]{2,40}(?:, [A-Z][\w .]{1,20}){0,2}(?:, (?:19|20)\d\d)?)"
    r"[^\S\n]?[-–—]{1,2}[^\S\n](?=[^\S\n]*[\W\d]?[A-Z\d])",  # not "NASA – the space agency – said"
    re.M,
)
_SENTENCE = re.compile(r"[a-z]+\s+[a-z]+\b[^(\n]*\(")  # "Crews at the quay on Monday (Reuters) – Photo by"
_OPENING = 1000  # characters in which a text has its dateline


def datelines(text: str) -> list[tuple[int, int]]:
    """Start and end of each dateline in the opening of a text, with the dash and the space behind it."""
    return [m.span() for m in _DATELINE.finditer(text, 0, _OPENING)]


def dateline_of(text: str) -> tuple[int, int] | None:
    """Start and end of a text's dateline; None where it has none. A caption with a credit is none.

    >>> dateline_of("CORVALE, Nov. 19, 2024 — A span sank."), dateline_of("NASA – the space agency – said so.")
    ((0, 25), None)
    """
    return next((place for place in datelines(text) if not _SENTENCE.search(text, *place)), None)
