"""What of a brief is shown: who backs whom, what several say, and how all that is worded."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from reportedly import Attribution, Case, Report
from reportedly.brief import (
    MANY,
    SURE,
    Teller,
    first_versions,
    headline,
    markdown,
    of_several,
    short,
    told,
    who_is,
    who_says,
)
from reportedly.page import render_brief
from reportedly.records import (
    Account,
    Brief,
    Claim,
    Document,
    Origin,
    Origins,
    Relation,
    Reuse,
    Shared,
    Source,
    Span,
    Version,
    identify,
)
from reportedly.terminal import print_brief
from reportedly.web.app import app
from reportedly.web.security import Door

TEXT = "The pier is sound. The pier is cracked. Nobody looked at the pier."


class Made:
    """A brief in the making: reports of one text, and claims by the number of their sentence in it."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.sources: list[Source] = []
        self.claims: list[Claim] = []
        self.relations: list[Relation] = []

    def document(self, outlet: str | None, **more: Any) -> Document:
        self.documents.append(Document.of(TEXT + "\n" * len(self.documents), outlet=outlet, **more))
        return self.documents[-1]

    def source(self, document: Document, name: str) -> Source:
        self.sources.append(Source.of(document, name, kind="person", named=True, official=False))
        return self.sources[-1]

    def claim(self, document: Document, sentence: int, source: Source | None, **more: Any) -> Claim:
        starts = [0, *(i + 2 for i, c in enumerate(TEXT) if c == "." and i + 2 < len(TEXT))]
        start = starts[sentence]
        span = document.span(start, TEXT.index(".", start) + 1)
        made = Claim.of(
            document, (span,), span.text, attribution=f"a-{len(self.claims)}", speaker=source and source.id, **more
        )
        self.claims.append(made)
        return made

    def relate(self, a: Claim, b: Claim, kind: Any, score: float = 0.9, **more: Any) -> None:
        first, second = sorted((a.id, b.id))
        self.relations.append(Relation(a=first, b=second, kind=kind, score=score, **more))

    def brief(self, **more: Any) -> Brief:
        return Brief(
            documents=tuple(self.documents), sources=tuple(self.sources), claims=tuple(self.claims),
            relations=tuple(self.relations), questions=(), **more,
        )  # fmt: skip


def account(*claims: Claim) -> Account:
    return Account(
        id=identify("k", sorted(c.id for c in claims)), title="", claims=tuple(c.id for c in claims), sources=(),
        origins=Origins(low=1, high=2),
    )  # fmt: skip


@pytest.fixture
def made() -> Made:
    return Made()


def test_nobody_backs_himself(made: Made) -> None:
    one, other = made.document("The Post"), made.document("The Wire")
    her, again, him = made.source(one, "Ada Finch"), made.source(other, "Finch"), made.source(other, "Leo Marsh")
    a, b, c = made.claim(one, 0, her), made.claim(other, 0, again), made.claim(other, 1, him)
    for x, y in ((a, b), (a, c)):
        made.relate(x, y, "supports")
    teller = Teller(made.brief(persons=((her.id, again.id),)))
    assert teller.voice(a.id).supports == ("Leo Marsh, The Wire",)
    assert set(Teller(made.brief()).voice(a.id).supports) == {"Leo Marsh, The Wire", "Finch, The Wire"}


def test_an_outlet_in_another_is_one_voice(made: Made) -> None:
    one, other = made.document("The Post"), made.document("The Wire")
    star = Source.of(other, "The Star", kind="outlet", named=True, official=False)
    made.sources.append(star)
    a, b = made.claim(one, 0, made.source(one, "Ada Finch")), made.claim(other, 0, star)
    made.relate(a, b, "supports")
    assert Teller(made.brief()).voice(a.id).supports == ("The Star (in The Wire)",)


def test_who_says_otherwise_elsewhere_is_shown(made: Made) -> None:
    one, other = made.document("The Post"), made.document("The Wire")
    her, again = made.source(one, "Ada Finch"), made.source(other, "Finch")
    a, b = made.claim(one, 0, her), made.claim(other, 1, again)
    made.relate(a, b, "disputes")
    assert Teller(made.brief(persons=((her.id, again.id),))).voice(a.id).disputes == ("the same source, The Wire",)


def test_who_is_left_out_is_counted(made: Made) -> None:
    one = made.document("The Post")
    a = made.claim(one, 0, made.source(one, "Ada Finch"))
    for n in range(MANY + 5):
        other = made.document(f"Paper {n}")
        made.relate(a, made.claim(other, 1, made.source(other, f"Leo {n}")), "disputes")
    brief = made.brief(alone=(a.id,))
    voice = Teller(brief).voice(a.id)
    assert (len(voice.disputes), voice.disputes_left, voice.supports_left) == (MANY, 5, 0)
    assert f"; and 5 more: `reportedly show CASE {a.id}`" in markdown(told(brief))
    assert f"; and 5 more (<code>reportedly show CASE {a.id}</code>)" in render_brief(brief)


def test_a_report_disputes_in_its_own_words(made: Made) -> None:
    one, other = made.document("The Post"), made.document("The Wire")
    her, own = made.source(one, "Ada Finch"), made.source(other, "The Wire")
    made.sources[-1] = msgspec.structs.replace(own, kind="author")
    a, b = made.claim(one, 0, her), made.claim(one, 1, None)
    b = made.claims[-1] = msgspec.structs.replace(b, attribution=None)
    c = made.claim(other, 1, own)
    for x in (b, c):
        made.relate(a, x, "disputes")
    teller = Teller(made.brief())
    assert set(teller.voice(a.id).disputes) == {"the report itself", "The Wire in its own words"}
    assert [who_says(x, teller.sources.get(x.speaker or "")) for x in (a, b, c)] == [
        "Ada Finch", "in the report’s own words", "in the report’s own words",
    ]  # fmt: skip


def test_claims_of_nobody_named_dispute_each_other(made: Made) -> None:
    a, b = (made.claim(made.document(outlet), n, None) for n, outlet in enumerate(("The Post", "The Wire")))
    made.relate(a, b, "disputes")
    assert Teller(made.brief()).voice(a.id).disputes == ("nobody named, The Wire",)


def test_a_copy_does_not_back_its_original(made: Made) -> None:
    one, other = made.document("The Post"), made.document("The Wire")
    a, b = made.claim(one, 0, made.source(one, "Ada Finch")), made.claim(other, 0, made.source(other, "Leo Marsh"))
    made.relate(a, b, "supports")
    assert Teller(made.brief()).voice(a.id).supports
    passage = Shared(a=one.span(0, 40), b=other.span(0, 40), words=8, narration=8)
    first, second = sorted((one.id, other.id))
    copied = Reuse(a=first, b=second, kind="copy", direction="undecided", passages=(passage,), evidence=())
    assert not Teller(made.brief(reuse=(copied,))).voice(a.id).supports


@pytest.mark.parametrize(("score", "stated", "shown"), [(SURE - 0.01, False, 0), (SURE, False, 1), (0.3, True, 1)])
def test_only_sure_support_is_shown(made: Made, score: float, stated: bool, shown: int) -> None:
    one, other = made.document("The Post"), made.document("The Wire")
    a, b = made.claim(one, 0, made.source(one, "Ada Finch")), made.claim(other, 0, made.source(other, "Leo Marsh"))
    made.relate(a, b, "supports", score, stated=(Span(0, 3, "The"),) if stated else None, stated_in=one.id)
    assert len(Teller(made.brief()).voice(a.id).supports) == shown


def test_files_of_one_archive_are_told_apart(made: Made) -> None:
    documents = [made.document(None, file="week.zip", member=m) for m in ("a.txt", "b.txt")]
    teller = Teller(made.brief())
    assert [teller.shown(d) for d in documents] == ["week.zip: a.txt", "week.zip: b.txt"]


def test_a_line_is_cut_after_a_whole_word_and_never_to_nothing(made: Made) -> None:
    assert short("The pier\nis sound, they say", 19) == "The pier is sound…"
    assert short("a " + "x" * 100, 40) == "a " + "x" * 38 + "…"
    made.document(None, file=f"{'page' * 30}.html")
    assert Teller(made.brief()).shown(made.documents[0]) == "page" * 20 + "…"


LONG = "The very long masthead of a newspaper of the valley and of all of its many villages, "


@pytest.mark.parametrize(
    ("outlets", "head", "count"),
    [
        ((None, None), "2 reports, 2 claims", "2 reports"),
        (("", "The Post"), "2 reports (1 outlet and 1 report of no known outlet), 2 claims",
         "1 outlet and 1 report of no known outlet"),
        (("The Post", "The Post"), "2 reports of 1 outlet, 2 claims", "1 outlet"),
        ((LONG + "north", LONG + "south"), "2 reports of 2 outlets, 2 claims", "2 outlets"),
    ],
)  # fmt: skip
def test_outlets_are_counted_one_way(made: Made, outlets: tuple[str | None, ...], head: str, count: str) -> None:
    documents = [made.document(outlet, file=f"{n}.txt") for n, outlet in enumerate(outlets)]
    every = account(*(made.claim(d, 0, None) for d in documents))
    brief = made.brief(origins=(Origin(id="o-1", name="a letter", documents=tuple(d.id for d in documents)),))
    teller = Teller(brief)
    assert headline(brief).startswith(head + ";")
    assert teller.standing(every) == f"{count}, 1 to 2 independent origins"
    assert teller.spring(brief.origins[0]).many == count
    assert len({teller.masthead(d) for d in documents}) == len({d.outlet or d.file for d in documents})


def test_markdown_says_who_denies(made: Made) -> None:
    one = made.document("The Post")
    claim = made.claim(one, 1, made.source(one, "Ada Finch"), position="denies")
    assert "The pier is cracked. *(denies)*" in markdown(told(made.brief(alone=(claim.id,))))


@pytest.mark.parametrize(
    ("kind", "score", "reason", "agreed"),
    [
        ("supports", SURE, "model", True),
        ("supports", SURE - 0.01, "model", False),
        ("related", 0.9, "update", False),
        ("related", 0.9, "words", False),
        ("disputes", 0.6, "values", False),
    ],
)
def test_what_several_say(made: Made, kind: str, score: float, reason: str, agreed: bool) -> None:
    one, other = made.document("The Post"), made.document("The Wire")
    a, b = made.claim(one, 0, None), made.claim(other, 1, None)
    made.relate(a, b, kind, score, reason=reason)
    both = account(a, b)
    found, single = of_several([both], made.claims, made.relations)
    assert (found, single) == (([both], []) if agreed else ([], [a.id, b.id]))


def test_what_somebody_disputes_is_not_what_nobody_does(made: Made) -> None:
    documents = [made.document(outlet) for outlet in ("The Post", "The Wire", "The Echo")]
    a, b, c = (made.claim(d, n, None) for d, n in zip(documents, (0, 0, 1), strict=True))
    made.relate(a, c, "disputes")
    assert of_several([account(a, b)], made.claims, made.relations) == ([], [a.id, b.id])
    assert of_several([account(a, b)], made.claims, [])[0]  # the same words in two reports


def test_an_account_of_which_one_denies_what_another_says_is_not_agreed(made: Made) -> None:
    documents = [made.document(outlet) for outlet in ("The Post", "The Wire", "The Echo")]
    a, b = (made.claim(d, 0, None) for d in documents[:2])
    c = made.claim(documents[2], 1, None, position="denies")
    assert of_several([account(a, b, c)], made.claims, []) == ([], [a.id, b.id, c.id])


def test_one_person_in_two_versions_of_a_report_is_one_source(made: Made) -> None:
    one, other = made.document("The Post"), made.document("The Post")
    her, again, him = made.source(one, "Ada Finch"), made.source(other, "Finch"), made.source(other, "Leo Marsh")
    a, b, c = made.claim(one, 0, her), made.claim(other, 0, again), made.claim(other, 0, him)
    pages = first_versions([Version(earlier=one.id, later=other.id)])
    who = who_is(made.sources, [(her.id, again.id)])
    assert not of_several([account(a, b)], made.claims, [], pages, who)[0]
    assert of_several([account(a, c)], made.claims, [], pages, who)[0]


def test_what_versions_of_a_report_share_is_shown_once(made: Made) -> None:
    one, other = made.document("The Post"), made.document("The Post")
    her, again = made.source(one, "Ada Finch"), made.source(other, "Ada Finch")
    a, b, c = made.claim(one, 0, her), made.claim(other, 0, again), made.claim(one, 1, her)
    passage = Shared(a=one.span(0, 40), b=other.span(0, 40), words=8, narration=8)
    copied = Reuse(a=other.id, b=one.id, kind="copy", direction="undecided", passages=(passage,), evidence=())
    version = Version(earlier=one.id, later=other.id)
    shown = told(made.brief(alone=(a.id, b.id, c.id), versions=(version,), reuse=(copied,)))
    assert [v.id for v in shown.alone] == [b.id, c.id]
    assert [d.pair for d in shown.debts] == ["The Post → a later version of it"]


def test_versions_of_a_report_are_not_several(made: Made) -> None:
    one, other = made.document("The Post"), made.document("The Post")
    a, b = made.claim(one, 0, None), made.claim(other, 0, None)
    version = Version(earlier=one.id, later=other.id)
    assert of_several([account(a, b)], made.claims, [], first_versions([version])) == ([], [a.id, b.id])
    assert first_versions([version, Version(earlier=other.id, later="d-3")]) == {other.id: one.id, "d-3": one.id}


class Three:
    """What Ada Finch says, which Leo Marsh supports and Mo Hart disputes, in three papers."""

    def __init__(self, made: Made) -> None:
        papers = [made.document(outlet) for outlet in ("The Post", "The Wire", "The Echo")]
        names = ("Ada Finch", "Leo Marsh", "Mo Hart")
        sources = [made.source(d, name) for d, name in zip(papers, names, strict=True)]
        a, b, c = (made.claim(d, n, s) for d, n, s in zip(papers, (0, 0, 1), sources, strict=True))
        made.relate(a, b, "supports")
        made.relate(a, c, "disputes")
        said = [
            Attribution(id=x.attribution or "", cue=x.spans, source=(), content=x.spans, speaker=x.speaker)
            for x in (a, b, c)
        ]
        self.reports = [Report(d, (x,), (s,)) for d, x, s in zip(papers, said, sources, strict=True)]
        self.claim = a
        self.brief = made.brief(alone=(a.id,))


def shown_text(html: str) -> str:
    """The text of a page, on one line."""
    return " ".join(re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", "", html, flags=re.DOTALL).split())


def test_markdown_says_who_supports_and_who_disputes(made: Made) -> None:
    lines = [line.strip() for line in markdown(told(Three(made).brief)).splitlines()]
    assert "- disputed by Mo Hart, The Echo" in lines
    assert "- supported by Leo Marsh, The Wire" in lines


def test_the_terminal_says_who_supports_and_who_disputes(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    print_brief(told(Three(made).brief), "pier.case")
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "disputed by Mo Hart, The Echo" in lines
    assert "supported by Leo Marsh, The Wire" in lines


def test_the_page_says_who_supports_and_who_disputes(made: Made) -> None:
    page = shown_text(render_brief(Three(made).brief))
    assert page.count("disputed by Mo Hart, The Echo supported by Leo Marsh, The Wire") == 1
    assert page.count("disputed by") == page.count("supported by") == 1


def test_the_reading_room_says_who_supports_and_who_disputes(made: Made, tmp_path: Path) -> None:
    three = Three(made)
    with Case.open(tmp_path / "pier.case", create=True) as case:
        for report in three.reports:
            case.put(report, report.text.encode())
        case.save(three.brief)
    door = Door("127.0.0.1", 8642, "", "form-token")
    with TestClient(app(tmp_path / "pier.case", door), base_url="http://127.0.0.1:8642") as client:
        for address in ("/brief", f"/report/{three.claim.document}"):
            page = shown_text(client.get(address).text)
            assert "disputed by Mo Hart, The Echo supported by Leo Marsh, The Wire" in page
        page = shown_text(client.get(f"/claim/{three.claim.id}").text)
        assert re.search("What disputes it Mo Hart, The Echo .*What supports it Leo Marsh, The Wire ", page)


def test_a_version_does_not_support_another(made: Made) -> None:
    one, other = made.document("The Post"), made.document("The Post")
    a, b = made.claim(one, 0, made.source(one, "Ada Finch")), made.claim(other, 1, made.source(other, "Leo Marsh"))
    made.relate(a, b, "supports")
    assert Teller(made.brief()).voice(a.id).supports == ("Leo Marsh, The Post",)
    assert not Teller(made.brief(versions=(Version(earlier=one.id, later=other.id),))).voice(a.id).supports


def test_an_account_stands_on_outlets_and_not_on_claims(made: Made) -> None:
    one, other = made.document("The Post"), made.document("The Wire")
    claims = [made.claim(one, 0, None), made.claim(one, 1, None), made.claim(other, 0, None)]
    teller = Teller(made.brief())
    assert teller.standing(account(*claims[:2])) == "1 outlet, 1 to 2 independent origins"
    assert teller.standing(account(*claims)) == "2 outlets, 1 to 2 independent origins"


def test_that_independence_cannot_be_told_is_shown(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    both = account(*(made.claim(made.document(outlet), 0, None) for outlet in ("The Post", "The Wire")))
    unknown = msgspec.structs.replace(both, origins=Origins(low=1, high=2, measured=False))
    brief, words = made.brief(agreed=(unknown,)), "2 outlets, how many are independent cannot be told"
    print_brief(told(brief), "pier.case")
    assert words in " ".join(capsys.readouterr().out.split())
    assert words in markdown(told(brief))
    assert words in shown_text(render_brief(brief))


def test_what_the_report_says_of_a_claim_is_shown(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    one = made.document("The Post")
    a, b = made.claim(one, 0, made.source(one, "Ada Finch")), made.claim(one, 1, made.source(one, "Leo Marsh"))
    made.relate(a, b, "disputes", stated=(Span(40, 46, "Nobody"),), stated_in=one.id)
    brief = made.brief(alone=(a.id,))
    print_brief(told(brief), "pier.case")
    assert "the report says “Nobody”" in capsys.readouterr().out
    assert "  - the report says “Nobody”" in markdown(told(brief)).splitlines()
    assert re.search("the report says [“ ]*Nobody", shown_text(render_brief(brief)))


def test_the_place_of_a_claim_in_two_pieces_ends_with_the_second(made: Made) -> None:
    one = made.document("The Post")
    spans = one.span(0, 8), one.span(40, 46)
    claim = Claim.of(one, spans, "The pier … Nobody", position="asserts", attribution="a-0")
    made.claims.append(claim)
    brief = made.brief(alone=(claim.id,))
    voice = Teller(brief).voice(claim.id)
    assert (voice.start, voice.end) == (0, 46)
    assert "(The Post, 0–46)" in markdown(told(brief))  # noqa: RUF001
