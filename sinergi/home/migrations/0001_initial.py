"""The daily digest by mail, and the heartbeat of the daily chores, which begins to count here."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def begin_to_count(apps, schema_editor):
    """Let the chores that never run be missed from now on."""
    apps.get_model("home", "ChoreRun").objects.create(name="daily", since=timezone.now())


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChoreRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(editable=False, max_length=60, unique=True, verbose_name='tugas')),
                ('since', models.DateTimeField(editable=False, verbose_name='dikenal sejak')),
                ('is_running', models.BooleanField(default=False, editable=False, verbose_name='sedang berjalan')),
                ('started_at', models.DateTimeField(editable=False, null=True, verbose_name='terakhir mulai')),
                ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='terakhir selesai')),
                ('succeeded_at', models.DateTimeField(editable=False, null=True, verbose_name='terakhir berhasil')),
                ('is_ok', models.BooleanField(editable=False, null=True, verbose_name='berhasil')),
                ('said', models.TextField(blank=True, editable=False, verbose_name='keterangan')),
            ],
            options={
                'verbose_name': 'tugas harian',
                'verbose_name_plural': 'tugas harian',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_running', False), ('started_at__isnull', False), _connector='OR'), name='home_chorerun_runs_since_a_moment', violation_error_message='Tugas yang berjalan mempunyai waktu mulainya.')],
            },
        ),
        migrations.CreateModel(
            name='DigestPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=timezone.now, editable=False, verbose_name='dibuat pada')),
                ('updated_at', models.DateTimeField(default=timezone.now, editable=False, verbose_name='diubah pada')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                ('idempotency_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci kiriman')),
                ('is_wanted', models.BooleanField(default=True, verbose_name='dikirim')),
                ('account', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='digest_preference', to=settings.AUTH_USER_MODEL, verbose_name='akun')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                ('updated_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diubah oleh')),
            ],
            options={
                'verbose_name': 'pilihan ringkasan harian',
                'verbose_name_plural': 'pilihan ringkasan harian',
            },
        ),
        migrations.CreateModel(
            name='DigestMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(editable=False, verbose_name='hari')),
                ('state', models.CharField(choices=[('claimed', 'Tidak diketahui terkirim'), ('sent', 'Terkirim'), ('failed', 'Gagal'), ('quiet', 'Tidak ada yang baru')], default='claimed', editable=False, max_length=10, verbose_name='keadaan')),
                ('claimed_at', models.DateTimeField(editable=False, null=True, verbose_name='mulai dikirim pada')),
                ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='terkirim pada')),
                ('tries', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='percobaan')),
                ('error', models.CharField(blank=True, editable=False, max_length=100, verbose_name='jenis kesalahan')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64, verbose_name='sidik isi')),
                ('reported_at', models.DateTimeField(editable=False, null=True, verbose_name='dilaporkan pada')),
                ('account', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='digest_mails', to=settings.AUTH_USER_MODEL, verbose_name='akun')),
            ],
            options={
                'verbose_name': 'ringkasan harian',
                'verbose_name_plural': 'ringkasan harian',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['day'], name='home_digestmail_day'), models.Index(condition=models.Q(('state', 'claimed')), fields=['claimed_at'], name='home_digestmail_claimed')],
                'constraints': [models.UniqueConstraint(fields=('account', 'day'), name='home_digestmail_once_a_day', violation_error_message='Ringkasan akun ini untuk hari itu sudah ada.'), models.CheckConstraint(condition=models.Q(('state', 'quiet'), ('claimed_at__isnull', False), _connector='OR'), name='home_digestmail_claimed_before_sending', violation_error_message='Surel diklaim sebelum dikirim.'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='home_digestmail_sent_with_its_moment', violation_error_message='Yang terkirim, dan hanya itu, mempunyai waktunya.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDigestPreference',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=timezone.now, editable=False, verbose_name='dibuat pada')),
                ('updated_at', models.DateTimeField(default=timezone.now, editable=False, verbose_name='diubah pada')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                ('is_wanted', models.BooleanField(default=True, verbose_name='dikirim')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('account', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='akun')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diubah oleh')),
            ],
            options={
                'verbose_name': 'historical pilihan ringkasan harian',
                'verbose_name_plural': 'historical pilihan ringkasan harian',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['id', 'history_date', 'history_id'], name='home_histor_id_e89981_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(begin_to_count, migrations.RunPython.noop),
    ]
