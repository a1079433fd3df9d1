"""When two names of people or institutions are the same name, written differently."""

import re
import unicodedata

from sinergi.kit.fields import PlainCharField

#: Academic, military and religious titles; after a comma everything is one ("…, S.Sos., M.Si.").
TITLES = {
    "dr",
    "drs",
    "dra",
    "drg",
    "ir",
    "prof",
    "h",
    "hj",
    "kh",
    "ust",
    "bpk",
    "ibu",
    "sdr",
    "sdri",
    "pak",
    "bu",
}
NOT_WORD = re.compile(r"[^\w]+")


def person_key(name):
    """Return the name without case, spacing, punctuation and titles."""
    words = _words(name.partition(",")[0]) or _words(name)
    return " ".join([word for word in words if word not in TITLES] or words)[:200]


def institution_key(name):
    """
    Return the name without case, spacing and punctuation; "Provinsi" and "Prov." are one word.
    """
    return " ".join("provinsi" if word in ("prov", "propinsi") else word for word in _words(name))[
        :200
    ]


def initials(name):
    return "".join(word[0] for word in name.split()[:3]).upper()


def _words(text):
    plain = unicodedata.normalize("NFKD", str(text)).casefold()
    return NOT_WORD.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).split()


class NameKeyField(PlainCharField):
    """The key of the row's `name`, computed by `make` at each save."""

    def __init__(self, *args, make=None, **kwargs):
        self.make = make
        super().__init__(*args, **{"max_length": 200, "editable": False, "default": ""} | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"make": self.make}

    def pre_save(self, model_instance, add):
        key = self.make(model_instance.name)
        setattr(model_instance, self.attname, key)
        return key
