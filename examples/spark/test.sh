#!/usr/bin/env bash
# Runs the job on a local cluster, one driver and two executors in processes of their own, and compares its decisions with those of
# one local `brag`. Needs Java 17, Python 3.11 with venv, and the network for the first run (the package pyspark, some 450 MB).
#
# BRAG: the program, else it is built. SPARK_WORK: where everything goes, else target/spark.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${SPARK_WORK:-${CARGO_TARGET_DIR:-$root/target}/spark}
mkdir -p "$work"
work=$(cd "$work" && pwd)

brag=${BRAG:-}
if [ -z "$brag" ]; then
    cargo build --release --locked --manifest-path "$root/Cargo.toml"
    brag=${CARGO_TARGET_DIR:-$root/target}/release/brag
fi
brag=$(realpath "$brag")

unset "${!BRAG_@}" # no default of this shell has a say

# The packages, once.
venv=$work/venv
if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/installed.txt"
fi

# The package is a whole Spark; a local cluster starts its executors from there.
SPARK_HOME=$("$venv/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME PYSPARK_PYTHON=$venv/bin/python PYSPARK_DRIVER_PYTHON=$venv/bin/python SPARK_LOCAL_IP=127.0.0.1
rm -rf "$SPARK_HOME/work" # what executors of earlier runs left
submit() {
    "$SPARK_HOME/bin/spark-submit" --conf spark.ui.enabled=false --conf "spark.log.level=${SPARK_LOG:-ERROR}" "$@"
}

"$venv/bin/python" "$here/test_through_brag.py"

data=$work/data
rm -rf "$data"
mkdir "$data"
cd "$data"
touch brag.toml # as on an executor: nothing but what the command line says

# check NAME OPTION...: the book NAME.jsonl through Spark and through one brag, with the same options.
check() {
    local name=$1
    shift
    echo "== $name $*"
    local code=0
    submit --master 'local[1]' "$here/book_to_parquet.py" "$name.jsonl" "$name.cases"
    submit --master 'local-cluster[2,1,1024]' "$here/decide.py" "$name.cases" "$name.decisions" --brag "$brag" "$@"
    "$brag" assess - --input-format jsonl --format jsonl --quiet "$@" < "$name.jsonl" > "$name.local.jsonl" 2> "$name.err" || code=$?
    [ "$code" -eq "$expected" ] || { cat "$name.err" >&2; echo "brag ended with $code, not $expected" >&2; exit 1; }
    submit --master 'local[1]' "$here/compare.py" "$name.decisions" "$name.local.jsonl"
}

"$brag" new caseload --size 2000 --seed 1 > book.jsonl
expected=0 check book

# Lines that are no case, among others: no JSON, no case, an unknown word, references that are none; and nothing at all,
# which is no line.
{
    head -n 50 book.jsonl
    echo '{"crn":"B000001",'
    echo 'null'
    echo
    echo '{"crn":"B000002","sex":"unknown","supervision":{"office":"Westerdale"}}'
    echo '{"crn":" B000003 "}'
    echo '{"crn":"B000004","crn":"B000005"}'
    echo '{"crn":6}'
    tail -n 50 book.jsonl
} > bad.jsonl
expected=3 check bad --policy "$root/policies/bgsw" --on 2019-06-03 --without assessment-quality
