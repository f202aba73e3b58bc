#!/usr/bin/env python3
"""open_data_bench.py PROGRAM [N] [ROUNDS] - N services taken away over HTTP in each format: seconds, bytes, memory of the portal.

Beside them, in the same run: the bytes that are inside the package and the spreadsheet packed again by Python's zipfile (the work that
no writer can leave out), and what a second asking costs when nothing has changed (304). Medians.
"""
import http.client
import io
import pathlib
import statistics
import sys
import tempfile
import time
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/support"))
import feeds_bench  # noqa: E402
from portal import Portal  # noqa: E402

WAYS = {"XLSX": "/dati/servizi.xlsx", "HSDS package (zip)": "/dati/hsds.zip", "CSV": "/dati/servizi.csv", "GeoJSON": "/dati/servizi.geojson",
        "HSDS ndjson, full": "/api/hsds/3.0/services?format=ndjson&full=true", "CPSV-AP_IT Turtle": "/dati/servizi.ttl",
        "Atom (100 entries)": "/dati/novita.atom", "DCAT-AP_IT": "/dati/catalogo.ttl", "sitemap, one part": "/sitemap/2.xml"}


def memory_kb(pid, what="VmHWM"):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split(what + ":")[1].split()[0])


def wait_until_idle(pid):
    """The day's work at the start (freshness, what leaves) is not what is measured."""
    def ticks():
        return sum(map(int, pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))
    quiet, before = 0, ticks()
    while quiet < 3:
        time.sleep(1)
        now = ticks()
        quiet, before = (quiet + 1 if now - before <= 5 else 0), now


def take(p, target, headers=None):
    c = http.client.HTTPConnection("127.0.0.1", p.port, timeout=300)
    began = time.monotonic()
    c.request("GET", target, headers=headers or {})
    r = c.getresponse()
    body = r.read()
    c.close()
    return time.monotonic() - began, r.status, body, r.getheader("ETag")


def packed_again(body):
    """Seconds of packing what is inside once more."""
    inside = [(i.filename, zipfile.ZipFile(io.BytesIO(body)).read(i)) for i in zipfile.ZipFile(io.BytesIO(body)).infolist()]
    began = time.monotonic()
    with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in inside:
            z.writestr(name, data)
    return time.monotonic() - began


def main():
    program = sys.argv[1]
    n, rounds = (int(x) for x in (sys.argv[2:] + ["25000", "5"][len(sys.argv) - 2:])[:2])
    with tempfile.TemporaryDirectory() as name, Portal(program, ["web.memory_kb=131072"]) as p:
        folder = pathlib.Path(name)
        feeds_bench.write(folder, n)
        p.run("db", "migrate", limit=600)
        p.run("import", "csv", str(folder / "list.csv"), "--mapping", str(folder / "list.map"), limit=1200)
        p.start()
        take(p, "/dati")  # what is kept beside the database is read once
        wait_until_idle(p.server.pid)
        print(f"{n} services, {rounds} rounds; the portal holds {memory_kb(p.server.pid) // 1024} MB before")
        for way, target in WAYS.items():
            before, seconds, again, floor = memory_kb(p.server.pid, "VmRSS"), [], [], []
            for _ in range(rounds):
                took, code, body, tag = take(p, target)
                if code != 200 or not body:
                    sys.exit(f"open_data_bench: {target} answers {code}")
                seconds.append(took)
                if tag is not None:
                    took, code, _, _ = take(p, target, {"If-None-Match": tag})
                    if code != 304:
                        sys.exit(f"open_data_bench: {target} is sent again")
                    again.append(took)
                if body[:2] == b"PK":
                    floor.append(packed_again(body))
            line = f"{way:22} {statistics.median(seconds):7.3f} s  {len(body) / 1e6:8.2f} MB  portal {memory_kb(p.server.pid) // 1024} MB at most"
            line += f" (+{(memory_kb(p.server.pid, 'VmRSS') - before) // 1024} MB)"
            if again:
                line += f"; unchanged {statistics.median(again) * 1000:.1f} ms"
            if floor:
                line += f"; packing alone {statistics.median(floor):.2f} s"
            print(line, flush=True)


if __name__ == "__main__":
    main()
