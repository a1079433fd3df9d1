from django.db import migrations, models

KINDS = [
    ("invited", "Diundang"),
    ("linked", "Dibuatkan tautan kata sandi"),
    ("disabled", "Dinonaktifkan"),
    ("enabled", "Diaktifkan lagi"),
    ("chosen", "Kata sandi dipasang lewat tautan"),
    ("changed", "Kata sandi diganti"),
    ("set", "Kata sandi dipasang"),
    ("removed", "Kata sandi dicabut"),
]


def kind():
    return models.CharField(choices=KINDS, editable=False, max_length=10, verbose_name="kejadian")


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_squashed_0007_advocacy")]

    operations = [
        migrations.AlterField("accountevent", "kind", kind()),
        migrations.AlterField("historicalaccountevent", "kind", kind()),
    ]
