"""demo.py PROGRAM - the invented catalogue of demo/catalogue is what its README says. Prints TAP.

What a spreadsheet can be asked is asked here of the file; that every row is understood (needs, hours, comuni, days) is asked of
PROGRAM, which reads the list with its mapping, twice.
"""
import collections
import csv
import math
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from portal import Portal  # noqa: E402
from tree import Tap, top  # noqa: E402

LIST, MAPPING = "demo/catalogue/services.csv", "demo/catalogue/demo.map"
REMOTE = ("Acceglio", "Argentera", "Bardonecchia", "Bellino", "Briga Alta", "Carrega Ligure", "Ceresole Reale", "Claviere",
          "Formazza", "Macugnaga")
REMOTE_KM = 20
KINDS = {"servizio", "aiuto economico", "corso", "lavoro", "tirocinio", "incontro", "volontariato", "bando"}
SHAPES = (
    ("several ranges a day", r"\d\d:\d\d-\d\d:\d\d,\d\d:\d\d"), ("a day of the month counted", r"\b[MTWFS][a-z]\[-?\d"),
    ("the first Tuesday", r"Tu\[1\]"), ("a last weekday", r"\[-1\]"), ("a night", r"20:00-08:00"), ("day and night", r"24/7"),
    ("a season", r"[A-Z][a-z]{2} \d\d-[A-Z][a-z]{2} \d\d [MTWFS]"), ("a season across the new year", r"Nov 15-Mar 31|Oct 15-Apr 30"),
    ("closed in August", r"Aug[^;]* off"), ("by appointment", r'"su appuntamento"'), ("holidays", r"PH \d\d:\d\d"),
)
EMERGENCY = {"dormire-stanotte", "in-pericolo-adesso", "non-voglio-piu-vivere", "scappare-di-casa", "stalking", "violenza-in-casa",
             "violenza-sessuale"}


def table(path):
    with open(top / path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def km(a, b):
    p, q, r, s = (math.radians(x) for x in (*a, *b))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def districts():
    """ISTAT code of a comune -> number of its district, where the reference tells."""
    links = table("reference/territory/memberships.csv")
    of_body = {r["area"]: r["in"] for r in links if (r["area_kind"], r["in_kind"]) == ("body-area", "district")}
    found = {r["area"]: of_body[r["in"]] for r in links if (r["area_kind"], r["in_kind"]) == ("comune", "body-area")}
    found.update((r["area"], r["in"]) for r in links if (r["area_kind"], r["in_kind"]) == ("comune", "district"))
    return found


def sentences(text):
    return [s for s in re.split(r"(?<=[.!?])\s+", text) if len(s.split()) >= 6]


def used_once(rows, *columns):
    n = collections.Counter(s for r in rows for c in columns for s in sentences(r[c]))
    return n


def check_words(t, rows):
    t.ok("at least 600 entries", len(rows) >= 600, len(rows))
    for column in ("codice", "titolo", "in_breve", "descrizione"):
        twice = [v for v, n in collections.Counter(r[column] for r in rows).items() if n > 1]
        t.all(f"no two entries have the same {column}", twice)
    n = used_once(rows, "in_breve", "descrizione")
    t.all("no sentence of a summary or description stands in two entries", [s for s, k in n.items() if k > 1])
    n = used_once(rows, "a_chi", "come_fare")
    own = [r for r in rows if all(n[s] == 1 for s in sentences(r["a_chi"]) + sentences(r["come_fare"]))
           and len(re.findall(r"[.!?]", r["descrizione"])) >= 3 and (sentences(r["a_chi"]) or sentences(r["come_fare"]))]
    t.ok("at least 120 are written one by one: no sentence of theirs is shared", len(own) >= 120, len(own))
    t.all("each says in one sentence what one gets, and more below",
          [r["codice"] for r in rows if not 20 <= len(r["in_breve"]) <= 140 or len(r["descrizione"]) < 90])


def check_places(t, rows):
    comuni = {(c["name"], c["prov"]): c for c in table("reference/territory/comuni.csv")}
    point = {k: (float(c["lat"]), float(c["lon"])) for k, c in comuni.items()}
    placed = [r for r in rows if r["comune"]]
    t.all("every comune is one of the reference, with its province",
          [f"{r['codice']}: {r['comune']} ({r['provincia']})" for r in placed if (r["comune"], r["provincia"]) not in comuni])
    by_district, of = collections.Counter(), districts()
    for r in placed:
        by_district[of.get(comuni[r["comune"], r["provincia"]]["istat"], "unknown")] += 1
    t.ok("the district of every place is known", by_district["unknown"] == 0, by_district["unknown"])
    t.all("each of the 30 districts has at least 10 of them",
          [f"district {d}: {by_district[str(d)]}" for d in range(1, 31) if by_district[str(d)] < 10])
    where = [(float(r["lat"]), float(r["lon"])) if r["lat"] else point[r["comune"], r["provincia"]] for r in placed]
    t.all("no point is farther than 2 km from its town",
          [r["codice"] for r, p in zip(placed, where) if km(p, point[r["comune"], r["provincia"]]) > 2])
    for name in REMOTE:
        here = [p for (n, _), p in point.items() if n == name]
        least = min(km(here[0], p) for p in where) if len(here) == 1 else 0
        t.ok(f"{name} has nothing within {REMOTE_KM} km", least > REMOTE_KM, f"{least:.1f} km")


def check_needs(t, rows):
    needs = {r["id"]: r["group"] for r in table("reference/needs/needs.csv")}
    used = {n for r in rows for n in r["bisogni"].split("; ")}
    t.all("every need is one of the reference", sorted(used - set(needs)))
    t.ok("all groups of needs are served", {needs.get(n) for n in used} >= set(needs.values()))
    t.all("every need is served by an entry", sorted(set(needs) - used))
    t.ok("every kind of opportunity is there", {r["tipo"] for r in rows} == KINDS, {r["tipo"] for r in rows} ^ KINDS)


def check_lacks(t, rows):
    def share(lacks):
        return sum(map(lacks, rows)) / len(rows)
    some = share(lambda r: not (r["telefono"] and r["orari"] and r["verificata_giorni_fa"]))
    t.ok("about 30 % lack a telephone, hours or a confirmation", 0.27 <= some <= 0.34, f"{some:.1%}")
    for column in ("telefono", "orari", "verificata_giorni_fa"):
        t.ok(f"some lack {column}", share(lambda r: not r[column]) >= 0.08, f"{share(lambda r: not r[column]):.1%}")
    t.all("none of the urgent ones lacks anything",
          [r["codice"] for r in rows if EMERGENCY & set(r["bisogni"].split("; ")) and not (r["telefono"] and r["orari"])])
    days = [int(r["verificata_giorni_fa"]) for r in rows if r["verificata_giorni_fa"]]
    t.ok("confirmations are of all ages", min(days) < 7 and max(days) > 730 and sum(d > 183 for d in days) >= 20)
    for what, shape in SHAPES:
        t.ok(f"hours: {what}", any(re.search(shape, r["orari"]) for r in rows))


def check_invented(t, rows):
    bodies = {r["ente"] for r in rows}
    t.ok("150 to 200 organisations", 150 <= len(bodies) <= 200, len(bodies))
    real = {r["name"] for r in table("reference/territory/bodies.csv")}
    t.all("none of them is one of the real managing bodies", sorted(bodies & real))
    t.all("every telephone is one that nobody has",
          [r["codice"] for r in rows if r["telefono"] and not re.fullmatch(r"0\d{2,3} 555 01\d\d", r["telefono"])])
    addresses = [(r["codice"], a) for r in rows for a in (r["email"], r["sito"], r["ente_email"], r["ente_sito"]) if a]
    t.all("every mail and web address is under .example",
          [f"{c}: {a}" for c, a in addresses if not re.fullmatch(r"([\w-]+@|https://www\.)[a-z0-9-]+\.example(/[a-z0-9-]+)?", a)])
    words = [(r["codice"], " ".join(v for k, v in r.items() if k not in ("telefono", "lat", "lon", "codice"))) for r in rows]
    t.all("no other number could be a telephone", [f"{c}: {n}" for c, w in words for n in re.findall(r"\d[\d .]{6,}\d", w)
                                                  if len(re.sub(r"\D", "", n)) >= 8])
    t.all("nobody is named", [c for c, w in words if re.search(r"\b(sig\.|signora? [A-Z]|dott\.|dr\.|avv\. )", w, re.I)])
    hidden = [r for r in rows if r["indirizzo_segreto"]]
    t.ok("a few addresses are secret, each with its canary and no point",
         len(hidden) >= 4 and all("Canarino" in r["indirizzo"] and not r["lat"] for r in hidden), len(hidden))
    t.all("no canary sings elsewhere", [c for (c, w), r in zip(words, rows) if "Canarino" in w and not r["indirizzo_segreto"]])


def check_import(t, rows, program):
    def bring_in(*more):
        try:
            return p.run("import", "csv", LIST, "--mapping", MAPPING, *more)
        except RuntimeError as e:
            return str(e)

    with Portal(program) as p:
        p.prepare()
        tried = bring_in("--dry-run")
        t.ok("the importer refuses no row", re.search(r"\b0 refused", tried), tried[-2000:])
        first = bring_in()
        t.ok("it takes them all", f"{len(rows)} new" in first, first[-600:])
        again = bring_in()
        t.ok("the same list again changes nothing", f" 0 new, 0 changed, {len(rows)} the same" in again, again[-600:])


def main():
    t, rows = Tap(), table(LIST)
    for check in (check_words, check_places, check_needs, check_lacks, check_invented):
        check(t, rows)
    check_import(t, rows, sys.argv[1])
    sys.exit(t.end())


if __name__ == "__main__":
    main()
