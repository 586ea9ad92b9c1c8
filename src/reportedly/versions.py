"""Reports of one address -> what changed from each version to the next: claims added, dropped, changed, corrected.

Versions of a page are told by its address (`addresses.py`) and ordered by the date of their last change; one of which
that does not tell stands behind the one that was added before it. A claim is the same where its words and its position
are, and nobody else makes it; of those left, the most alike are taken together first, if half of their words are the
same in the same order (`difflib`). A change is a correction where a note that only the later version has names most of
what is different in it, or a figure or a name. What the notes themselves say is no claim of the report, and words that
stand in both versions (but in a note, or behind a "not") are no change however they were read.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from .debts import earlier
from .quantities import NUMBERS
from .records import Claim, Report, Version

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_ALIKE = 0.5  # share of words from which two claims are one that was changed
_SMALL = 4  # letters; shorter words tell of nothing, but for figures
_LONG = 300  # words; the order of more is not looked at, which takes quadratic time
_COMMON, _NEAREST = 300, 12  # claims: words of more tell nothing; so many are compared
_FIGURES = frozenset(["no", "one", "two", "six", "ten"])
_TELLING = frozenset(NUMBERS) - {"one"}  # figures that tell of a correction by themselves
_TURNED = re.compile(r"(?:\b(?:no|not|never)|n[’']t) $", re.I)


def versions(reports: Sequence[Report], claims: Sequence[Claim], addresses: Mapping[str, str]) -> tuple[Version, ...]:
    """What changed between reports of one address. reports: in the order they were added. claims: all of theirs.
    addresses: by id of the document, in the form under which those of one page are the same."""
    of: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        of[claim.document].append(claim)
    pages: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if address := addresses.get(report.document.id):
            pages[address].append(report)
    found = []
    for page in pages.values():
        for one, next_one in pairwise(_ordered(page)):
            found.append(_compared(one, next_one, of[one.document.id], of[next_one.document.id]))
    return tuple(found)


def _ordered(page: Sequence[Report]) -> list[Report]:
    """Versions (in the order they were added) in the order they were changed. Those of which most is known are put in
    order first, and each other one as near behind the one added before it as its date allows."""
    changed = [r.document.updated or r.document.published for r in page]
    out: list[int] = []
    for n in sorted(range(len(page)), key=lambda n: -len(changed[n] or "")):  # a time, a day, nothing
        told = [earlier(changed[m], changed[n]) for m in out]
        low = max((at + 1 for at, x in enumerate(told) if x < 0), default=0)
        high = next((at for at, x in enumerate(told) if x > 0 and at >= low), len(out))
        before = max((m for m in out[low:high] if m < n), default=None)
        out.insert(low if before is None else out.index(before) + 1, n)
    return [page[n] for n in out]


def _compared(earlier: Report, later: Report, before: Sequence[Claim], after: Sequence[Claim]) -> Version:
    """What changed from one version to the next."""
    known = {note.span.text for note in earlier.notes}
    notes = tuple(note for note in later.notes if note.span.text not in known)
    told = {w.lower() for note in notes for w in _WORD.findall(note.span.text)}
    who = {s.id: s.name.lower().split() for r in (earlier, later) for s in r.sources if s.named}
    old, new = _others(_outside(earlier, before), _outside(later, after), who)
    old, new = _unless_held(old, new, later), _unless_held(new, old, earlier)
    pairs = _pairs(old, new)
    taken = {c.id for pair in pairs for c in pair}
    corrected = [(a, b) for a, b in pairs if _corrects(a, b, who, told)]
    return Version(
        earlier=earlier.document.id,
        later=later.document.id,
        added=tuple(c.id for c in new if c.id not in taken),
        dropped=tuple(c.id for c in old if c.id not in taken),
        changed=tuple((a.id, b.id) for a, b in pairs if (a, b) not in corrected),
        corrected=tuple((a.id, b.id) for a, b in corrected),
        notes=notes,
    )


def _outside(report: Report, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that stand in none of the report's notes."""
    notes = [(note.span.start, note.span.end) for note in report.notes]
    return [c for c in claims if not any(start <= c.spans[0].start < end for start, end in notes)]


def _words(claim: Claim) -> list[str]:
    return [w.lower() for s in claim.spans for w in _WORD.findall(s.text)]


def _others(
    before: Sequence[Claim], after: Sequence[Claim], who: Mapping[str, list[str]]
) -> tuple[list[Claim], list[Claim]]:
    """The claims of each version that the other does not have."""
    held: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in before:
        held[" ".join(_words(claim)), claim.position].append(claim)
    new = []
    for claim in after:
        there = held[" ".join(_words(claim)), claim.position]
        same = next((n for n, c in enumerate(there) if not _of_others(c, claim, who)), None)
        if same is None:
            new.append(claim)
        else:
            there.pop(same)
    left = {c.id for claims in held.values() for c in claims}
    return [c for c in before if c.id in left], new


def _unless_held(claims: Sequence[Claim], others: Sequence[Claim], report: Report) -> list[Claim]:
    """The claims whose words do not stand in the other version: where they do, it is our reading that differs and not
    the report, unless somebody else says them there or says them otherwise."""
    text = report.text
    for note in report.notes:
        text = text[: note.span.start] + " " * (note.span.end - note.span.start) + text[note.span.end :]
    line = " ".join(text.split())
    said = {" ".join(_words(other)) for other in others}
    return [
        c
        for c in claims
        if " ".join(_words(c)) in said or not all(_stands(" ".join(s.text.split()), line) for s in c.spans)
    ]


def _stands(words: str, line: str) -> bool:
    """Whether words stand in a line, and not only behind a "not"."""
    at = line.find(words)
    while at >= 0 and _TURNED.search(line, max(0, at - len("never ")), at):
        at = line.find(words, at + 1)
    return at >= 0


def _of_others(a: Claim, b: Claim, who: Mapping[str, list[str]]) -> bool:
    """Whether two claims are of named sources whose names share no word."""
    one, other = who.get(a.speaker or ""), who.get(b.speaker or "")
    return bool(one and other and not set(one) & set(other))


def _pairs(old: Sequence[Claim], new: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Claims that are one another changed, in the order of the later version; each is in one pair, the most alike are
    taken first. Each is compared with the few that share most words with it, since versions may have thousands."""
    words = [_words(a) for a in old]
    holding: dict[str, list[int]] = defaultdict(list)
    for m, held in enumerate(words):
        for word in set(held):
            holding[word].append(m)
    scored = []
    for n, b in enumerate(new):
        own = _words(b)
        match = SequenceMatcher(None, autojunk=False)
        match.set_seq2(own)
        shared = Counter(m for w in set(own) for m in holding[w] if len(holding[w]) <= _COMMON)
        for m, _ in shared.most_common(_NEAREST):
            match.set_seq1(words[m])
            alike = match.quick_ratio()
            if alike >= _ALIKE and max(len(own), len(words[m])) <= _LONG:
                alike = match.ratio()
            if alike >= _ALIKE:
                scored.append((-alike, n, m))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, n, m in sorted(scored):
        if n not in pairs and m not in taken:
            pairs[n] = m
            taken.add(m)
    return [(old[m], new[n]) for n, m in sorted(pairs.items())]


def _corrects(a: Claim, b: Claim, who: Mapping[str, list[str]], told: set[str]) -> bool:
    """Whether words told by notes are of what is different in two claims: most of it, or a figure or a name."""
    speakers = {w for c in (a, b) for w in who.get(c.speaker or "", ())}
    words = set(_words(a)) ^ set(_words(b))
    words = words | speakers if _of_others(a, b, who) else words - speakers
    different = {w for w in words if len(w) >= _SMALL or w[0].isdigit() or w in _FIGURES}
    noted = different & told
    names = {*_names(a), *_names(b), *speakers}
    return 2 * len(noted) > len(different) or any(w[0].isdigit() or w in _TELLING or w in names for w in noted)


def _names(claim: Claim) -> set[str]:
    """The capitalised words of a claim but the first."""
    return {w.lower() for s in claim.spans for w in _WORD.findall(s.text)[1:] if w[0].isupper()}
