"""A report -> whom it says it has things from: other outlets and agencies, by name, with the words that say so.

"TARLEMOUTH (Northern Wire) -", "Post reporters and Northern Wire", "according to the Corvale Ledger", "told the
newspaper" (where the reader found which), "(Northern Wire)" behind a paragraph. Names are those of the outlets'
directory and the mastheads of the reports at hand; "the Ledger" is the one masthead among them that ends so.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from .claims import one_line, position_of, sentences
from .datelines import dateline_of
from .negation import negated
from .outlets import MASTHEAD_ENDS, find_outlets, outlet_at, outlet_of
from .records import Document, Report
from .tally import relays

Manner = Literal["dateline", "byline", "tail", "mark", "sentence", "chain"]


class Credit(NamedTuple):
    """One outlet named by a report as where it has something from.

    key: of the outlet, the same in every report; name: as it is called; start, end: that name in the text, both 0 where
    it stands in the byline only. about: [start, end) of what is credited: a sentence, a paragraph, or the whole text
    (then manner is dateline, byline or tail)."""

    key: str
    name: str
    manner: Manner
    start: int
    end: int
    about: tuple[int, int]

    @property
    def whole(self) -> bool:
        """Whether all of the report is credited, and not one statement."""
        return self.manner in ("dateline", "byline", "tail")


# Words that make an outlet's name a credit, before it and behind it; a name alone is none ("a Reuters photographer").
_CREDITS_AHEAD = re.compile(
    r"\b(?:according to|told|tells|telling|(?:said|says?|disclosed|confirmed|revealed|statement|spoke|speaking|shown)"
    r" (?:to|with)|interview(?:ed)? (?:with|by|in|for|to)|cit(?:ing|ed|es)|quot(?:ing|ed|es)(?: by| in)?|credited|via"
    r"|h/t|seen by|obtained by|words of"
    r"|(?:reports?|reported|published|printed|carried|wrote|writing|article|story|account|posted)"
    r" (?:first )?(?:by|in|from|for|on|to|of)"
    r"|(?:referring|reference|attributed) to|learn(?:ed|t) (?:by|from))\s+"
    r"(?:(?:an?|the)\s+)?(?:(?:article|report|story|account|interview)\s+(?:in|by|from|of)\s+)?(?:[\w’'-]+\s+){0,4}$",
    re.I,
)
_CREDITS_BEHIND = re.compile(
    r"(?:[’']s)?(?:,[^,.]{1,80},)?\s+(?:\w+(?:\s\w+)?\s+(?=report|article|story|account|interview)|\w+ly\s+)?"
    r"(?:(?:has|have|had|also|first|later|further|now|then|was (?:the )?first to|on \w+day)\s+)*"
    r"(?:report(?:s|ed|ing)?|sa(?:id|ys?)|wr(?:ote|ites)|claim(?:s|ed)|quot(?:es|ed|ing)|cit(?:es|ed|ing)|reveal(?:s|ed)"
    r"|publish(?:es|ed)|confirm(?:s|ed)|broke|carried|learn(?:s|ed|t)|not(?:es|ed)|adds?|added|article|story|account"
    r"|interview|disclos(?:es|ed)|relay(?:s|ed)|repeat(?:s|ed))\b",
)
# A report said not to be so is nothing taken: "dismissed *a report in the Ledger*", "denied *the Ledger's story*".
_REJECTS = (
    r"\b(?:den(?:y|ies|ied|ying)|(?:dismiss|reject|retract|recant|disput|refut|rebut|debunk|disown|disavow|repudiat)\w*"
    r"|withdr[ae]w\w*)\b"
)
_REPORT = r"(?:reports?|article|story|stories|account|claims?|allegations?)\b"
_REJECTED_IN = re.compile(rf"{_REJECTS}[^,;:.]*?\b{_REPORT}(?: \w+)? (?:in|by|from|of|on)\s+(?:[Tt]he\s+)?$", re.I)
_REJECTED_OF = re.compile(rf"{_REJECTS}(?:[^,;:.]*?\s(?:an?|the))?\s+$", re.I)
_ITS_REPORT = re.compile(rf"(?:[’']s?)?\s+(?:\w+\s+)?{_REPORT}")
_TAKES_BACK = re.compile(rf"(?:\s+(?:has|have|had|also|later|since|now|\w+ly|on \w+day))*\s+{_REJECTS}")
_OPENED = re.compile(r"\((?:[Tt]he )?$")
_TAIL = re.compile(
    r"\b(?:contribut(?:ed|ing)|reporting by|additional reporting|compiled from|with (?:files|reports?|material) from"
    r"|from (?:wire|agency) reports)\b",
    re.I,
)
_SIGNED = re.compile(r"\s*[-–—]\s*([^\n]{2,60}?)\s*$")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)
_NO_NAMES = frozenset(("the", "its", "his", "her", "their", "our", "this", "that", "local", "state", "official"))
_KINDS_OF_PAPER = frozenset(("news", "online", "tv", "radio", "daily", "weekly", "com", "press", "media", "network"))
AHEAD = 150  # characters before a name in which words that make it a credit may stand
LAST_LINE = 300  # characters of a last paragraph that may be a credit
_WORD = r"[A-Z][\w’'-]{0,30}+"
_NAME = rf"(?:[Aa]l[- ])?{_WORD}(?: (?:[Aa]l-|of |and |for )?{_WORD}){{0,3}}"
_PAPER = (
    r"(?:newspaper|news agency|news (?:web)?site|website|(?:news|media) outlet|broadcaster|(?:news|television) channel"
    r"|news portal|(?:radio|television|TV) station|newswire)"
)
# "The *Dasht Gazette* newspaper", but "the English website *Kickoff Daily*"; a day is no name.
_NEXT = r"(?:the )?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
_INTRODUCED = re.compile(
    rf"\b{_PAPER},? {_NEXT}({_NAME})|(?<![\w’'-])(?<!\. )({_NAME}) (?:online )?{_PAPER}\b(?! {_NEXT}[A-Z])"
)
# What newspapers call themselves behind a place: "the Cassby Dispatch" is one though no list knows it.
_MASTHEAD = re.compile(rf"\b[Tt]he ((?:{_WORD} ){{1,3}}(?:{'|'.join(MASTHEAD_ENDS)}))(?![\w’'-]|\s[A-Z])")


class Mastheads:
    """The names by which the outlets of some reports, and those of the directory, are called."""

    def __init__(self, documents: Iterable[Document]) -> None:
        named = {key_of(d): d.outlet for d in documents if d.outlet and key_of(d)}
        self.names = dict(named)
        forms: dict[str, set[str]] = {}
        for key, outlet in named.items():
            bare = _ARTICLE.sub("", " ".join(outlet.split()))
            forms.setdefault(bare, set()).add(key)
            words = bare.split()
            if len(words) > 1 and words[-1].lower() not in _KINDS_OF_PAPER:
                forms.setdefault(f"the {words[-1]}", set()).add(key)
        # "the Post" is nobody's where two of the reports' outlets end so
        self.forms = {form: min(keys) for form, keys in forms.items() if len(keys) == 1}
        every = sorted(self.forms, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<![\w.@])(?:{'|'.join(map(_written, every))})(?!\w)") if every else None

    def key(self, name: str) -> str:
        """The key of an outlet by its name, also where that is the last word of one of the mastheads."""
        key = keyed(name)
        return key if key in self.names else self.forms.get(f"the {_ARTICLE.sub('', name)}", key)

    def found(self, text: str, own: str) -> list[tuple[int, int, str, str]]:
        """Every outlet a text names but the report's own: (start, end, key, name), in order and apart."""
        places = [(s, e, o.name, o.name) for s, e, o in find_outlets(text) if o.kind != "social"]
        places += [(m.start(1), m.end(1), keyed(m[1]), m[1]) for m in _MASTHEAD.finditer(text)]
        for m in _INTRODUCED.finditer(text):
            n = 1 if m[1] else 2
            if m[n].casefold() not in _NO_NAMES:
                places.append((m.start(n), m.end(n), keyed(m[n]), m[n]))
        if self.pattern:
            for m in self.pattern.finditer(text):
                form = " ".join(m[0].split())
                key = self.forms[form if form in self.forms else form[:1].lower() + form[1:]]
                bare = _ARTICLE.sub("", m[0])
                places.append((m.end() - len(bare), m.end(), key, self.names[key]))
        out: list[tuple[int, int, str, str]] = []
        last = _last(own)
        for place in sorted(places, key=lambda p: (p[0], -p[1])):
            behind = not out or place[0] >= out[-1][1]
            # In its own pages a paper calls itself by its last word.
            itself = place[2] == own or (bool(last) and _letters(text[place[0] : place[1]]) == last)
            if behind and not itself:
                out.append(place)
        return out


def _written(form: str) -> str:
    """A pattern for a name, whatever its spaces, and with a capital article too."""
    words = [re.escape(w) for w in form.split()]
    if words[0] == "the":
        words[0] = "[Tt]he"
    return r"\s+".join(words)


def _last(key: str) -> str:
    words = _letters(key).split()
    return words[-1] if len(words) > 1 else ""


def key_of(document: Document) -> str:
    """What an outlet is known by: its name in the directory, else its own without an article; empty where the document
    does not say whose it is."""
    known = (document.outlet and outlet_of(document.outlet)) or (document.url and outlet_at(document.url))
    if known:
        return known.name
    return keyed(document.outlet) if document.outlet else ""


def keyed(name: str) -> str:
    """An outlet's key by its name: that of the directory, or its letters (al-Sabah and al Sabaah are one).

    >>> keyed("the WSJ"), keyed("al Sabaah") == keyed("Al-Sabah")
    ('The Wall Street Journal', True)
    """
    if known := outlet_of(name) or outlet_of(f"The {name}"):
        return known.name
    whose = re.match(r"\S{1,30}[’']s\s+(?=[Aa]l\b)", name.strip())  # "Iraq's Al-Sabah", but not "St. John's Telegram"
    if whose:
        return keyed(name.strip()[whose.end() :])
    return _letters(name)


def _letters(name: str) -> str:
    """A name's letters, small, none of them double; without an article."""
    bare = re.sub(r"^(?:the|an?|al)[\s-]+", "", name.strip(), flags=re.I)
    return re.sub(r"([a-z])\1+", r"\1", re.sub(r"[^\w]+", " ", bare).strip().lower())


def credits_of(report: Report, mastheads: Mastheads) -> list[Credit]:
    """Whom a report credits, in the order of its text; the byline's come first."""
    document, text = report.document, report.text
    own = key_of(document)
    found = mastheads.found(text, own)
    out = [
        Credit(key, name, "byline", 0, 0, (0, len(text)))
        for _, _, key, name in mastheads.found(document.byline or "", own)
    ]
    starts = [place[0] for place in found]
    ends = list(sentences(text))
    begins = [s for s, _ in ends]
    used = set()
    for start, end, manner, about in _set_apart(text):
        for n in range(bisect_right(starts, start - 1), bisect_right(starts, end - 1)):
            if n not in used:
                used.add(n)
                low, high, key, name = found[n]
                out.append(Credit(key, name, manner, low, high, about))
    for n, (low, high, key, name) in enumerate(found):
        at = bisect_right(begins, low) - 1
        if n in used or at < 0:
            continue
        start, end = ends[at][0], max(ends[at][1], high)  # a line may end within a name
        if _OPENED.search(text, max(0, low - 6), low) and text[high : high + 1] == ")":
            out.append(Credit(key, name, "mark", low, high, (start, end)))
        elif _rejected(text, start, low, high, end):
            continue
        elif _CREDITS_AHEAD.search(text, max(start, low - AHEAD), low) or _CREDITS_BEHIND.match(text, high, end):
            out.append(Credit(key, name, "sentence", low, high, (start, end)))
    out += _chained(report, own, out, mastheads)
    return sorted(out, key=lambda c: (c.start, c.end, c.key))


def _rejected(text: str, start: int, low: int, high: int, end: int) -> bool:
    """Whether the sentence text[start:end] says that the report of the outlet named at text[low:high] is not so."""
    if _TAKES_BACK.match(text, high, end):
        return True
    near = max(start, low - AHEAD)
    found = _REJECTED_IN.search(text, near, low)
    if not found and _ITS_REPORT.match(text, high, end):
        found = _REJECTED_OF.search(text, near, low)
    return found is not None and not negated(text[start : found.start()])


def _set_apart(text: str) -> Iterator[tuple[int, int, Manner, tuple[int, int]]]:
    """Where a text has places for credits: (start, end, manner, what is credited)."""
    whole = 0, len(text)
    if dateline := dateline_of(text):
        yield *dateline, "dateline", whole
    low = 0
    lines = []
    for line in text.splitlines(keepends=True):
        if line.strip():
            lines.append((low, low + len(line.rstrip())))
        low += len(line)
    for start, end in lines:
        for m in re.finditer(r"\((?!the )([^()\n]{2,40})\)[.]?\s*$", text[start:end]):
            yield start + m.start(), start + m.end(), "mark", (start, end)
    for start, end in lines[-2:]:
        if end - start <= LAST_LINE and (_TAIL.search(text, start, end) or _SIGNED.match(text[start:end])):
            yield start, end, "tail", whole


def _chained(report: Report, own: str, known: Sequence[Credit], mastheads: Mastheads) -> Iterator[Credit]:
    """Whom statements came through as the reader found it: "told the newspaper" means one that was named before."""
    sources = {s.id: s for s in report.sources}
    inside = {a.id: a for a in report.attributions}
    lines = [m.start() for m in re.finditer(r"\n", report.text)]
    said = {(c.key, bisect_right(lines, c.about[0])) for c in known}  # by paragraph
    for a in report.attributions:
        speaker = sources.get(a.speaker or "")
        through = [*relays(a, sources), *([speaker] if speaker and speaker.kind == "outlet" else [])]
        around = inside.get(a.within or "", a)
        denying = {x.speaker for x in (a, around) if position_of(x) == "denies"}
        links = {link.source: link.spans for link in a.chain}
        about = a.content[0].start, a.content[-1].end
        for source in through:
            introduced = _INTRODUCED.search(source.name)
            name = (introduced[1] or introduced[2]) if introduced else source.name
            spans = links.get(source.id) or source.mentions
            if source.kind != "outlet" or not source.named or not spans or name == name.lower():
                continue
            if source.id in denying:
                continue  # "Channel Nine retracted its report that"
            key = mastheads.key(name)
            listed = outlet_of(name)
            if (listed and listed.kind == "social") or (" " not in name and key not in mastheads.names and not listed):
                continue  # a network that anybody writes in, or a name cut short
            paragraph = key, bisect_right(lines, about[0])
            if key != own and paragraph not in said:
                said.add(paragraph)
                yield Credit(key, one_line(name), "chain", spans[0].start, spans[0].end, about)
