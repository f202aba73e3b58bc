"""slow.py PROGRAM [N] - slow connections do not delay a good one. Prints TAP.

N connections (990) send a byte of a header every few seconds, or a byte of a form, or read nothing of
their answer, and never finish. They come from several loopback addresses, as the portal caps
connections by address. Meanwhile one person asks for a page again and again: every answer must
come, and as quickly as before. Then the slow ones must have been closed by the portal itself.
"""
import pathlib
import resource
import select
import socket
import statistics
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from portal import Portal  # noqa: E402
from tree import Tap  # noqa: E402

PER_ADDRESS = 190
ASKED = 200
PAGE = "/territorio"
KINDS = (
    b"GET / HTTP/1.1\r\nHost: portale.example\r\nX-Slow: ",
    b"POST /aiuto/scrivi HTTP/1.1\r\nHost: portale.example\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 5000\r\n\r\ntesto=",
    b"G",
)


def open_slow(port, n):
    out = []
    for i in range(n):
        s = socket.socket()
        s.bind((f"127.0.1.{1 + i // PER_ADDRESS}", 0))
        s.connect(("127.0.0.1", port))
        s.sendall(KINDS[i % len(KINDS)])
        out.append(s)
    return out


def trickle(slow, stop):
    while not stop.wait(1.0):
        for s in slow:
            try:
                s.send(b"a")
            except OSError:
                pass


def ask_many(p):
    """Milliseconds of each good request; a failure ends the measure."""
    took = []
    for _ in range(ASKED):
        began = time.monotonic()
        status = p.get(PAGE, timeout=10)[0]
        if status != 200:
            raise RuntimeError(f"{PAGE} answers {status}")
        took.append((time.monotonic() - began) * 1000)
    return took


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def still_open(slow):
    n = 0
    for s in slow:
        try:
            ready, _, _ = select.select([s], [], [], 0)
            while ready:
                if not s.recv(65536):
                    break
                ready, _, _ = select.select([s], [], [], 0)
            else:
                n += 1
        except OSError:
            pass
    return n


def rss_mb(pid):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0


def main():
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 990
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    t = Tap()
    with Portal(sys.argv[1], settings=["web.request_s=8", "web.idle_s=8"]) as p:
        p.prepare()
        p.start()
        alone = ask_many(p)
        slow, stop = open_slow(p.port, n), threading.Event()
        opened = time.monotonic()
        t.ok(f"{n} slow connections are taken", still_open(slow) >= n - 5, f"{still_open(slow)} open")
        threading.Thread(target=trickle, args=(slow, stop), daemon=True).start()
        beside = ask_many(p)
        memory = rss_mb(p.server.pid)
        before, after = percentile(alone, 0.95), percentile(beside, 0.95)
        t.ok("every good request beside them is answered", len(beside) == ASKED)
        t.ok("and is not delayed (95 % within three times the time alone and 20 ms)", after <= 3 * before + 20,
             f"alone {before:.1f} ms, beside {after:.1f} ms")
        while time.monotonic() - opened < 25 and still_open(slow) > 0:
            time.sleep(0.5)
        t.ok("the portal closes the slow ones by itself", still_open(slow) == 0, f"{still_open(slow)} still open")
        stop.set()
        for s in slow:
            s.close()
        t.ok("a good request is answered after them", p.get(PAGE)[0] == 200)
        t.note(f"median {statistics.median(alone):.2f} ms alone, {statistics.median(beside):.2f} ms beside {n}; "
               f"95 % {before:.2f} and {after:.2f} ms; resident {memory:.0f} MB; all closed after {time.monotonic() - opened:.1f} s")
    sys.exit(t.end())


if __name__ == "__main__":
    main()
