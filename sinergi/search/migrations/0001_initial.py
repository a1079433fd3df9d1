"""The spellings of words that occur in the portal."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Spelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=30, verbose_name='kunci')),
                ('word', models.CharField(max_length=30, verbose_name='kata')),
            ],
            options={
                'verbose_name': 'ejaan',
                'verbose_name_plural': 'ejaan',
                'indexes': [models.Index(fields=['key', 'word'], name='search_spelling_key')],
            },
        ),
    ]
