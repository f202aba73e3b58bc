"""reading.py PROGRAM - the pages a citizen opens are easy to read as they are sent. Prints TAP.

tools/gulpease.py measures the words before they are put together; this asks a running portal with the invented catalogue, follows
the links from the home and measures what stands on each page (Gulpease: 60 and more, 80 for the home and where somebody is in danger).
Of pages that are many of a kind a few are read; names, addresses, cells of tables and short labels are no sentences and do not count.
"""
import collections
import html.parser
import pathlib
import re
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from portal import Portal  # noqa: E402
from tree import Tap  # noqa: E402
import gulpease  # noqa: E402

LIST, MAPPING = "demo/catalogue/services.csv", "demo/catalogue/demo.map"
FIRST = ("/", "/bisogni", "/violenza", "/e-adesso", "/trova?bisogno=bollette&dove=ivrea-to", "/trova?cosa=mi+sfrattano&dove=formazza-vb",
         "/trova?cosa=qwxzk", "/trova?cosa=casa&dove=atlantide", "/trova?bisogno=badante&dove=alba-cn&vista=telefono",
         "/trova?bisogno=badante&dove=alba-cn&vista=stampa", "/violenza/trova?cosa=mio+marito+mi+picchia", "/bacheca/ivrea-to", "/iniziative")
WANTED = {"home", "bisogni", "violenza", "trova", "servizi", "e-adesso", "bacheca", "territorio", "aiuto"}
OF_A_KIND, AT_MOST = 12, 160
SILENT = {"script", "style", "select", "svg", "td", "th"}
BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "dt", "dd", "label", "legend", "summary", "figcaption", "blockquote", "button", "br", "small", "option", "a"}


class Blocks(html.parser.HTMLParser):
    """The texts of <main>, block by block, and the links of the page."""

    def __init__(self, text):
        super().__init__()
        self.texts, self.links, self.deep, self.skip = [""], [], 0, 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.deep += tag == "main"
        self.skip += tag in SILENT
        if tag in BLOCKS and not (tag == "a" and self.texts[-1].strip()):
            self.texts.append("")
        href = dict(attrs).get("href") or ""
        if tag == "a" and re.match(r"/(?!/|assets|api|dati|en\b)", href):
            self.links.append(href.split("#")[0])

    def handle_endtag(self, tag):
        self.deep -= tag == "main"
        self.skip -= tag in SILENT
        if tag in BLOCKS and tag != "a":
            self.texts.append("")

    def handle_data(self, data):
        if self.deep > 0 and self.skip == 0:
            self.texts[-1] += data


def kind_of(target):
    return target.split("?")[0].strip("/").split("/")[0] or "home"


def floor_of(target):
    return gulpease.HOME_FLOOR if kind_of(target) in ("home", "violenza") else gulpease.FLOOR


def main():
    t, n_of, seen, hard = Tap(), collections.Counter(), set(), []
    least = {}
    with Portal(sys.argv[1]) as p:
        p.prepare()
        p.run("import", "csv", LIST, "--mapping", MAPPING)
        p.start()
        waiting = collections.deque(FIRST)
        while waiting and sum(n_of.values()) < AT_MOST:
            target = waiting.popleft()
            if target in seen or (n_of[kind_of(target)] >= OF_A_KIND and target not in FIRST):
                continue
            seen.add(target)
            status, headers, body = p.get(target)
            if status in (302, 303, 307, 308):
                waiting.appendleft(urllib.parse.urlsplit(headers["location"])._replace(scheme="", netloc="").geturl())
                continue
            if status != 200 or "html" not in headers.get("content-type", ""):
                continue
            n_of[kind_of(target)] += 1
            page = Blocks(body.decode())
            waiting.extend(page.links)
            score, n_words = gulpease.measure([re.sub(r"\s+", " ", x).strip() for x in page.texts if x.strip()])
            if n_words >= gulpease.MIN_WORDS:
                least[kind_of(target)] = min(least.get(kind_of(target), (999, "")), (score, target))
                if score < floor_of(target):
                    hard.append(f"{target}: Gulpease {score:.0f}, at least {floor_of(target)} wanted ({n_words} words)")
        t.ok("pages of every kind were read", WANTED <= set(n_of), dict(n_of))
        t.ok("at least 80 pages were read", sum(n_of.values()) >= 80, dict(n_of))
        t.all("none is hard to read", hard)
        for kind, (score, target) in sorted(least.items()):
            t.note(f"{kind}: {n_of[kind]} pages, hardest {score:.0f}: {target}")
        t.ok("the portal stops cleanly", p.stop() == 0)
    sys.exit(t.end())


if __name__ == "__main__":
    main()
