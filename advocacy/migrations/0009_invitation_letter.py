"""The letter of invitation: its day, who signs it, and who gets a copy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0008_expansion"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalmeeting",
            name="copies_to",
            field=models.TextField(
                blank=True,
                help_text="Satu penerima per baris, misalnya Sekretaris Daerah.",
                max_length=1000,
                verbose_name="tembusan",
            ),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="invited_on",
            field=models.DateField(blank=True, null=True, verbose_name="tanggal surat undangan"),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="inviter_name",
            field=models.CharField(blank=True, max_length=150, verbose_name="nama penanda tangan"),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="inviter_position",
            field=models.CharField(
                blank=True,
                help_text="Kosong berarti kepala dinas yang membawahi tim.",
                max_length=150,
                verbose_name="jabatan penanda tangan",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="copies_to",
            field=models.TextField(
                blank=True,
                help_text="Satu penerima per baris, misalnya Sekretaris Daerah.",
                max_length=1000,
                verbose_name="tembusan",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="invited_on",
            field=models.DateField(blank=True, null=True, verbose_name="tanggal surat undangan"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="inviter_name",
            field=models.CharField(blank=True, max_length=150, verbose_name="nama penanda tangan"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="inviter_position",
            field=models.CharField(
                blank=True,
                help_text="Kosong berarti kepala dinas yang membawahi tim.",
                max_length=150,
                verbose_name="jabatan penanda tangan",
            ),
        ),
    ]
