"""The options by which inputs are read, the same for every command that reads."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
import msgspec

from reportedly import __version__
from reportedly.fetch import Rules
from reportedly.ingest import Limits
from reportedly.intake import NAMELESS, Ways, is_pattern

IN_MEGABYTES = ("unpacked", "memory")


def limits_of(given: tuple[str, ...], max_megabytes: float) -> Limits:
    """The limits that NAME=VALUE pairs set. click.BadParameter where one is none."""
    values: dict[str, Any] = {"bytes": max_megabytes * 1e6}
    for pair in given:
        name, _, value = pair.partition("=")
        if name not in Limits.__struct_fields__ or name == "bytes":
            known = ", ".join(x for x in Limits.__struct_fields__ if x != "bytes")
            raise click.BadParameter(f"there is no limit {name!r}; there are {known}", param_hint="--limit")
        try:
            values[name] = float(value) * (1e6 if name in IN_MEGABYTES else 1)
        except ValueError:
            values[name] = 0.0
        least = "above 0" if name == "seconds" else "of at least 1"
        fits = values[name] > 0 if name == "seconds" else values[name] >= 1
        if not (fits and values[name] < 1e15):
            raise click.BadParameter(f"{pair!r}: a number {least} is wanted, as in {name}=100", param_hint="--limit")
    return msgspec.convert({k: v if k == "seconds" else int(v) for k, v in values.items()}, Limits)


def patterns(given: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns of files to leave out. click.BadParameter where one is none."""
    for pattern in given:
        if not pattern.strip() or not is_pattern(pattern):
            raise click.BadParameter(f"{pattern!r} is not a pattern like '*.csv' or 'drafts/'", param_hint="--exclude")
    return given


def named(rest: dict[str, Any]) -> None:
    """click.UsageError where the name of an input is empty, as that of a variable of the shell that is not set."""
    if "" in (*rest.get("files", ()), *rest.get("inputs", ())):
        raise click.UsageError(NAMELESS)


def ways(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which inputs are read, handed to the command as `ways`."""

    @wraps(command)
    def within(
        max_megabytes: float,
        limit: tuple[str, ...],
        text_column: str | None,
        exclude: tuple[str, ...],
        fetch: bool,
        links: bool,
        warc: Path | None,
        allow_private: bool,
        **rest: Any,
    ) -> None:
        named(rest)
        if not fetch and (links or warc or allow_private):
            raise click.UsageError("--links, --warc and --allow-private are about links; add --fetch")
        limits = limits_of(limit, max_megabytes)
        agent = f"reportedly/{__version__}"
        rules = Rules(bytes=limits.bytes, allow_private=allow_private, agent=agent) if fetch else None
        if rules and warc is None and "case" in rest:
            warc = Path(f"{rest['case']}.warc.gz")
        left_out = patterns(exclude)
        asked = Ways(limits=limits, text_column=text_column, exclude=left_out, fetch=rules, links=links, warc=warc)
        command(ways=asked, **rest)

    for option in (*_READING, *_NET):
        within = option(within)
    return within


def local_ways(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which inputs are read that come from no net, handed to the command as `ways`."""

    @wraps(command)
    def within(
        max_megabytes: float, limit: tuple[str, ...], text_column: str | None, exclude: tuple[str, ...], **rest: Any
    ) -> None:
        named(rest)
        limits = limits_of(limit, max_megabytes)
        command(ways=Ways(limits=limits, text_column=text_column, exclude=patterns(exclude)), **rest)

    for option in _READING:
        within = option(within)
    return within


_READING = (
    click.option(
        "--max-megabytes",
        type=click.FloatRange(0.001, 10_000),
        default=Limits().bytes / 1e6,
        show_default=True,
        help="Refuse larger documents; none is ever cut short.",
    ),
    click.option(
        "--limit",
        multiple=True,
        metavar="NAME=VALUE",
        help="Set a limit, as in pages=500. Names: unpacked and memory (MB), ratio, members, nesting, pages, seconds.",
    ),
    click.option("--text-column", metavar="NAME", help="The column of a table that holds the text."),
    click.option(
        "--exclude", multiple=True, metavar="PATTERN", help="Leave out files of a folder, as in a .gitignore."
    ),
)


_NET = (
    click.option("--fetch", is_flag=True, help="Read http(s) links from the net; nothing else is sent there."),
    click.option("--links", is_flag=True, help="With --fetch: follow the entries of a feed that hold only a link."),
    click.option(
        "--warc",
        type=click.Path(path_type=Path, dir_okay=False),
        help="With --fetch: keep what is fetched in this web archive; for add, CASE.warc.gz if not said.",
    ),
    click.option("--allow-private", is_flag=True, help="With --fetch: also from this machine and its network."),
)
