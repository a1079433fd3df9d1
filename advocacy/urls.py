from django.urls import path

from advocacy.document_urls import document_patterns
from advocacy.models import (
    Attachment,
    FollowUpNote,
    MediaCoverage,
    Partnership,
    Realisation,
    VisitPhoto,
)
from advocacy.views import (
    attachments,
    cadence,
    calendars,
    cases,
    checklists,
    commitments,
    expansion,
    expansion_board,
    expansion_imports,
    expansion_steps,
    expansion_villages,
    followups,
    media,
    meeting_schedules,
    meetings,
    minutes,
    partnerships,
    realisations,
    shares,
    trainings,
    trips,
    visit_reports,
    visit_schedule,
    visits,
)
from sinergi.kit.views import FileView, KeptFile

app_name = "advocacy"
urlpatterns = [
    path("rapat/", meetings.MeetingList.as_view(), name="meeting_list"),
    path("rapat/baru/", minutes.MeetingCreate.as_view(), name="meeting_create"),
    path("rapat/anggota/<int:team>/", minutes.RosterPart.as_view(), name="roster"),
    path("rapat/<int:pk>/", meetings.MeetingDetail.as_view(), name="meeting_detail"),
    path("rapat/<int:pk>/ubah/", minutes.MeetingUpdate.as_view(), name="meeting_update"),
    path("rapat/<int:pk>/riwayat/", meetings.MeetingHistory.as_view(), name="meeting_history"),
    path("rapat/<int:pk>/berlangsung/", meetings.MeetingHold.as_view(), name="meeting_hold"),
    path("rapat/<int:pk>/kirim/", meetings.MeetingSubmit.as_view(), name="meeting_submit"),
    path(
        "rapat/<int:pk>/tarik-kembali/",
        meetings.MeetingTakeBack.as_view(),
        name="meeting_take_back",
    ),
    path("rapat/<int:pk>/sahkan/", meetings.MeetingApprove.as_view(), name="meeting_approve"),
    path("rapat/<int:pk>/kembalikan/", meetings.MeetingReturn.as_view(), name="meeting_return"),
    path("rapat/<int:pk>/buka-kembali/", meetings.MeetingReopen.as_view(), name="meeting_reopen"),
    path(
        "rapat/<int:pk>/batalkan/", meeting_schedules.MeetingCancel.as_view(), name="meeting_cancel"
    ),
    path(
        "rapat/<int:pk>/jadwalkan-lagi/",
        meeting_schedules.MeetingReplan.as_view(),
        name="meeting_replan",
    ),
    path("rapat/<int:pk>/kalender.ics", calendars.MeetingCalendar.as_view(), name="meeting_ics"),
    path("rapat/<int:pk>/bagikan/", shares.MeetingShare.as_view(), name="meeting_share"),
    path("rapat/<int:pk>/kegiatan/", meetings.MeetingTie.as_view(), name="meeting_tie"),
    path("tindak-lanjut/", followups.FollowUpList.as_view(), name="followup_list"),
    path("tindak-lanjut/ringkasan/", shares.GroupSummary.as_view(), name="group_summary"),
    path(
        "tindak-lanjut/ingatkan/<int:pk>/", shares.PersonReminder.as_view(), name="person_reminder"
    ),
    path("tindak-lanjut/<int:pk>/", followups.FollowUpDetail.as_view(), name="followup_detail"),
    path(
        "tindak-lanjut/<int:followup>/perkembangan/baru/",
        followups.ProgressCreate.as_view(),
        name="followup_progress",
    ),
    path(
        "tindak-lanjut/<int:pk>/selesai/", followups.FollowUpClose.as_view(), name="followup_close"
    ),
    path(
        "tindak-lanjut/<int:pk>/buka-lagi/",
        followups.FollowUpReopen.as_view(),
        name="followup_reopen",
    ),
    path(
        "tindak-lanjut/riwayat/<int:pk>/bukti/",
        KeptFile.as_view(model=FollowUpNote),
        name="followup_kept",
    ),
    path(
        "tindak-lanjut/<uuid:key>/bukti/",
        FileView.as_view(model=FollowUpNote),
        name="followup_evidence",
    ),
    path("advokasi/", cases.CaseBoard.as_view(), name="case_board"),
    path("advokasi/daftar/", cases.CaseList.as_view(), name="case_list"),
    path("advokasi/baru/", cases.CaseCreate.as_view(), name="case_create"),
    path("advokasi/<int:pk>/", cases.CaseDetail.as_view(), name="case_detail"),
    path("advokasi/<int:pk>/ubah/", cases.CaseUpdate.as_view(), name="case_update"),
    path("advokasi/<int:pk>/tahap/", cases.CaseMove.as_view(), name="case_move"),
    path("advokasi/tahap/<int:pk>/ubah/", cases.StepUpdate.as_view(), name="step_update"),
    path("advokasi/<int:pk>/hapus/", cases.CaseDelete.as_view(), name="case_delete"),
    path("advokasi/<int:pk>/riwayat/", cases.CaseHistory.as_view(), name="case_history"),
    path("komitmen/", commitments.CommitmentList.as_view(), name="commitment_list"),
    path("komitmen/jumlah/", commitments.CommitmentSums.as_view(), name="commitment_sums"),
    path("komitmen/baru/", commitments.CommitmentCreate.as_view(), name="commitment_create"),
    path("komitmen/<int:pk>/", commitments.CommitmentDetail.as_view(), name="commitment_detail"),
    path(
        "komitmen/<int:pk>/ubah/", commitments.CommitmentUpdate.as_view(), name="commitment_update"
    ),
    path(
        "komitmen/<int:pk>/tarik/",
        commitments.CommitmentWithdraw.as_view(),
        name="commitment_withdraw",
    ),
    path(
        "komitmen/<int:pk>/pulihkan/",
        commitments.CommitmentRenew.as_view(),
        name="commitment_renew",
    ),
    path(
        "komitmen/<int:pk>/hapus/", commitments.CommitmentDelete.as_view(), name="commitment_delete"
    ),
    path(
        "komitmen/<int:pk>/riwayat/",
        commitments.CommitmentHistory.as_view(),
        name="commitment_history",
    ),
    path(
        "komitmen/<int:commitment>/realisasi/baru/",
        realisations.RealisationCreate.as_view(),
        name="realisation_create",
    ),
    path("realisasi/", realisations.RealisationList.as_view(), name="realisation_list"),
    path(
        "realisasi/<int:pk>/ubah/",
        realisations.RealisationUpdate.as_view(),
        name="realisation_update",
    ),
    path(
        "realisasi/<int:pk>/hapus/",
        realisations.RealisationDelete.as_view(),
        name="realisation_delete",
    ),
    path(
        "realisasi/riwayat/<int:pk>/bukti/",
        KeptFile.as_view(model=Realisation),
        name="realisation_kept",
    ),
    path(
        "realisasi/<uuid:key>/bukti/",
        FileView.as_view(model=Realisation),
        name="realisation_evidence",
    ),
    path(
        "perluasan/",
        expansion_villages.ExpansionCoverage.as_view(),
        name="expansion_coverage",
    ),
    path("perluasan/papan/", expansion_board.ExpansionBoard.as_view(), name="expansion_board"),
    path(
        "perluasan/desa/",
        expansion_villages.ExpansionVillageList.as_view(),
        name="expansion_village_list",
    ),
    path(
        "perluasan/calon/<str:village>/",
        expansion.ExpansionCreate.as_view(),
        name="expansion_create",
    ),
    path("perluasan/<int:pk>/", expansion.ExpansionDetail.as_view(), name="expansion_detail"),
    path("perluasan/<int:pk>/ubah/", expansion.ExpansionUpdate.as_view(), name="expansion_update"),
    path(
        "perluasan/<int:pk>/tahap/", expansion_steps.ExpansionMove.as_view(), name="expansion_move"
    ),
    path(
        "perluasan/<int:pk>/hapus-langkah/",
        expansion_steps.ExpansionTakeBack.as_view(),
        name="expansion_take_back",
    ),
    path(
        "perluasan/<int:pk>/riwayat/",
        expansion.ExpansionHistory.as_view(),
        name="expansion_history",
    ),
    path(
        "perluasan/langkah/<int:pk>/ubah/",
        expansion_steps.ExpansionStepUpdate.as_view(),
        name="expansion_step_update",
    ),
    path("kerja-sama/", partnerships.PartnershipList.as_view(), name="partnership_list"),
    path("kerja-sama/baru/", partnerships.PartnershipCreate.as_view(), name="partnership_create"),
    path(
        "kerja-sama/<int:pk>/", partnerships.PartnershipDetail.as_view(), name="partnership_detail"
    ),
    path(
        "kerja-sama/<int:pk>/ubah/",
        partnerships.PartnershipUpdate.as_view(),
        name="partnership_update",
    ),
    path(
        "kerja-sama/<int:pk>/hapus/",
        partnerships.PartnershipDelete.as_view(),
        name="partnership_delete",
    ),
    path(
        "kerja-sama/<int:pk>/riwayat/",
        partnerships.PartnershipHistory.as_view(),
        name="partnership_history",
    ),
    path(
        "kerja-sama/riwayat/<int:pk>/naskah/",
        KeptFile.as_view(model=Partnership),
        name="partnership_kept",
    ),
    path(
        "kerja-sama/<uuid:key>/naskah/",
        FileView.as_view(model=Partnership),
        name="partnership_paper",
    ),
    path("publikasi/", media.MediaList.as_view(), name="media_list"),
    path("publikasi/baru/", media.MediaCreate.as_view(), name="media_create"),
    path("publikasi/<int:pk>/", media.MediaDetail.as_view(), name="media_detail"),
    path("publikasi/<int:pk>/ubah/", media.MediaUpdate.as_view(), name="media_update"),
    path("publikasi/<int:pk>/hapus/", media.MediaDelete.as_view(), name="media_delete"),
    path("publikasi/<int:pk>/riwayat/", media.MediaHistory.as_view(), name="media_history"),
    path(
        "publikasi/riwayat/<int:pk>/kliping/",
        KeptFile.as_view(model=MediaCoverage),
        name="media_kept",
    ),
    path(
        "publikasi/<uuid:key>/kliping/",
        FileView.as_view(model=MediaCoverage),
        name="media_clipping",
    ),
    path("berkas/riwayat/<int:pk>/", KeptFile.as_view(model=Attachment), name="attachment_kept"),
    path("berkas/<uuid:key>/", attachments.AttachmentFile.as_view(), name="attachment"),
    path(
        "berkas/<uuid:key>/kecil/",
        attachments.AttachmentFile.as_view(thumbnail=True),
        name="thumbnail",
    ),
    path("kunjungan/berikutnya/", visit_schedule.VisitSchedule.as_view(), name="visit_schedule"),
    path(
        "perluasan/impor/<int:batch>/",
        expansion_imports.ExpansionImport.as_view(),
        name="expansion_import",
    ),
    path("bimtek/", trainings.TrainingList.as_view(), name="training_list"),
    path("bimtek/baru/", trainings.TrainingCreate.as_view(), name="training_create"),
    path("bimtek/<int:pk>/", trainings.TrainingDetail.as_view(), name="training_detail"),
    path("bimtek/<int:pk>/ubah/", trainings.TrainingUpdate.as_view(), name="training_update"),
    path("bimtek/<int:pk>/hapus/", trainings.TrainingDelete.as_view(), name="training_delete"),
    path("bimtek/<int:pk>/riwayat/", trainings.TrainingHistory.as_view(), name="training_history"),
    path("kunjungan/perjalanan/", trips.TripList.as_view(), name="trip_list"),
    path("kunjungan/perjalanan/baru/", trips.TripCreate.as_view(), name="trip_create"),
    path("kunjungan/perjalanan/<int:pk>/", trips.TripDetail.as_view(), name="trip_detail"),
    path("kunjungan/perjalanan/<int:pk>/ubah/", trips.TripUpdate.as_view(), name="trip_update"),
    path(
        "kunjungan/perjalanan/<int:pk>/kalender.ics",
        calendars.TripCalendar.as_view(),
        name="trip_ics",
    ),
    path("kunjungan/perjalanan/<int:pk>/hapus/", trips.TripDelete.as_view(), name="trip_delete"),
    path(
        "kunjungan/perjalanan/<int:pk>/riwayat/", trips.TripHistory.as_view(), name="trip_history"
    ),
    path("kunjungan/", visits.VisitList.as_view(), name="visit_list"),
    path(
        "perpustakaan/<int:library>/kunjungan/baru/",
        visit_reports.VisitCreate.as_view(),
        name="visit_create",
    ),
    path("kunjungan/<int:pk>/", visits.VisitDetail.as_view(), name="visit_detail"),
    path("kunjungan/<int:pk>/ubah/", visit_reports.VisitUpdate.as_view(), name="visit_update"),
    path("kunjungan/<int:pk>/foto/", visits.PhotoCreate.as_view(), name="photo_create"),
    path("kunjungan/<int:pk>/kirim/", visits.VisitSend.as_view(), name="visit_send"),
    path("kunjungan/<int:pk>/buka-kembali/", visits.VisitReopen.as_view(), name="visit_reopen"),
    path("kunjungan/<int:pk>/kaitkan/", visits.VisitTie.as_view(), name="visit_tie"),
    path("kunjungan/<int:pk>/hapus/", visits.VisitDelete.as_view(), name="visit_delete"),
    path("kunjungan/<int:pk>/kalender.ics", calendars.VisitCalendar.as_view(), name="visit_ics"),
    path("kunjungan/<int:pk>/riwayat/", visits.VisitHistory.as_view(), name="visit_history"),
    path(
        "foto-kunjungan/riwayat/<int:pk>/",
        KeptFile.as_view(model=VisitPhoto),
        name="photo_kept",
    ),
    path("foto-kunjungan/<uuid:key>/", FileView.as_view(model=VisitPhoto), name="photo"),
    path(
        "foto-kunjungan/<uuid:key>/kecil/",
        FileView.as_view(model=VisitPhoto, column="thumbnail"),
        name="photo_thumbnail",
    ),
    path("daftar-periksa/", checklists.ChecklistList.as_view(), name="checklist_list"),
    path("daftar-periksa/baru/", checklists.ChecklistCreate.as_view(), name="checklist_create"),
    path("daftar-periksa/contoh/", checklists.SampleCreate.as_view(), name="checklist_sample"),
    path("daftar-periksa/<int:pk>/", checklists.ChecklistDetail.as_view(), name="checklist_detail"),
    path(
        "daftar-periksa/<int:pk>/ubah/",
        checklists.ChecklistUpdate.as_view(),
        name="checklist_update",
    ),
    path(
        "daftar-periksa/<int:pk>/versi-baru/",
        checklists.ChecklistBegin.as_view(),
        name="checklist_begin",
    ),
    path(
        "daftar-periksa/<int:pk>/tarik/",
        checklists.ChecklistWithdraw.as_view(),
        name="checklist_withdraw",
    ),
    path(
        "daftar-periksa/<int:pk>/riwayat/",
        checklists.ChecklistHistory.as_view(),
        name="checklist_history",
    ),
    path(
        "daftar-periksa/versi/<int:pk>/",
        checklists.VersionDetail.as_view(),
        name="checklist_version",
    ),
    path(
        "daftar-periksa/versi/<int:pk>/pertanyaan/",
        checklists.QuestionsUpdate.as_view(),
        name="checklist_questions",
    ),
    path(
        "daftar-periksa/versi/<int:pk>/terbitkan/",
        checklists.VersionPublish.as_view(),
        name="checklist_publish",
    ),
    path("irama/", cadence.CadenceList.as_view(), name="cadence_list"),
    path("irama/<int:pk>/riwayat/", cadence.CadenceHistory.as_view(), name="cadence_history"),
    path("irama/<int:team>/<slug:kind>/", cadence.CadenceDetail.as_view(), name="cadence_detail"),
    path(
        "irama/<int:team>/<slug:kind>/ubah/",
        cadence.CadenceUpdate.as_view(),
        name="cadence_update",
    ),
    path(
        "irama/<int:team>/<slug:kind>/tunda/",
        cadence.SnoozeCreate.as_view(),
        name="snooze_create",
    ),
    path(
        "irama/<int:team>/<slug:kind>/tunda/<int:subject>/",
        cadence.SnoozeCreate.as_view(),
        name="snooze_create_subject",
    ),
    path("irama/tunda/<int:pk>/akhiri/", cadence.SnoozeEnd.as_view(), name="snooze_end"),
    *document_patterns,
]
