"""Named reads over the expansion of the programme, as it stands on a day."""

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, When

from advocacy.expansion_stages import OPEN, Stage
from sinergi.kit import bulk
from sinergi.kit.querysets import ScopedQuerySet


class ExpansionCaseQuerySet(ScopedQuerySet):
    regency_path = "regency"

    def at(self, day):
        """
        Add the stage of each on a day (`stage`), since when (`since`) and why without evidence
        (`reason`), leaving out those that had not begun by then.
        """
        steps = self.model_of("steps").objects.filter(case=OuterRef("pk"), reached_on__lte=day)
        last = steps.order_by("-number")
        return self.annotate(
            stage=Subquery(last.values("stage")[:1]),
            since=Subquery(last.values("reached_on")[:1]),
            reason=Subquery(last.values("reason")[:1]),
        ).filter(stage__isnull=False)

    def untouched(self):
        """Return those as a list wrote them: neither they nor their only step were changed, and no
        reminder of theirs was put off."""
        later = self.model_of("steps").objects.filter(case=OuterRef("pk"))
        touched = later.filter(Q(number__gt=1) | Q(version__gt=1))
        return self.filter(~Exists(touched), version=1, cadence_snoozes__isnull=True)

    def take_back(self, *, by, kept=()):
        """
        Delete the untouched ones of these with their step, whose history stays, but none of the
        villages `kept` (their codes). Raises StaleRecord where somebody moves one of them at this
        moment. Called where their list is undone.
        """
        rows = self.untouched().values_list("pk", "version", "village")
        cases = {pk: version for pk, version, village in rows if village not in kept}
        steps, step = [], self.model_of("steps")
        for part in bulk.parts(cases):
            rows = step.objects.filter(case__in=part).values_list("pk", "version")
            steps += rows
        bulk.delete(step, steps, by=by)
        bulk.delete(self.model, cases.items(), by=by)

    def open_on(self, day):
        """Return those of official villages whose library runs or stands by itself on a day."""
        return self.at(day).filter(stage__in=OPEN, village__gone_in="")

    def moved_in(self, year):
        """
        Return [(key, day, regency, village)] of every step of theirs in a year that is shown by a
        record which still stands, to a stage further than any before it: going on after a stop, or
        after a step back, counts from there. The earliest first (programs.activity_logs). One
        query.
        """
        steps = self.model_of("steps").objects.filter(reached_on__year=year, is_backward=False)
        rows = steps.filter(case__in=self.order_by()).furthest_yet().with_standing_evidence()
        rows = rows.order_by("reached_on", "case")
        return rows.values_list("case", "reached_on", "case__regency", "case__village")

    def titles_of(self, keys):
        """Return {key: (title, address)} of these (programs.activity_logs)."""
        rows = self.filter(pk__in=keys).select_related("village")
        return {row.pk: (str(row), row.get_absolute_url()) for row in rows}

    def with_places(self):
        return self.select_related("village__district", "regency", "province", "team")


class ExpansionStepQuerySet(ScopedQuerySet):
    regency_path = "regency"

    def in_their_province(self):
        """
        Return all of them, joined with their case and village. That both lie in the province of the
        step goes without saying, but said it keeps the database from reading those of the country.
        """
        return self.filter(case__province=F("province"), case__village__province=F("province"))

    def in_official_villages(self):
        """Return those of villages that are not gone."""
        return self.in_their_province().filter(case__village__gone_in="")

    def last_on(self, day):
        """Return the last step of each case on a day: reached by then, and not left by then."""
        stays = Q(left_on__isnull=True) | Q(left_on__gt=day)
        return self.filter(stays, reached_on__lte=day)

    def furthest_yet(self):
        """Return those to a stage that is further than every earlier one of the case."""
        places = [When(stage=one, then=one.place) for one in Stage if one != Stage.STOPPED]
        place = Case(*places, default=0, output_field=IntegerField())
        earlier = self.model.objects.filter(case=OuterRef("case"), number__lt=OuterRef("number"))
        earlier = earlier.annotate(place=place).filter(place__gte=OuterRef("place"))
        return self.annotate(place=place).filter(~Exists(earlier))

    def with_standing_evidence(self):
        """Return those shown by a record that still stands, as ExpansionStep.fault has it."""
        meeting, decree, report = (
            self.model_of(name).State for name in ("meeting", "decree", "report")
        )
        return self.filter(
            Q(report__isnull=True) | Q(report__state=report.VERIFIED),
            Q(meeting__isnull=True) | ~Q(meeting__state=meeting.CANCELLED),
            Q(decree__isnull=True) | ~Q(decree__state=decree.REVOKED),
            commitment__withdrawn_at__isnull=True,
            realisation__commitment__withdrawn_at__isnull=True,
            reason="",
        )

    def count_by_stage(self, day, by="regency"):
        """
        Return {key of the place: {stage: how many cases}} of the official villages on a day, for
        the pages of places. One query.
        """
        rows = self.last_on(day).in_official_villages().order_by()
        found = {}
        for place, stage, n in rows.values_list(by, "stage").annotate(n=Count("pk")):
            found.setdefault(place, {})[Stage(stage)] = n
        return found

    def with_evidence(self):
        """Read along what shows each step."""
        return self.select_related(
            "meeting",
            "commitment__institution",
            "realisation__commitment__institution",
            "decree",
            "training",
            "report__library",
        )
