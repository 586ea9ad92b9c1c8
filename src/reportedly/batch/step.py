"""One shard -> its files. The step that every engine runs; it knows none of them."""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from .. import pipeline
from ..ingest import Ingested, Passed, Refused
from ..ingest.guard import Guard
from ..ingest.language import is_english
from ..ingest.notes import notes_of
from ..records import Document, Report
from .output import Marker, marker_of, published, put, unfinished
from .plan import How, Shard, things
from .tables import Writer

if sys.platform == "win32":
    resource = None
else:
    import resource

_WORD = re.compile(
    r"""\w+ | [$¢£¥\u20a0-\u20cf%‰°+<>=±≤≥≠×÷]
    | -(?=[^\w\s]?\d)  # a minus sign
    | (?<=\d)[.,:/](?=\d) | (?<![\w.])\.(?=\d)""",
    re.X,
)
_DASHES = str.maketrans("–−", "--")
# Lines in which each paper frames the same report in its own way. None of them tells what anybody says.
_DAY = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
_FRAME = re.compile(
    rf"""(?:By|BY)(?:\ (?:and|of|the|de|van|von|(?!(?i:{_DAY})\b)[A-Z][\w.’'-]*),?){{1,8}}
    | (?:AP|AFP|Reuters|REUTERS|Getty)(?:\ (?:Images?|Photo))?(?:\ ?/\ ?[A-Z][\w.’'-]*(?:\ [A-Z][\w.’'-]*){{0,3}})?
    | (?i:advertisement | story\ continues\ below(?:\ advertisement)? | scroll\ down\ for\ video
        | (?:file\ )?photo | (?:show|hide)\ caption
        | (?:related|more|most\ read|most\ popular|recommended)(?:\ (?:articles?|stories|content|coverage|topics))?:?
        | share(?:\ this)?(?:\ (?:article|story|post))?(?:\ on\ (?:facebook|twitter|whatsapp))?
        | print | e-?mail | tweet | comments? | facebook | twitter | read\ (?:more|next|also):? | follow\ us\ on\ \w+
        | (?:copyright|©|\(c\))\ *(?:©|\(c\))?\ *\d{{4}}[^.]{{0,60}}\.?(?:\ all\ rights\ reserved\.?)?
        | all\ rights\ reserved\.?
        | this\ material\ may\ not\ be\ published,\ broadcast,\ rewritten(?:,?\ or\ |,\ )redistributed\.?
    )""",
    re.X,
)
_ENDED = tuple('.!?…”"')
_LEAST_WORDS, _LEAST_SHARE = 50, 0.8  # that must be left of a text whose frame is put aside
_COUNT = re.compile(r"(\d+) (\S.*?)(?: passed over)?|(\S.*): (\d+)")
_SINGULAR = re.compile(r"(y?)(?= (?:by|of|with|without) |\Z)")  # where its plural is made
_SEVERAL = re.compile(r"(left out of the folder): (.+)")
_NUMBER = re.compile(r"\d[\d.,]*(?<=\d)")
_TOLD_EVERY = 1.0  # seconds

Tell = Callable[[int, int], None]


class ModelsError(RuntimeError):
    """The models here are not those that the batch was planned with."""


@cache
def models() -> dict[str, str]:
    """The digest of each model's card, which names its files by theirs."""
    return {folder.name: sha256((folder / "card.json").read_bytes()).hexdigest() for folder in pipeline.READING}


def read_shard(shard: Shard, how: How, out: Path, tell: Tell = lambda documents, words: None) -> Marker:
    """Read a shard, write its tables and its marker into the folder. tell: told now and then how many documents and
    words were read. OSError where the folder cannot be written; nothing in a document makes it raise."""
    if how.models != models():
        raise ModelsError("the models here are others than those that the batch was planned with")
    began, cpu = time.monotonic(), _cpu_seconds()
    folder = unfinished(out, shard.id)
    with Writer(folder, shard.id) as tables:
        reading = _Reading(how, tables, tell)
        with Guard(how.limits, how.text_column) as guard:
            for item in things(guard, shard):
                reading.take(item)
    files = published(out, shard.id, folder, tables.counts)
    marker = Marker(
        shard=shard.id,
        pieces=shard.pieces,
        files=files,
        documents=tables.counts["documents"],
        read=reading.read,
        again=reading.again,
        same_words=reading.same_words,
        attributions=tables.counts["attributions"],
        sources=tables.counts["sources"],
        words=reading.words,
        failed=dict(sorted(reading.failed.items())),
        passed=dict(sorted(reading.passed.items())),
        seconds=round(time.monotonic() - began, 3),
        cpu_seconds=round(_cpu_seconds() - cpu, 3),
        peak=peak(),
    )
    put(marker_of(out, shard.id), marker)
    return marker


class _Reading:
    """What becomes of the things in one shard."""

    def __init__(self, how: How, tables: Writer, tell: Tell) -> None:
        self._how, self._tables, self._tell = how, tables, tell
        self._ids: set[str] = set()
        self._first: dict[bytes, str] = {}  # the first document of each text
        self.read = self.again = self.same_words = self.words = 0
        self.failed: Counter[str] = Counter()
        self.passed: Counter[str] = Counter()
        self._told = time.monotonic()

    def take(self, item: object) -> None:
        """One thing: read, mapped to the one it is a copy of, or left out."""
        match item:
            case Ingested():
                self._document(item)
            case Refused():
                self._left(item.file, item.member, "failed", item.reason)
            case Passed():
                self._left(item.file, item.member, "passed over", item.reason)
        if time.monotonic() - self._told > _TOLD_EVERY:
            self._told = time.monotonic()
            self._tell(self.read + self.again + self.same_words, self.words)

    def _document(self, ingested: Ingested) -> None:
        document = ingested.document
        if not self._how.all_languages and other_language(document):
            self._left(document.file, document.member, "passed over", "in another language")
            return
        if document.id in self._ids:
            self.again += 1
            self._tables.copy(document, "again", document.id)
            return
        words = len(document.text.split())
        key = text_key(document.text)
        first = None if key is None else self._first.get(key)
        try:
            report = pipeline.attribute(ingested) if first is None else _unattributed(ingested)
        except MemoryError:
            raise
        except Exception as e:  # whatever one document does to us, the others are still read
            self._left(document.file, document.member, "failed", pipeline.why(e))
            return
        self._ids.add(document.id)
        self._tables.document(report, words)
        if first is not None:
            self.same_words += 1
            self._tables.copy(document, "same words", first)
            return
        if key is not None:
            self._first[key] = document.id
        self.read += 1
        self.words += words

    def _left(self, file: str, member: str | None, state: str, reason: str) -> None:
        self._tables.left_out(file, member, state, reason)
        kind, count = counted(reason, state)
        (self.failed if state == "failed" else self.passed)[kind] += count


def _unattributed(ingested: Ingested) -> Report:
    """What a report says beside what others say in it."""
    notes = notes_of(ingested.document.text)
    return Report(ingested.document, unread=ingested.unread, assumed=ingested.assumed, notes=notes)


def other_language(document: Document) -> bool:
    """Whether a document is in another language than English: by its words, or by what it says of itself where it has
    too few."""
    english = is_english(document.text)
    return document.language not in (None, "en") if english is None else not english


def text_key(text: str) -> bytes | None:
    """What texts of the same words have in common, however they are capitalised and whatever stands between the words,
    but for what belongs to a figure (currencies, signs, the marks in it), and whatever frame of bylines, credits and
    links stands around their sentences, if it is a small part of the text; None where there are no words."""
    own, frame = _parted(text)
    words, aside = (_words("\n".join(lines)) for lines in (own, frame))
    if aside and len(words) < max(_LEAST_WORDS, _LEAST_SHARE * (len(words) + len(aside))):
        words = _words(text)  # a page with hardly a report in it is told by all it says
    return sha256(" ".join(words).encode("utf-8", "replace")).digest()[:16] if words else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().translate(_DASHES))


def _parted(text: str) -> tuple[list[str], list[str]]:
    """The lines of a text, and those of its frame; a line within a broken sentence is none of these."""
    own: list[str] = []
    frame: list[str] = []
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    for line, behind in zip(lines, [*lines[1:], ""], strict=False):
        whole = (not own or own[-1].endswith(_ENDED)) and not behind[:1].islower()
        (frame if whole and _FRAME.fullmatch(line) else own).append(line)
    return own, frame


def counted(reason: str, state: str) -> tuple[str, int]:
    """A reason without its numbers and in the plural, and for how many things it stands: "12 images passed over" for 12
    images; a failure stands for one."""
    if state == "passed over" and (found := _COUNT.fullmatch(reason)):
        before, named, name, behind = found.groups()
        if before == "1":
            named = _SINGULAR.sub(lambda end: "ies" if end[1] else "s", named, count=1)
        return (named or name), int(before or behind)
    if state == "passed over" and (found := _SEVERAL.fullmatch(reason)):
        return found[1], sum(map(int, re.findall(r"\b\d+\b", found[2])))
    return _NUMBER.sub("…", reason), 1


def peak() -> int:
    """The most memory that this process had so far, in bytes."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) * 1024
    except (OSError, IndexError):  # not Linux
        if resource is None:
            return 0
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def _cpu_seconds() -> float:
    """Of this process and those it waited for."""
    if resource is None:
        return time.process_time()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)
