"""The tables of the desk. Nothing is ever deleted: what is no longer wanted is withdrawn, with who, when and why (`audit`).

Only `yuebao.desk` writes them. Times are UTC. What a person wrote is kept in versions; what was decided, in rows that are only added to.
"""

from __future__ import annotations

from typing import ClassVar, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class OnlyAddedRows(models.QuerySet):
    """Rows that nobody changes or deletes."""

    def _refused(self, *args: object, **kwargs: object) -> NoReturn:  # noqa: ARG002
        raise TypeError(f"{self.model.__name__}: rows are only added to")

    update = delete = bulk_update = _refused  # type: ignore[assignment]


class OnlyAdded(models.Model):
    """What was done: a row is written once. The database's own door stays; what came through it `audit.verify` finds."""

    objects: ClassVar = OnlyAddedRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__}: rows are only added to")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> NoReturn:  # noqa: ARG002
        raise TypeError(f"{type(self).__name__}: rows are only added to")


# ---- people ----


class Contributor(models.Model):
    """供稿单位."""

    name = models.TextField(unique=True)
    contact = models.TextField(blank=True, default="")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["name"]


class Account(AbstractBaseUser):
    """Who may sign in. `roles` are keys of `permissions.ROLES`; one person may hold several. Never deleted, only made inactive."""

    name = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=60)
    roles = models.JSONField(default=list)
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, null=True, related_name="accounts")
    is_active = models.BooleanField(default=True)
    failures = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    USERNAME_FIELD = "name"
    objects: ClassVar = BaseUserManager()

    class Meta:
        ordering: ClassVar = ["name"]


class OfficeSetting(models.Model):
    """What the office has settled, by key (`offices.SETTINGS`)."""

    key = models.CharField(max_length=60, unique=True)
    value = models.JSONField()


class AuditEntry(OnlyAdded):
    """One line of the log: who did what to which thing. Only added to; `entry_hash` is of all the rest and of the hash before it."""

    sequence = models.IntegerField(unique=True)
    at = models.DateTimeField()
    by = models.TextField()
    action = models.CharField(max_length=60)
    subject = models.TextField()
    details = models.TextField()
    entry_hash = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering: ClassVar = ["sequence"]


class Scan(models.Model):
    """A file that proves what was done on paper 代录, or that was fetched: its bytes as they came."""

    name = models.TextField()
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")


# ---- the issue in hand ----


class DeskIssue(models.Model):
    """期, from opening to distribution. Numbers are reserved when it is opened: a double is impossible, a gap is asked about.

    `kind`: regular, combined 合刊 (then `until_number`), supplement 增刊 (a number of its own run). `stage`: 稿次, a key of
    `issues.STAGES`; `proof_round`: 校次, 0 before the first proof. `masthead`: model.Masthead as plain dictionary. `archive_key`: once
    it is signed off.
    """

    title = models.TextField()
    year = models.IntegerField()
    month = models.IntegerField(null=True)
    number = models.IntegerField()
    until_number = models.IntegerField(null=True)
    serial_number = models.IntegerField(null=True)
    kind = models.CharField(max_length=20, default="regular")
    stage = models.CharField(max_length=20, default="first_draft")
    proof_round = models.IntegerField(default=0)
    masthead = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    archive_key = models.TextField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.IntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["title", "year", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["title", "year", "kind", "number"], name="issue_numbers_are_reserved_once"),
            models.UniqueConstraint(
                fields=["title", "serial_number"], condition=Q(serial_number__isnull=False), name="serial_numbers_once"),
        ]


class StoredClipping(models.Model):
    """来稿 as it came, and what was read of it (`document`: compile.Clipping as plain dictionary). `number`: 登记号 within its issue.

    `state`: new, used, dropped (`reason`), withdrawn. A file that came twice is kept once for an issue. `letter`: that it came enclosed in.
    """

    issue = models.ForeignKey(DeskIssue, on_delete=models.PROTECT, related_name="clippings")
    number = models.IntegerField()
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    origin_kind = models.CharField(max_length=20)
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, null=True, related_name="clippings")
    outlet = models.TextField(null=True)
    dated_on = models.DateField(null=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    headline = models.TextField(null=True)
    document = models.JSONField()
    letter = models.ForeignKey(Scan, on_delete=models.PROTECT, null=True, related_name="+")
    story = models.ForeignKey("DeskStory", on_delete=models.PROTECT, null=True, related_name="clippings")
    state = models.CharField(max_length=20, default="new")
    reason = models.TextField(default="")

    class Meta:
        ordering: ClassVar = ["issue_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "number"], name="clippings_are_numbered"),
            models.UniqueConstraint(fields=["issue", "sha256"], name="clippings_are_kept_once"),
        ]


class DeskStory(models.Model):
    """同题稿件. `state`: open, accepted (an item was made of it), dropped (`reason`), merged (into another, its clippings with it).

    `made`: what compile made of it (compile.Story as plain dictionary), null while it is stale.
    """

    issue = models.ForeignKey(DeskIssue, on_delete=models.PROTECT, related_name="stories")
    number = models.IntegerField()
    made = models.JSONField(null=True)
    state = models.CharField(max_length=20, default="open")
    reason = models.TextField(default="")
    version = models.IntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["issue_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "number"], name="stories_are_numbered")]


class DeskItem(models.Model):
    """条目 in hand: its newest version in whole. `column_path`: titles joined by " / "; `position` orders it within the issue.

    `clauses`: compile.Clause as plain dictionaries, as far as the text still is what they speak of. `version` counts up with every accepted
    edit; who edits says which version they saw. `state`: editing, and what `reviews.STATES` names; withdrawn items keep their history.
    """

    issue = models.ForeignKey(DeskIssue, on_delete=models.PROTECT, related_name="items")
    number = models.IntegerField()
    story = models.ForeignKey(DeskStory, on_delete=models.PROTECT, null=True, related_name="items")
    column_path = models.TextField(default="")
    position = models.FloatField(default=0)
    headline = models.TextField(default="")
    text = models.TextField()
    clauses = models.JSONField(default=list)
    tables = models.JSONField(default=list)
    is_internal = models.BooleanField(default=False)
    state = models.CharField(max_length=20, default="editing")
    version = models.IntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["issue_id", "position", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "number"], name="desk_items_are_numbered")]


class ItemVersion(OnlyAdded):
    """历史: one version of an item in whole, with who made it and why. Only added to."""

    item = models.ForeignKey(DeskItem, on_delete=models.PROTECT, related_name="versions")
    version = models.IntegerField()
    headline = models.TextField()
    text = models.TextField()
    column_path = models.TextField()
    clauses = models.JSONField(default=list)
    tables = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(default="")

    class Meta:
        ordering: ClassVar = ["item_id", "version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "version"], name="item_versions_are_numbered")]


class DeskFigure(models.Model):
    """图: a picture of an item, its caption and credit."""

    item = models.ForeignKey(DeskItem, on_delete=models.PROTECT, related_name="figures")
    picture = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="+")
    caption = models.TextField(default="")
    credit = models.TextField(default="")
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["id"]


# ---- what was decided ----


class Review(OnlyAdded):
    """审: one verdict on one version of an item. `level`: first, second, final; `verdict`: passed, returned. Only added to.

    `entered_by` and `scan`: 代录 of what was done on paper. `note` says, among other things, that one person did two of the three.
    """

    item = models.ForeignKey(DeskItem, on_delete=models.PROTECT, related_name="reviews")
    version = models.IntegerField()
    level = models.CharField(max_length=20)
    verdict = models.CharField(max_length=20)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(default="")
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]


class Comment(models.Model):
    """批注 on an item, at a span of a version or on the whole. Answered ones stay."""

    item = models.ForeignKey(DeskItem, on_delete=models.PROTECT, related_name="comments")
    version = models.IntegerField()
    start = models.IntegerField(null=True)
    end = models.IntegerField(null=True)
    text = models.TextField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resolved_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]


class IssueStep(OnlyAdded):
    """One step of an issue: a change of 稿次, a 校次 and its 核红, 保密审查, 签发. Only added to. `kind`: a key of `issues.STEPS`."""

    issue = models.ForeignKey(DeskIssue, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=40, default="")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(default="")
    details = models.JSONField(default=dict)
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]


class Edition(models.Model):
    """A file of a signed issue, as set at 签发 (`edition`: internal, public; `format`: a key of publish), never made again."""

    issue = models.ForeignKey(DeskIssue, on_delete=models.PROTECT, related_name="editions")
    edition = models.CharField(max_length=20)
    format = models.CharField(max_length=20)
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["issue_id", "edition", "format"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "edition", "format"], name="editions_are_made_once")]


# ---- after 签发 ----


class Recipient(models.Model):
    """发送对象, with how many copies it gets and the mark that its copies bear."""

    name = models.TextField(unique=True)
    copies = models.IntegerField(default=1)
    mark = models.TextField(default="")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["name"]


class IssueCopy(models.Model):
    """编号印发: one numbered copy of an issue, to whom it went, and that it was received (签收)."""

    issue = models.ForeignKey(DeskIssue, on_delete=models.PROTECT, related_name="copies")
    number = models.IntegerField()
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="issue_copies")
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.TextField(default="")
    returned_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["issue_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "number"], name="copies_are_numbered")]


class Fetch(OnlyAdded):
    """Who fetched which edition, and when. Only added to."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="fetches")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]


class Erratum(models.Model):
    """勘误 of a signed issue: what was printed, what is right. The record stays. `kind`: correction 勘误, reprint 重印, recall 收回."""

    issue = models.ForeignKey(DeskIssue, on_delete=models.PROTECT, related_name="errata")
    kind = models.CharField(max_length=20, default="correction")
    item_number = models.IntegerField(null=True)
    printed = models.TextField()
    right = models.TextField(default="")
    reason = models.TextField(default="")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["id"]


class Commission(models.Model):
    """组稿: who is asked for what by when. `state`: asked, reminded, received, excused, withdrawn."""

    issue = models.ForeignKey(DeskIssue, on_delete=models.PROTECT, related_name="commissions")
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="commissions")
    subject = models.TextField()
    due_on = models.DateField()
    state = models.CharField(max_length=20, default="asked")
    reminders = models.IntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
