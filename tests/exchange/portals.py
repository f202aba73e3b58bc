#!/usr/bin/env python3
"""portals.py PROGRAM - three portals in a ring keep each other's catalogue fresh, without echo and without a centre. TAP.

A spreadsheet on a site comes in by itself first. A gives to B, B to C, C to A; A and B ask each other besides. Every portal asks every second; a minute is what is promised.
"""
import csv
import http.server
import io
import json
import pathlib
import subprocess
import sys
import threading
import time
import zipfile

top = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(top / "tests/support"))
from portal import Portal, free_port  # noqa: E402

MOST_S = 60
MAPPING = ("[source]\nname = {name}\n[fields]\nid = {{codice}}\nname = {{nome}}\ndescription = Una prova di scambio tra portali, con parole a sufficienza.\n"
           "needs = pasto-caldo\norganisation.name = Ente {name}\nlocation.comune = Ivrea\nlocation.address = via Prova 1\nphones = {{tel}}\n")
n_done = n_bad = 0


def told(good, name, why=""):
    global n_done, n_bad
    n_done += 1
    n_bad += not good
    print(f"{'ok' if good else 'not ok'} {n_done} - {name}" + (f"\n# {why}" if why and not good else ""), flush=True)


def put(p, name, rows):
    """The whole list of that portal's own entries."""
    file, mapping = p.folder / "list.csv", p.folder / "list.map"
    with open(file, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f)
        w.writerow(["codice", "nome", "tel"])
        w.writerows(rows)
    mapping.write_text(MAPPING.format(name=name), encoding="utf-8")
    return p.run("import", "csv", str(file), "--mapping", str(mapping), "--hide-gone")


def entries(p):
    """Name -> telephone of what citizens are shown, by the public API."""
    status, _, body = p.get("/api/hsds/3.0/services?full=true&per_page=500")
    if status != 200:
        raise RuntimeError(f"the API answers {status}")
    found = {}
    for s in json.loads(body)["contents"]:
        found[s["name"]] = [x["number"] for x in s.get("phones", [])]
    return found


def within(test, limit=MOST_S):
    """Seconds until it holds, or None."""
    began = time.monotonic()
    while time.monotonic() - began < limit:
        if test():
            return time.monotonic() - began
        time.sleep(0.1)
    return None


def named(seconds):
    return f"{seconds:.1f} s" if seconds is not None else f"not within {MOST_S} s"


def sheet_bytes(rows):
    """A spreadsheet as any program writes it, the texts in its cells."""
    def cell(text):
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    body = "".join(f'<row r="{i}">{"".join(cell(x) for x in row)}</row>' for i, row in enumerate(rows, 1))
    main_ns, rel = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
                               'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
                               'officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{rel}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main_ns}" xmlns:r="{rel}"><sheets><sheet name="Foglio1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
                                      f'Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main_ns}"><sheetData>{body}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return out.getvalue()


class Sheet(http.server.BaseHTTPRequestHandler):
    """A spreadsheet on somebody's site, at an address that does not say what it is."""
    bytes = b""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(Sheet.bytes)))
        self.end_headers()
        self.wfile.write(Sheet.bytes)

    def log_message(self, *_):
        pass


def spreadsheet(program):
    """A list kept as a spreadsheet comes in by itself, and follows when it changes."""
    rows = [["ELENCO DEGLI SPORTELLI"], ["codice", "nome", "tel"], ["1", "Sportello del foglio", "0125 111111"]]
    Sheet.bytes = sheet_bytes(rows)
    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sheet)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    at = f"127.0.0.1:{site.server_address[1]}"
    with Portal(program, settings=(f"outbound.allow={at}", "outbound.loopback=yes")) as p:
        p.prepare()
        mapping = p.folder / "sheet.map"
        mapping.write_text(MAPPING.format(name="foglio"), encoding="utf-8")
        p.run("feed", "add", "foglio", f"http://{at}/scarica?id=7", "--mapping", str(mapping), "--every", "1s")
        p.start()
        t = within(lambda: entries(p).get("Sportello del foglio") == ["0125 111111"])
        told(t is not None, f"a spreadsheet at an address comes in by itself: {named(t)}", p.run("feed", "list"))
        Sheet.bytes = sheet_bytes([*rows[:2], ["1", "Sportello del foglio", "0125 777777"], ["2", "Secondo sportello", "0125 888888"]])
        t = within(lambda: {"Sportello del foglio": ["0125 777777"], "Secondo sportello": ["0125 888888"]}.items() <= entries(p).items())
        told(t is not None, f"and follows when it changes: {named(t)}", str(entries(p)) + p.run("feed", "list"))
        Sheet.bytes = b"PK\x03\x04 half a file"
        t = within(lambda: "failed" in p.run("feed", "list"))
        told(t is not None and {"Sportello del foglio", "Secondo sportello"} <= set(entries(p)), "one that is broken changes nothing and is told", p.run("feed", "list"))
    site.shutdown()


def main():
    program = sys.argv[1]
    spreadsheet(program)
    ports = {n: free_port() for n in "abc"}
    allow = ",".join(f"127.0.0.1:{p}" for p in ports.values())
    portals = {}
    try:
        for n in "abc":
            p = portals[n] = Portal(program, settings=(f"outbound.allow={allow}", "outbound.loopback=yes"))
            p.port = ports[n]
            p.prepare()
        a, b, c = (portals[n] for n in "abc")
        for asks, asked in (("b", "a"), ("a", "b"), ("c", "b"), ("a", "c")):
            portals[asks].run("feed", "add", f"da-{asked}", f"http://127.0.0.1:{ports[asked]}", "--every", "1s")
        put(a, "a", [["1", "Mensa di A", "0125 111111"], ["2", "Sportello di A", "0125 222222"]])
        put(b, "b", [["1", "Corso di B", "0125 333333"]])
        for p in portals.values():
            p.start()
        t = within(lambda: {"Mensa di A", "Sportello di A", "Corso di B"} <= set(entries(b)))
        told(t is not None, f"B has what A entered: {named(t)}", str(entries(b)))
        t = within(lambda: "Corso di B" in entries(a))
        told(t is not None, f"A has what B entered: {named(t)}", str(entries(a)))
        t = within(lambda: {"Mensa di A", "Sportello di A", "Corso di B"} <= set(entries(c)))
        told(t is not None, f"C has both, though it asks B alone: {named(t)}", str(entries(c)))

        put(a, "a", [["1", "Mensa di A", "0125 999999"], ["2", "Sportello di A", "0125 222222"]])
        t = within(lambda: entries(b)["Mensa di A"] == ["0125 999999"])
        told(t is not None, f"a correction in A is seen in B: {named(t)}", str(entries(b)))
        t = within(lambda: entries(c)["Mensa di A"] == ["0125 999999"])
        told(t is not None, f"and in C: {named(t)}", str(entries(c)))

        put(a, "a", [["1", "Mensa di A", "0125 999999"]])
        t = within(lambda: "Sportello di A" not in entries(b) and "Sportello di A" not in entries(c))
        told(t is not None, f"what A has no more goes in B and C: {named(t)}", str(entries(c)))

        time.sleep(2.5)  # each asks twice more: an echo would show by now
        told(sorted(entries(a)) == sorted(entries(b)) == sorted(entries(c)), "all three show the same, nothing twice",
             f"{sorted(entries(a))} {sorted(entries(b))} {sorted(entries(c))}")
        said = a.run("feed", "list")
        told(" 0 refused" in said and "failed" not in said, "A was given its own entries and left them", said)
        quiet = [p.run("feed", "list") for p in portals.values()]
        time.sleep(2.5)
        changes = [json.loads(p.get("/dati/scambio?dopo=0")[2])["change"] for p in portals.values()]
        time.sleep(3)
        later = [json.loads(p.get("/dati/scambio?dopo=0")[2])["change"] for p in portals.values()]
        told(changes == later, "the ring is still when nobody changes anything", f"{changes} {later} {quiet}")

        b.run("feed", "remove", "da-a")
        put(a, "a", [["1", "Mensa di A", "0125 000000"]])
        time.sleep(2.5)
        told(entries(b)["Mensa di A"] == ["0125 999999"], "a feed that was taken away is not asked any more", str(entries(b)))
        status, _, page = c.get("/dati/fonti")
        told(status == 200 and "da-b" in page.decode(), "the public page of sources names the feed")
    finally:
        for p in portals.values():
            p.__exit__()
    print(f"1..{n_done}")
    sys.exit(1 if n_bad else 0)


main()
