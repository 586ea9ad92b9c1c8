"""Exports: what is decided is in them, words stay exact, hostile ones stay words."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from reportedly import Attribution, Case, Document, Report, Source
from reportedly.cli import app
from reportedly.export import COLUMNS, FORMS, Exported, exported, parquet
from reportedly.records import Brief, Claim
from reportedly.recount import decided
from reportedly.review import Quote, decide, place_of, reviewed, undo
from tests.test_case import brief_of, gold_reports, original
from tests.test_page import Reading
from tests.test_review import HOSTILE, plain_brief, planted


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo case, reviewed."""
    path = tmp_path_factory.mktemp("export") / "bridge.case"
    with Case.open(path, create=True) as case:
        for report in gold_reports():
            case.put(report, original(report))
        case.save(plain_brief())
        brief = plain_brief()
        first, second = brief.questions[0].accounts[0].claims
        decide(case, first, "accept", note="checked")
        span = next(c for c in brief.claims if c.id == second).spans[0]
        decide(case, second, "span", {"start": span.start, "end": span.end - 4})
        decide(case, brief.questions[1].accounts[0].claims[0], "reject")
        decide(case, brief.questions[1].accounts[1].claims[0], "speaker", {"name": "Ana Ruiz"})
        undo(case, decide(case, "q-1", "title", {"title": "Wrong"}).number)
        decide(case, "q-1", "title", {"title": "How many came out?"})
        decide(case, first, "relation", {"other": second, "kind": "disputes"})
        a, b = [s.id for s in brief.sources if s.mentions][:2]
        decide(case, a, "merge", {"with": b})
        case.review("claim", "sha256:0", "gone", "reject")
    return path


@pytest.fixture
def what(path: Path) -> Iterator[Exported]:
    with Case.open(path) as case:
        yield of(case)


def of(case: Case) -> Exported:
    brief = case.brief()
    assert brief is not None
    reports = tuple(case.reports())
    return Exported(brief, decided(brief, case.reviews(), reports), case.reviews(), reports)


def test_annotations_lead_to_the_words(what: Exported) -> None:
    page = json.loads(exported(what, "annotations"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    items = {item["id"].removeprefix("urn:reportedly:"): item for item in page["items"]}
    assert len(items) == len(page["items"]) == len(what.before.claims) + len(what.reviews)
    claims, documents = {c.id: c for c in what.after.brief.claims}, {d.id: d for d in what.before.documents}
    known = set(page["@context"][1])
    for name, item in items.items():
        assert item["type"] == "Annotation"
        for body in item["body"]:
            assert body["type"] == "TextualBody"
            assert set(body) <= {"type", "purpose", "format", "value"} | known
        if name not in claims:
            continue
        document = documents[claims[name].document]
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target, span in zip(targets, claims[name].spans, strict=True):
            assert target["source"] in (document.url, f"urn:{document.digest}")
            quote, position = target["selector"]
            assert document.text[position["start"] : position["end"]] == quote["exact"] == span.text
            assert place_of(document, Quote(quote["exact"], quote["prefix"], quote["suffix"])) == (span.start, span.end)
    first, second = what.before.questions[0].accounts[0].claims
    assert items[first]["body"][0]["state"] == "accepted"
    assert items[first]["body"][1]["value"] == "checked"
    assert items[second]["body"][0]["state"] == "corrected"
    assert items[first]["body"][0]["question"] == "Why did it fall?"
    states = [items[f"review-{r.number}"]["body"][0]["state"] for r in what.reviews]
    assert states.count("undone") == 1
    assert states.count("conflict") == 1
    assert items[f"review-{len(what.reviews)}"]["target"]["source"] == "urn:sha256:0"


def test_an_annotation_is_of_the_report_that_was_decided_on(tmp_path: Path) -> None:
    text = "The pier is sound."
    mastheads = [Document.of(text, outlet=name, url=f"https://{name}.example/pier") for name in ("alpha", "beta")]
    claims = [Claim.of(d, (d.span(0, len(text)),), text) for d in mastheads]
    with Case.open(tmp_path / "two.case", create=True) as case:
        for d in mastheads:
            case.put(Report(d), text.encode())
        case.save(Brief(documents=tuple(mastheads), claims=tuple(claims), sources=(), relations=(), questions=()))
        undo(case, decide(case, claims[1].id, "reject").number)
        items = json.loads(exported(of(case), "annotations"))["items"]
    assert [i["target"]["source"] for i in items] == [mastheads[n].url for n in (0, 1, 1, 1)]


def test_corrections_are_what_holds(what: Exported) -> None:
    rows = [json.loads(line) for line in exported(what, "corrections").splitlines()]
    assert [r["action"] for r in rows] == ["accept", "span", "reject", "speaker", "title", "relation", "merge"]
    for row in rows:
        document = next(d for d in what.before.documents if d.digest == row["digest"])
        assert document.text[row["start"] :].startswith(row["text"])
        for start, end in (*row["before"], *row["after"]):
            assert 0 <= start < end <= len(row["text"])
    accept, span, reject, speaker = rows[:4]
    assert accept["before"] == accept["after"]
    assert span["after"] == [[span["before"][0][0], span["before"][0][1] - 4]]
    assert reject["after"] == []
    assert speaker["speaker"]["after"] == "Ana Ruiz"


def test_the_table_has_every_claim(what: Exported) -> None:
    table = list(csv.DictReader(io.StringIO(exported(what, "csv"))))
    assert tuple(table[0]) == COLUMNS
    assert len(table) == len(what.before.claims)
    texts = {d.file: d.text for d in what.before.documents}
    for row in table:
        part = texts[row["file"]][int(row["start"]) : int(row["end"])]
        assert part.startswith(row["words"].removeprefix("'").split(" … ")[0])
    assert {row["state"] for row in table} == {"", "accepted", "corrected", "rejected"}
    assert "How many came out?" in {row["question"] for row in table}
    assert "Ana Ruiz" in {row["speaker"] for row in table}


def test_parquet_is_the_table_with_exact_words(what: Exported) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="the extra archive is not installed")
    rows = pq.read_table(io.BytesIO(parquet(what))).to_pylist()
    table = list(csv.DictReader(io.StringIO(exported(what, "csv"))))
    assert tuple(rows[0]) == COLUMNS and len(rows) == len(table)
    texts = {d.file: d.text for d in what.before.documents}
    for row, other in zip(rows, table, strict=True):
        assert (row["start"], row["end"]) == (int(other["start"]), int(other["end"]))
        assert (row["speaker"] or "", row["question"], row["state"] or "") == tuple(
            other[name].removeprefix("'") for name in ("speaker", "question", "state")
        )
        assert texts[row["file"]][row["start"] :].startswith(row["words"].split(" … ")[0])


def test_lines_are_reports_with_their_claims(what: Exported) -> None:
    lines = exported(what, "jsonl").splitlines()
    assert tuple(map(Report.from_json, lines)) == gold_reports()
    claims = [c for line in lines for c in json.loads(line)["claims"]]
    assert {c["id"] for c in claims} == {c.id for c in what.before.claims}
    assert [c["notes"] for c in claims if c["notes"]] == [["checked"]]
    assert "<b>a reviewer notes</b> checked</p>" in exported(what, "html")


def test_markdown_is_that_of_the_reviewed_brief(what: Exported) -> None:
    assert "## How many came out?" in exported(what, "md")


def test_the_page_has_the_reports_and_leads_to_the_words(what: Exported) -> None:
    html = exported(what, "html")
    page = Printed(html)
    ids = [a["id"] for _, a in page.elements if a.get("id")]
    assert len(ids) == len(set(ids))
    links = [str(a["href"]) for _, a in page.elements if a.get("href")]
    assert all(link[1:] in ids for link in links if link.startswith("#"))
    shown = {c for q in what.after.brief.questions for a in q.accounts for c in a.claims} | set(what.after.brief.alone)
    shown |= {c for a in what.after.brief.agreed for c in a.claims}
    assert shown
    assert all(f"#at-{c}" in links and f"#{c}" in links for c in shown)
    assert page.texts == [d.text for d in what.before.documents]
    assert "corrected" in html
    assert_closed(html)


class Printed(Reading):
    """A page with the text of each report on it."""

    def __init__(self, html: str) -> None:
        self.texts: list[str] = []
        self.depth = 0
        super().__init__(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "div" and dict(attrs).get("class") == "words":
            self.texts.append("")
            self.depth = len(self.open)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) == self.depth:
            self.depth = 0
        super().handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        if self.depth:
            self.texts[-1] += data


def assert_closed(html: str) -> None:
    """No script, nothing from outside, a policy that allows only the page's own style."""
    page = Reading(html)
    assert "script" not in {tag for tag, _ in page.elements}
    assert not [a for _, attrs in page.elements for a in attrs if a.startswith("on") or a in ("src", "srcset", "style")]
    assert {tag for tag, _ in page.elements}.isdisjoint({"link", "img", "iframe", "object", "form", "base"})
    (policy,) = (a["content"] for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert str(policy).startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in str(policy)
    for _, attrs in page.elements:
        assert re.match(r"#|https?://|\Z", attrs.get("href") or "")


# Hostile words


def hostile(text: str) -> tuple[Report, ...]:
    """Two reports in which every field is this."""
    reports = []
    for n in (1, 2):
        said = f"{text} said {n} that {text} fell."
        fields = dict.fromkeys(("title", "outlet", "byline", "published", "url", "file"), text)
        document = Document.of(said, **fields)
        at = len(text) + 8
        what = document.span(at, len(said))
        source = Source.of(document, text, mentions=(document.span(0, len(text)),), role=text)
        other = Source.of(document, f"{text}2", mentions=(document.span(at + 5, len(said)),))
        cue = document.span(len(text) + 1, len(text) + 5)
        attributions = [
            Attribution.of(document, (cue,), source.mentions, (content,), speaker=source.id)
            for content in (
                what,
                document.span(at, len(said) - 6),
                document.span(at, at + 5),
                cue,
                document.span(0, at),
            )
        ]
        reports.append(Report(document, tuple(attributions), (source, other)))
    return tuple(reports)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_every_field(text: str, tmp_path: Path) -> None:
    reports = hostile(text)
    with Case.open(tmp_path / "a.case", create=True) as case:
        for report in reports:
            assert case.put(report, report.text.encode())
        brief = brief_of(reports)
        case.save(brief)
        claim = brief.claims[0].id
        decide(case, claim, "note", note=text[:5_000])
        planted(case, claim, "speaker", "name", text[:300])
        planted(case, "q-2", "title", "title", text[:300])
        what = of(case)
    out = {to: exported(what, to) for to in FORMS}
    for form in out.values():
        form.encode()
    assert json.loads(out["annotations"])["items"][0]["body"][1]["value"] == text[:5_000]
    for to in ("corrections", "jsonl"):
        assert all(isinstance(json.loads(line), dict) for line in out[to].split("\n")[:-1])
    table = list(csv.reader(io.StringIO(out["csv"], newline="")))
    assert {len(row) for row in table} == {len(COLUMNS)}
    assert len(table) == len(brief.claims) + 1
    assert not any(re.match(r"\s*[=+@]", cell) for row in table for cell in row)
    assert_closed(out["html"])
    assert "<script" not in out["md"] + out["html"]
    for to in ("md", "csv", "html"):
        assert not re.search("[\x00\x1b\x9b\u202e\u2066]", out[to]), to
    pq = pytest.importorskip("pyarrow.parquet", reason="the extra archive is not installed")
    assert pq.read_table(io.BytesIO(parquet(what))).num_rows == len(brief.claims)


def test_an_empty_brief_is_exported() -> None:
    empty = Brief(documents=(), sources=(), claims=(), relations=(), questions=())
    for to in FORMS:
        exported(Exported(empty, reviewed(empty, ()), (), ()), to)
    assert "The reports" not in exported(Exported(empty, reviewed(empty, ()), (), ()), "html")


# The command


def reportedly(*args: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "reportedly", "export", *args]
    return subprocess.run(command, capture_output=True, timeout=120, check=False)


def test_the_command(path: Path, tmp_path: Path, what: Exported) -> None:
    out = tmp_path / "out.html"
    done = reportedly(str(path), "--to", "html", "--out", str(out))
    assert (done.returncode, done.stdout) == (0, b"")
    assert out.read_text("utf-8") == exported(what, "html")
    assert "review 10 (reject) does not hold: its report is not in the brief" in done.stderr.decode()
    done = reportedly(str(path), "--to", "csv")
    assert done.stdout.decode() == exported(what, "csv")
    if find_spec("pyarrow"):
        assert reportedly(str(path), "--to", "parquet").stdout == parquet(what)
    assert reportedly(str(path), "--to", "pdf").returncode == 2
    assert reportedly(str(path), "--to", "md", "--out", str(path)).returncode == 2
    assert reportedly(str(tmp_path / "none.case"), "--to", "md").returncode == 1


def test_rejected_claims_are_counted_apart_by_every_command(path: Path, tmp_path: Path) -> None:
    case, page = str(shutil.copy(path, tmp_path)), tmp_path / "brief.html"
    for args in (["compare", case], ["compare", case, "--md", "--html", str(page)], ["export", case, "--to", "md"]):
        assert " claims (1 rejected)" in " ".join(CliRunner().invoke(app, args).stdout.split())
    assert " claims (1 rejected)" in page.read_text("utf-8")


def test_parquet_says_what_it_needs(path: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['pyarrow'] = None\n", "utf-8")
    command = [sys.executable, "-m", "reportedly", "export", str(path), "--to", "parquet", "--out", str(tmp_path / "a")]
    folders = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(command, capture_output=True, timeout=120, env=os.environ | {"PYTHONPATH": folders})
    assert done.returncode == 1 and b"pip install 'reportedly[archive]'" in done.stderr
    assert not (tmp_path / "a").exists()


def test_a_row_of_a_claim_in_two_pieces_ends_where_the_second_ends(what: Exported) -> None:
    document = what.after.brief.documents[0]
    spans = document.span(0, 5), document.span(20, 30)
    claim = Claim.of(document, spans, " … ".join(s.text for s in spans), position="asserts")
    after = what.after._replace(brief=msgspec.structs.replace(what.after.brief, claims=(claim,)))
    (row,) = csv.DictReader(io.StringIO(exported(what._replace(after=after), "csv")))
    assert (row["start"], row["end"]) == ("0", "30")
