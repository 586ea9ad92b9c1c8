"""Labels for training: places and numbers in texts that are not part of the project, and never a word of them."""

import csv
import re
from pathlib import Path

import pytest

from reportedly.records import KINDS

TRAINING = Path(__file__).parent.parent / "training"
NUMBER, PLACES = r"-?\d+", r"(?:\d+-\d+(?: \d+-\d+)*)?"
LABEL, SURE = "(?:supports|disputes|related|unrelated)", "[123]"
DOCUMENT, NUMBERS, KIND = r"[\w.#-]+", r"\d+(?:,\d+)*", "(?:" + "|".join(KINDS) + ")"
COLUMNS = {
    "pairs.tsv": (NUMBER, NUMBER, NUMBER, NUMBER, LABEL, SURE),
    "dev_pairs.tsv": (NUMBER, NUMBER, NUMBER, NUMBER, LABEL, SURE),
    "claims.tsv": (r"[\w/]+", DOCUMENT, PLACES, PLACES, PLACES),
    "claim_pairs.tsv": (NUMBER, NUMBER, LABEL, SURE),
    "relays.tsv": (DOCUMENT, NUMBER, r"\d*", r"\d*"),
    "news_relays.tsv": (r"[\w/]+", DOCUMENT, NUMBER, r"\d*", r"\d*"),
    "roles.tsv": (DOCUMENT, NUMBERS, PLACES, NUMBER),
    "speakers.tsv": (DOCUMENT, NUMBERS, PLACES, KIND, "[yn]"),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_labels_hold_no_text(name: str) -> None:
    with (TRAINING / name).open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file, delimiter="\t")
    assert len(rows) > 1000 and len(set(map(tuple, rows))) == len(rows)
    pattern = re.compile("\t".join(COLUMNS[name]))
    assert not [row for row in rows if not pattern.fullmatch("\t".join(row))]


def test_labelled_pairs_are_of_known_claims() -> None:
    claims = len((TRAINING / "claims.tsv").read_text("utf-8").splitlines()) - 1
    with (TRAINING / "claim_pairs.tsv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file, delimiter="\t")
    used = {int(k) for row in rows for k in row[:2]}
    assert used == set(range(claims)) and all(row[0] != row[1] for row in rows)
