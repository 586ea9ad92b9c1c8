"""The words around a source that is not named -> where they say why: "on condition of anonymity"."""

import re
from collections.abc import Sequence

from .quotation import SENTENCE_END
from .records import Stretch

_ANONYMOUS = re.compile(
    r"\b(?:(?:spoke|speaking|talked|who (?:spoke|asked))?\s*(?:up)?on (?:the )?condition (?:of anonymity|that|he|she|they)[^,;.\n”]*"
    r"|(?:who )?(?:was|were|is|are|being)?\s*not (?:authori[sz]ed|allowed|permitted) to[^,;.\n”]*"
    r"|(?:who )?(?:asked|wished|wanted|wishes|requested)(?: (?:to remain|to stay) anonymous| not to be (?:named|identified)| that (?:his|her|their) names?[^,;.\n”]*)[^,;.\n”]*"
    r"|(?:who )?(?:declined|refused|did not want|didn[’']t want) to be (?:named|identified)[^,;.\n”]*"
    r"|(?:spoke|speaking) anonymously[^,;.\n”]*|for fear of[^,;.\n”]*)",
    re.I,
)


def anonymity_of(text: str, phrases: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Where the text says why a source is not named: in the phrase that stands for it, or in its sentence."""
    for start, end in phrases:
        stop = SENTENCE_END.search(text, end)
        for m in _ANONYMOUS.finditer(text, start, min(stop.start() if stop else len(text), end + 200)):
            low = m.start() + len(m.group()) - len(m.group().lstrip())
            return ((low, low + len(m.group().strip())),)
    return ()
