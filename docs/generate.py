"""Write the generated pages: docs/cli.md from the commands, docs/report.schema.json from the records.

`--check` writes nothing and ends with 1 where a page is stale.
"""

import json
import sys
from inspect import cleandoc
from pathlib import Path

import click
import msgspec

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
    default = f"{option.default}" if option.show_default else ""
    return f"| {', '.join(f'`{o}`' for o in option.opts)} | {option.help} | {default} |"


def schema() -> str:
    """JSON Schema of what `reportedly read --json` prints."""
    return json.dumps(msgspec.json.schema(Report), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    """Write or check."""
    pages = {DOCS / "cli.md": cli_page(), DOCS / "report.schema.json": schema()}
    stale = [p for p, text in pages.items() if not p.exists() or p.read_text("utf-8") != text]
    if "--check" in sys.argv:
        if stale:
            sys.exit(f"stale: {', '.join(p.name for p in stale)}; run `make docs`")
        return
    for path in stale:
        path.write_text(pages[path], "utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main()
