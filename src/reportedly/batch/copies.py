"""Documents that are the same, or have the same words, in different shards: found in one pass when all are read.

Of a document that several shards hold the first stays; of documents of the same words the first one stands for all. The
pass reads the texts once and keeps 16 bytes of each."""

from pathlib import Path

from .output import COPIES, Marker, place_of
from .step import text_key
from .tables import put_table, rows_of


def across(out: Path, markers: list[Marker]) -> tuple[int, int]:
    """Write the table of copies across shards; how many documents are there again, and how many have the words of
    another. Within a shard they are told apart when it is read. BatchError where a file cannot be read."""
    ids: set[bytes] = set()
    first: dict[bytes, str] = {}
    rows = []
    for marker in markers:
        own = _copies(out, marker)
        if not marker.documents:
            continue
        for row in rows_of(place_of(out, "documents", marker.shard), ["id", "file", "member", "text"]):
            document, told = row["id"], {"document": row["id"], "file": row["file"], "member": row["member"]}
            short = bytes.fromhex(document.rpartition("-")[2])
            if short in ids:
                rows.append(told | {"shard": marker.shard, "kind": "again", "copy_of": document})
                continue
            ids.add(short)
            key = text_key(row["text"])
            if key is None:
                continue
            if (known := first.setdefault(key, document)) != document and own.get(document) != known:
                rows.append(told | {"shard": marker.shard, "kind": "same words", "copy_of": known})
    put_table(out / COPIES, "copies", rows)
    return sum(r["kind"] == "again" for r in rows), sum(r["kind"] == "same words" for r in rows)


def _copies(out: Path, marker: Marker) -> dict[str, str]:
    """Which documents of a shard have the words of another in it."""
    if not marker.same_words:
        return {}
    rows = rows_of(place_of(out, "copies", marker.shard), ["document", "kind", "copy_of"])
    return {r["document"]: r["copy_of"] for r in rows if r["kind"] == "same words"}
