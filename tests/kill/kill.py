"""kill.py PROGRAM [TIMES] - kill -9 in the middle of writes, again and again. Prints TAP.

Several people write notes at once; the portal is killed at a moment chosen by chance and started
again. Every note that was acknowledged, with its code, must be there afterwards: at once for the
codes of the last round, and all of them at the end. The seed is printed, so that a bad round can
be run again with WECARE_SEED.
"""
import contextlib
import http.client
import os
import pathlib
import random
import signal
import sqlite3
import statistics
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from portal import Portal  # noqa: E402
from tree import Tap  # noqa: E402

WRITERS = 4
PER_HOUR = 120  # notes the portal takes in an hour; each round has an hour of its own
READY_S = 3.0  # SECURITY.md, T31


def write_until(p, stop, codes, refused):
    """Codes are kept only when the answer came: that is what was acknowledged."""
    n = 0
    while not stop.is_set():
        n += 1
        try:
            codes.append(p.send_note(f"nota numero {n} di {threading.get_ident()}", timeout=5))
        except (OSError, http.client.HTTPException):
            time.sleep(0.002)  # the portal was killed under this one: not acknowledged
        except RuntimeError as e:
            if len(codes) < PER_HOUR - WRITERS:
                refused.append(str(e))
            return


def one_round(p, chance, refused):
    stop, codes = threading.Event(), []
    threads = [threading.Thread(target=write_until, args=(p, stop, codes, refused)) for _ in range(WRITERS)]
    for t in threads:
        t.start()
    until = time.monotonic() + 10
    while not codes and not refused and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(chance.uniform(0.0, 0.08))
    p.server.send_signal(signal.SIGKILL)
    p.server.wait()
    p.server = None
    stop.set()
    for t in threads:
        t.join()
    return codes


def age_notes(p):
    """Two hours earlier: the next round finds none in its hour."""
    with contextlib.closing(sqlite3.connect(p.data / "wecare.db", timeout=10)) as d, d:
        d.execute("UPDATE messages_note SET received_at = received_at - 7200000")


def lost(p, codes):
    return [c for c in codes if p.get("/aiuto/scrivi/" + c)[0] != 200]


def main():
    program, times = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 50
    seed = int(os.environ.get("WECARE_SEED", random.SystemRandom().randrange(1 << 30)))
    chance, t = random.Random(seed), Tap()
    t.note(f"WECARE_SEED={seed}")
    with Portal(program) as p:
        p.prepare()
        took, codes, missing, refused = [p.start()], [], [], []
        for _ in range(times):
            fresh = one_round(p, chance, refused)
            took.append(p.start())
            missing += lost(p, fresh)
            codes += fresh
            age_notes(p)
            if refused:
                break
        t.ok(f"{times} times killed and started again", len(took) == times + 1 and not refused, "\n".join(refused[:3]))
        t.ok("something was acknowledged in every round but few", len(codes) >= times, f"{len(codes)} codes in {times} rounds")
        missing += lost(p, codes)
        t.ok("every acknowledged note is there after each kill and at the end", not missing, " ".join(sorted(set(missing))))
        t.ok(f"ready again within {READY_S} s", max(took) <= READY_S, f"longest {max(took):.2f} s")
        t.ok("the database is whole", "whole" in p.run("db", "check"))
        t.note(f"{len(codes)} acknowledged, {len(set(missing))} lost; ready in {statistics.median(took):.3f} s "
               f"(longest {max(took):.3f} s)")
    sys.exit(t.end())


if __name__ == "__main__":
    main()
