"""threaded.py - which programs start threads: those that TSan has something to say of.

What a program starts is read in its source; where a page or a command starts them out of sight, the first comment of
the test says "Starts threads". That nothing is left out is seen, not believed: while the tests run on SQLite every start
of a thread is noted (threads_seen.c), and a program that starts one without being in the list is a failure.

One thread does not count, since it is in every program that opens a database of SQLite: the writer, for which the asker
waits until its job is done; its own tests are in the list. Nor do those of Python: what stands in for a mail server.

    python3 threaded.py                        the list
    python3 threaded.py FOLDER PROGRAM ...     TAP: what was noted in FOLDER against the list
    python3 threaded.py --see BUILD FILE ...   the same, after running these programs of a build
"""
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from tree import Tap, top  # noqa: E402

STARTS = re.compile(r"\b(pthread_create|thrd_create|works_start|daily_start|connections_watch|web_server_start|n_threads|Starts threads)\b")
NOT_COUNTED = {"writer_start", "PyThread_start_new_thread"}


def programs():
    """Names of the test programs that start threads."""
    tests = [f for folder in ("src", "tests", "tools") for f in (top / folder).rglob("*_test.c")]
    return {f.stem for f in tests if STARTS.search(f.read_text(encoding="utf-8"))}


class Seen:
    """Notes of a run: one file for each program that started a thread."""

    def __init__(self, folder, notes):
        self.folder, self.notes = folder, notes
        folder.mkdir(parents=True, exist_ok=True)
        for f in folder.glob("*"):
            f.unlink()

    def env(self, name):
        return {"LD_PRELOAD": str(self.notes), "WECARE_THREADS_SEEN": str(self.folder / name)}


def see(build, programs_of_it):
    """Runs the programs of a build; returns the folder of the notes."""
    seen = Seen(build / "threads-seen", build / "tests/runner/threads_seen.so")
    subprocess.run(["ninja", "-C", str(build), os.path.relpath(seen.notes, build)], stdout=subprocess.DEVNULL, check=True)
    for f in programs_of_it:
        subprocess.run([str(f)], cwd=top, env=dict(os.environ, WECARE_SOURCE=str(top), WECARE_BUILD=str(build), **seen.env(f.name)),
                       stdout=subprocess.DEVNULL, check=False)
    return seen.folder


def main():
    listed = programs()
    if len(sys.argv) < 2:
        print("\n".join(sorted(listed)))
        return 0
    t = Tap()
    folder, ran = pathlib.Path(sys.argv[1]), sys.argv[2:]
    if sys.argv[1] == "--see":
        files = [pathlib.Path(f).resolve() for f in sys.argv[3:]]
        folder, ran = see(pathlib.Path(sys.argv[2]).resolve(), files), [f.name for f in files]
    starts = {}
    for name in ran:
        f = folder / name
        starts[name] = set(f.read_text(encoding="utf-8").split("\n")) - {""} if f.is_file() else set()
    t.ok("the start of a thread is noted: a program that opens a database starts its writer", "writer_start" in starts.get("db_test", set()),
         starts.get("db_test"))
    t.all("every program that starts threads runs under TSan",
          [f"{name}: {', '.join(sorted(x - NOT_COUNTED))}" for name, x in starts.items() if x - NOT_COUNTED and name not in listed])
    t.all("and every one in the list does start threads", [name for name in ran if name in listed and not starts[name] - {"writer_start"}])
    return t.end()


if __name__ == "__main__":
    sys.exit(main())
