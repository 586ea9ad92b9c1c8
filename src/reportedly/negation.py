"""The words before others that turn these round or leave them undone: "did not", "no longer", "stopped short of"."""

import re

_NEGATES = re.compile(
    r"(?:\b(?:not|never|no longer|nothing|nobody|no one|none|nor|neither|cannot|without|hardly|refus\w+|declin\w+"
    r"|fail\w+|unable|stop\w* short of)\b|n[’']t\b)(?:[^\w,;.:]+\w+){0,4}\W*$",
    re.I,
)


def negated(before: str) -> bool:
    """Whether the words before some others negate them, within five words and with no break between.

    >>> negated("The mayor cannot "), negated("She did not come, but he "), negated("He ")
    (True, False, False)
    """
    return _NEGATES.search(before) is not None
