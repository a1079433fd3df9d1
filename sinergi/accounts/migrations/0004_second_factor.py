"""Sessions with their account and device, which begin with those that are open; recovery codes."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations, models
from django.utils import timezone


def take_over_sessions(apps, schema_editor):
    """Take over the open sessions, so that nobody has to sign in anew."""
    old, new = apps.get_model("sessions", "Session"), apps.get_model("accounts", "Session")
    accounts = set(apps.get_model("accounts", "User").objects.values_list("pk", flat=True))
    for row in old.objects.filter(expire_date__gt=timezone.now()).iterator():
        key = str(SessionStore().decode(row.session_data).get("_auth_user_id", ""))
        if key.isdecimal() and int(key) in accounts:
            new.objects.create(
                session_key=row.session_key,
                session_data=row.session_data,
                expire_date=row.expire_date,
                account_id=int(key),
                seen_at=timezone.now(),
            )
    old.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_exports"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "device",
                    models.CharField(
                        blank=True, editable=False, max_length=60, verbose_name="perangkat"
                    ),
                ),
                (
                    "signed_in_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="masuk pada"),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="terakhir terlihat"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="akun",
                    ),
                ),
            ],
            options={
                "verbose_name": "sesi",
                "verbose_name_plural": "sesi",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "digest",
                    models.CharField(editable=False, max_length=64, verbose_name="sidik kode"),
                ),
                (
                    "used_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="dipakai pada"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="akun",
                    ),
                ),
            ],
            options={
                "verbose_name": "kode pemulihan",
                "verbose_name_plural": "kode pemulihan",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "digest"),
                        name="accounts_recoverycode_once",
                        violation_error_message="Kode ini sudah ada.",
                    )
                ],
            },
        ),
        migrations.RunPython(take_over_sessions, migrations.RunPython.noop),
    ]
