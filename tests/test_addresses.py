import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportedly.addresses import same_address

PAGE = "https://news.example/2025/bridge-shut"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/2025/bridge-shut",
        " HTTP://WWW.News.Example:80/2025/bridge-shut/ ",
        "https://www.news.example:443/2025//bridge-shut#comments",
        "https://news.example./2025/x/../bridge%2Dshut/index.html",
        "https://m.news.example/2025/bridge-shut?utm_source=mail&utm_medium=x&fbclid=1&gclid=2",
        "https://mobile.news.example/2025/bridge-shut?mc_cid=1&amp;mc_eid=2",
        "https://amp.news.example/2025/bridge-shut?ref=home&CMP=tw&ito=1&xtor=RSS-1&smid=a&partner=b",
        "https://www.news.example/2025/bridge-shut?guccounter=1&guce_referrer=a&taid=5",
        "https://www.news.example/2025/bridge-shut/amp/",
        "https://www.news.example/2025/bridge-shut.amp",
        "https://www.news.example/amp/2025/bridge-shut",
        "https://www.news.example/2025/bridge-shut?amp",
        "https://www.news.example/2025/bridge-shut?amp=1&outputType=amp",
        "https://www-news-example.cdn.ampproject.org/c/s/www.news.example/2025/bridge-shut/amp?amp_js_v=1&usqp=mq3",
        "https://www.google.com/amp/s/amp.news.example/2025/bridge-shut",
        "https://web.archive.org/web/20250304080000/https://www.news.example/2025/bridge-shut",
        "http://web.archive.org/web/2025id_/http://news.example:80/2025/bridge-shut?utm_term=x",
        "https://web.archive.org/web/2025/https://web.archive.org/web/2024/https://news.example/2025/bridge-shut",
        "https://reader:secret@news.example/2025/bridge-shut",
    ],
)
def test_addresses_of_one_page(url: str) -> None:
    assert same_address(url) == PAGE


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/2025/bridge-open",
        "https://news.example/2025/Bridge-shut",
        "https://other.example/2025/bridge-shut",
        "https://sport.news.example/2025/bridge-shut",
        "https://news.example:8443/2025/bridge-shut",
        "https://news.example/2025/bridge-shut?page=2",
        "https://news.example/2025/bridge-shut?id=",
        "https://news.example/2025/bridge-shut?gallery=3",
        "https://news.example/2025/bridge-shut?outputType=print",
        "https://news.example/2025/bridge-shut.html",
        "https://news.example/2025/bridge-shut/lamp",
        "https://web.archive.org/web/2025/",
        "ftp://news.example/2025/bridge-shut",
    ],
)
def test_other_pages_stay_others(url: str) -> None:
    assert same_address(url) != PAGE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.example/a?b=2&a=1", "http://www.x.example/a?a=1&b=2"),
        ("https://x.example/", "https://www.x.example/index.php"),
        ("https://x.example/a-12.amp.html", "https://x.example/a-12.html"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%c3%A4"),
        ("https://[::1]:80/a", "https://[::1]/a/"),
    ],
)
def test_pairs(one: str, other: str) -> None:
    assert same_address(one) == same_address(other)


@pytest.mark.parametrize("text", ["", "not an address", "http://[", "https://x:y/", "mailto:a@x.example", "https://"])
def test_what_is_no_address_stays(text: str) -> None:
    assert same_address(f" {text}\n") == text


PIECES = """
http:// https:/ HTTPS:// web.archive.org/web/2025/ a-b.cdn.ampproject.org/c/s/ google.com/amp/ www. m. amp. x. x.example
/ // /.. /amp .amp .html /index.html ? & &amp; = amp=1 utm_a=b a=1 # %2F %3f %25 %ff ; : :80 @ [ ] é \\
"""
LIKE_ADDRESSES = st.lists(st.sampled_from([*PIECES.split(), "\ud800", "\n", " "]), max_size=12).map("".join)


@given(st.one_of(st.text(), LIKE_ADDRESSES, LIKE_ADDRESSES.map("https://".__add__)))
@example("https://www.web.archive.org/web/2025/https://x.example/a")
@example("https://x.example/" + "%25" * 2_660)
def test_a_form_is_its_own_form(url: str) -> None:
    form = same_address(url)
    assert same_address(form) == form


def test_long_and_deep_addresses_end() -> None:
    deep = "http:/google.co/amp/" * 390 + "x.example/a"
    assert same_address(deep) == "https://x.example/a"
    assert same_address(deep * 2) == deep * 2
