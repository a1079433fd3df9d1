"""Named reads over people, teams and decrees."""

from datetime import date, timedelta

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from programs.names import institution_key, person_key
from sinergi.kit.periods import in_force_on
from sinergi.kit.querysets import ScopedQuerySet

HALF_YEAR = timedelta(days=184)
FIRST_DAY = date.min + HALF_YEAR
#: The sums of a source, and the rows they add up.
SUMMED = [("planned", "lines"), ("spent", "expenses")]
#: An expiry is announced this many days before it.
NOTICE_DAYS = 60


class AssignmentQuerySet(ScopedQuerySet):
    """
    An administrator of a province manages the accounts of that province; national ones, the rest.
    """

    regency_path = "regency"

    def in_force(self, today):
        """Begun, and not ended: the roles an account has now."""
        rows = self.filter(ended_at__isnull=True, starts_on__lte=today).select_related(
            "province", "regency"
        )
        # On every page, so it is asked along with these: whether the portal holds a team of
        # samples.
        teams = (
            self.model._meta.get_field("province")
            .related_model._meta.get_field("team")
            .related_model.objects
        )
        return rows.annotate(among_samples=Exists(teams.samples()))


class TeamQuerySet(ScopedQuerySet):
    def samples(self):
        """Those of demonstration data."""
        return self.filter(is_sample=True)


class InstitutionQuerySet(ScopedQuerySet):
    def with_place(self):
        return self.select_related("regency")

    def to_choose(self):
        """(key, name, where it belongs) of each, for a list of choices."""
        return self.values_list("pk", "name", "regency__name")

    def for_list(self):
        """Named rows of what a list shows."""
        return self.values_list(
            "id",
            "name",
            "abbreviation",
            "sector",
            "phone",
            "email",
            "regency__name",
            "province__name",
            named=True,
        )

    def twins_of(self, institution):
        """
        Others of that province under the same name, written differently, or the same telephone.
        """
        key = institution_key(institution.name or "")
        same = Q(pk__in=[])
        if key:
            same |= Q(name_key=key)
        if institution.phone:
            same |= Q(phone=institution.phone)
        return self.filter(same, province=institution.province_id).exclude(pk=institution.pk)


class PersonQuerySet(ScopedQuerySet):
    def with_place(self):
        return self.select_related("institution", "regency")

    def to_choose(self):
        """(key, name, where it belongs) of each, for a list of choices."""
        return self.values_list("pk", "name", Coalesce("institution__name", "regency__name"))

    def for_list(self):
        """Named rows of what a list shows."""
        places = [
            "institution_id",
            "institution__name",
            "institution__sector",
            "regency__name",
            "province__name",
        ]
        return self.values_list("id", "name", "position", "phone", "email", *places, named=True)

    def key_of(self, user):
        """
        The key of who signs in with this account, to compare with: read first, it leads into an
        ordered index.
        """
        return self.filter(user=user).values("pk")[:1]

    def known_as(self, name, institution, province):
        """
        The one person of that province with this name and institution, or None: two of them are not
        guessed at.
        """
        found = self.filter(
            province=province,
            name__iexact=name.strip(),
            institution__name__iexact=institution.strip(),
        )[:2]
        return found[0] if len(found) == 1 else None

    def twins_of(self, person):
        """
        Others of that province with the same name, written differently, or the same telephone.
        """
        same = Q(pk__in=[])
        if key := person_key(person.name or ""):
            same |= Q(name_key=key)
        if person.phone:
            same |= Q(phone=person.phone)
        return self.filter(same, province=person.province_id).exclude(pk=person.pk)


class Seat(Func):
    """
    The key of the first membership of a chain of successors: whose place it is, however often it
    was handed on. UNION stops at a chain that bites its own tail, which then has no first.
    """

    template = (
        "(WITH RECURSIVE chain (id, earlier) AS (SELECT own.id, own.replaces_id FROM"
        " programs_membership AS own WHERE own.id = %(expressions)s UNION SELECT before.id,"
        " before.replaces_id FROM programs_membership AS before JOIN chain ON before.id ="
        " chain.earlier) SELECT id FROM chain WHERE earlier IS NULL)"
    )
    output_field = BigIntegerField()


class MembershipQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def on(self, day):
        """In force on that day: both the first and the last day count."""
        return self.filter(in_force_on(day))

    def in_order_of_role(self):
        """
        As a decree lists them: penanggung jawab, ketua, sekretaris, then the members; a successor,
        and theirs in turn, in the place left.
        """
        roles = self.model.Role.values
        rank = Case(
            *(When(role=role, then=Value(n)) for n, role in enumerate(roles)),
            output_field=IntegerField(),
        )
        return self.order_by(rank, Coalesce(Seat("pk"), "pk"), "pk")

    def with_people(self):
        return self.select_related("person", "institution")

    def listed_on(self, day):
        """
        The members of that day as a decree lists them, with their people and whom they replaced.
        """
        return self.on(day).in_order_of_role().with_people().select_related("replaces__person")


class DecreeQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def binding(self):
        """Signed once: in force today, expired, or revoked."""
        return self.filter(state__in=["signed", "revoked"])

    def in_force_on(self, day):
        """Those that hold on that day. A decree that changes another falls with it."""
        holds = in_force_on(day, start="effective_from", end="in_force_until")
        parent = in_force_on(day, start="amends__effective_from", end="amends__in_force_until")
        return self.binding().filter(holds).filter(Q(amends__isnull=True) | parent)

    def linked(self):
        """
        As a list, in the order they were made, in which each knows what it amends and replaces,
        where that is in it, too.
        """
        rows = list(self.order_by("pk"))
        by_key = {row.pk: row for row in rows}
        for row in rows:
            for name in ("amends", "replaces"):
                if earlier := by_key.get(getattr(row, f"{name}_id")):
                    setattr(row, name, earlier)
        return rows

    def may_be_followed(self, today):
        """Base decrees whose last day has not passed: what may be changed or replaced."""
        lasting = Q(in_force_until__isnull=True) | Q(in_force_until__gte=today)
        return self.binding().filter(lasting, amends__isnull=True)

    def on_its_way(self, day):
        """A draft, or signed and to begin later; the latest first."""
        ahead = Q(state="signed", effective_from__gt=day)
        return self.filter(Q(state__in=self.model.PENDING) | ahead).order_by("-pk")

    def expiring(self, today):
        """In force, ending within NOTICE_DAYS, and with no successor on its way."""
        holds = in_force_on(today, start="effective_from", end="in_force_until")
        soon = self.filter(holds, state="signed", amends__isnull=True, successors__isnull=True)
        return soon.filter(in_force_until__lte=today + timedelta(days=NOTICE_DAYS)).order_by(
            "in_force_until", "pk"
        )


class DecreeMemberQuerySet(ScopedQuerySet):
    province_path = "decree__team__province"


class FundingSourceQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def with_sums(self):
        """
        `planned` and `spent` (whole rupiah) of each; two subqueries, so that neither multiplies the
        other.
        """
        sums = {name: self.model._meta.get_field(related).related_model for name, related in SUMMED}
        return self.annotate(
            **{
                name: Coalesce(
                    Subquery(
                        model.objects.filter(source=OuterRef("pk"))
                        .order_by()
                        .values("source")
                        .annotate(n=Sum("amount"))
                        .values("n")
                    ),
                    0,
                    output_field=BigIntegerField(),
                )
                for name, model in sums.items()
            }
        )

    def open_to(self, plan):
        """What the plan may draw on: its team's sources of its year, money first."""
        return self.filter(team=plan.team_id, year=plan.starts_on.year).order_by(
            "support", "kind", "pk"
        )

    def to_copy(self, team, year):
        """
        What the team's last year before this one offers to it, as {"year": …, "sources": […]}:
        those that this year does not have. None if there is nothing.
        """
        rows = self.filter(team=team, year__lte=year).order_by("-year", "support", "kind", "pk")
        earlier = rows.filter(year__lt=year).values("year")[:1]
        keys = [
            (row, (row.kind, row.support, row.name))
            for row in rows.filter(Q(year=year) | Q(year=Subquery(earlier)))
        ]
        there = {key for row, key in keys if row.year == year}
        sources = [row for row, key in keys if row.year < year and key not in there]
        return {"year": sources[0].year, "sources": sources} if sources else None

    def used_by(self, plan):
        """Those from which its activities take something."""
        lines = self.model._meta.get_field("lines").related_model.objects
        return self.filter(pk__in=lines.of_plan(plan).order_by().values("source")).order_by("pk")

    def of_plan(self, plan):
        """Those of the plan's year, and whatever its activities use."""
        used = Q(pk__in=self.used_by(plan).order_by().values("pk"))
        return self.filter(Q(team=plan.team_id, year=plan.year) | used).order_by("pk")

    def planned_elsewhere(self, plan):
        """
        {source: rupiah} that other plans of the team take from the sources of this plan's year.
        """
        lines = self.model._meta.get_field("lines").related_model.objects
        found = lines.filter(source__team=plan.team_id, source__year=plan.starts_on.year).exclude(
            activity__plan=plan
        )
        return dict(found.order_by().values_list("source").annotate(Sum("amount")))


class WorkPlanQuerySet(ScopedQuerySet):
    province_path = "team__province"

    def approved_first(self, today):
        """Approved at least once and begun: the one of today, else the last before."""
        return self.filter(approved_at__isnull=False, starts_on__lte=today).order_by(
            "-starts_on", "team"
        )

    def sharing_a_day_with(self, plan):
        return self.filter(starts_on__lte=plan.ends_on, ends_on__gte=plan.starts_on).exclude(
            pk=plan.pk
        )

    def to_review(self):
        return self.filter(state="submitted")

    def for_list(self):
        """
        With the number of activities (`n`) and the money they take (`cash`, whole rupiah). Both are
        subqueries, which a page asks of its own rows alone.
        """
        activities = self.model._meta.get_field("activities").related_model
        lines = activities._meta.get_field("lines").related_model
        own = activities.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
        money = (
            lines.objects.filter(activity__plan=OuterRef("pk"), source__support="cash")
            .order_by()
            .values("activity__plan")
        )
        sums = {"n": own.annotate(found=Count("pk")), "cash": money.annotate(found=Sum("amount"))}
        rows = self.select_related("team")
        return rows.annotate(
            **{
                name: Coalesce(Subquery(found.values("found")), 0, output_field=BigIntegerField())
                for name, found in sums.items()
            }
        )


class SubmissionQuerySet(ScopedQuerySet):
    province_path = "plan__team__province"

    def with_people(self):
        return self.select_related("created_by", "decided_by")

    def holding(self):
        """Approved, the last one first."""
        return self.filter(outcome="approved").order_by("-number")

    def holding_of_first(self, plans):
        """What holds of the first of these ordered plans."""
        return self.holding().filter(plan=plans.values("pk")[:1])

    def approved_after(self, number):
        """The next one that was approved, or None."""
        return self.filter(number__gt=number, outcome="approved").order_by("number").first()


class ActivityQuerySet(ScopedQuerySet):
    province_path = "plan__team__province"

    def in_order(self):
        return self.order_by("role", "order", "pk")

    def counting(self, log):
        """Those whose progress is counted from such logs ("meetings", "commitments", …)."""
        return self.filter(
            way__in=[way for way, name in self.model.COUNTED_FROM.items() if name == log]
        )

    def offered_to(self, team, day, *, log, chosen=None):
        """
        Activities that a log of that day may belong to: counted from such logs, in the team's plan
        of that day or one that ended in the half-year before, for what is done late; and the one
        (its key) to which it belongs already.
        """
        since = day - HALF_YEAR if day > FIRST_DAY else day  # of a year mistyped as 1
        near = Q(plan__starts_on__lte=day, plan__ends_on__gte=since)
        counted = self.counting(log).filter(near).order_by().values("pk")
        return self.filter(Q(pk__in=counted) | Q(pk=chosen), plan__team=team).order_by(
            "plan__starts_on", "role", "order", "pk"
        )

    def to_read(self):
        """With everything that a plan says of them; two queries at any number."""
        return (
            self.in_order()
            .select_related("regency", "village", "person_in_charge")
            .prefetch_related("lines")
        )


class OfActivityQuerySet(ScopedQuerySet):
    """Budget lines, expenses and achievements: where their activity's team works."""

    province_path = "activity__plan__team__province"

    def of_plan(self, plan):
        return self.filter(activity__plan=plan)


class CommentQuerySet(ScopedQuerySet):
    province_path = "plan__team__province"

    def threads_of(self, plan):
        """
        {activity or None: [comment with its answers in `thread`]} of the whole plan; one query.
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
