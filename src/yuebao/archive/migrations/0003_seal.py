from django.db import migrations, models

from yuebao.archive.sealing import seal_of


def seal(apps, _):
    for row in apps.get_model("archive", "Revision").objects.iterator(chunk_size=50):
        row.seal = seal_of(row)
        row.save(update_fields=["seal"])


class Migration(migrations.Migration):

    dependencies = [("archive", "0002_register_and_decisions")]

    operations = [
        migrations.AddField("revision", "seal", models.CharField(max_length=80, default=""), preserve_default=False),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
