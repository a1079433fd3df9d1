"""
Roles, as data: which permissions each carries.

A role is held somewhere (`programs.Assignment`); `sinergi.accounts.backends.RoleBackend` puts the
two together. tests/sinergi/test_roles.py proves that every permission named here exists.
"""

from sinergi.kit.permissions import Role


def permissions(**by_app):
    """
    Return a set of permission names: `permissions(advocacy="view_meeting add_meeting")` is
    {"advocacy.view_meeting", "advocacy.add_meeting"}.
    """
    return frozenset(f"{app}.{name}" for app, names in by_app.items() for name in names.split())


SEE_PLACES = permissions(
    villages=(
        "view_province view_regency view_district view_village view_library view_participation"
        " view_libraryreport view_reportsubmission view_programreference view_thresholdset"
        " view_threshold"
    ),
    advocacy="view_checklist view_checklistversion",
)
SEE_TEAM = permissions(
    programs=(
        "view_institution view_person view_team view_membership view_decree view_decreemember"
        " view_merge"
    ),
    advocacy="view_cadencerule view_cadencesnooze",
)
#: What a team is reminded of, and until when a reminder is put off.
SET_RHYTHM = permissions(
    advocacy="add_cadencerule change_cadencerule add_cadencesnooze change_cadencesnooze"
)
SEE_MEETINGS = permissions(
    advocacy=(
        "view_meeting view_agendaitem view_attendance view_followup view_followupnote"
        " view_attachment view_visit view_visitattendance view_visitphoto"
        " view_recommendationanswer view_trip view_tripstop"
        " view_triptraveller view_training view_trainingparticipant view_expansioncase"
        " view_expansionstep"
    )
)
SEE_PLAN = permissions(
    programs=(
        "view_workplan view_plannedactivity view_budgetline view_fundingsource view_expense"
        " view_achievement view_plansubmission view_plancomment"
    )
)
SEE_ADVOCACY = permissions(
    advocacy=(
        "view_advocacycase view_casestep view_caseplace view_audiencecase view_commitment"
        " view_realisation view_beneficiary view_partnership view_mediacoverage"
    )
)
SEE_ALL = SEE_PLACES | SEE_TEAM | SEE_MEETINGS | SEE_PLAN | SEE_ADVOCACY

LOG = permissions(
    villages=(
        "add_library change_library add_participation change_participation add_libraryreport"
        " change_libraryreport submit_libraryreport verify_libraryreport"
    ),
    programs=(
        "add_institution change_institution add_person change_person add_membership"
        " change_membership add_decree change_decree delete_decree submit_decree add_workplan"
        " change_workplan delete_workplan submit_workplan add_plancomment add_plannedactivity"
        " change_plannedactivity delete_plannedactivity add_fundingsource change_fundingsource"
        " add_expense change_expense delete_expense add_achievement change_achievement"
        " delete_achievement"
    ),
    advocacy=(
        "add_meeting change_meeting submit_meeting cancel_meeting close_followup change_followup"
        " add_followupnote add_advocacycase change_advocacycase delete_advocacycase"
        " move_advocacycase change_casestep add_commitment change_commitment delete_commitment"
        " add_realisation change_realisation delete_realisation add_partnership change_partnership"
        " delete_partnership add_mediacoverage change_mediacoverage delete_mediacoverage"
        " add_visit change_visit delete_visit send_visit reopen_visit add_trip change_trip"
        " delete_trip add_training change_training delete_training add_expansioncase"
        " change_expansioncase move_expansioncase"
    ),
)
#: Telephone numbers and addresses of mail in a download, where the role is held.
CONTACTS = permissions(accounts="export_contacts")

ROLES = {
    role.name: role
    for role in (
        Role(
            "administrator",
            "Administrator",
            SEE_ALL
            | LOG
            | SET_RHYTHM
            | CONTACTS
            | permissions(
                accounts="view_user add_user change_user view_export",
                home="view_digestmail view_chorerun",
                villages=(
                    "add_province delete_library delete_participation view_importbatch"
                    " add_importbatch change_importbatch view_villagealias add_villagealias"
                    " change_villagealias delete_villagealias view_districtalias add_districtalias"
                    " change_districtalias delete_districtalias add_programreference"
                    " change_programreference delete_programreference"
                    " add_thresholdset change_thresholdset delete_thresholdset publish_thresholdset"
                ),
                programs=(
                    "view_assignment add_assignment change_assignment view_accountevent add_team"
                    " change_team delete_institution delete_person delete_membership"
                    " merge_institution merge_person sign_decree revoke_decree"
                    " view_wordtemplate add_wordtemplate change_wordtemplate"
                ),
                advocacy="add_checklist change_checklist publish_checklist withdraw_checklist",
            ),
            "mengundang orang, mengimpor daftar desa, menetapkan SK, dan mengerjakan semua"
            " pekerjaan sekretariat.",
        ),
        Role(
            "secretariat",
            "Sekretariat",
            SEE_ALL | LOG | SET_RHYTHM | CONTACTS,
            "mencatat rapat, rencana kerja, SK, kasus, dan komitmen, lalu mengirimnya kepada Ketua"
            " Tim.",
        ),
        Role(
            "chair",
            "Ketua Tim",
            SEE_ALL
            | SET_RHYTHM
            | CONTACTS
            | permissions(
                programs="approve_workplan add_plancomment",
                advocacy=(
                    "approve_meeting close_followup add_followupnote move_advocacycase add_visit"
                    " change_visit delete_visit send_visit reopen_visit add_trip change_trip"
                    " delete_trip"
                ),
            ),
            "meninjau dan menyetujui notula dan rencana kerja.",
        ),
        Role(
            "member",
            "Anggota Tim",
            SEE_ALL
            | permissions(
                programs="add_plancomment",
                advocacy=(
                    "close_followup add_followupnote move_advocacycase add_visit change_visit"
                    " delete_visit send_visit add_trip change_trip delete_trip"
                ),
            ),
            "melihat pekerjaan tim, mencatat kunjungan, memberi catatan pada rencana kerja, dan"
            " menyelesaikan tindak lanjutnya sendiri.",
        ),
        Role(
            "regency_officer",
            "Petugas Kabupaten/Kota",
            SEE_PLACES
            | CONTACTS
            | permissions(
                villages=(
                    "add_library change_library add_libraryreport change_libraryreport"
                    " submit_libraryreport"
                ),
                advocacy=(
                    "view_visit view_visitattendance view_visitphoto view_expansioncase"
                    " view_expansionstep"
                ),
            ),
            "melengkapi data perpustakaan desa di kabupaten/kotanya, mengisi laporan triwulannya,"
            " dan membaca kunjungan ke sana.",
        ),
        Role("observer", "Pengamat", SEE_ALL, "melihat pekerjaan tim, tanpa mengubah apa pun."),
    )
}

ROLE_CHOICES = [(role.name, role.label) for role in ROLES.values()]
#: Whose accounts do the most harm in other hands: a second factor may be required of them.
POWERFUL_ROLES = frozenset({"administrator", "chair"})
