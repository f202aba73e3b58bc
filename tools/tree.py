"""tree.py - what the checks share: the files of the tree, and saying TAP."""
import os
import pathlib
import subprocess

top = pathlib.Path(__file__).resolve().parent.parent
NOT_OURS = {".git", "node_modules", "data", "__pycache__"}


def files():
    """Paths below the top, sorted: what git keeps or would keep; without git, what lies there."""
    p = subprocess.run(["git", "-C", str(top), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                       capture_output=True)
    if p.returncode == 0:
        names = p.stdout.decode().split("\0")
    else:
        names = []
        for folder, inside, here in os.walk(top):
            inside[:] = [d for d in inside if d not in NOT_OURS and not d.startswith("build")]
            names += [os.path.relpath(os.path.join(folder, f), top) for f in here]
    return sorted(n for n in names if n and (top / n).is_file())


class Tap:
    """Says each result as it is known; `all` takes the list of what is wrong."""

    def __init__(self):
        self.n = self.n_failed = 0

    def ok(self, name, good, why=""):
        self.n += 1
        self.n_failed += not good
        print(f"{'ok' if good else 'not ok'} {self.n} - {name}", flush=True)
        if not good and why:
            for line in str(why).splitlines():
                print("#   " + line, flush=True)
        return good

    def all(self, name, wrong):
        return self.ok(name, not wrong, "\n".join(wrong))

    def skip(self, name, why):
        self.n += 1
        print(f"ok {self.n} - {name} # SKIP {why}", flush=True)

    def note(self, text):
        for line in str(text).splitlines():
            print("# " + line, flush=True)

    def end(self):
        print(f"1..{self.n}", flush=True)
        return 1 if self.n_failed else 0
