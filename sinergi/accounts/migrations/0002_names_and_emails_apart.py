"""What is typed to sign in names one account: a user name with @ is its own account's e-mail."""

import itertools

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


def keep_apart(apps, schema_editor):
    """
    Of a user name with @ and no e-mail beside it, the name becomes the e-mail too, and all sign in
    as before. Where the account has another e-mail, or another account has this one, the name is renamed
    and said: its owner signs in by e-mail, or by the new name.
    """
    User = apps.get_model("accounts", "User")
    for account in User.objects.filter(username__contains="@").order_by("pk"):
        if account.username.lower() == account.email.lower():
            continue
        taken = User.objects.filter(email__iexact=account.username).exists()
        if not account.email and not taken:
            account.email = account.username
            account.save(update_fields=["email"])
            continue
        old, account.username = account.username, free_name(User, account.username)
        account.save(update_fields=["username"])
        print(f'\n    Nama pengguna "{old}" menjadi "{account.username}"', end="")  # noqa: T201


def free_name(User, name):
    stem = name.replace("@", ".")[:140]
    names = itertools.chain([stem], (f"{stem}.{number}" for number in itertools.count(2)))
    return next(free for free in names if not User.objects.filter(username__iexact=free).exists())


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunPython(keep_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("username__contains", "@"), _negated=True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Lower("username"),
                        django.db.models.functions.text.Lower("email"),
                    ),
                    _connector="OR",
                ),
                name="accounts_user_name_is_no_others_email",
                violation_error_message=("Nama pengguna yang berisi @ harus sama dengan surel akun itu sendiri."),
            ),
        ),
    ]
