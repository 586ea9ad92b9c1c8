#!/usr/bin/env bash
# Make the models from the corpora: training/run.sh [CORPORA] [RUNS]. The reader takes about an hour and a half on two cores
# with AMX, all the rest some four hours on two without.
# Needs, in the present environment: pip install torch==2.13.0, then pip install -r training/requirements.txt and this project.
set -euo pipefail
cd "$(dirname "$0")/.."
corpora=${1:-../shared/corpora}
runs=${2:-runs}
export PYTHONPATH=.:src
# Freed memory kept instead of given back: half of the time went into page faults.
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=20000000000 MALLOC_TOP_PAD_=500000000 MALLOC_ARENA_MAX=1

# 1. A reader of outermost attributions, on PolNeAR alone.
python -m training.train_reader --corpora "$corpora" --out "$runs/outer" --epochs 6 --stop 4
python -m training.export_reader "$runs/outer" "$runs/outer-reader"
# 2. It reads contents again: silver labels for what lies inside.
python -m training.silver_nested --corpora "$corpora" --reader "$runs/outer-reader" --out "$runs/silver.jsonl"
# 3. The reader goes on with both, and finds inner attributions in the same pass.
python -m training.train_reader --corpora "$corpora" --out "$runs/reader" --start "$runs/outer/model.pt" \
    --silver "$runs/silver.jsonl" --epochs 4 --rate 8e-5 --head-rate 1e-3
# 4. Its upper layers narrowed, and taught what the wide ones said: it reads 1.4 times as fast.
python -m training.narrow_reader "$runs/reader" "$runs/narrow" --corpora "$corpora"
# 5. int8, settings and card.
python -m training.export_reader "$runs/narrow" src/reportedly/models/reader
python -m training.tune_reader src/reportedly/models/reader --corpora "$corpora"
# 6. The resolver, on the states of the reader's encoder: who is meant, and what kind of source; then narrowed, too.
python -m training.train_resolver "$runs/resolver" --corpora "$corpora"
python -m training.narrow_resolver "$runs/resolver" "$runs/narrow-resolver" --corpora "$corpora"
python -m training.export_resolver "$runs/narrow-resolver" src/reportedly/models/resolver
# 7. What may have brought a statement to the report, from what the shipped reader and resolver make of the articles.
python -m training.train_relays src/reportedly/models/relays --corpora "$corpora"
# 8. The roles of sources, from the same.
python -m training.train_roles src/reportedly/models/roles --corpora "$corpora" --folds 4
# 9. How claims stand to each other: a judge that reads both; its settings; trees for whether two claims of a case answer
# one question, and alike.
python -m training.train_relations "$runs/judge" --corpora "$corpora"
python -m training.export_judge "$runs/judge" src/reportedly/models/relations
python -m training.tune_judge src/reportedly/models/relations --corpora "$corpora"
python -m training.fit_cases src/reportedly/models/relations --corpora "$corpora"
