#!/usr/bin/env python3
"""slices.py - lists the slices that src/app/features.c names, with their folder.

Prints one line per slice: NAME FOLDER. The order is that of features.c, which is also the order
of migrations and of loading. A slice named there without a folder, or a folder with a
NAME_feature.c that is not named there, is an error: nothing is half in the program.

slices.py --used-by FOLDER   only those that the C files of FOLDER include, and what they use in turn
                             (the `Uses:` of their READMEs, which check-deps compares with the includes)
"""
import pathlib
import re
import sys

top = pathlib.Path(__file__).resolve().parent.parent
text = (top / "src/app/features.c").read_text(encoding="utf-8")
names = re.findall(r"^\s*SLICE\((\w+)\)", text, re.M)
bad = False
found = {}
for floor in ("core", "features"):
    for f in sorted((top / "src" / floor).glob("*/*_feature.c")):
        found[f.parent.name] = f.parent
for name in names:
    if name not in found:
        print(f"slices: src/app/features.c names {name}, but no src/*/{name}/{name}_feature.c", file=sys.stderr)
        bad = True
for name in found:
    if name not in names:
        print(f"slices: {found[name].relative_to(top)} is not named in src/app/features.c", file=sys.stderr)
        bad = True
if bad:
    sys.exit(1)


def used_by(folder):
    todo = set()
    for f in (top / folder).rglob("*.c"):
        todo |= set(re.findall(r'^#include "(?:core|features)/(\w+)/', f.read_text(encoding="utf-8"), re.M))
    chosen = set()
    while todo:
        name = todo.pop()
        chosen.add(name)
        uses = re.search(r"^Uses:(.*)$", (found[name] / "README.md").read_text(encoding="utf-8"), re.M)
        todo |= {x for x in (uses.group(1).split() if uses else []) if x in found} - chosen
    return chosen


if sys.argv[1:2] == ["--used-by"]:
    chosen = used_by(sys.argv[2])
    print("\n".join(name for name in names if name in chosen))
else:
    for name in names:
        print(name, found[name].relative_to(top))
