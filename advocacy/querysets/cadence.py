"""Named reads over the rules of a team's rhythm and over what was put off."""

from sinergi.kit.querysets import ScopedQuerySet


class CadenceRuleQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def of_team(self, team):
        """Return {kind: rule} of what this team has changed."""
        return {rule.kind: rule for rule in self.filter(team=team)}


class CadenceSnoozeQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def latest_first(self):
        """Return them with who made and who ended them, the newest on top."""
        return self.select_related("created_by", "ended_by").order_by("-number", "-pk")

    def with_subjects(self):
        """Select the records that they are about, with what names them."""
        return self.select_related(*self.model.SUBJECT_COLUMNS, "expansion__village")

    def about(self, kind, key, column):
        """Return those of one thing: of one record, or (no key) of the rule as a whole."""
        rows = self.filter(kind=kind)
        return rows.filter(**{column: key}) if key else rows.without_subject()

    def without_subject(self):
        """Return those of a rule as a whole."""
        return self.filter(**{f"{name}__isnull": True for name in self.model.SUBJECT_COLUMNS})
