"""Named reads over Word templates."""

from sinergi.kit.querysets import ScopedQuerySet


class WordTemplateQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def for_document(self, slug):
        return self.filter(document=slug)

    def in_use(self):
        return self.filter(state=self.model.State.IN_USE)

    def newest_first(self):
        """Return them with whoever uploaded and used them."""
        return self.select_related("created_by", "used_by", "withdrawn_by").order_by("-pk")
