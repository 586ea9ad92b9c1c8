"""Claims: what is held to be so, by whom, in what position."""

import pytest

import reportedly
from reportedly import pipeline
from reportedly.claims import claims_of, own_voice, sentences
from reportedly.records import Attribution, Document

TEXT = (
    "Bridge closed after span drops\n\nThe bridge was closed on Tuesday. “I never saw a boat,” said Tim Osgood, the"
    " harbour master.\n\nThe contractor denied that the repair was rushed. Dr. Roe asked whether anybody had looked at"
    " the pier.\n"
)


def test_contents_and_own_sentences_are_claims() -> None:
    report = reportedly.read(TEXT)
    claims = claims_of(report)
    assert {a.id for a in report.attributions} == {c.attribution for c in claims if c.attribution}
    own = [c.spans[0].text for c in claims if c.attribution is None]
    assert "Bridge closed after span drops" in own
    assert "The bridge was closed on Tuesday." in own
    for claim in claims:
        assert all(TEXT[s.start : s.end] == s.text for s in claim.spans)


def test_a_quotation_says_who_i_is() -> None:
    (claim,) = (c for c in claims_of(reportedly.read(TEXT)) if "saw a boat" in c.text)
    assert claim.text.startswith("“I [Tim Osgood] never saw a boat")
    assert claim.spans[0].text.startswith("“I never saw a boat")


def test_a_headline_that_quotes_whom_the_report_quotes_is_no_claim_of_the_reports_own() -> None:
    head = "'I never saw a boat': harbour master baffled"
    for title, own in ((head, False), (None, True)):
        document = Document.of(f"{head}\n\n{TEXT}", title=title)
        (said,) = (a for a in reportedly.read(document.text).attributions if "saw a boat" in a.content[0].text)
        assert (head in [s.text for s in own_voice(document, (said,))]) is own


@pytest.mark.parametrize(("words", "position"), [("repair was rushed", "denies"), ("looked at the pier", "asks")])
def test_positions(words: str, position: str) -> None:
    (claim,) = (c for c in claims_of(reportedly.read(TEXT)) if words in c.text and c.attribution)
    assert claim.position == position


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("The council has withdrawn its statement that the pier was sound.", ["denies"]),
        ("The Gazette retracted its report that a boat had struck the pier.", ["denies"]),
        ("Rosa Minter withdrew his claim that a boat had struck the pier.", ["denies"]),
        ("The harbour office withdrew its figure of 40 deaths.", ["denies"]),
        ("The ministry withdrew its estimate that 40 people had died.", ["denies"]),
        ("The council took back its count of 61 cases.", ["denies"]),
        ("Channel Nine News retracted a report that Rudi Hanak had left the country.", ["denies"]),
        ("The bank withdrew its offer of 40 million euros on Tuesday.", ["asserts"]),
        ("The company did not accept the findings of the inquiry.", ["denies"]),
        ("The company said it believed the bridge was safe.", ["asserts"]),
        ("A fisherman, who asked not to be named, said the tanker was drifting.", ["asserts"]),
        ("The army withdrew from the port, officials said.", ["asserts"]),
        ("Tim Osgood did not deny that the pier was cracked.", []),
        ("Tim Osgood cannot deny that the pier was cracked.", ["asserts"]),
        ("Tim Osgood no longer denies that the pier was cracked.", ["asserts"]),
        ("Tim Osgood was unable to deny that the pier was cracked.", ["asserts"]),
        ("Tim Osgood did nothing to deny that the pier was cracked.", []),
        ("Tim Osgood stopped short of denying that the pier was cracked.", []),
        ("Tim Osgood denied that the pier was cracked.", ["denies"]),
        ("“I would not say the war is over,” said John Harker, the minister.", ["asserts"]),
        ("A police spokesman declined to comment on the cause of the fire.", []),
        ("The ministry would not say whether the bridge was safe.", []),
        ("Tim Osgood would neither confirm nor deny that the pier was cracked.", []),
        ("Tim Osgood neither confirmed nor denied that the pier was cracked.", []),
        ("Tim Osgood did not respond to requests for comment about the cracked pier.", []),
        ("The ministry did not reply to a request for comment on whether the pier was cracked.", []),
        ("The ministry could not be reached to say whether the pier was cracked.", []),
        ("Tim Osgood disputed whether the pier had been cracked.", ["asks"]),
        ("Rosa Minter and Tim Osgood disagreed on Tuesday over whether the pier was cracked.", ["asks"]),
    ],
)
def test_who_takes_back_denies_and_who_is_silent_claims_nothing(text: str, positions: list[str]) -> None:
    assert [c.position for c in claims_of(reportedly.read(text)) if c.attribution] == positions


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tim Osgood could not be reached for comment on the pier.", False),
        ("Tim Osgood, the harbour master, did not return calls from the Courier.", False),
        ("Tim Osgood, who could not be reached for comment, has left the town.", True),
        ("The two villages could not be reached after the flood.", True),
    ],
)
def test_that_nobody_was_reached_is_no_claim_of_the_reports_own(text: str, told: bool) -> None:
    assert bool(claims_of(reportedly.read(text))) is told


@pytest.mark.parametrize("dateline", ["Corvale, Nov. 19 (Northern Wire) — ", "CORVALE, Nov. 19, 2024 — "])
def test_the_reports_own_voice_begins_behind_the_dateline(dateline: str) -> None:
    (claim,) = claims_of(reportedly.read(f"{dateline}A span of the bridge sank at noon."))
    assert claim.text == "A span of the bridge sank at noon."


def test_what_a_correction_repeats_is_no_claim() -> None:
    text = (
        "The fire service said no chlorine had been found near the mill.\n\nCorrection: An earlier version of this"
        " article said that chlorine had been found near the mill. The fire service says that none was found.\n"
    )
    report = reportedly.read(text)
    assert report.notes
    assert not [c for c in claims_of(report) if c.text.startswith(("that chlorine", "Correction"))]
    assert [c for c in claims_of(report) if "none was found" in c.text]


def test_what_a_correction_repeats_in_its_second_sentence_is_no_claim() -> None:
    text = (
        "The fair opens on Monday, the mayor said.\n\nCorrection: An earlier version of this article said that the"
        " mayor was shocked. The article also said that Leopold Arvent had resigned. He has not.\n"
    )
    report = reportedly.read(text)
    assert report.notes
    assert [c.text for c in claims_of(report)] == ["The fair opens on Monday"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Police said at 3:30 p.m. GMT that there had been no crash.", 1),
        ("The vote was moved to 9 a.m. Monday by the mayor.", 1),
        ("It ended at 5 p.m. The hall was empty.", 2),
        ("It ended at 5 p.m. US troops had left.", 2),
    ],
)
def test_a_clock_time_ends_no_sentence_that_goes_on(text: str, count: int) -> None:
    assert len(list(sentences(text))) == count


def test_sentences() -> None:
    text = "Dr. Smith left on Jan. 5. “It fell. We ran.”\r\n\r\n  The U.S. Army denied it!  "
    assert [text[s:e] for s, e in sentences(text)][0] == "Dr. Smith left on Jan. 5."
    assert [text[s:e] for s, e in sentences(text)][-1] == "The U.S. Army denied it!"
    assert list(sentences("")) == list(sentences(" \n \r\n")) == []


def test_no_sentence_of_others_is_the_reports_own() -> None:
    text = "The pier is sound, the mayor said on Monday. Rain is expected."
    document = Document.of(text)
    said = Attribution.of(document, (document.span(29, 33),), (document.span(19, 28),), (document.span(0, 17),))
    assert [s.text for s in own_voice(document, (said,))] == []


def positions(text: str, outlet: str | None = None) -> list[tuple[str, str]]:
    """(position, words) of the claims of a text."""
    return [(c.position, c.text.rstrip(".")) for c in claims_of(pipeline.read(text, file="a.txt", outlet=outlet))]


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("Verdict: False", [("denies", "The pier was shut by the mayor on Monday")]),
        ("Our rating: Not accurate", [("denies", "The pier was shut by the mayor on Monday")]),
        ("Verdict: Unproven", [("doubts", "The pier was shut by the mayor on Monday")]),
        ("Rating: Mostly true", [("asserts", "The pier was shut by the mayor on Monday")]),
        ("", []),
    ],
)
def test_what_is_checked_is_held_as_the_verdict_says(verdict: str, expected: list[tuple[str, str]]) -> None:
    for label in ("Claim", "Rumour", "The claim"):
        text = f"Fact check\n\n{label}: The pier was shut by the mayor on Monday.\n\n{verdict}\n"
        assert positions(text) == expected


def test_a_verdict_without_a_claim_is_no_fact_check() -> None:
    assert positions("Verdict: the jury found both harbour pilots guilty.\n")


def test_what_an_outlet_says_it_reported_before_its_correction_is_no_claim() -> None:
    note = "Correction: On Monday {} reported that the pier was shut in May. It was shut in June."
    for who in ("the Harbour Post", "we", "our report"):
        found = positions(note.format(who), outlet="The Harbour Post")
        assert [words for _, words in found] == ["It was shut in June"], who
    found = positions(note.format("the Evening Star"), outlet="The Harbour Post")
    assert "that the pier was shut in May" in [words for _, words in found]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("By our staff and agencies", False),
        ("By Alfred Moor and Jo Roe in Corvale", False),
        ("By Monday the water had gone down", True),
        ("This story has been updated.", False),
        ("Update: Two more divers were found on Tuesday.", True),
    ],
)
def test_bylines_and_notices_are_no_claims(line: str, told: bool) -> None:
    found = positions(f"{line}\n\nThe pier was shut by the mayor.\n")
    assert bool([words for _, words in found if words in line]) is told


def test_who_warns_of_what_was_predicts_nothing() -> None:
    found = positions("Ada Finch warned in May that the pier swayed. Leo Marsh warned that the pier would fall.")
    assert [p for p, _ in found] == ["asserts", "predicts"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The union called on Rosa Minter to resign.", "[called on] Rosa Minter to resign"),
        ("The trust denied that the pier was shut.", "that the pier was shut"),
    ],
)
def test_what_is_no_statement_by_itself_is_told_with_its_cue(text: str, told: str) -> None:
    assert [words for _, words in positions(text)] == [told]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("The plant did not respond to calls for help from the fire service in time.", 1),
        ("The rescue boat did not return calls from the sinking ferry before dawn.", 1),
        ("The valley could not be reached by phone on Sunday after the masts fell.", 1),
        ("The plant did not respond to requests for comment.", 0),
        ("The mayor did not return three calls on Sunday.", 0),
        ("The owners could not be reached for comment.", 0),
    ],
)
def test_only_who_is_asked_for_a_word_is_unheard(said: str, count: int) -> None:
    assert len(claims_of(reportedly.read(said))) == count
