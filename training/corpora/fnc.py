"""FNC-1 bodies: news articles on wars, crimes and rumours, without labels of ours."""

import json
from pathlib import Path


def read(path: Path, shortest: int = 150, longest: int = 900) -> list[tuple[str, str]]:
    """(id, text) of the bodies with `shortest` to `longest` words."""
    rows = [json.loads(x) for x in path.read_text("utf-8").splitlines() if x.strip()]
    return [(r["id"], r["text"]) for r in rows if shortest <= len(r["text"].split()) <= longest]
