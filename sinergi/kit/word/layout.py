"""
Draw the shipped Word templates from their blocks (sinergi.kit.word.blocks), so that no binary file
is kept. Imports nothing of Django.
"""

import io
from datetime import UTC, datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT, SIZE, LANGUAGE = "Times New Roman", 11, "id-ID"
WIDTH = 165  # millimetres between the margins of an A4 page
LABEL = 38
LOGO_WIDTH, LOGO_HEIGHT = 24, 20  # millimetres at most, as on the PDF
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
MADE = datetime(2019, 1, 1, tzinfo=UTC)


def build(plan, logo=b""):
    """Return the .docx (bytes) of these blocks, with this logo (JPEG) in the letterhead."""
    document = _blank()
    drawing = Drawing(document, logo)
    for block in plan:
        getattr(drawing, block["block"])(block)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _blank():
    document = Document()
    told = document.core_properties
    told.author = told.comments = told.title = told.last_modified_by = ""
    told.created = told.modified = MADE
    told.language = LANGUAGE
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in (("Normal", SIZE), ("Heading 1", SIZE + 2), ("Heading 2", SIZE)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        if name != "Normal":
            style.font.color.rgb = None
            style.font.bold = True
    spacing = document.styles["Normal"].paragraph_format
    spacing.space_after, spacing.line_spacing = Pt(4), 1.1
    return document


class Drawing:
    """A document that grows block by block; each kind of block is a method."""

    def __init__(self, document, logo):
        self.document, self.picture = document, logo
        self.number = None

    def line(self, block):
        paragraph = self.document.add_paragraph()
        paragraph.alignment = ALIGN[block["align"]]
        if block["space"]:
            paragraph.paragraph_format.space_before = Pt(block["space"])
        run = paragraph.add_run(block["text"])
        run.bold, run.font.all_caps = block["bold"] or None, block["capitals"] or None
        if block["size"]:
            run.font.size = Pt(block["size"])

    def heading(self, block):
        paragraph = self.document.add_heading(block["text"], block["level"])
        if block["level"] == 1:
            paragraph.alignment = ALIGN["center"]

    def numbering(self, block):
        """Begin a list that counts from one."""
        numbers = self.document.part.numbering_part.numbering_definitions._numbering
        style = self.document.styles["List Number"].element
        kept = style.pPr.numPr.numId.val
        abstract = numbers.num_having_numId(kept).abstractNumId.val
        made = numbers.add_num(abstract)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        self.number = made.numId

    def item(self, block):
        paragraph = self.document.add_paragraph(block["text"], style="List Number")
        told = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        told.get_or_add_ilvl().val = 0
        told.get_or_add_numId().val = self.number

    def facts(self, block):
        widths = [LABEL, WIDTH - LABEL]
        self._rows(self._table(widths), block, block["cells"])

    def table(self, block):
        headings, texts, widths = zip(*block["columns"], strict=True)
        table = self._table(widths, style="Table Grid")
        header = table.add_row()
        for cell, text in zip(header.cells, headings, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        repeat = OxmlElement("w:tblHeader")
        header._tr.get_or_add_trPr().append(repeat)
        self._rows(table, block, texts)
        if block["empty"]:
            self._tag(table, f"if not {block['name']}")
            row = table.add_row()
            row.cells[0].merge(row.cells[-1]).paragraphs[0].add_run(block["empty"])
            self._tag(table, "endif")

    def sides(self, block):
        count = len(block["columns"])
        table = self._table([WIDTH / count] * count)
        row = table.add_row()
        for cell, texts in zip(row.cells, block["columns"], strict=True):
            for number, text in enumerate(texts):
                paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                # Who signs stands last, bold as on the paper.
                paragraph.add_run(text).bold = number == len(texts) - 1 or None
                if number and not text:
                    paragraph.paragraph_format.space_after = Pt(36)

    def logo(self, block):
        if not self.picture:
            return
        paragraph = self.document.add_paragraph()
        paragraph.alignment = ALIGN["center"]
        drawn = paragraph.add_run().add_picture(io.BytesIO(self.picture))
        scale = min(Mm(LOGO_WIDTH) / drawn.width, Mm(LOGO_HEIGHT) / drawn.height)
        drawn.width, drawn.height = int(drawn.width * scale), int(drawn.height * scale)
        drawn._inline.docPr.set("descr", "Lambang")

    def rule(self, block):
        paragraph = self.document.add_paragraph()
        borders, below = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "12"), ("space", "1"), ("color", "auto")):
            below.set(qn(f"w:{name}"), value)
        borders.append(below)
        paragraph._p.get_or_add_pPr().append(borders)

    def page(self, block):
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _table(self, widths, style=None):
        table = self.document.add_table(rows=0, cols=len(widths), style=style)
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def _rows(self, table, block, texts):
        self._tag(table, f"for {block['row']} in {block['name']}")
        row = table.add_row()
        for cell, column, text in zip(row.cells, table.columns, texts, strict=True):
            cell.width = column.width
            cell.paragraphs[0].add_run(text)
        self._tag(table, "endfor")

    def _tag(self, table, told):
        table.add_row().cells[0].paragraphs[0].add_run(f"{{%tr {told} %}}")
