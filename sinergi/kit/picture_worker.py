"""Redraw pictures: a worker of sinergi.kit.child. Imports nothing of Django."""

import json
from io import BytesIO

from PIL import Image, ImageOps

from sinergi.kit.frames import pack, unpack

FORMATS = ["JPEG", "PNG", "WEBP"]
#: Pixels of one picture. A JPEG is read reduced and row by row, the others whole: up to 16 bytes a
#: pixel.
MAX_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
#: What a pixel costs of the budget of a request: about 15 ms a million in a JPEG, 50 ms in the
#: others.
COST = {"JPEG": 1, "PNG": 3, "WEBP": 3}
THUMBNAIL_SIDE = 320  # px
Image.MAX_IMAGE_PIXELS = None  # the limits above are our own


def redraw_files(data, budget, side):
    """
    Yield the answer to each packed file (sinergi.kit.frames), as soon as it is drawn, in three
    parts: what became of it as JSON ({} or {"refused": code, …}), the picture as JPEG, and a small
    one.

    `budget` is the number of pixels of all these pictures together, each at its format's cost;
    `side` the pixels of the longer side of what is drawn.
    """
    left = int(budget)
    for file in unpack(data):
        told, content, thumbnail = _drawn(file, left, int(side))
        left -= told.get("cost", 0)
        yield pack(json.dumps(told).encode(), content, thumbnail)


def _drawn(file, left, side):
    try:
        picture = Image.open(BytesIO(file), formats=FORMATS)
        kind = "JPEG" if picture.format == "MPO" else picture.format
        pixels = picture.width * picture.height
        if pixels > MAX_PIXELS[kind]:
            return {"refused": "large", "size": f"{picture.width} × {picture.height}"}, b"", b""
        cost = pixels * COST[kind]
        if cost > left:
            return {"refused": "budget"}, b"", b""
        picture = _upright(picture, side)
    except MemoryError:
        return {"refused": "memory"}, b"", b""
    except Exception:  # what a broken picture, or its metadata, makes the reader raise has no end
        return {"refused": "broken"}, b"", b""
    content = _jpeg(picture, quality=82)
    picture.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return {"cost": cost}, content, _jpeg(picture, quality=70)


def _upright(picture, side):
    """
    Return the picture reduced first (a JPEG is then read reduced), then turned as its camera says,
    on white.
    """
    picture.thumbnail((side, side))
    ImageOps.exif_transpose(picture, in_place=True)
    if picture.mode == "RGB":
        return picture
    rgba = picture.convert("RGBA")
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    return flat


def _jpeg(picture, *, quality):
    buffer = BytesIO()
    # Pillow would write comments, and whatever else it has read beside the picture, again.
    picture.info = {}
    picture.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()
