"""manage.py doctor"""

import sys

from django.core.management.base import BaseCommand

from sinergi.operations.diagnosis import FindingState, diagnose


class Command(BaseCommand):
    help = (
        "Memeriksa apa yang dibutuhkan portal: basis data, migrasi, berkas, ruang simpan, surel,"
        " cadangan, dan tugas harian. Berakhir dengan 1 bila ada yang gagal."
    )
    requires_system_checks = []

    def handle(self, **options):
        styles = {
            FindingState.GOOD: self.style.SUCCESS,
            FindingState.WARNING: self.style.WARNING,
            FindingState.FAILED: self.style.ERROR,
        }
        findings = diagnose(connects_to_mail=True)
        for finding in findings:
            state = styles[finding.state](f"{finding.state:<11}")
            self.stdout.write(f"{state}{finding.name}: {finding.said}")
        if any(finding.state == FindingState.FAILED for finding in findings):
            sys.exit(1)
