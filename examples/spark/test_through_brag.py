"""What one partition does, without Spark: programs that stand in for `brag` and end badly, and one that answers."""

import io
import sys
import tempfile
import unittest
from contextlib import redirect_stderr
from itertools import islice
from pathlib import Path

sys.dont_write_bytecode = True

from through_brag import BragFailed, decisions  # noqa: E402

ANSWERS = """
for line in sys.stdin:
    answer(crn=None, heard=line)
"""
PRELUDE = """#!{python}
import json, sys
def answer(**fields):
    print(json.dumps(fields), flush=True)
"""


class ThroughBrag(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.program = Path(folder.name, "brag")

    def decisions(self, script, rows):
        self.program.write_text(PRELUDE.format(python=sys.executable) + script)
        self.program.chmod(0o755)
        return decisions(rows, str(self.program), [])

    def failure(self, script, rows):
        with redirect_stderr(io.StringIO()), self.assertRaises(BragFailed) as failed:
            list(self.decisions(script, rows))
        return str(failed.exception)

    def test_an_answer_stands_beside_its_row(self):
        rows = [("Westerdale", "A1", b"{}"), (None, None, b"x")]
        answers = list(self.decisions(ANSWERS, rows))
        self.assertEqual(answers[0][:2], ("Westerdale", "A1"))
        self.assertEqual(answers[1], (None, None, None, None, None, '{"crn": null, "heard": "x\\n"}'))

    def test_every_case_is_one_line(self):
        rows = [("o", "A1", b'{\n"crn":"A1"}'), ("o", "A2", None), ("o", "A3", b" \n")]
        heard = [answer[5] for answer in self.decisions(ANSWERS, rows)]
        self.assertEqual(heard[0], r'{"crn": null, "heard": "{ \"crn\":\"A1\"}\n"}')
        self.assertEqual(heard[1:], [r'{"crn": null, "heard": "null\n"}'] * 2)

    def test_an_empty_partition_starts_nothing(self):
        self.assertEqual(list(self.decisions("sys.exit(5)", [])), [])

    def test_bad_cases_are_answers(self):
        script = 'answer(crn=None, error={"code": "syntax"})\nsys.exit(3)'
        answers = list(self.decisions(script, [("o", None, b"{")]))
        self.assertEqual(answers[0][:5], ("o", None, None, None, "syntax"))

    def test_an_error_record_may_have_another_crn(self):
        script = 'answer(crn="A1", error={"code": "out_of_range"})\nsys.exit(3)'
        answers = list(self.decisions(script, [("o", " A1 ", b'{"crn":" A1 "}')]))
        self.assertEqual(answers[0][:5], ("o", " A1 ", None, None, "out_of_range"))

    def test_a_failed_rule_fails_the_task_with_what_was_said(self):
        script = 'answer(crn="A1")\nprint("rule x failed", file=sys.stderr)\nsys.exit(5)'
        self.assertEqual(self.failure(script, [("o", "A1", b"{}")]), "brag ended with 5\nrule x failed\n")

    def test_a_killed_program_fails_the_task(self):
        script = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
        self.assertEqual(self.failure(script, [("o", "A1", b"{}")] * 100_000), "brag ended with -9\n")

    def test_a_case_without_an_answer_fails_the_task(self):
        script = 'sys.stdin.read()\nanswer(crn="A1")\nsys.exit(3)'
        message = self.failure(script, [("o", "A1", b"{}"), ("o", "A2", b"{}")])
        self.assertEqual(message, "brag left 1 cases without an answer, and ended with 3\n")

    def test_an_answer_too_many_fails_the_task(self):
        script = 'sys.stdin.read()\nanswer(crn="A1")\nanswer(crn="A1")'
        self.assertEqual(self.failure(script, [("o", "A1", b"{}")]), "brag gives more answers than it was given cases")

    def test_the_answer_to_another_case_fails_the_task(self):
        message = self.failure('sys.stdin.read()\nanswer(crn="A2")', [("o", "A1", b"{}")])
        self.assertEqual(message, "an answer is for another crn than the column `crn` beside its case")

    def test_rows_that_cannot_be_read_fail_the_task(self):
        def rows():
            yield ("o", "A1", b"{}")
            raise OSError("the block is gone")

        with self.assertRaisesRegex(OSError, "the block is gone"):
            list(self.decisions(ANSWERS, rows()))

    def test_little_is_on_the_way(self):
        taken = 0

        def rows():
            nonlocal taken
            for taken in range(1, 5001):
                yield ("o", None, b"x" * 4096)

        ahead = max(taken - given for given, _ in enumerate(self.decisions(ANSWERS, rows()), 1))
        self.assertEqual(taken, 5000)
        self.assertLess(ahead, 500)

    def test_a_reader_who_stops_early_ends_the_program(self):
        def rows():
            while True:
                yield ("o", None, b"x" * 4096)

        answers = self.decisions(ANSWERS, rows())
        self.assertEqual(len(list(islice(answers, 3))), 3)
        answers.close()


if __name__ == "__main__":
    unittest.main()
