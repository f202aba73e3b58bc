#!/usr/bin/env python3
"""files.py - lists the files of a folder for meson, one per line, in a fixed order.

files.py FOLDER            its C sources, without *_test.c and *_fuzz.c
         --but NAME.c      without that one        --tests   only *_test.c, deep
         --sql             sql/*.sql schema/*.sql  --pages   pages/*.html
         --words           words/*.po              --all     every file, deep
         --testing         *_testing.c, deep: what tests share
         --fuzz            *_fuzz.c
"""
import pathlib
import sys

top = pathlib.Path(__file__).resolve().parent.parent
folder = top / sys.argv[1]
what = sys.argv[2] if len(sys.argv) > 2 else ""


def listed():
    if what == "--sql":
        return [*folder.glob("sql/*.sql"), *folder.glob("schema/*.sql")]
    if what == "--pages":
        return folder.glob("pages/*.html")
    if what == "--words":
        return folder.glob("words/*.po")
    if what == "--all":
        return (f for f in folder.rglob("*") if f.is_file())
    if what == "--tests":
        return folder.rglob("*_test.c")
    if what == "--fuzz":
        return folder.glob("*_fuzz.c")
    if what == "--testing":
        return folder.rglob("*_testing.c")
    but = sys.argv[3:] if what == "--but" else []
    return (f for f in folder.glob("*.c") if not f.name.endswith(("_test.c", "_fuzz.c", "_testing.c")) and f.name not in but)


for f in sorted(listed()):
    print(f.relative_to(top))
