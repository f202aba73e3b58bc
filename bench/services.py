#!/usr/bin/env python3
"""services.py - many invented services for measuring, the same for the same seed.

  usage: services.py COUNT FOLDER [SEED]     writes FOLDER/services.csv and FOLDER/bench.map

Texts are those of demo/catalogue, mixed: a title with a quarter, hours and needs of its row, a comune of the territory (one in
four is Torino, as people are), a point near its town. Read by the importer that everybody's lists go through.
"""
import csv
import pathlib
import random
import sys

top = pathlib.Path(__file__).resolve().parents[1]
QUARTERS = ["Centro", "San Rocco", "Borgo Nuovo", "Stazione", "Santa Maria", "Le Vallette", "Mercato", "Fiume", "Castello", "Prati",
            "San Lorenzo", "Nord", "Sud", "Ponte", "Collina", "Mulino", "Filanda", "Officine", "Giardini", "San Giovanni"]


def write(count, folder, seed=7):
    chance = random.Random(seed)
    folder = pathlib.Path(folder)
    rows = list(csv.DictReader((top / "demo/catalogue/services.csv").open(encoding="utf-8")))
    rows = [r for r in rows if not r["indirizzo_segreto"]]
    comuni = [c for c in csv.DictReader((top / "reference/territory/comuni.csv").open(encoding="utf-8")) if c["lat"]]
    torino = next(c for c in comuni if c["istat"] == "001272")
    with (folder / "services.csv").open("w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, fieldnames=list(rows[0]), lineterminator="\n")
        out.writeheader()
        for i in range(count):
            r = dict(chance.choice(rows))
            comune = torino if chance.random() < 0.25 else chance.choice(comuni)
            quarter = chance.choice(QUARTERS)
            r.update(codice=f"bench-{i:07d}", titolo=f"{r['titolo']} {quarter} {i % 97 + 1}",
                     ente=f"{r['ente']} {quarter}", chi_puo="" if chance.random() < 0.5 else comune["istat"],
                     comune=comune["istat"], provincia=comune["prov"],
                     indirizzo=f"via {quarter} {chance.randrange(1, 200)}",
                     lat=f"{float(comune['lat']) + chance.uniform(-0.04, 0.04):.5f}",
                     lon=f"{float(comune['lon']) + chance.uniform(-0.05, 0.05):.5f}",
                     verificata_giorni_fa=chance.randrange(1, 900))
            out.writerow(r)
    mapping = (top / "demo/catalogue/demo.map").read_text(encoding="utf-8")
    (folder / "bench.map").write_text(mapping.replace("name = demo", "name = bench", 1), encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 7)
