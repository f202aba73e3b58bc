"""cluster.py - a private PostgreSQL for the tests: a free loopback port, stopped by its own id.

PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where there is none.
Nothing of it is kept: the folder goes with it. The data need not survive, so fsync is off.
"""
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

import work


def find_bin():
    for version in (15, 16, 17):
        path = pathlib.Path(f"/usr/lib/postgresql/{version}/bin")
        if (path / "postgres").exists():
            return path
    return None


def _user():
    """Who runs it: nobody else's business when we are not root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("root cannot run PostgreSQL, and there is neither a user postgres nor nobody")


class Cluster:
    def __init__(self, options=()):
        self.bin = find_bin()
        if self.bin is None:
            raise RuntimeError("PostgreSQL 15 is not installed")
        self.user = _user()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wecare-postgres-"))
        self.port = work.free_port()
        self.server = None
        try:
            if self.user:
                os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
            self._run(self.bin / "initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust",
                      "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
            self._start(options)
        except BaseException:
            self.stop()
            raise

    @property
    def url(self):
        return f"postgres://postgres@127.0.0.1:{self.port}/"

    def _as_user(self):
        if not self.user:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def _run(self, *words):
        p = subprocess.run([str(w) for w in words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, text=True, cwd="/", **self._as_user())
        if p.returncode != 0:
            raise RuntimeError(f"{pathlib.Path(words[0]).name}: {p.stdout}")

    def _start(self, options):
        words = [self.bin / "postgres", "-D", self.folder / "data", "-p", self.port, "-h", "127.0.0.1",
                 "-k", self.folder, "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200",
                 "-c", "shared_buffers=64MB"]
        for option in options:
            words += ["-c", option]
        self.log = open(self.folder / "log", "wb")
        self.server = subprocess.Popen([str(w) for w in words], stdin=subprocess.DEVNULL, stdout=self.log,
                                       stderr=subprocess.STDOUT, cwd="/", start_new_session=True, **self._as_user())
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if self.server.poll() is not None:
                raise RuntimeError("postgres ended: " + (self.folder / "log").read_text(errors="replace"))
            if subprocess.run([str(self.bin / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)],
                              stdin=subprocess.DEVNULL).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("postgres does not answer")

    def stop(self):
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # fast shutdown
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        if self.server is not None:
            self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
