"""
What may stand in the XML of a Word template: nothing that Word runs or fetches when somebody opens
the letter, and no placeholder where none is filled in. Imports nothing of Django.
"""

import re

from lxml import etree

from sinergi.kit.word.package import INSIDE, LINK, OUTSIDE, PRINTED, SILENT, TEMPLATE, WORD, parsed
from sinergi.kit.word.placeholders import SPACE, Fault, P, T, W

MARK = re.compile(r"\{\{|\{%|\{#")
#: Elements that bring in something else, by their name in any namespace.
BRINGS_IN = {
    "altChunk": INSIDE,
    "subDoc": INSIDE,
    "OLEObject": INSIDE,
    "objectEmbed": INSIDE,
    "objectLink": INSIDE,
    "control": INSIDE,
    "contentPart": INSIDE,
    "webVideoPr": OUTSIDE.format(what="video"),
    "mailMerge": OUTSIDE.format(what="gabung surat"),
    "sourceFileName": OUTSIDE.format(what="bingkai"),
    "saveThroughXslt": OUTSIDE.format(what="XSLT"),
    "attachedTemplate": TEMPLATE,
}
#: Fields that compute from the letter itself; every other one may fetch or start something.
FIELDS = {
    "PAGE",
    "NUMPAGES",
    "SECTION",
    "SECTIONPAGES",
    "DATE",
    "TIME",
    "TOC",
    "PAGEREF",
    "REF",
    "SEQ",
    "STYLEREF",
    "TITLE",
    "NOTEREF",
    "FORMTEXT",
    "FORMCHECKBOX",
    "FORMDROPDOWN",
    "HYPERLINK",
}
#: A link as Word writes it: its address or a place in the letter, then switches that fetch nothing.
QUOTED = r'"[^"\\\u201c\u201d]*"'
HYPERLINK = re.compile(
    rf'\s*HYPERLINK\s+(?:"(?P<target>[^"]*)"|\\l\s+{QUOTED})'
    rf"(?:\s+(?:\\[lot]\s+{QUOTED}|\\[hnm]))*\s*",
    re.IGNORECASE,
)
#: Attributes of VML that draw from an address, and elements whose href does, too.
DRAWS_FROM = {"src", "althref"}
DRAWN = {"imagedata", "fill", "stroke"}
CHANGES = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}

FIELD = "Bidang Word {name} tidak dapat dipakai. Ganti dengan teks biasa."
TRACKED = "Ada perubahan terlacak. Terima atau tolak semuanya di Word (Tinjau), lalu simpan lagi."
COMMENTS = "Ada komentar. Hapus semua komentar di Word, lalu simpan lagi."
HIDDEN_MARK = "Isian ini ada di tempat yang tidak dapat diisi: nama atau keterangan objek."
NOT_FILLED = "Ada isian di bagian yang tidak dicetak. Tulis isian di surat, kepala, atau kaki."
STRICT = "Berkas ini disimpan sebagai Strict Open XML. Simpan sebagai Dokumen Word (.docx) biasa."
BROKEN_FIELD = "Ada bidang Word di dalam bidang lain. Ganti dengan teks biasa."
#: The parts that are read for what they bring in, besides those that are printed.
READ_TOO = [f"{WORD}.{name}+xml" for name in ("settings", "webSettings", "comments")]
READ_TOO.append(f"{WORD}.document.glossary+xml")


def faults_of_silent(package):
    """Yield the Faults of the parts in which nothing is filled in."""
    for name in package.of_type(*SILENT):
        data = package.parts[name]
        if any(mark in data for mark in (b"{{", b"{%")):
            yield Fault(name, "", NOT_FILLED)
    for name in package.of_type(*READ_TOO):
        root = parsed(package.parts[name])
        if root.find(f"{W}comment") is not None:
            yield Fault("komentar", "", COMMENTS)
        yield from faults_of_elements(root, name)


def faults_of_elements(root, part):
    """Yield the Faults of what stands in a part besides its text."""
    changes = False
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in BRINGS_IN:
            yield Fault(part, "", BRINGS_IN[name])
        changes = changes or element.tag in CHANGES
        yield from _of_attributes(element, part)
        if element.tag != T and MARK.search(element.text or ""):
            yield Fault(part, element.text[:80], HIDDEN_MARK)
        if MARK.search(element.tail or ""):
            yield Fault(part, element.tail[:80], HIDDEN_MARK)
        if element.tag == T and next(element.iterancestors(P), None) is None:
            yield Fault(part, (element.text or "")[:80], HIDDEN_MARK)
    if changes:
        yield Fault(part, "", TRACKED)
    yield from _of_fields(root, part)


def _of_attributes(element, part):
    is_drawn = etree.QName(element).localname in DRAWN
    for key, value in element.attrib.items():
        name = key.rpartition("}")[2]
        if MARK.search(value):
            yield Fault(part, value[:80], HIDDEN_MARK)
        # VML draws what these lead to, past the list of relationships
        is_outside = name == "href" and (is_drawn or not LINK.fullmatch(value))
        if name in DRAWS_FROM or is_outside:
            yield Fault(part, "", OUTSIDE.format(what=value[:80]))
        if key == f"{W}instr":
            yield from _of_instruction(value, part)


def _of_fields(root, part):
    """Yield the Faults of complex fields, whose instruction may be cut into pieces."""
    told, inside = "", []  # inside: for each field that is open, whether its result has begun
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        kind = element.get(f"{W}fldCharType")
        if element.tag == f"{W}instrText":
            told += element.text or ""
            if not inside:
                yield from _of_instruction(told, part)
                told = ""
        elif kind == "begin":
            if inside and not inside[-1]:
                yield Fault(part, told[:80], BROKEN_FIELD)
            inside.append(False)
        elif inside:
            if not inside[-1]:
                yield from _of_instruction(told, part)
                told = ""
            if kind == "end":
                inside.pop()
            else:
                inside[-1] = True
    if told or inside:
        yield from _of_instruction(told or "?", part)


def _of_instruction(told, part):
    """Yield what is wrong with the instruction of a field."""
    words = told.split()
    name = words[0].upper() if words else ""
    if name not in FIELDS:
        yield Fault(part, told[:80], FIELD.format(name=name[:30]))
    elif name == "HYPERLINK":
        link = HYPERLINK.fullmatch(told)
        if not link or (link["target"] is not None and not LINK.fullmatch(link["target"])):
            yield Fault(part, told[:80], OUTSIDE.format(what=told[:80]))


def is_strict(root):
    """Return whether a printed part is of another dialect than the one that is filled."""
    return root.nsmap.get("w") != SPACE or etree.QName(root).namespace != SPACE


def printed_parts(package):
    """Yield (name, what people call it, root) of the parts that are printed, the letter first."""
    for kind, label in PRINTED.items():
        for name in sorted(package.of_type(kind)):
            yield name, label, parsed(package.parts[name])
