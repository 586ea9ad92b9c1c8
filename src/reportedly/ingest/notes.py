"""Text -> the notes by which an outlet says that it changed its report: corrections, clarifications, updates, editor's
notes, retractions.

A note runs from the sentence that begins it to the end of its line; where a line is nothing but its name
("Correction"), to the end of the next one.
"""

import re

from ..records import Note, NoteKind, Span

_LINE = re.compile(r"[^\r\n]+")
_HINTS = (  # no note is without one of them, and to look for them costs next to nothing
    ["correct", "corrigend", "errat", "clarif", "retract", "withdr", "note", "updated", "update", "version of this"]
    + ["version of our", "version of the", "amended", "edited", "changed", "modified", "revised", "originally"]
    + ["previously", "initially", "incorrectly", "wrongly", "mistakenly", "developing", "breaking"]
)
_THING = (
    r"(?:article|story|report|post|piece|page|item|headline|(?:photo )?caption|column|review|interview|obituary|list)"
)
_OURS = rf"(?:(?:this|our) {_THING}|the (?:article|story|post|headline|caption))"  # "the report" may be anybody's
_DATE = r"(?:\d|mon|tues|wednes|thurs|fri|satur|sun|jan|feb|mar|apr|may|june?|jul|aug|sep|oct|nov|dec)"
_WHEN = rf"(?:[,:]? \(?(?:(?:on|at|added) )?{_DATE}[^:\n]{{0,40}}|[,:]? (?:to|appended|added)\b[^:\n]{{0,60}})?"
_ENDS = r"\)?[*_]{0,2}(?: ?[:—–]| -|\.? *$)"
_WRONG = (
    "misstated|misspel(?:led|t)|misidentified|misattributed|misquoted|mischaracteri[sz]ed|misreported|misnamed|omitted|"
    "incorrectly|wrongly|erroneously|mistakenly|inaccurately|gave|said|stated|referred|contained|included|described|"
    "suggested|listed|named|reported|identified"
)


def _named(words: str) -> re.Pattern[str]:
    return re.compile(rf"[\s*_\[(>•–—-]{{0,6}}(?:{words}){_WHEN}{_ENDS}", re.I)


_NAMES: tuple[tuple[NoteKind, re.Pattern[str]], ...] = (  # "Correction, 4 March:"
    ("retraction", _named("retraction|notice of retraction|retracted")),
    ("correction", _named("corrections?(?: (?:and|&) clarifications?)?|corrected|corrigend(?:um|a)|errat(?:um|a)")),
    ("clarification", _named("clarifications?|clarified")),
    ("editor's note", _named("(?:editors?|editor['’]s|editors['’]|publisher['’]s|editorial) note")),
    (
        "update",
        re.compile(rf"[\s*_\[(>•–—-]{{0,6}}updated?(?: \d)?(?:[:—–](?!\d)| -|,? \(?(?:(?:on|at) )?{_DATE})", re.I),
    ),
)
_SENTENCES: tuple[tuple[NoteKind, str], ...] = (  # "This article was amended on 4 March"
    ("retraction", rf"\b{_OURS} (?:has been|was|is|have been) (?:formally |since )?(?:retracted|withdrawn)\b"),
    ("retraction", rf"\bwe (?:have |are )?(?:retract(?:ed|ing)?|withdr(?:aw|awn|ew|awing)) {_OURS}"),
    (
        "correction",
        rf"\b(?:an?|the) (?:earlier|previous|original|prior|first|initial) version of {_OURS}"
        rf"[^.\n]{{0,80}}?\b(?:{_WRONG})\b",
    ),
    (
        "correction",
        rf"\b{_OURS} (?:originally|previously|initially|incorrectly|wrongly|mistakenly) (?:{_WRONG})\b",
    ),
    ("correction", rf"\b{_OURS} (?:has been|was) corrected\b|\bwe (?:have )?corrected {_OURS}"),
    ("clarification", rf"\b{_OURS} (?:has been|was) (?:clarified|(?:updated|amended|edited) to clarify)\b"),
    ("correction", rf"\b{_OURS} (?:has been|was) (?:amended|edited|changed|modified|revised)\b"),
    ("update", rf"\b{_OURS} (?:has been|was|is being|will be) updated\b"),
    ("update", r"\bthis is a (?:developing|breaking) (?:news )?story\b"),
)
_SAYS = [(kind, re.compile(words, re.I)) for kind, words in _SENTENCES]
_SENTENCE = re.compile(r"[.!?][\"”’)*]{0,2}\s+")


def notes_of(text: str) -> tuple[Note, ...]:
    """The notes of a text, in its order."""
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):
        return ()
    found: list[Note] = []
    alone: tuple[NoteKind, int] | None = None  # a note's name that stands alone, and where
    for line in _LINE.finditer(text):
        shown = line.group().rstrip()
        start, end = line.start(), line.start() + len(shown)
        if not shown:
            continue
        kind, begins, bare = _note_in(shown)
        if alone and not kind:
            found.append(Note(alone[0], Span.of(text, alone[1], end)))
        alone = (kind, start + begins) if kind and bare else None
        if kind and not bare:
            found.append(Note(kind, Span.of(text, start + begins, end)))
    return tuple(found)


def is_note(line: str) -> bool:
    """Whether a line is a note, or holds one."""
    return _note_in(line)[0] is not None


def _note_in(line: str) -> tuple[NoteKind | None, int, bool]:
    """(kind, where it begins, whether the line is nothing but the note's name) of the first note in a line."""
    lower = line.lower()
    if not any(hint in lower for hint in _HINTS):
        return None, 0, False
    says = next(((kind, m.start()) for kind, pattern in _SAYS if (m := pattern.search(line))), None)
    for kind, pattern in _NAMES:
        if name := pattern.match(line):
            begins = len(line) - len(line.lstrip())
            if says and says[0] == "retraction":
                kind = "retraction"  # an editor's note may say so
            return kind, begins, name.end() == len(line)
    if says is None:
        return None, 0, False
    begins = len(line) - len(line.lstrip())
    for sentence in _SENTENCE.finditer(line, 0, says[1]):
        begins = sentence.end()
    return says[0], begins, False
