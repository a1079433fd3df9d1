"""What is noted of the second factor of an account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0009_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="accountevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invited", "Diundang"),
                    ("linked", "Dibuatkan tautan kata sandi"),
                    ("disabled", "Dinonaktifkan"),
                    ("enabled", "Diaktifkan lagi"),
                    ("chosen", "Kata sandi dipasang lewat tautan"),
                    ("changed", "Kata sandi diganti"),
                    ("set", "Kata sandi dipasang"),
                    ("removed", "Kata sandi dicabut"),
                    ("two_step", "Verifikasi dua langkah diaktifkan"),
                    ("one_step", "Verifikasi dua langkah dilepas"),
                    ("reset_step", "Verifikasi dua langkah dilepaskan"),
                    ("codes", "Kode pemulihan dibuat baru"),
                    ("code_used", "Masuk atau konfirmasi dengan kode pemulihan"),
                ],
                editable=False,
                max_length=10,
                verbose_name="kejadian",
            ),
        ),
        migrations.AlterField(
            model_name="historicalaccountevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invited", "Diundang"),
                    ("linked", "Dibuatkan tautan kata sandi"),
                    ("disabled", "Dinonaktifkan"),
                    ("enabled", "Diaktifkan lagi"),
                    ("chosen", "Kata sandi dipasang lewat tautan"),
                    ("changed", "Kata sandi diganti"),
                    ("set", "Kata sandi dipasang"),
                    ("removed", "Kata sandi dicabut"),
                    ("two_step", "Verifikasi dua langkah diaktifkan"),
                    ("one_step", "Verifikasi dua langkah dilepas"),
                    ("reset_step", "Verifikasi dua langkah dilepaskan"),
                    ("codes", "Kode pemulihan dibuat baru"),
                    ("code_used", "Masuk atau konfirmasi dengan kode pemulihan"),
                ],
                editable=False,
                max_length=10,
                verbose_name="kejadian",
            ),
        ),
    ]
