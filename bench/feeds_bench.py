#!/usr/bin/env python3
"""feeds_bench.py PROGRAM BASELINE [N] [ROUNDS] - N services with places, hours and telephones through the importers.

The same services as the HSDS CSV package, as nested HSDS JSON and as a list with a mapping, each imported by the program itself into
an empty portal, then once more unchanged; wall time and the most memory it held. BASELINE is import_bench, which puts as many services
by hand into plain SQLite tables in the same run. Medians.
"""
import csv
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

top = pathlib.Path(__file__).resolve().parents[1]
WORDS = ("sportello sociale aiuto famiglie anziani casa lavoro ascolto centro pasto caldo salute minori giovani trasporto gratuito volontari "
         "parrocchia cooperativa assistenza domiciliare corso italiano").split()
MAPPING = """[source]
name = bench
[fields]
id = {codice}
name = {nome}
description = {descrizione}
needs = pasto-caldo
organisation.name = {ente}
location.comune = {comune}
location.address = {via}
location.lat = {lat}
location.lon = {lon}
phones = {tel}
hours = {orari}
"""
TABLES = {
    "organizations": "id name description email website", "services": "id organization_id name description url email status assured_date",
    "locations": "id location_type name latitude longitude", "service_at_location": "id service_id location_id",
    "addresses": "id location_id address_1 city state_province postal_code country address_type",
    "schedules": "id service_id freq byday opens_at closes_at", "phones": "id service_id number type",
}


def without(row, *keys):
    return {k: v for k, v in row.items() if k not in keys}


def write(folder, n):
    r = random.Random(7)
    comuni = list(csv.DictReader(open(top / "reference/territory/comuni.csv", encoding="utf-8")))

    def new():
        return str(uuid.UUID(int=r.getrandbits(128), version=4))

    def words(k):
        return " ".join(r.choice(WORDS) for _ in range(k))

    (folder / "csv").mkdir()
    files = {t: csv.DictWriter(open(folder / "csv" / (t + ".csv"), "w", encoding="utf-8"), f.split()) for t, f in TABLES.items()}
    for f in files.values():
        f.writeheader()
    plain = csv.writer(open(folder / "list.csv", "w", encoding="utf-8"))
    plain.writerow("codice nome descrizione ente comune via lat lon tel orari".split())
    (folder / "list.map").write_text(MAPPING)
    bodies = [dict(id=new(), name=f"{words(3).title()} {i}", description=words(12), email=f"info@ente{i}.example",
                   website=f"https://www.ente{i}.example/") for i in range(n // 20 + 1)]
    files["organizations"].writerows(bodies)
    with open(folder / "services.json", "w", encoding="utf-8") as out:
        for i in range(n):
            o, c = r.choice(bodies), r.choice(comuni)
            s = dict(id=new(), organization_id=o["id"], name=words(4).capitalize(), description=words(40) + ".",
                     url=f"https://www.example.org/s/{i}", email=f"s{i}@example.org", status="active", assured_date=f"2026-0{r.randint(1, 9)}-11")
            place = dict(id=new(), location_type="physical", name=words(2).title(), latitude=round(float(c["lat"]) + r.random() / 100, 6),
                         longitude=round(float(c["lon"]) + r.random() / 100, 6))
            a = dict(id=new(), location_id=place["id"], address_1=f"via {words(1).title()} {i % 90 + 1}", city=c["name"], state_province=c["prov"],
                     postal_code="10100", country="IT", address_type="physical")
            at = dict(id=new(), service_id=s["id"], location_id=place["id"])
            hours = [dict(id=new(), service_id=s["id"], freq="WEEKLY", byday="MO,WE,FR", opens_at="09:00", closes_at="12:30"),
                     dict(id=new(), service_id=s["id"], freq="WEEKLY", byday="TU,TH", opens_at="14:00", closes_at="17:00")]
            phone = dict(id=new(), service_id=s["id"], number=f"011 555 0{i % 1000:03}", type="voice")
            for table, rows in (("services", [s]), ("locations", [place]), ("addresses", [a]), ("service_at_location", [at]),
                                ("schedules", hours), ("phones", [phone])):
                files[table].writerows(rows)
            nested = dict(without(s, "organization_id"), organization=o, phones=[without(phone, "service_id")],
                          schedules=[without(x, "service_id") for x in hours],
                          service_at_locations=[dict(id=at["id"], location=dict(place, addresses=[without(a, "location_id")]))])
            out.write(json.dumps(nested) + "\n")
            plain.writerow([f"c{i}", s["name"], s["description"], o["name"], f'{c["name"]} ({c["prov"]})', a["address_1"], place["latitude"],
                            place["longitude"], phone["number"], "Mo,We,Fr 09:00-12:30; Tu,Th 14:00-17:00"])


def run(*words):
    """Seconds and the most kilobytes it held; what it said must be well."""
    began = time.monotonic()
    p = subprocess.Popen([str(w) for w in words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    said = p.stdout.read()
    _, status, used = os.wait4(p.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"feeds_bench: {' '.join(map(str, words))}: {said}")
    return time.monotonic() - began, used.ru_maxrss, said


def main():
    program, baseline = (os.path.abspath(p) for p in sys.argv[1:3])
    n, rounds = (int(x) for x in (sys.argv[3:] + ["100000", "5"][len(sys.argv) - 3:])[:2])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write(folder, n)
        ways = {"HSDS CSV package": ["hsds", folder / "csv"], "HSDS nested JSON": ["hsds", folder / "services.json"],
                "a list with a mapping": ["csv", folder / "list.csv", "--mapping", folder / "list.map"]}
        seconds = {w: [] for w in ways}
        again = {w: [] for w in ways}
        most = {w: 0 for w in ways}
        hand = []
        for _ in range(rounds):
            found = re.search(r"by hand, plain tables +([0-9.]+) s", run(baseline, n)[2])
            hand.append(float(found.group(1)))
            for way, words in ways.items():
                data = folder / "data"
                run(program, "--data", data, "db", "migrate")
                for times in (seconds[way], again[way]):
                    took, kb, said = run(program, "--data", data, "import", *words)
                    if f"{n} rows read" not in said or " 0 refused" not in said:
                        sys.exit(f"feeds_bench: {way}: {said}")
                    times.append(took)
                    most[way] = max(most[way], kb)
                subprocess.run(["rm", "-rf", data], check=True)
        base = statistics.median(hand)
        print(f"plain SQLite inserts by hand     {base:7.2f} s")
        for way in ways:
            took = statistics.median(seconds[way])
            print(f"{way:32} {took:7.2f} s = {took / base:4.1f} x, {most[way] // 1024} MB at most; unchanged once more "
                  f"{statistics.median(again[way]):.2f} s")


if __name__ == "__main__":
    main()
