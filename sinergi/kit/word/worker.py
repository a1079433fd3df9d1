"""
Judge and fill Word templates: the worker (sinergi.kit.child) of sinergi.kit.word.templates. Imports
nothing of Django.
"""

import json

from sinergi.kit import frames
from sinergi.kit.word import filling, layout
from sinergi.kit.word.package import NotAWordFile, opened, written
from sinergi.kit.word.placeholders import Fault

FILE = "berkas"


def fill(data):
    """
    Yield a report and a .docx, framed (sinergi.kit.frames). `data` is framed too: a template, or
    nothing; the layout of the shipped one; the outline of the fields; their values; the logo of the
    shipped one, or nothing.

    The report is {"faults": […]}, each as [place, text around it, message]; without any, {"texts":
    [[part, lines]…]}.
    """
    template, plan, outline, values, logo = frames.unpack(data)
    outline, values = json.loads(outline), json.loads(values)
    try:
        package, wrong = opened(template or layout.build(json.loads(plan), logo))
        faults = [Fault(FILE, "", message) for message in wrong]
        more, parts = filling.judge(package, outline)
        if faults + more:
            yield _packed({"faults": faults + more})
            return
        made, texts = filling.filled(package, parts, outline, values)
    except NotAWordFile as stopped:
        yield _packed({"faults": [(FILE, "", str(stopped))]})
    except filling.Spoiled as spoiled:
        yield _packed({"faults": [spoiled.fault]})
    else:
        yield _packed({"texts": texts}, written(made))


def draw(data):
    """Yield the shipped template as a .docx; its layout and its logo come framed."""
    plan, logo = frames.unpack(data)
    yield layout.build(json.loads(plan), logo)


def _packed(report, content=b""):
    return frames.pack(json.dumps(report).encode(), content)
