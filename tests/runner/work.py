"""work.py - runs programs for the stages: a time limit, a log, the whole group ended by its own id."""
import os
import pathlib
import re
import signal
import socket
import subprocess
import threading
import time

import tap

top = pathlib.Path(__file__).resolve().parents[2]


def cores():
    return os.cpu_count() or 1


class Work:
    """What a stage has at hand: where things are, how to run a program, what was found so far."""

    def __init__(self, is_quick, is_ci):
        self.is_quick = is_quick
        self.is_ci = is_ci
        self.top = top
        self.out = top / "build/check"
        self.log = self.out / "log"
        self.unit = self.out / "unit"
        self.times = self.out / "times.tsv"
        self.cores = cores()
        self.result = tap.Result()
        self.shown = []  # logs of what failed, in order
        self.took = []   # (name, seconds, seconds of the processor) of each program of the stage
        self.lock = threading.Lock()
        self.running = set()
        self.env = dict(os.environ, WECARE_SOURCE=str(top), LC_ALL="C.UTF-8", PYTHONDONTWRITEBYTECODE="1",
                        CCACHE_NOHASHDIR="1")  # the same source in a copy of the tree is compiled once
        for name in ("MAKEFLAGS", "NINJA_STATUS", "WECARE_TEST_STORE"):
            self.env.pop(name, None)
        self.log.mkdir(parents=True, exist_ok=True)

    def ask(self, words, name, env=None, limit=600, cwd=None):
        """Runs to the end; returns exit code and output. The log stays under its name."""
        path = self.log_path(name)
        began = time.monotonic()
        processor = 0.0
        with open(path, "wb") as log:
            p = subprocess.Popen([str(w) for w in words], stdin=subprocess.DEVNULL, stdout=log,
                                 stderr=subprocess.STDOUT, env=dict(self.env, **(env or {})),
                                 cwd=cwd or top, start_new_session=True)
            self.running.add(p)
            try:
                code, processor = wait(p, limit)
            except BaseException as e:
                end_group(p)
                if not isinstance(e, subprocess.TimeoutExpired):
                    raise
                code = 124
                log.write(f"\nended after {limit} s\n".encode())
            finally:
                self.running.discard(p)
        self.took.append((name, time.monotonic() - began, processor))
        return code, self.log_of(name), path

    def log_path(self, name):
        return self.log / (re.sub(r"[^\w.-]+", "_", name) + ".log")

    def log_of(self, name):
        return self.log_path(name).read_text(encoding="utf-8", errors="replace")

    def end_all(self):
        """When ./check itself is stopped: nothing it started stays behind."""
        for p in list(self.running):
            end_group(p)

    def take(self, found, path):
        if self.is_ci:
            tap.refuse_skips(found)
        with self.lock:
            self.result.add(found)
            if found.failed:
                self.shown.append((path, found.failed))

    def tap(self, words, name, **more):
        """A program that speaks TAP."""
        code, text, path = self.ask(words, name, **more)
        found = tap.read(text, name, code)
        if code == 124:
            found.failed.append(f"{name}: did not end in time")
        self.take(found, path)
        return not found.failed

    def step(self, words, name, **more):
        """A program that is one test by itself: its exit code says."""
        code, _, path = self.ask(words, name, **more)
        found = tap.Result()
        if code == 0:
            found.passed = 1
        else:
            found.failed.append(f"{name}: ended with {code}")
        self.take(found, path)
        return code == 0

    def fail(self, name, why):
        path = self.log_path(name)
        path.write_text(why + "\n", encoding="utf-8")
        found = tap.Result()
        found.failed.append(f"{name}: {why}")
        self.take(found, path)

    def skip(self, name, why):
        found = tap.Result()
        found.skipped.append(f"{name} # SKIP {why}")
        self.take(found, self.log)


def wait(p, limit):
    """Exit code, and seconds of the processor of the program and of all that it waited for."""
    until, pause = time.monotonic() + limit, 0.001
    while True:
        pid, status, used = os.wait4(p.pid, os.WNOHANG)
        if pid:
            p.returncode = os.waitstatus_to_exitcode(status)
            return p.returncode, used.ru_utime + used.ru_stime
        if time.monotonic() > until:
            raise subprocess.TimeoutExpired(p.args, limit)
        time.sleep(pause)
        pause = min(pause * 2, 0.01)


def end_group(p):
    """Ends a program and what it started, by the id of its own session."""
    for sig, wait_s in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        try:
            os.killpg(p.pid, sig)
        except ProcessLookupError:
            break
        until = time.monotonic() + wait_s
        while time.monotonic() < until and p.poll() is None:
            time.sleep(0.05)
    p.wait()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
