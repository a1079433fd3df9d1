"""
Leave telephone numbers and e-mail addresses out of a typed text that is copied on.

The text is read from left to right; an address of a page, a date and an hour are met before what is
in them could be taken for a number.
"""

import re
import unicodedata

LEFT_OUT = "(kontak tidak disertakan)"
#: Dashes that a keyboard does not have, as the one it has.
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
#: What may stand between two digits of a number; three of them separate two numbers.
BETWEEN = r"[ .()\t-]{0,2}"
PARTS = re.compile(
    rf"""
    (?P<contact>
        (?:https?://)?(?:wa\.me|(?:api|web)\.whatsapp\.com)/[^\s<>"]+
    )
    | (?P<kept>
        (?:https?://|(?<![\w.@-])(?:[\w-]{{1,63}}\.){{1,5}}[a-z]{{2,10}}/)[^\s<>"]+
        | (?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)
        | (?<![\d./-])(?:0?[1-9]|[12]\d|3[01])(?P<dash>[-./])(?:0?[1-9]|1[0-2])(?P=dash)
          (?:19|20)\d\d(?![./-]?\d)
        | (?<!\d)(?<!\d[.-])[012]?\d[.:][0-5]\d(?:[ ]?-[ ]?[012]?\d[.:][0-5]\d)?(?![.:-]?\d)
        | (?<!\d)62(?:\.\d{{3}})+(?![\d.])       # an amount of money
    )
    | [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+
    | (?:\+[ ]?62|(?<!\d)00[ ]?62)(?:{BETWEEN}\d){{7,13}}(?!\d)
    | (?<![\d=])(?<!\d[.,])(?<!(?:19|20)\d\d-)\(?
      (?:
        62{BETWEEN}(?:\(?0\)?{BETWEEN})?8{BETWEEN}[1-9](?:{BETWEEN}\d){{5,11}}
        | 0{BETWEEN}8{BETWEEN}[1-9](?:{BETWEEN}\d){{6,12}}
        | 0{BETWEEN}[2-79](?:{BETWEEN}\d){{7,13}}
      )(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def without_contacts(text):
    """Return a text without the e-mail addresses and telephone numbers in it."""
    found, end, plain = [], 0, _plain(text)
    for part in PARTS.finditer(plain):
        if part["kept"] is None:
            found += [text[end : part.start()], LEFT_OUT]
            end = part.end()
    return "".join([*found, text[end:]])


def _plain(text):
    """Return the text letter by letter as a plain keyboard writes it: as long as it was."""
    if text.isascii():
        return text
    letters = (unicodedata.normalize("NFKC", letter) for letter in text)
    return "".join(
        new if len(new) == 1 else old for old, new in zip(text, letters, strict=True)
    ).translate(DASHES)
