"""A book of cases, a JSON document a line, as Parquet with a folder for each office.

    spark-submit book_to_parquet.py book.jsonl cases/

Columns: `office` and `crn`, null where a line does not give them, and `case`, the line as it stands. A line that is no
JSON is kept: it is for `brag` to say what is wrong with it.
"""

import argparse

from pyspark.sql import SparkSession
from pyspark.sql import functions as f


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("book", help="JSON lines, as `brag new caseload` writes them; may end in .gz")
    parser.add_argument("cases", help="the folder to write; there must be nothing there yet")
    return parser.parse_args()


def main():
    args = arguments()
    spark = SparkSession.builder.appName("book to parquet").getOrCreate()
    # Only `\n` ends a line for brag, too; and lines with nothing on them are no cases.
    lines = spark.read.text(args.book, lineSep="\n").where(f.trim("value", f.lit(" \t\r")) != "")
    cases = lines.select(
        f.get_json_object("value", "$.supervision.office").alias("office"),
        f.get_json_object("value", "$.crn").alias("crn"),
        f.col("value").alias("case"),
    )
    # A file an office, not one for each office from each piece of the book.
    cases.repartition("office").write.partitionBy("office").parquet(args.cases)
    spark.stop()


if __name__ == "__main__":
    main()
