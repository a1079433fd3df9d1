"""Word files to send, part by part: as Word would write them, and as nobody should."""

import io
import zipfile

from sinergi.kit.word.fields import WordField, WordList
from sinergi.kit.word.templates import WordForm

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
FORM = WordForm(
    (
        WordField("judul", "title", "judul", "Rapat Juni"),
        WordField("tempat", "place", "tempat", ""),
        WordList(
            "agenda",
            "agenda",
            "pokok",
            "butir",
            (("Satu", "Baik"), ("Dua", "")),
            (WordField("topik", "topic", "topik"), WordField("catatan", "notes", "catatan")),
        ),
        WordList("tembusan", "copies", "tembusan", "baris", ("Gubernur", "Sekda", "Bappeda")),
    ),
    (),
)


def p(*runs):
    """Return a paragraph of runs of text."""
    told = "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p>{told}</w:p>"


def row(*cells):
    return "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def table(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>"


def box(inside):
    """Return a paragraph with a text box."""
    shape = f"<v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape>"
    return f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"


def part(name, inside):
    """Return a printed part other than the letter: hdr, ftr, footnotes."""
    return f"<w:{name} {NAMESPACES}>{inside}</w:{name}>"


def relation(kind, target, mode="", number=9):
    told = f' TargetMode="{mode}"' if mode else ""
    kind = kind if "/" in kind else f"{OFFICE}/{kind}"
    return f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"{told}/>'


def relations(*rows):
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def docx(*body, parts=(), types=(), rels=(), main=f"{TYPE}.document.main+xml", root=None):
    """
    Return a .docx of this body. `parts` are (name, content) or ZipInfo in the place of the name,
    `types` (name, type), `rels` relations of the letter.
    """
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    known = [("word/document.xml", main), *types]
    table_of_types = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in known
    )
    files = [
        (
            "[Content_Types].xml",
            f'{head}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
            f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default'
            f' Extension="xml" ContentType="application/xml"/>{table_of_types}</Types>',
        ),
        ("_rels/.rels", relations(relation("officeDocument", "word/document.xml", number=1))),
        (
            "word/document.xml",
            root or f"{head}<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>",
        ),
        ("word/_rels/document.xml.rels", relations(*rels)),
    ]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*files, *parts]:
            archive.writestr(name, content)
    return made.getvalue()
