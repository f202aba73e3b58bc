"""portal.py - a running portal for the tests that ask it over a socket.

    with Portal(program) as p:
        p.start()
        status, headers, body = p.get("/territorio")

Its data folder is made fresh with the reference data and goes with it; its port is free and on
loopback; it is ended by its own process id.
"""
import html
import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

top = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(top / "tools"))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Portal:
    def __init__(self, program, settings=(), wraps=()):
        self.program = str(pathlib.Path(program).resolve())
        self.settings = [w for s in settings for w in ("--set", s)]
        self.wraps = list(wraps)  # words before the program: a recorder, a limit
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wecare-test-"))
        self.data = self.folder / "data"
        self.port = free_port()
        self.server = None
        self.log = open(self.folder / "log", "ab")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words, limit=120):
        """One command on the data folder; returns its output, or fails with it."""
        p = subprocess.run([self.program, "--data", str(self.data), *self.settings, *words], stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=limit, cwd=top)
        if p.returncode != 0:
            raise RuntimeError(f"wecare {' '.join(words)} ended with {p.returncode}: {p.stdout}")
        return p.stdout

    def prepare(self):
        self.run("db", "migrate")

    def start(self, limit=30):
        """Serves; returns the seconds until the first /health that answers 200."""
        began = time.monotonic()
        words = [*self.wraps, self.program, "--data", str(self.data), *self.settings, "serve", "--listen", f"127.0.0.1:{self.port}"]
        self.server = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, cwd=top,
                                       env=dict(os.environ, WECARE_LOG_LEVEL="warn"))
        while time.monotonic() - began < limit:
            if self.server.poll() is not None:
                raise RuntimeError(f"the portal ended with {self.server.returncode}: {self.said()}")
            try:
                if self.get("/health", timeout=2)[0] == 200:
                    return time.monotonic() - began
            except OSError:
                pass
            except http.client.HTTPException:
                pass
            time.sleep(0.005)
        raise RuntimeError(f"the portal is not ready after {limit} s: {self.said()}")

    def said(self):
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]

    def stop(self, how=signal.SIGTERM, limit=15):
        """Returns the exit code, or None when nothing ran."""
        if self.server is None:
            return None
        if self.server.poll() is None:
            self.server.send_signal(how)
            try:
                self.server.wait(limit)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        code, self.server = self.server.returncode, None
        return code

    def ask(self, method, target, body=None, headers=None, timeout=10):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            c.request(method, target, body=body, headers=headers or {})
            r = c.getresponse()
            return r.status, dict((k.lower(), v) for k, v in r.getheaders()), r.read()
        finally:
            c.close()

    def get(self, target, **more):
        return self.ask("GET", target, **more)

    def fill_form(self, page):
        """What a browser would send back of a page's form: the hidden fields, and the cookie."""
        status, headers, body = self.get(page)
        if status != 200:
            raise RuntimeError(f"{page} answers {status}")
        fields = {}
        form = re.search(r'<form[^>]*method="post".*?</form>', body.decode(), re.S)
        for tag in re.findall(r"<input\b[^>]*>", form.group() if form else ""):
            if 'type="hidden"' in tag:
                name = re.search(r'\bname="([^"]*)"', tag)
                value = re.search(r'\bvalue="([^"]*)"', tag)
                fields[html.unescape(name.group(1))] = html.unescape(value.group(1) if value else "")
        return fields, headers.get("set-cookie", "").split(";")[0]

    def send_note(self, words, timeout=10):
        """Writes to the keepers as a person does; returns the code that was promised."""
        fields, cookie = self.fill_form("/aiuto/scrivi")
        fields["testo"] = words
        status, headers, body = self.ask("POST", "/aiuto/scrivi", urllib.parse.urlencode(fields), timeout=timeout, headers={
            "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie})
        if status != 303:
            raise RuntimeError(f"the note was answered with {status}: {body[:300]!r}")
        return headers["location"].split("?")[0].rsplit("/", 1)[1]
