"""What the docs promise is so: every option and field is described, the version is one, the README's example runs."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest

import reportedly
from reportedly import Attribution, Case, Document, Link, Report, Side, Source, Span, Unread
from reportedly.cli import app
from reportedly.records import Account, Brief, Claim, Note, Origins, Question, Region, Relation, Version
from tests.test_case import gold_reports

ROOT = Path(__file__).parents[1]
COMMANDS = {"add", "ask", "batch", "check", "compare", "export", "origins", "read", "relate", "serve", "show"}


def test_every_command_and_option_has_help() -> None:
    assert set(app.commands) == COMMANDS
    for command in app.commands.values():
        assert command.help
        assert all(p.help for p in command.params if isinstance(p, click.Option)), command.name


def test_every_field_is_described() -> None:
    page = (ROOT / "docs/report.md").read_text("utf-8")
    for record in (Report, Document, Attribution, Source, Link, Span, Unread, Region, Note):
        section = page.split(f"## {record.__name__}\n")[1].split("\n## ")[0]
        for field in msgspec.structs.fields(record):
            assert re.search(rf"^\|[^|]*`{field.name}`[^|]*\|", section, re.M), f"{record.__name__}.{field.name}"


def test_every_field_of_a_brief_is_described() -> None:
    page = (ROOT / "docs/comparing.md").read_text("utf-8").split("## Fields of `compare --json`")[1].split("\n## ")[0]
    for record in (Brief, Claim, Relation, Question, Account, Origins, Version):
        for field in msgspec.structs.fields(record):
            assert re.search(rf"`{field.name}(\[\])?`", page), f"{record.__name__}.{field.name}"


def test_the_fields_of_a_pair_are_named() -> None:
    for field in Side.__struct_fields__:
        assert f'"{field}"' in (app.commands["relate"].help or "")


def test_one_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(r"^## (\S+)", changelog, re.M).group(1) == reportedly.__version__  # type: ignore[union-attr]


def test_the_readmes_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", readme, re.S)
    (tmp_path / "demo").symlink_to(ROOT / "demo")
    monkeypatch.chdir(tmp_path)
    made: dict[str, Any] = {}
    exec(compile(example, "README.md", "exec"), made)
    assert [d.outlet for d in made["brief"].documents] == ["Northern Wire", "Haulage Gazette"]
    assert made["brief"].questions
    assert made["kind"] == "disputes"


@pytest.mark.parametrize("loaded", ["", "import reportedly.compare, reportedly.pipeline, reportedly.cli.commands"])
def test_all_that_there_is_can_be_seen_in_any_order_of_loading(loaded: str) -> None:
    asked = (
        f"import reportedly\n{loaded}\nassert set(reportedly.__all__) <= set(dir(reportedly))\n"
        "for name in reportedly.__all__: assert type(getattr(reportedly, name)) is not type(reportedly), name\n"
        "help(reportedly)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=120, check=True)
    for said in ("    brief_of(", "    relate(", "    add(", "    class Side("):
        assert f"\n{said}" in done.stdout


def test_the_page_on_the_case_knows_its_tables_and_its_queries_run(tmp_path: Path) -> None:
    page = (ROOT / "docs/case.md").read_text("utf-8")
    path = tmp_path / "bridge.case"
    with Case.open(path, create=True) as case:
        for report in gold_reports():
            case.put(report, (ROOT / "demo" / report.document.file).read_bytes())
    with sqlite3.connect(path) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").fetchall()
        for (name,) in names:
            assert f"`{name}`" in page or name.startswith("sqlite_") or "_words_" in name, name
        queries = re.findall(r"```sql\n(.*?)```", page, re.S)
        assert len(queries) == 3
        for query in queries:
            assert connection.execute(query).fetchall()
    connection.close()


def test_the_page_on_archives_knows_its_tables_and_its_queries_run(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="the extra archive is not installed")
    from reportedly.batch import Archive, batch

    page = (ROOT / "docs/archive.md").read_text("utf-8")
    batch([str(p) for p in sorted((ROOT / "demo").glob("*-*.*"))], tmp_path / "out", workers=1)
    with Archive(tmp_path / "out") as archive:
        for name, columns in archive.columns().items():
            row = re.search(rf"^\| `{name}` .*$", page, re.M)
            assert row, name
            missing = [column for column, _ in columns if not re.search(rf"\b{column}\b", row.group())]
            assert not missing or name in ("who_is_quoted_most", "statements_by_month", "readings"), (name, missing)
        queries = re.findall(r"```sql\n(.*?)```", page, re.S)
        assert len(queries) == 3
        for query in queries:
            assert archive.ask(query).rows


def test_the_example_of_the_page_on_archives_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb", reason="the extra archive is not installed")
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/archive.md").read_text("utf-8"), re.S)
    monkeypatch.chdir(tmp_path)
    Path("dump.jsonl").write_text('{"text": "The bridge is safe, the mayor said."}\n', "utf-8")
    names: dict[str, Any] = {}
    exec(example, names)
    assert names["manifest"].read == 1 and names["added"].state == "new"


def test_pages_that_are_linked_exist() -> None:
    for page in (ROOT / "README.md", *ROOT.glob("docs/*.md"), ROOT / "training/README.md"):
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links {target}"
