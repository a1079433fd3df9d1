from django.urls import path

from sinergi.kit.views import FileView
from villages.models import LibraryReport
from villages.views import (
    import_columns,
    import_reviews,
    imports,
    libraries,
    participations,
    references,
    regions,
    report_lists,
    report_sheets,
    reports,
    score_counts,
    scores,
    thresholds,
    villages,
)

app_name = "villages"
urlpatterns = [
    path("wilayah/", regions.RegencyList.as_view(), name="regency_list"),
    path("wilayah/muat/", regions.RegionLoad.as_view(), name="region_load"),
    path("wilayah/<str:pk>/", regions.RegionDetail.as_view(), name="region_detail"),
    path(
        "wilayah/<str:place>/perpustakaan/baru/",
        libraries.LibraryCreate.as_view(),
        name="library_create",
    ),
    path("desa/", villages.VillageList.as_view(), name="village_list"),
    path("desa/impor/", imports.ImportStart.as_view(), name="import_start"),
    path("desa/impor/riwayat/", imports.ImportList.as_view(), name="import_list"),
    path("desa/impor/templat/", imports.ImportTemplate.as_view(), name="import_template"),
    path("desa/impor/<int:pk>/", import_reviews.ImportDetail.as_view(), name="import_detail"),
    path(
        "desa/impor/<int:pk>/kolom/", import_columns.ImportColumns.as_view(), name="import_columns"
    ),
    path("desa/impor/<int:pk>/baris/", imports.ImportRows.as_view(), name="import_rows"),
    path(
        "desa/impor/<int:pk>/bermasalah/", imports.ImportProblems.as_view(), name="import_problems"
    ),
    path("desa/impor/<int:pk>/batalkan/", imports.ImportCancel.as_view(), name="import_cancel"),
    path("desa/impor/<int:pk>/urungkan/", imports.ImportUndo.as_view(), name="import_undo"),
    path("desa/impor/<int:pk>/riwayat/", imports.ImportHistory.as_view(), name="import_history"),
    path("program/", references.ReferenceList.as_view(), name="reference_list"),
    path("program/baru/", references.ReferenceCreate.as_view(), name="reference_create"),
    path("program/<int:pk>/ubah/", references.ReferenceUpdate.as_view(), name="reference_update"),
    path("program/<int:pk>/hapus/", references.ReferenceDelete.as_view(), name="reference_delete"),
    path(
        "program/<int:pk>/riwayat/", references.ReferenceHistory.as_view(), name="reference_history"
    ),
    path("laporan/", report_lists.ReportList.as_view(), name="report_list"),
    path("laporan/lembar/", report_sheets.ReportSheetStart.as_view(), name="report_sheet_start"),
    path(
        "laporan/lembar/unduh/<str:regency>/<str:quarter>/",
        report_sheets.ReportSheetDownload.as_view(),
        name="report_sheet_download",
    ),
    path(
        "laporan/lembar/<int:pk>/",
        report_sheets.ReportSheetDetail.as_view(),
        name="report_sheet_detail",
    ),
    path(
        "laporan/lembar/<int:pk>/batalkan/",
        report_sheets.ReportSheetCancel.as_view(),
        name="report_sheet_cancel",
    ),
    path(
        "laporan/lembar/<int:pk>/urungkan/",
        report_sheets.ReportSheetUndo.as_view(),
        name="report_sheet_undo",
    ),
    path(
        "laporan/lembar/<int:pk>/riwayat/",
        report_sheets.ReportSheetHistory.as_view(),
        name="report_sheet_history",
    ),
    path("laporan/foto/riwayat/<int:pk>/", reports.ReportKeptPhoto.as_view(), name="report_kept"),
    path("laporan/foto/<uuid:key>/", FileView.as_view(model=LibraryReport), name="report_photo"),
    path(
        "laporan/foto/<uuid:key>/kecil/",
        FileView.as_view(model=LibraryReport, column="thumbnail"),
        name="report_photo_thumbnail",
    ),
    path("laporan/<int:pk>/", reports.ReportDetail.as_view(), name="report_detail"),
    path("laporan/<int:pk>/verifikasi/", reports.ReportVerify.as_view(), name="report_verify"),
    path("laporan/<int:pk>/kembalikan/", reports.ReportReturn.as_view(), name="report_return"),
    path("laporan/<int:pk>/buka-kembali/", reports.ReportReopen.as_view(), name="report_reopen"),
    path("laporan/<int:pk>/riwayat/", reports.ReportHistory.as_view(), name="report_history"),
    path(
        "perpustakaan/<int:library>/laporan/<str:quarter>/",
        reports.ReportUpdate.as_view(),
        name="report_update",
    ),
    path("capaian/", score_counts.ScoreMatrix.as_view(), name="score_matrix"),
    path("capaian/perpustakaan/", scores.ScoreList.as_view(), name="score_list"),
    path("capaian/indikator/<str:key>/", scores.ScoreIndicator.as_view(), name="score_indicator"),
    path("capaian/ambang/", thresholds.ThresholdSetList.as_view(), name="threshold_set_list"),
    path(
        "capaian/ambang/baru/",
        thresholds.ThresholdSetCreate.as_view(),
        name="threshold_set_create",
    ),
    path(
        "capaian/ambang/<int:pk>/",
        thresholds.ThresholdSetDetail.as_view(),
        name="threshold_set_detail",
    ),
    path(
        "capaian/ambang/<int:pk>/ubah/",
        thresholds.ThresholdSetUpdate.as_view(),
        name="threshold_set_update",
    ),
    path(
        "capaian/ambang/<int:pk>/tetapkan/",
        thresholds.ThresholdSetPublish.as_view(),
        name="threshold_set_publish",
    ),
    path(
        "capaian/ambang/<int:pk>/hapus/",
        thresholds.ThresholdSetDelete.as_view(),
        name="threshold_set_delete",
    ),
    path(
        "capaian/ambang/<int:pk>/riwayat/",
        thresholds.ThresholdSetHistory.as_view(),
        name="threshold_set_history",
    ),
    path("perpustakaan/", libraries.LibraryList.as_view(), name="library_list"),
    path("perpustakaan/<int:pk>/", libraries.LibraryDetail.as_view(), name="library_detail"),
    path("perpustakaan/<int:pk>/ubah/", libraries.LibraryUpdate.as_view(), name="library_update"),
    path(
        "perpustakaan/<int:pk>/kepesertaan/",
        participations.ParticipationCreate.as_view(),
        name="participation_create",
    ),
    path(
        "perpustakaan/kepesertaan/<int:pk>/ubah/",
        participations.ParticipationUpdate.as_view(),
        name="participation_update",
    ),
    path(
        "perpustakaan/<int:pk>/riwayat/", libraries.LibraryHistory.as_view(), name="library_history"
    ),
]
