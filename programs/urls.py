from django.urls import path

from programs.models import Decree, Expense, Team
from programs.views import (
    accounts,
    activities,
    assignments,
    decrees,
    expenses,
    funding,
    institutions,
    memberships,
    people,
    plan_imports,
    plans,
    reviews,
    signatures,
    teams,
)
from sinergi.kit.views import FileView, KeptFile

app_name = "programs"
urlpatterns = [
    path("tim/", teams.MyTeam.as_view(), name="my_team"),
    path("tim/baru/", teams.TeamCreate.as_view(), name="team_create"),
    path("tim/<int:pk>/", teams.TeamDetail.as_view(), name="team_detail"),
    path("tim/<int:pk>/ubah/", teams.TeamUpdate.as_view(), name="team_update"),
    path("tim/<int:pk>/kop/", teams.LetterheadUpdate.as_view(), name="team_letterhead"),
    path(
        "tim/<int:pk>/kop/contoh/",
        teams.LetterheadSample.as_view(output="pdf"),
        {"document": "contoh"},
        name="team_letterhead_sample",
    ),
    path(
        "tim/<int:pk>/kop/lambang/",
        teams.LetterheadSample.as_view(output="logo"),
        {"document": "contoh"},
        name="team_logo",
    ),
    path("tim/riwayat/<int:pk>/lambang/", KeptFile.as_view(model=Team), name="team_logo_kept"),
    path("tim/<int:pk>/riwayat/", teams.TeamHistory.as_view(), name="team_history"),
    path("tim/<int:pk>/susunan/", teams.TeamRoster.as_view(), name="team_roster"),
    path(
        "tim/<int:team>/anggota/baru/",
        memberships.MembershipCreate.as_view(),
        name="membership_create",
    ),
    path(
        "keanggotaan/<int:pk>/ubah/",
        memberships.MembershipUpdate.as_view(),
        name="membership_update",
    ),
    path(
        "keanggotaan/<int:pk>/ganti/",
        memberships.MembershipReplace.as_view(),
        name="membership_replace",
    ),
    path(
        "keanggotaan/<int:pk>/akhiri/", memberships.MembershipEnd.as_view(), name="membership_end"
    ),
    path(
        "keanggotaan/<int:pk>/riwayat/",
        memberships.MembershipHistory.as_view(),
        name="membership_history",
    ),
    path("tim/<int:team>/sk/", decrees.DecreeList.as_view(), name="decree_list"),
    path("tim/<int:team>/sk/baru/", decrees.DecreeCreate.as_view(), name="decree_create"),
    path("sk/<int:pk>/", decrees.DecreeDetail.as_view(), name="decree_detail"),
    path("sk/<int:pk>/ubah/", decrees.DecreeUpdate.as_view(), name="decree_update"),
    path("sk/<int:pk>/riwayat/", decrees.DecreeHistory.as_view(), name="decree_history"),
    path("sk/<int:pk>/ajukan/", decrees.DecreeSubmit.as_view(), name="decree_submit"),
    path("sk/<int:pk>/kembalikan/", decrees.DecreeReturn.as_view(), name="decree_return"),
    path("sk/<int:pk>/tetapkan/", signatures.DecreeSign.as_view(), name="decree_sign"),
    path("sk/<int:pk>/cabut/", decrees.DecreeRevoke.as_view(), name="decree_revoke"),
    path("sk/<int:pk>/hapus/", decrees.DecreeDiscard.as_view(), name="decree_discard"),
    path("sk/<int:pk>/cetak/", decrees.DecreePaper.as_view(), name="decree_paper"),
    path("sk/riwayat/<int:pk>/pindaian/", KeptFile.as_view(model=Decree), name="decree_kept"),
    path("sk/<uuid:key>/pindaian/", FileView.as_view(model=Decree), name="decree_scan"),
    path("rencana/", plans.PlanList.as_view(), name="plan_list"),
    path("tim/<int:team>/rencana/baru/", plans.PlanCreate.as_view(), name="plan_create"),
    path("rencana/<int:pk>/", plans.PlanDetail.as_view(), name="plan_detail"),
    path("rencana/<int:pk>/bulan/", plans.PlanMonths.as_view(), name="plan_months"),
    path("rencana/<int:pk>/realisasi/", plans.PlanOutcome.as_view(), name="plan_outcome"),
    path("rencana/<int:pk>/realisasi/rincian/", plans.PlanSpending.as_view(), name="plan_spending"),
    path("rencana/<int:pk>/pengantar/", plans.PlanNote.as_view(), name="plan_note"),
    path("rencana/<int:pk>/riwayat/", plans.PlanHistory.as_view(), name="plan_history"),
    path("rencana/<int:pk>/urutan/", plans.PlanOrder.as_view(), name="plan_order"),
    path("rencana/<int:pk>/impor/", plan_imports.PlanImport.as_view(), name="plan_import"),
    path("rencana/<int:pk>/lembar/", plans.PlanExport.as_view(), name="plan_export"),
    path("rencana/<int:pk>/cetak/", plans.PlanPaper.as_view(), name="plan_paper"),
    path("rencana/<int:pk>/ajukan/", reviews.PlanSubmit.as_view(), name="plan_submit"),
    path("rencana/<int:pk>/tinjau/", reviews.PlanReview.as_view(), name="plan_review"),
    path("rencana/<int:pk>/setujui/", reviews.PlanApprove.as_view(), name="plan_approve"),
    path("rencana/<int:pk>/revisi/", reviews.PlanRevise.as_view(), name="plan_revise"),
    path("rencana/<int:pk>/hapus/", plans.PlanDiscard.as_view(), name="plan_discard"),
    path(
        "rencana/<int:pk>/versi/<int:number>/", reviews.PlanVersion.as_view(), name="plan_version"
    ),
    path(
        "rencana/<int:plan>/kegiatan/baru/",
        activities.ActivityCreate.as_view(),
        name="activity_create",
    ),
    path("kegiatan/<int:pk>/", activities.ActivityDetail.as_view(), name="activity_detail"),
    path("kegiatan/<int:pk>/ubah/", activities.ActivityUpdate.as_view(), name="activity_update"),
    path("kegiatan/<int:pk>/hapus/", activities.ActivityRemove.as_view(), name="activity_remove"),
    path(
        "kegiatan/<int:pk>/riwayat/", activities.ActivityHistory.as_view(), name="activity_history"
    ),
    path(
        "kegiatan/<int:activity>/capaian/baru/",
        activities.AchievementCreate.as_view(),
        name="achievement_create",
    ),
    path(
        "capaian/<int:pk>/ubah/", activities.AchievementUpdate.as_view(), name="achievement_update"
    ),
    path(
        "capaian/<int:pk>/hapus/", activities.AchievementDelete.as_view(), name="achievement_delete"
    ),
    path(
        "kegiatan/<int:activity>/pengeluaran/baru/",
        expenses.ExpenseCreate.as_view(),
        name="expense_create",
    ),
    path("pengeluaran/<int:pk>/ubah/", expenses.ExpenseUpdate.as_view(), name="expense_update"),
    path("pengeluaran/<int:pk>/hapus/", expenses.ExpenseDelete.as_view(), name="expense_delete"),
    path(
        "pengeluaran/riwayat/<int:pk>/bukti/", KeptFile.as_view(model=Expense), name="expense_kept"
    ),
    path("pengeluaran/<uuid:key>/bukti/", FileView.as_view(model=Expense), name="expense_receipt"),
    path("tim/<int:team>/dana/", funding.FundingList.as_view(), name="funding_list"),
    path("tim/<int:team>/dana/baru/", funding.SourceCreate.as_view(), name="funding_create"),
    path("tim/<int:team>/dana/salin/", funding.SourceCopy.as_view(), name="funding_copy"),
    path("dana/<int:pk>/", funding.SourceDetail.as_view(), name="funding_detail"),
    path("dana/<int:pk>/ubah/", funding.SourceUpdate.as_view(), name="funding_update"),
    path("dana/<int:pk>/riwayat/", funding.SourceHistory.as_view(), name="funding_history"),
    path("mitra/", institutions.InstitutionList.as_view(), name="institution_list"),
    path("mitra/baru/", institutions.InstitutionCreate.as_view(), name="institution_create"),
    path("mitra/<int:pk>/", institutions.InstitutionDetail.as_view(), name="institution_detail"),
    path(
        "mitra/<int:pk>/ubah/", institutions.InstitutionUpdate.as_view(), name="institution_update"
    ),
    path(
        "mitra/<int:pk>/riwayat/",
        institutions.InstitutionHistory.as_view(),
        name="institution_history",
    ),
    path(
        "mitra/<int:pk>/gabung/", institutions.InstitutionMerge.as_view(), name="institution_merge"
    ),
    path("orang/", people.PersonList.as_view(), name="person_list"),
    path("orang/baru/", people.PersonCreate.as_view(), name="person_create"),
    path("orang/<int:pk>/", people.PersonDetail.as_view(), name="person_detail"),
    path("orang/<int:pk>/ubah/", people.PersonUpdate.as_view(), name="person_update"),
    path("orang/<int:pk>/riwayat/", people.PersonHistory.as_view(), name="person_history"),
    path("orang/<int:pk>/gabung/", people.PersonMerge.as_view(), name="person_merge"),
    path("akun/", accounts.AccountList.as_view(), name="account_list"),
    path("akun/undang/", accounts.AccountInvite.as_view(), name="account_invite"),
    path("akun/<int:pk>/", accounts.AccountDetail.as_view(), name="account_detail"),
    path("akun/<int:pk>/riwayat/", accounts.AccountHistoryView.as_view(), name="account_history"),
    path("akun/<int:pk>/tautan/", accounts.AccountLink.as_view(), name="account_link"),
    path(
        "akun/<int:pk>/penugasan/", assignments.AssignmentCreate.as_view(), name="assignment_create"
    ),
    path("akun/<int:pk>/nonaktifkan/", accounts.AccountDisable.as_view(), name="account_disable"),
    path(
        "akun/<int:pk>/lepas-dua-langkah/",
        accounts.AccountSecondFactor.as_view(),
        name="account_second_factor",
    ),
    path("akun/<int:pk>/aktifkan/", accounts.AccountEnable.as_view(), name="account_enable"),
    path("penugasan/<int:pk>/akhiri/", assignments.AssignmentEnd.as_view(), name="assignment_end"),
]
