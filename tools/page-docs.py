#!/usr/bin/env python3
"""page-docs.py - writes docs/developer/pages.md: each template, what it is given, what it shows.

usage: tools/page-docs.py [--check]       --check compares instead of writing; TAP

The words come from the first line of the template, the names from its body: a template without its
line, or a page of the documents that is out of date, fails the checks.
"""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from tree import Tap, files, top  # noqa: E402

TARGET = top / "docs/developer/pages.md"
HEAD = """# Pages and their values

Made from the templates by `tools/page-docs.py`; `./check` compares. A value is a field of the C struct named beside it; what a field
means stands in the header. Values inside a loop are written below their list: `lines[].title`.
"""


def read(path):
    """What the template says of itself, what it takes, and the values it shows."""
    text = (top / path).read_text(encoding="utf-8")
    first = re.match(r"\{\{! *" + re.escape(pathlib.Path(path).name) + r" - (.+?) *\}\}", text, re.S)
    kind = re.search(r"\{\{(page|part) (\w+)\s*(.*?)\}\}", text, re.S)
    header = re.findall(r'\{\{include "([^"]+)"\}\}', text)
    return {"path": path, "slice": path.split("/")[-3], "what": first.group(1).strip() if first else None,
            "kind": kind.group(1) if kind else None, "name": kind.group(2) if kind else None,
            "takes": re.sub(r"\s+", " ", kind.group(3)).strip() if kind else "", "headers": header, "values": values(text, kind)}


def values(text, kind):
    """Names as a reader of the struct knows them: each loop's own name is written as its list."""
    if not kind:
        return []
    scope = {m.group(1): "" for m in re.finditer(r"\*?(\w+)\s*(?:,|$)", kind.group(3))}
    found, loops = [], []
    for tag in re.findall(r"\{\{(.*?)\}\}", re.sub(r"\{\{!.*?\}\}", "", text, flags=re.S), re.S):
        tag = re.sub(r'"[^"]*"', "", tag)
        loop = re.match(r"#each ([\w.]+) as (\w+)", tag)
        for name in re.findall(r"(?<![\w.])([a-z]\w*(?:\.\w+)+)", tag):
            root, rest = name.split(".", 1)
            if root in scope:
                full = (scope[root] + "." + rest).lstrip(".")
                if full not in found:
                    found.append(full)
        if loop:
            root, _, rest = loop.group(1).partition(".")
            loops.append((loop.group(2), scope.get(loop.group(2))))
            scope[loop.group(2)] = (scope.get(root, root) + "." + rest).strip(".") + "[]"
        elif tag.strip() == "/each" and loops:
            name, before = loops.pop()
            scope.pop(name) if before is None else scope.update({name: before})
    return found


def templates():
    return [read(p) for p in files() if re.fullmatch(r"src/.+/pages/[^/]+\.html", p)]


def document(pages):
    out = [HEAD]
    slice_now = None
    for p in pages:
        if p["slice"] != slice_now:
            slice_now = p["slice"]
            out.append(f"\n## {slice_now}\n")
        shown = ", ".join(f"`{v}`" for v in p["values"]) or "nothing but words"
        given = f" Takes `{p['takes']}`" + (f" ({', '.join(p['headers'])})" if p["headers"] else "") + "." if p["takes"] else ""
        out.append(f"- **{p['name']}** ({p['kind']}): {p['what']}{given}\n  Shows {shown}.")
    return "\n".join(out) + "\n"


def main():
    pages = templates()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(document(pages), encoding="utf-8")
        print(f"{len(pages)} templates in {TARGET.relative_to(top)}")
        return
    t = Tap()
    t.ok("there are templates", len(pages) > 5, str(len(pages)))
    t.all("each template says in its first line what it is for", [p["path"] for p in pages if not p["what"]])
    t.all("each template is a page or a part with a name", [p["path"] for p in pages if not p["name"]])
    same = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == document(pages)
    t.ok("every value of every template is in docs/developer/pages.md", same, "run tools/page-docs.py")
    sys.exit(t.end())


if __name__ == "__main__":
    main()
