"""What the docs promise is so: every option and field is described, the version is one, the README's example runs."""

import re
from pathlib import Path

import click
import msgspec

import reportedly
from reportedly import Attribution, Document, Link, Report, Source, Span, Unread
from reportedly.cli import app

ROOT = Path(__file__).parents[1]


def test_every_command_and_option_has_help() -> None:
    assert set(app.commands) == {"read", "check"}
    for command in app.commands.values():
        assert command.help
        assert all(p.help for p in command.params if isinstance(p, click.Option)), command.name


def test_every_field_is_described() -> None:
    page = (ROOT / "docs/report.md").read_text("utf-8")
    for record in (Report, Document, Attribution, Source, Link, Span, Unread):
        section = page.split(f"## {record.__name__}\n")[1].split("\n## ")[0]
        for field in msgspec.structs.fields(record):
            assert f"| `{field.name}` |" in section, f"{record.__name__}.{field.name}"


def test_one_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(r"^## (\S+)", changelog, re.M).group(1) == reportedly.__version__  # type: ignore[union-attr]


def test_the_readmes_example_runs() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", readme, re.S)
    exec(compile(example, "README.md", "exec"), {})


def test_pages_that_are_linked_exist() -> None:
    for page in (ROOT / "README.md", *ROOT.glob("docs/*.md"), ROOT / "training/README.md"):
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links {target}"
