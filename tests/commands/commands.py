"""commands.py - ./run and tools/new-feature, in a copy of the tree. Prints TAP.

The copy lies in a folder with a space in its name and has no git; apt and sudo are replaced by
programs that only note that they were called.
"""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from portal import free_port  # noqa: E402
from tree import Tap, files, top  # noqa: E402

SLICE = "waiting_list"
START_S = 3.0
PROMISES = "tests/promises/promises_test"


class Copy:
    def __init__(self, folder):
        self.folder = folder
        self.place = folder / "a copy"
        self.called = folder / "called"
        self.env = dict(os.environ, PATH=f"{folder / 'instead'}{os.pathsep}{os.environ['PATH']}", LC_ALL="C.UTF-8")
        for name in ("PORT", "DATA", "WECARE_SOURCE", "WECARE_BUILD"):
            self.env.pop(name, None)

    def fill(self):
        for name in files():
            target = self.place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(top / name, target)
        (self.folder / "instead").mkdir()
        for name in ("apt-get", "apt", "sudo"):
            path = self.folder / "instead" / name
            path.write_text(f'#!/bin/sh\necho {name} "$@" >>"{self.called}"\nexit 1\n')
            path.chmod(0o755)

    def run(self, *words, limit=600, **more):
        p = subprocess.run([str(w) for w in words], cwd=self.place, env=dict(self.env, **more), stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=limit)
        return p.returncode, p.stdout

    def start(self, **more):
        return subprocess.Popen(["./run"], cwd=self.place, env=dict(self.env, **more), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)


def answers(port, path="/health"):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as r:
            return r.status, r.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as e:
        return e.code, ""
    except OSError:
        return 0, ""


def wait_ready(p, port, limit):
    began = time.monotonic()
    while time.monotonic() - began < limit and p.poll() is None:
        if answers(port)[0] == 200:
            return time.monotonic() - began
        time.sleep(0.02)
    return limit


def end(p, how=signal.SIGINT):
    """As Ctrl-C does it: to the whole group in the foreground."""
    os.killpg(p.pid, how)
    try:
        said = p.communicate(timeout=15)[0]
    except subprocess.TimeoutExpired:
        os.killpg(p.pid, signal.SIGKILL)
        said = p.communicate()[0] + "\n(did not end)"
    return p.returncode, said


def check_start(t, c):
    port = free_port()
    began = time.monotonic()
    p = c.start(PORT=str(port))
    took = wait_ready(p, port, 10)
    t.ok(f"the second time it serves within {START_S:.0f} s", took < START_S, f"{took:.2f} s")
    status, page = answers(port, "/")
    t.ok("and shows the home", status == 200 and "<h1" in page, f"answers {status}")
    time.sleep(0.3)
    code, said = end(p)
    t.ok("it says what to open", f"http://localhost:{port}" in said, said)
    t.ok("Ctrl-C ends it cleanly", code == 0 and "stopped" in said, f"ended with {code}: {said}")
    t.ok("nothing listens any more", answers(port)[0] == 0)
    t.ok("neither apt nor sudo was called", not c.called.exists(), c.called.read_text() if c.called.exists() else "")
    t.note(f"served after {took:.2f} s, whole round {time.monotonic() - began:.2f} s")


def check_port(t, c):
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen(5)
        code, said = c.run("./run", PORT=str(s.getsockname()[1]), limit=20)
    t.ok("a port that is taken is said in plain words", code == 1 and "is taken" in said and "PORT=" in said, said)
    code, said = c.run("./run", PORT="80800", limit=20)
    t.ok("a port that is none is refused", code == 1 and "65535" in said, said)
    code, said = c.run("./run", "--serve", limit=20)
    t.ok("an unknown word is refused", code == 2 and "--serve" in said, said)


def check_other_data(t, c):
    code, said = c.run("./run", "--setup", DATA="build/other data")
    t.ok("DATA names another folder", code == 0 and (c.place / "build/other data/wecare.db").is_file(), said)
    # As if another program had prepared it: it is brought up again, and kept.
    stamp = c.place / "build/other data/prepared-with"
    stamp.write_text("another program\n")
    code, said = c.run("./run", "--setup", DATA="build/other data")
    t.ok("a changed program brings the data up to itself", code == 0 and "up to date" in said and "another" not in stamp.read_text(), said)


def check_broken_build(t, c):
    """A source that does not compile ends ./run with the compiler's words and without serving."""
    path = c.place / "src/app/main.c"
    good = path.read_text(encoding="utf-8")
    path.write_text(good + "\nthis is no C\n", encoding="utf-8")
    code, said = c.run("./run", "--setup")
    t.ok("a source that does not compile is said", code == 1 and "does not build" in said and "main.c" in said, said[-500:])
    path.write_text(good, encoding="utf-8")


def tail(said):
    return "\n".join(said.splitlines()[-25:])


def build_and_test(c, *tests):
    """The program and the tests named, without a warning; returns what failed, or nothing."""
    code, said = c.run("ninja", "-C", "build", "wecare", *tests)
    if code != 0 or "warning:" in said:
        return tail(said)
    for name in tests:
        code, said = c.run(f"build/{name}", WECARE_SOURCE=str(c.place), WECARE_BUILD=str(c.place / "build"))
        if code != 0:
            return f"{name}: {tail(said)}"
    return ""


def check_new_feature(t, c):
    before = (c.place / "src/app/features.c").read_text(encoding="utf-8")
    for name in ("Waiting", "int", "messages", "a__b", "", "../x"):
        code, said = c.run("tools/new-feature", name)
        t.ok(f'new-feature refuses the name "{name}"', code == 2, said)
    t.ok("and changes nothing", (c.place / "src/app/features.c").read_text(encoding="utf-8") == before)
    code, said = c.run("tools/new-feature", SLICE)
    t.ok("new-feature makes a slice", code == 0, said)
    c.run("tools/page-docs.py")
    code, said = c.run("meson", "configure", "build", "-Dtests=true")
    t.ok("the build takes the tests in", code == 0, said[-500:])
    why = build_and_test(c, f"{SLICE}_test", PROMISES)
    t.ok("it builds, its tests pass, and all promises with it", why == "", why)
    for check in ("tools/check-deps.py", "tools/check-words.py", "tools/page-docs.py --check"):
        code, said = c.run("python3", *check.split())
        t.ok(f"{check.split()[0]} is content with it", code == 0, "\n".join(x for x in said.splitlines() if not x.startswith("ok")))
    check_its_page(t, c)
    return before


def check_its_page(t, c):
    port = free_port()
    p = c.start(PORT=str(port), DATA="build/slice data")
    wait_ready(p, port, 60)
    address = "/" + SLICE.replace("_", "-")
    status, page = answers(port, address)
    t.ok("its page is served", status == 200 and "Non c’è ancora niente" in page, f"{status} {page[:300]}")
    t.ok("and stands in the menu", f'href="{address}"' in answers(port, "/")[1])
    end(p)


def check_taken_away(t, c, before):
    """Its folder and its one line, and nothing else."""
    path = c.place / "src/app/features.c"
    shutil.rmtree(c.place / "src/features" / SLICE)
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if f"SLICE({SLICE})" not in x]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    t.ok("one line came and went", len(lines) == len(before.splitlines()), str(len(lines)))
    c.run("tools/page-docs.py")
    why = build_and_test(c, PROMISES)
    t.ok("without the slice it builds and keeps its promises", why == "", why)
    code, said = c.run("python3", "tools/check-deps.py")
    t.ok("check-deps is content without it", code == 0, "\n".join(x for x in said.splitlines() if not x.startswith("ok")))


def main():
    t = Tap()
    with tempfile.TemporaryDirectory(prefix="wecare-commands-") as folder:
        c = Copy(pathlib.Path(folder))
        c.fill()
        began = time.monotonic()
        code, said = c.run("./run", "--setup")
        t.ok("./run --setup in a folder with a space", code == 0 and (c.place / "build/wecare").is_file(), said[-3000:])
        t.note(f"set up in {time.monotonic() - began:.0f} s")
        if code == 0:
            check_start(t, c)
            check_port(t, c)
            check_other_data(t, c)
            check_broken_build(t, c)
            check_taken_away(t, c, check_new_feature(t, c))
    sys.exit(t.end())


if __name__ == "__main__":
    main()
