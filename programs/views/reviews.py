"""The chair's page, what was handed in each time, and the decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from programs.actions import (
    add_comments,
    approve_plan,
    resolve_comment,
    return_plan,
    submit_plan,
)
from programs.comment_pages import CommentPage
from programs.forms.reviews import ReviewForm
from programs.models import (
    PlanComment,
)
from programs.plan_pages import plan_page, plan_rows
from programs.plan_versions import changes_between, version_of
from programs.views.plans import PlanPage, trail_to
from sinergi.kit.database_errors import constraint_message, deadlock_as_conflict
from sinergi.kit.forms import ReasonForm
from sinergi.kit.models import StaleRecord
from sinergi.kit.money import rupiah
from sinergi.kit.text import parse_number
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import (
    CHANGED,
    DRAFT_SENT,
    RecordDetail,
    TransitionView,
)


class SubmissionReading(PlanPage, RecordDetail):
    """One submission, and how it differs from an earlier one: the one before it, or ?banding=."""

    def read(self, plan, number_shown):
        compared = parse_number(self.request.GET.get("banding"))
        compared = compared if 0 < compared < number_shown else number_shown - 1
        if number_shown > plan.round:
            raise Http404
        found = {
            row.number: row
            for row in plan.submissions.filter(number__in=[number_shown, compared]).with_people()
        }
        if number_shown not in found:
            raise Http404
        self.submission, self.earlier = found[number_shown], found.get(compared)
        self.version = version_of(self.submission.content)
        self.changes = (
            changes_between(version_of(self.earlier.content), self.version) if self.earlier else []
        )

    def get_context_data(self, **kwargs):
        plan = self.object
        return super().get_context_data(
            **{
                "plan": plan,
                "submission": self.submission,
                "earlier": self.earlier,
                "others": [
                    n
                    for n in range(1, self.submission.number)
                    if not self.earlier or n != self.earlier.number
                ],
                "version": self.version,
                "changes": self.changes,
                "may": self.get_permitted_actions(),
                "rows": plan_rows(self.version, changes=self.changes),
                "page": plan_page(plan),
            }
            | kwargs
        )


class PlanReview(SubmissionReading):
    """
    What was handed in last, what changed in it, and what is said about it; the chair decides here.

    Six queries at any size. Whatever button is pressed, the comments that were typed are kept.
    """

    template_name = "programs/review_detail.html"
    has_actions = True
    crumb = "Tinjauan"

    def get_title(self):
        return f"Tinjauan {self.object}"

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        if not self.object.round:
            messages.info(request, "Rencana ini belum pernah diajukan.")
            return HttpResponseRedirect(self.object.get_absolute_url())
        self.prepare(self.object.round)
        return self.show(self.form_for(None))

    def prepare(self, shown):
        """
        Read the submission on the page (`shown`); since the page was opened there may be a later
        one.
        """
        self.read(self.object, shown if 0 < shown <= self.object.round else self.object.round)
        self.threads = PlanComment.objects.threads_of(self.object)

    def form_for(self, data):
        shown = {"number_shown": self.submission.number, "version_shown": self.version}
        return ReviewForm(data, plan=self.object, threads=self.threads, **shown)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        if not self.object.round:
            raise Http404
        self.prepare(parse_number(request.POST.get("shown")))
        action, _, key = request.POST.get("aksi", "catat").partition("-")
        needed = "approve_workplan" if action in ("kembalikan", "setujui") else "add_plancomment"
        if not request.user.has_perm(f"programs.{needed}", self.object):
            raise PermissionDenied
        form = self.form_for(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            with deadlock_as_conflict():
                return getattr(self, f"do_{action}", self.do_catat)(form, key)
        except StaleRecord:
            form.add_error(None, CHANGED)
        except IntegrityError as error:
            form.add_error(None, constraint_message(error, PlanComment))
        except TransitionError as refused:
            form.add_error(None, str(refused))
        return self.show(form, status=409)

    # The buttons --------------------------------------------------------------------------------
    def do_catat(self, form, key):
        comments = form.new_comments()
        if not comments:
            raise TransitionError("Tuliskan catatannya dulu.")
        add_comments(comments=comments, by=self.request.user)
        self.tell(len(comments))
        return self.again()

    def do_selesai(self, form, key):
        comment = get_object_or_404(
            self.object.comments.select_related("plan__team"), pk=parse_number(key)
        )
        if not comment.may_be_resolved_by(self.request.user):
            raise PermissionDenied
        resolve_comment(comment=comment, along=form.new_comments(), by=self.request.user)
        messages.success(self.request, "Catatan ditandai selesai.", DRAFT_SENT)
        return self.again()

    def do_kembalikan(self, form, key):
        user, version = self.request.user, form.cleaned_data["version"]
        comments = form.new_comments(with_whole=False)
        if not self.was_returned_by_this_page(version):
            return_plan(
                plan=self.object, by=user, reason=form.whole, comments=comments, version=version
            )
        messages.success(self.request, f"{self.object} dikembalikan ke sekretariat.", DRAFT_SENT)
        return self.again()

    def do_setujui(self, form, key):
        """Store the comments and go on to the question, with the version that was seen here."""
        comments = form.new_comments()
        add_comments(comments=comments, by=self.request.user)
        self.tell(len(comments))
        url = reverse("programs:plan_approve", args=[self.object.pk])
        return HttpResponseRedirect(f"{url}?versi={form.cleaned_data['version']}")

    def was_returned_by_this_page(self, version):
        """Whether an earlier sending of this form returned the plan, and its answer got lost."""
        plan = self.object
        own = plan.state == plan.State.RETURNED and plan.returned_by_id == self.request.user.pk
        return own and version == plan.version - 1

    def tell(self, count):
        """Say how many comments were stored; a second sending is told the same as the first."""
        if count:
            messages.success(self.request, f"{count} catatan disimpan.", DRAFT_SENT)

    def again(self):
        return HttpResponseRedirect(self.request.path)

    def show(self, form, *, status=200):
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs):
        plan, user = self.object, self.request.user
        open_count, names = 0, self.submission.names
        for rows in self.threads.values():
            for row in rows:
                row.plan = plan
                for one in (row, *row.thread):
                    one.author = names.get(one.created_by_id) or one.created_by
                row.resolver = names.get(row.resolved_by_id) or row.resolved_by
                row.resolvable = not row.is_resolved and row.may_be_resolved_by(user)
                open_count += not row.is_resolved
        form, shown = kwargs["form"], {item.id for item in self.version.items}
        pages = CommentPage(
            self.threads, asked=parse_number(self.request.GET.get("catatan")), typed=form.answered
        )
        writes = user.has_perm("programs.add_plancomment", plan) and plan.takes_comments
        errors = {name: texts[0] for name, texts in form.errors.items()} if form.is_bound else {}
        return super().get_context_data(
            rows=plan_rows(self.version, changes=self.changes, threads=pages.shown),
            comments=pages,
            page=plan_page(plan, review=True, writes=writes, typed=form.typed, errors=errors),
            of_whole=pages.shown.get(None, []),
            elsewhere=[
                row
                for key, rows in pages.shown.items()
                if key is not None and key not in shown
                for row in rows
            ],
            open_count=open_count,
            decides=user.has_perm("programs.approve_workplan", plan)
            and plan.state == plan.State.SUBMITTED,
            own=plan.submitted_by_id == user.pk,
            writes=writes,
            **kwargs,
        )


class PlanVersion(SubmissionReading):
    """A submission as it was handed in; never changes."""

    template_name = "programs/review_version.html"

    def get_title(self):
        return f"{self.object}, versi {self.kwargs['number']}"

    def get_trail(self):
        return trail_to(self.object)

    def get_context_data(self, **kwargs):
        self.read(self.object, self.kwargs["number"])
        submission = self.submission
        kept = (
            submission
            if submission.paper
            else self.object.submissions.approved_after(submission.number)
        )
        submitter = kept.names.get(submission.created_by_id) if kept else None
        return super().get_context_data(submitter=submitter or submission.created_by, **kwargs)


class PlanApprove(PlanPage, TransitionView):
    """
    Ask before approving, with what it is about; the version is the one that the review showed.
    """

    action = "approve"
    question = "Setujui {record}?"
    crumb = button = "Setujui rencana"
    done = "{record} disetujui."

    def get_initial(self):
        return {"version": parse_number(self.request.GET.get("versi")) or self.record.version}

    @property
    def explanation(self):
        submission = self.record.submissions.filter(number=self.record.round).first()
        if submission is None:
            return "Rencana ini belum diajukan."
        version = version_of(submission.content)
        left = self.record.comments.filter(answers__isnull=True, resolved_at__isnull=True).count()
        still_open = f" Masih ada {left} catatan yang belum ditandai selesai." if left else ""
        return (
            f"Versi {submission.number}: {len(version.items)} kegiatan senilai"
            f" {rupiah(version.cash)} menjadi acuan tim. Perubahan sesudahnya memerlukan revisi"
            f" yang ditinjau lagi.{still_open}"
        )

    def perform(self, version):
        approve_plan(plan=self.record, by=self.request.user, version=version)


class PlanSubmit(PlanPage, TransitionView):
    action = "submit"
    question = "Ajukan {record} ke Ketua Tim?"
    explanation = (
        "Selama menunggu tinjauan, isinya tidak dapat diubah. Ketua Tim melihat yang berubah sejak"
        " pengajuan terakhir."
    )
    crumb = button = "Ajukan rencana"
    done = "{record} diajukan ke Ketua Tim."

    def perform(self, version):
        submit_plan(plan=self.record, by=self.request.user, version=version)


class PlanRevise(PlanPage, TransitionView):
    action, transition = "submit", "revise"
    form_class = ReasonForm
    question = "Buka revisi {record}?"
    explanation = (
        "Rencana yang disetujui tetap berlaku sampai revisinya disetujui Ketua Tim. Alasannya"
        " tercatat."
    )
    crumb = button = "Buka revisi"
    done = "Revisi dibuka; kegiatannya dapat diubah."
