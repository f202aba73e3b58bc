"""documents.py - what the documents say can be found. Prints TAP."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from tree import Tap, files, top  # noqa: E402

# Paths that a document may name although they are made later, or only on a keeper's machine.
MADE = re.compile(r"^(build|data|node_modules|ui/node_modules)\b|^/|\*|NAME|\.\.\.|[<>{}$]")
SAID = re.compile(r"`((?:src|ui|tests|tools|bench|packaging|docs|reference|demo|\.ci)/[\w./-]+)`")


def links(text):
    text = re.sub(r"```.*?```", "", text, flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:|#", target):
            yield target.split("#")[0]


def main():
    t = Tap()
    paths = files()
    folders = {str(f) for p in paths for f in pathlib.PurePosixPath(p).parents}
    known = set(paths) | folders
    dead, unknown = [], []
    for p in paths:
        if not p.endswith(".md"):
            continue
        text = (top / p).read_text(encoding="utf-8")
        for target in links(text):
            path = (top / p).parent / target
            if not path.exists():
                dead.append(f"{p}: {target}")
        for path in SAID.findall(text):
            path = path.rstrip("/.")
            if path not in known and not MADE.search(path):
                unknown.append(f"{p}: {path}")
    t.all("no link of a document leads nowhere", dead)
    t.all("every path that a document names is in the tree", unknown)
    for name in ("README.md", "README.it.md", "ARCHITECTURE.md", "GLOSSARY.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE",
                 "publiccode.yml", "packaging/wecare.1"):
        t.ok(f"{name} is there", (top / name).is_file() and (top / name).stat().st_size > 300)
    sys.exit(t.end())


if __name__ == "__main__":
    main()
