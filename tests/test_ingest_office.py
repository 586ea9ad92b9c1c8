import io
import zipfile

import pytest

from reportedly.ingest import Budget, Ingested, IngestError, Limits, Member, Refused, read_member, unpack
from reportedly.records import digest_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Bridge shut</dc:title>
<dc:creator>Ann Example</dc:creator><dc:language>en-GB</dc:language>
<dcterms:created>2025-03-04T08:00:00Z</dcterms:created></cp:coreProperties>"""


def zipped(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, core: str = "", **parts: str) -> bytes:
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W} {MC}><w:body>{body}</w:body></w:document>'
    return zipped(
        **{"[Content_Types].xml": "<Types/>", "word/document.xml": document},
        **({"docProps/core.xml": core} if core else {}),
        **parts,
    )


def odt(body: str, meta: str = "", **parts: str) -> bytes:
    names = " ".join(
        f'xmlns:{p}="{ODF}:{n}:1.0"'
        for p, n in [("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing")]
    )
    content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body>"
    return zipped(
        mimetype="application/vnd.oasis.opendocument.text",
        **{"content.xml": content + "</office:document-content>"},
        **({"meta.xml": meta} if meta else {}),
        **parts,
    )


def p(*runs: str) -> str:
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs) + "</w:p>"


def read(data: bytes, limits: Limits | None = None) -> Ingested:
    """What a user gets: the file is opened as the archive that it is, and the one document in it is read."""
    limits = limits or Limits()
    (member,) = unpack(Member.of(data, "a.docx"), Budget(limits))
    assert isinstance(member, Member), member
    assert member.name is None
    return read_member(member, limits)


def test_a_docx_gives_its_paragraphs_and_what_it_says_of_itself() -> None:
    data = docx(p("The mayor ", "said that the bridge", " was shut.") + p() + p("“Nobody  told us,” he said."), CORE)
    ingested = read(data)
    document = ingested.document
    assert document.text == "The mayor said that the bridge was shut.\n\n“Nobody  told us,” he said."
    assert (document.title, document.byline, document.language) == ("Bridge shut", "Ann Example", "en")
    assert (document.published, document.updated) == (None, None)
    assert document.digest == digest_of(data)
    assert document.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert [document.text[r.start : r.end] for r in ingested.layout] == document.text.split("\n\n")
    assert [r.selector for r in ingested.layout] == ["(//w:p)[1]", "(//w:p)[3]"]


def test_what_a_reader_does_not_see_is_left_out_and_said() -> None:
    body = (
        '<w:p><w:r><w:t>He said </w:t></w:r><w:del w:id="1"><w:r><w:delText>yes</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>no.</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="3"/></w:r>'
        '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:commentReference w:id="2"/></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> Really.</w:t></w:r>'
        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r></w:p>"
    )
    ingested = read(docx(body, **{"word/header1.xml": "<x/>", "word/comments.xml": "<x/>"}))
    assert ingested.document.text == "He said no. Really."
    assert [u.reason for u in ingested.unread] == [
        "1 tracked deletion left out",
        "1 footnote left out",
        "2 comments left out",
        "1 hidden passage left out",
        "1 header or footer left out",
    ]


def test_tables_text_boxes_links_tabs_and_breaks() -> None:
    box = f"<w:txbxContent>{p('In a box.')}</w:txbxContent>"
    body = (
        f"<w:tbl><w:tr><w:tc>{p('Left')}</w:tc><w:tc>{p('Right')}</w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>Before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice>"
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        "<w:hyperlink><w:r><w:t>the link</w:t><w:tab/><w:t>after</w:t><w:br/><w:t>more</w:t></w:r></w:hyperlink></w:p>"
    )
    ingested = read(docx(body))
    assert ingested.document.text == "Left\n\nRight\n\nBefore the link\tafter\nmore\n\nIn a box."
    assert ingested.unread == ()


def test_a_first_line_is_the_title_where_none_is_told() -> None:
    assert read(docx(p("Bridge shut") + p("He said no."))).document.title == "Bridge shut"


def test_the_strict_form_is_read() -> None:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f"<w:document {W}><w:body>{p('He said no.')}</w:body></w:document>"
    strict = document.replace(name, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": strict}
    assert read(zipped(**parts)).document.text == "He said no."


def test_an_odt_gives_its_paragraphs_and_what_it_says_of_itself() -> None:
    meta = (
        f'<office:document-meta xmlns:office="{ODF}:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        "<dc:title>Bridge shut</dc:title><dc:creator>Ann Example</dc:creator><dc:date>2025-03-04</dc:date>"
        "</office:meta></office:document-meta>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:h>A\n  heading</text:h>"
        '<text:p>The <text:span>mayor </text:span> <text:a>said</text:a><text:s text:c="2"/>no'
        "<text:note><text:note-body><text:p>a note</text:p></text:note-body></text:note>, and<text:tab/>went"
        "<text:line-break/>home.<office:annotation><text:p>ha</text:p></office:annotation></text:p>"
        "<text:list>\n <text:list-item>\n <text:p>One point</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>In a cell</text:p></table:table-cell>"
        "</table:table-row></table:table><text:p>Out<draw:frame><draw:text-box><text:p>In a box</text:p>"
        "</draw:text-box></draw:frame> side</text:p>"
    )
    data = odt(body, meta)
    ingested = read(data)
    document = ingested.document
    assert document.text == (
        "A heading\n\nThe mayor said  no, and\twent\nhome.\n\nOne point\n\nIn a cell\n\nOut side\n\nIn a box"
    )
    assert (document.title, document.byline, document.published) == ("Bridge shut", "Ann Example", None)
    assert document.media_type == "application/vnd.oasis.opendocument.text"
    assert document.digest == digest_of(data)
    assert {u.reason for u in ingested.unread} == {
        "1 tracked deletion left out",
        "1 note left out",
        "1 comment left out",
    }
    assert [document.text[r.start : r.end] for r in ingested.layout] == document.text.split("\n\n")
    assert ingested.layout[0].selector == "(//text:h)[1]"


def flipped(data: bytes) -> bytes:
    """A bit of word/document.xml is another."""
    at = data.index(b"word/document.xml") + 60
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (flipped(docx(p("He said no."))), "damaged: its checksum|cannot be unpacked"),
        (zipped(**{"[Content_Types].xml": "", "word/document.xml": "<w:document"}), "no valid XML"),
        (zipped(**{"[Content_Types].xml": "", "word/document.xml": "<x/>"}), "no document"),
        (zipped(**{"[Content_Types].xml": "", "word/document.xml": ENTITIES + "<x>&b;&c;</x>"}), "document type"),
        (docx("<w:p>" * 300 + "</w:p>" * 300), "no valid XML"),
        (docx(p("a" * 200_000)), "MB"),
        (odt("x", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "encrypted"),
        (docx(p("He said no."))[:-100], "directory is missing"),
    ],
    ids=["torn", "cut", "other XML", "entities", "deep", "large", "encrypted", "cut archive"],
)
def test_what_cannot_be_read_says_why(data: bytes, message: str) -> None:
    limits = Limits(bytes=100_000)
    (member,) = unpack(Member.of(data, "a"), Budget(limits))
    with pytest.raises(IngestError, match=message):
        if isinstance(member, Refused):
            raise IngestError(member.reason)
        assert isinstance(member, Member)
        read_member(member, limits)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("xl/workbook.xml", "spreadsheet"),
        ("ppt/presentation.xml", "presentation"),
        ("META-INF/container.xml", "e-book"),
        ("META-INF/MANIFEST.MF", "Java"),
    ],
)
def test_other_archives_are_named(name: str, message: str) -> None:
    (refused,) = unpack(Member.of(zipped(**{name: "x", "a.txt": "He said no."}), "a"), Budget(Limits()))
    assert isinstance(refused, Refused)
    assert message in refused.reason
