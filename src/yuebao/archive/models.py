"""The tables. Record: what was given, each revision with its hash. Derived: all that can be made again from the record (promise 8).

Only `yuebao.archive` writes them; ask and web read.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

# ---- record ----


class Series(models.Model):
    """资料: known by its title and the place of its sponsor, which is null where no issue names one."""

    title = models.TextField()
    place = models.TextField(null=True)

    class Meta:
        verbose_name_plural = "series"
        constraints: ClassVar = [
            models.UniqueConstraint("title", Coalesce("place", models.Value("")), name="series_is_known_by_title_and_place"),
        ]


class StoredIssue(models.Model):
    """期: known by series, year and number, a daily by its date. `key` is for people: 云陵月报-2025-04, 云陵日志-2025-04-03."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="issues")
    key = models.TextField(unique=True)
    year = models.IntegerField()
    month = models.IntegerField(null=True)
    number = models.IntegerField(null=True)
    serial_number = models.IntegerField(null=True)
    published_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["series_id", "year", "number", "published_on", "key"]


class Revision(models.Model):
    """版本: the document as canonical JSON without annotations and problems, and the file that it was read from, as it came.

    `document` is byte for byte what `content_hash` was taken of; `source` is the file's bytes through zlib; `outline` the text of the
    outline that the user gave with the file.
    """

    issue = models.ForeignKey(StoredIssue, on_delete=models.CASCADE, related_name="revisions")
    sequence = models.IntegerField()
    content_hash = models.CharField(max_length=80)
    document = models.TextField()
    source_name = models.TextField()
    source_sha256 = models.CharField(max_length=64, db_index=True)
    source = models.BinaryField()
    outline = models.TextField(null=True)
    added_at = models.DateTimeField()
    is_current = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["issue_id", "sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "sequence"], name="revisions_are_numbered"),
            models.UniqueConstraint(fields=["issue"], condition=Q(is_current=True), name="one_revision_is_current"),
        ]


# ---- derived ----


class StoredItem(models.Model):
    """条目 of the current revision. `column` is the leaf title, `column_path` all titles joined by " / "; both empty under no column.

    `starts_on`, `ends_on` span the dates of its entries; `body_line` is the line of the source at which it starts.
    """

    issue = models.ForeignKey(StoredIssue, on_delete=models.CASCADE, related_name="items")
    number = models.IntegerField()
    headline = models.TextField(null=True)
    column = models.TextField()
    column_path = models.TextField()
    page = models.IntegerField(null=True)
    text = models.TextField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    text_hash = models.CharField(max_length=80, db_index=True)
    body_line = models.IntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["issue_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "number"], name="items_are_numbered")]


class Person(models.Model):
    """人物, by name alone: two people of one name stay one until somebody says otherwise."""

    name = models.TextField(unique=True)

    class Meta:
        verbose_name_plural = "people"


class Mention(models.Model):
    """An annotation of a stored item: `text` is what `item.text[start:end]` says, `value` the plain form of the model's value."""

    item = models.ForeignKey(StoredItem, on_delete=models.CASCADE, related_name="mentions")
    layer = models.CharField(max_length=20)
    start = models.IntegerField()
    end = models.IntegerField()
    text = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="mentions")
    value = models.JSONField()
    by = models.TextField()

    class Meta:
        ordering: ClassVar = ["item_id", "id"]


class StoredFinding(models.Model):
    """校对意见. `data` is `model.Finding.to_dict()`; `position` counts them within the issue, as the proof gave them."""

    issue = models.ForeignKey(StoredIssue, on_delete=models.CASCADE, related_name="findings")
    item = models.ForeignKey(StoredItem, on_delete=models.CASCADE, null=True, related_name="findings")
    code = models.CharField(max_length=10)
    severity = models.CharField(max_length=10)
    position = models.IntegerField()
    data = models.JSONField()

    class Meta:
        ordering: ClassVar = ["issue_id", "position"]


class Derivation(models.Model):
    """What the derived rows of an issue were made of and by, and their hash. `change` is the change counter when they were made.

    `problems` are the notes of the reader, as `model.Problem.to_dict()`; `annotated_by` stands in the document that `show` gives.
    """

    issue = models.OneToOneField(StoredIssue, on_delete=models.CASCADE, related_name="derivation")
    content_hash = models.CharField(max_length=80)
    made_by = models.CharField(max_length=200)
    rows_hash = models.CharField(max_length=80)
    change = models.IntegerField(db_index=True)
    annotated_by = models.TextField(null=True)
    problems = models.JSONField(default=list)


class Derived(models.Model):
    """Single values about what is derived: the change counter under `changes`."""

    key = models.CharField(max_length=100, unique=True)
    value = models.JSONField()
