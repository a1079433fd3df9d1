"""
The Word templates of a team: what is in use for each document, what may be replaced, and how an
uploaded one looks before it is in use.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import TemplateView

from advocacy.documents import WITH_WORD
from advocacy.forms.word_templates import WordTemplateForm
from programs.actions import use_template
from programs.models import Team, WordTemplate
from sinergi.kit.transitions import TransitionError
from sinergi.kit.uploads import serve_file_of
from sinergi.kit.views import (
    PageMixin,
    RecordCreate,
    RecordDetail,
    RecordHistory,
    TransitionView,
)
from sinergi.kit.word.templates import (
    UnfitTemplate,
    fill_sample,
    read_template,
    shipped_template,
    word_response,
)

LIST = "Templat Word"


def document_named(slug):
    """Return the document with a Word template of this slug. Raises Http404."""
    for document in WITH_WORD:
        if document.slug == slug:
            return document
    raise Http404


def trail_of(team, slug=""):
    """Return (label, url) of the pages above those of a team's templates."""
    trail = [
        (str(team), team.get_absolute_url()),
        (LIST, reverse("advocacy:word_template_list", args=[team.pk])),
    ]
    if slug:
        url = reverse("advocacy:word_template_document", args=[team.pk, slug])
        trail.append((document_named(slug).label, url))
    return trail


# Of a team --------------------------------------------------------------------------------------
class TeamTemplates(PageMixin):
    """What the address names: a team, and mostly a document."""

    model = WordTemplate
    section = "team"

    @cached_property
    def team(self):
        rows = Team.objects.visible_to(self.request.user, self.permission)
        return get_object_or_404(rows.select_related("province"), pk=self.kwargs["team"])

    @cached_property
    def document(self):
        return document_named(self.kwargs["document"])

    @cached_property
    def rows(self):
        """Return the templates of the team for this document."""
        return self.team.word_templates.for_document(self.document.slug)


class WordTemplateList(TeamTemplates, TemplateView):
    template_name = "advocacy/word_template_list.html"
    title = LIST

    def get_parents(self):
        return trail_of(self.team)[:1]

    def get_context_data(self, **kwargs):
        in_use = {
            row.document: row
            for row in self.team.word_templates.in_use().select_related("used_by", "team")
        }
        rows = [(document, in_use.get(document.slug)) for document in WITH_WORD]
        return super().get_context_data(**kwargs | {"team": self.team, "rows": rows})


class WordTemplateDocument(TeamTemplates, TemplateView):
    """What is in use for one document, the fields it may name, and the templates before."""

    template_name = "advocacy/word_template_document.html"

    def get_title(self):
        return f"Templat Word: {self.document.label}"

    def get_parents(self):
        return trail_of(self.team)

    def get_context_data(self, **kwargs):
        rows = list(self.rows.newest_first())
        shown = {
            "team": self.team,
            "document": self.document,
            "versions": rows,
            "in_use": next((row for row in rows if row.is_in_use), None),
            "fields": self.document.word.fields,
        }
        return super().get_context_data(**kwargs | shown)


class WordTemplateDownload(TeamTemplates, View):
    """The template in use, to be edited; ?bawaan=1 gives the shipped one."""

    def get(self, request, **kwargs):
        row = None if "bawaan" in request.GET else self.rows.in_use().first()
        if row:
            return serve_file_of(row)
        logo = Team.logo_kept_as(self.team.letterhead_words["logo"])
        content = shipped_template(self.document.word, logo)
        return word_response(content, f"templat {self.document.label}")


class WordTemplateCreate(TeamTemplates, RecordCreate):
    """The file is judged as a whole; one with faults is not kept."""

    form_class = WordTemplateForm
    template_name = "advocacy/word_template_form.html"
    crumb = "Unggah"
    lead = "Unduh dulu templat yang dipakai, sunting di Word, lalu unggah di sini."
    success_message = "Templat diterima. Periksa contohnya, lalu pilih Pakai."

    def get_title(self):
        return f"Unggah templat: {self.document.label}"

    def get_parents(self):
        return trail_of(self.team, self.document.slug)

    def new_object(self):
        return WordTemplate(team=self.team, document=self.document.slug)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"form": self.document.word}


# One template -----------------------------------------------------------------------------------
class WordTemplatePage:
    model = WordTemplate
    section = "team"
    related = ("team__province",)

    def get_parents(self):
        record = self.get_page_record()
        return trail_of(record.team, record.document) if record else []

    def get_filled(self, record):
        """Return the template with the sample in it. Raises UnfitTemplate."""
        return fill_sample(document_named(record.document).word, read_template(record))


class WordTemplateDetail(WordTemplatePage, RecordDetail):
    """The text of its sample, or what has come to be wrong with it since it was uploaded."""

    template_name = "advocacy/word_template_detail.html"
    permitted_actions = ("change",)
    related = (*WordTemplatePage.related, "created_by", "used_by", "withdrawn_by")

    def get_context_data(self, **kwargs):
        texts, faults = [], []
        try:
            texts = self.get_filled(self.object).texts
        except UnfitTemplate as unfit:
            faults = unfit.faults
        return super().get_context_data(
            document=document_named(self.object.document), texts=texts, faults=faults, **kwargs
        )


class WordTemplateSample(WordTemplatePage, PageMixin, View):
    def get(self, request, pk):
        record = get_object_or_404(self.get_queryset(), pk=pk)
        try:
            content = self.get_filled(record).content
        except UnfitTemplate:
            raise Http404 from None
        return word_response(content, f"contoh {record.download_name.removesuffix('.docx')}")


class WordTemplateUse(WordTemplatePage, TransitionView):
    """Judged once more: the portal may have given up a field since it was uploaded."""

    action = "change"
    question = "Pakai {record}?"
    explanation = (
        "Mulai sekarang naskah Word tim ini memakai templat ini. Templat sebelumnya tetap tersimpan"
        " dan dapat dipakai lagi."
    )
    crumb = button = "Pakai"
    done = "{record} dipakai."

    def perform(self, version):
        try:
            self.get_filled(self.record)
        except UnfitTemplate as unfit:
            told = unfit.faults[0].message
            raise TransitionError(f"Templat ini tidak dapat dipakai. {told}") from None
        use_template(template=self.record, by=self.request.user, version=version)

    def get_success_url(self):
        return trail_of(self.record.team, self.record.document)[-1][1]


class WordTemplateWithdraw(WordTemplatePage, TransitionView):
    action, transition = "change", "withdraw"
    question = "Kembali ke templat bawaan?"
    explanation = (
        "Templat tim tidak dipakai lagi, tetapi tetap tersimpan dan dapat dipakai kembali."
    )
    crumb = button = "Pakai templat bawaan"
    done = "Templat bawaan dipakai lagi."

    def get_success_url(self):
        return trail_of(self.record.team, self.record.document)[-1][1]


class WordTemplateHistory(WordTemplatePage, RecordHistory):
    pass
