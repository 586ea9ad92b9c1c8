import time
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import Attribution, Document, Report
from reportedly.identity import Identities, same_sources
from reportedly.records import Source


def source(name: str, **fields: Any) -> dict[str, Any]:
    return {"name": name, "kind": "person", "named": True, **fields}


def body(name: str, **fields: Any) -> dict[str, Any]:
    return source(name, **{"kind": "organisation", **fields})


def report(number: int, *sources: dict[str, Any], text: str = "") -> Report:
    document = Document.of(f"Report {number}: {', '.join(s['name'] for s in sources)} spoke. {text}")
    made = []
    for fields in sources:
        at = document.text.index(fields["name"])
        made.append(Source.of(document, mentions=(document.span(at, at + len(fields["name"])),), **fields))
    return Report(document=document, sources=tuple(made))


def each(*sources: dict[str, Any] | tuple[dict[str, Any], ...]) -> list[Report]:
    """One report for each source, or for several sources together."""
    return [report(n, *(s if isinstance(s, tuple) else (s,))) for n, s in enumerate(sources)]


def told(reports: list[Report]) -> tuple[list[list[str]], list[list[str]]]:
    """The names in the groups and in the unsure pairs."""
    names = {s.id: s.name for r in reports for s in r.sources}
    found = same_sources(reports)
    groups = [sorted(names[i] for i in g.sources) for g in found.groups]
    return sorted(groups), sorted(sorted((names[p.a], names[p.b])) for p in found.unsure)


def people(*names: str) -> tuple[list[list[str]], list[list[str]]]:
    return told(each(*(source(n) for n in names)))


def bodies(*names: str) -> tuple[list[list[str]], list[list[str]]]:
    return told(each(*(body(n) for n in names)))


def test_one_general_under_four_names() -> None:
    found = same_sources(
        each(*(source(n) for n in ("Maj. Gen. Volesky", "Gary Volesky", "General Volesky’s", "Gary J. Volesky")))
    )
    (group,) = found.groups
    assert group.name == "Gary J. Volesky" and len(group.sources) == 4 and group.kind == "person"
    assert "same name" in group.reason
    assert not found.unsure


def test_the_reason_names_the_rank() -> None:
    (group,) = same_sources(each(source("General Volesky"), source("Maj. Gen. Gary Volesky"))).groups
    assert group.reason == "General Volesky: same surname, rank and no other Volesky"
    (group,) = same_sources(each(source("Gary Volesky"), source("Gary Volesky"))).groups
    assert group.reason == "same full name"


def test_two_clintons_stay_two_and_a_lone_one_is_unsure_with_both() -> None:
    groups, unsure = people("Bill Clinton", "Hillary Clinton", "Clinton")
    assert groups == []
    assert unsure == [["Bill Clinton", "Clinton"], ["Clinton", "Hillary Clinton"]]


def test_a_gender_title_excludes() -> None:
    groups, unsure = people("Mr. Bill Clinton", "Mrs. Hillary Clinton", "Mrs. Clinton")
    assert groups == []
    assert unsure == [["Mrs. Clinton", "Mrs. Hillary Clinton"]]
    groups, unsure = people("Mr. Pat Brandt", "Mrs. Brandt")
    assert (groups, unsure) == ([], [])
    # and where two lone surnames are two people, the full name is either's
    groups, unsure = people("Pat Brandt", "Mr. Brandt", "Mrs. Brandt")
    assert groups == []
    assert unsure == [["Mr. Brandt", "Pat Brandt"], ["Mrs. Brandt", "Pat Brandt"]]


def test_junior_and_senior_are_two() -> None:
    groups, unsure = people("Ola Brandt Jr.", "Ola Brandt Sr.")
    assert (groups, unsure) == ([], [])
    groups, unsure = people("Ola Brandt Jr.", "Ola Brandt")
    assert groups == [] and unsure == [["Ola Brandt", "Ola Brandt Jr."]]
    assert people("Ola Brandt, Jr.", "Ola Brandt Jr.")[0] == [["Ola Brandt Jr.", "Ola Brandt, Jr."]]


def test_two_middle_initials_are_two_and_none_is_either() -> None:
    groups, unsure = people("Gary J. Brandt", "Gary K. Brandt", "Gary Brandt")
    assert groups == []
    assert unsure == [["Gary Brandt", "Gary J. Brandt"], ["Gary Brandt", "Gary K. Brandt"]]


def test_a_shared_title_is_no_evidence() -> None:
    assert people("President Brandt", "President Lind", "the President") == ([], [])
    groups, unsure = people("Ms. Brandt", "Ms. Brandt")
    assert groups == [] and unsure == [["Ms. Brandt", "Ms. Brandt"]]
    assert people("Gen. Brandt", "Sen. Ann Brandt") == ([], [])


def test_a_lone_surname_with_the_same_rare_office_is_one() -> None:
    assert people("President Brandt", "President Brandt") == ([["President Brandt", "President Brandt"]], [])
    groups, unsure = people("Officer Smith", "Officer Smith")
    assert groups == [] and len(unsure) == 1


def test_a_king_bears_no_surname() -> None:
    assert people("Pope Francis", "Anne Francis") == ([], [])
    assert people("King Stephen", "Stephen King") == ([], [])
    assert people("Pope Francis", "Pope Francis’")[0] != []


def test_spellings_merge_only_with_a_shared_role() -> None:
    assert people("Sergey Lavrov", "Sergei Lavrov") == ([], [["Sergei Lavrov", "Sergey Lavrov"]])
    groups, _ = people("Foreign Minister Sergey Lavrov", "Foreign Minister Sergei Lavrov")
    assert len(groups) == 1
    pair = ("Moammar Gadhafi", "Muammar Gaddafi")
    assert people(*pair) == ([], [list(pair)])
    groups, unsure = told(each(*(source(n, role="the Libyan leader") for n in pair)))
    assert groups == [list(pair)] and unsure == []
    assert people("Marin Brandt", "Martin Brandt") == ([], [])


def test_short_forms_merge_only_with_a_shared_role() -> None:
    assert people("Bill Brandt", "William Brandt")[0] == []
    assert people("Sen. Bill Brandt", "Sen. William Brandt")[0] != []


def test_an_initial_is_one_of_two_only_unsurely() -> None:
    assert people("G. Brandt", "Gary Brandt")[0] == [["G. Brandt", "Gary Brandt"]]
    groups, unsure = people("G. Brandt", "Gary Brandt", "George Brandt")
    assert groups == [] and len(unsure) == 2


def test_what_one_report_holds_apart_is_not_joined() -> None:
    reports = [report(1, source("Gary Brandt"), source("Mr. Brandt"))]
    assert told(reports) == ([], [["Gary Brandt", "Mr. Brandt"]])


def test_particles_do_not_matter() -> None:
    assert people("Haider al-Abadi", "Abadi", "Mr. al-Abadi")[0] == [["Abadi", "Haider al-Abadi", "Mr. al-Abadi"]]


def test_unnamed_author_unknown_and_joint_sources_stay_alone() -> None:
    reports = each(
        source("a senior official", named=False),
        source("senior official", named=False),
        source("a clerk", named=False),
        body("a clerk", named=False),
        source("Ann Lind", kind="author"),
        source("Ann Lind", kind="unknown"),
        source("Ann Lind", kind="author"),
    )
    assert told(reports) == ([], [["a senior official", "senior official"]])
    both = [report(n, source("Ann Lind and Ola Brandt", members=("s-1", "s-2"))) for n in (1, 2)]
    assert told(both) == ([], [])


def test_kinds_agree() -> None:
    assert told(each(source("Brandt"), body("Brandt"))) == ([], [])
    assert told(each(body("Northern Courier", kind="outlet"), body("the Northern Courier")))[0] != []
    assert told(each(body("Northern Courier", kind="document"), body("Northern Courier"))) == ([], [])


def test_an_acronym_is_joined_to_its_only_name() -> None:
    found = same_sources(each(body("the FBI"), body("Federal Bureau of Investigation"), body("F.B.I.")))
    (group,) = found.groups
    assert len(group.sources) == 3 and group.name == "Federal Bureau of Investigation"
    assert "stands for Federal Bureau of Investigation" in group.reason
    assert bodies("DOJ", "the Department of Justice")[0] != []
    assert bodies("UN", "the United Nations")[0] != []
    assert bodies("PB", "Port Board") == ([], [["PB", "Port Board"]])


def test_an_acronym_clash_is_unsure_unless_the_report_spells_it_out() -> None:
    names = ("Port Safety Board", "Public Service Bureau")
    groups, unsure = bodies(*names, "PSB", "PSB")
    assert groups == [] and len(unsure) == 4
    reports = [
        *each(*(body(n) for n in names)),
        report(9, body("PSB"), text="The Port Safety Board (PSB) met."),
        report(10, body("PSB")),
    ]
    groups, unsure = told(reports)
    assert groups == [["PSB", "Port Safety Board"]] and len(unsure) == 2


@pytest.mark.parametrize(
    ("one", "two", "joined"),
    [
        ("the Iraqi health ministry", "Iraq’s Ministry of Health", True),
        ("the Iraqi health ministry", "the Iranian health ministry", False),
        ("U.S. Department of Defense", "the United States Department of Defense", True),
        ("the Northern Courier", "Northern Courier's", True),
        ("University of Miami", "Miami University", False),
        ("Ministry of Health", "Ministry of Justice", False),
    ],
)
def test_bodies_by_their_words(one: str, two: str, joined: bool) -> None:
    assert bool(bodies(one, two)[0]) == joined


def test_a_ministry_without_its_country_is_unsure() -> None:
    groups, unsure = bodies("the health ministry", "Iraq’s Ministry of Health")
    assert groups == [] and len(unsure) == 1


def test_a_body_that_is_only_described_may_be_another_elsewhere() -> None:
    assert bodies("the foreign ministry", "the foreign ministry")[0] == []
    assert bodies("The company", "the company") == ([], [["The company", "the company"]])
    assert bodies("the Foreign Office", "The Foreign Office")[0] != []
    # nor may two orders of its words, or an acronym, make one of it
    assert bodies("the health ministry", "the ministry of health")[0] == []
    groups, unsure = bodies("the harbour ministry", "The Lindish harbour ministry")
    assert groups == [] and unsure == [["The Lindish harbour ministry", "the harbour ministry"]]


def test_a_body_that_is_only_described_is_one_in_one_place() -> None:
    def both(name: str, first: str, second: str) -> bool:
        return bool(told([report(n, body(name), text=f"\n{text}") for n, text in enumerate((first, second))])[0])

    assert both("the fire service", "TARLEMOUTH, March 4 (Northern Wire) - It rained.", "TARLEMOUTH - It snowed.")
    assert not both("the fire service", "TARLEMOUTH, March 4 (Northern Wire) - It rained.", "LISK – It snowed.")
    dated = "TARLEMOUTH, Nov. 19, 2024 (Northern Wire) — It rained."
    assert both("the fire service", dated, "Tarlemouth (Northern Wire) — It snowed.")
    assert not both("the fire service", "NASA – the space agency – said so.", "NASA – the agency – said no.")
    assert not both("the fire service", "It rained.", "It snowed.")
    assert not both("the company", "LISK - It rained.", "LISK - It snowed.")
    text = "LISK - It rained. The Lindish coastguard came."
    several = [
        report(1, body("the coastguard"), text="\nLISK - It snowed."),
        report(2, body("the coastguard"), body("Lindish coastguard"), text="\n" + text),
    ]
    assert told(several)[0] == []


def test_a_body_that_is_only_described_is_one_where_it_says_the_same() -> None:
    def saying(number: int, words: str) -> Report:
        made = report(number, body("the harbour board"), text=f"It said {words}.")
        d, at = made.document, made.document.text.index(words)
        content = (d.span(at, at + len(words)),)
        return msgspec.structs.replace(
            made, attributions=(Attribution.of(d, (), (), content, speaker=made.sources[0].id),)
        )

    same = "that no ship had been let in since the first of the month"
    assert told([saying(1, same), saying(2, same)])[0] != []
    assert told([saying(1, same), saying(2, "that the port was shut")])[0] == []


def test_a_report_given_twice_counts_once() -> None:
    one = report(1, source("Ann Lind"))
    assert same_sources([one, one]) == Identities()


_NAMES = st.sampled_from(
    [
        *("Gary Brandt", "Gary J. Brandt", "Gary K. Brandt", "G. Brandt", "Brandt", "Mr. Brandt", "Mrs. Brandt"),
        *("Gen. Brandt", "Sen. Gary Brandt", "Gary Brandt Jr.", "Garry Brandt", "Garri Brandt", "Brant", "King Brandt"),
        *("President Lind", "Lind", "Ms. Ola Lind", "Ola Lind", "the President", "Bill Lind", "William Lind", ""),
    ]
)
_BODIES = st.sampled_from(
    ["PSB", "Port Safety Board", "Public Service Bureau", "the health ministry", "Iraq’s Ministry of Health", "P.S.B."]
)
_SOURCES = st.one_of(
    st.builds(source, _NAMES.filter(bool), role=st.sampled_from([None, "city mayor", "harbour pilot"])),
    st.builds(source, st.just("a clerk"), named=st.just(False)),
    st.builds(body, _BODIES),
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(_SOURCES, max_size=3, unique_by=lambda s: s["name"]), max_size=8).flatmap(
        lambda made: st.tuples(st.just(made), st.permutations(range(len(made))))
    )
)
def test_the_order_of_the_reports_does_not_matter(made: tuple[list[list[dict[str, Any]]], list[int]]) -> None:
    reports = [report(n, *sources) for n, sources in enumerate(made[0])]
    found = same_sources(reports)
    assert same_sources(reports[i] for i in made[1]) == found
    grouped = [i for g in found.groups for i in g.sources]
    assert len(grouped) == len(set(grouped))
    home = {i: g for g in found.groups for i in g.sources}
    assert all(p.a < p.b and (p.a not in home or home[p.a] is not home.get(p.b)) for p in found.unsure)


def test_ten_thousand_sources_take_seconds() -> None:
    given_names = [a + b for a in ("Ka", "Lo", "Mi", "Nu", "Pe", "Ro", "Si", "Tu") for b in ("rin", "das", "vel", "mo")]
    surnames = [a + b + c for a in ("Bran", "Lin", "Vos", "Mar") for b in ("da", "ke", "mo", "ru") for c in ("s", "v")]
    names = [f"{g} {s}" for g in given_names for s in surnames] + [f"Mr. {s}" for s in surnames]
    reports = [report(n, source(names[n * 7919 % len(names)])) for n in range(10_000)]
    began = time.perf_counter()
    assert same_sources(reports).groups
    assert time.perf_counter() - began < 20
