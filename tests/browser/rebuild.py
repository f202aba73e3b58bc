#!/usr/bin/env python3
"""rebuild.py - builds ui/dist again in another folder and compares every byte with what is committed (TAP)."""
import filecmp
import pathlib
import subprocess
import sys
import tempfile

top = pathlib.Path(__file__).resolve().parents[2]
dist = top / "ui/dist"


def names(folder):
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


with tempfile.TemporaryDirectory(prefix="wecare-ui-") as where:
    again = pathlib.Path(where) / "dist"
    made = subprocess.run([str(top / "ui/build"), str(again)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if made.returncode != 0:
        print("1..1\nnot ok 1 - the front end is built again")
        print("\n".join("# " + line for line in made.stdout.strip().split("\n")[-20:]))
        sys.exit(1)
    wanted = sorted(set(names(dist)) | set(names(again)))
    bad = 0
    print(f"1..{len(wanted)}")
    for n, name in enumerate(wanted, 1):
        same = (dist / name).is_file() and (again / name).is_file() and filecmp.cmp(dist / name, again / name, shallow=False)
        bad += not same
        print(f"{'ok' if same else 'not ok'} {n} - ui/dist/{name} is what its sources make")
        if not same:
            print("# run ui/build and commit what it makes")
    sys.exit(1 if bad else 0)
