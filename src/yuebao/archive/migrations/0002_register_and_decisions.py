# ruff: noqa

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(null=True)),
                ('start', models.IntegerField()),
                ('end', models.IntegerField()),
                ('offices', models.JSONField(default=list)),
                ('evidence', models.CharField(max_length=20)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.IntegerField(unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('statement', models.TextField()),
                ('decided_by', models.TextField(null=True)),
                ('decided_at', models.DateTimeField()),
                ('decision_hash', models.CharField(max_length=80, unique=True)),
            ],
            options={
                'ordering': ['sequence'],
            },
        ),
        migrations.CreateModel(
            name='Registered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layer', models.CharField(max_length=20)),
                ('name', models.TextField()),
                ('number', models.IntegerField(default=1)),
                ('names', models.JSONField()),
                ('details', models.JSONField()),
                ('is_open', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['layer', 'name', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Tenure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.TextField(db_index=True)),
                ('standing', models.CharField(max_length=20)),
                ('written', models.JSONField()),
                ('count', models.IntegerField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Unregistered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layer', models.CharField(max_length=20)),
                ('name', models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name='mention',
            name='day',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='mention',
            name='name',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='mention',
            name='place',
            field=models.TextField(null=True),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(fields=['layer', 'name'], name='mentions_by_name'),
        ),
        migrations.AddField(
            model_name='appearance',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appearances', to='archive.storeditem'),
        ),
        migrations.AddConstraint(
            model_name='registered',
            constraint=models.UniqueConstraint(fields=('layer', 'name', 'number'), name='registered_once'),
        ),
        migrations.AddField(
            model_name='appearance',
            name='registered',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appearances', to='archive.registered'),
        ),
        migrations.AddField(
            model_name='alias',
            name='registered',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='archive.registered'),
        ),
        migrations.AddField(
            model_name='tenure',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='archive.appearance'),
        ),
        migrations.AddField(
            model_name='tenure',
            name='last',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='archive.appearance'),
        ),
        migrations.AddField(
            model_name='tenure',
            name='registered',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tenures', to='archive.registered'),
        ),
        migrations.AddConstraint(
            model_name='unregistered',
            constraint=models.UniqueConstraint(fields=('layer', 'name'), name='queued_once'),
        ),
    ]
