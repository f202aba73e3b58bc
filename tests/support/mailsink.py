#!/usr/bin/env python3
"""mailsink.py - a mail server for tests, on a loopback port: it keeps what it is given and sends nothing on.

usage: tests/support/mailsink.py FOLDER [--mode MODE] [--user NAME --password WORD] [--port N]

Prints its port on standard output, then serves until its standard input ends. Each mail taken becomes
FOLDER/NNNN.eml, with the envelope in two lines on top (X-From, X-To). What is before the @ of an
address says how it is treated:

    later...   450 to the address        gone...   550 to the address
    spam...    554 to the text           full...   452 to the text
    drop...    the line is cut at the address       cut...   in the middle of the text
    mute...    the text is taken and kept, and the line is cut without an answer
    slow...    the answer to the address comes after 30 s

MODE: refuse (554 in place of the greeting), nosender (550 to every MAIL), banner (a greeting of a
megabyte), endless (greeting lines without end), silent (no greeting), tls (STARTTLS is offered, with a
certificate of its own), again (421 to everything).
"""
import argparse
import base64
import pathlib
import socket
import sys
import threading
import time


class Sink:
    def __init__(self, args):
        self.args = args
        self.folder = pathlib.Path(args.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.n = len(list(self.folder.glob("*.eml")))
        self.lock = threading.Lock()
        self.tls = make_tls() if args.mode == "tls" else None

    def keep(self, sender, to, text):
        with self.lock:
            self.n += 1
            new = self.folder / f"{self.n:04d}.new"
            new.write_bytes(f"X-From: {sender}\r\nX-To: {to}\r\n".encode() + text)
            new.rename(self.folder / f"{self.n:04d}.eml")


def make_tls():
    import ssl  # slow to load, and hardly ever wanted
    import subprocess
    import tempfile
    folder = pathlib.Path(tempfile.mkdtemp(prefix="wecare-sink-"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=sink.example",
                    "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    for f in folder.iterdir():
        f.unlink()
    folder.rmdir()
    return context


class Talk:
    """One connection."""

    def __init__(self, sink, line):
        self.sink, self.line, self.mode = sink, line, sink.args.mode
        self.file = line.makefile("rb")
        self.signed_in = sink.args.user is None
        self.sender = self.to = None

    def say(self, text):
        self.line.sendall(text.encode() + b"\r\n")

    def greet(self):
        if self.mode == "silent":
            time.sleep(60)
        elif self.mode == "banner":
            self.say("220 " + "x" * 1048576)
        elif self.mode == "endless":
            while True:
                self.say("220-and another line " + "y" * 400)
        elif self.mode == "refuse":
            self.say("554 no mail is taken from here")
        else:
            self.say("220 sink.example ESMTP")

    def hello(self):
        words = ["sink.example"]
        if self.mode == "tls":
            words.append("STARTTLS")
        if not self.signed_in:
            words.append("AUTH PLAIN")
        for w in words[:-1]:
            self.say("250-" + w)
        self.say("250 " + words[-1])

    def sign_in(self, words):
        if len(words) < 3:
            self.say("334 ")
            words = words[:2] + [self.file.readline().decode().strip()]
        got = base64.b64decode(words[2]).split(b"\0")[1:]
        self.signed_in = got == [self.sink.args.user.encode(), self.sink.args.password.encode()]
        self.say("235 welcome" if self.signed_in else "535 that is not the password")

    def take_address(self, to):
        self.to = to
        if to.startswith("drop"):
            return False
        if to.startswith("slow"):
            time.sleep(30)
        if to.startswith("later"):
            self.say("450 4.2.1 come back later, " + to)
        elif to.startswith("gone"):
            self.say("550 5.1.1 nobody lives here, " + to)
        else:
            self.say("250 fine")
        return True

    def take_text(self):
        self.say("354 go on")
        text = b""
        for line in self.file:
            if line == b".\r\n":
                break
            text += line[1:] if line.startswith(b".") else line
            if self.to.startswith("cut"):
                return False
        else:
            return False
        if self.to.startswith(("spam", "full")):
            self.say("554 5.7.1 this looks like spam" if self.to.startswith("spam") else "452 4.3.1 no room now")
            return True
        self.sink.keep(self.sender, self.to, text)
        if self.to.startswith("mute"):
            return False
        self.say("250 2.0.0 kept")
        return True

    def answer(self, line):
        words = line.decode("latin-1").strip().split(" ")
        verb = words[0].upper()
        if self.mode == "again":
            self.say("421 come back another day")
        elif verb in ("EHLO", "HELO"):
            self.hello()
        elif verb == "STARTTLS" and self.sink.tls:
            self.say("220 go on")
            self.line = self.sink.tls.wrap_socket(self.line, server_side=True)
            self.file = self.line.makefile("rb")
        elif verb == "AUTH":
            self.sign_in(words)
        elif verb == "MAIL":
            self.sender = line.decode().split("<")[1].split(">")[0]
            self.say("530 sign in first" if not self.signed_in else "550 we do not know you" if self.mode == "nosender" else "250 fine")
        elif verb == "RCPT":
            return self.take_address(line.decode().split("<")[1].split(">")[0])
        elif verb == "DATA":
            return self.take_text()
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("250 fine")
        return True

    def run(self):
        try:
            self.greet()
            for line in iter(self.file.readline, b""):
                if not self.answer(line):
                    break
        except (OSError, IndexError):
            pass
        finally:
            try:
                self.line.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            self.file.close()
            self.line.close()


def main():
    p = argparse.ArgumentParser(description="a mail server for tests")
    p.add_argument("folder")
    p.add_argument("--mode", default="")
    p.add_argument("--user")
    p.add_argument("--password", default="")
    p.add_argument("--port", type=int, default=0)
    sink = Sink(p.parse_args())
    door = socket.create_server(("127.0.0.1", sink.args.port))
    print(door.getsockname()[1], flush=True)

    def serve():
        while True:
            line, _ = door.accept()
            threading.Thread(target=Talk(sink, line).run, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    while sys.stdin.buffer.read(4096):
        pass


if __name__ == "__main__":
    main()
