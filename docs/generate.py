"""Write the generated pages: docs/cli.md from the commands, docs/report.schema.json from the records, and the answers
to the queries in docs/case.md from the demo case.

`--check` writes nothing and ends with 1 where a page is stale. It leaves out the answers, which depend a little on the
processor that the models run on.
"""

import json
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from inspect import cleandoc
from pathlib import Path

import click
import msgspec

from reportedly import Case, add
from reportedly.cli import app
from reportedly.records import Report

DOCS = Path(__file__).parent


def cli_page() -> str:
    """Every command with its arguments and options, from the declarations that also make `--help`."""
    parts = ["# Command line\n\nGenerated from the commands themselves by `make docs`.\n"]
    for name, command in (("reportedly", app), *((f"reportedly {k}", v) for k, v in sorted(app.commands.items()))):
        usage = " ".join(["[OPTIONS]", *(str(p.metavar) for p in command.params if isinstance(p, click.Argument))])
        parts.append(
            f"## {name}\n\n    {name} {'COMMAND' if command is app else usage}\n\n{cleandoc(command.help or '')}\n"
        )
        rows = [row(p) for p in command.params if isinstance(p, click.Option)]
        if rows:
            parts.append("| option | meaning | default |\n|---|---|---|\n" + "\n".join(rows) + "\n")
    parts.append(
        "Results go to standard output, warnings, errors and progress to standard error. Exit codes: 0 everything was "
        "read, 1 some inputs failed (each with a line that says why; the others are read) or a case cannot be read or "
        "written, 2 wrong use, such as the ID of nothing.\n"
    )
    return "\n".join(parts)


def row(option: click.Option) -> str:
    """One option as a line of a table."""
    default = "(required)" if option.required else f"{option.default}" if option.show_default else ""
    value = "" if option.is_flag else " " + re.sub(r"\w+ RANGE", "NUMBER", option.make_metavar(click.Context(app)))
    names = ", ".join(f"`{o}{value}`" for o in option.opts).replace("|", "\\|")
    return f"| {names} | {option.help} | {default} |"


def schema() -> str:
    """JSON Schema of what `reportedly read --json` prints."""
    return json.dumps(msgspec.json.schema(Report), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def answered(page: str) -> str:
    """A page whose queries are each followed by their answer, with the answers that the demo case gives."""
    demo = DOCS.parent / "demo"
    files = [str(p) for p in (*sorted(demo.glob("*.txt")), *sorted(demo.glob("*.html")))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bridge.case"
        with Case.open(path, create=True) as case:
            if failed := [a for a in add(case, files) if a.state == "failed"]:
                sys.exit(f"{failed[0].file} cannot be read: {failed[0].reason}")
        with closing(sqlite3.connect(path)) as tables:

            def answer(m: re.Match[str]) -> str:
                rows = tables.execute(m["sql"])
                columns = [name for name, *_ in rows.description]
                return f"```sql\n{m['sql']}```\n\n```\n{boxed(columns, rows)}\n```"

            return re.sub(r"```sql\n(?P<sql>[^`]+)```\n\n```\n[^`]+```", answer, page)


def boxed(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as `sqlite3 -box` prints it."""
    lines = [tuple(columns), *(tuple(map(str, r)) for r in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]

    def rule(left: str, cross: str, right: str) -> str:
        return left + cross.join("─" * (w + 2) for w in widths) + right

    head = "│".join(f" {c.center(w)} " for c, w in zip(columns, widths, strict=True))
    body = ["│".join(f" {c.ljust(w)} " for c, w in zip(line, widths, strict=True)) for line in lines[1:]]
    bars = [f"│{line}│" for line in (head, *body)]
    return "\n".join([rule("┌", "┬", "┐"), bars[0], rule("├", "┼", "┤"), *bars[1:], rule("└", "┴", "┘")])


def main() -> None:
    """Write or check."""
    pages = {DOCS / "cli.md": cli_page(), DOCS / "report.schema.json": schema()}
    stale = [p for p, text in pages.items() if not p.exists() or p.read_text("utf-8") != text]
    if "--check" in sys.argv:
        if stale:
            sys.exit(f"stale: {', '.join(p.name for p in stale)}; run `make docs`")
        return
    case = DOCS / "case.md"
    pages[case] = answered(case.read_text("utf-8"))
    for path in [*stale, *([case] if pages[case] != case.read_text("utf-8") else [])]:
        path.write_text(pages[path], "utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main()
