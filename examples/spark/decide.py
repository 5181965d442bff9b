"""Pipes a Parquet caseload through `brag` on all executors, and writes the decisions as Parquet.

    spark-submit --master MASTER decide.py cases/ decisions/ --brag target/release/brag

The program and the policy travel with the job; an executor needs nothing but Python.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

SCHEMA = "office string, crn string, tier string, provisional boolean, error string, decision string"
RULES = "policy.rhai"
SHELF = "policies"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("cases", help="Parquet with the columns office, crn and case, a JSON document")
    parser.add_argument("decisions", help="the folder to write; there must be nothing there yet")
    parser.add_argument("--brag", default=shutil.which("brag"), help="the program [default: that on the PATH]")
    parser.add_argument("--policy", help="a shipped policy by name, or a folder with a policy.rhai [default: bgsw]")
    parser.add_argument("--on", metavar="DATE", help="the date the answers are for, YYYY-MM-DD")
    parser.add_argument("--without", metavar="NAME", action="append", default=[], help="as of `brag assess`")
    args = parser.parse_args()
    if not args.brag or not Path(args.brag).is_file():
        parser.error("no program `brag`: name it with --brag")
    return args


def session():
    # The office `007` is not the number 7.
    inference = "spark.sql.sources.partitionColumnTypeInference.enabled"
    return SparkSession.builder.appName("brag").config(inference, "false").getOrCreate()


def pack_policy(folder, space):
    """An archive of a policy and of what stands beside it: the policies it runs with, and the scripts it imports."""
    shelf = Path(space, SHELF)
    for beside in folder.parent.iterdir():
        if beside.name == "lib" or (beside / RULES).is_file():
            shutil.copytree(beside, shelf / beside.name, ignore=shutil.ignore_patterns("cases"))
    return shutil.make_archive(str(shelf), "zip", shelf)


def partition_work(context, args, space):
    """Sends what the executors need, and returns what each does with the rows of a partition."""
    context.addPyFile(str(Path(__file__).with_name("through_brag.py")))
    context.addFile(args.brag)
    program = Path(args.brag).name
    options = [f"--without={name}" for name in args.without] + ([f"--on={args.on}"] if args.on else [])
    own = Path(args.policy).resolve() if args.policy and Path(args.policy, RULES).is_file() else None
    if own:
        context.addArchive(f"{pack_policy(own, space)}#{SHELF}")
    elif args.policy:
        options.append(f"--policy={args.policy}")
    own_name = own and own.name

    def work(rows):
        from through_brag import decisions

        policy = [f"--policy={SparkFiles.get(SHELF)}/{own_name}"] if own_name else []
        return decisions(rows, SparkFiles.get(program), options + policy)

    return work


def main():
    args = arguments()
    spark = session()
    # What is sent must stay where it is until the job has ended.
    with tempfile.TemporaryDirectory() as space:
        work = partition_work(spark.sparkContext, args, space)
        # As bytes: the digest in an answer is that of the case as written.
        cases = spark.read.parquet(args.cases).select("office", "crn", f.col("case").cast("binary"))
        decided = spark.createDataFrame(cases.rdd.mapPartitions(work), SCHEMA)
        decided.write.partitionBy("office").parquet(args.decisions)
        sum_up(spark.read.parquet(args.decisions))
        spark.stop()


def sum_up(decided):
    """What came out, on standard error: cases by tier, and by the code of the error where there is no answer."""
    kinds = decided.groupBy("tier", "error").count().orderBy("error", "tier").collect()
    for kind in kinds:
        print(f"{kind['error'] or kind['tier'] or 'no tier':<16}{kind['count']:>12}", file=sys.stderr)
    failed = sum(kind["count"] for kind in kinds if kind["error"])
    if failed:
        print(f"{failed} cases have no answer: see the column `error`", file=sys.stderr)


if __name__ == "__main__":
    main()
