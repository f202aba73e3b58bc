"""command-line.py PROGRAM - help, exit codes and settings are what the documents say. Prints TAP."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from tree import Tap, top  # noqa: E402


def run(program, *words, env=None):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("WECARE_")}
    p = subprocess.run([program, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, cwd=top,
                       env=dict(clean, **(env or {})))
    return p.returncode, p.stdout, p.stderr


def check_help(t, program):
    code, out, _ = run(program, "--help")
    names = re.findall(r"^  ([a-z]+) {2,}\S", out, re.M)
    t.ok("--help names the commands", code == 0 and {"serve", "demo", "import", "db", "settings"} <= set(names), out)
    for name in names:
        code, out, err = run(program, name, "--help")
        t.ok(f"{name} --help says what it does", code == 0 and len(out) > 60 and err == "", out + err)
    code, out, _ = run(program, "import", "--list")
    kinds = re.findall(r"^ +([a-z]+)\b", out, re.M)
    t.ok("import --list names the kinds", code == 0 and {"memberships", "boundaries", "caps"} <= set(kinds), out)
    for kind in kinds:
        code, out, _ = run(program, "import", kind, "--help")
        t.ok(f"import {kind} --help says what the file is", code == 0 and len(out) > 100, out)


def check_codes(t, program, data):
    for what, words, want in (
            ("no command", (), 2), ("an unknown command", ("serv",), 2), ("an unknown flag", ("--dta", data, "serve"), 2),
            ("a flag without its value", ("--data",), 2), ("a word too many", ("--data", data, "demo", "now"), 2),
            ("an import without a file", ("--data", data, "import", "caps"), 2), ("an unknown kind", ("--data", data, "import", "cap", "f"), 2),
            ("a file that is not there", ("--data", data, "import", "caps", data + "/none.csv"), 1),
            ("an address of a host nobody allowed", ("--data", data, "import", "caps", "https://www.example.com/caps.csv"), 1),
            ("an address inside, though allowed",
             ("--data", data, "--set", "outbound.allow=localhost", "import", "caps", "https://localhost/caps.csv"), 1),
            ("no database to check", ("--data", data + "/none", "db", "check"), 1),
            ("an address that is none", ("--data", data, "serve", "--listen", "nowhere"), 1),
            ("db without a word", ("--data", data, "db"), 2)):
        code, out, err = run(program, *words)
        t.ok(f"{what} ends with {want} and a reason", code == want and err.strip() != "", f"{code}: {out}{err}")


def check_settings(t, program, data):
    code, _, err = run(program, "--data", data, "--set", "web.idle=3", "settings")
    t.ok("an unknown setting names the nearest known one", code != 0 and "web.idle_s" in err, f"{code}: {err}")
    code, _, err = run(program, "--data", data, "settings", env={"WECARE_WEB_IDLE_S": "0"})
    t.ok("a value out of limits says the limits", code != 0 and "3600" in err, f"{code}: {err}")
    code, _, err = run(program, "--data", data, "settings", env={"WECARE_PORTAL_NAM": "x"})
    t.ok("so does one from the environment", code != 0 and "portal.name" in err, f"{code}: {err}")
    code, out, _ = run(program, "--data", data, "--set", "portal.name=Da qui", "settings", env={"WECARE_PORTAL_NAME": "Da fuori"})
    t.ok("the command line wins over the environment", code == 0 and "Da qui" in out and "Da fuori" not in out, out)
    code, out, _ = run(program, "settings", "--markdown")
    rows = [x for x in out.splitlines() if x.startswith("| `")]
    document = (top / "docs/operator/settings.md").read_text(encoding="utf-8")
    t.all("every setting is in docs/operator/settings.md", [r for r in rows if r not in document])
    said = [x for x in document.splitlines() if x.startswith("| `")]
    t.all("and none that is no more", [r for r in said if r not in rows])
    t.ok("there are settings", len(rows) > 15, str(len(rows)))


def check_folder(t, program, folder):
    """A data folder holds what people wrote: nobody else of the machine looks in."""
    data = os.path.join(folder, "new")
    code, out, err = run(program, "--data", data, "db", "migrate")
    t.ok("db migrate makes the folder and fills it", code == 0, out + err)
    t.ok("for its owner alone", os.stat(data).st_mode & 0o077 == 0, oct(os.stat(data).st_mode))
    loose = [n for n in os.listdir(data) if os.stat(os.path.join(data, n)).st_mode & 0o077]
    t.all("and its files too", loose)
    code, out, _ = run(program, "--data", data, "db", "migrate")
    t.ok("the same twice changes nothing", code == 0 and out.startswith("0 steps"), out)
    copy = os.path.join(folder, "copy.db")
    code, _, err = run(program, "--data", data, "db", "backup", copy)
    t.ok("db backup copies", code == 0 and os.path.getsize(copy) > 10000, err)
    code, _, err = run(program, "--data", data, "db", "backup", copy)
    t.ok("and does not write over a copy", code == 1, err)
    other = os.path.join(folder, "other")
    code, _, err = run(program, "--data", other, "db", "restore", copy)
    t.ok("db restore brings it to another folder", code == 0 and run(program, "--data", other, "db", "check")[0] == 0, err)
    with open(copy, "r+b") as f:
        f.seek(2 * 4096)  # a whole page, with what says how it is laid out
        f.write(b"\xff" * 4096)
    code, _, err = run(program, "--data", os.path.join(folder, "third"), "db", "restore", copy)
    t.ok("a damaged copy is refused", code == 1, f"{code}: {err}")


def check_rules(t, program, folder):
    """The household of E2 (src/features/rules/cases): its two ISEE, its answers, and texts that are wrong."""
    family = str(top / "src/features/rules/cases/household.json")
    code, out, _ = run(program, "isee", family, "2026-11-21")
    t.ok("isee: every kind that the data allow, to the cent, called an estimate",
         code == 0 and "ISEE ordinario, stima" in out and "11.545,89 euro" in out and "9.860,14 euro" in out and "stime" in out, out)
    t.ok("each step has its article and its day", "(D.P.C.M. 159/2013, allegato 1; testo valido dal 5 marzo 2025)" in out, out)
    code, out, _ = run(program, "isee", family, "2024-05-05")
    t.ok("isee: the rules of that day", code == 0 and "12.125,60 euro" in out and "inclusione" not in out, out)
    code, out, _ = run(program, "rules", "ask", family, "2026-11-21")
    t.ok("rules ask: every measure, the surest first", code == 0 and out.find("Assegno unico") < out.find("Prestazione universale"), out)
    code, out, _ = run(program, "rules", "trace", "AUU", family)
    t.ok("rules trace: a built-in text by its code", code == 0 and "figli minori: 2." in out, out)
    code, out, _ = run(program, "rules", "trace", "ISEE_MIN", family, "2016-05-28")
    t.ok("rules trace: a DAY picks the text of then", code == 0 and "testo valido dal 8 febbraio 2014" in out, out)
    code, _, err = run(program, "rules", "eval", "ISEE_MIN", family, "2014-02-07")
    t.ok("rules eval: a day without a text ends with 1 and says so", code == 1 and "no text of ISEE_MIN holds on 2014-02-07" in err, err)
    code, _, err = run(program, "rules", "eval", "ISEE_MIN", family, "ieri")
    t.ok("rules eval: what is no day is a wrong use", code == 2 and "ieri is no day" in err, err)
    wrong = pathlib.Path(folder, "wrong.rules")
    for what, text, said in (("a name nobody knows", 'misura X "x"\nvalore a = b\n', ":2:12: "),
                             ("a gap between bands",
                              'misura X "x"\nscaglioni b su isee_ord\n fino_a 10 euro = 1\n oltre 20 euro = 2\n', ":4:2: "),
                             ("an example that does not hold", 'misura X "x"\nimporto b = 5 euro\nesempio "e" vale b = 6 euro\n', ":3:9: ")):
        wrong.write_text(text)
        code, out, err = run(program, "rules", "check", str(wrong))
        t.ok(f"rules check: {what} ends with 1, with line and column", code == 1 and said in err, out + err)
    code, _, err = run(program, "isee", str(wrong))
    t.ok("isee: a file that is no household ends with 1 and a reason", code == 1 and err.strip() != "", err)
    little = wrong.with_name("little.json")
    little.write_text('{"in_affitto": false, "componenti": [{"eta": 40}]}', encoding="utf-8")
    code, _, err = run(program, "isee", str(little))
    t.ok("isee: what is missing is told, never a bare no", code == 1 and "manca: conti, libretti e risparmi (depositi)" in err, err)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    t = Tap()
    with tempfile.TemporaryDirectory(prefix="wecare-command-") as folder:
        check_help(t, program)
        check_codes(t, program, folder)
        check_settings(t, program, folder)
        check_rules(t, program, folder)
        check_folder(t, program, folder)
    sys.exit(t.end())


if __name__ == "__main__":
    main()
