"""po.py - reads gettext catalogues as the project writes them (one key a word, UTF-8)."""
import pathlib
import re


class Word:
    def __init__(self, key, line):
        self.key, self.line, self.is_plural, self.forms = key, line, False, []

    def text(self):
        return " ".join(self.forms)

    def holes(self):
        return set(re.findall(r"\{(\w+)\}", self.text()))


def unquote(text, path, number):
    m = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', text)
    if m is None:
        raise ValueError(f"{path}:{number}: a text in quotes must stand here")
    return m.group(1).replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def read(path):
    """Words of a catalogue in the order of the file; the header is left out."""
    words, current, target = [], None, None
    for number, line in enumerate(pathlib.Path(path).read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, _, rest = line.partition(" ")
        if line.startswith('"'):
            text = unquote(line, path, number)
            if target == "key":
                current.key += text
            elif target == "form":
                current.forms[-1] += text
        elif name == "msgid":
            current, target = Word(unquote(rest, path, number), number), "key"
            words.append(current)
        elif name == "msgid_plural":
            current.is_plural, target = True, "plural"
        elif re.fullmatch(r"msgstr(\[\d\])?", name):
            current.forms.append(unquote(rest, path, number))
            target = "form"
        else:
            raise ValueError(f"{path}:{number}: {name} is not used here")
    return [w for w in words if w.key != ""]
