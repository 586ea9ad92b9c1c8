"""What lies beside the reports in an archive: passed over, and counted by kind."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from .member import Budget, Member, Passed

_BY_TYPE = (
    ("image/", "image{}"),
    ("video/", "video{}"),
    ("audio/", "sound{}"),
    ("font/", "font{}"),
    ("application/font", "font{}"),
    ("application/x-font", "font{}"),
    ("application/vnd.ms-fontobject", "font{}"),
    ("text/css", "style sheet{}"),
    ("text/javascript", "script{}"),
    ("application/javascript", "script{}"),
    ("application/x-javascript", "script{}"),
    ("application/ecmascript", "script{}"),
    ("application/wasm", "script{}"),
)
_SUFFIXES = {
    "image{}": ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp", "tif", "tiff", "heic"],
    "video{}": ["mp4", "m4v", "mov", "avi", "mkv", "webm"],
    "sound{}": ["mp3", "m4a", "wav", "ogg", "opus", "flac", "aac"],
    "font{}": ["woff", "woff2", "ttf", "otf", "eot"],
    "script{}": ["js", "mjs", "wasm", "map"],
    "style sheet{}": ["css"],
}
_BY_SUFFIX = {suffix: kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes}


class Passing:
    """Counts what is passed over in a container. A kind is named with a gap for its plural: "image{}"."""

    def __init__(self, within: Member, budget: Budget) -> None:
        self._within, self._budget = within, budget
        self._counts: Counter[str] = Counter()

    def over(self, kind: str) -> None:
        """One of this kind is passed over. SpentError where there were too many members."""
        self._budget.count()
        self._counts[kind] += 1

    def said(self) -> Iterator[Passed]:
        """One for each kind, the commonest first: "12 images"."""
        for kind, n in self._counts.most_common():
            reason = f"{n} {kind.format('' if n == 1 else 's')} passed over"
            yield Passed(file=self._within.file, member=self._within.name, reason=reason)


def kind_of_type(media_type: str) -> str | None:
    """The kind that a media type names, where that is one that holds no report."""
    return next((kind for start, kind in _BY_TYPE if media_type.startswith(start)), None)


def kind_of_entry(name: str) -> str | None:
    """The kind of an archive's entry that is no report, by its name: hidden files, and the parts of a saved page."""
    parts = name.replace("\\", "/").split("/")
    if any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in parts):
        return "hidden file{}"
    return _BY_SUFFIX.get(PurePosixPath(parts[-1]).suffix[1:].lower())
