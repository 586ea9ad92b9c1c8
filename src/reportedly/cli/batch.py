"""`reportedly batch`: an archive of reports into Parquet tables."""

import shlex
import sys
from pathlib import Path
from typing import Literal

import click
from click.core import ParameterSource

from reportedly.brief import counted, printable
from reportedly.intake import Ways
from reportedly.terminal import progress_at_scale, say

from .inputs import local_ways
from .output import ending, put


@click.command(short_help="Read an archive of reports into Parquet tables.")
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="The folder to write.")
@click.option("--resume", is_flag=True, help="Go on with what an earlier run left in the folder.")
@click.option("--workers", type=click.IntRange(1), help="How many processes read; by default one for each core.")
@click.option(
    "--engine",
    type=click.Choice(("local", "ray")),
    default="local",
    show_default=True,
    help="Where to run: on this machine or on a Ray cluster.",
)
@click.option("--address", metavar="ADDRESS", help="Address of a running Ray cluster; without it, one is started here.")
@click.option(
    "--shard-documents",
    type=click.IntRange(1),
    default=500,
    show_default=True,
    help="Documents per shard; an interrupted shard is read again.",
)
@click.option("--all-languages", is_flag=True, help="Read documents in other languages than English, too.")
@click.option("--json", is_flag=True, help="Print the manifest as JSON.")
@click.option(
    "--check",
    "checked",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Read nothing; say what is wrong with the output of a batch.",
)
@local_ways
@click.pass_context
def batch(
    context: click.Context,
    inputs: tuple[str, ...],
    out: Path | None,
    resume: bool,
    workers: int | None,
    engine: Literal["local", "ray"],
    address: str | None,
    shard_documents: int,
    all_languages: bool,
    json: bool,
    checked: Path | None,
    ways: Ways,
) -> None:
    """Read an archive of reports into Parquet tables: documents, attributions, sources, copies, and what was left out.

    An INPUT is a file or a folder that `read` takes, however large: web archives, JSON lines, tables. Shards of it are
    read by several processes, and each is visible only when it is whole."""
    if checked is not None:
        typed = ParameterSource.COMMANDLINE
        given = [p.opts[0] for p in context.command.params if context.get_parameter_source(p.name or "") is typed]
        if others := [name for name in given if name != "--check"]:
            raise click.UsageError(f"--check DIR goes alone, without {', '.join(others)}")
        verified(checked)
        return
    if not inputs or out is None:
        raise click.UsageError("name the inputs and the folder to write: reportedly batch INPUT... --out DIR")
    if address and engine != "ray":
        raise click.UsageError("--address is of a Ray; add --engine ray")
    with ending():
        from reportedly.batch import Far, Manifest  # pyarrow only where it is wanted
        from reportedly.batch import batch as all_of

        with progress_at_scale(hidden=json and sys.stdout.isatty()) as show:

            def tell(far: Far) -> None:
                if far.damaged:
                    again = f"{counted(far.damaged, 'shard')} will be read again"
                    say(str(out), f"{again}, for files that an earlier run wrote are missing or damaged")
                show(far.doing, far.done, far.total, far.words)

            manifest: Manifest = all_of(
                inputs,
                out,
                ways=ways,
                engine=engine,
                address=address,
                workers=workers,
                shard_documents=shard_documents,
                all_languages=all_languages,
                resume=resume,
                progress=tell,
            )
        for state, reasons in (("passed over", manifest.passed), ("failed", manifest.failed)):
            for reason, count in sorted(reasons.items(), key=lambda r: (-r[1], r[0])):
                say(str(out), f"{count:,} {state}: {reason}")
        if manifest.failed:
            ask = f"reportedly ask {shlex.quote(str(out))} 'SELECT * FROM left_out'"
            say(str(out), f"what failed is named in its table left_out: {ask}")
        for lost in manifest.lost:
            say(str(out), f"shard {lost.shard} was lost: {lost.reason}; read it again with --resume")
        if json:
            put(manifest)
        else:
            print(
                f"{printable(str(out))}: {manifest.documents:,} documents, {manifest.read:,} read, "
                f"{manifest.same_words:,} with the words of another, {manifest.again:,} met again; "
                f"{manifest.attributions:,} attributions in {manifest.words:,} words, "
                f"{manifest.words_per_cpu_second:,.0f} a CPU second"
            )
        if not manifest.complete:
            sys.exit(1)


def verified(out: Path) -> None:
    """Say what is wrong with the output of a batch; exit code 1 where something is."""
    with ending():
        from reportedly.batch import check as faults  # pyarrow only where it is wanted

        whole = True
        for fault in faults(out):
            whole = False
            say(str(out), fault)
        if not whole:
            sys.exit(1)
        print(f"{printable(str(out))}: every shard is whole, and every span is in its text")
