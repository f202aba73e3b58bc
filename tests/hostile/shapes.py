"""shapes.py PROGRAM - every malformed request is refused over a real socket. Prints TAP.

The shapes are those of DESIGN, section 5: whatever two programs could read in two ways. Refused
means: one answer of 4xx or 5xx, and the connection closed, so that nothing behind it is ever read as a
second request. A second, good request follows each shape in the same bytes: it must not be answered.
Only where the end of the refused request is beyond doubt (CLEAR) may the next one be answered.
Bytes that the library itself reads leniently (a folded header) are the proxy's part:
tests/hostile/proxy.py.
"""
import pathlib
import re
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from portal import Portal  # noqa: E402
from tree import Tap  # noqa: E402

HOST = b"Host: portale.example\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
BEHIND = b"GET /health?behind HTTP/1.1\r\nHost: portale.example\r\n\r\n"


def post(headers, body=b"abcde"):
    return b"POST /aiuto/scrivi HTTP/1.1\r\n" + HOST + FORM + headers + b"\r\n" + body


def get(headers, target=b"/health", host=HOST, version=b"HTTP/1.1"):
    return b"GET " + target + b" " + version + b"\r\n" + host + headers + b"\r\n"


CHUNKED = b"5\r\nabcde\r\n0\r\n\r\n"
SHAPES = (
    ("two different Content-Length", post(b"Content-Length: 5\r\nContent-Length: 6\r\n")),
    ("two equal Content-Length", post(b"Content-Length: 5\r\nContent-Length: 5\r\n")),
    ("Content-Length as a list", post(b"Content-Length: 5, 5\r\n")),
    ("Content-Length with Transfer-Encoding", post(b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", CHUNKED)),
    ("Transfer-Encoding before Content-Length", post(b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", CHUNKED)),
    ("Transfer-Encoding other than chunked", post(b"Transfer-Encoding: gzip\r\n", CHUNKED)),
    ("Transfer-Encoding gzip, chunked", post(b"Transfer-Encoding: gzip, chunked\r\n", CHUNKED)),
    ("Transfer-Encoding identity", post(b"Transfer-Encoding: identity\r\n", b"")),
    ("Transfer-Encoding with a vertical tab", post(b"Transfer-Encoding: \x0bchunked\r\n", CHUNKED)),
    ("chunked twice in one line", post(b"Transfer-Encoding: chunked, chunked\r\n", CHUNKED)),
    ("chunked twice in two lines", post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", CHUNKED)),
    ("signed Content-Length", post(b"Content-Length: +5\r\n")),
    ("negative Content-Length", post(b"Content-Length: -5\r\n")),
    ("hexadecimal Content-Length", post(b"Content-Length: 0x5\r\n")),
    ("Content-Length past 64 bits", post(b"Content-Length: 18446744073709551621\r\n")),
    ("Content-Length of forty digits", post(b"Content-Length: " + b"1" * 40 + b"\r\n")),
    ("empty Content-Length", post(b"Content-Length:\r\n", b"")),
    ("Content-Length with a space inside", post(b"Content-Length: 5 5\r\n")),
    ("space before the colon", post(b"Content-Length : 5\r\n")),
    ("space before the colon of any header", get(b"X-Thing : 1\r\n")),
    ("tab before the colon", get(b"X-Thing\t: 1\r\n")),
    ("a name with a non-token character", get(b"X-Th(ing: 1\r\n")),
    ("a name with a high byte", get(b"X-Th\xe9: 1\r\n")),
    ("a header without a name", get(b": 1\r\n")),
    ("a header without a colon", get(b"X-Thing\r\n")),
    ("no Host", get(b"", host=b"")),
    ("no Host in HTTP/1.0", get(b"", host=b"", version=b"HTTP/1.0")),
    ("two Hosts", get(b"Host: another.example\r\n")),
    ("two equal Hosts", get(HOST)),
    ("an empty Host", get(b"", host=b"Host:\r\n")),
    ("a Host with a path", get(b"", host=b"Host: a.example/b\r\n")),
    ("a Host with a user", get(b"", host=b"Host: me@a.example\r\n")),
    ("NUL in a value", get(b"X-Thing: a\x00b\r\n")),
    ("NUL in a name", get(b"X-Th\x00ing: 1\r\n")),
    ("NUL in the path", get(b"", target=b"/hea\x00lth")),
    ("%00 in the path", get(b"", target=b"/territorio/%00")),
    ("%00 in the query", get(b"", target=b"/territorio?q=%00")),
    ("a control character in a value", get(b"X-Thing: a\x01b\r\n")),
    ("bare CR in a value", get(b"X-Thing: a\rX-Other: b\r\n")),
    ("bare LF after the request line", b"GET /health HTTP/1.1\n" + HOST + b"\r\n"),
    ("bare LF after a header", get(b"X-Thing: a\n")),
    ("bare LF everywhere", b"GET /health HTTP/1.1\nHost: portale.example\n\n"),
    ("a header over 32 KB", get(b"X-Thing: " + b"a" * 33000 + b"\r\n")),
    ("headers over 32 KB together", get(b"".join(b"X-%d: " % i + b"a" * 900 + b"\r\n" for i in range(40)))),
    ("more than 100 headers", get(b"".join(b"X-%d: 1\r\n" % i for i in range(101)))),
    ("a target over 8 KB", get(b"", target=b"/" + b"a" * 9000)),
    ("an unknown version", get(b"", version=b"HTTP/3.7")),
    ("no version", b"GET /health\r\n" + HOST + b"\r\n"),
    ("a method that is no token", b"GE(T /health HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("two spaces in the request line", b"GET  /health HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("bytes that are no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    ("a chunk with a signed size", post(b"Transfer-Encoding: chunked\r\n", b"+5\r\nabcde\r\n0\r\n\r\n")),
    ("a chunk that is longer than it says", post(b"Transfer-Encoding: chunked\r\n", b"2\r\nabcde\r\n0\r\n\r\n")),
    ("a form over the limit", post(b"Content-Length: 9000000\r\n")),
    ("an upgrade by Expect", post(b"Content-Length: 5\r\nExpect: 200-ok\r\n")),
)
CLEAR = ("%00 in the path", "%00 in the query")
# The library writes the head of its own refusals twice (0.9.75): the same bytes, then the body.
DOUBLED = re.compile(rb"^(HTTP/1\.[01] \d{3}.*?\r\n\r\n)\1", re.S)


def answers(port, raw):
    """Every status line that came back, and whether the server closed."""
    with socket.create_connection(("127.0.0.1", port), 5) as s:
        s.settimeout(4)
        got = b""
        try:
            s.sendall(raw)
        except OSError:
            pass  # refused while it was still being sent: what it said is read below
        try:
            while True:
                more = s.recv(65536)
                if not more:
                    return codes_in(got), True
                got += more
        except ConnectionResetError:
            return codes_in(got), True
        except socket.timeout:
            return codes_in(got), False


def codes_in(got):
    return re.findall(rb"HTTP/1\.[01] (\d{3})", DOUBLED.sub(rb"\1", got))


def is_refused(name, codes, closed):
    if name in CLEAR and codes[1:] == [b"200"]:
        codes = codes[:1]
    return closed and len(codes) <= 1 and all(c[:1] in b"45" for c in codes)


def main():
    t = Tap()
    with Portal(sys.argv[1], settings=["web.idle_s=2"]) as p:
        p.prepare()
        p.start()
        codes, _ = answers(p.port, get(b"") + get(b"Connection: close\r\n"))
        t.ok("two good requests in a row are both answered", codes == [b"200", b"200"], codes)
        codes, _ = answers(p.port, post(b"Transfer-Encoding: chunked\r\nConnection: close\r\n", CHUNKED))
        t.ok("a good chunked form reaches the portal, which asks for its token", codes == [b"403"] or codes == [b"422"], codes)
        for name, raw in SHAPES:
            codes, closed = answers(p.port, raw + BEHIND)
            t.ok(f"refused: {name}", is_refused(name, codes, closed),
                 f"answers {codes}, {'closed' if closed else 'left open'}")
        t.ok("the portal is well after all of them", p.get("/health")[0] == 200)
        t.ok("it stops cleanly", p.stop() == 0)
    sys.exit(t.end())


if __name__ == "__main__":
    main()
