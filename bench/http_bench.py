#!/usr/bin/env python3
"""http_bench.py - the portal over a socket beside nginx serving the same bytes, in the same run.

  usage: http_bench.py [--build DIR] [--seconds N] [--rounds N] [--path /territorio/comune/ivrea-to]
         [--postgres postgres://...]

(a) one public page at 64 connections, wrk on the same machine, in turns; medians
(b) the same packed with gzip
(c) from the start of the program to its first answer, and its memory with nobody there
(d) with --postgres: the page made afresh for each request, on PostgreSQL and on SQLite in turns

Exit 1 when the page is slower than a third of nginx, or memory with nobody there is over 64 MB.
"""
import argparse, gzip, os, re, shutil, signal, socket, statistics, subprocess, sys, tempfile, time, urllib.request

HEADERS = """add_header Content-Security-Policy "default-src 'none'; script-src 'self'; style-src 'self'" always;
add_header X-Content-Type-Options nosniff; add_header Referrer-Policy same-origin;
add_header Cross-Origin-Opener-Policy same-origin; add_header Cross-Origin-Resource-Policy same-origin;
add_header Cache-Control "public, max-age=0, must-revalidate"; add_header Vary "Accept-Encoding, HX-Request";"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def fetch(url, headers=None, limit=10):
    request = urllib.request.Request(url, headers=headers or {})
    with urllib.request.urlopen(request, timeout=limit) as answer:
        return answer.geturl(), answer.read()


class Portal:
    """The program as it is served, on a data folder of its own."""

    def __init__(self, build, data, store=None, kept_kb=16384):
        self.port = free_port()
        where = ["--store", store] if store else ["--data", data]
        began = time.monotonic()
        self.process = subprocess.Popen(
            [os.path.join(build, "wecare"), *where, "--set", "log.level=warn", "--set", f"web.kept_kb={kept_kb}",
             "serve", "--listen", f"127.0.0.1:{self.port}"], stderr=subprocess.DEVNULL)
        while True:
            try:
                fetch(f"http://127.0.0.1:{self.port}/health")
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() - began > 60:
                    sys.exit("the portal does not start")
                time.sleep(0.002)
        self.first_answer_ms = (time.monotonic() - began) * 1000

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


class Nginx:
    """The same bytes from a file, with about the same headers and no log."""

    def __init__(self, folder, page):
        self.port = free_port()
        os.makedirs(f"{folder}/www")
        with open(f"{folder}/www/page.html", "wb") as f:
            f.write(page)
        with gzip.open(f"{folder}/www/page.html.gz", "wb", 6) as f:
            f.write(page)
        with open(f"{folder}/nginx.conf", "w") as f:
            f.write(f"""worker_processes auto; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
worker_rlimit_nofile 4096; events {{ worker_connections 1024; }}
http {{ access_log off; types {{ text/html html; }} sendfile on; tcp_nopush on; keepalive_requests 100000;
open_file_cache max=100; client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;
fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
server {{ listen 127.0.0.1:{self.port}; root {folder}/www; gzip_static on; {HEADERS} }} }}""")
        if os.geteuid() == 0:
            subprocess.run(["chmod", "-R", "o+rX", folder], check=True)
        self.process = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf", "-p", folder],
                                        stderr=subprocess.DEVNULL)
        for _ in range(500):
            try:
                fetch(f"http://127.0.0.1:{self.port}/page.html")
                return
            except OSError:
                time.sleep(0.01)
        sys.exit("nginx does not start")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def wrk(url, seconds, packed):
    header = "Accept-Encoding: gzip" if packed else "X-Nothing: 1"
    out = subprocess.run(["wrk", "-t2", "-c64", f"-d{seconds}s", "--latency", "-H", header, url], check=True,
                         capture_output=True, text=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: .*", out)
    if bad:
        print("  !", bad.group(0))
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", out)
    return (float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
            float(p99.group(1)) * unit[p99.group(2)])


def compare(name, ours, theirs, rounds, seconds, packed):
    """Turn by turn, so that a busy minute of the machine hits both."""
    got, base = [], []
    for _ in range(rounds):
        got.append(wrk(ours, seconds, packed))
        base.append(wrk(theirs, seconds, packed))
    mine = statistics.median(r for r, _ in got)
    nginx = statistics.median(r for r, _ in base)
    print(f"{name}: {mine:,.0f} pages/s (p99 {statistics.median(p for _, p in got):.1f} ms), "
          f"nginx {nginx:,.0f} (p99 {statistics.median(p for _, p in base):.1f} ms): 1:{nginx / mine:.2f}")
    return nginx / mine


def compare_engines(a, folder):
    """Each request asks the database: what the two engines cost, without the pages kept in memory."""
    portals = {"SQLite": Portal(a.build, f"{folder}/data", kept_kb=0),
               "PostgreSQL": Portal(a.build, f"{folder}/data", store=a.postgres, kept_kb=0)}
    got = {name: [] for name in portals}
    for _ in range(a.rounds):
        for name, portal in portals.items():
            got[name].append(wrk(f"http://127.0.0.1:{portal.port}{a.path}", a.seconds, False)[0])
    for portal in portals.values():
        portal.stop()
    here, there = (statistics.median(got[n]) for n in ("SQLite", "PostgreSQL"))
    print(f"made afresh: SQLite {here:,.0f} pages/s, PostgreSQL {there:,.0f}: {here / there:.1f}:1")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--seconds", type=int, default=3)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--path", default="/territorio/comune/ivrea-to")
    p.add_argument("--postgres")
    a = p.parse_args()
    folder = tempfile.mkdtemp(prefix="wecare-bench-")
    os.chmod(folder, 0o755)
    ok = True
    try:
        Portal(a.build, f"{folder}/data").stop()  # sets the database up
        starts = []
        for _ in range(a.rounds):
            portal = Portal(a.build, f"{folder}/data")
            time.sleep(0.3)
            starts.append((portal.first_answer_ms, portal.memory_mb()))
            portal.stop()
        memory = max(m for _, m in starts)
        print(f"start to first answer: {statistics.median(t for t, _ in starts):.0f} ms; "
              f"memory with nobody there: {memory:.1f} MB")
        portal = Portal(a.build, f"{folder}/data")
        url, page = fetch(f"http://127.0.0.1:{portal.port}{a.path}")
        nginx = Nginx(folder, page)
        theirs = f"http://127.0.0.1:{nginx.port}/page.html"
        print(f"{a.path}: {len(page)} bytes, 64 connections, {a.rounds} rounds of {a.seconds} s")
        ratio = compare("plain", url, theirs, a.rounds, a.seconds, False)
        compare("gzip ", url, theirs, a.rounds, a.seconds, True)
        print(f"memory after the load: {portal.memory_mb():.1f} MB")
        nginx.stop()
        portal.stop()
        if a.postgres:
            compare_engines(a, folder)
        ok = ratio <= 3 and memory <= 64
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
