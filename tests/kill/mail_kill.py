"""mail_kill.py PROGRAM [TIMES] - kill -9 while mails are being sent. Prints TAP.

Mails wait in the outbox; the portal sends them to a mail server of our own and is killed at a moment
chosen by chance, again and again. In the end each has arrived, and one has arrived twice at most for
each time the portal was killed. The seed is printed; WECARE_SEED runs it again.
"""
import collections
import contextlib
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from portal import Portal  # noqa: E402
from tree import Tap  # noqa: E402

sink_program = pathlib.Path(__file__).resolve().parents[1] / "support" / "mailsink.py"
MAILS = 400


def put_mails(p):
    """As post_put leaves them."""
    now = int(time.time() * 1000)
    with contextlib.closing(sqlite3.connect(p.data / "wecare.db", timeout=10)) as d, d:
        d.executemany(
            "INSERT INTO post_mail (key, address, subject, body, reply_to, unsubscribe, organisation_id, message_id, state, put_at,"
            " due_at, first_try_at, ended_at, tries, words) VALUES (?, ?, 'Prova', 'Ciao', '', '', 0, ?, 'waiting', ?, ?, 0, 0, 0, '')",
            [(f"k{i}", f"desk{i}@desk.example", f"id{i}", now, now) for i in range(MAILS)])


def end_lease(p):
    """As if the minutes of the lease had passed."""
    with contextlib.closing(sqlite3.connect(p.data / "wecare.db", timeout=10)) as d, d:
        d.execute("UPDATE job SET lease_until = 0, run_at = 0 WHERE name = 'post-send'")


def states(p):
    with contextlib.closing(sqlite3.connect(p.data / "wecare.db", timeout=10)) as d:
        return dict(d.execute("SELECT state, count(*) FROM post_mail GROUP BY state").fetchall())


def kill_once(p, chance, folder):
    had = len(list(folder.glob("*.eml")))
    p.start()
    until = time.monotonic() + 15
    while len(list(folder.glob("*.eml"))) == had and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(chance.uniform(0.0, 0.06))
    p.server.send_signal(signal.SIGKILL)
    p.server.wait()
    p.server = None
    end_lease(p)


def finish(p, limit=60):
    p.start()
    until = time.monotonic() + limit
    while states(p).get("waiting", 0) > 0 and time.monotonic() < until:
        time.sleep(0.05)
    return p.stop()


def main():
    program, times = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10
    seed = int(os.environ.get("WECARE_SEED", random.SystemRandom().randrange(1 << 30)))
    chance, t = random.Random(seed), Tap()
    t.note(f"WECARE_SEED={seed}")
    with tempfile.TemporaryDirectory(prefix="wecare-sink-") as name:
        folder = pathlib.Path(name)
        sink = subprocess.Popen([sys.executable, "-IS", sink_program, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        port = int(sink.stdout.readline())
        try:
            with Portal(program, settings=[f"mail.server=127.0.0.1:{port}", "mail.from=posta@welfare.example"]) as p:
                p.prepare()
                put_mails(p)
                killed = 0
                while killed < times and states(p).get("waiting", 0) > 0:
                    kill_once(p, chance, folder)
                    killed += 1
                code = finish(p)
                got = collections.Counter(f.read_bytes().split(b"X-To: ")[1].split(b"\r\n")[0] for f in folder.glob("*.eml"))
                twice = sum(n - 1 for n in got.values())
                t.note(f"killed {killed} times; {twice} of {MAILS} mails came twice")
                t.ok("the portal was killed while it was sending", killed >= min(times, 5), f"{killed} times")
                t.ok("every mail arrived", len(got) == MAILS, f"{len(got)} of {MAILS}")
                t.ok("a mail came twice at most for each kill", twice <= killed, f"{twice} in {killed} kills")
                t.ok("every mail is noted as sent", states(p) == {"sent": MAILS}, str(states(p)))
                t.ok("told to stop, it stops", code == 0, str(code))
        finally:
            sink.stdin.close()
            sink.wait()
    sys.exit(t.end())


if __name__ == "__main__":
    main()
