# ruff: noqa

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Derived',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100, unique=True)),
                ('value', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(unique=True)),
            ],
            options={
                'verbose_name_plural': 'people',
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField()),
                ('place', models.TextField(null=True)),
            ],
            options={
                'verbose_name_plural': 'series',
                'constraints': [models.UniqueConstraint(models.F('title'), django.db.models.functions.comparison.Coalesce('place', models.Value('')), name='series_is_known_by_title_and_place')],
            },
        ),
        migrations.CreateModel(
            name='StoredIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(unique=True)),
                ('year', models.IntegerField()),
                ('month', models.IntegerField(null=True)),
                ('number', models.IntegerField(null=True)),
                ('serial_number', models.IntegerField(null=True)),
                ('published_on', models.DateField(null=True)),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='archive.series')),
            ],
            options={
                'ordering': ['series_id', 'year', 'number', 'published_on', 'key'],
            },
        ),
        migrations.CreateModel(
            name='Derivation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_hash', models.CharField(max_length=80)),
                ('made_by', models.CharField(max_length=200)),
                ('rows_hash', models.CharField(max_length=80)),
                ('change', models.IntegerField(db_index=True)),
                ('annotated_by', models.TextField(null=True)),
                ('problems', models.JSONField(default=list)),
                ('issue', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='derivation', to='archive.storedissue')),
            ],
        ),
        migrations.CreateModel(
            name='StoredItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('headline', models.TextField(null=True)),
                ('column', models.TextField()),
                ('column_path', models.TextField()),
                ('page', models.IntegerField(null=True)),
                ('text', models.TextField()),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('text_hash', models.CharField(db_index=True, max_length=80)),
                ('body_line', models.IntegerField(null=True)),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='archive.storedissue')),
            ],
            options={
                'ordering': ['issue_id', 'number'],
            },
        ),
        migrations.CreateModel(
            name='StoredFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('severity', models.CharField(max_length=10)),
                ('position', models.IntegerField()),
                ('data', models.JSONField()),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='archive.storedissue')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='archive.storeditem')),
            ],
            options={
                'ordering': ['issue_id', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layer', models.CharField(max_length=20)),
                ('start', models.IntegerField()),
                ('end', models.IntegerField()),
                ('text', models.TextField()),
                ('value', models.JSONField()),
                ('by', models.TextField()),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='archive.person')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='archive.storeditem')),
            ],
            options={
                'ordering': ['item_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.IntegerField()),
                ('content_hash', models.CharField(max_length=80)),
                ('document', models.TextField()),
                ('source_name', models.TextField()),
                ('source_sha256', models.CharField(db_index=True, max_length=64)),
                ('source', models.BinaryField()),
                ('outline', models.TextField(null=True)),
                ('added_at', models.DateTimeField()),
                ('is_current', models.BooleanField()),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='archive.storedissue')),
            ],
            options={
                'ordering': ['issue_id', 'sequence'],
                'constraints': [models.UniqueConstraint(fields=('issue', 'sequence'), name='revisions_are_numbered'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('issue',), name='one_revision_is_current')],
            },
        ),
        migrations.AddConstraint(
            model_name='storeditem',
            constraint=models.UniqueConstraint(fields=('issue', 'number'), name='items_are_numbered'),
        ),
    ]
