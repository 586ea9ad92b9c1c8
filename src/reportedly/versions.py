"""Reports of one address -> what changed from each version to the next: claims added, dropped, changed, corrected.

Versions of a page are told by its address (`addresses.py`) and ordered by the date of their last change, then in the
order in which they were added. A claim is the same where its words, its position and who makes it are; of those left,
the most alike are taken together first, if half of their words are the same in the same order (`difflib`). A change is
a correction where a note that only the later version has names what is different in it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from .records import Claim, Report, Source, Version

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_ALIKE = 0.5  # share of words from which two claims are one that was changed
_SMALL = 4  # letters; shorter words tell of nothing, but for figures
_FIGURES = frozenset(["no", "one", "two", "six", "ten"])


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
        page.sort(key=lambda r: r.document.updated or r.document.published or "")
        for earlier, later in zip(page, page[1:], strict=False):
            found.append(_compared(earlier, later, of[earlier.document.id], of[later.document.id]))
    return tuple(found)


def _compared(earlier: Report, later: Report, before: Sequence[Claim], after: Sequence[Claim]) -> Version:
    """What changed from one version to the next."""
    known = {note.span.text for note in earlier.notes}
    notes = tuple(note for note in later.notes if note.span.text not in known)
    told = {w.lower() for note in notes for w in _WORD.findall(note.span.text)}
    speakers = {s.id: s for r in (earlier, later) for s in r.sources}
    same = Counter(_key(c, speakers) for c in before) & Counter(_key(c, speakers) for c in after)
    old, new = list(_others(before, same, speakers)), list(_others(after, same, speakers))
    pairs = _pairs(old, new)
    taken = {c for pair in pairs for c in pair}
    corrected = {(a, b) for a, b in pairs if _different(a, b, speakers) & told}
    return Version(
        earlier=earlier.document.id,
        later=later.document.id,
        added=tuple(c.id for c in new if c not in taken),
        dropped=tuple(c.id for c in old if c not in taken),
        changed=tuple((a.id, b.id) for a, b in pairs if (a, b) not in corrected),
        corrected=tuple((a.id, b.id) for a, b in pairs if (a, b) in corrected),
        notes=notes,
    )


def _words(claim: Claim) -> list[str]:
    return [w.lower() for s in claim.spans for w in _WORD.findall(s.text)]


def _key(claim: Claim, speakers: Mapping[str, Source]) -> tuple[str, str, str]:
    """By what a claim is the same as another."""
    speaker = speakers.get(claim.speaker or "")
    return " ".join(_words(claim)), claim.position, speaker.name.lower() if speaker else ""


def _others(
    claims: Sequence[Claim], same: Counter[tuple[str, str, str]], speakers: Mapping[str, Source]
) -> Iterator[Claim]:
    """The claims that the other version does not have."""
    left = same.copy()
    for claim in claims:
        key = _key(claim, speakers)
        if left[key]:
            left[key] -= 1
        else:
            yield claim


def _pairs(old: Sequence[Claim], new: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Claims that are one another changed, in the order of the later version; each is in one pair, the most alike are
    taken first."""
    words = {c: _words(c) for c in (*old, *new)}
    scored = []
    for n, b in enumerate(new):
        match = SequenceMatcher(None, autojunk=False)
        match.set_seq2(words[b])
        for m, a in enumerate(old):
            match.set_seq1(words[a])
            if match.real_quick_ratio() >= _ALIKE and match.quick_ratio() >= _ALIKE and match.ratio() >= _ALIKE:
                scored.append((-match.ratio(), n, m))
    pairs: dict[int, int] = {}
    for _, n, m in sorted(scored):
        if n not in pairs and m not in pairs.values():
            pairs[n] = m
    return [(old[m], new[n]) for n, m in sorted(pairs.items())]


def _different(a: Claim, b: Claim, speakers: Mapping[str, Source]) -> set[str]:
    """The telling words that only one of two claims has, those of who makes it among them."""
    sets = ({*_words(c), *_key(c, speakers)[2].split()} for c in (a, b))
    one, other = sets
    return {w for w in one ^ other if len(w) >= _SMALL or w.isdigit() or w in _FIGURES}
