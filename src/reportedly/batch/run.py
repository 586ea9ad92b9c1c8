"""A whole batch: plan, read with an engine, find copies, say what was done."""

import os
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from .. import __version__
from ..ingest import Limits
from ..intake import Given, Ways
from .cluster import is_there, read_on_ray
from .copies import Across, across
from .fault import BatchError, missing
from .local import Lost, Outcome, Watch, read_locally
from .output import (
    INPUTS,
    MANIFEST,
    MARKERS,
    PLAN,
    Marker,
    cleaned,
    dropped,
    held,
    loaded,
    markers,
    put,
)
from .plan import SHARD, How, Input, Plan, Shard, planned
from .step import counted, models
from .tables import SCHEMA, put_table

Engine = Literal["local", "ray"]
_MANIFEST_EVERY = 30.0  # seconds
_NOT_SOUGHT = Across()
_NAMED = 3  # files that differ
_SHOWN = 3  # reasons why nothing can be read
_MEMBERS, _UNPACKED = 1_000_000_000, 100_000_000_000_000  # of an archive, where nothing else was asked for


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch is and how far it came.

    state: running, or done (everything was read or told of), or failed (shards were lost). documents: kept, of which
    `read` were read; again: met again under the same id, not kept twice; same_words: kept and mapped to another one
    (table copies; one in another shard is read, too). words, attributions, sources: of the documents kept and read.
    While it runs, copies in different shards are not told apart. failed, passed: how many things, by reason. lost:
    shards that could not be read. cpu_seconds: of all processes that read, over all runs; seconds: by the clock, of
    this run; words_per_second: of this run, by the clock; this and words_per_cpu_second: of all words that were read,
    those of documents met again, too. peak: the most memory (bytes) of any process that read."""

    schema: int
    state: Literal["running", "done", "failed"]
    version: str
    models: dict[str, str]
    python: str
    options: How
    inputs: tuple[Input, ...]
    engine: str
    workers: int
    started: str
    shards: int
    finished: int
    documents: int
    read: int
    again: int
    same_words: int
    attributions: int
    sources: int
    words: int
    failed: dict[str, int]
    passed: dict[str, int]
    lost: tuple[Lost, ...]
    seconds: float
    cpu_seconds: float
    words_per_second: float
    words_per_cpu_second: float
    peak: int

    @property
    def complete(self) -> bool:
        """Whether everything was read: nothing failed, nothing was lost."""
        return not self.failed and not self.lost


class Far(msgspec.Struct, frozen=True, kw_only=True):
    """How far a batch is. doing: what, in words. done, total: of these (files, or documents). words: read in this run
    so far. damaged: shards of an earlier run that are read again, for files of theirs are missing or damaged."""

    doing: Literal["looking through the inputs", "reading", "looking for copies"]
    done: int
    total: int
    words: int = 0
    damaged: int = 0


Progress = Callable[[Far], None]


def batch(
    inputs: Sequence[Given],
    out: str | os.PathLike[str],
    *,
    ways: Ways | None = None,
    engine: Engine = "local",
    address: str | None = None,
    workers: int | None = None,
    shard_documents: int = SHARD,
    all_languages: bool = False,
    resume: bool = False,
    progress: Progress = lambda far: None,
) -> Manifest:
    """Read files and folders into the Parquet tables of a folder; the manifest, which is also in it.

    engine: "local", processes on this machine; "ray", a cluster (address: of one that runs; else one is started here
    for the time being). workers: how many processes read, one for each core if None. shard_documents: how many
    documents are read in one go, which is what is read again after a kill. resume: go on with what an earlier run left,
    of all the same inputs, options and versions; shards of which a file is missing or damaged are read again.
    BatchError where the folder is another batch's or cannot be written, or no input can be opened."""
    if engine == "ray" and not is_there():
        raise missing("ray")
    ways, out = ways or Ways(), Path(out)
    how = How(
        limits=_at_scale(ways.limits),
        text_column=ways.text_column,
        all_languages=all_languages,
        shard_documents=shard_documents,
        version=__version__,
        schema=SCHEMA,
        models=models(),
    )
    workers = workers or available()
    try:
        with held(out):
            return _Run(out, how, engine, address, workers, progress).through(inputs, ways.exclude, resume)
    except OSError as e:
        raise BatchError(f"{e.filename or out}: {e.strerror or e}") from e


def available() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _at_scale(limits: Limits) -> Limits:
    """Limits for archives: of how much there is in one input no more is asked than what was asked for."""
    usual = Limits()
    return msgspec.structs.replace(
        limits,
        members=_MEMBERS if limits.members == usual.members else limits.members,
        unpacked=_UNPACKED if limits.unpacked == usual.unpacked else limits.unpacked,
    )


def _leave_out(out: Path, plan: Plan) -> None:
    """Name what of the inputs never came to reading."""
    states = (("failed", plan.refused), ("passed over", plan.passed))
    rows = [
        {"file": item.file, "member": item.member, "state": state, "reason": item.reason}
        for state, items in states
        for item in items
    ]
    put_table(out / INPUTS, "left_out", rows)


def _differing(out: Path, before: Plan, plan: Plan, how: How) -> str:
    """In what a batch begun here differs from the one that is asked for, as far as it can be told."""
    was, now = ({i.file: i.digest for i in p.inputs} for p in (before, plan))
    files = [
        f"{file} {'is new' if file not in was else 'was changed' if file in now else 'is not among the inputs now'}"
        for file in {**was, **now}
        if was.get(file) != now.get(file)
    ]
    more = [f"and {len(files) - _NAMED} more files"] if len(files) > _NAMED else []
    options = []
    if (out / MANIFEST).exists():
        old: How = loaded(out / MANIFEST, Manifest).options
        for name in How.__struct_fields__:
            one, other = getattr(old, name), getattr(how, name)
            if one != other:
                plain = isinstance(other, str | int | None)
                options.append(f"{name} was {one} and is {other}" if plain else f"{name} are others")
    said = [*files[:_NAMED], *more, *options] if before.shards else []
    return f": {', '.join(said)}" if said else ""


class _Run:
    """One run into one folder."""

    def __init__(
        self, out: Path, how: How, engine: Engine, address: str | None, workers: int, progress: Progress
    ) -> None:
        self._out, self._how, self._engine, self._address, self._workers = out, how, engine, address, workers
        self._progress = progress
        self._began = time.monotonic()
        self._started = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        self._done: dict[str, Marker] = {}
        self._new = 0  # words
        self._lost: list[Lost] = []

    def through(self, inputs: Sequence[Given], exclude: Sequence[str], resume: bool) -> Manifest:
        """All of it."""
        out = self._out
        there = (out / PLAN).exists() or any((out / MARKERS).glob("*.json"))
        if there and not resume:
            raise BatchError(f"{out} holds a batch already; go on with it by --resume, or name another folder", True)
        before: Plan | None = None
        with suppress(BatchError):  # a damaged plan is made anew
            before = loaded(out / PLAN, Plan)

        def looked(done: int, total: int) -> None:
            self._progress(Far(doing="looking through the inputs", done=done, total=total))

        plan = planned(inputs, self._how, out, exclude, before.inputs if before else (), self._workers, looked)
        wanted = [s.id for s in plan.shards]
        kept = [s.id for s in before.shards] if before else wanted
        differing = _differing(out, before or Plan(inputs=(), shards=()), plan, self._how)
        if kept != wanted or {p.stem for p in (out / MARKERS).glob("*.json")} - set(wanted):
            raise BatchError(
                f"{out} holds a batch of other inputs, options or versions{differing}; "
                "go on with what it was begun with, or name another folder",
                True,
            )
        if plan.refused and not plan.inputs:
            reasons = "; ".join(f"{r.file}: {r.reason}" for r in plan.refused[:_SHOWN])
            more = f"; and {len(plan.refused) - _SHOWN} more" if len(plan.refused) > _SHOWN else ""
            raise BatchError(f"{reasons}{more}; nothing was written")
        put(out / PLAN, plan)
        if damaged := dropped(out):
            many = len(plan.inputs)
            self._progress(Far(doing="looking through the inputs", done=many, total=many, damaged=damaged))
        cleaned(out)
        self._done = {m.shard: m for m in markers(out)}
        self._read(plan)
        finished = [self._done[s.id] for s in plan.shards if s.id in self._done]
        self._progress(Far(doing="looking for copies", done=0, total=1))
        found = across(out, finished)
        _leave_out(out, plan)
        return self._said(plan, "failed" if self._lost else "done", found)

    def _read(self, plan: Plan) -> None:
        left = [s for s in plan.shards if s.id not in self._done]
        size = {s.id: s.documents for s in plan.shards}
        behind = sum(size[s] for s in self._done)
        total = sum(size.values())
        under_way: dict[str, tuple[int, int]] = {}

        def tell(shard: str, documents: int, words: int) -> None:
            under_way[shard] = documents, words
            now = list(under_way.values())
            done = behind + sum(d for d, _ in now)
            self._progress(Far(doing="reading", done=done, total=total, words=self._new + sum(w for _, w in now)))

        written = time.monotonic()
        self._said(plan, "running")
        for outcome in self._outcomes(left, tell):
            shard = outcome.shard
            under_way.pop(shard, None)
            behind += size[shard]
            if isinstance(outcome, Lost):
                self._lost.append(outcome)
            else:
                self._done[shard] = outcome
                self._new += outcome.words
            self._progress(Far(doing="reading", done=behind, total=total, words=self._new))
            if time.monotonic() - written > _MANIFEST_EVERY:
                written = time.monotonic()
                self._said(plan, "running")

    def _outcomes(self, shards: Sequence[Shard], tell: Watch) -> Iterator[Outcome]:
        if not shards:
            return iter(())
        if self._engine == "local":
            return read_locally(shards, self._how, self._out, min(self._workers, len(shards)), tell)
        return read_on_ray(shards, self._how, self._out, self._workers, self._address)

    def _said(self, plan: Plan, state: Literal["running", "done", "failed"], found: Across = _NOT_SOUGHT) -> Manifest:
        """The manifest as it is now, written into the folder. found: the copies across shards."""
        done = [self._done[s.id] for s in plan.shards if s.id in self._done]
        failed: Counter[str] = Counter()
        passed: Counter[str] = Counter()
        for marker in done:
            failed.update(marker.failed)
            passed.update(marker.passed)
        for refused in plan.refused:
            failed[counted(refused.reason, "failed")[0]] += 1
        for left in plan.passed:
            kind, count = counted(left.reason, "passed over")
            passed[kind] += count
        seconds, cpu = time.monotonic() - self._began, sum(m.cpu_seconds for m in done)
        words = sum(m.words for m in done)
        manifest = Manifest(
            schema=SCHEMA,
            state=state,
            version=self._how.version,
            models=self._how.models,
            python=platform.python_version(),
            options=self._how,
            inputs=plan.inputs,
            engine=self._engine,
            workers=self._workers,
            started=self._started,
            shards=len(plan.shards),
            finished=len(done),
            documents=sum(m.documents for m in done) - found.again,
            read=sum(m.read for m in done) - found.read,
            again=sum(m.again for m in done) + found.again,
            same_words=sum(m.same_words for m in done) + found.same_words,
            attributions=sum(m.attributions for m in done) - found.attributions,
            sources=sum(m.sources for m in done) - found.sources,
            words=words - found.words,
            failed=dict(sorted(failed.items())),
            passed=dict(sorted(passed.items())),
            lost=tuple(self._lost),
            seconds=round(seconds, 1),
            cpu_seconds=round(cpu, 1),
            words_per_second=round(self._new / max(seconds, 1e-9), 1),
            words_per_cpu_second=round(words / max(cpu, 1e-9), 1),
            peak=max((m.peak for m in done), default=0),
        )
        put(self._out / MANIFEST, manifest)
        return manifest
