"""The files that the portal hands out, opened by LibreOffice and qpdf."""
