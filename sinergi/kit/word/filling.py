"""
Fill a Word template that was judged with what a document says. Imports nothing of Django.
"""

import re
from dataclasses import replace
from itertools import islice

from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError
from lxml import etree

from sinergi.kit.word import contents
from sinergi.kit.word.language import ClosedEnvironment
from sinergi.kit.word.package import NotAWordFile, parsed
from sinergi.kit.word.placeholders import (
    BOX,
    MOST_FAULTS,
    TBL,
    TC,
    TR,
    Fault,
    P,
    Reader,
    W,
    first_of,
)

#: Characters of all printed parts together, once they are filled.
MOST_CHARACTERS = 4_000_000
NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FULL = "Hasilnya terlalu panjang. Kurangi yang diulang di dalam templat."
SPOILED = (
    "Susunan isian di bagian ini merusak berkasnya. Periksa isian yang terpotong di antara dua"
    " paragraf atau sel."
)
DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
#: The same once more, for older programs.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: What has to hold a paragraph at its end, whatever was left out of it.
HOLDERS = (TC, BOX, f"{W}hdr", f"{W}ftr", f"{W}footnote", f"{W}endnote")


class Spoiled(Exception):
    """The template cannot be filled; `fault` says why."""

    def __init__(self, fault):
        super().__init__(fault.message)
        self.fault = fault


def judge(package, outline):
    """
    Return (faults, parts): what is wrong with the template, all at once, and {name: (label, root)}
    of its printed parts, ready to be filled.
    """
    faults, parts = [*contents.faults_of_silent(package)], {}
    for name, label, root in contents.printed_parts(package):
        if contents.is_strict(root):
            faults.append(Fault(label, "", contents.STRICT))
            continue
        faults += islice(contents.faults_of_elements(root, label), MOST_FAULTS)
        faults += islice(Reader(root, label, outline).faults(), 2 * MOST_FAULTS)
        parts[name] = (label, root)
    return first_of(faults), parts


def filled(package, parts, outline, values):
    """
    Return (package, texts): the package with these values in its printed parts, and the lines that
    they say now. Raises Spoiled.
    """
    environment, told = ClosedEnvironment(outline), cleaned(values)
    made, texts, left = dict(package.parts), [], MOST_CHARACTERS
    for name, (label, root) in parts.items():
        try:
            text = "".join(_chunks(environment, root, told, left))
            left -= len(text)
            drawn = parsed(DocxTemplate.resolve_listing(None, text).encode())
        except (TemplateError, SyntaxError, NotAWordFile, RecursionError, ValueError):
            raise Spoiled(Fault(label, "", SPOILED)) from None
        except OverflowError:
            raise Spoiled(Fault(label, "", FULL)) from None
        mend(drawn)
        made[name] = etree.tostring(drawn, encoding="UTF-8", xml_declaration=True, standalone=True)
        texts.append((label, list(paragraphs_of(drawn))))
    return replace(package, parts=made), texts


def _chunks(environment, root, told, most):
    """Yield the text of a part with the values in it. Raises OverflowError beyond `most`."""
    source = DocxTemplate.patch_xml(None, etree.tostring(root, encoding="unicode"))
    for chunk in environment.from_string(source).generate(told):
        most -= len(chunk)
        if most < 0:
            raise OverflowError
        yield chunk


def cleaned(value):
    """Return the values without characters that XML has no way to write."""
    if isinstance(value, str):
        return NOT_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, list):
        return [cleaned(one) for one in value]
    return {key: cleaned(one) for key, one in value.items()}


def mend(root):
    """Give back what Word asks for where everything was left out: rows, and last paragraphs."""
    for table in list(root.iter(TBL)):
        if table.find(f".//{TR}") is None:
            table.getparent().remove(table)
    for holder in root.iter(*HOLDERS):
        if len(holder) == 0 or holder[-1].tag != P:
            etree.SubElement(holder, P)
    for number, drawing in enumerate(root.iter(DRAWING_ID), 1):
        drawing.set("id", str(number))


def paragraphs_of(root):
    """
    Yield the lines of a part as a person reads them: a row of a table is one. What is meant for
    older programs alone is taken out of it.
    """
    for old in list(root.iter(FALLBACK)):
        old.getparent().remove(old)
    for paragraph in root.iter(P, TR):
        if paragraph.tag == TR:
            cells = ["\n".join(_texts_of(cell)) for cell in paragraph.iter(TC)]
            yield " · ".join(cell for cell in cells if cell)
        elif next(paragraph.iterancestors(TR), None) is None and (text := _text_of(paragraph)):
            yield text


def _texts_of(cell):
    return [text for one in cell.iter(P) if (text := _text_of(one))]


def _text_of(paragraph):
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    # the text of a box that stands in this paragraph is the box's own
    found = (
        one for one in paragraph.iter(f"{W}t", *marks) if next(one.iterancestors(P)) is paragraph
    )
    return "".join(marks.get(one.tag) or one.text or "" for one in found).strip()
