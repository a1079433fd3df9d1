"""A work plan as a workbook, in the columns that the import reads."""

from programs.months import months_text
from programs.plan_import import COLUMN_LABELS, SHEET_COLUMNS
from programs.plan_versions import COUNTED, WAYS
from sinergi.kit.money import rupiah
from sinergi.kit.spreadsheets.write import write_xlsx


def plan_xlsx(plan, version, progress, *, team):
    """
    Return the plan as a workbook (bytes); the columns before "Realisasi" are those that the import
    reads.

    `team`: what the team is called in this version.
    """
    used = [source for source in version.sources if source.amount]
    head = [COLUMN_LABELS[name] for name in SHEET_COLUMNS if name not in ("budget", "source")]
    head += [f"Anggaran {source.label}" for source in used] + [
        "Realisasi",
        "Keadaan",
        "Pengeluaran (uang)",
    ]
    head.append("Pengeluaran (barang/jasa)")
    rows = []
    for item in version.items:
        shares = {share.source: share.amount for share in item.shares}
        row = progress[item.id]
        place = item.place.split(", ") if item.place != "Provinsi" else [""]
        rows.append(
            [
                item.role,
                item.title,
                WAYS[item.way],
                item.output,
                item.target,
                item.unit,
                COUNTED[item.counted],
                months_text(item.months),
                item.regency,
                place[0] if len(place) > 1 else "",
                item.person,
                *(shares.get(source.id) for source in used),
                row.done,
                row.status.label,
                row.cash_spent,
                row.in_kind_spent,
            ]
        )
    notes = [
        f"{plan}, {team}.",
        (
            f"Anggaran uang {rupiah(version.cash)}. Barang dan jasa, {rupiah(version.in_kind)},"
            " tidak dijumlahkan ke dalamnya."
        ),
        "Peran: 1 mendorong kebijakan, 2 membangun jejaring, 3 memperluas program.",
        (
            "Ubah di Excel, lalu salin tabelnya ke halaman Impor kegiatan. Kolom Realisasi dan"
            " sesudahnya tidak dibaca."
        ),
    ]
    return write_xlsx(head, rows, title="Rencana kerja", notes=notes)
