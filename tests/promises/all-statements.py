#!/usr/bin/env python3
"""all-statements.py OUT - one C table of every statement of the program, from what tools/sqlc makes.

For tests/promises/promises_test.c alone: the program itself has no such list.
"""
import pathlib
import subprocess
import sys

top = pathlib.Path(__file__).resolve().parents[2]


def with_queries():
    listed = subprocess.run([sys.executable, str(top / "tools/slices.py")], capture_output=True, text=True, check=True).stdout
    units = [line.split() for line in listed.splitlines()] + [["store", "src/store"], ["web", "src/web"], ["app", "src/app"]]
    return [name for name, folder in units if list((top / folder / "sql").glob("*.sql"))]


def main():
    names = with_queries()
    out = ["/* Made by tests/promises/all-statements.py. */"]
    out += [f'#include "{n}_sql.h"' for n in names]
    out += ['#include "tests/promises/promises.h"', "", "const struct statements all_statements[] = {"]
    out += [f'    {{"{n}", {n}_statements, {n}_n_statements}},' for n in names]
    out += ["};", f"const int n_all_statements = {len(names)};", ""]
    pathlib.Path(sys.argv[1]).write_text("\n".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
