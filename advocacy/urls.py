from django.urls import path

from advocacy.views import attachments, followups, meetings, sheet, transitions

app_name = "advocacy"
urlpatterns = [
    path("rapat/", meetings.MeetingList.as_view(), name="meeting_list"),
    path("rapat/baru/", sheet.MeetingCreate.as_view(), name="meeting_create"),
    path("rapat/anggota/<int:team>/", sheet.RosterPart.as_view(), name="roster"),
    path("rapat/<int:pk>/", meetings.MeetingDetail.as_view(), name="meeting_detail"),
    path("rapat/<int:pk>/ubah/", sheet.MeetingUpdate.as_view(), name="meeting_update"),
    path("rapat/<int:pk>/riwayat/", meetings.MeetingHistory.as_view(), name="meeting_history"),
    path("rapat/<int:pk>/berlangsung/", transitions.MeetingHold.as_view(), name="meeting_hold"),
    path("rapat/<int:pk>/kirim/", transitions.MeetingSubmit.as_view(), name="meeting_submit"),
    path("rapat/<int:pk>/sahkan/", transitions.MeetingApprove.as_view(), name="meeting_approve"),
    path("rapat/<int:pk>/kembalikan/", transitions.MeetingReturn.as_view(), name="meeting_return"),
    path("rapat/<int:pk>/buka-kembali/", transitions.MeetingReopen.as_view(), name="meeting_reopen"),
    path("rapat/<int:pk>/batalkan/", transitions.MeetingCancel.as_view(), name="meeting_cancel"),
    path("rapat/<int:pk>/kegiatan/", transitions.MeetingTie.as_view(), name="meeting_tie"),
    path("tindak-lanjut/", followups.FollowUpList.as_view(), name="followup_list"),
    path("tindak-lanjut/<int:pk>/selesai/", followups.FollowUpClose.as_view(), name="followup_close"),
    path("berkas/<uuid:key>/", attachments.AttachmentFile.as_view(), name="attachment"),
    path("berkas/<uuid:key>/kecil/", attachments.AttachmentFile.as_view(thumbnail=True), name="thumbnail"),
]
