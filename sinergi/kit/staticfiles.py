"""One stylesheet made of its parts, and scripts without comments, when `collectstatic` runs."""

import re

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/sinergi.css"
#: An import of a part that lies beside the stylesheet; one from `vendor/` stays an import, so that
#: browsers keep Bootstrap while ours changes.
PART = re.compile(r'@import url\("(?P<name>[\w-]+\.css)"\) layer\((?P<layer>[\w-]+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
#: Whitespace that means nothing. Beside a colon it may: `.a :is(.b)` is not `.a:is(.b)`.
SPACE = re.compile(r"\s*([{};,])\s*|(?<=\s)\s+")
#: The space behind the name of a property, the semicolon behind the last one of a rule, the spaces
#: around a combinator.
SPARE = re.compile(r"((?<=[{;])[\w-]+:) |;(?=\})| ?([>~]) ?")

SCRIPT = re.compile(r"js/\w+\.js")
#: A line of a script that is nothing but a comment, the indentation of the others, a comment that
#: is all a block holds, and one at the end of a line, unless it has a quote: that may be text.
SCRIPT_SPACE = re.compile(
    r"""^[ \t]*//.*\n|^[ \t]+|[ \t]+// [^"'`\n]*$|(?<=\{) /\*[^*\n]*\*/ (?=\})""", re.MULTILINE
)
#: How one of our scripts imports another: at once, or when it is needed.
IMPORTS = (
    (
        r"""(?P<matched>import(?P<what>(?: [\w{*][^;"']*from)?) "(?P<url>\./[^"]+)";)""",
        'import%(what)s "%(url)s";',
    ),
    (r"""(?P<matched>import\("(?P<url>\./[^"]+)"\))""", 'import("%(url)s")'),
)
#: Line breaks that mean nothing, whatever stands on the other side of them.
BREAK = re.compile(r"(?<=[;{,])\n|\n(?=[}.)\]?:&|])")


def lean_script(text):
    """Return a script without its comments and its indentation."""
    return BREAK.sub("", SCRIPT_SPACE.sub("", text))


def bundle(stylesheet, read_part):
    """
    Return `stylesheet` with its parts in the places of their imports, each in its layer, without
    comments and spare whitespace. `read_part` returns the text of a part of this name.
    """
    whole = PART.sub(
        lambda found: f"@layer {found['layer']} {{{read_part(found['name'])}}}", stylesheet
    )
    return SPARE.sub(r"\1\2", SPACE.sub(r"\1", COMMENT.sub("", whole)))


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """
    Hash and compress static files, the stylesheet as one file: on a weak signal six more requests
    take longer than all they bring. Without it, under DEBUG, the browser follows the imports.

    A script names what it imports by its hash: a page that is kept for a time without a signal goes
    on with the files it was prepared with (static/js/worker.js).
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", IMPORTS),
    )

    def post_process(self, paths, *args, **kwargs):
        if STYLESHEET in paths:
            bundled = InMemoryStorage()
            text = bundle(_read(paths, STYLESHEET), lambda name: _read(paths, f"css/{name}"))
            bundled.save(STYLESHEET, ContentFile(text.encode()))
            paths = paths | {STYLESHEET: (bundled, STYLESHEET)}
        scripts, lean = [name for name in paths if SCRIPT.fullmatch(name)], InMemoryStorage()
        for name in scripts:
            lean.save(name, ContentFile(lean_script(_read(paths, name)).encode()))
        paths = paths | {name: (lean, name) for name in scripts}
        yield from super().post_process(paths, *args, **kwargs)


def _read(paths, name):
    """Return the text of the file `name` of those that `collectstatic` found."""
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
