"""What a source is, in the words of the text: on sentences of our own."""

import numpy as np
import pytest

import reportedly
from reportedly.engine import verify
from reportedly.mentions import Mention
from reportedly.roles import MODELS, Bearer, Words, default_picker, known_as, near, phrases_of, pick, places

TEXT = (
    "Sen. Mara Quill (D-Mont.) said the bill would pass.\n\n"
    "Former Hallow County sheriff Tom Reed said he would vote no. "
    "Critics of the dam plan warned that farms would flood."
)


def test_the_network_is_that_of_its_card() -> None:
    assert verify(MODELS) == []


def test_roles_are_spans_of_the_text() -> None:
    report = reportedly.read(TEXT)
    roles = {s.name: s for s in report.sources if s.role}
    assert any("D-Mont." in (s.role or "") for s in roles.values())
    assert "sheriff" in (roles["Tom Reed"].role or "")
    for s in roles.values():
        assert [TEXT[p.start : p.end] for p in s.role_spans] == [p.text for p in s.role_spans]
        assert s.role == ", ".join(p.text for p in s.role_spans)
        assert [p.start for p in s.role_spans] == sorted(p.start for p in s.role_spans)


def test_words_side_by_side_are_one_phrase_and_no_word_is_said_twice() -> None:
    words = Words("The head of the relief agency spoke. The agency, said Roe, is the U.S. relief agency.", [])
    at = {w: i for i, w in enumerate(words.words)}
    picked = [i for i, w in enumerate(words.words) if w in ("head", "relief", "agency")]
    logits = {i: 3.0 - i / 10 for i in picked}
    assert [words.words[i:j] for i, j in phrases_of(words, picked, logits)] == [
        ["head", "of", "the", "relief", "agency"]
    ]
    assert at["u"] not in picked


@pytest.mark.parametrize(
    "picked, said", [(["s", "relief", "agency"], "U.S. relief agency"), (["c", "office"], "D.C. office")]
)
def test_initials_are_said_whole(picked: list[str], said: str) -> None:
    words = Words("The head of the U.S. relief agency spoke, not the D.C. office.", [])
    at = np.array([i for i, w in enumerate(words.words) if w in (*picked, "head")])
    logits = np.array([4.0 if words.words[i] in picked else -9.0 for i in at], np.float32)
    found = places(words, Bearer([], [(0, 8)], [], "group", False), at, logits)
    assert [words.text[s:e] for s, e in found] == [said]


def test_nothing_likely_is_no_role_and_what_is_likely_is_picked_without_hollow_words() -> None:
    words = Words("Roe of the Port Amery harbour office", [])
    at = np.flatnonzero(~words.hollow)
    assert pick(words, at, np.full(len(at), -9.0, np.float32)) == []
    assert [words.words[i] for i in pick(words, at, np.full(len(at), 9.0, np.float32))] == [
        "roe",
        "port",
        "amery",
        "harbour",
        "office",
    ]


@pytest.mark.parametrize("text", ["", " ", "Roe", "Roe said so.", "\n\n" * 5])
def test_any_text_and_any_place(text: str) -> None:
    words = Words(text, [])
    bearer = Bearer([(0, min(3, len(text)))], [], [], "person", True)
    (at,), features = near(words, [bearer])
    assert len(at) == len(features)
    assert default_picker().roles(words, [bearer, bearer], np.zeros((len(words), 128), np.float32)) == [(), ()]


def test_a_word_never_seen_in_a_role_is_known_as_nothing() -> None:
    assert not known_as(["harbour"], {"sheriff": (3, 9)}).any()
    assert known_as(["sheriff"], {"sheriff": (3, 9)})[0, 0] == 1


@pytest.mark.parametrize(
    "text",
    [
        "Mara Quill, Reed's campaign manager, said no. Tom Hale said yes.",
        "Her lawyer, Mara Quill, said no. Tom Hale said yes.",
        "Tom Hale said yes. Harbour master and lawyer Mara Quill said no.",
    ],
)
def test_what_stands_beside_a_name_is_nobody_elses_role(text: str) -> None:
    names = {n: (text.index(n), text.index(n) + len(n)) for n in ("Mara Quill", "Tom Hale")}
    words = Words(text, [Mention(*place, "PERSON") for place in names.values()])
    at = np.flatnonzero(~words.hollow)
    likely = np.array([3.0 if words.words[i] in ("campaign", "manager", "lawyer") else -9.0 for i in at], np.float32)
    quill, hale = (places(words, Bearer([names[n]], [], [], "person", True), at, likely) for n in names)
    assert [text[s:e] for s, e in quill] and not hale


def test_what_stands_behind_a_surname_that_is_all_of_a_name_is_nobody_elses_role() -> None:
    report = reportedly.read(
        "Mara Quill declined to comment.\n\nDenning, the spokesman for the Civic Union, rejected calls for the mayor"
        " to withdraw. “Colm Quill is our candidate,” Denning said."
    )
    roles = {s.name: s.role for s in report.sources}
    assert roles["Denning"] == "spokesman for the Civic Union" and "spokesman" not in (roles["Mara Quill"] or "")


def test_a_name_is_in_a_role_only_where_it_tells_of_somebody_else() -> None:
    text = "Ann Roe and Mara Quill met. Tom Hale, a lawyer for Roe, and Quill spoke."
    parts = ("Ann Roe", "Mara Quill", "Tom Hale")
    found = [(text.index(n), text.index(n) + len(n)) for n in parts]
    found += [(text.rindex(n), text.rindex(n) + len(n)) for n in ("Roe", "Quill")]
    words = Words(text, [Mention(*place, "PERSON") for place in sorted(found)])
    at = np.flatnonzero(~words.hollow)
    likely = np.array([3.0 if words.words[i] in ("lawyer", "roe", "quill") else -9.0 for i in at], np.float32)
    role = places(words, Bearer([found[2]], [], [], "person", True), at, likely)
    assert [text[s:e] for s, e in role][-1] == "lawyer for Roe"
