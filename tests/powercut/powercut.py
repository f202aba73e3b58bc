"""powercut.py PROGRAM [CUTS] - cuts the power under writes; nothing acknowledged may be lost. Prints TAP.

The recorder (record.c) logs every write, fsync and change of names that an unmodified program does
in its data folder; who got an answer puts an acknowledgement into the same log. The replayer
(replay.c) then builds the disk as it may be after a cut at CUTS places of the log and looks at it
with SQLite. First the store alone with eight threads, then the portal with people who send notes.

The seed is printed; WECARE_SEED runs the same cuts on a new log. 200 cuts take seconds; before a
release: python3 tests/powercut/powercut.py build/wecare 10000
Each run also proves that it can fail: on a disk that lies about fsync there must be losses.
"""
import http.client
import os
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from portal import Portal  # noqa: E402
from tree import Tap  # noqa: E402

CUT_MAGIC, CUT_ACK = 0x57434355, 11  # cutlog.h
PAIRS = ("SELECT CAST(k AS TEXT) FROM pair WHERE half = 1",
         "SELECT k FROM pair GROUP BY k HAVING COUNT(*) <> 2"
         " UNION ALL SELECT n FROM total WHERE n <> (SELECT COUNT(*) FROM pair) / 2")
NOTES = ("SELECT code FROM messages_note", "SELECT 1 FROM messages_note WHERE code = '' OR words = ''")
WRITERS, SECONDS = 6, 3.0
NOTES_AT_MOST = 110  # the portal takes 120 in an hour


class Log:
    """The log as a client writes to it: one append for each acknowledgement."""

    def __init__(self, path):
        self.turns = iter(range(NOTES_AT_MOST))
        self.fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def acknowledge(self, key):
        body = key.encode()
        os.write(self.fd, struct.pack("<IIQQQQ", CUT_MAGIC, CUT_ACK, 0, 0, 0, len(body)) + body)

    def close(self):
        os.close(self.fd)


def under_recorder(parts, folder, log):
    return ["env", f"LD_PRELOAD={parts / 'record.so'}", f"RECORD_FOLDER={folder}", f"RECORD_LOG={log}"]


def replay(parts, log, snapshot, queries, cuts, seed, deaf=None):
    """The figures of the replayer's one line, by name."""
    words = [parts / "replay", log, snapshot, "--keys", queries[0], "--none", queries[1], "--cuts", str(cuts), "--seed", str(seed)]
    p = subprocess.run([str(w) for w in words + (["--deaf", deaf] if deaf else [])], stdin=subprocess.DEVNULL,
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if p.returncode not in (0, 1) or not p.stdout.startswith("cuts"):
        raise RuntimeError(f"replay ended with {p.returncode}: {p.stdout}")
    found = p.stdout.split()
    return {name: int(value) for name, value in zip(found[::2], found[1::2])}


def judge(t, parts, what, log, snapshot, queries, cuts, seed, least_acked):
    """What must hold of one log, and that the judge can say no."""
    r = replay(parts, log, snapshot, queries, cuts, seed)
    t.note(f"{what}: {r['records']} records, {r['acked']} acknowledged, {r['cuts']} cuts: {r['lost']} lost, "
           f"{r['corrupt']} corrupt, {r['half']} half done")
    t.ok(f"{what}: at least {least_acked} writes were acknowledged", r["acked"] >= least_acked, r["acked"])
    t.ok(f"{what}: no acknowledged write is lost in {cuts} cuts", r["cuts"] == cuts and r["lost"] == 0, r)
    t.ok(f"{what}: the database is whole after each cut", r["corrupt"] == 0, r)
    t.ok(f"{what}: no write is there by half", r["half"] == 0, r)
    for deaf, says in (("-wal", "of the log"), ("all", "of all files")):
        r = replay(parts, log, snapshot, queries, min(cuts, 200), seed, deaf)
        t.ok(f"{what}: a disk that lies about fsyncs {says} is found out", r["lost"] + r["corrupt"] > 0, r)


def store(t, parts, folder, cuts, seed):
    data, snapshot, log = folder / "data", folder / "snapshot", folder / "log"
    for made in (data, snapshot):
        made.mkdir()
    p = subprocess.run([*under_recorder(parts, data, log), parts / "powercut_writer", data, log, "8", "250"],
                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
    if t.ok("store: the writer ended well", p.returncode == 0, p.stdout):
        judge(t, parts, "store", log, snapshot, PAIRS, cuts, seed, 1500)


def send_until(p, log, stop, wrong):
    """A note counts once its code was promised: then it stands in the log, after the fsync."""
    while not stop.is_set() and next(log.turns, None) is not None:
        try:
            log.acknowledge(p.send_note("una nota durante la prova " + "x" * random.randrange(200), timeout=10))
        except (OSError, http.client.HTTPException, RuntimeError) as e:
            wrong.append(str(e))
            return


def portal(t, parts, program, folder, cuts, seed):
    snapshot, log = folder / "snapshot", folder / "log"
    with Portal(program) as p:
        p.prepare()
        shutil.copytree(p.data, snapshot)
        p.wraps = under_recorder(parts, p.data, log)
        p.start()
        told, stop, wrong = Log(log), threading.Event(), []
        people = [threading.Thread(target=send_until, args=(p, told, stop, wrong)) for _ in range(WRITERS)]
        for one in people:
            one.start()
        time.sleep(SECONDS)
        stop.set()
        for one in people:
            one.join()
        code = p.stop()
        told.close()
        t.ok("portal: it answered everybody and ended well", code == 0 and not wrong, "\n".join(wrong[:3]) + f" exit {code}")
    judge(t, parts, "portal", log, snapshot, NOTES, cuts, seed, 30)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    cuts = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    seed = int(os.environ.get("WECARE_SEED", random.SystemRandom().randrange(1 << 30)))
    parts, t = pathlib.Path(os.environ.get("WECARE_BUILD", program.parent)) / "tests/powercut", Tap()
    t.note(f"WECARE_SEED={seed}")
    with tempfile.TemporaryDirectory(prefix="wecare-powercut-", dir="/var/tmp") as folder:
        for name, run in (("store", lambda f: store(t, parts, f, cuts, seed)),
                          ("portal", lambda f: portal(t, parts, program, f, cuts, seed))):
            (pathlib.Path(folder) / name).mkdir()
            run(pathlib.Path(folder) / name)
    sys.exit(t.end())


if __name__ == "__main__":
    main()
