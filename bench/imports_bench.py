#!/usr/bin/env python3
"""imports_bench.py PROGRAM [N] [--seconds S] - N rows of a list come into a running portal, and what those who search notice of it.

The list (CSV with a mapping: services, bodies, places, hours, telephones) goes through `wecare import csv` beside a portal that
serves 25,000 services; searches arrive at a fixed rate, S seconds before, as long as the import runs, and S seconds when what came in
has been read. Seconds and memory of the import; the 99th of a hundred searches before, meanwhile and afterwards (a catalogue of a million
answers more slowly than one of 25,000, import or not); beside it the same rows put by hand into plain SQLite tables.
"""
import csv
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

top = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(top / "tests/support"))
sys.path.insert(0, str(top / "bench"))
from feeds_bench import MAPPING, WORDS  # noqa: E402
from portal import Portal  # noqa: E402

COLUMNS = "codice nome descrizione ente comune via lat lon tel orari".split()
EVERY_S, MOST_AT_ONCE, FIRST = 0.05, 16, 25000


def write(file, n, seed):
    """Twenty services a body; the same for the same seed."""
    r = random.Random(seed)
    comuni = list(csv.DictReader(open(top / "reference/territory/comuni.csv", encoding="utf-8")))
    with open(file, "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f)
        out.writerow(COLUMNS)
        for i in range(n):
            c = comuni[r.randrange(len(comuni))]
            out.writerow([f"{seed}-{i}", " ".join(r.choices(WORDS, k=4) + ["rarissima"] * (i == n - 1)).capitalize(), " ".join(r.choices(WORDS, k=40)) + ".", f"Ente {seed} {i // 20}",
                          f'{c["name"]} ({c["prov"]})', f"via {r.choice(WORDS).title()} {i % 90 + 1}", round(float(c["lat"]) + r.random() / 100, 6),
                          round(float(c["lon"]) + r.random() / 100, 6), f"011 555 0{i % 1000:03}", "Mo,We,Fr 09:00-12:30; Tu,Th 14:00-17:00"])


def by_hand(file, folder):
    """Body, place, service and telephone of each row, in four plain tables with an index each, in one transaction."""
    db = sqlite3.connect(folder / "plain.db", isolation_level=None)
    began, used = time.monotonic(), time.process_time()
    db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE o (id INTEGER PRIMARY KEY, name TEXT UNIQUE);"
                     "CREATE TABLE l (id INTEGER PRIMARY KEY, comune TEXT, via TEXT, lat REAL, lon REAL);"
                     "CREATE TABLE s (id INTEGER PRIMARY KEY, code TEXT UNIQUE, name TEXT, description TEXT, hours TEXT, o INTEGER, l INTEGER);"
                     "CREATE TABLE p (id INTEGER PRIMARY KEY, s INTEGER, number TEXT); CREATE INDEX so ON s (o); CREATE INDEX ps ON p (s); BEGIN")
    bodies = {}
    for i, x in enumerate(csv.reader(open(file, newline="", encoding="utf-8"))):
        if i == 0:
            continue
        if x[3] not in bodies:
            bodies[x[3]] = db.execute("INSERT INTO o (name) VALUES (?)", (x[3],)).lastrowid
        db.execute("INSERT INTO l VALUES (?, ?, ?, ?, ?)", (i, x[4], x[5], x[6], x[7]))
        db.execute("INSERT INTO s VALUES (?, ?, ?, ?, ?, ?, ?)", (i, x[0], x[1], x[2], x[9], bodies[x[3]], i))
        db.execute("INSERT INTO p (s, number) VALUES (?, ?)", (i, x[8]))
    db.execute("COMMIT")
    db.close()
    return time.monotonic() - began, time.process_time() - used


class Searches:
    """Arrivals at a fixed rate, whatever the answers do: who waits is counted from when he came."""

    def __init__(self, portal):
        self.portal, self.times, self.failed, self.stops = portal, [], 0, threading.Event()
        self.hands = threading.Semaphore(MOST_AT_ONCE)
        self.r = random.Random(3)
        self.thread = threading.Thread(target=self.arrive)
        self.thread.start()

    def one(self, came, path):
        try:
            code = self.portal.get(path, timeout=60)[0]
            self.times.append(time.monotonic() - came)
            self.failed += code not in (200, 303)
        except OSError:
            self.failed += 1
        finally:
            self.hands.release()

    def arrive(self):
        due = time.monotonic()
        while not self.stops.is_set():
            path = f"/trova?cosa={self.r.choice(WORDS)}+{self.r.choice(WORDS)}&dove={self.r.choice(['torino-to', 'ivrea-to', 'cuneo-cn', 'novara-no'])}"
            self.hands.acquire()
            threading.Thread(target=self.one, args=(due, path)).start()
            due += EVERY_S
            time.sleep(max(0.0, due - time.monotonic()))

    def end(self):
        self.stops.set()
        self.thread.join()
        for _ in range(MOST_AT_ONCE):
            self.hands.acquire()
        self.times.sort()
        return self

    def at(self, share):
        return self.times[min(len(self.times) - 1, int(len(self.times) * share))] * 1000

    def __str__(self):
        return f"{len(self.times)} searches, half within {self.at(.5):.1f} ms, 99 % within {self.at(.99):.1f} ms, {self.failed} failed"


def main():
    program, n = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    seconds = float(sys.argv[sys.argv.index("--seconds") + 1]) if "--seconds" in sys.argv else 10
    with Portal(program) as p:
        first, rows, mapping = p.folder / "first.csv", p.folder / "rows.csv", p.folder / "map"
        mapping.write_text(MAPPING)
        write(first, FIRST, 1)
        write(rows, n, 2)
        hand, hand_cpu = by_hand(rows, p.folder)
        p.prepare()
        p.run("import", "csv", str(first), "--mapping", str(mapping))
        p.start()
        p.get("/trova?cosa=casa&dove=torino-to")  # the index is made
        s = Searches(p)
        time.sleep(seconds)
        before = s.end()
        s = Searches(p)
        began = time.monotonic()
        words = [program, "--data", str(p.data), "import", "csv", str(rows), "--mapping", str(mapping)]
        job = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=top)
        said = job.stdout.read()
        _, status, used = os.wait4(job.pid, 0)
        took = time.monotonic() - began
        meanwhile = s.end()
        if os.waitstatus_to_exitcode(status) != 0 or f"{n} rows read: {n} new" not in said:
            sys.exit(f"imports_bench: {said}")
        until = time.monotonic() + 600
        while b" rarissima" not in p.get("/trova?cosa=rarissima")[2] and time.monotonic() < until:
            time.sleep(1)
        seen = time.monotonic() - began - took
        s = Searches(p)
        time.sleep(seconds)
        after = s.end()
        cpu = used.ru_utime + used.ru_stime
        print(f"plain SQLite inserts by hand   {hand:7.1f} s, {hand_cpu:.1f} s of processor, {n} rows")
        print(f"wecare import csv              {took:7.1f} s, {cpu:.1f} s of processor = {cpu / hand_cpu:.1f} x, {used.ru_maxrss // 1024} MB at most")
        print(f"search before                  {before}")
        print(f"search while it runs           {meanwhile} = {meanwhile.at(.99) / before.at(.99):.1f} x before, {meanwhile.at(.99) / after.at(.99):.1f} x afterwards")
        print(f"search afterwards              {after}, the last row found {seen:.0f} s after the end")


if __name__ == "__main__":
    main()
