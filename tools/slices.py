#!/usr/bin/env python3
"""slices.py - lists the slices that src/app/features.c names, with their folder.

Prints one line per slice: NAME FOLDER. The order is that of features.c, which is also the order
of migrations and of loading. A slice named there without a folder, or a folder with a
NAME_feature.c that is not named there, is an error: nothing is half in the program.
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
for name in names:
    print(name, found[name].relative_to(top))
