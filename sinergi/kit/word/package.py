"""
Judge the parts of a .docx, which is a zip of XML: nothing that runs, nothing that is fetched,
nothing that hides another file, and no more than a letter needs. Imports nothing of Django.
"""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass

from lxml import etree

MAX_UNPACKED = 20 * 1024 * 1024
#: Bytes of one part of XML: a letter of 50 pages has less than half of it.
MAX_XML = 2 * 1024 * 1024
#: Bytes of the parts that are printed, together.
MAX_PRINTED = 3 * 1024 * 1024
MAX_PARTS = 500
#: Bytes of a zip's table of contents, read before anything is made of it.
MAX_CONTENTS = 400 * MAX_PARTS
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PLAIN_NAME = re.compile(r"[\w\[\]. -]+(/[\w\[\]. -]+)*", re.ASCII)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN = f"{WORD}.document.main+xml"
#: The parts that are printed, by their type, and what a person calls them.
PRINTED = {
    MAIN: "isi surat",
    f"{WORD}.header+xml": "kepala halaman",
    f"{WORD}.footer+xml": "kaki halaman",
    f"{WORD}.footnotes+xml": "catatan kaki",
    f"{WORD}.endnotes+xml": "catatan akhir",
}
#: Parts of XML that a letter may have besides; nothing is filled in there.
SILENT = {
    "application/xml",
    "application/vnd.openxmlformats-package.core-properties+xml",
    "application/vnd.openxmlformats-package.relationships+xml",
    f"{OFFICE}.extended-properties+xml",
    f"{OFFICE}.custom-properties+xml",
    f"{OFFICE}.customXmlProperties+xml",
    f"{OFFICE}.theme+xml",
    f"{OFFICE}.themeOverride+xml",
    "application/vnd.ms-word.stylesWithEffects+xml",
    *(
        f"{WORD}.{name}+xml"
        for name in [
            "styles",
            "settings",
            "webSettings",
            "fontTable",
            "numbering",
            "document.glossary",
            "comments",
            "commentsExtended",
            "commentsIds",
            "commentsExtensible",
            "people",
        ]
    ),
}
PICTURES = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/jpg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF8",),
    "image/bmp": (b"BM",),
    "image/tiff": (b"II*\x00", b"MM\x00*"),
    "image/x-emf": (b"\x01\x00\x00\x00",),
    "image/x-wmf": (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00"),
}
FONTS = {f"{OFFICE}.obfuscatedFont", "application/x-fontdata"}
#: What relationships may lead to, by the end of their type.
RELATIONS = {
    "officeDocument",
    "styles",
    "settings",
    "webSettings",
    "fontTable",
    "theme",
    "numbering",
    "header",
    "footer",
    "footnotes",
    "endnotes",
    "comments",
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
    "people",
    "image",
    "hyperlink",
    "customXml",
    "customXmlProps",
    "core-properties",
    "extended-properties",
    "custom-properties",
    "thumbnail",
    "stylesWithEffects",
    "font",
    "glossaryDocument",
    "themeOverride",
}
#: Parts that Microsoft 365 adds for itself, and how they are reached; no letter needs them.
LEFT_OUT = {
    "application/vnd.ms-office.classificationlabels+xml",
    "application/vnd.ms-office.documenttasks+xml",
    "application/vnd.ms-office.intelligence+xml",
    "application/vnd.ms-office.intelligence2+xml",
    "application/vnd.ms-word.attachedToolbars+bin",
    "application/vnd.ms-word.keyMapCustomizations+xml",
}
LEFT_OUT_RELATIONS = {
    "classificationlabels",
    "documenttasks",
    "intelligence",
    "attachedToolbars",
    "keyMapCustomizations",
}
TABLE_OF_TYPES = "[Content_Types].xml"
ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)")
LINK = re.compile(r"(https?://|mailto:)[^\s\\]+", re.IGNORECASE)

MACROS = "Berkas ini memuat makro. Simpan sebagai Dokumen Word (.docx) tanpa makro."
INSIDE = "Berkas ini memuat berkas lain di dalamnya. Hapus objek itu, lalu simpan lagi."
OUTSIDE = "Berkas ini mengambil sesuatu dari luar ({what}). Sisipkan isinya, bukan tautannya."
TEMPLATE = (
    "Berkas ini terhubung ke templat lain. Di Word buka Pengembang, Templat Dokumen, pilih Normal,"
    " lalu simpan lagi."
)
PICTURE_KIND = "Ada gambar yang jenisnya tidak dapat dipakai ({name}). Pakai PNG atau JPEG."
STRANGE = "Berkas ini memuat bagian yang tidak dikenal ({name}). Simpan ulang dari Word."
NOT_WORD = "Ini bukan Dokumen Word (.docx)."
STOPS = {
    "empty": "Berkasnya kosong.",
    "old": "Ini Word lama (.doc) atau berkas bersandi. Simpan sebagai .docx tanpa kata sandi.",
    "unknown": f"{NOT_WORD} Simpan dari Word atau LibreOffice sebagai .docx.",
    "broken": "Berkas Word ini rusak atau tidak lengkap. Simpan ulang dari Word.",
    "password": "Berkas Word ini bersandi. Simpan ulang tanpa kata sandi.",
    "large": "Isi berkas Word ini terlalu besar: paling banyak 20 MB setelah dibuka. Kecilkan"
    " gambarnya.",
    "long": "Teks berkas Word ini terlalu panjang untuk sebuah templat.",
    "parts": "Berkas Word ini terdiri atas terlalu banyak bagian. Simpan ulang dari Word.",
    "names": "Berkas Word ini memuat bagian dengan nama yang tidak lazim atau ganda. Simpan ulang"
    " dari Word.",
    "xml": "Berkas Word ini memuat XML yang tidak dapat diterima. Simpan ulang dari Word.",
    "template": "Ini templat Word (.dotx). Simpan sebagai Dokumen Word (.docx).",
    "macros": MACROS,
}


class NotAWordFile(Exception):
    """The file is not read on; the message says why, for a person."""

    def __init__(self, code):
        super().__init__(STOPS[code])


@dataclass
class Package:
    """The parts of a .docx by name, and the type of each."""

    parts: dict
    types: dict

    def of_type(self, *types):
        return [name for name, kind in self.types.items() if kind in types]


def parsed(data):
    """
    Return the root of a part of XML. Raises NotAWordFile, for a DTD and for entities too, and for
    another encoding than Word's own.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAWordFile("xml") from None
    _check_xml(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NotAWordFile("broken") from None


def opened(data):
    """Return the Package of this file, and the faults of its parts. Raises NotAWordFile."""
    if not data:
        raise NotAWordFile("empty")
    if data.startswith(OLD_OFFICE):
        raise NotAWordFile("old")
    if not data.startswith(b"PK\x03\x04"):
        raise NotAWordFile("unknown")
    parts = _unzipped(data)
    types = _types_of(parts)
    package = _without_extras(Package(parts, types))
    types = package.types
    kinds = " ".join(types.values())
    if "macroEnabled" in kinds:
        raise NotAWordFile("macros")
    if f"{WORD}.template.main+xml" in types.values():
        raise NotAWordFile("template")
    if len(package.of_type(MAIN)) != 1:
        raise NotAWordFile("unknown")
    faults = [*_faults_of_parts(package), *_faults_of_relations(package)]
    return package, list(dict.fromkeys(faults))


def _unzipped(data):
    """Return {name: bytes} of the parts."""
    end = len(data) - 22
    if data[end : end + 4] != b"PK\x05\x06":
        end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if end < 0:
        raise NotAWordFile("broken")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if size > MAX_CONTENTS or data[end - 20 : end - 16] == b"PK\x06\x07":
        raise NotAWordFile("parts")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [one for one in archive.infolist() if not one.is_dir()]
            _check_contents(found)
            return {one.filename: _unpacked(archive, one) for one in found}
    except (zipfile.BadZipFile, zipfile.zlib.error, ValueError, OSError, EOFError):
        raise NotAWordFile("broken") from None
    except (NotImplementedError, RuntimeError):
        raise NotAWordFile("broken") from None


def _unpacked(archive, one):
    """Return a part, of which no more is unpacked than the table of contents says there is."""
    with archive.open(one) as packed:
        content = packed.read(one.file_size + 1)
    if len(content) != one.file_size:
        raise NotAWordFile("broken")
    return content


def _check_contents(found):
    if len(found) > MAX_PARTS:
        raise NotAWordFile("parts")
    if sum(one.file_size for one in found) > MAX_UNPACKED:
        raise NotAWordFile("large")
    if any(one.flag_bits & 1 for one in found):
        raise NotAWordFile("password")
    if any(one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for one in found):
        raise NotAWordFile("broken")
    names = [one.filename for one in found]
    # Word reads relationships whatever the case of their name; they are judged under the usual one
    if any(name.lower().endswith(".rels") and not name.endswith(".rels") for name in names):
        raise NotAWordFile("names")
    plain = all(PLAIN_NAME.fullmatch(name) and ".." not in name for name in names)
    if not plain or len({name.lower() for name in names}) < len(names):
        raise NotAWordFile("names")


def _types_of(parts):
    """Return {name: type} of each part, by the package's own table."""
    if TABLE_OF_TYPES not in parts:
        raise NotAWordFile("unknown")
    by_ending, by_name = {}, {}
    for row in parsed(parts[TABLE_OF_TYPES]):
        if etree.QName(row).localname == "Default":
            by_ending[row.get("Extension", "").lower()] = row.get("ContentType", "")
        else:
            by_name[row.get("PartName", "").lstrip("/").lower()] = row.get("ContentType", "")
    return {
        name: by_name.get(name.lower(), by_ending.get(name.rpartition(".")[2].lower(), ""))
        for name in parts
        if name != TABLE_OF_TYPES
    }


def _without_extras(package):
    """
    Return the package without the parts of LEFT_OUT, their own relationships, and what the others
    say of them.
    """
    gone = set(package.of_type(*LEFT_OUT))
    if not gone:
        return package
    for name in list(gone):
        folder, base = posixpath.split(name)
        gone.add(posixpath.join(folder, "_rels", f"{base}.rels"))
    lower = {f"/{name}".lower() for name in gone}
    parts = {name: data for name, data in package.parts.items() if name not in gone}
    for name in [TABLE_OF_TYPES, *(one for one in parts if one.endswith(".rels"))]:
        root = parsed(parts[name])
        extras = [
            row
            for row in root
            if row.get("PartName", "").lower() in lower
            or row.get("Type", "").rpartition("/")[2] in LEFT_OUT_RELATIONS
        ]
        for row in extras:
            root.remove(row)
        if extras:
            parts[name] = etree.tostring(
                root, encoding="UTF-8", xml_declaration=True, standalone=True
            )
    return Package(parts, {name: kind for name, kind in package.types.items() if name in parts})


def _faults_of_parts(package):
    """Yield what is wrong with each part by itself."""
    printed = sum(len(package.parts[name]) for name in package.of_type(*PRINTED))
    if printed > MAX_PRINTED:
        raise NotAWordFile("long")
    for name, kind in package.types.items():
        data = package.parts[name]
        if "vba" in kind.lower() or "vba" in name.lower():
            yield MACROS
        elif kind in PICTURES:
            if not data.startswith(PICTURES[kind]):
                yield PICTURE_KIND.format(name=posixpath.basename(name))
        elif kind.startswith("image/"):
            yield PICTURE_KIND.format(name=posixpath.basename(name))
        elif kind in PRINTED or kind in SILENT:
            if len(data) > MAX_XML:
                raise NotAWordFile("long")
            _check_xml(data)
        elif kind not in FONTS:
            is_other = any(word in kind for word in ("oleObject", "package", "sheet", "word"))
            yield INSIDE if is_other else STRANGE.format(name=posixpath.basename(name))


def _check_xml(data):
    """Refuse a DTD, entities and other encodings without making anything of the part."""
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = ENCODING.match(text)
    is_utf8 = not declared or declared[1].lower() in (b"utf-8", b"us-ascii")
    told = (b"<!DOCTYPE", b"<!ENTITY", b"\x00")
    if not text.startswith(b"<") or not is_utf8 or any(one in text for one in told):
        raise NotAWordFile("xml")


def _faults_of_relations(package):
    """Yield what is wrong with where the parts lead."""
    for name in package.parts:
        if not name.endswith(".rels"):
            continue
        # word/_rels/document.xml.rels belongs to word/document.xml
        folder = posixpath.dirname(posixpath.dirname(name))
        for row in parsed(package.parts[name]):
            yield from _faults_of_relation(package, folder, row)


def _faults_of_relation(package, folder, row):
    kind = row.get("Type", "").rpartition("/")[2]
    target, mode = row.get("Target", ""), row.get("TargetMode", "Internal")
    if kind == "attachedTemplate":
        yield TEMPLATE
    elif kind == "vbaProject":
        yield MACROS
    elif kind in ("oleObject", "package", "aFChunk", "subDocument", "control"):
        yield INSIDE
    elif kind not in RELATIONS:
        yield STRANGE.format(name=kind[:40] or "tanpa nama")
    elif mode != "Internal":
        if kind != "hyperlink" or not LINK.fullmatch(target):
            yield OUTSIDE.format(what=target[:80] or kind)
    elif kind != "hyperlink" or not target.startswith("#"):
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        if posixpath.normpath(path) not in package.parts:
            yield OUTSIDE.format(what=target[:80] or kind)


def written(package):
    """Return the package as the bytes of a .docx; the same parts are the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in package.parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED
            )
    return made.getvalue()
