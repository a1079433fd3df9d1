"""Named reads over what was handed in for review, and what is said about it."""

from sinergi.kit.querysets import ScopedQuerySet


class SubmissionQuerySet(ScopedQuerySet):
    province_path = "plan__team__province"

    def with_people(self):
        return self.select_related("created_by", "decided_by")

    def holding(self):
        """Filter the approved ones, the last first."""
        return self.filter(outcome=self.model.Outcome.APPROVED).order_by("-number")

    def holding_of_first(self, plans):
        """Filter what holds of the first of these ordered plans."""
        return self.holding().filter(plan=plans.values("pk")[:1])

    def approved_after(self, number):
        """Return the next one that was approved, or None."""
        approved = self.filter(number__gt=number, outcome=self.model.Outcome.APPROVED)
        return approved.order_by("number").first()


class CommentQuerySet(ScopedQuerySet):
    province_path = "plan__team__province"

    def threads_of(self, plan):
        """
        Return {activity or None: [comment with its answers in `thread`]} of the whole plan. One
        query.
        """
        found, heads = {}, {}
        for row in (
            self.filter(plan=plan).select_related("created_by", "resolved_by").order_by("pk")
        ):
            if row.answers_id is None:
                row.thread, heads[row.pk] = [], row
                found.setdefault(row.activity_id, []).append(row)
            elif head := heads.get(row.answers_id):
                head.thread.append(row)
        return found
