"""An attribution -> whom its words were spoken to: "told *Fox News*", "in an interview with *the paper*"."""

import re

from .records import Document, Span

_TELLING = re.compile(
    r"\b(?:tell|tells|told|telling|inform(?:s|ed|ing)?|assur(?:e|es|ed|ing)|remind(?:s|ed|ing)?|notif(?:y|ies|ied|ying)"
    r"|ask(?:s|ed|ing)?|urg(?:e|es|ed|ing)|warn(?:s|ed|ing)?)$",
    re.I,
)
_SPEAKING = re.compile(
    r"\b(?:(?:interview(?:ed)?|conversation|sp(?:eaks?|oke|oken|eaking)|talk(?:s|ed|ing)?)\s+(?:exclusively\s+)?(?:with|to)"
    r"|(?:complain(?:s|ed|ing)?|wr(?:ites?|ote|itten|iting)|statement|remarks|comments|letter|message|e-?mail)\s+to"
    r"|(?:testif(?:y|ies|ied|ying)|testimony)\s+(?:to|before))\s+",
    re.I,
)
# A name or noun phrase ends before these. "for", "of", "and" may be part of one.
_STOP = re.compile(
    r"(?<!\bM[rs])(?<!\bMrs)(?<!\bDr)(?<!\b(?:Sen|Rep|Gov|Gen|Col))(?<!\bSt)(?<!\b[A-Z])\.(?!\w)|[\n!?;:,“”\"‘()—–](?!\w)|[“\"—–(]|\b(?:on|in|at|during|after|before|last|this|that|by|late|later|early|earlier|yesterday|today"
    r"|tonight|about|as|when|where|while|if|whether|how|why|what|who|which|to|via|from|over|through|not|there|they|he|she|it|we|I"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?!-)"
)
_FIRST = re.compile(r"\s*(?=[\w'’])")
_LONGEST = 80  # characters; what is longer is no addressee but a clause


def addressee_of(
    document: Document, cue: tuple[Span, ...], source: tuple[Span, ...], content: tuple[Span, ...]
) -> tuple[Span, ...]:
    """The addressee's span, or nothing. It stands right behind a cue of telling, or behind "in an interview with" and
    the like in the cue's sentence; never in the content or the source."""
    text, at = document.text, cue[-1].end
    stop = min([len(text), at + _LONGEST, *(s.start for s in (*content, *source) if s.start >= at)])
    if _TELLING.search(cue[-1].text):
        return _phrase(document, at, stop)
    sentence = re.search(r"[.!?]\s|\n|$", text[at:stop])
    said = text[cue[-1].start : at + (sentence.start() if sentence else 0)]
    if spoken := _SPEAKING.search(said):
        return _phrase(document, cue[-1].start + spoken.end(), stop)
    return ()


def _phrase(document: Document, at: int, stop: int) -> tuple[Span, ...]:
    """The phrase that begins at `at`, where there is one before `stop`."""
    start = _FIRST.match(document.text, at, stop)
    if not start:
        return ()
    low = start.end()
    end = _STOP.search(document.text, low, stop)
    phrase = document.text[low : end.start() if end else stop].rstrip()
    phrase = re.sub(r"\s+(?:of|the|a|an|and|for)$", "", phrase)
    if (
        not phrase
        or phrase.lower() in ("the", "a", "an", "of", "and", "for", "his", "her", "their")
        or (not end and stop - low >= _LONGEST - 1)
    ):
        return ()
    return (document.span(low, low + len(phrase)),)
