"""What is written on the page of a review: comments on activities and on the whole, and answers."""

import uuid

from django import forms

from programs.models import PlanComment
from sinergi.kit.forms import CrispyForm, PlainText

LONGEST_COMMENT = 2000


class ReviewForm(PlainText, CrispyForm, forms.Form):
    """
    A field for each activity of the submission that is shown (`catatan-12`), for the whole plan
    (`catatan`), and for each comment (`jawab-7`).
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.IntegerField(required=False, widget=forms.HiddenInput)
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, plan, number_shown, version_shown, threads, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan, self.number_shown = plan, number_shown
        self.initial |= {
            "version": plan.version,
            "shown": number_shown,
            "idempotency_key": uuid.uuid4(),
        }
        self.items = {item.id: item for item in version_shown.items}
        # Also those that were resolved since the page was opened: what was typed under them is
        # kept.
        self.comments = {row.pk: row for rows in threads.values() for row in rows}
        self._add("catatan", "Catatan untuk seluruh rencana")
        for item in version_shown.items:
            self._add(f"catatan-{item.id}", f"Catatan untuk kegiatan {item.number}")
        for row in self.comments.values():
            self._add(f"jawab-{row.pk}", f"Jawaban untuk: {row.text[:40]}")

    def _add(self, name, label):
        field = forms.CharField(
            label=label, required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea
        )
        field.error_messages["max_length"] = f"Catatan paling panjang {LONGEST_COMMENT} huruf."
        self.fields[name] = field

    @property
    def typed(self):
        """{field: text} of what was typed, to be shown again."""
        return {name: self.data.get(name, "") for name in self.fields} if self.is_bound else {}

    @property
    def answered(self):
        """Keys of the comments under which something is typed."""
        return [key for key in self.comments if self.typed.get(f"jawab-{key}", "").strip()]

    @property
    def whole(self):
        return self.cleaned_data.get("catatan", "").strip()

    def new_comments(self, *, with_whole=True):
        """
        Return the comments that were typed, not saved. Each has a key made of its words, so that a
        second sending adds nothing.
        """
        found = []
        for name, text in self.cleaned_data.items():
            kind, _, key = name.partition("-")
            if (
                kind not in ("catatan", "jawab")
                or not text.strip()
                or (name == "catatan" and not with_whole)
            ):
                continue
            item = self.items[int(key)] if kind == "catatan" and key else None
            answers = self.comments[int(key)] if kind == "jawab" else None
            comment = PlanComment(
                plan=self.plan, round=self.number_shown, text=text.strip(), answers=answers
            )
            comment.idempotency_key = uuid.uuid5(
                self.cleaned_data["idempotency_key"], f"{name}:{text}"
            )
            comment.activity_id = answers.activity_id if answers else item.id if item else None
            comment.about = (
                answers.about if answers else f"{item.number} {item.title}"[:200] if item else ""
            )
            found.append(comment)
        return found
