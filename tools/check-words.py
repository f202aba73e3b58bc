#!/usr/bin/env python3
"""check-words.py - every key has its words, every word its use, and both languages say the same.

- each slice's words/it.po and words/en.po have the same keys, sorted, beginning with the slice's name, none empty, plural
  where the other is, with the same {places};
- every key named in C (fail, problems, text_get, menus, tables) and in a template has words; a template gives exactly the
  values that its words ask for, and {{tn}} stands for plurals, {{t}} for the others;
- every key of a catalogue is used somewhere;
- Italian words never greet somebody with "errore" or "non valido", and no words hold markup.

Keys made of pieces ("bodies.kind-%s") count as a use of every key of that shape, and at least one must be there.
--unused only lists the words that nobody uses. Ends with 1 when something is wrong.
"""
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import po  # noqa: E402

top = pathlib.Path(__file__).resolve().parent.parent
if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
    top = pathlib.Path(sys.argv[1]).resolve()
KEY = re.compile(r"[a-z][a-z_]*\.[a-z0-9][A-Za-z0-9-]*")
NOT_KEYS = (".h", ".c", ".css", ".svg", ".csv", ".tsv", ".html", ".json", ".geojson", ".sql", ".po", ".woff2", ".js", ".db",
            ".sqlite", ".png", ".txt", ".ics", ".xml")
NO_KEYS_IN = {"settings.c"}  # names of settings have the shape of keys
bad = []


def wrong(where, what):
    bad.append(f"{where}: {what}")


# ---- catalogues ----

def read_catalogues():
    words = {"it": {}, "en": {}}
    for lang in words:
        for path in sorted(top.glob(f"src/**/words/{lang}.po")):
            rel, slice_name, before = path.relative_to(top), path.parent.parent.name, ""
            for w in po.read(path):
                where = f"{rel}:{w.line}"
                if w.key in words[lang]:
                    wrong(where, f"{w.key} stands twice")
                if not w.key.startswith(slice_name + "."):
                    wrong(where, f"{w.key} does not begin with {slice_name}.")
                if not KEY.fullmatch(w.key):
                    wrong(where, f"{w.key} is not a key (letters, digits, hyphens after one dot)")
                if w.key < before:
                    wrong(where, f"{w.key} is not in order")
                before = w.key
                w.where = where
                words[lang][w.key] = w
    return words


def check_pair(it, en):
    if it.is_plural != en.is_plural:
        wrong(en.where, f"{it.key} has plural forms in one language only")
    if it.holes() != en.holes():
        wrong(en.where, f"{it.key} has {sorted(en.holes())} and in Italian {sorted(it.holes())}")
    for w in (it, en):
        if any(not f.strip() for f in w.forms) or not w.forms:
            wrong(w.where, f"{w.key} has no words")
        if re.search(r"</?[a-z]+[ >]|&[a-z]+;", w.text()):
            wrong(w.where, f"{w.key} holds markup: words are text")
        for f in w.forms:
            if f != f.strip():
                wrong(w.where, f"{w.key} begins or ends with a space")
    if re.search(r"^errore\b|[.!?] errore\b|\berrore (interno|del server|imprevisto|sconosciuto)\b|\bnon valid[aoie]\b", it.text(), re.I):
        wrong(it.where, f"{it.key} says \"errore\" or \"non valido\" to somebody: say what happened, then what to do")


def check_catalogues(words):
    for key, it in words["it"].items():
        if key in words["en"]:
            check_pair(it, words["en"][key])
        else:
            wrong(it.where, f"{key} has no English words")
    for key, en in words["en"].items():
        if key not in words["it"]:
            wrong(en.where, f"{key} has no Italian words")


# ---- uses ----

def without_comments(text):
    return re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group(0).count("\n"), text, flags=re.S)


def uses_in_c(prefixes):
    """(key or shape, where, is_shape)"""
    for path in sorted(top.glob("src/**/*.[ch]")):
        if path.name in NO_KEYS_IN or path.name.endswith(("_test.c", "_testing.c", "_fuzz.c")):
            continue
        for number, line in enumerate(without_comments(path.read_text(encoding="utf-8")).splitlines(), 1):
            if line.startswith("#include") or "fault_hit(" in line:
                continue
            for literal in re.findall(r'"((?:[^"\\]|\\.)*)"', line):
                if literal.partition(".")[0] not in prefixes or literal.endswith(NOT_KEYS):
                    continue
                where = f"{path.relative_to(top)}:{number}"
                if KEY.fullmatch(literal):
                    yield literal, where, False
                elif "%" in literal and re.fullmatch(r"[a-z_]+\.(?:[A-Za-z0-9-]|%[-.*0-9]*[a-z])+", literal):
                    yield literal, where, True


ARGUMENT = re.compile(r'(\w+)=(?:"[^"]*"|\([^)]*\)|[^\s()}]+)')
CALL = re.compile(r'(?:\{\{|\()(tn?)\s+"([^"]+)"((?:"[^"]*"|\([^)]*\)|[^{}()"])*?)(?:\}\}|\))', re.S)


def uses_in_templates():
    """(key, where, is_plural, names of the values)"""
    for path in sorted(top.glob("src/**/pages/*.html")):
        text = re.sub(r"\{\{!.*?\}\}", lambda m: "\n" * m.group(0).count("\n"), path.read_text(encoding="utf-8"), flags=re.S)
        for m in CALL.finditer(text):
            where = f"{path.relative_to(top)}:{text.count(chr(10), 0, m.start()) + 1}"
            yield m.group(2), where, m.group(1) == "tn", set(ARGUMENT.findall(m.group(3)))


def check_template_use(word, where, is_plural, given):
    if is_plural != word.is_plural:
        wrong(where, f"{word.key} {'has no' if is_plural else 'has'} plural forms: use {{{{{'t' if is_plural else 'tn'}}}}}")
    asked = word.holes() - ({"n"} if is_plural else set())
    if given - asked:
        wrong(where, f"{word.key} does not ask for {sorted(given - asked)}")
    if asked - given:
        wrong(where, f"{word.key} asks for {sorted(asked - given)}")


def check_uses(words):
    used, prefixes = set(), {k.partition(".")[0] for k in words["it"]}
    prefixes |= {p.parent.parent.name for p in top.glob("src/**/words/it.po")}
    for key, where, is_shape in uses_in_c(prefixes):
        if not is_shape:
            used.add(key)
            if key not in words["it"]:
                wrong(where, f"{key} has no words")
            continue
        shape = re.compile(re.sub(r"%[-.*0-9]*[a-z]", "[A-Za-z0-9-]+", key.replace(".", r"\.", 1)))
        found = {k for k in words["it"] if shape.fullmatch(k)}
        if not found:
            wrong(where, f"no words are called like {key}")
        used |= found
    for key, where, is_plural, given in uses_in_templates():
        used.add(key)
        if key not in words["it"]:
            wrong(where, f"{key} has no words")
        else:
            check_template_use(words["it"][key], where, is_plural, given)
    return used


words = read_catalogues()
if not words["it"]:
    wrong("src", "no words at all were found")
check_catalogues(words)
used = check_uses(words)
unused = [w for k, w in words["it"].items() if k not in used]
if "--unused" in sys.argv:
    print("\n".join(f"{w.where}: {w.key}" for w in unused))
    sys.exit(0)
for w in unused:
    wrong(w.where, f"{w.key} is used nowhere")
for line in bad:
    print(line)
print(f"words: {len(words['it'])} keys, {len(used)} used, {len(bad)} wrong")
sys.exit(1 if bad else 0)
