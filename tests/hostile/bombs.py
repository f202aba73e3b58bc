#!/usr/bin/env python3
"""bombs.py PROGRAM - files and feeds made to break whoever reads them: each refused within a second and 64 MB.

Every bomb is listed by name. A file goes through `wecare import hsds` (or csv), a feed through `wecare feed run` from a server on
loopback. Wanted of each: exit code 1, its reason in words, at most 64 MB, a second of processor, and a second of the clock once the machine's
own slowness is taken off (what a refused empty file costs in the same run). Afterwards the catalogue is as it was. TAP.
"""
import http.server
import json
import os
import pathlib
import shutil
import signal
import socketserver
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
import zlib

MOST_KB, MOST_CPU_S, MOST_S = 64 * 1024, 1.0, 1.0
ORG = "0a0a0a0a-0000-4000-8000-000000000001"
GB = 1 << 30
MAPPING = "[source]\nname = bomba\n[fields]\nid = {c}\nname = {n}\ndescription = d\nneeds = pasto-caldo\norganisation.name = Ente\n"
bombs = []


def bomb(name, why, kind="json", limit_s=MOST_S):
    """make(folder) writes a file and gives its path; why: a part of the sentence it must be refused with."""
    def keep(make):
        bombs.append((name, why, kind, make, limit_s))
        return make
    return keep


def written(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def sparse(folder, name, head, size):
    path = written(folder, name, head)
    os.truncate(path, size)
    return path


def service(**more):
    return dict({"id": "0a0a0a0a-0000-4000-8000-000000000002", "name": "Uno", "status": "active",
                 "organization": {"id": ORG, "name": "Ente", "description": "Ente"}}, **more)


def simple(name, why, text, kind="json", file="bomb.json"):
    bomb(name, why, kind)(lambda folder: written(folder, file, text() if callable(text) else text))


# ---- JSON ----
simple("json: a hundred thousand brackets", "32", lambda: "[" * 100000)
simple("json: a hundred thousand objects in each other", "32", lambda: '[' + '{"a":' * 100000)
simple("json: depth hidden in one field", "32", lambda: '[{"id":"x","phones":' + "[" * 5000 + "]" * 5000 + "}]")
simple("json: two names alike", "twice", '[{"id":"a","id":"b","name":"n"}]')
simple("json: a thousand names alike", "twice", lambda: "[{" + ",".join(['"id":"a"'] * 1000) + "}]")
simple("json: a number of a million digits", "", lambda: '[{"id":' + "9" * 1000000 + "}]")
simple("json: a number past every range", "number", '[{"id":"a","latitude":1e999999}]')
simple("json: NaN for a latitude", "", lambda: "[" + json.dumps(service(service_at_locations=[
    {"id": ORG, "location": {"id": ORG, "location_type": "physical", "latitude": float("nan"), "longitude": 7.0}}])) + "]")
simple("json: infinity for an age", "", lambda: "[" + json.dumps(service(minimum_age=float("inf"))) + "]")
simple("json: a latitude that is the word NaN", "latitude", lambda: json.dumps([service(service_at_locations=[
    {"id": ORG, "location": {"id": ORG, "location_type": "physical", "latitude": "NaN", "longitude": 7.0}}])]))
simple("json: the year 9999999", "assured_date", lambda: json.dumps([service(assured_date="9999999-01-01")]))
simple("json: the 31st of February", "assured_date", lambda: json.dumps([service(assured_date="2026-02-31")]))
simple("json: a NUL in a name", "null character", '[{"id":"a","name":"a\\u0000b"}]')
simple("json: NULs alone", "", lambda: "\0" * 1000000)
simple("json: half a pair of surrogates", "", '[{"id":"a","name":"\\ud800"}]')
simple("json: bytes that are no letters", "UTF-8", b'[{"id":"a","name":"\xff\xfe\xfd"}]')
simple("json: overlong letters", "UTF-8", b'[{"id":"\xc0\xaf","name":"a"}]')
simple("json: two byte-order marks", "", b"\xef\xbb\xbf\xef\xbb\xbf[]x")
simple("json: the mark of UTF-32", "UTF", b"\xff\xfe\0\0[\0\0\0")
simple("json: an id of a megabyte", "id", lambda: json.dumps([service(id="a" * (1 << 20))]))
simple("json: an entry of nine megabytes", "8 MB", lambda: json.dumps([service(description="a" * (9 << 20))]))
simple("json: an array that never ends", "", lambda: "[" + json.dumps(service(name="")) + ",")
simple("json: a text that never ends", "", lambda: '[{"name":"' + "a" * 100000)
simple("json: two documents in one", "", '[]{"a":1}')
simple("json: a page with a comma too many", "", '{"contents":[{"id":"a"},]}')
simple("json: an organisation that is its own services' organisation", "", lambda: json.dumps(
    [{"id": "1x", "name": "a", "description": "d", "services": [{"id": "2x", "organization": {"id": "1x", "services": [{"id": "2x"}]}}]}]))
simple("json: XML instead", "JSON", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>')
simple("json: a thousand million laughs", "JSON", '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>')
bomb("json: a gigabyte of one line", "8 MB")(lambda f: sparse(f, "b.json", '[{"name":"' , GB))
bomb("json: a gigabyte of nothing", "")(lambda f: sparse(f, "b.json", "[", GB))


@bomb("json: ten megabytes of blanks", "")
def blanks(folder):
    return written(folder, "b.json", "[" + " " * (10 << 20) + "]")


# ---- CSV ----
simple("csv: a quote of a megabyte that is never closed", "", lambda: 'c,n\n1,"' + "a,\n" * 400000, "csv", "b.csv")
bomb("csv: a quote of a gigabyte that is never closed", "", "csv")(lambda f: sparse(f, "b.csv", 'c,n\n1,"', GB))
bomb("csv: a row of a gigabyte", "", "csv")(lambda f: sparse(f, "b.csv", "c,n\n1,", GB))
simple("csv: a hundred thousand columns", "500", lambda: ",".join(f"c{i}" for i in range(100000)) + "\n1\n", "csv", "b.csv")
simple("csv: two columns alike", "", "c,n,n\n1,a,b\n", "csv", "b.csv")
simple("csv: more cells than names", "", lambda: "c,n\n" + "1," * 400 + "\n", "csv", "b.csv")
simple("csv: NULs", "", b"c,n\n1,a\0b\n", "csv", "b.csv")
simple("csv: an id that comes twice", "twice", "c,n\n1,a\n1,b\n", "csv", "b.csv")
simple("csv: quotes in the middle of cells", "", 'c,n\n1,a"b"c\n', "csv", "b.csv")
simple("csv: no row of names", "", "\n\n\n", "csv", "b.csv")


# ---- packages ----
def zipped(folder, entries, method=zipfile.ZIP_DEFLATED):
    path = folder / "b.zip"
    with zipfile.ZipFile(path, "w", method) as z:
        for name, data in entries:
            z.writestr(name, data)
    return path


SERVICES = "id,organization_id,name,status\n"
bomb("zip: forty kilobytes that become forty megabytes", "grows")(lambda f: zipped(f, [("services.csv", "0" * (40 << 20))]))
bomb("zip: a zip in a zip in a zip", "")(lambda f: zipped(f, [("services.zip", zipped(f, [("a.zip", b"PK\3\4")]).read_bytes())]))
bomb("zip: a name that climbs out", "folder")(lambda f: zipped(f, [("../../../../tmp/services.csv", SERVICES)]))
bomb("zip: a name from the root", "folder")(lambda f: zipped(f, [("/etc/services.csv", SERVICES)]))
bomb("zip: a thousand entries", "200")(lambda f: zipped(f, [(f"{i}.csv", "a") for i in range(1000)]))
bomb("zip: nothing in it", "")(lambda f: zipped(f, []))
bomb("zip: two entries that are one file in two folders", "two files")(lambda f: zipped(f, [("a/services.csv", SERVICES), ("b/services.csv", SERVICES)]))
bomb("zip: packed by another method", "packed")(lambda f: zipped(f, [("services.csv", SERVICES * 100)], zipfile.ZIP_LZMA))
bomb("zip: a description that points outside", "leaves the folder")(lambda f: zipped(f, [
    ("datapackage.json", '{"resources":[{"path":"../../../etc/passwd"}]}'), ("services.csv", SERVICES)]))
bomb("zip: a description that points to the network", "leaves the folder")(lambda f: zipped(f, [
    ("datapackage.json", '{"resources":[{"path":"http://169.254.169.254/latest"}]}'), ("services.csv", SERVICES)]))
bomb("zip: keys that lead nowhere", "")(lambda f: zipped(f, [("services.csv", SERVICES + f"{ORG},{ORG[:-1]}9,Uno,active\n"), ("organizations.csv", "id,name,description\n")]))


@bomb("zip: a link instead of a file", "link")
def link(folder):
    path = folder / "b.zip"
    info = zipfile.ZipInfo("services.csv")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(path, "w") as z:
        z.writestr(info, "/etc/passwd")
    return path


def patched(folder, change):
    path = zipped(folder, [("services.csv", SERVICES), ("organizations.csv", "id,name,description\n")])
    data = bytearray(path.read_bytes())
    change(data)
    path.write_bytes(data)
    return path


def overlap(data):
    first = data.index(b"PK\1\2")
    second = data.index(b"PK\1\2", first + 1)
    struct.pack_into("<I", data, second + 42, 0)


def lock(data):
    at = data.index(b"PK\1\2")
    data[at + 8] |= 1


def lie(data):
    at = data.index(b"PK\1\2")
    struct.pack_into("<I", data, at + 24, 3)


bomb("zip: entries that lie upon each other", "upon each other")(lambda f: patched(f, overlap))
bomb("zip: locked by a password", "password")(lambda f: patched(f, lock))
bomb("zip: a directory that lies about sizes", "")(lambda f: patched(f, lie))
bomb("zip: cut in the middle", "zip")(lambda f: written(f, "c.zip", zipped(f, [("services.csv", SERVICES * 50)]).read_bytes()[:60]))


# ---- feeds over HTTP ----
class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def send(self, body, code=200, **head):
        self.send_response(code)
        for k, v in dict({"Content-Length": str(len(body))}, **head).items():
            self.send_header(k.replace("_", "-"), v)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        try:
            getattr(self, "on_" + self.path.strip("/").split("/")[0].split("?")[0])()
        except (BrokenPipeError, ConnectionResetError):
            pass

    def on_ring(self):  # leads to itself
        self.send(b"", 302, Location=self.path)

    def on_away(self):  # leads inside
        self.send(b"", 302, Location="http://169.254.169.254/latest/meta-data")

    def on_endless(self):  # a page that says there is another, always
        n = int(self.path.split("page=")[1].split("&")[0])
        self.send(json.dumps({"page_number": n, "total_pages": 2 ** 40, "last_page": False, "contents": []}).encode())

    def on_same(self):  # the same page again and again
        self.send(json.dumps({"total_pages": 2 ** 40, "last_page": False, "contents": [service()]}).encode())

    def on_gzip(self):  # ten gigabytes in ten megabytes
        packed = zlib.compressobj(9, zlib.DEFLATED, 31)
        body = b"".join(packed.compress(b"0" * (1 << 20)) for _ in range(64)) + packed.flush()
        self.send(body, Content_Encoding="gzip")

    def on_large(self):  # more than a page may have
        self.send_response(200)
        self.end_headers()
        for _ in range(64):
            self.wfile.write(b" " * (1 << 20))

    def on_html(self):
        self.send(b"<!doctype html><title>moved</title>")

    def on_slow(self):  # a byte a second
        self.send_response(200)
        self.end_headers()
        for _ in range(120):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(1)

    def on_liar(self):  # says a size, gives another
        self.send_response(200)
        self.send_header("Content-Length", "1000000000000")
        self.end_headers()

    def on_portal(self):  # a portal whose pages go round
        self.send(json.dumps({"portal": ORG, "change": 5, "last_page": False, "next": 0, "gone": [], "contents": []}).encode())

    def on_zip(self):
        self.send(b"PK\3\4" + b"\0" * 1000)


def feed(name, path, why, kind="hsds", limit_s=MOST_S):
    bombs.append((name, why, kind + "-feed", lambda folder: path, limit_s))


feed("feed: a redirect that leads to itself", "/ring", "answers 302")
feed("feed: a redirect that leads inside", "/away", "not among the hosts")
feed("feed: pages without an end", "/endless", "no end")
feed("feed: the same page for ever", "/same", "again and again")
feed("feed: a bomb in gzip", "/gzip", "")
feed("feed: an answer that never ends", "/large", "more than")
feed("feed: a page for people", "/html", "no HSDS page")
feed("feed: a byte a second", "/slow", "", limit_s=14)
feed("feed: a size that is a lie", "/liar", "more than")
feed("feed: a portal whose pages go round", "/portal", "circle", "portal")
feed("feed: a zip that is none", "/zip", "", "file")


def hands():
    """A small process that runs and measures: what a child holds counts from what its parent held when it was made."""
    for line in sys.stdin:
        words, cwd, out = json.loads(line)
        began = time.monotonic()
        with open(out, "wb") as f:
            p = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=f, stderr=subprocess.STDOUT, cwd=cwd)
            timer = threading.Timer(60, lambda: p.send_signal(signal.SIGKILL))
            timer.start()
            _, status, used = os.wait4(p.pid, 0)
            timer.cancel()
        print(json.dumps([os.waitstatus_to_exitcode(status), time.monotonic() - began, used.ru_maxrss, used.ru_utime + used.ru_stime]), flush=True)


class Hands:
    def __init__(self):
        self.p = subprocess.Popen([sys.executable, __file__, "--hands"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, words, cwd):
        out = pathlib.Path(cwd) / "said"
        self.p.stdin.write(json.dumps([words, str(cwd), str(out)]) + "\n")
        self.p.stdin.flush()
        return (*json.loads(self.p.stdout.readline()), out.read_text(errors="replace"))

    def end(self):
        self.p.stdin.close()
        self.p.wait()


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    folder = pathlib.Path(tempfile.mkdtemp(prefix="wecare-bombs-"))
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host = f"127.0.0.1:{server.server_port}"
    base = [program, "--data", str(folder / "data"), "--set", f"outbound.allow={host}", "--set", "outbound.loopback=yes"]
    n_bad = 0
    only = sys.argv[2:]
    h = Hands()
    subprocess.run([*base, "db", "migrate"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    (folder / "map").write_text(MAPPING)
    (folder / "empty.json").write_text("x")
    slowness = min(h.run([*base, "import", "hsds", str(folder / "empty.json")], folder)[1] for _ in range(3))
    chosen = [b for b in bombs if not only or any(o in b[0] for o in only)]
    print(f"1..{len(chosen) + 1}")
    for i, (name, why, kind, make, limit_s) in enumerate(chosen, 1):
        work = folder / f"b{i}"
        work.mkdir()
        made = make(work)
        if kind.endswith("-feed"):
            subprocess.run([*base, "feed", "add", f"b{i}", f"http://{host}{made}", "--kind", kind[:-5]], stdout=subprocess.DEVNULL, check=True)
            words = ["feed", "run", f"b{i}"]
        else:
            words = ["import", "csv", str(made), "--mapping", str(folder / "map")] if kind == "csv" else ["import", "hsds", str(made)]
        code, seconds, most_kb, cpu, said = h.run([*base, *words], work)
        own = max(0.0, seconds - slowness)
        faults = [f"exit {code}, not 1"] * (code != 1) + [f"{most_kb} KB"] * (most_kb > MOST_KB)
        faults += [f"{cpu:.2f} s of processor"] * (cpu > MOST_CPU_S) + [f"{own:.2f} s"] * (own > limit_s and cpu * 4 < own)
        faults += [f"does not say {why!r}: {said[-300:]}"] * (why not in said)
        n_bad += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {i} - {name}" + (f" # {seconds:.2f} s, {most_kb // 1024} MB" if not faults else ""))
        for f in faults:
            print("# " + f.replace("\n", "\n# "))
        shutil.rmtree(work)
    p = subprocess.run([*base, "db", "check"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    n_bad += p.returncode != 0
    print(f"{'ok' if p.returncode == 0 else 'not ok'} {len(chosen) + 1} - the database is whole afterwards")
    server.shutdown()
    h.end()
    shutil.rmtree(folder)
    sys.exit(1 if n_bad else 0)


hands() if sys.argv[1:] == ["--hands"] else main()
