"""stages_house.py - what is proved of the whole: a program that runs, a page in a browser, a new slice."""
import concurrent.futures
import hashlib
import os
import pathlib
import shutil
import tempfile

import times

AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"


def _together(w, stage, programs):
    """Programs that know nothing of each other, as many at a time as there are cores: (words, name, limit)."""
    def one(p):
        w.tap(p[0], p[1], limit=p[2])

    with concurrent.futures.ThreadPoolExecutor(w.cores) as pool:
        list(pool.map(one, times.longest_first(stage, programs, lambda p: p[1])))


def promises(w):
    _together(w, "promises", [
        (["python3", "tests/runner/runner_check.py"], "runner", 600),
        (["python3", "tests/promises/headers.py", w.unit], "headers", 600),
        (["python3", "tests/promises/documents.py"], "documents", 600),
        (["python3", "tests/promises/clean.py"], "clean", 600),
        (["python3", "tests/breaks/run", "--list"], "breaks", 600),
        (["python3", "tools/page-docs.py", "--check"], "page-docs", 600),
        (["python3", "tests/promises/command-line.py", _program(w)], "command-line", 600),
        (["python3", "tests/promises/demo.py", _program(w)], "demo", 600),
        (["python3", "tests/promises/reading.py", _program(w)], "reading", 600),
        (["/usr/bin/python3", "tests/promises/open-data.py", _program(w)], "open-data", 120),
    ])


def _program(w):
    """The program as people run it: built by ./run, without fault points."""
    return w.top / "build/wecare"


def shapes(w):
    _together(w, "shapes", [
        (["python3", "tests/hostile/shapes.py", _program(w)], "shapes", 120),
        (["python3", "tests/hostile/inputs.py", _program(w)], "inputs", 180),
        (["python3", "tests/hostile/bombs.py", _program(w)], "bombs", 240),
        (["python3", "tests/hostile/bombs_xlsx.py", _program(w)], "bombs_xlsx", 120),
    ])


def exchange(w):
    w.tap(["python3", "tests/exchange/portals.py", _program(w)], "portals", limit=240)


def proxy(w):
    w.tap(["python3", "tests/hostile/proxy.py", _program(w)], "proxy", limit=120)


def kill(w):
    w.tap(["python3", "tests/kill/kill.py", _program(w), "50"], "kill", limit=300)
    w.tap(["python3", "tests/kill/mail_kill.py", _program(w), "10"], "mail_kill", limit=120)


def slow(w):
    w.tap(["python3", "tests/hostile/slow.py", _program(w), "990"], "slow", limit=180)


def powercut(w):
    w.tap(["python3", "tests/powercut/powercut.py", _program(w), "200"], "powercut", limit=300, env={"WECARE_BUILD": str(w.unit)})


def commands(w):
    w.tap(["python3", "tests/commands/commands.py"], "commands", limit=600)


def _node(w):
    """The folder that holds node and npm; brought from the npm registry when this machine's is too old."""
    code, text, path = w.ask(["tools/get-node"], "node")
    lines = text.split("\n")
    if code != 0 or not os.path.isdir(lines[-2] if len(lines) > 1 else ""):
        raise RuntimeError(f"no Node 20 or later can be had: {path.read_text().strip()[-300:]}")
    env = {"PATH": lines[-2] + os.pathsep + os.environ["PATH"]}
    # Node carries authorities of its own; those that this machine trusts are to be trusted too.
    if "NODE_EXTRA_CA_CERTS" not in os.environ and os.path.exists(AUTHORITIES):
        env["NODE_EXTRA_CA_CERTS"] = AUTHORITIES
    return env


def _npm_packages(w, folder, env):
    """What the lockfile says, once for each lockfile."""
    lock = folder / "package-lock.json"
    stamp = folder / "node_modules/.brought-for"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return True
    if not w.step(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], f"npm packages of {folder.name}",
                  env=env, cwd=folder):
        return False
    stamp.write_text(digest)
    return True


def ui(w):
    env = _node(w)
    if _npm_packages(w, w.top / "ui", env):
        w.tap(["python3", "tests/browser/rebuild.py"], "ui", env=env, limit=180)


def browser(w):
    if shutil.which("chromium") is None:
        w.skip("browser", "Chromium is not installed")
        return
    env = _node(w)
    if not _npm_packages(w, w.top / "tests/browser", env):
        return
    env["WECARE_PROGRAM"] = str(_program(w))
    with tempfile.TemporaryDirectory(prefix="wecare-demo-") as folder:
        env["WECARE_DEMO"] = folder
        if _demo(w, pathlib.Path(folder)):
            _browser_programs(w, env)


def _demo(w, folder):
    """Made once; each program takes a copy."""
    code, said, _ = w.ask([_program(w), "--data", folder / "data", "demo"], "demo of the browser")
    (folder / "said").write_text(said, encoding="utf-8")
    if code != 0:
        w.fail("browser", "the demo is not made")
    return code == 0


def _browser_programs(w, env):
    checks = {p.name.split(".")[0]: p for p in (w.top / "tests/browser").glob("*.check.mjs")}
    pages = checks.pop("pages")  # looks at as many pages at a time as there are cores
    alone = [checks.pop("lighthouse"), checks.pop("statement")]  # one times pages, the other reads what all measured
    journeys = (w.top / "tests/journeys").glob("*.journey.mjs")

    def name_of(script):
        name, kind, _ = script.name.split(".")
        return f"{'journey' if kind == 'journey' else 'browser'} {name}"

    def one(script):
        w.tap(["node", script], name_of(script), env=env, limit=1800 if script is pages else 900)

    one(pages)
    with concurrent.futures.ThreadPoolExecutor(w.cores) as pool:
        list(pool.map(one, times.longest_first("browser", [*checks.values(), *journeys], name_of)))
    for script in alone:
        one(script)
