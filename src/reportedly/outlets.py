"""The news outlets, agencies and social platforms of the world by the names that reports give them, and their
mentions in a text. The facts stand in `data/outlets.tsv`, one outlet a line."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import urlsplit


class Outlet(NamedTuple):
    """One that publishes. `name` is its masthead, `kind` is "outlet", "agency" or "social"; `family` is the owner or
    publisher, or empty. What is not known for sure is left empty."""

    name: str
    kind: str
    family: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]


def _listed_in(text: str, mark: str | None = None) -> frozenset[str]:
    """The words of a text, or what stands between its marks."""
    return frozenset(" ".join(part.split()) for part in text.split(mark))


# Mastheads that a sentence also uses for something else. One with "The" in the data is meant only behind its article
# (and the strict ones only behind a capital one, or behind "told", "according to"); one without is meant only behind
# such a cue or before "magazine", "newspaper" and the like.
_EVERYDAY = _listed_in(
    """
    Billboard Clubhouse Cosmopolitan Dawn Deadline Discord Economist Elle Esquire Fars Fortune Fusion Gab Grist
    Guardian Intercept Jezebel Life Medium Mehr Mirror People Periscope Petra Quartz Reason Recode Reforma Rumble
    Salon Semana Signal Slate Stern Telegraph Threads Time TIME Twitch Variety Vice VICE Vine Vogue Vox Wired WIRED X
    """
) | {"Europe 1", "France 2", "Rossiya 1", "Russia 1"}
_STRICT = _listed_in(
    """
    Age Atlantic Australian Blade Blaze Bulwark Conversation Dispatch Federalist Forward Hill Hindu Independent
    Namibian Nation Observer Oklahoman Oregonian Print Register Root Scotsman Spectator Sun Tennessean Verge Wire Wrap
    """
) | {"Free Press", "War Zone", "News Tribune", "National Interest"}
# Names that people bear as well: not meant beside another capitalised name, nor where the text names such a person.
_SURNAMES = frozenset({"Fox", "Bloomberg", "Forbes", "Drudge", "Cihan", "Wafa", "Tasnim", "Efe"})
# Programmes and magazines whose names, with small letters, are plain English.
_PHRASES = _listed_in(
    """
    60 minutes; 48 hours; face the nation; meet the press; foreign policy; foreign affairs; private eye; rolling
    stone; last week tonight; all things considered; morning edition; national review; national interest; free press;
    war zone; news tribune; new vision; new statesman; new republic; new arab; business day; global news; business
    standard; iraqi news; life news; squawk box; nine news; morning star; national post; today
    show; daily show; think progress; raw story; just security; war on the rocks; defense news; military times;
    education week; union leader; telegram channel; press association; star tribune; global times;
    american prospect; american conservative; american spectator; news international; scientific american; southern
    weekly; southern weekend; independent online
    """,
    ";",
)

MASTHEAD_ENDS = (
    *("Advertiser", "Argus", "Bugle", "Chronicle", "Courier", "Daily", "Dispatch", "Echo", "Examiner", "Gazette"),
    *("Guardian", "Herald", "Inquirer", "Journal", "Ledger", "Mail", "Mercury", "Messenger", "Monitor", "News"),
    *("Observer", "Post", "Press", "Recorder", "Register", "Reporter", "Sentinel", "Standard", "Star", "Telegraph"),
    *("Times", "Tribune", "Wire"),
)
"""The last words of newspapers' names."""
# A name of such words only is the end of a longer one behind another capital: "the Harbour *Daily Mail*".
_COMMON = frozenset(MASTHEAD_ENDS) | _listed_in(
    "Business Economic Evening Express Financial Free Global Morning National Nine Sun Sunday Weekly"
)
_BEFORE_NAME = re.compile(
    r"(?<![\w’'])(?!(?:The|An?|Former|Veteran|Rival|Today|Yesterday|Then|British|English|American|US|UK|Editor|Mr|Mrs|Ms|Dr"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\s)(?P<word>[A-Z][\w-]*)\s$"
)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)
# An office by what it is for bears no masthead: "the Ministry of *Foreign Affairs*".
_OFFICE = re.compile(
    r"\b(?:Ministry|Ministries|Ministers?|Department|Committee|Council|Office|Secretary) (?:of|for|on) (?:the )?\Z",
    re.I,
)
_NOUN = re.compile(
    r"\s+(?:magazine|(?:daily |weekly )?newspaper|tabloid|daily|weekly|website|news\s?site|news agency|agency|newswire"
    r"|wire|network|channel|television|TV|app|platform)$"
)
_NOUN_BEHIND = re.compile(
    r"\s(?:magazine|(?:daily |weekly )?newspaper|tabloid|website|news (?:agency|channel|site)|television|TV|channel)\b"
)
_CUE = re.compile(
    r"\b(?:told|tells|telling|interview with|interviewed by|according to"
    r"|(?:reported|cited|quoted|published|confirmed) (?:by|in)|(?:statement|spoke|speaking|spoken) to"
    r"|spoke with|(?:writing|wrote|written) (?:in|for))\s$",
)
_POSTED = re.compile(r"(?<![\w])(?:on|via)\s$")
_THE = re.compile(r"(?<!\w)(?:[Tt]he|THE)\s{1,2}$")
_SAYS = re.compile(
    r"['’]s\b|,|\s(?:reports?|reported|said|says|wrote|writes|has|had|also|first|noted|quoted|cited|claim(?:s|ed)|added"
    r"|published|revealed|broke|that|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_CAPITAL_BEHIND = re.compile(
    r"\s(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Jan|Febr)uary\b|March\b|April\b|May\b|June\b|July\b|August\b"
    r"|(?:Septem|Octo|Novem|Decem)ber\b)[A-Z]|-\w"
)
_CAPITAL_BEFORE = re.compile(r"(?:\b[A-Z][\w'’-]*\.?|\b(?:al|bin|de|van|von))\s$")
_OPENING = _listed_in(
    """
    In On At But And The As From To For By When While After If With Via Both Like Per Unlike Or So
    """
)
_MID_SENTENCE = re.compile(r"[a-z0-9,;:]['’”\"]?\s[\"“'‘]?$")
_BEFORE, _BEHIND = 40, 40  # characters of context that a mention is judged by


def _plain(name: str) -> str:
    """A name with single spaces and straight apostrophes."""
    return re.sub(r"\s+", " ", name).strip().replace("’", "'").replace("‘", "'")


def _unaccented(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.replace("ı", "i")) if not unicodedata.combining(c))


def _bare(name: str) -> str:
    """A name without its article."""
    return _ARTICLE.sub("", name)


@cache
def outlets() -> tuple[Outlet, ...]:
    """Every outlet that the data holds, in its order."""
    lines = (files(__package__) / "data" / "outlets.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return tuple(
        Outlet(name, kind, family, tuple(_listed(aliases)), tuple(_listed(domains)))
        for name, kind, family, aliases, domains in rows
    )


def _listed(cell: str) -> list[str]:
    return [part for part in cell.split(" | ") if part]


@cache
def _written() -> dict[str, Outlet]:
    """Each form that a mention may have, without its article: as the data writes it, without accents, with "and" for
    "&" and, where it can be mistaken for nothing else, in capitals. A form in the data wins over a derived one."""
    known: dict[str, Outlet] = {}
    for derived in (False, True):
        for outlet in outlets():
            for name in (outlet.name, *outlet.aliases):
                form = _bare(_plain(name))
                for variant in _variants(form) if derived else (form,):
                    known.setdefault(variant, outlet)
    return known


def _variants(form: str) -> Iterator[str]:
    for variant in {form, _unaccented(form), form.replace(" & ", " and ")}:
        yield variant
        if " " in variant:
            yield re.sub(r"(?<= )[a-z]", lambda m: m[0].upper(), variant)
            yield re.sub(r"(?<= )(?:Of|And|The|For|On|With|In)(?= )", lambda m: m[0].lower(), variant)
        if len(form) > 4 and form not in _EVERYDAY | _STRICT | _SURNAMES and form.lower() not in _PHRASES:
            yield variant.upper()


@cache
def _articled() -> frozenset[str]:
    """The everyday names that the data writes with "The": without it they are no outlet."""
    names = (_plain(name) for outlet in outlets() for name in (outlet.name, *outlet.aliases))
    return frozenset(_bare(name) for name in names if name.startswith("The ") and _bare(name) in _EVERYDAY | _STRICT)


@cache
def _folded() -> dict[str, Outlet]:
    """The names of several words, whatever their letter case; not those that are plain English in small letters."""
    return {
        form.casefold(): outlet for form, outlet in _written().items() if " " in form and form.lower() not in _PHRASES
    }


@cache
def _by_domain() -> dict[str, Outlet]:
    return {domain: outlet for outlet in outlets() for domain in outlet.domains}


def outlet_of(name: str) -> Outlet | None:
    """The outlet that a whole name means: "the New York Times", "Reuters’", "Time magazine". A leading article, a
    possessive ending and a closing "magazine", "newspaper", "news agency" count for nothing. Single words and acronyms
    count only in their own letter case, names of several words in any. "Hill" and "Sun" are nothing without "the".

    >>> outlet_of("the  new york times’s").name
    'The New York Times'
    >>> outlet_of("The Hill").name
    'The Hill'
    >>> outlet_of("Hill"), outlet_of("time")
    (None, None)
    """
    plain = _plain(name)
    ended = re.sub(r"(?:'s|(?<=s)')$", "", plain)
    for whole in dict.fromkeys((plain, ended, _NOUN.sub("", ended), re.sub(r"'s?$", "", _NOUN.sub("", ended)))):
        bare = _bare(whole)
        if bare in _articled() and bare == whole:
            continue
        if found := _written().get(bare) or _folded().get(bare.casefold()):
            return found
    return None


def outlet_at(url: str) -> Outlet | None:
    """The outlet whose domain an address has, or lies under. A bare host name is an address too.

    >>> outlet_at("https://edition.cnn.com/2016/x.html").name
    'CNN'
    """
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    labels = host.rstrip(".").split(".")[-6:]
    return next(
        (found for at in range(len(labels) - 1) if (found := _by_domain().get(".".join(labels[at:])))),
        None,
    )


class _Branch(dict[str, "_Branch"]):
    """A node of the tree of all forms, by their characters; "" marks the end of one."""


@cache
def _mention() -> re.Pattern[str]:
    """One pattern for all forms: a tree, so that a text is read once however many names there are."""
    root = _Branch()
    for form in _written():
        branch = root
        for character in form:
            branch = branch.setdefault(character, _Branch())
        branch[""] = _Branch()
    # A name may begin no word's middle, and no address's.
    return re.compile(rf"(?<![\w./])(?={_one_of(key for key in root)}){_pattern(root)}")


def _one_of(characters: Iterable[str]) -> str:
    return "[" + "".join(sorted(map(re.escape, characters))) + "]"


def _pattern(branch: _Branch) -> str:
    """What follows at a node, longest first: a form may end where a word does."""
    ways = [_character(key) + _pattern(below) for key, below in sorted(branch.items()) if key]
    if "" in branch:
        ways.append(r"(?!\w)")
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _character(character: str) -> str:
    if character == " ":
        return r"[^\S\n]{1,2}"
    return "['’]" if character == "'" else re.escape(character)


def find_outlets(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, Outlet]]:
    """The mentions of outlets in text[start:end], from left to right, the longest at each place, without their article:
    where each begins and ends in the text. A name that is an ordinary word or a person's counts only where the words
    around it say so.

    >>> text = "Time flies, he told Time; The Hill and the New York Times ran it on a hill."
    >>> [text[a:b] for a, b, _ in find_outlets(text)]
    ['Time', 'Hill', 'New York Times']
    """
    stop = len(text) if end is None else min(end, len(text))
    borne: dict[str, bool] = {}
    at = start
    while found := _mention().search(text, at, stop):
        form = _plain(found[0])
        if _is_meant(text, found.start(), found.end(), form, borne):
            yield found.start(), found.end(), _written()[form]
            at = found.end()
        else:
            at = found.start() + 1


def _is_meant(text: str, low: int, high: int, form: str, borne: dict[str, bool]) -> bool:
    """Whether the name at text[low:high] is the outlet's, by the words beside it. `borne` keeps which surnames the text
    gives to a person."""
    if form == "RT":  # a passed-on tweet
        return not re.match(r"\s?[@:]", text[high : high + 2])
    if _OFFICE.search(text, max(0, low - _BEFORE), low):
        return False
    if form not in _EVERYDAY and form not in _STRICT and form not in _SURNAMES:
        longer = _COMMON.issuperset(form.split()) and _BEFORE_NAME.search(text, max(0, low - _BEFORE), low)
        return not longer or longer["word"] in _OPENING
    before, behind = text[max(0, low - _BEFORE) : low], text[high : high + _BEHIND]
    crowded = bool(_CAPITAL_BEHIND.match(behind))
    if form in _SURNAMES:
        if form not in borne:
            borne[form] = any(m[1] not in _OPENING for m in _bearer(form).finditer(text))
        namesake = _CAPITAL_BEFORE.search(before)
        return not borne[form] and not (namesake and namesake[0].strip() not in _OPENING)
    if form in _articled():
        article = _THE.search(before)
        if not article:
            return False
        ahead = before[: article.start()]
        if _NOUN_BEHIND.match(behind) or (_CUE.search(ahead) and not crowded):
            return True
        if crowded:
            return False
        if form not in _STRICT:
            return True
        return article[0][0] == "T" and bool(_MID_SENTENCE.search(ahead) or _SAYS.match(behind))
    if _NOUN_BEHIND.match(behind):
        return True
    social = _written()[form].kind == "social"
    return not crowded and bool(_CUE.search(before) or (social and _POSTED.search(before)))


@cache
def _bearer(surname: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’.-])([A-Z][a-z]+|[A-Z]\.|Mrs?\.|Ms\.)\s{surname}(?![\w-]|\s[A-Z&])")
