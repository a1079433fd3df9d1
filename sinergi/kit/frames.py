"""
Pack several byte strings into one, between a process and its child (sinergi.kit.child). Imports
nothing of Django.
"""

HEAD = 8  # bytes that say how long the next piece is


def pack(*parts):
    """Return the parts joined, each behind its length."""
    return b"".join(len(part).to_bytes(HEAD, "big") + part for part in parts)


def unpack(data):
    """Return the packed parts; one that was cut off is left out."""
    parts, position = [], 0
    while position + HEAD <= len(data):
        begin = position + HEAD
        position = begin + int.from_bytes(data[position:begin], "big")
        if position <= len(data):
            parts.append(data[begin:position])
    return parts
