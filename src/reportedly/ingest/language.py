"""Text -> is it English? Only that is read so far, and another language deserves a warning rather than bad claims."""

import re

# Common in English and in no neighbouring language ("a", "in", "was", "on" are words of others too).
_ENGLISH = frozenset(
    ["the", "and", "of", "to", "that", "with", "for", "from", "have", "has", "had", "been", "said", "by", "it", "are"]
    + ["which", "were", "would", "will", "their", "this", "but", "they", "not", "who"]
)
_WORD = re.compile(r"\w+")
_LANGUAGE = re.compile(r"[A-Za-z]{2}(?![A-Za-z])")
_LOOKED_AT = 3000  # characters
_FEWEST = 20  # words, or 60 letters of a script without spaces between words
_LEAST = 0.05  # of 2,513 English articles one has less, and the median is .23; French, German, Spanish: under .01


def is_english(text: str) -> bool | None:
    """Whether a text is English by its commonest words; None where there is too little to judge by."""
    words = _WORD.findall(text[:_LOOKED_AT].lower())
    if len(words) < _FEWEST and sum(map(len, words)) < 3 * _FEWEST:
        return None
    return sum(map(_ENGLISH.__contains__, words)) >= _LEAST * len(words)


def language_of(text: str, stated: str | None = None) -> tuple[str | None, tuple[str, ...]]:
    """(ISO 639-1 code, what the reader should be warned of). `stated`: what the page says of itself, which goes first;
    of a text that says nothing no more is told than that it is English."""
    english = is_english(text)
    language = stated or ("en" if english else None)
    if language == "en" or (language is None and english is None):
        return language, ()
    named = f" ({language})" if language else ""
    return language, (f"this seems to be in another language{named}; English only so far",)


def language_code(value: str | None) -> str | None:
    """The ISO 639-1 code that a language is given by ("en-GB", "English")."""
    if value and value.strip().lower() in ("english", "eng"):
        return "en"
    code = _LANGUAGE.match((value or "").strip())
    return code.group().lower() if code else None
