#!/usr/bin/env python3
"""check-deps.py - proves the shape of the house from its real includes, calls and queries.

usage: tools/check-deps.py [BUILD]        prints TAP

Floors    base <- store <- web <- core <- features <- app: nothing reaches up.
Slices    one reaches another only through a contract header or a pub_ view, in the order of ORDER,
          never in a circle; the README's `Uses:` and `Owns:` say exactly what is so.
Calls     with BUILD (a folder where ninja has built) the symbols of the object files are looked at
          too: a call cannot hide behind a declaration written by hand.
Size      files up to 600 lines, functions up to 80; malloc stands in base/arena.c alone.
Names     a file name stands for one file; each folder has its README.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from tree import Tap, files, top  # noqa: E402

FLOORS = ("base", "store", "web", "core", "features", "app")
# A slice may use those of an earlier group; core's order is the law, a new core slice enters here.
ORDER = (("places", "messages", "jobs"), ("bodies", "post"), ("links",), ("access", "vault", "audit"), ("people", "forms", "documents"),
         ("requests", "sessions"), ("rankings", "ledger"))
MAX_FILE, MAX_FUNCTION = 600, 80
CODE = (".c", ".h", ".py", ".mjs", ".js", ".sql", ".html", ".css", ".scss", ".sh")
# Folders that are parts of the folder above, which speaks for them.
PARTS = {"sql", "schema", "pages", "words", "cases", "css", "dist", "licences", "LICENSES", "seeds", "recipes"}
ALLOCATES = re.compile(r"\b(malloc|calloc|realloc|reallocarray|aligned_alloc|posix_memalign|strdup|strndup|"
                       r"asprintf|vasprintf|open_memstream|getline|getdelim)\s*\(")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
TABLES = re.compile(r"\b(?:from|join|into|update|table)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?([a-z_][a-z0-9_]*)", re.I)


class Unit:
    """A floor without slices (base, store, web, app) or one slice."""

    def __init__(self, name, folder, floor):
        self.name, self.folder, self.floor = name, folder, floor
        self.uses = set()       # names of units, from includes, pages and views
        self.creates = set()    # tables and views of its schema/
        self.asks = collections.defaultdict(set)  # table -> files whose SQL names it
        self.points = set()     # tables that its foreign keys point at: the engine keeps them, nobody reads


def without_comments(text):
    text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), text, flags=re.S)
    return re.sub(r"//[^\n]*", "", text)


def without_strings(text):
    return re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)


def find_units(paths):
    units = {}
    for path in paths:
        parts = path.split("/")
        if parts[0] != "src" or len(parts) < 3 or parts[1] not in FLOORS:
            continue
        if parts[1] in ("core", "features"):
            if len(parts) > 3:
                units.setdefault(parts[2], Unit(parts[2], "/".join(parts[:3]), parts[1]))
        else:
            units.setdefault(parts[1], Unit(parts[1], "/".join(parts[:2]), parts[1]))
    return units


def unit_of(path, units):
    return next((u for u in units.values() if path.startswith(u.folder + "/")), None)


def is_test(path):
    return path.endswith(("_test.c", "_fuzz.c", "_testing.c", "_testing.h"))


def is_private(path, text):
    """What a header is, its first comment says; the usual names are private anyway."""
    first = text.split("*/", 1)[0]
    return re.search(r"\bprivate\b", first) is not None or re.search(r"_(store|view|feature|sql|pages|private)\.h$", path) is not None


def resolve(include, path, units, known):
    """(unit, path of the header or None when it is made by a tool)."""
    beside = str(pathlib.PurePosixPath(path).parent / include)
    for candidate in (beside, "src/" + include):
        if candidate in known:
            return unit_of(candidate, units), candidate
    made = re.fullmatch(r"(\w+)_(sql|pages)\.h", include)
    if made and made.group(1) in units:
        return units[made.group(1)], None
    return None, None


def check_includes(t, units, known, texts):
    up, private, unknown = [], [], []
    for path, text in texts.items():
        unit = unit_of(path, units)
        if unit is None or is_test(path) or not path.endswith((".c", ".h")):
            continue
        for include in INCLUDE.findall(text):
            other, header = resolve(include, path, units, known)
            if other is None:
                unknown.append(f'{path}: "{include}" is in no floor')
                continue
            if other is unit:
                continue
            unit.uses.add(other.name)
            if FLOORS.index(other.floor) > FLOORS.index(unit.floor):
                up.append(f"{path}: {unit.floor} includes {include} of {other.floor}")
            # app puts the slices together and may read what a tool made of them
            if other.floor in ("core", "features") and (header is None or is_private(header, texts[header])):
                private.append(f"{path}: {include} is private to {other.name}")
    t.all("every include resolves to a floor", unknown)
    t.all("no include goes up a floor", up)
    t.all("a slice is reached through its contract headers only", private)


def check_pages(units, texts):
    for path, text in texts.items():
        unit = unit_of(path, units)
        if unit and path.endswith(".html"):
            for name in re.findall(r"\{\{>\s*(\w+)\.\w+", text):
                if name in units and name != unit.name:
                    unit.uses.add(name)


def sql_without_comments(text):
    text = re.sub(r"--[^\n]*", "", text)
    return re.sub(r"'(?:''|[^'])*'", "''", text)


def check_sql_in_c(t, units, texts):
    """Queries live in .sql files, where they are compiled and prepared; only store speaks to an engine."""
    wrong = []
    for path, text in texts.items():
        unit = unit_of(path, units)
        if unit is None or is_test(path) or not path.endswith((".c", ".h")):
            continue
        for i, line in enumerate(without_comments(text).splitlines(), 1):
            if unit.name == "store":
                unit.creates |= set(re.findall(r'"CREATE TABLE (?:IF NOT EXISTS )?(\w+)', line))
            elif re.search(r'"[^"]*\b(SELECT\s.*\bFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)\b', line):
                wrong.append(f"{path}:{i}")
    t.all("no query stands in C outside store", wrong)


def read_sql(units, texts):
    for path, text in texts.items():
        unit = unit_of(path, units)
        if unit is None or not path.endswith(".sql"):
            continue
        sql = sql_without_comments(text)
        if "/schema/" in path and ".back." not in path:
            unit.creates |= {m.lower() for m in re.findall(
                r"create\s+(?:virtual\s+)?(?:table|view|materialized\s+view)\s+(?:if\s+not\s+exists\s+)?(\w+)", sql, re.I)}
        if "/sql/" in path:  # the tables a floor keeps for itself are made by its own statements
            unit.creates |= {m.lower() for m in re.findall(r"create\s+table\s+(?:if\s+not\s+exists\s+)?(\w+)", sql, re.I)}
        unit.points |= {m.lower() for m in re.findall(r"\breferences\s+(\w+)", sql, re.I)} if "/schema/" in path else set()
        local = {m.lower() for m in re.findall(r"\b(\w+)\s*(?:\([^()]*\)\s*)?as\s+(?:not\s+materialized\s+|materialized\s+)?\(", sql, re.I)}
        for name in TABLES.findall(re.sub(r"\b(do|for)\s+update\b|\bon\s+update\b|\b(year|month|day|epoch)\s+from\b|\bdistinct\s+from\b",
                                          " ", sql, flags=re.I)):
            name = name.lower()
            if name not in local and name not in ("set", "select", "lateral", "json_each", "json_array_elements",
                                                  "generate_series", "unnest", "sqlite_master", "pragma_table_info"):
                unit.asks[name].add(path)


def check_queries(t, units):
    owner = {}
    twice, foreign = [], []
    for unit in units.values():
        for table in unit.creates:
            if table in owner:
                twice.append(f"{table}: made by {owner[table].name} and by {unit.name}")
            owner[table] = unit
    for unit in units.values():
        for table, where in sorted(unit.asks.items()):
            other = owner.get(table)
            if other is unit or table.startswith(("pg_", "sqlite_", "information_schema")):
                continue
            if other is None:
                foreign.append(f"{sorted(where)[0]}: {table} is made by no slice")
            elif table.startswith("pub_"):
                unit.uses.add(other.name)
            else:
                foreign.append(f"{sorted(where)[0]}: {table} belongs to {other.name}; only its pub_ views may be read")
        for table in unit.points & set(owner) - unit.creates:
            unit.uses.add(owner[table].name)
    t.all("a table is made by one slice", twice)
    t.all("a query touches the slice's own tables or pub_ views of others", foreign)


def said(folder, word):
    readme = top / folder / "README.md"
    if not readme.is_file():
        return None
    m = re.search(rf"^{word}:[ \t]*(.*(?:\n[ \t]+.*)*)", readme.read_text(encoding="utf-8"), re.M)
    return m.group(1).split() if m else None


def check_readmes(t, units):
    wrong = []
    for unit in units.values():
        uses, owns = said(unit.folder, "Uses"), said(unit.folder, "Owns")
        real = set(unit.uses)
        if "web" in real:  # what web's own headers stand on comes with it
            real |= {"base", "store"}
        if "store" in real:
            real |= {"base"}
        tables = {x for x in unit.creates if not x.startswith("pub_")}
        if uses is None:
            wrong.append(f"{unit.folder}/README.md has no line Uses:")
        elif unit.floor == "app":  # it knows all slices, through features.c
            if "features.c" not in uses:
                wrong.append(f"{unit.folder}/README.md: app uses all slices through features.c")
        elif set(uses) - {"nothing"} != real:
            wrong.append(f"{unit.folder}/README.md: Uses: {' '.join(uses)}; in truth: {' '.join(sorted(real)) or 'nothing'}")
        if owns is None and tables:
            wrong.append(f"{unit.folder}/README.md has no line Owns:, and makes {' '.join(sorted(tables))}")
        elif owns is not None and {x for x in owns if not x.startswith("pub_")} - {"nothing"} != tables:
            wrong.append(f"{unit.folder}/README.md: Owns: {' '.join(owns)}; in truth: {' '.join(sorted(tables)) or 'nothing'}")
    t.all("Uses: and Owns: of each README are what is so", wrong)


def check_order(t, units):
    rank = {name: i for i, group in enumerate(ORDER) for name in group}
    wrong, slices = [], {n: u for n, u in units.items() if u.floor in ("core", "features")}
    for unit in slices.values():
        if unit.floor == "core" and unit.name not in rank:
            wrong.append(f"{unit.folder}: has no place in the order of core (tools/check-deps.py, ORDER)")
        for other in unit.uses & set(slices):
            if unit.floor == "core" and slices[other].floor == "core" and rank.get(other, 99) >= rank.get(unit.name, -1):
                wrong.append(f"{unit.name} uses {other}, which does not come before it")
    t.all("inside core a slice uses only what comes before it", wrong)
    t.all("no circles among slices", circles(slices))


def circles(slices):
    found, done = [], set()

    def walk(name, road):
        if name in road:
            found.append(" -> ".join(road[road.index(name):] + [name]))
        elif name not in done:
            for other in sorted(slices[name].uses & set(slices)):
                walk(other, road + [name])
            done.add(name)

    for name in sorted(slices):
        walk(name, [])
    return found


def object_unit(name, units):
    """src_core_places_places.c.o, or places_sql.c.o that a tool made."""
    for unit in sorted(units.values(), key=lambda u: -len(u.folder)):
        if name.startswith(unit.folder.replace("/", "_") + "_"):
            return unit
    made = re.fullmatch(r"(\w+?)_(?:sql|pages)\.c\.o", name)
    return units.get(made.group(1)) if made else None


def read_symbols(build, units):
    defined, asked = {}, []
    for obj in sorted((build / "libwecare_lib.a.p").glob("*.o")):
        unit = object_unit(obj.name, units)
        if unit is None:
            continue  # embedded assets, words and tables: data alone
        for line in subprocess.run(["nm", str(obj)], capture_output=True, text=True, check=True).stdout.splitlines():
            kind, name = line.split()[-2:]
            if kind == "U":
                asked.append((unit, obj.name, name))
            elif kind in "TDBRCV":
                defined[name] = (unit, obj.name)
    return defined, asked


def check_calls(t, units, build, texts):
    defined, asked = read_symbols(build, units)
    wrong, allocating = [], []
    contract = collections.defaultdict(str)
    for path, text in texts.items():
        unit = unit_of(path, units)
        if unit and path.endswith(".h") and not is_private(path, text):
            contract[unit.name] += text
    for unit, where, name in asked:
        if ALLOCATES.fullmatch(name + "(") and where != "src_base_arena.c.o" and "_testing" not in where:
            allocating.append(f"{where} calls {name}")
        other = defined.get(name, (None, ""))[0]
        if other is None or other is unit or unit.floor == "app":
            continue
        if FLOORS.index(other.floor) > FLOORS.index(unit.floor):
            wrong.append(f"{where}: {name} stands in {other.name}, a floor above {unit.name}")
        elif other.floor in ("core", "features"):
            if other.name not in unit.uses:
                wrong.append(f"{where}: {name} of {other.name}, which its README does not use")
            elif not re.search(rf"\b{name}\b", contract[other.name]) and not name.startswith(f"html_{other.name}_"):
                wrong.append(f"{where}: {name} is not in a contract header of {other.name}")
    t.ok("the object files are there to be read", len(defined) > 100, f"{len(defined)} symbols in {build}")
    t.all("no call goes up a floor or past a contract", wrong)
    t.all("no object but the arena's calls malloc", allocating)


def check_malloc(t, texts):
    wrong = []
    for path, text in texts.items():
        if path.startswith("src/") and path.endswith((".c", ".h")) and path != "src/base/arena.c" and not is_test(path):
            for i, line in enumerate(without_strings(without_comments(text)).splitlines(), 1):
                m = ALLOCATES.search(line)
                if m:
                    wrong.append(f"{path}:{i}: {m.group(1)}")
    t.all("memory comes from an arena: malloc stands in base/arena.c alone", wrong)


def check_sizes(t, texts):
    long_files = [f"{p}: {n} lines" for p, n in ((p, x.count("\n")) for p, x in texts.items()) if n > MAX_FILE]
    t.all(f"no file is longer than {MAX_FILE} lines", long_files)
    code = [p for p in texts if p.endswith((".c", ".h", ".py", ".mjs"))]
    p = subprocess.run(["ctags", "--output-format=json", "--fields=+ne", "--kinds-c=f", "--kinds-python=fm", "--language-force=auto",
                        "--map-JavaScript=+.mjs", "-f", "-", "-L", "-"], input="\n".join(code), capture_output=True, text=True, cwd=top)
    seen, long_functions = 0, []
    for line in p.stdout.splitlines():
        tag = json.loads(line)
        if tag.get("kind") not in ("function", "member", "method") or "end" not in tag:
            continue
        seen += 1
        n = tag["end"] - tag["line"] + 1
        if n > MAX_FUNCTION:
            long_functions.append(f"{tag['path']}:{tag['line']}: {tag['name']} has {n} lines")
    t.ok("ctags finds the functions", seen > 100, f"{seen} found; {p.stderr.strip()}")
    t.all(f"no function is longer than {MAX_FUNCTION} lines", long_functions)


def check_names(t, paths):
    where = collections.defaultdict(list)
    folders = set()
    for path in paths:
        p = pathlib.PurePosixPath(path)
        if p.suffix in (".c", ".h", ".py", ".mjs", ".js"):
            where[p.name].append(path)
        for folder in p.parents:
            if str(folder) != "." and not PARTS & set(folder.parts) and not folder.parts[0].startswith(".") \
                    and not folder.name.endswith("_fuzz"):
                folders.add(str(folder))
    t.all("a file name stands for one file", [" and ".join(v) for v in where.values() if len(v) > 1])
    known = set(paths)
    t.all("each folder has its README.md", [f for f in sorted(folders) if f + "/README.md" not in known])


def main():
    paths = files()
    texts = {p: (top / p).read_text(encoding="utf-8", errors="replace") for p in paths
             if p.endswith(CODE) and "/dist/" not in p}
    units = find_units(paths)
    t = Tap()
    t.ok("the six floors are there", all(any(u.floor == f for u in units.values()) for f in FLOORS))
    check_includes(t, units, set(paths), texts)
    check_pages(units, texts)
    read_sql(units, texts)
    check_sql_in_c(t, units, texts)
    check_queries(t, units)
    check_order(t, units)
    check_readmes(t, units)
    if len(sys.argv) > 1:
        check_calls(t, units, pathlib.Path(sys.argv[1]), texts)
    check_malloc(t, texts)
    check_sizes(t, texts)
    check_names(t, paths)
    sys.exit(t.end())


if __name__ == "__main__":
    main()
