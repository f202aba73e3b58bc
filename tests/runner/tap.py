"""tap.py - reads TAP: what a test program says of itself, and whether it can be believed."""
import re

LINE = re.compile(r"^(not )?ok\b\s*(\d+)?\s*(?:- )?(.*)$")
PLAN = re.compile(r"^1\.\.(\d+)")
SKIP = re.compile(r"#\s*skip\b[: ]*(.*)$", re.I)
BESIDE = "beside the clone"  # a skip for reference files that may not be copied here


class Result:
    """What one program proved: counts, and the names of what failed or was skipped."""

    def __init__(self):
        self.passed = 0
        self.failed = []
        self.skipped = []

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


def _read_lines(text, who, result):
    """Returns the number of results seen and the plan (None when there is none)."""
    n, plan = 0, None
    for line in text.splitlines():
        m = PLAN.match(line)
        if m:
            plan = int(m.group(1))
            continue
        if line.startswith("Bail out!"):
            result.failed.append(f"{who}: {line}")
            continue
        m = LINE.match(line)
        if not m:
            continue
        n += 1
        name = f"{who}: {m.group(3).strip()}"
        skip = SKIP.search(line)
        if m.group(1):
            result.failed.append(name)
        elif skip:
            result.skipped.append(name)
        else:
            result.passed += 1
    return n, plan


def read(text, who, code):
    """A program is believed when its plan is kept and its exit code agrees with what it said."""
    result = Result()
    n, plan = _read_lines(text, who, result)
    if plan is None:
        result.failed.append(f"{who}: no plan in its output (exit {code})")
    elif plan != n:
        result.failed.append(f"{who}: {plan} tests were announced, {n} reported (exit {code})")
    elif code != 0 and not result.failed:
        result.failed.append(f"{who}: all tests passed and yet it ended with {code}")
    return result


def refuse_skips(result):
    """In CI a skip is a failure, but for what compares with files that may not be copied here."""
    kept = [s for s in result.skipped if BESIDE in s]
    result.failed += [s + " (a skip counts as a failure in CI)" for s in result.skipped if BESIDE not in s]
    result.skipped = kept
