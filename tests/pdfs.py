"""Plain PDFs to send."""

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def written(catalog, *more, trailer=b""):
    """The bytes of a PDF with one page (object 3); `more` are its objects from number 4 on."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    data, places = b"%PDF-1.7\n", []
    for number, text in enumerate([catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, *more], 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + text + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return data + head + b"trailer << /Size %d /Root 1 0 R " % size + trailer + b" >>\nstartxref\n%d\n%%%%EOF\n" % len(data)


PDF = written(CATALOG)
