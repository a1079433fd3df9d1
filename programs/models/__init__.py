from programs.models.assignments import Assignment
from programs.models.decrees import Decree, DecreeMember
from programs.models.merges import Merge
from programs.models.people import Institution, Person
from programs.models.teams import Membership, Team

__all__ = ["Assignment", "Decree", "DecreeMember", "Institution", "Membership", "Merge", "Person", "Team"]
