"""Named reads over the facts of the programme."""

from sinergi.kit.querysets import ScopedQuerySet


class ProgramReferenceQuerySet(ScopedQuerySet):
    """What is true of the programme lies in no place: who may see it anywhere sees all of it."""

    def visible_to(self, user, permission=None):
        return self if self.would_show(user, None, permission) else self.none()

    def would_show(self, user, record, permission=None):
        return user.is_authenticated and bool(
            user.scope(permission or "villages.view_programreference")
        )

    def outcome_texts(self):
        """Return {key of the outcome: what is said of it}. One query."""
        return dict(self.filter(kind=self.model.Kind.OUTCOME).values_list("key", "text"))
