"""Signed decrees keep the names they show: those of today, for what was signed before."""

from django.conf import settings
from django.db import migrations, models

STAMPS = ["created", "submitted", "recorded", "revoked"]


def keep_words(apps, schema_editor):
    Decree = apps.get_model("programs", "Decree")
    rows = Decree.objects.filter(state__in=["signed", "revoked"], kept__isnull=True)
    for decree in rows.select_related("team", *(f"{stamp}_by" for stamp in STAMPS)):
        decree.kept = words_of(decree)
        decree.save(update_fields=["kept"])


def words_of(decree):
    return {
        "team": decree.team.name,
        "place": decree.signed_in or decree.team.seat,
        "by": {stamp: account_name(getattr(decree, f"{stamp}_by")) for stamp in STAMPS},
    }


def account_name(account):
    return (f"{account.first_name} {account.last_name}".strip() or account.username) if account else ""


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0008_account_passwords"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="decree",
            name="kept",
            field=models.JSONField(editable=False, null=True, verbose_name="kata-kata saat ditetapkan"),
        ),
        migrations.AddField(
            model_name="historicaldecree",
            name="kept",
            field=models.JSONField(editable=False, null=True, verbose_name="kata-kata saat ditetapkan"),
        ),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="decree",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kept__isnull", True), ("state__in", ["drafting", "submitted"])),
                    models.Q(("kept__isnull", False), ("state__in", ["signed", "revoked"])),
                    _connector="OR",
                ),
                name="programs_decree_signed_keeps_its_words",
                violation_error_message="SK yang ditetapkan menyimpan kata-katanya saat itu.",
            ),
        ),
    ]
