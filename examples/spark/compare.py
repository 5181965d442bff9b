"""Compares the decisions that the job wrote with those of `brag` on this machine, text by text.

    spark-submit compare.py decisions/ local.jsonl

Fails on any difference but one: the line at which a case begins. It is the place of the case in what a `brag` read,
here the book and there a partition of it. It stands at the end of an answer, and in an error record beside the column.
"""

import re
import sys
from collections import Counter

from pyspark.sql import SparkSession

PLACE = re.compile(r',"line":\d+(?=}$|,"column":)')


def normal(text):
    """The decision without its place, which it must have."""
    cut, times = PLACE.subn("", text)
    if times != 1:
        sys.exit(f"a decision has {times} places instead of one: {text[:200]}")
    return cut


def main():
    decisions, local = sys.argv[1:]
    spark = SparkSession.builder.appName("compare").getOrCreate()
    rows = spark.read.parquet(decisions).select("error", "decision").collect()
    spark.stop()
    here = Counter(normal(line) for line in open(local, encoding="utf-8", newline="\n").read().splitlines())
    there = Counter(normal(row["decision"]) for row in rows)
    for what, which in (("only here", here - there), ("only there", there - here)):
        for text in sorted(which)[:5]:
            print(f"{what}: {text[:400]}", file=sys.stderr)
    if here != there:
        sys.exit(f"the decisions differ: {sum((here - there).values())} of {sum(here.values())}")
    partitions = sum(row["decision"].endswith(',"line":1}') for row in rows)
    if partitions < 2:
        sys.exit("everything was one partition: this shows nothing")
    without = sum(row["error"] is not None for row in rows)
    print(f"same: {len(rows)} decisions, {without} of them error records, from {partitions} partitions")


if __name__ == "__main__":
    main()
