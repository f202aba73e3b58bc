"""headers.py BUILD - every header compiles alone, in C17 with all warnings. Prints TAP.

A header that needs another to be included before it is a trap for who uses it.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from tree import Tap, files, top  # noqa: E402

WORDS = ["cc", "-std=c17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-Wshadow", "-Wstrict-prototypes", "-Wmissing-prototypes",
         "-Wno-unused-parameter", "-Wno-missing-field-initializers", "-fsyntax-only", "-x", "c", "-"]


def library_folders(build):
    """Where the libraries keep their headers, as the build found them."""
    words = " ".join(c["command"] for c in json.loads((build / "compile_commands.json").read_text())).split()
    return sorted({w[2:] for w in words if w.startswith("-I/")})


def compile_alone(path, build, libraries):
    where = [build, top / "src", top, top / "tests", top / "tests/support", *libraries]
    # included twice: it must guard itself
    text = f'#include "{path}"\n#include "{path}"\n'
    return subprocess.run(WORDS + [f"-I{w}" for w in where] + [f"-iquote{path.parent}"], input=text, capture_output=True, text=True)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    ours = [top / p for p in files() if p.endswith(".h")]
    made = sorted(build.glob("*_sql.h")) + sorted(build.glob("*_pages.h"))
    libraries = library_folders(build)
    t = Tap()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda p: compile_alone(p, build, libraries), ours + made))
    wrong = [f"{p.relative_to(top) if p.is_relative_to(top) else p.name}: {r.stderr.splitlines()[0] if r.stderr else r.returncode}"
             for p, r in zip(ours + made, results) if r.returncode != 0]
    t.all(f"each of {len(ours)} headers compiles alone and twice", [w for w in wrong if "_sql.h" not in w and "_pages.h" not in w])
    t.all(f"each of {len(made)} made headers too", [w for w in wrong if "_sql.h" in w or "_pages.h" in w])
    t.ok("there are headers to look at", len(ours) > 20 and len(made) > 3, f"{len(ours)} and {len(made)}")
    without = [str(p.relative_to(top)) for p in ours if not re.match(r"/\*\s(?: \* )?" + re.escape(p.name) + " - ", p.read_text(encoding="utf-8"))]
    t.all("each begins with its name and what it is for", without)
    sys.exit(t.end())


if __name__ == "__main__":
    main()
