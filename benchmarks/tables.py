"""Tables that a command writes into a page, between two marks: <!-- name --> and <!-- /name -->."""

import re
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def put(page: str, name: str, text: str) -> None:
    """Write a text between the marks of this name on a page of docs/. ValueError where the page has no such marks."""
    path = DOCS / page
    before = path.read_text("utf-8")
    pattern = rf"(?s)(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    if not re.search(pattern, before):
        raise ValueError(f"docs/{page} has no place for {name}")
    path.write_text(re.sub(pattern, lambda m: f"{m[1]}{text.strip()}\n{m[2]}", before), "utf-8")
