"""Texts for WhatsApp: short enough for a link, with the address of the page in the text itself."""

import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from sinergi.kit import phones

#: Opens the list of whom to send it to.
CHOOSER = "https://wa.me/"
#: Of the whole link, in characters as they are sent.
LONGEST_LINK = 2000
SHORTENED = "… (dipersingkat)"
#: Above it, a symbol is a picture: some telephones lose it on the way.
FIRST_PICTURE = "\u2190"
JOINS_PICTURES = "\ufe0f\u20e3"
SKIN = ("\U0001f3fb", "\U0001f3ff")  # the colours of hands and faces


@dataclass(frozen=True, kw_only=True)
class ChatText:
    """A text ready to be sent; `phone`: to whom, if it is known."""

    key: str
    title: str
    text: str
    is_shortened: bool = False
    phone: str = ""

    @property
    def rows(self):
        """How many lines of a field it takes, of some 50 characters each."""
        lines = sum(1 + len(line) // 50 for line in self.text.split("\n"))
        return min(max(lines, 6), 30)

    @property
    def link(self):
        """Return the address that opens WhatsApp with this text."""
        chat = phones.whatsapp(self.phone) if self.phone else ""
        return f"{chat or CHOOSER}?text={quote(self.text)}"


def chat_text(key, title, lines, url, *, phone="", foot="Selengkapnya: {url}"):
    """
    Return the ChatText of these lines, with the address of the page at the end. Where all of them
    do not fit into a link, the last are left out, and the text says so.
    """
    end, body = foot.format(url=url), without_pictures("\n".join(lines)).strip()
    room = LONGEST_LINK - len(f"{CHOOSER}62812345678901?text=")
    room -= len(quote(f"\n{SHORTENED}\n\n{end}"))
    kept = body
    if len(quote(body)) > room:
        kept = f"{_beginning(body, room)}\n{SHORTENED}"
    text = f"{kept}\n\n{end}"
    return ChatText(key=key, title=title, text=text, is_shortened=kept != body, phone=phone)


def _beginning(body, room):
    """Return as many whole lines as fit, or the beginning of the first one."""
    kept = []
    for line in body.split("\n"):
        room -= len(quote(f"{line}\n"))
        if room < 0:
            break
        kept.append(line)
    if kept:
        return "\n".join(kept).rstrip()
    text, room = body.split("\n")[0], room + len(quote(body.split("\n")[0]))
    while len(quote(text)) > room:
        text = text[: len(text) * 9 // 10]
    return text


def without_pictures(text):
    """Return a text without emoji and other pictures."""
    return "".join(c for c in text if not _is_picture(c))


def _is_picture(c):
    is_symbol = c >= FIRST_PICTURE and unicodedata.category(c) == "So"
    return is_symbol or c in JOINS_PICTURES or SKIN[0] <= c <= SKIN[1]
