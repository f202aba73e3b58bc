#!/usr/bin/env python3
"""services_bench.py - the pages of the catalogue over a socket, with 25,000 services.

  usage: services_bench.py [--build DIR] [--seconds N] [--rounds N] [--services N]

(a) the results page for words that people use, in Torino: 640 requests a second whatever the answers do, 64 connections;
    as it is served (finished pages are kept a while) and with each page made afresh
(b) the same page as fast as it goes, beside nginx serving the same bytes
(c) the page of one service, as fast as it goes
(d) lists of the HSDS API and the file of all services
(e) memory under that load

Exit 1 when a promise of the issue is broken: p99 of (a) over 50 ms or an error in it, (b) slower than a 25th of nginx, memory
over 256 MB.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import http_bench as http
import services

WORDS = ["mensa", "pacco spesa", "casa", "sfratto", "bolletta luce", "cerco lavoro", "badante", "anziani soli", "asilo nido",
         "corso italiano", "permesso di soggiorno", "psicologo", "trasporto visite", "invalidità", "affitto", "doposcuola", "caf isee",
         "dentista", "vestiti", "dove dormo stanotte", "nonna non autosufficente", "pannoloni", "dipendenze", "volontariato"]
FILTERS = ["", "&km=5", "&costo=free", "&aperto=now"]


def paths_of(folder):
    name = f"{folder}/paths.txt"
    with open(name, "w") as f:
        for extra in FILTERS:
            for words in WORDS:
                f.write(f"/trova?cosa={urllib.parse.quote_plus(words)}&dove=torino-to{extra}\n")
    return name


class Memory(threading.Thread):
    """The most that the portal takes while it is under load."""

    def __init__(self, portal):
        super().__init__(daemon=True)
        self.portal, self.most, self.goes_on = portal, 0, True
        self.start()

    def run(self):
        while self.goes_on:
            self.most = max(self.most, self.portal.memory_mb())
            time.sleep(0.05)

    def end(self):
        self.goes_on = False
        self.join()
        return self.most


def open_loop(a, portal, paths):
    out = subprocess.run([f"{a.build}/bench/open_loop", str(portal.port), str(a.rate), str(a.seconds), "64", paths], check=True,
                         capture_output=True, text=True).stdout
    return {k: float(v) for k, v in re.findall(r"(\w+) ([\d.]+)", out)}


def arrivals(a, name, portal, paths):
    cold = open_loop(a, portal, paths)  # each page for the first time: told, not counted
    got = [open_loop(a, portal, paths) for _ in range(a.rounds)]
    p99 = statistics.median(g["p99"] for g in got)
    errors = int(sum(g["errors"] for g in got))
    print(f"{name}: {a.rate} a second, 64 connections: p50 {statistics.median(g['p50'] for g in got):.2f} ms, "
          f"p99 {p99:.2f} ms, worst {max(g['worst'] for g in got):.1f} ms, {errors} errors (first round: p99 {cold['p99']:.1f} ms)")
    return p99, errors


def rate_of(a, name, url, seconds=None):
    got = [http.wrk(url, seconds or a.seconds, False) for _ in range(a.rounds)]
    rate = statistics.median(r for r, _ in got)
    print(f"{name}: {rate:,.0f} a second, p99 {statistics.median(p for _, p in got):.1f} ms")
    return rate


def export(portal):
    url = f"http://127.0.0.1:{portal.port}/dati/servizi.csv"
    before = portal.memory_mb()
    began = time.monotonic()
    memory = Memory(portal)
    _, body = http.fetch(url)
    took, most = time.monotonic() - began, memory.end()
    print(f"all services as CSV: {len(body) / 1e6:.1f} MB in {took:.1f} s, memory {before:.1f} to {most:.1f} MB")


def load(a, folder):
    data = f"{folder}/data"
    http.Portal(a.build, data).stop()
    services.write(a.services, folder)
    began = time.monotonic()
    subprocess.run([f"{a.build}/wecare", "--data", data, "--set", "log.level=warn", "import", "csv", f"{folder}/services.csv", "--mapping",
                    f"{folder}/bench.map"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print(f"{a.services:,} services brought in by the importer in {time.monotonic() - began:.1f} s")
    return data


def measure(a, folder):
    data, paths = load(a, folder), paths_of(folder)
    portal = http.Portal(a.build, data)
    origin = f"http://127.0.0.1:{portal.port}"
    memory = Memory(portal)
    with open(paths) as f:
        first = f.readline().strip()
    began = time.monotonic()
    _, page = http.fetch(origin + first, limit=120)
    print(f"first search after the start, which builds the index: {time.monotonic() - began:.2f} s")
    nginx = http.Nginx(folder, page)
    print(f"{first}: {len(page):,} bytes")
    p99, errors = arrivals(a, "results as served", portal, paths)
    ratio = http.compare("results, kept", origin + first, f"http://127.0.0.1:{nginx.port}/page.html", a.rounds, a.seconds, False)
    slug = re.search(rb'href="(/servizi/[^"?#]+)"', page)
    if slug:
        rate_of(a, "page of a service", origin + slug.group(1).decode())
    http.fetch(f"{origin}/api/hsds/3.0/services")  # the directory of its lists is made once
    rate_of(a, "HSDS, 50 services", f"{origin}/api/hsds/3.0/services")
    export(portal)
    most = memory.end()
    portal.stop()
    fresh = http.Portal(a.build, data, kept_kb=0)
    origin = f"http://127.0.0.1:{fresh.port}"
    http.fetch(origin + first, limit=120)
    memory = Memory(fresh)
    fresh_p99, fresh_errors = arrivals(a, "results made afresh", fresh, paths)
    fresh_ratio = http.compare("results, made afresh", origin + first, f"http://127.0.0.1:{nginx.port}/page.html", a.rounds, a.seconds, False)
    if slug:
        rate_of(a, "page of a service, made afresh", origin + slug.group(1).decode())
    most = max(most, memory.end())
    fresh.stop()
    nginx.stop()
    print(f"most memory under load: {most:.1f} MB")
    return max(p99, fresh_p99) <= 50 and errors + fresh_errors == 0 and max(ratio, fresh_ratio) <= 25 and most <= 256


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--seconds", type=int, default=3)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--services", type=int, default=25000)
    p.add_argument("--rate", type=int, default=640)
    a = p.parse_args()
    folder = tempfile.mkdtemp(prefix="wecare-bench-")
    os.chmod(folder, 0o755)
    try:
        sys.exit(0 if measure(a, folder) else 1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
