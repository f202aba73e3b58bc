"""clean.py - nothing in the tree belongs to one machine or one person. Prints TAP."""
import pathlib
import re
import stat
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from tree import Tap, files, top  # noqa: E402

# Folders of somebody's machine. What a Debian system has everywhere (/usr, /etc, /run, /var) may be named.
MACHINE = re.compile(r"(?<![\w.:])/(?:" + "|".join(("work", "root", "home/[a-z]", "mnt", "Users", "tmp/(?!wecare)[a-z]")) + r")(?=[/\"'\s]|\b)")
KEYS = re.compile("|".join(("BEGIN " + r"(?:RSA |EC |OPENSSH )?PRIVATE KEY", r"\bghp_[A-Za-z0-9]{20}", r"\bnpm_[A-Za-z0-9]{30}")))
REGISTRY = re.compile(r"registry\.[a-z0-9-]+\.[a-z]+")
TEXT = (".c", ".h", ".py", ".mjs", ".js", ".sql", ".html", ".css", ".scss", ".md", ".sh", ".json", ".yml", ".po", ".build", ".csv", ".tsv", "")
MAX_BYTES = 1024 * 1024


def is_script(path):
    with open(path, "rb") as f:
        return f.read(2) == b"#!"


def main():
    t = Tap()
    paths = files()
    machine, keys, registry, ends, tabs, mode, large = [], [], [], [], [], [], []
    for p in paths:
        path = top / p
        if path.stat().st_size > MAX_BYTES:
            large.append(f"{p}: {path.stat().st_size // 1024} KB")
        if bool(path.stat().st_mode & stat.S_IXUSR) != is_script(path):
            mode.append(p)
        # a seed of a fuzzer is bytes, not text: a form ends its lines as the wire does
        if path.suffix not in TEXT or "/dist/" in p or "_fuzz/" in p or p == "LICENSE":
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        for i, line in enumerate(text.split("\n"), 1):
            if MACHINE.search(line) and p != "tests/promises/clean.py":
                machine.append(f"{p}:{i}: {line.strip()[:100]}")
            if KEYS.search(line):
                keys.append(f"{p}:{i}")
            if REGISTRY.search(line):
                registry.append(f"{p}:{i}")
            if line.endswith((" ", "\t", "\r")) and path.suffix not in (".md", ".csv", ".tsv"):
                ends.append(f"{p}:{i}")
            if "\t" in line and path.suffix in (".c", ".h", ".py", ".mjs", ".sql", ".html"):
                tabs.append(f"{p}:{i}")
    t.ok("there is a tree to look at", len(paths) > 100, str(len(paths)))
    t.all("no path of one machine", machine)
    t.all("no key or token", keys)
    t.all("no host of a package registry", registry)
    t.all("no blanks at the end of a line", ends)
    t.all("no tabs in sources", tabs)
    t.all("what may be run is a script, and a script may be run", mode)
    t.all("no file over 1 MB", large)
    sys.exit(t.end())


if __name__ == "__main__":
    main()
