"""inputs.py PROGRAM - what people and programs may type into the catalogue, each with its clear answer. Prints TAP.

Every row names a hostile input, how it is sent, the status it must get and a sentence that must be read in the answer. The rows of
LISTS are lines of a list that somebody brings in: each is refused with its reason, or taken and shown without harm. For all: the
answer comes soon, is text in UTF-8, shows no word of the machinery, gives back what was typed only as text, and the portal is well
afterwards.
"""
import csv
import html
import html.parser
import io
import pathlib
import re
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from portal import Portal, top  # noqa: E402
from tree import Tap  # noqa: E402

LIST, MAPPING = "demo/catalogue/services.csv", "demo/catalogue/demo.map"
AT_MOST_S = 2.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
MACHINERY = re.compile(r"sqlite|postgres|libpq|syntax error|assert|segmentation|traceback|\.c:\d+|/src/|nullptr|0x[0-9a-f]{8}", re.I)
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

NOTHING = "Nessun servizio trovato"
SOME = "servizi in Piemonte"
ASK = "Di che cosa hai bisogno?"
WHICH = "Scrivi il nome del Comune, anche solo l’inizio."
SPOILED = "L’indirizzo o il modulo è arrivato rovinato."
TOO_LONG = "Apri di nuovo il portale e riprova."
NO_PHRASE = "Questa frase non c’è più. Scegline un’altra."
LATE = "ricarica la pagina e invialo di nuovo."
NO_PAGE = "Forse è cambiata di posto, o l’indirizzo ha una lettera in più."

# What is typed into "Di che cosa hai bisogno?".
WORDS = (
    ("nothing", "", ASK),
    ("blanks alone", " \t  ", ASK),
    ("SQL that is always true", "' OR 1=1 --", "Per «' OR 1=1 --»"),
    ("SQL that deletes", "casa'; DROP TABLE catalogue_service; --", SOME),
    ("SQL that joins", "x' UNION SELECT address FROM catalogue_secret --", None),
    ("a query of a full-text index", 'affitto AND NEAR("casa" "a" 5) OR *', SOME),
    ("an operator alone", "*", NOTHING),
    ("a script", "<script>alert(1)</script>", NOTHING),
    ("a tag with a handler", "<img src=x onerror=alert(1)>", None),
    ("an end of an attribute", '"><blink>bollette', SOME),
    ("an entity", "&lt;affitto&gt; &#x3c;", SOME),
    ("a template of somebody else", "{{7*7}} ${7*7} <%= 7*7 %>", "Per «{{7*7}} ${7*7} <%= 7*7 %>»"),
    ("a place of our own words", "{name} {n} {typed}", "Per «{name} {n} {typed}»"),
    ("a format", "%s%n%x%d %08x", NOTHING),
    ("a path", "../../../../etc/passwd", NOTHING),
    ("a command", "affitto; cat /etc/passwd | sh", SOME),
    ("a search of a directory", "*)(uid=*))(|(uid=*", NOTHING),
    ("a line of a header", "bollette\r\nSet-Cookie: a=b", "Non riesco a pagare le bollette"),
    ("a pattern that explodes", "(a+)+$ " + "a" * 200, NOTHING),
    ("a pattern of alternatives", "(a|a)*b" * 30, NOTHING),
    ("one letter", "a", NOTHING),
    ("one letter 7,000 times", "a" * 7000, NOTHING),
    ("a thousand words", "casa " * 1000, SOME),
    ("sixty negations", "non " * 60 + "affitto", SOME),
    ("digits alone", "0" * 200, NOTHING),
    ("a number past 64 bits", "99999999999999999999999999", NOTHING),
    ("bread and a house as pictures", "\U0001f35e\U0001f3e0", NOTHING),
    ("a family of joined pictures", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 bollette", SOME),
    ("a flag", "\U0001f1ee\U0001f1f9", NOTHING),
    ("sixty accents on a letter", "a" + "\u0301" * 60 + "ffitto", None),
    ("accents apart from their letters", "perche\u0301 non ho piu\u0300 lavoro", SOME),
    ("marks that turn the writing around", "\u202eottiffa \u2066 affitto \u2069", "Non riesco a pagare l'affitto"),
    ("a mark of no width inside a word", "bol\u200blet\u200dta", None),
    ("letters of no width alone", "\u200b\u200c\u200d\ufeff", None),
    ("letters that look like ours", "\u0430ff\u0456tt\u043e", None),
    ("wide letters", "\uff41\uff46\uff46\uff49\uff54\uff54\uff4f", None),
    ("letters in circles", "\u24d0\u24d5\u24d5\u24d8\u24e3\u24e3\u24de", None),
    ("a ligature", "a\ufb00itto", None),
    ("a dotless i and a sharp s", "aff\u0131tto stra\u00dfe", None),
    ("capitals", "NON RIESCO A PAGARE L'AFFITTO!!!", "Non riesco a pagare l'affitto"),
    ("a letter outside the plane", "\U0010ffff \U000e0001 affitto", SOME),
    ("Arabic", "\u0623\u0631\u064a\u062f \u0645\u0646\u0632\u0644", None),
    ("Chinese", "\u6211\u6ca1\u6709\u94b1", None),
    ("an address of the web", "https://evil.example/?q=affitto", None),
    ("a word of JSON", '{"cosa":["affitto"],"x":null}', SOME),
    ("insults with a need inside", "vaffanculo stronzi datemi il pacco alimentare", "pacco"),
    ("quotes of every kind", "«“‘\"'`´’”» affitto", SOME),
)

# What is typed into "Dove vivi".
WHERE = (
    ("a comune that is not", "Atlantide", WHICH),
    ("a comune with SQL", "Ivrea' OR '1'='1", None),
    ("a comune with a script", "<script>alert(1)</script>", WHICH),
    ("a comune of 5,000 letters", "i" * 5000, WHICH),
    ("a CAP that is none", "99999", WHICH),
    ("a CAP of another region", "00100", WHICH),
    ("a comune of another region", "Roma", "Più Comuni somigliano a «Roma». Scegli il tuo."),
    ("coordinates", "45.07,7.69", WHICH),
    ("a comune turned around", "\u202eaervI", None),
    ("a comune as a picture", "\U0001f3d4", WHICH),
    ("a slug of a path", "../../ivrea-to", None),
    ("a comune in capitals with blanks", "   IVREA   ", "vicino a Ivrea"),
    ("a mistake in a comune", "Ivera", "Ivrea"),
    ("a comune that was merged", "Lugnacco", None),
)

# Other parts of the address of the results: each leaves the rest as it is.
NEAR = "vicino a Ivrea"
PARTS = (
    ("no number of kilometres", "km=dieci", NEAR), ("kilometres below zero", "km=-5", NEAR), ("no kilometre", "km=0", NEAR),
    ("kilometres past 64 bits", "km=99999999999999999999", NEAR), ("kilometres as a power", "km=1e3", NEAR),
    ("kilometres in hexadecimal", "km=0x10", NEAR), ("kilometres twice", "km=5&km=80", NEAR),
    ("page nought", "pagina=0", NEAR), ("a page below zero", "pagina=-1", NEAR), ("a page that is a word", "pagina=due", NEAR),
    ("a page far past the last", "pagina=99999", "Perché in quest"), ("a page past 64 bits", "pagina=9223372036854775808", NEAR),
    ("an order that is none", "ordine=casuale", NEAR), ("a view that is none", "vista=../../x", NEAR),
    ("a kind that is none", "tipo=truffa", "Togli il filtro"), ("a target of SQL", "per=%27%20OR%201%3D1", "Togli il filtro"),
    ("a language that is none", "lingua=klingon", "Togli il filtro"), ("hours that are none", "aperto=sempre", "Togli il filtro"),
    ("forty-one filters", "&".join(f"per=x{i}" for i in range(41)), "Togli tutti i filtri"),
    ("a filter that is a script", "accesso=%3Cscript%3E", "Togli il filtro"), ("an empty filter", "costo=", NEAR),
    ("names nobody knows", "x=1&y[]=2&__proto__=3", NEAR),
    ("a name without a value", "km&tipo&pagina", NEAR),
)

# Addresses as they are sent.
TARGETS = (
    ("bytes that are no UTF-8", "/trova?cosa=%ff%fe", 400, SPOILED),
    ("letters longer than they need be", "/trova?cosa=%c0%af", 400, SPOILED),
    ("half of a pair", "/trova?cosa=%ed%a0%80", 400, SPOILED),
    ("a NUL among words", "/trova?cosa=affitto%00", 400, SPOILED),
    ("a NUL in a comune", "/trova?cosa=casa&dove=ivrea%00-to", 400, SPOILED),
    ("a sign that is cut stands for itself", "/trova?cosa=affitto%2", 200, "Per «affitto%2»"),
    ("a sign of no digits stands for itself", "/trova?cosa=%zz", 200, NOTHING),
    ("a word of 10 KB", "/trova?cosa=" + "a" * 10240, 414, TOO_LONG),
    ("two hundred filters", "/trova?" + "&".join(f"per=x{i}" for i in range(200)), 414, None),
    ("a need that is none", "/trova?bisogno=volare&dove=ivrea-to", 200, NO_PHRASE),
    ("a need that is a path", "/trova?bisogno=../../etc/passwd", 200, NO_PHRASE),
    ("a need of 5,000 letters", "/trova?bisogno=" + "s" * 5000, 200, NO_PHRASE),
    ("a page about a need that is none", "/bisogni/volare", 404, NO_PHRASE),
    ("a page about a need in capitals", "/bisogni/SFRATTO", 404, NO_PHRASE),
    ("a page about a need outside", "/bisogni/..%2f..%2fetc", 400, SPOILED),
    ("a need of violence that is none", "/violenza/volare", 404, NO_PHRASE),
    ("a service that is none", "/servizi/volare-abcdef", 404, NO_PAGE),
    ("a service with SQL", "/servizi/x%27%20or%201%3D1", 404, NO_PAGE),
    ("a service of bytes", "/servizi/%ff", 400, SPOILED),
    ("an organisation that is none", "/enti/nessuno", 404, NO_PAGE),
    ("a board of a comune that is none", "/bacheca/atlantide", 404, NO_PAGE),
    ("an initiative that is none", "/iniziative/nessuna", 404, NO_PAGE),
    ("a language that is none", "/xx/trova", 404, NO_PAGE),
    ("a page in capitals", "/TROVA", 404, NO_PAGE),
    ("a page with two slashes", "//trova", 400, SPOILED),
    ("a query with a tag, not written as an address is", "/e-adesso?x=<b>", 400, SPOILED),
    ("a map of nowhere", "/trova/mappa.svg?dove=atlantide", 404, NO_PAGE),
    ("a list of a need that is none", "/dati/servizi.csv?bisogno=volare", 400, SPOILED),
    ("a map of a comune that is none", "/dati/servizi.geojson?dove=atlantide", 400, SPOILED),
    ("page nought of the API", "/api/hsds/3.0/services?page=0", 400, "Qui va scritto un numero intero da 1"),
    ("a page of the API past 64 bits", "/api/hsds/3.0/services?page=99999999999999999999", 400, "Qui va scritto un numero intero"),
    ("a hundred million a page", "/api/hsds/3.0/services?per_page=100000000", 400, "a 100.000"),
    ("a day that is none", "/api/hsds/3.0/services?modified_after=2026-02-30", 400, "La data va scritta come"),
    ("words in an address of the API", "/api/hsds/3.0/services?search=affitto", 400, "si mandano con POST"),
    ("a parameter nobody knows", "/api/hsds/3.0/services?x=1", 400, "Questo parametro non c’è"),
    ("an id that is none", "/api/hsds/3.0/services/volare", 404, "Non c’è un servizio con questo id"),
    ("an id of SQL", "/api/hsds/3.0/services/x%27%20OR%201", 404, "Non c’è un servizio con questo id"),
)

# Bodies of POST.
POSTS = (
    ("JSON that is cut", "/api/hsds/3.0/services", b'{"search":', JSON, 400, "un solo oggetto JSON"),
    ("JSON that is a list", "/api/hsds/3.0/services", b"[]", JSON, 400, "un solo oggetto JSON"),
    ("JSON with a name twice", "/api/hsds/3.0/services", b'{"search":"a","search":"b"}', JSON, 400, "un solo oggetto JSON"),
    ("JSON a thousand deep", "/api/hsds/3.0/services", b'{"search":' + b"[" * 1000 + b"]" * 1000 + b"}", JSON, 400, "Il valore può essere un testo"),
    ("JSON with a NUL", "/api/hsds/3.0/services", b'{"search":"a\\u0000b"}', JSON, 400, "un solo oggetto JSON"),
    ("JSON with half of a pair", "/api/hsds/3.0/services", b'{"search":"\\ud800"}', JSON, 400, "un solo oggetto JSON"),
    ("JSON that is no UTF-8", "/api/hsds/3.0/services", b'{"search":"\xff"}', JSON, 400, "non è scritto in UTF-8"),
    ("JSON with a number for words", "/api/hsds/3.0/services", b'{"search":1e999}', JSON, 400, "un solo oggetto JSON"),
    ("JSON with words of 100 KB", "/api/hsds/3.0/services", b'{"search":"' + b"a" * 100000 + b'"}', JSON, 400, "al massimo 200 caratteri"),
    ("a form where JSON is wanted", "/api/hsds/3.0/services", b"search=affitto", FORM, 200, None),
    ("no body", "/api/hsds/3.0/services", b"", JSON, 200, None),
    ("a form without its token", "/aiuto/scrivi", b"testo=ciao", FORM, 403, LATE),
    ("a form with a made-up token", "/aiuto/scrivi", b"testo=ciao&token=" + b"a" * 64, FORM, 403, LATE),
    ("a form that is no UTF-8", "/aiuto/scrivi", b"testo=%ff%fe", FORM, 400, SPOILED),
    ("a form with a NUL", "/aiuto/scrivi", b"testo=a%00b", FORM, 400, SPOILED),
    ("a form of 600 fields", "/aiuto/scrivi", b"&".join(b"f%d=1" % i for i in range(600)), FORM, 403, LATE),
    ("a POST where there is none", "/trova", b"cosa=affitto", FORM, 405, "Questa pagina si può solo leggere."),
    ("a POST to the home", "/", b"x=1", FORM, 405, "Questa pagina si può solo leggere."),
)

# A list that somebody brings in: what one row has, and the words of the refusal (English: it is told to who keeps the portal).
LISTS = (
    ("a need that is none", {"bisogni": "volare"}, "There is no need volare"),
    ("a comune that is none", {"comune": "Atlantide"}, "There is no comune called Atlantide"),
    ("hours that are words", {"orari": "quando capita"}, "make no sense from here"),
    ("an hour that is none", {"orari": "Mo 25:00-26:00"}, "The time makes no sense"),
    ("a weekday that is none", {"orari": "Xx 09:00-12:00"}, "make no sense from here"),
    ("hours of 10 KB", {"orari": "Mo 09:00-10:00; " * 640}, "row 2: hours"),
    ("days before that are below zero", {"verificata_giorni_fa": "-3"}, "is no number of days"),
    ("ages the wrong way round", {"eta_da": "90", "eta_a": "3"}, "The ages do not add up"),
    ("places below zero", {"posti_liberi": "-4"}, "is no number"),
    ("a name that is missing", {"titolo": ""}, "row 2: name: It is missing"),
    ("a key that is missing", {"codice": ""}, "row 2: id: It is missing"),
    ("a NUL in a name", {"titolo": "Pro\0va"}, "The row is not text"),
    ("a kind that is none", {"tipo": "truffa"}, "row 2: kind"),
    ("a mail that is none", {"email": "chiedi in giro"}, "is no e-mail address"),
    ("an address that runs", {"sito": "javascript:alert(1)"}, "is no web address"),
    ("a telephone that is none", {"telefono": "chiamami"}, "is no telephone number"),
    ("a district that is none", {"chi_puo": "district:99"}, "There is no area called district:99"),
)


class Tags(html.parser.HTMLParser):
    """What a browser would take for code: the portal itself has no inline script, no handler and no such tags."""

    def __init__(self, text):
        super().__init__()
        self.forged = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag in ("blink", "iframe", "object", "embed", "base") or any(a.startswith("on") for a, _ in attrs):
            self.forged.append(tag)
        self.in_script = tag == "script" and not any(a in ("src", "type") for a, _ in attrs)

    def handle_data(self, data):
        if getattr(self, "in_script", False) and data.strip():
            self.forged.append(data[:40])

    def handle_endtag(self, tag):
        self.in_script = False


def words_of(body):
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", body, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def harm(typed, status, headers, body, seconds):
    """Why an answer does harm, or nothing."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as e:
        return f"the answer is no UTF-8: {e}"
    if seconds > AT_MOST_S:
        return f"took {seconds:.1f} s"
    if status >= 500:
        return f"status {status}"
    tags = Tags(text)
    if tags.forged:
        return f"what was typed came back as a tag: {tags.forged}"
    said = words_of(text)
    seen = MACHINERY.search(said.replace(typed, " "))
    if seen and seen.group() not in typed:
        return f"a word of the machinery: {seen.group()}"
    if TURNING.search(text):
        return "a mark that turns the writing around came back"
    if "a=b" in headers.get("set-cookie", "") or "{7*7}" not in typed and "${" in said:
        return "a header or a place of ours was filled"
    return ""


def judge(t, p, name, method, target, want, sentence, body=None, headers=None, typed=""):
    began = time.monotonic()
    try:
        status, got, answer = p.ask(method, target, body, headers, timeout=10)
        hops = 0
        while status in (302, 303, 307, 308) and hops < 3 and method == "GET":
            status, got, answer = p.get(got["location"], timeout=10)
            hops += 1
    except OSError as e:
        t.ok(f"{name}: is answered", False, repr(e))
        return
    why = harm(typed, status, got, answer, time.monotonic() - began)
    said = words_of(answer.decode("utf-8", "replace"))
    if not why and want is not None and status != want:
        why = f"status {status}, {want} wanted"
    if not why and want is None and not (status < 300 or 400 <= status < 500):
        why = f"status {status}"
    if not why and sentence is not None and sentence not in said:
        why = f"does not say \"{sentence}\""
    if not why and sentence is None and len(said.split()) < 3:
        why = "says nothing"
    t.ok(name, not why, f"{why}\n{status} {target[:100]}\n{said[:600]}")


def check_addresses(t, p):
    quote = urllib.parse.quote
    for name, typed, sentence in WORDS:
        judge(t, p, f"words: {name}", "GET", f"/trova?cosa={quote(typed)}", 200, sentence, typed=typed)
    for name, typed, sentence in WHERE:
        judge(t, p, f"where: {name}", "GET", f"/trova?cosa=affitto&dove={quote(typed)}", 200, sentence, typed=typed)
    for name, part, sentence in PARTS:
        judge(t, p, f"part: {name}", "GET", f"/trova?bisogno=spesa-alimentare&dove=ivrea-to&{part}", 200, sentence,
              typed=urllib.parse.unquote(part))
    for name, target, want, sentence in TARGETS:
        judge(t, p, f"address: {name}", "GET", target, want, sentence, typed=urllib.parse.unquote(target, errors="replace"))


def check_posts(t, p):
    for name, target, body, headers, want, sentence in POSTS:
        judge(t, p, f"body: {name}", "POST", target, want, sentence, body=body, headers=headers)
    for name, changed, sentence in (
            ("a clarity of six stars", {"stelle": "6"}, "Scegli da 1 a 5 stelle."), ("a clarity of no stars", {"stelle": "tante"}, "Scegli da 1 a 5 stelle."),
            ("a clarity of 10 KB of words", {"stelle": "2", "altro": "a" * 10240}, "Scrivi al massimo 200 caratteri."),
            ("a clarity of SQL", {"stelle": "1'; DROP TABLE x; --"}, "Scegli da 1 a 5 stelle.")):
        page = re.search(r'href="(/servizi/[^"/]+)"', p.get("/trova?bisogno=spesa-alimentare&dove=ivrea-to")[2].decode()).group(1)
        fields, cookie = p.fill_form(page + "/chiarezza")
        judge(t, p, f"body: {name}", "POST", page + "/chiarezza", 422, sentence, body=urllib.parse.urlencode({**fields, **changed}).encode(),
              headers={**FORM, "Cookie": cookie})


def a_list(columns, rows):
    f = io.StringIO()
    w = csv.writer(f, lineterminator="\n")
    w.writerow(columns)
    w.writerows([r[c] for c in columns] for r in rows)
    return f.getvalue()


def bring_in(p, path, mapping, *more):
    q = subprocess.run([p.program, "--data", str(p.data), "import", "csv", str(path), "--mapping", str(mapping), *more], cwd=top,
                       stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    return q.returncode, (q.stdout + q.stderr).decode("utf-8", "replace")


def check_lists(t, p):
    rows = list(csv.DictReader(open(top / LIST, encoding="utf-8", newline="")))
    base = {**rows[0], "codice": "ostile-1", "titolo": "Una riga di prova"}
    path = p.folder / "list.csv"
    for name, changed, sentence in LISTS:
        path.write_text(a_list(list(base), [{**base, **changed}]), encoding="utf-8")
        code, said = bring_in(p, path, MAPPING, "--dry-run")
        t.ok(f"row: {name}", code == 1 and sentence in said and "1 refused" in said, f"{code}: {said[-600:]}")
    whole = a_list(list(base), [base])
    for name, text, sentence in (
            ("a quote that is not closed", (",".join(base) + '\n"mai chiusa,x\n').encode(), "A quote is not closed"),
            ("the same key twice", a_list(list(base), [base, base]).encode(), "The id comes twice"),
            ("no row at all", b"", "The file is empty"), ("other columns", b"a,b\n1,2\n", "is missing"),
            ("noise", bytes(range(256)) * 20, "row 1")):
        path.write_bytes(text)
        code, said = bring_in(p, path, MAPPING, "--dry-run")
        t.ok(f"list: {name}", code == 1 and sentence in said, f"{code}: {said[-600:]}")
    path.write_bytes(whole.encode().replace(b"prova", b"prov\xe0"))
    code, said = bring_in(p, path, MAPPING, "--dry-run")
    t.ok("list: bytes that are no UTF-8 are told, row by row", code == 0 and "notice: row 2: The row is not UTF-8: it was read as Windows-1252" in said,
         f"{code}: {said[-600:]}")
    for name, change, sentence in (
            ("a field nobody knows", ("[fields]", "[fields]\nvolo = {titolo}"), "volo"), ("a column that is not", ("{titolo}", "{volo}"), "volo"),
            ("a brace that is not closed", ("{titolo}", "{titolo"), "A brace does not close"), ("a table that is not", ("table tipi}", "table voli}"), "voli")):
        mapping = p.folder / "list.map"
        mapping.write_text((top / MAPPING).read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
        path.write_text(whole, encoding="utf-8")
        code, said = bring_in(p, path, mapping, "--dry-run")
        t.ok(f"mapping: {name}", code == 1 and sentence in said, f"{code}: {said[-600:]}")


def check_shown(t, p):
    """Rows that are text like any other are taken, and do no harm where they are shown."""
    rows = list(csv.DictReader(open(top / LIST, encoding="utf-8", newline="")))
    base = {**rows[0], "bisogni": "spesa-alimentare", "comune": "Ivrea", "provincia": "TO", "lat": "", "lon": ""}
    names = ("<script>alert(1)</script>", '=HYPERLINK("https://evil.example")', "+39 cmd", "@SUM(1)", "{{7*7}} {name}", "' OR 1=1 --",
             "</title><blink>grassetto", "a" * 500, "\u0623\u0647\u0644\u0627 ciao", "\U0001f35e pane")
    path, mapping = p.folder / "shown.csv", p.folder / "shown.map"
    path.write_text(a_list(list(base), [{**base, "codice": f"o-{i}", "titolo": n, "in_breve": n} for i, n in enumerate(names)]), encoding="utf-8")
    mapping.write_text((top / MAPPING).read_text(encoding="utf-8").replace("name = demo", "name = ostile", 1), encoding="utf-8")
    code, said = bring_in(p, path, mapping)
    t.ok("names that are code are names like any other", code == 0 and f"{len(names)} new" in said, said[-600:])
    found = p.get("/trova?bisogno=spesa-alimentare&dove=ivrea-to&ordine=nome")[2].decode() + "".join(
        p.get(f"/trova?bisogno=spesa-alimentare&dove=ivrea-to&ordine=nome&pagina={i}")[2].decode() for i in (2, 3))
    for n in names:
        t.ok(f"shown as it is: {n[:40]}", n in html.unescape(found), "not found in the results")
    t.all("none of them is a tag", Tags(found).forged)
    text = p.get("/dati/servizi.csv?bisogno=spesa-alimentare")[2].decode("utf-8-sig")
    cells = [c for r in csv.reader(io.StringIO(text)) for c in r]
    t.all("no cell of a file begins as a formula", sorted({c[:30] for c in cells if re.match(r"[=+@\t\r]", c)}))


def main():
    t = Tap()
    n = sum(map(len, (WORDS, WHERE, PARTS, TARGETS, POSTS, LISTS)))
    t.ok("at least 100 hostile inputs are listed", n >= 100, n)
    with Portal(sys.argv[1]) as p:
        p.prepare()
        p.run("import", "csv", LIST, "--mapping", MAPPING)
        p.start()
        check_addresses(t, p)
        check_posts(t, p)
        check_lists(t, p)
        check_shown(t, p)
        t.ok("the portal is well after all of them", p.get("/health")[0] == 200)
        t.ok("and finds as before", NEAR in words_of(p.get("/trova?cosa=affitto&dove=ivrea-to")[2].decode()))
        t.ok("it stops cleanly", p.stop() == 0, p.said())
    sys.exit(t.end())


if __name__ == "__main__":
    main()
