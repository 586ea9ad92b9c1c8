"""The layouts of news sites, one function each: an invented article -> a page, the text that a reader would call the
article, and what the page says of itself.

The text is without headline, byline and date line, and without captions, except where the pictures are the story; what
the page repeats (a pull quote) is in it once. `tuned`: whether the page was looked at while the reader of pages was
written; the others were measured only, at the end, when they showed one bug (boxes around forms: mean .991, then .995).
"""

import json
from collections.abc import Callable, Iterable
from html import escape
from typing import Any, NamedTuple

from .page_texts import ARTICLES, FURNITURE, Article


class Page(NamedTuple):
    """A page and its answers. gold: the article's paragraphs, one a line. stated: title, outlet, byline, published,
    updated, url, language; what the page does not say is not in it."""

    name: str
    tuned: bool
    html: str
    headline: str
    gold: str
    stated: dict[str, str]


Made = tuple[str, Iterable[str], dict[str, str]]
_LAYOUTS: list[tuple[str, str, bool, Callable[[Article], Made]]] = []


def layout(key: str, tuned: bool) -> Callable[[Callable[[Article], Made]], Callable[[Article], Made]]:
    """Lists a function among the layouts, with the article that it shows."""

    def listed(make: Callable[[Article], Made]) -> Callable[[Article], Made]:
        _LAYOUTS.append((make.__name__, key, tuned, make))
        return make

    return listed


def pages() -> list[Page]:
    """All test pages."""
    made = []
    for name, key, tuned, make in _LAYOUTS:
        html, gold, stated = make(ARTICLES[key])
        made.append(Page(name, tuned, html, ARTICLES[key].headline, "\n".join(gold), stated))
    return made


def _site(a: Article) -> str:
    return "https://" + "-".join(a.outlet.lower().split()) + ".example"


def _url(a: Article) -> str:
    return f"{_site(a)}/{a.published.replace('-', '/')}/" + "-".join(a.headline.lower().replace(",", "").split()[:4])


def _names(authors: tuple[str, ...]) -> str:
    return authors[0] if len(authors) == 1 else ", ".join(authors[:-1]) + " and " + authors[-1]


def _stated(a: Article, *left_out: str, **more: str) -> dict[str, str]:
    every = {
        "title": a.headline, "outlet": a.outlet, "byline": _names(a.authors), "published": a.published,
        "url": _url(a), "language": "en",
    }  # fmt: skip
    return {k: v for k, v in every.items() if k not in left_out} | more


def _ps(paragraphs: Iterable[str], tag: str = "p", marks: str = "") -> str:
    return "\n".join(f"<{tag}{marks}>{escape(p, quote=False)}</{tag}>" for p in paragraphs)


def _links(texts: Iterable[str], tag: str = "li") -> str:
    return "\n".join(f'<{tag}><a href="/x/{n}">{escape(t, quote=False)}</a></{tag}>' for n, t in enumerate(texts))


def _menu(marks: str = "") -> str:
    return f"<nav{marks}><ul>{_links(FURNITURE['menu'])}</ul></nav>"


def _og(a: Article, *left_out: str) -> str:
    values = {
        "og:type": "article", "og:title": a.headline, "og:site_name": a.outlet, "og:url": _url(a),
        "article:published_time": f"{a.published}T06:30:00+00:00", "og:description": a.paragraphs[0][:80],
    }  # fmt: skip
    return "\n".join(f'<meta property="{k}" content="{escape(v)}">' for k, v in values.items() if k not in left_out)


def _ld(content: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(content, ensure_ascii=False)}</script>'


def _said(a: Article, kind: str = "NewsArticle", **more: Any) -> dict[str, Any]:
    people = [{"@type": "Person", "name": name} for name in a.authors]
    return {
        "@context": "https://schema.org", "@type": kind, "headline": a.headline, "author": people,
        "datePublished": f"{a.published}T06:30:00+00:00", "inLanguage": "en-GB", "url": _url(a),
        "publisher": {"@type": "NewsMediaOrganization", "name": a.outlet, "logo": {"@type": "ImageObject"}},
    } | more  # fmt: skip


def _whole(head: str, body: str, lang: str = ' lang="en"', title: str = "") -> str:
    title = f"<title>{escape(title)}</title>\n" if title else ""
    return f'<!DOCTYPE html>\n<html{lang}>\n<head>\n<meta charset="utf-8">\n{title}{head}\n</head>\n{body}\n</html>\n'


def _foot() -> str:
    return f"<footer>{_ps(FURNITURE['legal'])}<ul>{_links(['About us', 'Corrections', 'Contact', 'Privacy'])}</ul></footer>"


def _byline(a: Article) -> str:
    return f'<p class="byline">By {_names(a.authors)}</p><p class="date"><time datetime="{a.published}">{a.published}</time></p>'


@layout("ferry", True)
def plain(a: Article) -> Made:
    """An article and nothing else."""
    body = f"<body><article><h1>{a.headline}</h1>{_byline(a)}{_ps(a.paragraphs)}</article></body>"
    return _whole(_og(a), body, title=a.headline), a.paragraphs, _stated(a)


@layout("dam", False)
def much_around(a: Article) -> Made:
    """Menus above, at the side and below."""
    side = f'<div id="sidebar"><h3>Most read</h3><ol>{_links(FURNITURE["related"])}</ol></div>'
    mega = "".join(f"<div class='mega'><h4>{m}</h4><ul>{_links(FURNITURE['menu'])}</ul></div>" for m in ("A", "B", "C"))
    body = f"""<body class="page"><a class="skip" href="#c">Skip to content</a><header><div class="logo">{a.outlet}</div>
    {_menu(' class="primary"')}{mega}</header><div id="wrap"><div id="main-content"><h1>{a.headline}</h1>
    <div class="meta">By {_names(a.authors)} | {a.published}</div><div class="text">{_ps(a.paragraphs)}</div>
    <div class="share">{_links(FURNITURE["share"], "span")}</div></div>{side}</div>{_foot()}</body>"""
    head = (
        f'<link rel="canonical" href="{_url(a)}">{_og(a, "og:url")}<meta name="author" content="{_names(a.authors)}">'
    )
    return _whole(head, body, title=f"{a.headline} | {a.outlet}"), a.paragraphs, _stated(a)


@layout("school", True)
def json_ld_graph(a: Article) -> Made:
    """What the page says of itself lies in a graph of many things, some of them about others."""
    graph = [
        {"@type": "WebSite", "name": "Group Media Holding", "url": "https://group.example"},
        {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "News"}]},
        _said(a, "ReportageNewsArticle", publisher={"@id": "#org"}, author=[{"@id": "#p1"}], headline=a.headline)
        | {"dateModified": "2025-01-21T09:00:00+00:00", "mainEntityOfPage": {"@id": _url(a)}},
        {"@type": "NewsMediaOrganization", "@id": "#org", "name": a.outlet},
        {"@type": "Person", "@id": "#p1", "name": a.authors[0], "jobTitle": "Education editor"},
        {"@type": "VideoObject", "name": "Tents arrive", "uploadDate": "2025-01-19"},
    ]
    head = _ld({"@context": "https://schema.org", "@graph": graph})
    body = f"""<body>{_menu()}<main><article class="story"><header><h1>{a.headline}</h1>{_byline(a)}</header>
    <section class="story__body">{_ps(a.paragraphs)}</section></article></main>{_foot()}</body>"""
    return _whole(head, body, title="Dunmarrow Echo"), a.paragraphs, _stated(a, updated="2025-01-21T09:00:00+00:00")


@layout("election", True)
def live_blog(a: Article) -> Made:
    """Entries with times, the newest first, each an article of its own."""
    heads = (
        "Quay asks for patience",
        "Whitlow speaks",
        "Polls close",
        "Queues on Skerry",
        "Good morning",
        "Why it matters",
    )
    entries = list(zip(heads, a.paragraphs, strict=True))
    shown = "".join(
        f"""<article class="live-entry" id="e{n}"><time datetime="2024-05-17T{20 - n}:05:00+00:00">{20 - n}:05</time>
        <h2>{head}</h2><p>{text}</p><div class="share-entry"><a href="#e{n}">Share</a></div></article>"""
        for n, (head, text) in enumerate(entries)
    )
    head = _ld(_said(a, "LiveBlogPosting", dateModified="2024-05-17T20:05:00+00:00", liveBlogUpdate=[
        {"@type": "BlogPosting", "headline": h, "articleBody": t, "datePublished": "2024-05-17T10:00:00+00:00"}
        for h, t in entries
    ]))  # fmt: skip
    body = f"""<body>{_menu()}<main><h1>{a.headline}</h1><div class="live-feed">{shown}</div></main>{_foot()}</body>"""
    gold = [line for entry in entries for line in entry]
    return _whole(head, body, title=a.headline), gold, _stated(a, updated="2024-05-17T20:05:00+00:00")


@layout("hospital", False)
def live_blog_of_divs(a: Article) -> Made:
    """The same in nothing but divs, with key points above."""
    points = ("Records of two newborn girls exchanged for nine days", "Neither child was given the wrong medicine")
    entries = "".join(
        f"""<div class="lb-post" data-id="{n}"><div class="lb-time">{9 + n}.15</div><div class="lb-body"><p>{p}</p></div>
        <div class="lb-tools"><button>Share</button></div></div>""" for n, p in enumerate(a.paragraphs)
    )  # fmt: skip
    body = f"""<body><div class="top">{_menu()}</div><div class="content-area"><h1>{a.headline}</h1>
    <div class="key-points"><h2>Key points</h2><ul>{_ps(points, "li")}</ul></div>
    <div class="lb-posts">{entries}</div></div>{_foot()}</body>"""
    stated = _stated(a, "byline")
    return _whole(_og(a), body, title=a.headline), ["Key points", *points, *a.paragraphs], stated


@layout("mine", True)
def paywall(a: Article) -> Made:
    """Two paragraphs, and then an offer."""
    wall = f'<div class="paywall"><h3>{FURNITURE["subscribe"][0]}</h3>{_ps(FURNITURE["subscribe"][1:])}</div>'
    head = _ld(_said(a, isAccessibleForFree=False)) + _og(a)
    body = f"""<body>{_menu()}<main><article><h1>{a.headline}</h1>{_byline(a)}<div class="article-body">
    {_ps(a.paragraphs[:3])}</div>{wall}</article><aside><h2>More</h2><ul>{_links(FURNITURE["related"])}</ul></aside>
    </main>{_foot()}</body>"""
    return _whole(head, body, title=a.headline), a.paragraphs[:3], _stated(a)


@layout("bees", False)
def paywall_faded(a: Article) -> Made:
    """A teaser that fades out, between much else."""
    body = f"""<body><div id="app">{_menu()}<div class="story-wrap"><h1>{a.headline}</h1><p class="standfirst">{a.paragraphs[0]}</p>
    <div class="story-content fade">{_ps(a.paragraphs[1:3])}</div><div class="regwall" role="dialog">{_ps(FURNITURE["subscribe"])}
    </div></div><div class="rail"><ul>{_links(FURNITURE["related"])}</ul></div></div>{_foot()}</body>"""
    head = _og(a) + f'<meta name="author" content="{a.authors[0]}">' + _ld(_said(a, isAccessibleForFree="False"))
    return _whole(head, body, title=f"{a.headline} – {a.outlet}"), a.paragraphs[:3], _stated(a)


CAPTIONS = (
    "The bell in its crate on the quay at Sula on Tuesday, after nine hours at sea. The crane had to be borrowed.",
    "Mairi Gunn strikes the bell with a ladle outside the island's shop, watched by most of the population of 31.",
    "“It is heavier than the freezer and makes less money,” said her brother Euan, who carried one end of it indoors.",
    "The naturalist's diary, opened at the page on which he describes how the bell was taken down in a single night.",
    "Paul Vasey, the museum's director, on the empty plinth, which he says will be left empty for the time being.",
)


@layout("museum", True)
def gallery(a: Article) -> Made:
    """Pictures are the story: one paragraph, and captions."""
    shots = "".join(
        f'<figure class="gallery-item"><img src="{n}.jpg" alt="Picture {n}"><figcaption>{c}</figcaption></figure>'
        for n, c in enumerate(CAPTIONS)
    )
    body = f"""<body>{_menu()}<main><article><h1>{a.headline}</h1>{_byline(a)}{_ps(a.paragraphs[:1])}
    <div class="gallery">{shots}</div></article></main>{_foot()}</body>"""
    return _whole(_og(a), body, title=a.headline), [*a.paragraphs[:1], *CAPTIONS], _stated(a)


@layout("trams", True)
def consent_first(a: Article) -> Made:
    """A wall of consent stands before everything."""
    wall = f"""<div id="consent-wall" class="cmp-modal" role="dialog"><h2>{FURNITURE["consent"][0]}</h2>
    {_ps(FURNITURE["consent"][1:] * 3)}<button>Accept all</button><button>Reject all</button></div>"""
    body = f"""<body>{wall}{_menu()}<div class="main"><div class="article"><h1>{a.headline}</h1>
    <div class="author">{", ".join(a.authors)}</div>{_ps(a.paragraphs)}</div></div>{_foot()}</body>"""
    return _whole(_ld([_said(a)]), body, title=a.headline), a.paragraphs, _stated(a)


@layout("orchard", True)
def quotes_table(a: Article) -> Made:
    """What growers said, in a table."""
    rows = (
        ("Idris Vaughan, Penbryn", "“There is nothing left on the trees but the labels.”"),
        ("Bronwen Hale, Cefn", "“We lit eight hundred candles and it looked like a church.”"),
        ("Owen Parry, Llanfach", "“The bank rang before the ministry did.”"),
    )
    table = "".join(f"<tr><td>{who}</td><td>{what}</td></tr>" for who, what in rows)
    body = f"""<body>{_menu()}<article><h1>{a.headline}</h1>{_byline(a)}<div class="body">{_ps(a.paragraphs[:3])}
    <h2>What the growers say</h2><table><thead><tr><th>Grower</th><th>Said</th></tr></thead><tbody>{table}</tbody></table>
    {_ps(a.paragraphs[3:])}</div></article>{_foot()}</body>"""
    gold = [*a.paragraphs[:3], "What the growers say", "Grower Said", *(f"{w} {q}" for w, q in rows), *a.paragraphs[3:]]
    return _whole(_og(a), body, title=a.headline), gold, _stated(a)


@layout("library", False)
def amp(a: Article) -> Made:
    """An AMP page."""
    body = f"""<body><amp-sidebar id="s"><ul>{_links(FURNITURE["menu"])}</ul></amp-sidebar><header class="amp-header">
    <a href="/">{a.outlet}</a></header><article class="amp-article"><h1 class="amp-title">{a.headline}</h1>
    <amp-img src="a.jpg" width="1" height="1"></amp-img>{_ps(a.paragraphs[:3])}<amp-ad type="x"><div>Advertisement</div>
    </amp-ad>{_ps(a.paragraphs[3:])}<amp-social-share type="email"></amp-social-share></article>{_foot()}</body>"""
    head = f'<link rel="canonical" href="{_url(a)}"><style amp-custom>p{{margin:0}}</style>{_ld(_said(a))}'
    return _whole(head, body, ' ⚡ lang="en"', a.headline), a.paragraphs, _stated(a)


@layout("wolves", True)
def infinite_scroll(a: Article) -> Made:
    """The next article is already below."""
    b = ARTICLES["census"]
    shown = "".join(
        f"""<article class="story" data-url="{_url(x)}"><h1>{x.headline}</h1>{_byline(x)}<div class="story-text">
        {_ps(x.paragraphs)}</div></article>""" for x in (a, b)
    )  # fmt: skip
    head = _og(a) + _ld(_said(a))
    return (
        _whole(head, f"<body>{_menu()}<main>{shown}</main>{_foot()}</body>", title=a.headline),
        a.paragraphs,
        _stated(a),
    )


@layout("bank", True)
def related_inside(a: Article) -> Made:
    """Links to other articles stand between the paragraphs."""
    parts = list(a.paragraphs)
    one, two, three = FURNITURE["related"][:3]
    inside = [
        *(_ps(parts[:1]), f'<p><strong>Read more: <a href="/1">{one}</a></strong></p>'),
        *(_ps(parts[1:3]), f'<div class="related-inline"><h4>Related</h4><ul>{_links([two, three])}</ul></div>'),
        _ps(parts[3:]),
    ]
    body = f"""<body>{_menu()}<article><h1>{a.headline}</h1>{_byline(a)}<div class="entry-content">{"".join(inside)}
    </div></article>{_foot()}</body>"""
    return _whole(_og(a) + _ld(_said(a)), body, title=a.headline), a.paragraphs, _stated(a)


@layout("storm", False)
def pull_quotes(a: Article) -> Made:
    """What somebody said is shown again in large letters."""
    quote = "“a noise like a lorry tipping gravel”"
    body = f"""<body>{_menu()}<article><h1>{a.headline}</h1>{_byline(a)}{_ps(a.paragraphs[:2])}
    <aside class="pullquote"><p>{quote}</p></aside>{_ps(a.paragraphs[2:4])}
    <blockquote class="pull-quote"><p>Schools are expected to open as usual.</p></blockquote>{_ps(a.paragraphs[4:])}
    </article>{_foot()}</body>"""
    return _whole(_og(a), body, title=a.headline), a.paragraphs, _stated(a)


@layout("chess", True)
def social_quotes(a: Article) -> Made:
    """Posts from a network are embedded, and belong to the story."""
    posts = (
        ("I have been playing for forty years and I want to sell my board.", "Dmitri Vale (@dvale) July 14, 2025"),
        ("Proud of our club’s youngest member. The cocoa was ours.", "Tarn Chess Club (@tarnchess) July 15, 2025"),
    )
    shown = [
        f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{text}</p>— <a href="https://net.example/{n}">{who}</a></blockquote>'
        for n, (text, who) in enumerate(posts)
    ]
    body = f"""<body>{_menu()}<main><article><h1>{a.headline}</h1>{_byline(a)}{_ps(a.paragraphs[:3])}{shown[0]}
    {_ps(a.paragraphs[3:4])}{shown[1]}{_ps(a.paragraphs[4:])}</article></main>{_foot()}</body>"""
    first, second = ([text, f"— {who}"] for text, who in posts)
    gold = [*a.paragraphs[:3], *first, *a.paragraphs[3:4], *second, *a.paragraphs[4:]]
    return _whole(_ld(_said(a)), body, title=a.headline), gold, _stated(a)


@layout("water", False)
def lists(a: Article) -> Made:
    """An article with a list of advice."""
    advice = (
        "Boil water for one minute and let it cool before you drink it.",
        "Use boiled water to brush your teeth and to wash fruit.",
        "Dishwashers may be used at seventy degrees.",
        "Call 0800 555 014 if you are ill.",
    )
    body = f"""<body>{_menu()}<div class="page-content"><h1>{a.headline}</h1>{_byline(a)}{_ps(a.paragraphs)}
    <h2>What you should do</h2><ul>{_ps(advice, "li")}</ul></div>{_foot()}</body>"""
    return _whole(_og(a), body, title=a.headline), [*a.paragraphs, "What you should do", *advice], _stated(a)


QUESTIONS = (
    ("Did you know that the ceiling was bad?", "I knew that it was old. I did not know that those were the same thing."),
    ("Why did you not close the house at once?", "Because three hundred people had come to hear Delphine Roche, and so had I."),
    ("Will you resign?", "I offered to. The board said that it could not afford another empty chair."),
    ("What will you do until spring?", "We shall sing in the covered market. The acoustics are those of a fish, but an honest one."),
)  # fmt: skip


@layout("opera", True)
def interview(a: Article) -> Made:
    """Questions in bold, answers."""
    shown = "".join(f"<p><strong>{q}</strong></p><p>{r}</p>" for q, r in QUESTIONS)
    body = f"""<body>{_menu()}<main><article><h1>{a.headline}</h1><p class="standfirst">{a.paragraphs[0]} We asked its director,
    Ludovic Arnault.</p>{_byline(a)}<div class="prose">{shown}</div></article></main>{_foot()}</body>"""
    gold = [f"{a.paragraphs[0]} We asked its director, Ludovic Arnault.", *(line for qa in QUESTIONS for line in qa)]
    return _whole(_og(a) + _ld(_said(a)), body, title=a.headline), gold, _stated(a)


@layout("bridge", True)
def newsletter_inside(a: Article) -> Made:
    """A box that asks for an address stands in the middle."""
    box = f"""<div class="newsletter-signup"><h3>{FURNITURE["newsletter"][0]}</h3>{_ps(FURNITURE["newsletter"][1:])}
    <form action="/n"><input type="email"><button>Sign up</button></form></div>"""
    body = f"""<body>{_menu()}<article><h1>{a.headline}</h1>{_byline(a)}<div class="article-body">{_ps(a.paragraphs[:3])}
    {box}{_ps(a.paragraphs[3:])}</div></article>{_foot()}</body>"""
    return _whole(_og(a), body, title=a.headline), a.paragraphs, _stated(a)


@layout("satellite", False)
def newsletter_unmarked(a: Article) -> Made:
    """The same box, with class names that mean nothing."""
    box = f"""<section class="css-1x9fz"><h3>{FURNITURE["newsletter"][0]}</h3>{_ps(FURNITURE["newsletter"][1:])}
    <form><input><button>Sign up</button></form></section>"""
    body = f"""<body>{_menu()}<main class="css-8hz"><div class="css-77a"><h1 class="css-k2">{a.headline}</h1>
    <div class="css-b1">By {_names(a.authors)}</div><div class="css-t0">{_ps(a.paragraphs[:2], marks=' class="css-p"')}
    {box}{_ps(a.paragraphs[2:], marks=' class="css-p"')}</div></div></main>{_foot()}</body>"""
    return _whole(_og(a) + _ld(_said(a)), body, title=a.headline), a.paragraphs, _stated(a)


@layout("zoo", True)
def comments_below(a: Article) -> Made:
    """Readers write below, at length."""
    said = "".join(
        f'<li class="comment"><div class="comment-author">Reader{n}</div><p>{c}</p><a href="#">Reply</a></li>'
        for n, c in enumerate(FURNITURE["comments"] * 2)
    )
    body = f"""<body>{_menu()}<div id="content"><div class="post"><h1>{a.headline}</h1>{_byline(a)}{_ps(a.paragraphs)}
    </div><div id="comments"><h2>6 comments</h2><ol class="comment-list">{said}</ol></div></div>{_foot()}</body>"""
    return _whole(_og(a), body, title=a.headline), a.paragraphs, _stated(a)


@layout("prison", True)
def adverts_between(a: Article) -> Made:
    """An advertisement after each paragraph."""
    advert = f'<div class="ad-slot"><span>{FURNITURE["advert"][0]}</span><p>{FURNITURE["advert"][1]}</p></div>'
    shown = advert.join(_ps([p]) for p in a.paragraphs)
    body = f"""<body>{_menu()}<article><h1>{a.headline}</h1>{_byline(a)}<div class="content">{shown}</div></article>
    {_foot()}</body>"""
    return _whole(_og(a), body, title=a.headline), a.paragraphs, _stated(a)


@layout("river", False)
def dateline_block(a: Article) -> Made:
    """Names, offices, dates and reading times stand in a block of their own below the headline."""
    block = f"""<div class="article-header__meta"><img src="f.jpg" alt="{a.authors[0]}"><span>By</span>
    <a href="/author">{a.authors[0]}</a><span>Environment correspondent</span><span>Published 2 August 2024, 07:30</span>
    <span>Updated 2 August 2024, 16:10</span><span>4 min read</span></div>"""
    body = f"""<body>{_menu()}<main><article><h1>{a.headline}</h1>{block}<div class="article-content">{_ps(a.paragraphs)}
    </div><div class="author-bio"><p>{a.authors[0]} covers rivers, rain and those who answer for them.</p></div></article>
    </main>{_foot()}</body>"""
    head = _og(a) + '<meta property="article:modified_time" content="2024-08-02T16:10:00+00:00">'
    head += f'<meta property="article:author" content="{a.authors[0]}">'
    return _whole(head, body, title=a.headline), a.paragraphs, _stated(a, updated="2024-08-02T16:10:00+00:00")


CORRECTION = (
    "Correction: An earlier version of this article misstated the number of conversions. It is 43 moves, not 34."
)


@layout("marathon", True)
def correction_at_top(a: Article) -> Made:
    """An editor's note before the first paragraph."""
    note = "Editor's note: This article was amended on 20 May 2025 to give the winner's time, which had been left out."
    body = f"""<body>{_menu()}<article><h1>{a.headline}</h1>{_byline(a)}<div class="editors-note"><em>{note}</em></div>
    <div class="article-text">{_ps(a.paragraphs)}</div></article>{_foot()}</body>"""
    return _whole(_og(a), body, title=a.headline), [note, *a.paragraphs], _stated(a)


@layout("theatre", False)
def correction_at_bottom(a: Article) -> Made:
    """A correction in the article's own footer."""
    note = "Correction, 16 February: An earlier version of this article misstated the row in which the man sat."
    body = f"""<body>{_menu()}<main><article><h1>{a.headline}</h1>{_byline(a)}<div class="article-body">{_ps(a.paragraphs)}
    </div><footer class="article-footer"><p class="correction">{note}</p><ul class="tags">{_links(["Theatre", "Crime"])}</ul>
    </footer></article></main>{_foot()}</body>"""
    return _whole(_og(a), body, title=a.headline), [*a.paragraphs, note], _stated(a)


@layout("lighthouse", True)
def print_view(a: Article) -> Made:
    """What the printer is sent."""
    body = f"""<body onload="window.print()"><div class="print-page"><p>{a.outlet}</p><h1>{a.headline}</h1>
    <p>By {a.authors[0]}<br>22 October 2025</p>{_ps(a.paragraphs)}<hr><p>Printed from {_url(a)}</p></div></body>"""
    head = f'<meta name="robots" content="noindex"><link rel="canonical" href="{_url(a)}">'
    head += f'<meta name="author" content="{a.authors[0]}"><meta name="date" content="{a.published}">'
    return _whole(head, body, title=f"{a.headline} - {a.outlet}"), a.paragraphs, _stated(a)


@layout("statue", True)
def old_tables(a: Article) -> Made:
    """A page as they were made in 1999."""
    text = "<br><br>\n".join(f'<font face="Arial" size="2">{p}</font>' for p in a.paragraphs)
    menu = "<br>".join(f'<a href="/{n}.htm"><font size="1">{m}</font></a>' for n, m in enumerate(FURNITURE["menu"]))
    html = f"""<HTML><HEAD><TITLE>{a.headline}</TITLE></HEAD><BODY BGCOLOR="#FFFFFF"><CENTER><TABLE WIDTH=760 BORDER=0>
    <TR><TD COLSPAN=2><IMG SRC="top.gif" ALT="{a.outlet}"></TD></TR><TR><TD WIDTH=140 VALIGN=TOP>{menu}</TD>
    <TD WIDTH=620 VALIGN=TOP><FONT SIZE=5><B>{a.headline}</B></FONT><BR><BR>{text}</TD></TR><TR><TD COLSPAN=2 ALIGN=CENTER>
    <FONT SIZE=1>&copy; 1999 {a.outlet}. All rights reserved.</FONT></TD></TR></TABLE></CENTER></BODY></HTML>"""
    return html, a.paragraphs, {"title": a.headline, "language": "en"}


@layout("airline", False)
def div_soup(a: Article) -> Made:
    """No element means anything."""
    text = "".join(f'<div class="x{n % 3}"><div><span>{p}</span></div></div>' for n, p in enumerate(a.paragraphs))
    menu = "".join(f'<div class="m"><a href="/{n}">{m}</a></div>' for n, m in enumerate(FURNITURE["menu"]))
    body = f"""<body><div id="r"><div class="h"><div>{menu}</div></div><div class="c"><div class="t">{a.headline}</div>
    <div class="s">{_names(a.authors)}</div><div class="b">{text}</div></div><div class="f">{_ps(FURNITURE["legal"], "div")}
    </div></div></body>"""
    head = _og(a) + f'<meta name="author" content="{_names(a.authors)}">'
    return _whole(head, body, title=a.headline), a.paragraphs, _stated(a)


@layout("census", True)
def line_breaks(a: Article) -> Made:
    """Paragraphs are parted by two line breaks, in one div."""
    body = f"""<body><div class="menu">{_links(FURNITURE["menu"], "span")}</div><div class="story"><h1>{a.headline}</h1>
    {"<br/><br/>".join(a.paragraphs)}</div><div class="footer">{FURNITURE["legal"][0]}</div></body>"""
    head = f'<meta property="og:title" content="{a.headline}"><meta property="og:site_name" content="{a.outlet}">'
    return _whole(head, body, title=a.headline), a.paragraphs, _stated(a, "byline", "published", "url")


@layout("pier", False)
def wordpress(a: Article) -> Made:
    """A common theme of a common system."""
    share = (
        '<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul>'
        + _links(FURNITURE["share"])
        + "</ul></div>"
    )
    body = f"""<body class="post-template-default single single-post"><div id="page" class="site"><header id="masthead">
    <p class="site-title"><a href="/">{a.outlet}</a></p>{_menu(' id="site-navigation"')}</header><div id="primary"
    class="content-area"><main id="main" class="site-main"><article id="post-12" class="post type-post hentry"><header
    class="entry-header"><h1 class="entry-title">{a.headline}</h1><div class="entry-meta"><span class="posted-on">
    <time class="entry-date published" datetime="{a.published}T06:30:00+00:00">30 June 2025</time></span>
    <span class="byline"> by <span class="author vcard"><a href="/author/cd">{a.authors[0]}</a></span></span></div></header>
    <div class="entry-content">{_ps(a.paragraphs)}{share}<div id="jp-relatedposts"><h3>Related</h3>
    {_links(FURNITURE["related"][:3], "p")}</div></div><footer class="entry-footer"><span class="cat-links">Posted in
    <a href="/c">Local</a></span></footer></article><nav class="post-navigation"><a href="/p">Previous</a></nav><div
    id="comments" class="comments-area"><div id="respond"><h3>Leave a Reply</h3><p>Your email address will not be published.
    Required fields are marked *</p></div></div></main></div><aside id="secondary" class="widget-area"><section
    class="widget widget_recent_entries"><h2>Recent Posts</h2><ul>{_links(FURNITURE["related"])}</ul></section></aside>
    {_foot()}</div></body>"""
    head = _og(a) + f'<meta name="generator" content="WordPress 6.5"><meta name="author" content="{a.authors[0]}">'
    return _whole(head, body, ' lang="en-GB"', f"{a.headline} – {a.outlet}"), a.paragraphs, _stated(a)


@layout("goats", True)
def drupal(a: Article) -> Made:
    """Fields in fields."""
    body = f"""<body class="path-node page-node-type-article"><div class="dialog-off-canvas-main-canvas"><div role="navigation">
    <ul class="menu">{_links(FURNITURE["menu"])}</ul></div><div class="region region-content"><article role="article"
    class="node node--type-article node--view-mode-full"><h1><span class="field field--name-title">{a.headline}</span></h1>
    <div class="node__meta">By <span class="field field--name-uid">{a.authors[0]}</span> on {a.published}</div><div
    class="node__content"><div class="field field--name-body field--type-text-with-summary">{_ps(a.paragraphs)}</div>
    <div class="field field--name-field-tags"><div class="field__label">Tags</div><div class="field__items">
    {_links(["Goats", "Wales", "Parks"], "div")}</div></div></div></article></div><div class="region region-sidebar-second">
    <div class="views-element-container block"><h2>Latest</h2>{_links(FURNITURE["related"], "div")}</div></div></div>
    {_foot()}</body>"""
    head = f'<link rel="canonical" href="{_url(a)}">{_og(a, "og:url")}<meta name="dcterms.creator" content="{a.authors[0]}">'
    return _whole(head, body, title=f"{a.headline} | {a.outlet}"), a.paragraphs, _stated(a)


@layout("tunnel", False)
def government(a: Article) -> Made:
    """A press release."""
    notes = ("The wreck was found on 16 September 2025.", "The tunnel is to be opened in 2031.")
    body = f"""<body><div class="gov-cookie-banner">{_ps(FURNITURE["consent"][:2])}</div><header class="gov-header">
    <a href="/">Strait Ministry of Works</a>{_menu()}</header><div class="gov-breadcrumbs">{_links(["Home", "News"], "span")}
    </div><main id="content"><p class="context">Press release</p><h1 class="gov-title">{a.headline}</h1><p class="lead">
    {a.paragraphs[0]}</p><dl class="meta"><dt>From:</dt><dd>Ministry of Works</dd><dt>Published</dt><dd>18 September 2025</dd>
    </dl><div class="gov-speak">{_ps(a.paragraphs[1:])}<h2>Notes to editors</h2><ol>{_ps(notes, "li")}</ol></div></main>
    {_foot()}</body>"""
    head = f'<meta name="dc.date" content="{a.published}"><meta name="dc.publisher" content="Strait Ministry of Works">'
    head += f'<link rel="canonical" href="{_url(a)}"><meta property="og:title" content="{a.headline}">'
    gold = [*a.paragraphs, "Notes to editors", *notes]
    return _whole(head, body, title=a.headline), gold, _stated(a, "byline", outlet="Strait Ministry of Works")


@layout("strike", True)
def wire(a: Article) -> Made:
    """An agency's page: one preformatted story, hard lines."""
    body = f"""<body><div class="wire-nav">{_links(FURNITURE["menu"][:5], "span")}</div><div class="wire-item"><div
    class="wire-slug">BRACKLEY-STRIKE/ (UPDATE 2)</div><h1>{a.headline}</h1><div class="wire-body"><p>BRACKLEY, July 23
    (Trent Wire) - {a.paragraphs[0]}</p>{_ps(a.paragraphs[1:])}<p>(Reporting by Damon Sewell; Editing by Joan Park)</p></div>
    </div><div class="wire-legal">{FURNITURE["legal"][0]}</div></body>"""
    gold = [f"BRACKLEY, July 23 (Trent Wire) - {a.paragraphs[0]}", *a.paragraphs[1:]]
    gold.append("(Reporting by Damon Sewell; Editing by Joan Park)")
    head = _ld(_said(a, dateModified="2024-07-23T11:00:00Z"))
    return _whole(head, body, title=a.headline), gold, _stated(a, updated="2024-07-23T11:00:00Z")


@layout("ferry", False)
def mobile(a: Article) -> Made:
    """A page for small screens, with drawers."""
    body = f"""<body class="m"><input type="checkbox" id="drawer"><label for="drawer">Menu</label><div class="drawer">
    <ul>{_links(FURNITURE["menu"])}</ul></div><div class="m-article"><div class="m-kicker">Harbour</div><div class="m-headline">
    <h1>{a.headline}</h1></div><div class="m-byline">{a.authors[0]}</div>{_ps(a.paragraphs, "div", ' class="m-p"')}
    </div><div class="m-more"><h3>Next up</h3>{_links(FURNITURE["related"][:4], "div")}</div>{_foot()}</body>"""
    return (
        _whole(_og(a) + f'<meta name="author" content="{a.authors[0]}">', body, title=a.headline),
        a.paragraphs,
        _stated(a),
    )


@layout("dam", True)
def main_only(a: Article) -> Made:
    """`main`, without an article in it."""
    body = f"""<body>{_menu()}<main><h1>{a.headline}</h1><p><time datetime="{a.published}T05:00:00Z">3 September 2024</time></p>
    {_ps(a.paragraphs)}</main>{_foot()}</body>"""
    head = f'<meta name="author" content="{a.authors[0]}"><meta name="author" content="{a.authors[1]}">'
    head += f'<link rel="canonical" href="{_url(a)}"><meta property="og:site_name" content="{a.outlet}">'
    return _whole(head, body, title=a.headline), a.paragraphs, _stated(a)


@layout("school", False)
def first_page_of_three(a: Article) -> Made:
    """The article goes on on other pages."""
    pager = '<div class="pagination"><span>1</span><a href="?page=2">2</a><a href="?page=3">3</a><a href="?page=2">Next page</a></div>'
    body = f"""<body>{_menu()}<article><h1>{a.headline}</h1>{_byline(a)}<div class="article-body">{_ps(a.paragraphs[:3])}
    </div>{pager}</article>{_foot()}</body>"""
    return _whole(_og(a) + '<link rel="next" href="?page=2">', body, title=a.headline), a.paragraphs[:3], _stated(a)


@layout("election", False)
def opinion(a: Article) -> Made:
    """A column, with its writer's picture and what she has written before."""
    body = f"""<body>{_menu()}<article class="opinion"><div class="columnist"><img src="c.jpg" alt=""><a href="/c">{a.authors[0]}</a>
    <span>Columnist</span></div><h1>{a.headline}</h1><h2 class="dek">What forty-one votes say about a city of ninety thousand
    </h2><div class="c-text">{_ps(a.paragraphs)}</div><p class="tagline"><em>Miles Ferrant has written about Port Calder for
    thirty years.</em></p></article><section class="more-from"><h3>More from Miles Ferrant</h3><ul>
    {_links(FURNITURE["related"])}</ul></section>{_foot()}</body>"""
    gold = ["What forty-one votes say about a city of ninety thousand", *a.paragraphs]
    return _whole(_ld(_said(a, "OpinionNewsArticle")), body, title=a.headline), gold, _stated(a)


@layout("bees", True)
def fact_check(a: Article) -> Made:
    """A claim, a verdict, and why."""
    claim = "“Honeybees are dying out in our cities,” a leaflet of the party Fresh Air says."
    verdict = "There are nine times as many hives as ten years ago."
    box = f"""<div class="verdict-box"><h3>The claim</h3><p>{claim}</p><h3>Verdict</h3><p><b>False.</b> {verdict}</p></div>"""
    body = f"""<body>{_menu()}<main><article><h1>{a.headline}</h1>{_byline(a)}{box}<div class="article__content">
    {_ps(a.paragraphs)}</div></article></main>{_foot()}</body>"""
    review = _said(a, "ClaimReview", claimReviewed=claim, reviewRating={"@type": "Rating", "alternateName": "False"})
    gold = ["The claim", claim, "Verdict", f"False. {verdict}", *a.paragraphs]
    return _whole(_ld([review, _said(a)]), body, title=a.headline), gold, _stated(a)


@layout("lighthouse", False)
def obituary(a: Article) -> Made:
    """A life, with a box of dates and a place for condolences."""
    life = ("Born: 3 May 1933, Skerry Bay", "Keeper of the Skerry light: 1957 to 2025")
    body = f"""<body>{_menu()}<div class="obituary"><h1>{a.headline}</h1><p class="obit-dates">1933 – 2025</p><div class="obit-text">
    {_ps(a.paragraphs)}</div><div class="obit-facts"><ul>{_ps(life, "li")}</ul></div></div><div class="guestbook comments">
    <h3>Condolences</h3>{_ps(FURNITURE["comments"])}</div>{_foot()}</body>"""
    head = _og(a) + f'<meta name="byl" content="By {a.authors[0]}"><meta name="author" content="{a.authors[0]}">'
    return _whole(head, body, title=a.headline), ["1933 – 2025", *a.paragraphs, *life], _stated(a)


TICKER = (
    ("90", "The referee, Ada Pell, looks at her watch, then at the goat, and blows for full time."),
    ("78", "Goal. Tolland lead after their captain, Joe Marsh, heads in a corner that nobody else had noticed."),
    ("61", "A goat has come onto the pitch at the northern end and is being followed by two stewards."),
    ("44", "Craigallan hit the post. “That was in,” their trainer, Ewan Bligh, shouts at the fourth official."),
    ("12", "Tolland's goalkeeper, Sid Crane, asks for the floodlights to be turned down, and they are."),
)


@layout("marathon", False)
def ticker(a: Article) -> Made:
    """A match, minute by minute."""
    shown = "".join(f'<li class="tick"><span class="min">{m}</span><p>{t}</p></li>' for m, t in TICKER)
    body = f"""<body>{_menu()}<main><h1>{a.headline}</h1><div class="score-bar"><span>Tolland</span> <b>1</b>:<b>0</b>
    <span>Craigallan</span></div><ol class="ticks">{shown}</ol></main>{_foot()}</body>"""
    gold = [line for pair in TICKER for line in pair]
    return _whole(_ld(_said(a)), body, title=a.headline), gold, _stated(a)


@layout("prison", False)
def transcript(a: Article) -> Made:
    """Who said what, word for word."""
    said = (
        ("THE CHAIR", "Governor, would you tell the committee how you came to be in the cell?"),
        ("MR THRELFALL", "I walked in, madam, in order to show that one could walk out."),
        ("THE CHAIR", "And could one?"),
        ("MR THRELFALL", "At six in the evening, yes. It was a very thorough demonstration."),
        ("MS ODELL", "Did you at any point consider that four thousand of these might be too many?"),
        ("MR THRELFALL", "I considered little else from noon until four, and then somebody passed me some tea."),
        ("THE CHAIR", "The committee is adjourned. Would somebody please try the door first?"),
    )
    shown = "".join(f"<dt>{who}:</dt><dd>{what}</dd>" for who, what in said)
    body = f"""<body>{_menu()}<article class="transcript"><h1>{a.headline}</h1>{_byline(a)}<p>{a.paragraphs[0]}</p>
    <dl class="lines">{shown}</dl></article>{_foot()}</body>"""
    gold = [a.paragraphs[0], *(line for who, what in said for line in (f"{who}:", what))]
    return _whole(_og(a), body, title=a.headline), gold, _stated(a)


@layout("bank", False)
def blockquotes(a: Article) -> Made:
    """Letters are quoted at length."""
    letter = "We regret that fees were taken after your mother's death. We have closed her account, and our branch in Mercer."
    reply = (
        "You closed the branch in 2018. I should know: she worked there for nineteen years, at the counter by the door."
    )
    body = f"""<body>{_menu()}<article><h1>{a.headline}</h1>{_byline(a)}<div class="post-content">{_ps(a.paragraphs[:3])}
    <p>One customer's son was sent this letter:</p><blockquote><p>{letter}</p></blockquote><p>He answered:</p>
    <blockquote>{reply}</blockquote>{_ps(a.paragraphs[3:])}</div></article>{_foot()}</body>"""
    gold = [
        *a.paragraphs[:3],
        "One customer's son was sent this letter:",
        letter,
        "He answered:",
        reply,
        *a.paragraphs[3:],
    ]
    return _whole(_og(a), body, title=a.headline), gold, _stated(a)


@layout("satellite", True)
def footnotes(a: Article) -> Made:
    """Marks in the text, notes below."""
    notes = ("Space Institute, report 14/2013, page 9.", "Kerr posted the recording on her own page on 3 August.")
    marked = [a.paragraphs[0] + '<sup><a href="#n1">1</a></sup>', a.paragraphs[1] + '<sup><a href="#n2">2</a></sup>']
    body = f"""<body>{_menu()}<article><h1>{a.headline}</h1>{_byline(a)}<div class="body-text">{"".join(f"<p>{p}</p>" for p in marked)}
    {_ps(a.paragraphs[2:])}</div><section class="footnotes"><ol>{_ps(notes, "li")}</ol></section></article>{_foot()}</body>"""
    gold = [a.paragraphs[0] + "1", a.paragraphs[1] + "2", *a.paragraphs[2:], *notes]
    return _whole(_og(a), body, title=a.headline), gold, _stated(a)


@layout("bridge", False)
def timeline(a: Article) -> Made:
    """A story and its history, year by year."""
    years = (
        ("1871", "Two parishes give the stone, and are promised that they will never pay."),
        ("1994", "The toll is raised to 50 pence after a fight in the council chamber."),
        ("2012", "The maintenance fund goes into a stadium for a club that is later dissolved."),
        ("2024", "The county decides to charge three times as much."),
    )
    shown = "".join(f'<li class="timeline-item"><h4>{y}</h4><p>{t}</p></li>' for y, t in years)
    body = f"""<body>{_menu()}<div class="single-content"><h1>{a.headline}</h1>{_byline(a)}{_ps(a.paragraphs)}
    <h2>How it came to this</h2><ul class="timeline">{shown}</ul></div>{_foot()}</body>"""
    gold = [*a.paragraphs, "How it came to this", *(line for pair in years for line in pair)]
    return _whole(_og(a), body, title=a.headline), gold, _stated(a)


@layout("storm", True)
def explainer(a: Article) -> Made:
    """A picture after each paragraph, headings as questions."""
    asked = (
        "How many homes are without power?",
        "Was anybody hurt?",
        "When will it end?",
        "Did the wall hold?",
        "What now?",
    )
    shown = "".join(
        f"""<h2>{q}</h2><p>{p}</p><figure><img src="{n}.png" alt=""><figcaption>Map {n + 1}. Source: Fenland Radio</figcaption></figure>"""
        for n, (q, p) in enumerate(zip(asked, a.paragraphs, strict=True))
    )
    body = f"""<body>{_menu()}<main><article><h1>{a.headline}</h1>{_byline(a)}<div class="explainer-body">{shown}</div></article>
    </main>{_foot()}</body>"""
    gold = [line for pair in zip(asked, a.paragraphs, strict=True) for line in pair]
    return _whole(_ld(_said(a)), body, title=a.headline), gold, _stated(a)


@layout("chess", False)
def minimal(a: Article) -> Made:
    """No head, no body, no end tags."""
    html = f"<h1>{a.headline}</h1>\n" + "\n".join(f"<p>{p}" for p in a.paragraphs)
    return f"<!doctype html>{html}", a.paragraphs, {"title": a.headline, "language": "en"}


@layout("theatre", True)
def xhtml(a: Article) -> Made:
    """XHTML of 2005."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"><head><title>{a.headline} :: {a.outlet}</title>
<meta http-equiv="Content-Type" content="application/xhtml+xml; charset=utf-8" /><meta name="author" content="{a.authors[0]}" />
<meta name="DC.date.issued" content="{a.published}" /><meta name="application-name" content="{a.outlet}" />
<link rel="canonical" href="{_url(a)}" /></head><body><div id="nav"><ul>{_links(FURNITURE["menu"])}</ul></div><div id="story">
<h2>{a.headline}</h2><hr />{_ps(a.paragraphs)}</div><div id="footer">{_ps(FURNITURE["legal"])}</div></body></html>
""", a.paragraphs, _stated(a)  # fmt: skip


@layout("library", True)
def shell(a: Article) -> Made:
    """A page that scripts would fill: the text lies in JSON-LD only."""
    head = _ld(_said(a, articleBody="\n\n".join(a.paragraphs))) + "<script>window.__STATE__={}</script>"
    body = """<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body>"""
    return _whole(head, body, title=a.outlet), a.paragraphs, _stated(a)


@layout("wolves", False)
def iframes(a: Article) -> Made:
    """Players, maps and polls in frames."""
    frame = '<div class="embed-container"><iframe src="https://player.example/1" title="player"></iframe></div>'
    poll = '<div class="poll-widget"><p>Do you trust genetic tests?</p><label>Yes</label><label>No</label><button>Vote</button></div>'
    body = f"""<body>{_menu()}<main><article><h1>{a.headline}</h1>{frame}{_byline(a)}{_ps(a.paragraphs[:3])}{frame}
    {_ps(a.paragraphs[3:])}{poll}</article></main>{_foot()}</body>"""
    return _whole(_og(a) + _ld(_said(a)), body, title=a.headline), a.paragraphs, _stated(a)


@layout("water", True)
def with_base(a: Article) -> Made:
    """Addresses are relative to a base, and inline elements are everywhere in the text."""
    marked = [p.replace(" said", ' <a href="/s">said</a>', 1).replace("the ", "<i>the</i> ", 1) for p in a.paragraphs]
    body = f"""<body>{_menu()}<section class="story-body"><h1>{a.headline}</h1><span class="by">By {a.authors[0]}</span>
    {"".join(f"<p>{p}</p>" for p in marked)}</section>{_foot()}</body>"""
    path = _url(a).removeprefix(_site(a) + "/")
    head = f'<base href="{_site(a)}/"><link rel="canonical" href="{path}"><meta property="og:site_name" content="{a.outlet}">'
    head += f'<meta name="parsely-author" content="{a.authors[0]}"><meta name="parsely-pub-date" content="{a.published}T06:30:00Z">'
    return _whole(head, body, title=a.headline), a.paragraphs, _stated(a)


@layout("airline", True)
def microdata(a: Article) -> Made:
    """What the page says of itself is marked in the text."""
    body = f"""<body>{_menu()}<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{a.headline}</h1>
    <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{a.authors[0]}</span></span>
    <time itemprop="datePublished" datetime="{a.published}">{a.published}</time><div itemprop="articleBody">{_ps(a.paragraphs)}
    </div></div>{_foot()}</body>"""
    head = f'<link rel="canonical" href="{_url(a)}"><meta property="og:site_name" content="{a.outlet}">'
    return _whole(head, body, title=f"{a.headline} | {a.outlet}"), a.paragraphs, _stated(a)


@layout("hospital", True)
def boxes_beside(a: Article) -> Made:
    """A box of background facts belongs to the story, one of other stories does not."""
    facts = ("Two in ten thousand newborns are given a wrong label.", "The printer was bought in 2016.")
    box = f'<div class="factbox"><h3>In brief</h3><ul>{_ps(facts, "li")}</ul></div>'
    other = f'<aside class="recommended"><h3>Recommended</h3>{_links(FURNITURE["related"][:3], "p")}</aside>'
    body = f"""<body>{_menu()}<article><h1>{a.headline}</h1>{_byline(a)}<div class="text-content">{_ps(a.paragraphs[:2])}{box}
    {_ps(a.paragraphs[2:4])}{other}{_ps(a.paragraphs[4:])}</div></article>{_foot()}</body>"""
    gold = [*a.paragraphs[:2], "In brief", *facts, *a.paragraphs[2:]]
    return _whole(_og(a) + _ld(_said(a)), body, title=a.headline), gold, _stated(a)


@layout("mine", False)
def aspx_form(a: Article) -> Made:
    """The whole page lies in a form."""
    body = f"""<body><form method="post" action="./a.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="x">
    <div id="topMenu"><ul>{_links(FURNITURE["menu"])}</ul></div><div id="ctl00_pnlContent"><h1>{a.headline}</h1><div
    id="ctl00_lblDate">05/11/2024</div><div id="ctl00_lblBody">{_ps(a.paragraphs)}</div></div><div id="bottomLinks">
    {_links(["Terms", "Privacy", "Cookies"], "span")}</div></form></body>"""
    return _whole(_og(a), body, title=a.headline), a.paragraphs, _stated(a, "byline")


@layout("tunnel", True)
def nested_sections(a: Article) -> Made:
    """Each part of the article lies in a section, with a component's box around it."""
    shown = "".join(
        f'<div data-component="text-block" class="ssrcss-{n}"><div><p>{p}</p></div></div>'
        for n, p in enumerate(a.paragraphs)
    )
    body = f"""<body><div id="main-wrapper"><header role="banner">{_menu()}</header><main><article><header><h1>{a.headline}</h1>
    </header><div data-component="byline-block"><div><span>By {_names(a.authors)}</span><span>Maritime correspondents</span></div>
    </div>{shown}<div data-component="links-block"><h2>More on this story</h2><ul>{_links(FURNITURE["related"][:3])}</ul></div>
    <div data-component="topic-list"><h2>Related topics</h2><ul>{_links(["Ships", "Tunnels"])}</ul></div></article></main></div>
    {_foot()}</body>"""
    return _whole(_og(a) + _ld(_said(a)), body, title=f"{a.headline} - {a.outlet}"), a.paragraphs, _stated(a)


@layout("strike", False)
def right_of_menu(a: Article) -> Made:
    """The menu is longer than the article."""
    menu = "".join(
        f"<h5>{m}</h5><ul>{_links(FURNITURE['menu'] + FURNITURE['related'])}</ul>" for m in FURNITURE["menu"]
    )
    body = f"""<body><div class="left">{menu}</div><div class="right"><h1>{a.headline}</h1>{_byline(a)}{_ps(a.paragraphs)}</div>
    {_foot()}</body>"""
    return (
        _whole(_og(a) + f'<meta name="author" content="{a.authors[0]}">', body, title=a.headline),
        a.paragraphs,
        _stated(a),
    )


@layout("goats", False)
def trimmings_unmarked(a: Article) -> Made:
    """What sites write between paragraphs, in paragraphs like any other."""
    parts = a.paragraphs
    body = f"""<body>{_menu()}<div class="post-body"><h1>{a.headline}</h1><p>By {a.authors[0]}</p><p>3 April 2024</p>{_ps(parts[:2])}
    <p>ADVERTISEMENT</p>{_ps(parts[2:3])}<p><a href="/r">READ MORE: {FURNITURE["related"][3]}</a></p>{_ps(parts[3:])}
    <p>Follow us on Facebook and sign up for our newsletter.</p><p>© 2024 {a.outlet}</p></div>{_foot()}</body>"""
    return _whole(_og(a), body, title=a.headline), parts, _stated(a)
