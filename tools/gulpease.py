#!/usr/bin/env python3
"""gulpease.py - how easy the Italian words of each page are to read.

Gulpease (Lucisano and Piemontese, 1988): 89 + (300 x sentences - 10 x letters) / words; 100 is easiest; 60 and more is read
without trouble by who finished middle school, 80 and more by who finished primary school.

A page is a template and the words it names. Only sentences count: words that end with a full stop, a question or an
exclamation mark, and labels of six words and more; short labels would make any page look easy. {places} are replaced by a
name or a number. Parts that a template calls ({{> part}}) count with it; the frame around every page is a page of its own.

A page of fewer than MIN_WORDS words is shown and not judged. The floor is 60 (UI.md section 6), 80 for the home and for the emergency pages.
Ends with 1 when a page is under its floor. --table prints every page.
"""
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import po  # noqa: E402

top = pathlib.Path(__file__).resolve().parent.parent
FLOOR, HOME_FLOOR, MIN_WORDS, MIN_LABEL = 60, 80, 25, 6
HOME = {("finder", "home"), ("finder", "violence")}


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


def main():
    words, below, rows = {}, [], []
    for path in sorted(top.glob("src/**/words/it.po")):
        words.update((w.key, w) for w in po.read(path))
    templates = {(p.parent.parent.name, p.stem): p.read_text(encoding="utf-8") for p in sorted(top.glob("src/**/pages/*.html"))}
    for name, text in templates.items():
        for called in re.findall(r"\{\{>\s+(\w+)[ }]", text):
            text += templates.get((name[0], called), "")
        keys = dict.fromkeys(re.findall(r'[{(]tn?\s+"([^"]+)"', text))
        score, n = measure([words[k].forms[-1] for k in keys if k in words])
        floor = HOME_FLOOR if name in HOME else FLOOR
        rows.append((score, n, name, floor))
        if n >= MIN_WORDS and score < floor:
            below.append(f"{name[0]}/pages/{name[1]}.html: Gulpease {score:.0f}, at least {floor} wanted ({n} words)")
    total, n_total = measure([w.forms[-1] for w in words.values()])
    if "--table" in sys.argv:
        for score, n, name, floor in sorted(rows):
            print(f"{score:5.1f}  {n:4} words  floor {floor}  {name[0]}/{name[1]}{'' if n >= MIN_WORDS else '  (too short to judge)'}")
    if "--worst" in sys.argv:
        for k, w in sorted(words.items(), key=lambda i: measure([i[1].forms[-1]])[0])[:25]:
            print(f"{measure([w.forms[-1]])[0]:5.1f}  {k}: {w.forms[-1]}")
    print("\n".join(below) if below else "no page under its floor")
    print(f"gulpease: {len(rows)} pages, all words of the portal {total:.1f} over {n_total} words")
    return 1 if below or n_total == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
