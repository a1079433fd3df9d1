"""
Kemendagri codes as people and Excel write them, restored where only one reading is possible.

The statistics office (BPS) writes other codes of the same length for the same places: digits alone
never prove which list a code is from, so nobody may believe a code that the names beside it do not
confirm (villages.matching).
"""

import re

#: How much of a code names the province, the regency and the district.
PROVINCE_LENGTH, REGENCY_LENGTH, DISTRICT_LENGTH = 2, 5, 8
WHOLE = re.compile(r"\.0+$")
SPLIT = re.compile(r"^(\d\d)[.\s-]?(\d\d)[.\s-]?(\d\d)[.\s-]?(\d{4})$")
DISTRICT = re.compile(r"^(\d\d)[.\s-]?(\d\d)[.\s-]?(\d\d)$")
REGENCY = re.compile(r"^(\d\d)[.\s-]?(\d\d)$")
#: "19.1": Excel took 19.10 for a number.
SHORTENED = re.compile(r"^(\d\d)\.(\d)$")


def parse_village(text):
    """
    Return PP.KK.CC.DDDD from `1902052003`, `1902052003.0`, `19 02 05 2003` or the code itself; ""
    for anything else.

    Ten digits can be read in one way only, because no part of the code begins the number with a
    zero.
    """
    text = text.strip().lstrip("'").strip()
    if text.count(".") == 1:
        text = WHOLE.sub("", text)
    found = SPLIT.match(text)
    return ".".join(found.groups()) if found else ""


def parse_district(text):
    """
    Return PP.KK.CC from `190205` or `19.02.05`, or from the code of a village there; "" for
    anything else.
    """
    found = DISTRICT.match(text.strip().lstrip("'").strip())
    return ".".join(found.groups()) if found else parse_village(text)[:8]


def parse_regency(text, known):
    """
    Return PP.KK from `19.02`, `1902`, or from `19.1` when of 19.10 and 19.01 only one is among the
    `known` codes; else "".
    """
    text = text.strip().lstrip("'").strip()
    if found := SHORTENED.match(text):
        possible = [f"{found[1]}.{found[2]}0", f"{found[1]}.0{found[2]}"]
        there = [code for code in possible if code in known]
        return there[0] if len(there) == 1 else ""
    if text.count(".") == 1 and len(text) > 5:
        text = WHOLE.sub("", text)
    found = REGENCY.match(text)
    code = f"{found[1]}.{found[2]}" if found else ""
    return code if code in known else ""
