"""open-data.py PROGRAM - what goes out is read by other people's readers, and keeps to their rules. Prints TAP.

Linked data are read by rdflib and every class is counted against the cardinalities of DCAT-AP_IT and CPSV-AP_IT 1.1; calendars by
icalendar; feeds as XML and JSON; the tabular package of HSDS as CSV with the descriptor's own fields and keys. Turtle and JSON-LD must
hold the same triples. The program is the demo's, with its opening hours.
"""
import csv
import datetime
import io
import json
import pathlib
import sys
import xml.etree.ElementTree as ET
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from portal import Portal  # noqa: E402
from tree import Tap  # noqa: E402

import icalendar  # noqa: E402
import rdflib  # noqa: E402
from rdflib import RDF, Namespace  # noqa: E402

CPSV, L0, RO = (Namespace(f"https://w3id.org/italia/onto/{x}/") for x in ("CPSV", "l0", "RO"))
DCAT, DCT, FOAF = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/"), Namespace("http://xmlns.com/foaf/0.1/")
APIT = Namespace("http://dati.gov.it/onto/dcatapit#")
MANY = 10 ** 9
# class: property -> (at least, at most); DOMAIN: the ontologies' own restrictions.
SHAPES = {
    APIT.Catalog: {DCT.title: (1, 1), DCT.publisher: (1, 1), DCT.modified: (1, 1), DCT.description: (1, MANY), DCAT.dataset: (1, MANY)},
    APIT.Dataset: {DCT.identifier: (1, 1), DCT.rightsHolder: (1, 1), DCT.accrualPeriodicity: (1, 1), DCT.modified: (1, 1),
                   DCT.title: (1, MANY), DCT.description: (1, MANY), DCAT.theme: (1, MANY)},
    APIT.Distribution: {DCAT.accessURL: (1, 1), DCT["format"]: (1, 1), DCT.license: (1, 1)},
    APIT.Agent: {DCT.identifier: (1, 1), FOAF.name: (1, 1)},
    CPSV.PublicService: {L0.identifier: (1, 1), L0.name: (1, MANY), L0.description: (1, MANY), CPSV.hasChannel: (1, MANY),
                         CPSV.hasAuthenticationMethod: (1, MANY), RO.hasRiT: (1, MANY), CPSV.hasiInteractivityLevel: (1, 1),
                         CPSV.serviceSector: (1, MANY), CPSV.serviceTheme: (1, MANY), CPSV.hasServiceStatus: (0, 1)},
    CPSV.Channel: {CPSV.hasChannelType: (1, 1)},
    CPSV.PhoneChannel: {CPSV.telephoneNumber: (1, 1)},
    CPSV.EmailChannel: {CPSV.emailAddress: (1, 1)},
    CPSV.Input: {L0.name: (1, MANY)},
}


def graph(p, path, form):
    status, headers, body = p.get(path)
    assert status == 200, (path, status)
    g = rdflib.Graph()
    g.parse(data=body.decode(), format=form)
    return g, headers


def wrong_counts(g, least):
    """What breaks a cardinality, and classes that fewer than `least` things have."""
    found = []
    for kind, rules in SHAPES.items():
        things = set(g.subjects(RDF.type, kind))
        if kind in least and len(things) < least[kind]:
            found.append(f"{kind}: {len(things)}, fewer than {least[kind]}")
        for thing in things:
            for prop, (low, high) in rules.items():
                n = len(set(g.objects(thing, prop)))
                if not low <= n <= high:
                    found.append(f"{thing} has {n} {prop}")
    return found[:20]


def dangling(g, props):
    """Links of ours that lead to nothing in the same document."""
    subjects = set(g.subjects())
    return [f"{s} {o}" for prop in props for s, o in g.subject_objects(prop) if o not in subjects][:10]


def linked_data(t, p):
    for name, turtle, json_ld, least in (
            ("DCAT-AP_IT", "/dati/catalogo.ttl", "/dati/catalogo.jsonld", {APIT.Catalog: 1, APIT.Dataset: 10, APIT.Distribution: 15, APIT.Agent: 1}),
            ("CPSV-AP_IT", "/dati/servizi.ttl", "/dati/servizi.jsonld", {CPSV.PublicService: 600, CPSV.PhoneChannel: 100, CPSV.EmailChannel: 1}),
            ("CPSV-AP_IT of one comune", "/dati/servizi.ttl?dove=ivrea-to", "/dati/servizi.jsonld?dove=ivrea-to", {CPSV.PublicService: 1})):
        g, _ = graph(p, turtle, "turtle")
        t.all(f"{name}: each class has its properties as often as it must", wrong_counts(g, least))
        t.all(f"{name}: what is linked is there", dangling(g, (CPSV.hasChannel, RO.hasRiT, CPSV.hasInput, DCAT.dataset, DCAT.distribution, DCT.publisher)))
        other, _ = graph(p, json_ld, "json-ld")
        t.ok(f"{name}: Turtle and JSON-LD hold the same {len(g)} triples", set(g) == set(other),
             "\n".join(map(str, list(set(g) ^ set(other))[:5])))
    addresses = {str(o) for o in graph(p, "/dati/catalogo.ttl", "turtle")[0].objects(None, DCAT.downloadURL)}
    lost = [a for a in sorted(addresses) if p.get("/" + a.split("/", 3)[3])[0] != 200]
    t.all(f"each of the {len(addresses)} files of the catalogue is there", lost)


def entries(p):
    """Slugs of services from the sitemap."""
    ns = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ET.fromstring(p.get("/sitemap.xml")[2])
    found, wrong = [], []
    for part in index.iter(ns + "loc"):
        urls = [u for u in ET.fromstring(p.get("/" + part.text.split("/", 3)[3])[2]).iter(ns + "url")]
        if not 0 < len(urls) <= 50000:
            wrong.append(f"{part.text}: {len(urls)}")
        found += [(u.find(ns + "loc").text, u.find(ns + "lastmod")) for u in urls]
    return found, wrong


def sitemap(t, p):
    found, wrong = entries(p)
    t.all("a part of the sitemap has up to 50,000 addresses", wrong)
    t.ok(f"{len(found)} addresses, each once", len(found) > 1500 and len({a for a, _ in found}) == len(found))
    services = [a for a, on in found if "/servizi/" in a]
    t.all("a service says when it changed", [a for a, on in found if "/servizi/" in a and on is None][:5])
    sample = [a for a, _ in found][::137]
    t.all(f"each of {len(sample)} addresses leads to a page", [a for a in sample if p.get("/" + a.split("/", 3)[3])[0] != 200])
    return services


def calendars(t, p, services):
    n_events, n_files, wrong, longest = 0, 0, [], 0
    for address in services[::9]:
        status, _, raw = p.get("/" + address.split("/", 3)[3] + "/orari.ics")
        if status != 200:
            wrong.append(f"{address}: {status}")
            continue
        n_files += 1
        longest = max([longest] + [len(line) for line in raw.split(b"\r\n")])
        calendar = icalendar.Calendar.from_ical(raw)
        uids = set()
        for e in calendar.walk("VEVENT"):
            n_events += 1
            start, end = e.decoded("DTSTART"), e.decoded("DTEND")
            if not start < end or end - start > datetime.timedelta(days=2) or e["UID"] in uids or not str(e["SUMMARY"]) or "DTSTAMP" not in e:
                wrong.append(f"{address}: {e['UID']} {start} {end}")
            uids.add(e["UID"])
        if calendar.errors or not calendar.walk("VTIMEZONE"):
            wrong.append(f"{address}: {calendar.errors}")
    t.all(f"{n_files} calendars are read, {n_events} openings", wrong[:10])
    t.ok("openings were there to be read", n_events > 500, str(n_events))
    t.ok("no line is longer than 75 bytes", 0 < longest <= 75, str(longest))
    events = p.get("/dati/eventi.ics")
    ahead = icalendar.Calendar.from_ical(events[2])
    t.ok("courses and events are a calendar", events[0] == 200 and ahead.walk("VTIMEZONE") != [])
    names = {str(e["SUMMARY"]) for e in ahead.walk("VEVENT")}
    t.ok("the three courses and two events of the demo are in it, none is over", len(names) >= 5 and "Pranzo della risaia" in " ".join(names)
         and all(instant(e.decoded("DTEND")) > datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
                 for e in ahead.walk("VEVENT")),
         str(sorted(names)))


def instant(at):
    """Some events last whole days: then the midnight with which the day begins."""
    return at if isinstance(at, datetime.datetime) else datetime.datetime.combine(at, datetime.time(), datetime.timezone.utc)


def feeds(t, p):
    a = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(p.get("/dati/novita.atom")[2])
    items = feed.findall(a + "entry")
    lost = [f"{tag} of {e.find(a + 'id')}" for e in [feed] + items for tag in ("id", "title", "updated") if e.find(a + tag) is None or not e.find(a + tag).text]
    t.all(f"Atom: {len(items)} entries with what RFC 4287 wants", lost[:5]
          + ([] if 95 <= len(items) <= 100 else ["not a hundred, less what has ended since"]))
    updated = [e.find(a + "updated").text for e in items]
    t.ok("Atom: the latest first, and the feed as late as it", updated == sorted(updated, reverse=True) and feed.find(a + "updated").text == updated[0])
    t.ok("Atom: its own address stands in it", any(x.get("rel") == "self" for x in feed.findall(a + "link")))
    t.ok("Atom: each entry is another", len({e.find(a + "id").text for e in items}) == len(items))
    j = json.loads(p.get("/incorpora/torino-to/feed.json?quanti=20")[2])
    t.ok("JSON Feed: version, title, items with an id and a content", j["version"].endswith("/1.1") and j["title"] and len(j["items"]) == 20
         and all(i["id"] and i["content_text"] and i["url"].startswith("http") for i in j["items"]))
    t.ok("invented entries say so in the feeds", b"[dati dimostrativi]" in p.get("/dati/novita.atom")[2])


def package(t, p):
    raw = p.get("/dati/hsds.zip", timeout=60)[2]
    z = zipfile.ZipFile(io.BytesIO(raw))
    t.ok("the package is a whole zip", z.testzip() is None)
    d = json.loads(z.read("datapackage.json"))
    tables = {r["name"]: list(csv.DictReader(io.StringIO(z.read(r["path"]).decode("utf-8"), newline=""), strict=True)) for r in d["resources"]}
    ids = {n: {x["id"] for x in rows} for n, rows in tables.items()}
    wrong = []
    for r in d["resources"]:
        rows = tables[r["name"]]
        if len(rows) != len(ids[r["name"]]):
            wrong.append(f"{r['name']}: an id comes twice")
        for f in r["schema"]["fields"]:
            must, name = f.get("constraints", {}).get("required"), f["name"]
            for x in rows:
                if must and not x[name]:
                    wrong.append(f"{r['name']}.{name} is empty")
                if f["type"] == "number" and x[name]:
                    float(x[name])
        for k in r["schema"]["foreignKeys"]:
            to = ids[k["reference"]["resource"]]
            wrong += [f"{r['name']}: {k['fields']} {x[k['fields']]} leads nowhere" for x in rows if x[k["fields"]] and x[k["fields"]] not in to]
    t.all("the package keeps to its descriptor", sorted(set(wrong))[:10])
    for table, path in (("services", "services"), ("organizations", "organizations"), ("locations", "locations"), ("service_at_location", "service_at_locations")):
        n = json.loads(p.get(f"/api/hsds/3.0/{path}?per_page=1")[2])["total_items"]
        t.ok(f"{table}: {n} in the API and in the package", n == len(tables[table]) > 0, str(len(tables[table])))
    demo = {x["id"] for x in tables["taxonomy_terms"] if x["code"] == "demo"}
    marked = {x["link_id"] for x in tables["attributes"] if x["taxonomy_term_id"] in demo}
    t.ok("invented services are marked in the package", len(marked & ids["services"]) > 500, str(len(marked & ids["services"])))


def main():
    t = Tap()
    with Portal(sys.argv[1]) as p:
        p.run("demo")
        p.start()
        linked_data(t, p)
        calendars(t, p, sitemap(t, p))
        feeds(t, p)
        package(t, p)
    sys.exit(t.end())


if __name__ == "__main__":
    main()
