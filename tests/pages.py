"""What tests read of a page."""


def html_of(answer):
    """Return the HTML of an answer with one space for any whitespace, as a browser reads it."""
    return " ".join(answer.content.decode().split())
