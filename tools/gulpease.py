#!/usr/bin/env python3
"""gulpease.py - how easy the Italian words of each page are to read.

Gulpease (Lucisano and Piemontese, 1988): 89 + (300 x sentences - 10 x letters) / words; 100 is easiest; 60 and more is read
without trouble by who finished middle school, 80 and more by who finished primary school.

A page is a template and the words it names. Only sentences count: words that end with a full stop, a question or an
exclamation mark, and labels of six words and more; short labels would make any page look easy. {places} are replaced by a
name or a number. Parts that a template calls ({{> part}}) count with it; the frame around every page is a page of its own.

Beside the pages: the words that the code of a slice names by itself, the labels of the needs group by group (home: 80), easy Italian
(80), and each entry of the invented catalogue, read as a service's page shows it.

A page of fewer than MIN_WORDS words is shown and not judged. The floor is 60, 80 for the home and for who is in danger.
Ends with 1 when something is under its floor. --table prints all, --worst the words hardest to read.
"""
import csv
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import po  # noqa: E402

top = pathlib.Path(__file__).resolve().parent.parent
FLOOR, HOME_FLOOR, MIN_WORDS, MIN_LABEL = 60, 80, 25, 6
HOME = {("finder", "home"), ("finder", "violence"), ("finder", "emergency"), ("finder", "leave")}
ENTRY = ("in_breve", "descrizione", "a_chi", "come_fare", "costo", "isee", "avviso")


def plain(text):
    text = re.sub(r"\{(n|\w*count|year|km|pages?|days?|code|total|from|to|cap)\}", "12", text)
    return re.sub(r"\{\w+\}", "Ivrea", text)


def measure(texts):
    sentences = words = letters = 0
    for text in texts:
        tokens = re.findall(r"[0-9A-Za-zÀ-ÿ]+(?:[.,][0-9]+)*", plain(text))
        if not re.search(r"[.!?]$", text.strip()) and len(tokens) < MIN_LABEL:
            continue
        words += len(tokens)
        letters += sum(len(re.sub(r"[.,]", "", t)) for t in tokens)
        sentences += max(1, len(re.findall(r"[.!?:;](?=\s|$)", plain(text))) + (not re.search(r"[.!?:;]$", text.strip())))
    score = min(100.0, 89 + (300 * sentences - 10 * letters) / words) if words else 100.0
    return score, words


def table(path):
    with open(top / path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def of_pages(words):
    templates = {(p.parent.parent.name, p.stem): p.read_text(encoding="utf-8") for p in sorted(top.glob("src/**/pages/*.html"))}
    for name, text in templates.items():
        for called in re.findall(r"\{\{>\s+(\w+)[ }]", text):
            text += templates.get((name[0], called), "")
        keys = dict.fromkeys(re.findall(r'[{(]tn?\s+"([^"]+)"', text))
        yield f"{name[0]}/pages/{name[1]}.html", [words[k].forms[-1] for k in keys if k in words], HOME_FLOOR if name in HOME else FLOOR


def of_code(words):
    """Words that no template names: what a page of that slice says by itself."""
    in_pages = set(re.findall(r'[{(]tn?\s+"([^"]+)"', "".join(p.read_text(encoding="utf-8") for p in top.glob("src/**/pages/*.html"))))
    slices = sorted({k.split(".")[0] for k in words})
    for name in slices:
        yield f"{name}: words beside its pages", [w.forms[-1] for k, w in words.items() if k.split(".")[0] == name and k not in in_pages], FLOOR


def of_needs():
    groups, needs = table("reference/needs/groups.csv"), table("reference/needs/needs.csv")
    yield "the twelve groups of needs", said(groups), HOME_FLOOR
    for g in groups:
        yield f"needs: {g['id']}", said([n for n in needs if n["group"] == g["id"]]), HOME_FLOOR
    yield "needs in easy Italian", said(table("reference/needs/labels_facile.csv")), HOME_FLOOR


def said(rows):
    """A label and its help are read as two sentences, however short."""
    return [f"{r[column].rstrip('.')}." for r in rows for column in ("label", "help") if r[column]]


def of_demo():
    for r in table("demo/catalogue/services.csv"):
        yield f"{r['codice']} {r['titolo']}", [r[c] for c in ENTRY if r[c]], FLOOR


def main():
    words, below, rows = {}, [], []
    for path in sorted(top.glob("src/**/words/it.po")):
        words.update((w.key, w) for w in po.read(path))
    for name, texts, floor in (*of_pages(words), *of_code(words), *of_needs(), *of_demo()):
        score, n = measure(texts)
        rows.append((score, n, name, floor))
        if n >= MIN_WORDS and score < floor:
            below.append(f"{name}: Gulpease {score:.0f}, at least {floor} wanted ({n} words)")
    for name in sorted(HOME - {(p.parent.parent.name, p.stem) for p in top.glob("src/**/pages/*.html")}):
        below.append(f"{name[0]}/pages/{name[1]}.html: wanted at {HOME_FLOOR} and not there")
    total, n_total = measure([w.forms[-1] for w in words.values()])
    if "--table" in sys.argv:
        for score, n, name, floor in sorted(rows):
            print(f"{score:5.1f}  {n:4} words  floor {floor}  {name}{'' if n >= MIN_WORDS else '  (too short to judge)'}")
    if "--worst" in sys.argv:
        for k, w in sorted(words.items(), key=lambda i: measure([i[1].forms[-1]])[0])[:25]:
            print(f"{measure([w.forms[-1]])[0]:5.1f}  {k}: {w.forms[-1]}")
    print("\n".join(below) if below else "nothing under its floor")
    judged = [r for r in rows if r[1] >= MIN_WORDS]
    print(f"gulpease: {len(judged)} pages, groups and entries judged, least {min(r[0] for r in judged):.1f}; "
          f"all words of the portal {total:.1f} over {n_total} words")
    return 1 if below or n_total == 0 or not judged else 0


if __name__ == "__main__":
    sys.exit(main())
