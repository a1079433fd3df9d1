"""What tests read of a page."""

import re

OPENING = re.compile(r"(<[a-z][^>]*>) ")
BLOCK_END = re.compile(r"(</(?:b|div|li|p|td|th|tr)>) (?=<)")


def html_of(response):
    """
    Return a page's HTML without the whitespace that its templates are laid out with: inside the
    ends of an element, and between blocks. The space between two words in a line stays.
    """
    html = OPENING.sub(r"\1", " ".join(response.content.decode().split()))
    return BLOCK_END.sub(r"\1", html.replace(" </", "</").replace(" >", ">"))
