from programs.models.accounts import AccountEvent
from programs.models.activities import Achievement, PlannedActivity
from programs.models.annexes import DecreeMember
from programs.models.assignments import Assignment
from programs.models.decrees import Decree
from programs.models.expenses import Expense
from programs.models.funding import BudgetLine, FundingSource
from programs.models.institutions import Institution
from programs.models.memberships import Membership
from programs.models.merges import Merge
from programs.models.people import Person
from programs.models.plans import WorkPlan
from programs.models.reviews import PlanComment, PlanSubmission
from programs.models.teams import Team
from programs.models.word_templates import WordTemplate

__all__ = [
    "AccountEvent",
    "Achievement",
    "Assignment",
    "BudgetLine",
    "Decree",
    "DecreeMember",
    "Expense",
    "FundingSource",
    "Institution",
    "Membership",
    "Merge",
    "Person",
    "PlanComment",
    "PlanSubmission",
    "PlannedActivity",
    "Team",
    "WordTemplate",
    "WorkPlan",
]
