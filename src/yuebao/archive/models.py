"""The tables. Record: what was given, each revision with its hash. Derived: all that can be made again from the record (promise 8).

Only `yuebao.archive` writes them; ask and web read.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, OrderBy, Q
from django.db.models.functions import Coalesce


def in_time(path: str = "") -> tuple[str | OrderBy, ...]:
    """The order of the issues of a series, `path` being the way to them (`issue__`); what is lacking comes first, as SQLite has it."""
    number, published_on = (F(path + name).asc(nulls_first=True) for name in ("number", "published_on"))
    return f"{path}year", number, published_on, f"{path}key"


class CountedForms(models.JSONField):
    """{form: how often}, read the commonest first: PostgreSQL does not keep the order of keys."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        forms = super().from_db_value(value, expression, connection)
        return forms and dict(sorted(forms.items(), key=lambda pair: (-pair[1], pair[0])))

    def deconstruct(self) -> Any:
        name, _, *rest = super().deconstruct()
        return name, "django.db.models.JSONField", *rest  # to the tables it is nothing else


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
    outline that the user gave with the file. `seal` is `sealing.seal_of` the rest; the current revision is always the last.
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
    seal = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["issue_id", "sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "sequence"], name="revisions_are_numbered"),
            models.UniqueConstraint(fields=["issue"], condition=Q(is_current=True), name="one_revision_is_current"),
        ]


class Decision(models.Model):
    """处理: what people decided, one after the other, never altered: taken back by a later one of kind `undo`.

    `statement` is canonical JSON and names its evidence by the hash of an item's text and a span, never by a row's id.
    `decision_hash` is taken of all the rest and of the hash before it, so that a row altered or lost is noticed.
    """

    sequence = models.IntegerField(unique=True)
    kind = models.CharField(max_length=20)
    statement = models.TextField()
    decided_by = models.TextField(null=True)
    decided_at = models.DateTimeField()
    decision_hash = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering: ClassVar = ["sequence"]


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
    """An annotation of a stored item: `text` is what `item.text[start:end]` says, `value` the plain form of the model's value.

    `name` is what the register knows it by (null in layers that it does not keep), `day` the first day of the entry that it stands in,
    `place` that of a person's offices where the item gives another than the series'.
    """

    item = models.ForeignKey(StoredItem, on_delete=models.CASCADE, related_name="mentions")
    layer = models.CharField(max_length=20)
    start = models.IntegerField()
    end = models.IntegerField()
    text = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="mentions")
    value = models.JSONField()
    by = models.TextField()
    name = models.TextField(null=True)
    day = models.DateField(null=True)
    place = models.TextField(null=True)

    class Meta:
        ordering: ClassVar = ["item_id", "id"]
        indexes: ClassVar = [models.Index(fields=["layer", "name"], name="mentions_by_name")]


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


# ---- derived: the register ----


class Unregistered(models.Model):
    """What the register has to look at again: a name whose mentions have changed since. Written with the mentions, in one transaction."""

    layer = models.CharField(max_length=20)
    name = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["layer", "name"], name="queued_once")]


class Registered(models.Model):
    """One person, organisation, place or project. People of one name are numbered in the order of their first appearance in print.

    `names` holds every form printed with its count. `is_open`: mentions of which it cannot be said whose of several they are.
    """

    layer = models.CharField(max_length=20)
    name = models.TextField()
    number = models.IntegerField(default=1)
    names = CountedForms()
    details = models.JSONField()
    is_open = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["layer", "name", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["layer", "name", "number"], name="registered_once")]


class Alias(models.Model):
    """A form in print under which something is registered, to find it by."""

    registered = models.ForeignKey(Registered, on_delete=models.CASCADE, related_name="aliases")
    name = models.TextField(db_index=True)


class Appearance(models.Model):
    """An item that names what is registered. `evidence` says why the mention is taken for this one; `offices` as written there."""

    registered = models.ForeignKey(Registered, on_delete=models.CASCADE, related_name="appearances")
    item = models.ForeignKey(StoredItem, on_delete=models.CASCADE, related_name="appearances")
    day = models.DateField(null=True)
    start = models.IntegerField()
    end = models.IntegerField()
    offices = models.JSONField(default=list)
    evidence = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["id"]


class Tenure(models.Model):
    """见载: one office of one person as far as print attests it. `post` is the office with its place; `written` its forms with counts.

    The first and the last appearance are named by item and span of the mention, so that the sentence can be quoted.
    """

    registered = models.ForeignKey(Registered, on_delete=models.CASCADE, related_name="tenures")
    post = models.TextField(db_index=True)
    standing = models.CharField(max_length=20)
    written = CountedForms()
    count = models.IntegerField()
    first = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="+")
    last = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
