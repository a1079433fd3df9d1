from programs.models.accounts import AccountEvent
from programs.models.activities import Achievement, PlannedActivity
from programs.models.annexes import DecreeMember
from programs.models.assignments import Assignment
from programs.models.comments import PlanComment
from programs.models.decrees import Decree
from programs.models.funding import BudgetLine, Expense
from programs.models.merges import Merge
from programs.models.people import Institution, Person
from programs.models.plans import PlanSubmission, WorkPlan
from programs.models.sources import FundingSource
from programs.models.teams import Membership, Team

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
    "WorkPlan",
]
