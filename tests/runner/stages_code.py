"""stages_code.py - the builds, and the tests beside the code: two databases, the sanitizers, fuzzing."""
import concurrent.futures
import json
import os
import pathlib
import shutil
import sys

import cluster
import threaded
import times

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import tree  # noqa: E402

ASAN = "detect_leaks=1:abort_on_error=0:strict_string_checks=1:detect_stack_use_after_return=1"
UBSAN = "print_stacktrace=1:halt_on_error=1"
TSAN = "halt_on_error=1:second_deadlock_stack=1"
FUZZ_S = 5


def deps(w):
    w.tap(["python3", "tools/check-deps.py", w.unit], "check-deps")


def _set_up(w, folder, *options, env=None):
    """Configures once; a build made in another place or with other options is made anew, and one whose
    files came or went looks again."""
    stamp, seen = folder / "set-up-as", folder / "set-up-for"
    asked, names = "\n".join([str(w.top), *options]), "\n".join(tree.files())
    words = ["meson", "setup", folder, "-Dtests=true", *options]
    if (folder / "build.ninja").exists() and stamp.exists() and stamp.read_text() == asked:
        if seen.exists() and seen.read_text() == names:
            return True
        words.insert(2, "--reconfigure")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    if not w.step(words, f"set up {folder.name}", env=env):
        return False
    stamp.write_text(asked)
    seen.write_text(names)
    return True


def _build(w, folder, *targets, limit=900):
    return w.step(["ninja", "-C", folder, *targets], f"build {folder.name}", limit=limit)


def _build_without_warnings(w, folder):
    """Warnings are errors by their words, not by an option: with the options of ./run, what ./run has compiled is not compiled
    again. A build with a warning does not stay, or the next one would be silent of it."""
    if _build(w, folder):
        found = [x for x in w.log_of(f"build {folder.name}").splitlines() if "warning:" in x]
        if found:
            shutil.rmtree(folder)
            w.fail(f"warnings in {folder.name}", "\n".join(found))


def build(w):
    """The program as ./run makes it, with its data; and another, with fault points, for the tests."""
    shutil.rmtree(w.out / "data", ignore_errors=True)
    w.step(["./run", "--setup"], "run --setup", limit=900, env={"DATA": str(w.out / "data")})
    if _set_up(w, w.unit, "-Dfaults=true", "-Dbench=true"):
        _build_without_warnings(w, w.unit)


def _listed(w, folder):
    """The tests that meson knows: name, command, environment."""
    code, text, _ = w.ask(["meson", "introspect", "--tests", folder], f"tests of {folder.name}")
    if code != 0:
        raise RuntimeError("meson does not list the tests")
    return json.loads(text)


def _run_tests(w, folder, which, env, limit=240, scripts=False, only=None, env_of=lambda name: {}):
    """scripts: also those that look at the sources alone, which one database and one build are enough for."""
    tests = [t for t in _listed(w, folder) if (t["protocol"] == "tap" or scripts) and (only is None or t["name"] in only)]
    if not tests:
        w.fail(which, "there are no tests")

    def one(test):
        more = dict(test["env"], WECARE_BUILD=str(folder), **env, **env_of(test["name"]))
        run = w.tap if test["protocol"] == "tap" else w.step
        run(test["cmd"], f"{which} {test['name']}", env=more, limit=limit)

    with concurrent.futures.ThreadPoolExecutor(w.cores) as pool:
        list(pool.map(one, times.longest_first(which, tests, lambda t: f"{which} {t['name']}")))
    return tests


def sqlite(w):
    """Also sees which programs start threads: those, and no fewer, go under TSan."""
    seen = threaded.Seen(w.out / "threads-seen", w.unit / "tests/runner/threads_seen.so")
    tests = _run_tests(w, w.unit, "sqlite", {}, scripts=True, env_of=seen.env)
    w.tap(["python3", "tests/runner/threaded.py", seen.folder, *(t["name"] for t in tests)], "threads")


def postgres(w):
    if cluster.find_bin() is None:
        w.skip("postgres", "PostgreSQL is not installed")
        return
    server = cluster.Cluster()
    try:
        _run_tests(w, w.unit, "postgres", {"WECARE_TEST_STORE": server.url})
    finally:
        server.stop()


# Under the sanitizers gcc warns of what it has itself put in: warnings are errors in the other builds. Lines are
# enough for what a sanitizer says; what a debugger wants besides takes a fifth of the build.
SANITIZED = ("-Dfaults=true", "-Doptimization=1", "-Ddebug=false", "-Dc_args=-g1", "-Db_lundef=false")


def asan(w):
    folder = w.out / "asan"
    if _set_up(w, folder, *SANITIZED, "-Db_sanitize=address,undefined") \
            and _build(w, folder):
        _run_tests(w, folder, "asan", {"CK_FORK": "no", "ASAN_OPTIONS": ASAN, "UBSAN_OPTIONS": UBSAN})


def tsan(w):
    """The programs that start threads: in the others there is nobody to race with (threaded.py says which, and why)."""
    folder = w.out / "tsan"
    names = threaded.programs()
    if _set_up(w, folder, *SANITIZED, "-Db_sanitize=thread") and _build(w, folder, *_targets(w, folder, names)):
        _run_tests(w, folder, "tsan", {"CK_FORK": "no", "TSAN_OPTIONS": TSAN}, only=names)


def _targets(w, folder, names):
    """The programs of these tests, as ninja calls them."""
    return [os.path.relpath(t["cmd"][0], folder) for t in _listed(w, folder) if t["name"] in names]


def fuzz(w):
    """Each target runs from the seeds beside it for a few seconds; a crash keeps its input."""
    if shutil.which("clang") is None:
        w.skip("fuzz", "clang is not installed")
        return
    folder = w.out / "fuzz"
    options = ("-Dwerror=true", "-Dfuzz=true", "-Dtests=false", "-Db_sanitize=address,undefined", "-Db_lundef=false",
               "-Doptimization=1", "-Ddebug=false", "-Dc_args=-gline-tables-only")
    names = sorted(f.stem for f in (w.top / "tests/fuzz").glob("*_fuzz.c"))
    if not _set_up(w, folder, *options, env={"CC": "clang"}) or not _build(w, folder, *(f"tests/fuzz/{n}" for n in names)):
        return
    targets = [folder / "tests/fuzz" / name for name in names]
    if not targets:
        w.fail("fuzz", "there are no targets")
    with concurrent.futures.ThreadPoolExecutor(w.cores) as pool:
        list(pool.map(lambda target: _fuzz_one(w, folder, target), targets))


def _fuzz_one(w, folder, target):
    corpus = folder / "corpus" / target.name
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = w.top / "tests/fuzz" / target.name
    found = folder / "found" / target.name
    found.mkdir(parents=True, exist_ok=True)
    words = [target, f"-max_total_time={FUZZ_S}", "-timeout=5", "-rss_limit_mb=1024", "-verbosity=0", "-print_final_stats=1",
             "-max_len=4096", f"-artifact_prefix={found}/", corpus]
    if seeds.is_dir():
        words.append(seeds)
    w.step(words, f"fuzz {target.name}", limit=FUZZ_S + 60, env={"ASAN_OPTIONS": ASAN, "UBSAN_OPTIONS": UBSAN})
