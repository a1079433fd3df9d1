"""
Judge PDFs: a worker of sinergi.kit.child. Imports nothing of Django.

What is judged is each object of the file as its own tables list them, packed or not, used by a page
or not: whatever a viewer can come upon. A file that these tables do not describe is refused,
because viewers guess at it, each in its own way.
"""

import json
import re
from io import BytesIO
from itertools import chain

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from sinergi.kit.frames import pack, unpack

#: Actions that run a program, send or fetch something, open another file, or play something (ISO
#: 32000-2, 12.6.4).
ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Thread",
    "/Rendition",
    "/Movie",
    "/Sound",
    "/GoTo3DView",
    "/RichMediaExecute",
}
#: Entries that hold a script, another file, or a form of another kind.
ENTRIES = {
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/XFA",
    "/RichMediaContent",
    "/RichMediaSettings",
    "/OnInstantiate",
}
#: Annotations that carry a file or a player.
ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"}
#: Where a link that somebody clicks may lead; other schemes run something or open a file of the
#: reader's network.
SCHEMES = {"http", "https", "mailto", "tel"}
#: With a dot before the colon it is a host and its port.
SCHEME = re.compile("([A-Za-z][A-Za-z0-9+-]*):")

#: How the reader begins what it says of a page that it mends for itself.
ABOUT_A_PAGE = re.compile(r"kid \d+ \(from \d+\)")


def judge_files(data):
    """
    Yield the answer to each packed file (sinergi.kit.frames), as soon as it is judged: {} or
    {"refused": code} as JSON, and two empty parts, as sinergi.kit.picture_worker answers three.
    """
    for file in unpack(data):
        code = judge_pdf(file)
        yield pack(json.dumps({"refused": code} if code else {}).encode(), b"", b"")


def judge_pdf(data):
    """Return why this file is not taken ("password", "broken" or "active"), or None."""
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                return "password"
            things = chain([pdf.trailer], pdf.objects)
            if any(_is_active(part) for thing in things for part in _parts(thing)):
                return "active"
            if not isinstance(pdf.Root.get("/Pages"), Dictionary) or _is_damaged(pdf):
                return "broken"
    except pikepdf.PasswordError:
        return "password"
    except MemoryError:
        raise
    except Exception:  # what a broken file makes the reader raise has no end
        return "broken"
    return None


def _is_damaged(pdf):
    """
    Return whether something could not be read as it is written. What a page lacks is no damage:
    paper of no size is A4.
    """
    return any(not ABOUT_A_PAGE.search(str(warning)) for warning in pdf.get_warnings())


def _parts(thing):
    """
    Yield the object, and what it holds directly, at any depth without recursion; what it refers to
    is an object of its own.
    """
    rest = [thing]
    while rest:
        part = rest.pop()
        if isinstance(part, (Dictionary, Stream)):
            yield part
            held = [value for _, value in part.items()]
        elif isinstance(part, Array):
            held = list(part)
        else:
            continue
        containers = (value for value in held if isinstance(value, (Dictionary, Array)))
        rest += [value for value in containers if not value.is_indirect]


def _is_active(part):
    keys = set(part.keys())
    return (
        not ENTRIES.isdisjoint(keys)
        or isinstance(part.get("/JS"), (String, Stream))
        or _is_name(part.get("/S"), ACTIONS)
        or _is_name(part.get("/Subtype"), ANNOTATIONS)
        or ("/OpenAction" in keys and not _is_view(part["/OpenAction"]))
        or ("/AA" in keys and not _are_views(part["/AA"]))
        or ("/URI" in keys and not _is_harmless_link(part["/URI"]))
        or (isinstance(part, Stream) and "/F" in keys)  # its bytes are in another file
        or ("/Ref" in keys and _is_elsewhere(part["/Ref"]))
    )


def _is_elsewhere(reference):
    """Return whether what is drawn here is a page of another file."""
    return isinstance(reference, Dictionary) and "/F" in reference


def _is_name(value, names):
    return isinstance(value, Name) and str(value) in names


def _is_view(action):
    """
    Return whether an open action only chooses the view: a destination, or going to one and nothing
    after it.
    """
    if isinstance(action, Dictionary):
        return _is_name(action.get("/S"), {"/GoTo"}) and "/Next" not in action
    return action is None or isinstance(action, (Array, Name, String))


def _are_views(actions):
    if not isinstance(actions, Dictionary):
        return False
    return all(_is_view(action) for _, action in actions.items())


def _is_harmless_link(address):
    r"""
    Return whether this is a web page or a mail address; also one without a scheme, but no
    \\server\share. A base of addresses is none itself.
    """
    if not isinstance(address, String):
        return isinstance(address, Dictionary)
    text = "".join(letter for letter in str(address) if letter.isprintable() and letter != " ")
    if text.startswith(("\\", "//", "/\\")):
        return False
    scheme = SCHEME.match(text)
    return not scheme or scheme[1].lower() in SCHEMES
