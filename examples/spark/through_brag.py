"""The cases of one partition through one `brag`, which runs beside the worker and answers line by line.

A partition of any size takes the same memory: what is on the way between the two is bounded by their pipes. The answers
come in the order of the cases, so each is set beside the row that it answers, and a case without an answer is noticed.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import deque
from itertools import chain
from pathlib import Path

COMMAND = ["assess", "-", "--input-format", "jsonl", "--format", "jsonl", "--threads", "1"]

# Exit codes with which the answers can be used: done, and done but for cases that have an error record in their place.
USABLE = (0, 3)

# What of standard error goes into the message of a failure, in bytes.
TAIL = 4000


class BragFailed(Exception):
    """The answers of a partition cannot be used. Spark tries the partition again, then ends the job."""


def decisions(rows, program, options):
    """For each row `(office, crn, case)` a row `(office, crn, tier, provisional, error, decision)`.

    `case` is bytes, or None for a case that is not there. Raises `BragFailed` when `brag` ends in another way than
    `USABLE`, or when answers and cases do not belong together.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return  # Nothing to ask, and nothing to start.
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as said:
        brag = start(program, options, folder, said)
        feeder = Feeder(chain([first], rows), brag.stdin)
        feeder.start()
        try:
            for line in brag.stdout:
                yield decided(feeder.next_sent(), line)
            feeder.join()
            judge(brag.wait(), feeder, said)
        finally:
            # Where the reader stops early, brag does too, and with it the feeder.
            brag.kill()
            brag.wait()
            brag.stdout.close()
            feeder.join()
            sys.stderr.write(last_of(said))


def start(program, options, folder, said):
    # What lies about on an executor has no say: an empty brag.toml hides policies, and no variable BRAG_* gets through.
    Path(folder, "brag.toml").touch()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BRAG_")}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [program, *COMMAND, *options], cwd=folder, env=environment, stdin=pipe, stdout=pipe, stderr=said
    )


class Feeder(threading.Thread):
    """Writes the cases to `brag`, and remembers whose they are until the answer comes."""

    def __init__(self, rows, stdin):
        super().__init__(daemon=True)
        self.rows = rows
        self.stdin = stdin
        self.sent = deque()
        self.error = None

    def run(self):
        try:
            with self.stdin:
                for office, crn, case in self.rows:
                    self.sent.append((office, crn))
                    self.stdin.write(one_line(case))
        except BrokenPipeError:
            pass  # brag has ended before its input; its exit code says why.
        except BaseException as error:  # Raised again by the task, which would not see it in this thread.
            self.error = error

    def next_sent(self):
        if not self.sent:
            raise BragFailed("brag gives more answers than it was given cases")
        return self.sent.popleft()


def one_line(case):
    """The case as a line. A line break in JSON is a space; what is not there becomes `null`, which brag refuses."""
    text = bytes(case or b"").replace(b"\n", b" ")
    return (text if text.strip() else b"null") + b"\n"


def decided(row, line):
    """The answer beside its row; what a query asks for first has a column."""
    office, crn = row
    answer = json.loads(line)
    named = answer["crn"]
    error = answer.get("error", {}).get("code")
    # Of a case that cannot be read, an error record gives what looks like its crn: it need not be that of the column.
    if error is None and crn is not None and named is not None and crn != named:
        # Neither is named: they are about a person, and this ends up in a log.
        raise BragFailed("an answer is for another crn than the column `crn` beside its case")
    decision = line.decode().rstrip("\n")
    return office, crn or named, answer.get("tier"), answer.get("provisional"), error, decision


def judge(code, feeder, said):
    """Raises unless every case has been answered."""
    if feeder.error is not None:
        raise feeder.error
    if code not in USABLE:
        raise BragFailed(f"brag ended with {code}\n{last_of(said, TAIL)}")
    if feeder.sent:
        left = len(feeder.sent)
        raise BragFailed(f"brag left {left} cases without an answer, and ended with {code}\n{last_of(said, TAIL)}")


def last_of(said, most=None):
    """What was said on standard error: all, or so many bytes at the end."""
    size = said.seek(0, os.SEEK_END)
    said.seek(0 if most is None else max(0, size - most))
    return said.read().decode(errors="replace")
