"""
Administration of what happened: looked up and exported here, written on the portal's pages alone.

There the states, the versions and the frozen minutes hold; a second way to write would be a way
around them.
"""

from django.contrib import admin

from advocacy.models import (
    AdvocacyCase,
    AgendaItem,
    Attachment,
    Attendance,
    AudienceCase,
    Beneficiary,
    CadenceRule,
    CadenceSnooze,
    CasePlace,
    CaseStep,
    Checklist,
    ChecklistVersion,
    Commitment,
    ExpansionCase,
    ExpansionStep,
    FollowUp,
    FollowUpNote,
    MediaCoverage,
    Meeting,
    Partnership,
    Realisation,
    RecommendationAnswer,
    Training,
    TrainingParticipant,
    Trip,
    TripStop,
    TripTraveller,
    Visit,
    VisitAttendance,
    VisitPhoto,
)
from sinergi.kit.admin import HistoryAdmin, ReadOnlyAdmin, ScopedFilter, SharedAdmin


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["title", "kind", "starts_at", "state", "regency", "province"]
    list_select_related = ["regency", "province"]
    list_filter = ["state", "kind", ("province", ScopedFilter)]
    search_fields = ["title", "place"]
    ordering = ["-starts_at", "-id"]


@admin.register(AgendaItem)
class AgendaItemAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["topic", "meeting", "decision"]
    list_select_related = ["meeting"]
    search_fields = ["topic", "decision"]


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["name", "institution", "role", "presence", "is_guest", "meeting"]
    list_select_related = ["meeting"]
    list_filter = ["presence", "is_guest"]
    search_fields = ["name", "institution"]


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["what", "holder", "due_on", "closed_at", "meeting", "visit"]
    list_select_related = ["person_in_charge", "meeting", "visit__library"]
    list_filter = [("province", ScopedFilter)]
    search_fields = ["what", "person_in_charge__name"]

    @admin.display(description="siapa", ordering="person_in_charge")
    def holder(self, followup):
        return followup.holder


@admin.register(FollowUpNote)
class FollowUpNoteAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["followup", "kind", "text", "due_on", "created_at"]
    list_select_related = ["followup"]
    list_filter = ["kind"]


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["original_name", "kind", "content_type", "size", "meeting"]
    list_select_related = ["meeting"]
    list_filter = ["kind"]


@admin.register(AdvocacyCase)
class AdvocacyCaseAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = [
        "asked",
        "institution",
        "aim",
        "stage",
        "stage_since",
        "person_in_charge",
        "province",
    ]
    list_select_related = ["institution", "person_in_charge", "province"]
    list_filter = ["stage", "aim", ("province", ScopedFilter)]
    search_fields = ["asked"]
    ordering = ["-stage_since", "-id"]


@admin.register(CaseStep)
class CaseStepAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["case", "stage", "on", "note"]
    list_select_related = ["case"]
    list_filter = ["stage"]


@admin.register(CasePlace)
class CasePlaceAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["case", "regency", "village"]
    list_select_related = ["case", "regency", "village"]


@admin.register(AudienceCase)
class AudienceCaseAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["meeting", "case"]
    list_select_related = ["meeting", "case"]


@admin.register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = [
        "description",
        "institution",
        "kind",
        "value",
        "value_basis",
        "promised_on",
        "due_on",
        "withdrawn_at",
    ]
    list_select_related = ["institution"]
    list_filter = ["kind", ("province", ScopedFilter)]
    search_fields = ["description"]
    ordering = ["-promised_on", "-id"]


@admin.register(Realisation)
class RealisationAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = [
        "commitment",
        "realised_on",
        "amount",
        "document_kind",
        "document_number",
        "note",
    ]
    list_select_related = ["commitment"]
    list_filter = ["document_kind"]
    ordering = ["-realised_on", "-id"]


@admin.register(Beneficiary)
class BeneficiaryAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["realisation", "village"]
    list_select_related = ["realisation", "village"]


@admin.register(Partnership)
class PartnershipAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["about", "institution", "kind", "number", "starts_on", "ends_on"]
    list_select_related = ["institution"]
    list_filter = ["kind", ("province", ScopedFilter)]
    search_fields = ["about"]
    ordering = ["-starts_on", "-id"]


@admin.register(MediaCoverage)
class MediaCoverageAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["title", "outlet", "published_on", "link"]
    list_filter = [("province", ScopedFilter)]
    search_fields = ["title"]
    ordering = ["-published_on", "-id"]


@admin.register(Checklist)
class ChecklistAdmin(SharedAdmin):
    list_display = ["name", "level", "purpose", "province", "is_sample", "withdrawn_at"]
    list_select_related = ["province"]
    list_filter = ["level", "purpose", ("province", ScopedFilter)]
    search_fields = ["name"]
    ordering = ["name", "id"]


@admin.register(ChecklistVersion)
class ChecklistVersionAdmin(SharedAdmin):
    list_display = ["checklist", "number", "state", "published_at"]
    list_select_related = ["checklist"]
    list_filter = ["state"]
    ordering = ["checklist", "-number"]


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["library", "visited_on", "purpose", "state", "sent_at"]
    list_select_related = ["library"]
    list_filter = ["state", "purpose", ("province", ScopedFilter)]
    search_fields = ["library__name"]
    ordering = ["-visited_on", "-id"]


@admin.register(VisitAttendance)
class VisitAttendanceAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["name", "institution", "role", "is_guest", "visit"]
    list_select_related = ["visit__library"]
    search_fields = ["name", "institution"]


@admin.register(RecommendationAnswer)
class RecommendationAnswerAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["followup", "answer", "note", "due_on", "visit"]
    list_select_related = ["followup", "visit__library"]
    list_filter = ["answer"]


@admin.register(VisitPhoto)
class VisitPhotoAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["original_name", "content_type", "size", "visit"]
    list_select_related = ["visit__library"]


@admin.register(ExpansionCase)
class ExpansionCaseAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["village", "source", "regency", "province"]
    list_select_related = ["village", "regency", "province"]
    list_filter = ["source", ("province", ScopedFilter)]
    search_fields = ["village__name"]
    ordering = ["village"]


@admin.register(ExpansionStep)
class ExpansionStepAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["case", "number", "stage", "reached_on", "reason"]
    list_select_related = ["case__village"]
    list_filter = ["stage", "reason"]
    search_fields = ["note"]
    ordering = ["-reached_on", "-id"]


@admin.register(Trip)
class TripAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["title", "starts_on", "ends_on", "province"]
    list_select_related = ["province"]
    list_filter = [("province", ScopedFilter)]
    search_fields = ["title"]
    ordering = ["-starts_on", "-id"]


@admin.register(Training)
class TrainingAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["title", "subject", "held_on", "province"]
    list_select_related = ["province"]
    list_filter = [("province", ScopedFilter), "subject"]
    search_fields = ["title"]
    ordering = ["-held_on", "-id"]


@admin.register(TrainingParticipant)
class TrainingParticipantAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["village", "name", "gender", "women", "men", "training"]
    list_select_related = ["village", "training"]


@admin.register(TripStop)
class TripStopAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["library", "day", "order", "trip"]
    list_select_related = ["library", "trip"]


@admin.register(TripTraveller)
class TripTravellerAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["name", "institution", "trip"]
    list_select_related = ["trip"]
    search_fields = ["name", "institution"]


@admin.register(CadenceRule)
class CadenceRuleAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["kind", "months", "warn_days", "is_active", "team"]
    list_select_related = ["team__province"]
    list_filter = ["kind", ("team__province", ScopedFilter)]
    ordering = ["team", "kind"]


@admin.register(CadenceSnooze)
class CadenceSnoozeAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["kind", "starts_on", "until", "reason", "ended_at", "team"]
    list_select_related = ["team__province"]
    list_filter = ["kind", ("team__province", ScopedFilter)]
    search_fields = ["reason"]
    ordering = ["-until", "-id"]
