"""times.py - what each program of ./check took: kept in build/check/times.tsv, summed by slice, longest first.

A row is one program of one stage: seconds by the clock, and seconds of the processor, which tell the same on a
busy machine. Stages that were not run keep their rows. A program belongs to the slice whose folder holds its
source; pages of a browser program to the slice that serves their address; what is of no slice is of the whole.
"""
import collections
import csv
import re
import sys

import work

FILE = work.top / "build/check/times.tsv"
HEAD = ("stage", "program", "slice", "seconds", "processor")
WHOLE = "the whole"
# What belongs together when people ask how long a part of the check takes.
PARTS = (
    ("Trova aiuto", ("needs", "opening", "catalogue", "search", "finder", "feeds", "publish")),
    ("Il catalogo che resta vero", ("links", "post", "jobs", "staging", "exchange", "sheets", "tryout", "upkeep", "entries", "albo",
                                    "models", "twins", "courses", "points", "open_data")),
    ("Cosa ti spetta", ("rules", "entitled", "regulations", "simulations")),
    ("Persone", ("people",)),
)
# Journeys that go by another name than their slice.
JOURNEYS = {"sheet": "finder", "keys": "links", "people": "territory"}
# Until a first run has told: what is known to be long, by its name without the stage.
LONG = {"people_engine_test": 20, "people_quality_test": 16, "feeds_hsds_test": 13, "feeds_csv_test": 12, "catalogue_edit_test": 8,
        "links_keys_test": 7, "secret_test": 7, "promises_test": 7, "upkeep_year_test": 6, "search_test": 6, "rules_population_test": 5,
        "pages": 300, "bytes": 90, "html": 80, "layout": 60, "finder": 40, "entries": 40, "upkeep": 40, "sheet": 40}
PAGE = re.compile(r"^# page (\S+) (\S+) ([\d.]+) s$", re.M)

Row = collections.namedtuple("Row", HEAD)


def _slice_of_file(path):
    parts = path.relative_to(work.top).parts
    return parts[2] if parts[:1] == ("src",) and parts[1] in ("core", "features") else parts[1] if parts[0] == "src" else WHOLE


def slices_by_program():
    """Test programs by the folder of their source, journeys by their name."""
    found = {f.stem: _slice_of_file(f) for f in (work.top / "src").rglob("*_test.c")}
    names = {f.name.replace("-", "_") for f in (work.top / "src").glob("*/*") if f.is_dir()}
    for f in (work.top / "tests/journeys").glob("*.journey.mjs"):
        name = f.name.split(".")[0].replace("-", "_")
        found["journey " + f.name.split(".")[0]] = JOURNEYS.get(name, name if name in names else WHOLE)
    return found


def slices_by_address():
    """The first word of an address -> the slice whose table of routes has it."""
    found = {}
    for f in sorted((work.top / "src").glob("*/*/*.c")):
        for path in re.findall(r'\bGET, +"/([a-z-]*)', f.read_text(encoding="utf-8")):
            found.setdefault(path, _slice_of_file(f))
    return found


def _pages(stage, name, text, row, by_address):
    """A browser program says how long each page took: its time is theirs, the rest is of the whole. Pages looked at side by
    side share the time of the program."""
    pages = [(page, path, float(seconds)) for page, path, seconds in PAGE.findall(text)]
    whole = max(row.seconds, sum(s for *_, s in pages), 0.001)
    rest = 1.0
    for page, path, seconds in pages:
        first = re.sub(r"^/en(?=/|$)", "", path).lstrip("/").split("/")[0].split("?")[0]
        share = seconds / whole
        rest -= share
        yield Row(stage, f"{name} {page}", by_address.get(first, WHOLE), share * row.seconds, share * row.processor)
    yield row._replace(seconds=max(0.0, rest) * row.seconds, processor=max(0.0, rest) * row.processor)


def rows_of(stage, took, log_of=None):
    """took: (name, seconds, processor) of each program of a stage."""
    by_program, by_address = slices_by_program(), slices_by_address()
    for name, seconds, processor in took:
        bare = name.removeprefix(stage + " ")
        row = Row(stage, name, by_program.get(bare, by_program.get(name, WHOLE)), seconds, processor)
        text = log_of(name) if log_of and stage == "browser" else ""
        yield from _pages(stage, name, text, row, by_address)


def read(path=FILE):
    if not path.is_file():
        return []
    with open(path, encoding="utf-8", newline="") as f:
        return [Row(r["stage"], r["program"], r["slice"], float(r["seconds"]), float(r["processor"])) for r in csv.DictReader(f, delimiter="\t")]


def keep(stage, rows, path=FILE):
    """The rows of a stage take the place of those it had."""
    all_rows = [r for r in read(path) if r.stage != stage] + list(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, delimiter="\t", lineterminator="\n")
        out.writerow(HEAD)
        out.writerows((r.stage, r.program, r.slice, f"{r.seconds:.2f}", f"{r.processor:.2f}") for r in all_rows)


def longest_first(stage, items, name_of, path=FILE):
    """By what they took the last time; else by what is known; new ones before those known to be short."""
    last = {r.program: r.seconds for r in read(path) if r.stage == stage}

    def weight(item):
        bare = name_of(item).removeprefix(stage + " ").split(" ")[-1]
        return last.get(name_of(item), LONG.get(bare, 1))

    return sorted(items, key=lambda item: (-weight(item), name_of(item)))


def summed(rows):
    by_slice, by_stage = collections.defaultdict(lambda: [0, 0.0, 0.0]), collections.defaultdict(lambda: [0, 0.0, 0.0])
    for r in rows:
        for into in (by_slice[r.slice], by_stage[r.stage]):
            into[0] += 1
            into[1] += r.seconds
            into[2] += r.processor
    return by_slice, by_stage


def show(words):
    """./check --times [SLICE...]: the sums, of all slices or of those named."""
    rows = read()
    if not rows:
        print("check: nothing has been run here yet: build/check/times.tsv is not there", file=sys.stderr)
        return 1
    by_slice, by_stage = summed(rows)
    unknown = [w for w in words if w not in by_slice]
    if unknown:
        print(f"check: nothing ran for {', '.join(unknown)}; there is {', '.join(sorted(by_slice))}", file=sys.stderr)
        return 2
    print(f"{'':34}{'programs':>9}{'seconds':>10}{'processor':>11}")

    def line(name, n, s, p):
        print(f"{name:34}{n:9}{s:10.1f}{p:11.1f}")

    chosen = words or sorted(by_slice, key=lambda x: -by_slice[x][1])
    for name in chosen:
        line(name, *by_slice[name])
    if words:
        line("together", *(sum(by_slice[x][i] for x in words) for i in range(3)))
        return 0
    print()
    for part, names in PARTS:
        line(part, *(sum(by_slice[x][i] for x in names if x in by_slice) for i in range(3)))
    print()
    for name, sums in by_stage.items():
        line("stage " + name, *sums)
    line("all", *(sum(x[i] for x in by_stage.values()) for i in range(3)))
    print(f"\n{work.cores()} programs run at a time: by the clock a stage takes about its seconds divided by that.")
    return 0
