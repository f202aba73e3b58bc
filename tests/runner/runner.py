"""runner.py - runs the stages of ./check, counts, shows what failed.

usage: ./check [--quick] [STAGE...]
       ./check --times [SLICE...]
"""
import os
import signal
import sys
import time

import stages
import times
import work

HOW = """usage: ./check [--quick] [STAGE...]
       ./check --times [SLICE...]

Without words everything is run; --quick leaves out what takes long; a stage's name runs that stage
(and the build it needs). Logs: build/check/log/. The last line counts: N passed, N failed, N skipped.
--times shows what the programs of the last run took, by slice and by stage.
"""
TAIL = 60  # lines shown of a log that failed


def read_words(words):
    names = {s.name for s in stages.STAGES}
    chosen, is_quick = [], False
    for word in words:
        if word in ("-h", "--help"):
            print(HOW)
            for s in stages.STAGES:
                print(f"  {s.name:10} {'quick ' if s.quick else '      '} {s.what}")
            sys.exit(0)
        if word == "--quick":
            is_quick = True
        elif word in names:
            chosen.append(word)
        else:
            print(f"check: there is no {word}; ./check --help names the stages", file=sys.stderr)
            sys.exit(2)
    if chosen:
        return [s for s in stages.STAGES if s.name in chosen or s.name == "build"], is_quick
    return [s for s in stages.STAGES if s.quick or not is_quick], is_quick


def run_stage(w, stage, at, n, say=print):
    before = w.result.passed, len(w.result.failed), len(w.result.skipped)
    began = time.monotonic()
    say(f"[{at}/{n}] {stage.name}: {stage.what}", flush=True)
    try:
        stage.run(w)
    except Exception as e:  # a stage that cannot run is a failure, never a silence
        w.fail(stage.name, f"{type(e).__name__}: {e}")
    took = time.monotonic() - began
    passed = w.result.passed - before[0]
    failed = w.result.failed[before[1]:]
    skipped = w.result.skipped[before[2]:]
    say(f"        {passed} passed, {len(failed)} failed, {len(skipped)} skipped in {took:.1f} s{slowest(w)}", flush=True)
    times.keep(stage.name, times.rows_of(stage.name, w.took, w.log_of), w.times)
    w.took.clear()
    if passed + len(failed) + len(skipped) == 0:
        w.fail(stage.name, "proved nothing")
    for line in skipped:
        say("        skipped  " + line)
    return stage.name, took


def slowest(w):
    """The programs of the stage that took longest, when they took long."""
    programs = sorted(((s, name) for name, s, _ in w.took), reverse=True)[:3]
    return "".join(f", {name} {s:.0f} s" for s, name in programs if s >= 5)


def failing_part(text):
    """Around the first line that says so; else the end."""
    lines = text.splitlines()
    for i, line in enumerate(lines):
        if line.startswith("not ok") or "error:" in line or "ERROR: " in line or "FAILED:" in line:
            return lines[max(0, i - 5):i + TAIL]
    return lines[-TAIL:]


def show_failures(w):
    for path, names in w.shown:
        print(f"\n---- {path.relative_to(w.top)}")
        if path.is_file():
            print("\n".join(failing_part(path.read_text(encoding="utf-8", errors="replace"))))
    if w.result.failed:
        print("\nfailed:")
        for name in w.result.failed:
            print("  " + name)


def processor_s():
    """Of all that was started and has ended: tells the same on a busy machine."""
    t = os.times()
    return t.children_user + t.children_system


def main():
    if sys.argv[1:2] == ["--times"]:
        sys.exit(times.show(sys.argv[2:]))
    chosen, is_quick = read_words(sys.argv[1:])
    w = work.Work(is_quick, os.environ.get("CI", "") not in ("", "0", "false"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    took = []
    try:
        for at, stage in enumerate(chosen, 1):
            took.append(run_stage(w, stage, at, len(chosen)))
            if stage.name == "build" and w.result.failed:
                break
    except BaseException:
        w.end_all()
        raise
    show_failures(w)
    print("\ntime: " + ", ".join(f"{name} {s:.0f} s" for name, s in took) +
          f"; in all {time.monotonic() - began:.0f} s, of the processor {processor_s():.0f} s")
    r = w.result
    print(f"{r.passed} passed, {len(r.failed)} failed, {len(r.skipped)} skipped", flush=True)
    sys.exit(1 if r.failed or r.passed == 0 else 0)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        sys.exit(130)
