"""runner_check.py - the runner itself: it believes no program that says less than it did. Prints TAP.

A check that counts wrong would make all the others worthless, so it is checked first.
"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import runner  # noqa: E402
import stages  # noqa: E402
import tap  # noqa: E402
import threaded  # noqa: E402
import times  # noqa: E402
import work  # noqa: E402
from tree import Tap  # noqa: E402


def counts(text, code=0):
    r = tap.read(text, "x", code)
    return r.passed, len(r.failed), len(r.skipped)


CASES = (
    ("two that pass", "ok 1 - a\nok 2 - b\n1..2\n", 0, (2, 0, 0)),
    ("the plan first", "1..2\nok 1 - a\nok 2 - b\n", 0, (2, 0, 0)),
    ("one that fails", "1..2\nok 1 - a\nnot ok 2 - b\n", 1, (1, 1, 0)),
    ("a skip", "1..1\nok 1 - a # SKIP no such thing\n", 0, (0, 0, 1)),
    ("lines between", "{\"at\":1}\nok 1 - a\n# a note\n  ok 2 - of another\n1..1\n", 0, (1, 0, 0)),
    ("fewer than announced", "1..3\nok 1 - a\nok 2 - b\n", 0, (2, 1, 0)),
    ("more than announced", "1..1\nok 1 - a\nok 2 - b\n", 0, (2, 1, 0)),
    ("no plan", "ok 1 - a\n", 0, (1, 1, 0)),
    ("nothing at all", "", 0, (0, 1, 0)),
    ("an exit code that disagrees", "1..1\nok 1 - a\n", 1, (1, 1, 0)),
    ("a crash after its tests", "1..1\nok 1 - a\n", -11, (1, 1, 0)),
    ("giving up", "1..1\nBail out! no disk\nok 1 - a\n", 0, (1, 1, 0)),
    ("okay is not ok", "okay then\n1..0\n", 0, (0, 0, 0)),
)


def check_skips(t):
    r = tap.read("1..2\nok 1 - a # SKIP no Chromium\nok 2 - b # SKIP the shared data are not beside the clone\n", "x", 0)
    tap.refuse_skips(r)
    t.ok("in CI a skip is a failure", len(r.failed) == 1 and "Chromium" in r.failed[0], r.failed)
    t.ok("but for files that may not be copied here", len(r.skipped) == 1 and "beside the clone" in r.skipped[0], r.skipped)


def check_work(t):
    """On programs that end in every way; what they leave behind goes with the folder."""
    w = work.Work(True, False)
    with tempfile.TemporaryDirectory() as folder:
        w.log = w.top.__class__(folder)
        w.times = w.log / "times.tsv"
        t.ok("a program that does not end is ended, and fails", not w.tap(["sh", "-c", "echo 1..1; echo ok 1 - a; sleep 60"], "sleeper", limit=0.5)
             and len(w.result.failed) >= 1, w.result.failed)
        w.result = tap.Result()
        t.ok("a program that is not there fails its stage", counts_of_stage(w, lambda x: x.step(["no-such-program"], "none")) == (0, 1, 0), w.result.failed)
        w.result = tap.Result()
        t.ok("a stage that proves nothing fails", counts_of_stage(w, lambda x: None) == (0, 1, 0), w.result.failed)
        w.result = tap.Result()
        w.is_ci = True
        w.skip("browser", "no Chromium")
        t.ok("a stage that is skipped fails in CI", len(w.result.failed) == 1, w.result.failed)


def check_times(t):
    """Whose time it is, what is kept of a run before, what begins first."""
    of = times.slices_by_program()
    t.ok("a test belongs to the slice of its folder, a journey to the slice of its name",
         (of.get("catalogue_edit_test"), of.get("arena_test"), of.get("journey open-data")) == ("catalogue", "base", "open_data"), of)
    serves = times.slices_by_address()
    t.ok("a page belongs to the slice that serves it", (serves.get("trova"), serves.get("albo"), serves.get("territorio")) == ("finder", "albo", "territory"), serves)
    said = "ok 1 - axe wide results\n# page results /trova?cosa=spesa 4.00 s\n# page albo-en /en/albo 1.00 s\n1..1\n"
    rows = list(times.rows_of("browser", [("browser pages", 10.0, 20.0)], lambda name: said))
    t.ok("the time of a browser program is shared out among its pages, and none is lost",
         [(r.slice, r.seconds, r.processor) for r in rows] == [("finder", 4.0, 8.0), ("albo", 1.0, 2.0), (times.WHOLE, 5.0, 10.0)], rows)
    rows = list(times.rows_of("browser", [("browser pages", 2.5, 20.0)], lambda name: said))
    t.ok("pages looked at side by side share it", [(r.seconds, r.processor) for r in rows] == [(2.0, 16.0), (0.5, 4.0), (0.0, 0.0)], rows)
    with tempfile.TemporaryDirectory() as folder:
        path = work.top.__class__(folder) / "times.tsv"
        times.keep("one", times.rows_of("one", [("one a_test", 1.0, 2.0), ("one b_test", 3.0, 1.0)]), path)
        times.keep("two", times.rows_of("two", [("two a_test", 5.0, 5.0)]), path)
        times.keep("one", times.rows_of("one", [("one b_test", 4.0, 1.0)]), path)
        kept = [(r.program, r.seconds) for r in times.read(path)]
        t.ok("a stage run again takes the place of what it took before, and of nothing else", kept == [("two a_test", 5.0), ("one b_test", 4.0)], kept)
        first = times.longest_first("two", ["two x_test", "two people_engine_test", "two a_test"], str, path)
        t.ok("what took longest begins first, and what is known to be long",
             first == ["two people_engine_test", "two a_test", "two x_test"], first)
    listed = {x for _, names in times.PARTS for x in names}
    t.ok("a slice stands in one part at most", len(listed) == sum(len(names) for _, names in times.PARTS))


def check_threads(t):
    names = threaded.programs()
    t.ok("a program that starts threads goes under TSan, and no other",
         {"db_threads_test", "server_test", "works_test", "people_engine_test"} <= names and "arena_test" not in names, names)


def counts_of_stage(w, run):
    runner.run_stage(w, stages.Stage("one", True, run, "a stage of the check of the runner"), 1, 1, say=lambda *_, **__: None)
    return w.result.passed, len(w.result.failed), len(w.result.skipped)


def main():
    t = Tap()
    for name, text, code, want in CASES:
        t.ok(f"counts {name}", counts(text, code) == want, f"{counts(text, code)}, not {want}")
    check_skips(t)
    check_work(t)
    check_times(t)
    check_threads(t)
    t.ok("every stage has a name of its own", len({s.name for s in stages.STAGES}) == len(stages.STAGES))
    sys.exit(t.end())


if __name__ == "__main__":
    main()
