"""proxy.py PROGRAM - the recipes in packaging/ do what they say. Prints TAP.

nginx with our recipe stands before a portal on a Unix socket: pages come through, /metrics does not,
a folded header is refused, and whatever the portal refuses is never answered through it. The units
for systemd are read by systemd's own verifier. nginx runs on a free loopback port, without TLS, as
its certificates belong to a place; nothing else of the recipe is changed.
"""
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from portal import Portal, free_port, top  # noqa: E402
from shapes import HOST, SHAPES, answers, get  # noqa: E402
from tree import Tap  # noqa: E402

RECIPES = top / "packaging/recipes"
MAIN = """daemon off; pid {folder}/pid; error_log stderr warn; worker_processes 1; user root;
events {{ worker_connections 512; }}
http {{ access_log {folder}/requests; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; include {folder}/site.conf; }}
"""


def site(port, sock):
    """The recipe on our port and socket: its first server sends people to TLS, so it is left out."""
    text = (RECIPES / "nginx-wecare.conf").read_text(encoding="utf-8")
    servers = re.findall(r"^server \{.*?^\}", text, re.M | re.S)
    text = text.replace(servers[0], "")
    text = re.sub(r"^\s*(ssl_\w+ .*|listen \[::\].*)\n", "", text, flags=re.M)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    return text.replace("/run/wecare/wecare.sock", str(sock))


def start_nginx(folder, port, sock):
    (folder / "site.conf").write_text(site(port, sock))
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
    return subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-e", str(folder / "errors"), "-p", str(folder), "-c", str(folder / "nginx.conf")],
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=open(folder / "said", "wb"))


def wait_for(port):
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            return answers(port, get(b"Connection: close\r\n"))[0]
        except OSError:
            time.sleep(0.05)
    return []


FOLDED = (
    ("a folded header", get(b"X-Thing: a\r\n b\r\n")),
    ("a folded header with a tab", get(b"X-Thing: a\r\n\tb\r\n")),
    ("a folded Host", b"GET /health HTTP/1.1\r\nHost: portale\r\n .example\r\n\r\n"),
    ("a fold before the first header", b"GET /health HTTP/1.1\r\n X-Thing: a\r\n" + HOST + b"\r\n"),
)
# nginx mends these before they reach us, so that only one reading is left of them.
MENDED = {"bare LF after the request line", "bare LF after a header", "bare LF everywhere", "no Host in HTTP/1.0",
          "two spaces in the request line", "a header without a colon"}


def check_nginx(t, program):
    with Portal(program) as p, tempfile.TemporaryDirectory(prefix="wecare-proxy-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        sock, port = folder / "sock", free_port()
        p.prepare()
        p.server = subprocess.Popen([p.program, "--data", str(p.data), "serve", "--listen", f"unix:{sock}"], stdin=subprocess.DEVNULL,
                                    stdout=p.log, stderr=p.log, cwd=top)
        until = time.monotonic() + 10
        while not sock.exists() and time.monotonic() < until:
            time.sleep(0.02)
        nginx = start_nginx(folder, port, sock)
        try:
            t.ok("a page comes through the proxy", wait_for(port) == [b"200"], (folder / "said").read_text(errors="replace"))
            t.ok("the numbers inside do not", answers(port, get(b"Connection: close\r\n", target=b"/metrics"))[0] == [b"404"])
            for where in (b"/chiave/canarino7391", b"/en/conferma/canarino7391?x=1", b"/chiave/canarino7391"):
                answers(port, get(b"Connection: close\r\n", target=where))
            answers(port, get(b"Connection: close\r\n", target=b"/chiave"))
            for name, raw in FOLDED:
                codes, _ = answers(port, raw)
                t.ok(f"refused by the proxy: {name}", codes == [b"400"], codes)
            for name, raw in SHAPES:
                if name not in MENDED:
                    codes, _ = answers(port, raw)
                    t.ok(f"refused through the proxy: {name}", all(c[:1] in b"45" for c in codes[:1]) and len(codes) <= 1, codes)
        finally:
            nginx.send_signal(signal.SIGTERM)
            nginx.wait(10)
        requests = (folder / "requests").read_text(encoding="utf-8", errors="replace")
        t.ok("addresses that are keys are not in its log, all others are", "canarino" not in requests and "GET /chiave HTTP" in requests,
             requests[-500:])
        t.ok("the portal is left well, and stops cleanly", p.stop() == 0)


def check_units(t):
    """systemd reads the units in a root of their own, so that what this machine has does not matter."""
    with tempfile.TemporaryDirectory(prefix="wecare-units-") as name:
        root = pathlib.Path(name)
        units = root / "etc/systemd/system"
        units.mkdir(parents=True)
        (root / "usr/bin").mkdir(parents=True)
        (root / "usr/bin/wecare").write_text("#!/bin/sh\n")
        (root / "usr/bin/wecare").chmod(0o755)
        for unit in ("wecare.service", "wecare.socket"):
            shutil.copy(RECIPES / unit, units)
        shutil.copytree("/usr/lib/systemd/system", root / "usr/lib/systemd/system", symlinks=True)
        p = subprocess.run(["systemd-analyze", "verify", f"--root={root}", "--man=no", "wecare.service", "wecare.socket"], capture_output=True, text=True)
        ours = [x for x in (p.stdout + p.stderr).splitlines() if "wecare" in x]
        t.all("systemd finds nothing wrong with the units", ours + ([] if p.returncode == 0 or not ours else [f"exit {p.returncode}"]))
        p = subprocess.run(["systemd-analyze", "security", "--offline=yes", f"--root={root}", "--no-pager", "--threshold=20", "wecare.service"],
                           capture_output=True, text=True)
        m = re.search(r"exposure level for wecare.service: ([\d.]+)", p.stdout)
        t.ok("the service is locked in (exposure 2.0 or less, by systemd's measure)", p.returncode == 0 and m is not None and float(m.group(1)) <= 2.0,
             (p.stdout + p.stderr)[-800:])
        if m:
            t.note(f"exposure {m.group(1)}")


def main():
    t = Tap()
    check_nginx(t, sys.argv[1])
    check_units(t)
    sys.exit(t.end())


if __name__ == "__main__":
    main()
