"""Write the generated pages: docs/cli.md from the commands, docs/report.schema.json from the records.

`--check` writes nothing and ends with 1 where a page is stale.
"""

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import typer

from reportedly.cli import app
from reportedly.records import Report

DOCS = Path(__file__).parent


def cli_page() -> str:
    """Every command with its arguments and options, from the declarations that also make `--help`."""
    group = typer.main.get_command(app)
    parts = ["# Command line\n\nGenerated from the commands themselves by `make docs`.\n"]
    commands = getattr(group, "commands", {})
    for name, command in (("reportedly", group), *((f"reportedly {k}", v) for k, v in sorted(commands.items()))):
        rows = [row(p) for p in command.params if p.name != "help"]
        parts.append(f"## {name}\n\n{command.help}\n")
        if rows:
            parts.append("| option | meaning | default |\n|---|---|---|\n" + "\n".join(rows) + "\n")
    parts.append(
        "Results go to standard output, warnings, errors and progress to standard error. Exit codes: 0 everything was "
        "read, 1 some inputs failed (each with a line that says why; the others are read), 2 wrong use.\n"
    )
    return "\n".join(parts)


def row(parameter: Any) -> str:
    """One argument or option as a line of a table."""
    option = parameter.opts[0].startswith("-")
    names = ", ".join(f"`{o}`" for o in parameter.opts) if option else f"`{parameter.metavar}`"
    default = "" if parameter.default in (None, False) or parameter.required else f"{parameter.default:g}"
    return f"| {names} | {parameter.help} | {default} |"


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
