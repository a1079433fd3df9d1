from programs.models.accounts import AccountEvent
from programs.models.annexes import DecreeMember
from programs.models.assignments import Assignment
from programs.models.decrees import Decree
from programs.models.merges import Merge
from programs.models.people import Institution, Person
from programs.models.teams import Membership, Team

__all__ = ["AccountEvent", "Assignment", "Decree", "DecreeMember", "Institution", "Membership", "Merge", "Person", "Team"]
