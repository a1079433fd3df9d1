from programs.models.assignments import Assignment
from programs.models.people import Institution, Person
from programs.models.teams import Membership, Team

__all__ = ["Assignment", "Institution", "Membership", "Person", "Team"]
