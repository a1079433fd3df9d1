"""Base view of what is printed: a document as a page, and as a file to take along."""

from django.http import Http404, HttpResponse
from django.utils.functional import cached_property

from sinergi.kit.documents import pdf_response, render_pdf, requested_paper_size
from sinergi.kit.text import file_stem
from sinergi.kit.views.pages import RecordDetail
from sinergi.kit.word.templates import (
    LostTemplate,
    UnfitTemplate,
    fill_word,
    read_template,
    word_response,
)


class DocumentView(RecordDetail):
    """
    One of the `documents` (sinergi.kit.documents.Document) of a record, named in the address by its
    slug; one that the record has not, or not yet, does not exist.

    As a page with the ways to take it along, or (`output`) as a PDF, on A4 or F4 (?kertas=f4); as a
    Word file, where the document has one; or the logo of its letterhead alone, for the page. Who
    may not read the document does not see that either.
    """

    documents = ()
    output = "page"

    @cached_property
    def document(self):
        for document in self.documents:
            if document.slug == self.kwargs["document"] and self.is_drawn(document):
                return document
        raise Http404

    def is_drawn(self, document):
        """Return whether the document has this output."""
        return self.output != "word" or document.word is not None

    @property
    def crumb(self):
        return self.document.label

    def get_object(self, queryset=None):
        record = super().get_object(queryset)
        if not self.document.is_available(record):
            raise Http404
        return record

    def get_title(self):
        return f"{self.document.label}: {self.object}"

    def get_template_names(self):
        return [f"documents/{self.document.template}.html"]

    def get_options(self):
        return self.document.get_options(self.request.GET)

    def get_query(self):
        """Return the query string without the paper size, which each download names itself."""
        asked = self.request.GET.copy()
        asked.pop("kertas", None)
        return asked.urlencode()

    def get_data(self):
        """Return what the document of this record says, with the options of the query string."""
        return self.document.get_data(self.object, **self.get_options())

    def get_context_data(self, **kwargs):
        paper, word = self.get_data(), self.document.word
        return super().get_context_data(
            paper=paper,
            document=self.document,
            word_template=self.get_word_template() if word else None,
            word_hint=word.get_hint(paper) if word else "",
            options=self.get_options(),
            query=self.get_query(),
            logo_url="lambang/",
            **kwargs,
        )

    def get(self, request, *args, **kwargs):
        if self.output == "page":
            return super().get(request, *args, **kwargs)
        self.object = self.get_object()
        if self.output == "logo":
            return logo_response(self.document.get_letterhead(self.object).get("logo"))
        data = self.get_data()
        if self.output == "word":
            return word_response(self.get_word(data), data["title"])
        stem = file_stem(data["title"], self.document.slug)
        return pdf_response(self.get_pdf(data), f"{stem}.pdf")

    def get_pdf(self, data):
        """Return the PDF (bytes) of these data."""
        told = data | {"paper": requested_paper_size(self.request)}
        return render_pdf(self.document.template, told, at=self.document.made_at(self.object))

    def get_word(self, data):
        """Return the Word file (bytes) of these data."""
        template = self.get_word_template()
        try:
            content = read_template(template) if template else b""
        except UnfitTemplate as lost:
            raise LostTemplate(str(lost)) from None
        return fill_word(self.document.word, data, content).content

    def get_word_template(self):
        """
        Return what takes the place of the shipped Word template and is read (`read`), or None.
        """
        return


def logo_response(logo):
    """Return the logo of a letterhead (its bytes, as a list) as a picture. Raises Http404."""
    if not logo:
        raise Http404
    response = HttpResponse(bytes(logo), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response
