"""Text -> its language: enough to warn that only English is read so far."""

import re

_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "that",
        "is",
        "was",
        "for",
        "on",
        "it",
        "with",
        "as",
        "at",
        "by",
        "he",
        "his",
        "said",
        "from",
        "be",
        "has",
        "have",
        "not",
        "are",
    ]
)
_WORD = re.compile(r"\w+")
_LOOKED_AT = 3000  # characters


def language_of(text: str) -> str | None:
    """ISO 639-1 code, or None where there are fewer than ten words, or forty letters of a script without spaces.

    A text in which a fifth of the words are the commonest of English is English (news: .31 on average); only others
    pay for py3langid, whose model takes half a second to load."""
    words = [w.lower() for w in _WORD.findall(text[:_LOOKED_AT])]
    if len(words) < 10 and sum(map(len, words)) < 40:
        return None
    if sum(w in _COMMON for w in words) >= 0.2 * len(words):
        return "en"
    import py3langid

    return str(py3langid.classify(text[:_LOOKED_AT])[0])
