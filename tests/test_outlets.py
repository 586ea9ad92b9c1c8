import re
import time
from collections import Counter

import pytest

from reportedly.outlets import find_outlets, outlet_at, outlet_of, outlets


def found(text: str) -> list[str]:
    return [text[low:high] for low, high, _ in find_outlets(text)]


def test_counts() -> None:
    kinds = Counter(outlet.kind for outlet in outlets())
    assert set(kinds) == {"outlet", "agency", "social"}
    assert kinds["outlet"] >= 340 and kinds["agency"] >= 25 and kinds["social"] >= 15


def test_no_name_is_claimed_twice() -> None:
    claims = Counter(re.sub(r"^The ", "", name) for outlet in outlets() for name in {outlet.name, *outlet.aliases})
    assert [name for name, times in claims.items() if times > 1] == []


def test_domains_are_unique_hosts() -> None:
    domains = [domain for outlet in outlets() for domain in outlet.domains]
    assert [domain for domain, times in Counter(domains).items() if times > 1] == []
    assert [domain for domain in domains if not re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", domain)] == []


def test_every_name_is_its_outlet() -> None:
    for outlet in outlets():
        for name in (outlet.name, *outlet.aliases):
            assert outlet_of(name) == outlet, name


@pytest.mark.parametrize(
    ("name", "masthead"),
    [
        ("the New York Times", "The New York Times"),
        ("NEW YORK  TIMES’", "The New York Times"),
        ("wall street journal's", "The Wall Street Journal"),
        ("the AP", "Associated Press"),
        ("Fox", "Fox News"),
        ("Time magazine", "Time"),
        ("Time magazine’s", "Time"),
        ("the Sun newspaper", "The Sun"),
        ("The Hill’s", "The Hill"),
        ("Meet the Press", "NBC News"),
        ("Interfax news agency", "Interfax"),
        ("El Pais", "El País"),
        ("Fox and Friends", "Fox News"),
        ("Associated\u00a0Press", "Associated Press"),
    ],
)
def test_whole_names(name: str, masthead: str) -> None:
    outlet = outlet_of(name)
    assert outlet and outlet.name == masthead


@pytest.mark.parametrize("name", ["", "the", "Hill", "Sun", "time", "fox", "ap", "60 minutes", "the Post", "Mr. Fox"])
def test_what_is_no_outlet(name: str) -> None:
    assert outlet_of(name) is None


@pytest.mark.parametrize(
    ("url", "masthead"),
    [
        ("https://www.nytimes.com/2016/a.html", "The New York Times"),
        ("http://edition.cnn.com", "CNN"),
        ("BBC.co.uk", "BBC"),
        ("https://news.bbc.co.uk:80/x", "BBC"),
        ("https://notcnn.com/", None),
        ("https://cnn.com.example.org/", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_addresses(url: str, masthead: str | None) -> None:
    outlet = outlet_at(url)
    assert (outlet.name if outlet else None) == masthead


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He told the New\u00a0York Times and CNN's Jake Tapper.", ["New York Times".replace(" ", "\u00a0", 1), "CNN"]),
        ("The Chicago Sun-Times and the Sun reported it.", ["Chicago Sun-Times"]),
        ("He told the Sun. The Sun said no.", ["Sun", "Sun"]),
        ("The sun rose. The Sun rose over the hill on Capitol Hill; the Hill met.", []),
        ("a Senate aide told The Hill on Monday", ["Hill"]),
        ("The Atlantic Ocean, the Atlantic and The Atlantic, which reported it", ["Atlantic"]),
        ("Time is up. Two Times. Time magazine said so, he told People.", ["Time", "People"]),
        ("The Independent, an Independent senator, the Guardian", ["Independent", "Guardian"]),
        ("Fox's host told Fox, On Fox", ["Fox", "Fox", "Fox"]),
        ("Vicente Fox spoke. Fox said so on Fox News.", ["Fox News"]),
        ("Michael Bloomberg said; Bloomberg added.", []),
        (
            "for 60 minutes he went to meet the press; on 60 Minutes and Meet the Press",
            ["60 Minutes", "Meet the Press"],
        ),
        ("RT @x: RT reported", ["RT"]),
        ("posted on X and on Telegram, X marks", ["X", "Telegram"]),
        ("REUTERS and WASHINGTON POST", ["REUTERS", "WASHINGTON POST"]),
        ("SCNN, CNNs, https://www.CNN.com/x", []),
        ("Vice President Pence met Vice News", ["Vice News"]),
        ("The Harbour Daily Mail and Channel Nine News told the Lisk Evening Standard", []),
        (
            "In Daily Mail pages, the Daily Mail’s own; On Sunday Daily Mail readers; Britain’s Daily Mail",
            ["Daily Mail"] * 4,
        ),
        ("The Ministry of Foreign Affairs; its minister for foreign policy; the Department of Defense News", []),
        ("The Committee on Foreign Affairs told Foreign Affairs", ["Foreign Affairs"]),
        ("the Sun newspaper; Fusion power; fusion; told Fusion", ["Sun", "Fusion"]),
    ],
)
def test_mentions(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_stretch_only() -> None:
    text = "CNN, Reuters, AFP"
    assert [(low, high, outlet.name) for low, high, outlet in find_outlets(text, 3, 13)] == [(5, 12, "Reuters")]
    assert list(find_outlets(text, 6, 11)) == []


def test_twice_the_text_takes_no_more_than_its_share() -> None:
    text = (
        "The Sun rose, Fox said; The Hill and New York officials told the Associated Press that Time is short. " * 2500
    )

    def seconds(text: str) -> float:
        best = 9.0
        for _ in range(3):
            began = time.perf_counter()
            for _ in find_outlets(text):
                pass
            best = min(best, time.perf_counter() - began)
        return best

    list(find_outlets("CNN"))
    assert seconds(text * 4) < 10 * seconds(text)
