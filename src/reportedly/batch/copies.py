"""Documents that are the same, or have the same words, in different shards: found in one pass when all are read.

Of a document that several shards hold the first stays; of documents of the same words the first one stands for all. The
pass reads the texts once and keeps 16 bytes of each."""

from pathlib import Path

import msgspec

from .output import COPIES, Marker, place_of
from .step import text_key
from .tables import put_table, rows_of


class Across(msgspec.Struct, frozen=True, kw_only=True):
    """What copies in different shards change in what the markers count. again: documents that an earlier shard holds;
    read, words, attributions, sources: what the markers count of these. same_words: documents that have the words of
    one in another shard, less those, of these and of `again`, that their shard maps itself."""

    again: int = 0
    same_words: int = 0
    read: int = 0
    words: int = 0
    attributions: int = 0
    sources: int = 0


def across(out: Path, markers: list[Marker]) -> Across:
    """Write the table of copies across shards; what is in it. Within a shard they are told apart when it is read.
    BatchError where a file cannot be read."""
    ids: set[bytes] = set()
    first: dict[bytes, str] = {}
    rows = []
    counts = dict.fromkeys(Across.__struct_fields__, 0)
    for marker in markers:
        own = _copies(out, marker)
        if not marker.documents:
            continue
        again: set[str] = set()
        for row in rows_of(place_of(out, "documents", marker.shard), ["id", "file", "member", "words", "text"]):
            document, told = row["id"], {"document": row["id"], "file": row["file"], "member": row["member"]}
            short = bytes.fromhex(document.rpartition("-")[2])
            if short in ids:
                rows.append(told | {"shard": marker.shard, "kind": "again", "copy_of": document})
                again.add(document)
                if document in own:
                    counts["same_words"] -= 1
                else:
                    counts["read"] += 1
                    counts["words"] += row["words"]
                continue
            ids.add(short)
            key = text_key(row["text"])
            if key is None:
                continue
            if (known := first.setdefault(key, document)) != document and own.get(document) != known:
                rows.append(told | {"shard": marker.shard, "kind": "same words", "copy_of": known})
                counts["same_words"] += document not in own
        counts["again"] += len(again)
        for table in ("attributions", "sources") if again else ():
            path = place_of(out, table, marker.shard)
            counts[table] += sum(r["document"] in again for r in rows_of(path, ["document"])) if path.exists() else 0
    put_table(out / COPIES, "copies", rows)
    return Across(**counts)


def _copies(out: Path, marker: Marker) -> dict[str, str]:
    """Which documents of a shard have the words of another in it."""
    if not marker.same_words:
        return {}
    rows = rows_of(place_of(out, "copies", marker.shard), ["document", "kind", "copy_of"])
    return {r["document"]: r["copy_of"] for r in rows if r["kind"] == "same words"}
