#!/usr/bin/env python3
"""bombs_xlsx.py PROGRAM - spreadsheets made to break whoever reads them: each refused within a second and 64 MB.

Every bomb is listed by name and goes through `wecare import xlsx`. Wanted of each: exit code 1, its reason in words, at most 64 MB, a
second of processor, and a second of the clock once the machine's own slowness is taken off (what a file that is no spreadsheet costs in
the same run). Afterwards the database is whole. TAP.
"""
import io
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

def hands():
    """A small process that starts the others: what it takes itself would count as theirs."""
    for line in sys.stdin:
        words, said = json.loads(line)
        began = time.monotonic()
        with open(said, "w") as out:
            p = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT)
            _, code, used = os.wait4(p.pid, 0)
        print(json.dumps([os.waitstatus_to_exitcode(code), time.monotonic() - began, used.ru_maxrss, used.ru_utime + used.ru_stime]), flush=True)


if sys.argv[1:] == ["--hands"]:
    hands()
    sys.exit(0)

MOST_KB, MOST_CPU_S, MOST_S = 64 * 1024, 1.0, 1.0
MAPPING = "[source]\nname = bomba\n[fields]\nid = {c}\nname = {n}\nneeds = pasto-caldo\norganisation.name = Ente\n"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
SHEET = "xl/worksheets/sheet1.xml"
ROWS = '<row r="1"><c t="inlineStr"><is><t>c</t></is></c><c t="inlineStr"><is><t>n</t></is></c></row>'
bombs = []


def bomb(name, why):
    """make(path) writes the file; why: a part of the sentence it must be refused with."""
    def keep(make):
        bombs.append((name, why, make))
        return make
    return keep


def link(n, kind, target, more=""):
    return f'<Relationship Id="rId{n}" Type="{LINKS}/{kind}" Target="{target}" {more}/>'


def parts(sheet=ROWS, before="", shared=None, sheets=None, links=None, book=""):
    """The parts of a spreadsheet, name -> text."""
    made = {
        "_rels/.rels": f'<Relationships {PACKAGE}>{link(1, "officeDocument", "xl/workbook.xml")}</Relationships>',
        "xl/workbook.xml": f'{book}<workbook {MAIN} xmlns:r="{LINKS}"><sheets>'
                           + (sheets or '<sheet name="A" sheetId="1" r:id="rId1"/>') + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {PACKAGE}>"
                                      + (links or link(1, "worksheet", "worksheets/sheet1.xml") + link(2, "sharedStrings", "sharedStrings.xml"))
                                      + "</Relationships>",
        SHEET: f"{before}<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>",
    }
    if shared is not None:
        made["xl/sharedStrings.xml"] = shared
    return made


def zipped(path, made, level=6):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as z:
        for name, data in made.items():
            z.writestr(name, data)


def simple(name, why, **of):
    bomb(name, why)(lambda path: zipped(path, parts(**of)))


def in_blocks(path, made, name, head, block, times, tail):
    """One part too large to be held: the same block again and again."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
        for other, data in made.items():
            if other != name:
                z.writestr(other, data)
        with z.open(name, "w") as out:
            out.write(head.encode())
            for _ in range(times):
                out.write(block)
            out.write(tail.encode())


# ---- too much ----

@bomb("a cell of 300 MB that packs to nothing", "grows")
def _(path):
    in_blocks(path, parts(), SHEET, f'<worksheet {MAIN}><sheetData><row><c t="inlineStr"><is><t>', b"a" * (1 << 20), 300,
              "</t></is></c></row></sheetData></worksheet>")


@bomb("shared texts of 300 MB that pack to nothing", "more than 32 MB of texts")
def _(path):
    in_blocks(path, parts(shared=""), "xl/sharedStrings.xml", f"<sst {MAIN}>", b"<si><t>a</t></si>" * 65536, 270, "</sst>")


@bomb("a million empty rows that pack to nothing", "grows")
def _(path):
    in_blocks(path, parts(), SHEET, f"<worksheet {MAIN}><sheetData>", b"<row/>" * 10000, 3000, "</sheetData></worksheet>")


@bomb("shared texts of 38 MB that are only many", "more than 32 MB of texts")
def _(path):
    block = b"".join(b"<si><t>" + os.urandom(400).hex().encode() + b"</t></si>" for _ in range(100))
    in_blocks(path, parts(shared=""), "xl/sharedStrings.xml", f"<sst {MAIN}>", block, 480, "</sst>")


simple("a row of 3 MB", "longer than 1 MB", sheet="<row>" + "".join(
    f'<c t="inlineStr"><is><t>{os.urandom(15000).hex()}</t></is></c>' for _ in range(100)) + "</row>")


@bomb("ten thousand entries", "more than")
def _(path):
    zipped(path, dict(parts(), **{f"x/{i}.xml": "" for i in range(10000)}))


def raw_zip(path, entries, overlap=False, lie=None, flag=0, method=8, mode=0):
    """A zip by hand: entries (name, data); lie: the size that is said."""
    out, rows, first = io.BytesIO(), b"", None
    for name, data in entries:
        c = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = c.compress(data) + c.flush()
        at = out.tell() if not overlap or first is None else first
        first = at if first is None else first
        size = len(data) if lie is None else lie
        about = struct.pack("<HHHIIIIHH", 20, flag, method, 0, zlib.crc32(data), len(packed), size, len(name), 0)
        if out.tell() == at:
            out.write(b"PK\3\4" + about + name.encode() + packed)
        rows += b"PK\1\2" + struct.pack("<H", 20 if not mode else 0x0314) + about + struct.pack("<HHHII", 0, 0, 0, mode << 16, at) + name.encode()
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(rows), out.tell(), 0)
    pathlib.Path(path).write_bytes(out.getvalue() + rows + b"PK\5\6" + end)


def entries(**of):
    return [(n, d.encode()) for n, d in parts(**of).items()]


bomb("entries upon each other", "lie upon each other")(lambda p: raw_zip(p, [(f"xl/{i}.xml", b"a" * 100000) for i in range(50)], overlap=True))
bomb("a size that lies", "broken or incomplete")(lambda p: raw_zip(p, entries(sheet="<row/>" * 100000), lie=300))
bomb("entries that want a password", "password")(lambda p: raw_zip(p, entries(), flag=1))
bomb("packed in an unknown way", "packed in a way")(lambda p: raw_zip(p, entries(), method=12))
bomb("a link in place of a sheet", "is a link")(lambda p: raw_zip(p, [("xl/workbook.xml", b"/etc/passwd")], mode=0o120777))
bomb("an entry that climbs out", "leaves the folder")(lambda p: raw_zip(p, entries() + [("../../etc/cron.d/x", b"x")]))
bomb("an entry with a path from the top", "leaves the folder")(lambda p: raw_zip(p, entries() + [("/etc/passwd", b"x")]))
bomb("two entries of one name", "two files")(lambda p: raw_zip(p, entries() + [(SHEET, b"<worksheet/>")]))


# ---- XML ----

LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i} '{('&a%d;' % (i - 1)) * 10}'>" for i in range(1, 10)) + "]>"
simple("a billion laughs", "hidden instructions", before=LAUGHS, sheet="<row><c><v>&a9;</v></c></row>")
simple("an entity that reads a file", "hidden instructions", before='<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
       sheet="<row><c><v>&f;</v></c></row>")
simple("an entity that calls out", "hidden instructions", before='<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>')
simple("a document type far away", "hidden instructions", before='<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/x.dtd">')
simple("a document type in the workbook", "hidden instructions", book=LAUGHS)
simple("a document type in the shared texts", "hidden instructions", shared=LAUGHS + "<sst><si><t>&a9;</t></si></sst>")
simple("an entity that nobody declared", "damaged", sheet="<row><c><v>&a;</v></c></row>")
simple("a hundred thousand elements deep", "unusual way", sheet="<row>" * 100000)
simple("an attribute of 20 MB", "damaged", sheet=f'<row r="{os.urandom(10 << 20).hex()}"/>')
simple("a name of 12 MB", "damaged", sheet=f"<row><c{os.urandom(6 << 20).hex()}/></row>")
simple("a tag that never closes", "damaged", sheet=ROWS + "<row")
simple("an encoding that is none", "damaged", before='<?xml version="1.0" encoding="X-NONE"?>')
bomb("bytes that are no text", "damaged")(lambda p: raw_zip(p, [(n, d.replace(b"<t>n", b"<t>\xff\xfe\xfd")) for n, d in entries()]))
bomb("NULs in the sheet", "damaged")(lambda p: raw_zip(p, [(n, d.replace(b"<row", b"\0<row")) for n, d in entries()]))

# ---- something else, or half of it ----

simple("a sheet that is not there", "no sheet", sheets='<sheet name="A" sheetId="1" r:id="rId7"/>')
simple("a sheet outside of the file", "no sheet", links=link(1, "worksheet", "file:///etc/passwd", 'TargetMode="External"'))
simple("a sheet that is the workbook", "column", links=link(1, "worksheet", "workbook.xml"))
simple("sheets all hidden", "hidden", sheets='<sheet name="A" sheetId="1" state="veryHidden" r:id="rId1"/>')
bomb("a zip with nothing in it", "not an .xlsx")(lambda p: zipped(p, {"a.txt": "a"}))
bomb("an old .xls", "old kind")(lambda p: pathlib.Path(p).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)))
bomb("a spreadsheet with a password", "has a password")(
    lambda p: pathlib.Path(p).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048) + "EncryptedPackage".encode("utf-16-le") + bytes(64)))
bomb("an .ods", "OpenDocument")(lambda p: zipped(p, {"mimetype": "x", "content.xml": "<x/>", "META-INF/manifest.xml": "<x/>"}))
bomb("an .xlsb", ".xlsb")(lambda p: zipped(p, {"xl/workbook.bin": "x"}))
bomb("a text document", "a document")(lambda p: zipped(p, {"word/document.xml": "<x/>"}))
bomb("random bytes", "not an .xlsx")(lambda p: pathlib.Path(p).write_bytes(os.urandom(1 << 20)))


@bomb("cut in the middle", "damaged")
def _(path):
    zipped(path, parts(sheet=ROWS + "<row><c><v>1</v></c></row>" * 1000))
    os.truncate(path, os.path.getsize(path) // 2)


# ---- running ----

def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    folder = pathlib.Path(tempfile.mkdtemp(prefix="wecare-bombs-xlsx-"))
    helper = subprocess.Popen([sys.executable, __file__, "--hands"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    base = [program, "--data", str(folder / "data")]
    subprocess.run([*base, "db", "migrate"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    (folder / "map").write_text(MAPPING)
    chosen = [b for b in bombs if all(o in b[0] for o in sys.argv[2:])]
    n_bad, path, said = 0, folder / "bomb.xlsx", folder / "said"

    def run():
        helper.stdin.write(json.dumps([[*base, "import", "xlsx", str(path), "--mapping", str(folder / "map")], str(said)]) + "\n")
        helper.stdin.flush()
        return (*json.loads(helper.stdout.readline()), said.read_text(errors="replace"))

    path.write_text("x")
    slowness = min(run()[1] for _ in range(3))
    print(f"1..{len(chosen) + 1}")
    for i, (name, why, make) in enumerate(chosen, 1):
        make(path)
        code, seconds, most_kb, cpu, words = run()
        own = max(0.0, seconds - slowness)
        faults = [f"exit {code}, not 1"] * (code != 1) + [f"{most_kb} KB"] * (most_kb > MOST_KB)
        faults += [f"{cpu:.2f} s of processor"] * (cpu > MOST_CPU_S) + [f"{own:.2f} s"] * (own > MOST_S and cpu * 4 < own)
        faults += [f"does not say {why!r}: {words[-300:]}"] * (why not in words)
        n_bad += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {i} - {name}" + (f" # {seconds:.2f} s, {most_kb // 1024} MB" if not faults else ""))
        for f in faults:
            print("# " + f.replace("\n", "\n# "))
    checked = subprocess.run([*base, "db", "check"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    print(f"{'ok' if checked else 'not ok'} {len(chosen) + 1} - the database is whole afterwards")
    helper.stdin.close()
    helper.wait()
    shutil.rmtree(folder)
    sys.exit(1 if n_bad or not checked else 0)


main()
