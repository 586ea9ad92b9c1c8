"""Write the generated pages: docs/cli.md from the commands' own help, docs/report.schema.json from the records.

`--check` writes nothing and ends with 1 where a page is stale.
"""

import json
import os
import sys
from pathlib import Path

os.environ["COLUMNS"] = "100"
os.environ["TERM"] = "dumb"

import msgspec
import typer
from click import Context

from reportedly.cli import app
from reportedly.records import Report

DOCS = Path(__file__).parent


def cli_page() -> str:
    """The help of every command."""
    group = typer.main.get_command(app)
    parts = ["# Command line\n\nGenerated from the commands' own help by `make docs`.\n"]
    commands = getattr(group, "commands", {})
    for name, command in (("reportedly", group), *((f"reportedly {k}", v) for k, v in sorted(commands.items()))):
        context = Context(command, info_name=name)
        text = "\n".join(line.rstrip() for line in command.get_help(context).strip().splitlines())
        parts.append(f"## {name}\n\n```\n{text}\n```\n")
    parts.append(
        "Results go to standard output, warnings, errors and progress to standard error. Exit codes: 0 everything was "
        "read, 1 some inputs failed (each with a line that says why; the others are read), 2 wrong use.\n"
    )
    return "\n".join(parts)


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
