"""期号与总期号: reserved when an issue is opened. A double is impossible; a gap is asked about, for 停刊 and 合刊 are what offices do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from yuebao.archive import record
from yuebao.archive.models import StoredIssue, in_time
from yuebao.desk import offices
from yuebao.desk.models import DeskIssue
from yuebao.errors import UsageError
from yuebao.model import Json, Masthead, ModelError

SUPPLEMENT = "增刊"
# what an issue takes over from the one before it; the rest of a masthead is of one issue alone
KEPT = (
    "title_pinyin", "notice", "motto", "supervisor", "sponsor", "publisher", "editors", "address", "phone", "email", "distribution",
    "place_line", "permit_number", "printer", "print_run",
)
OWN = (*KEPT, "published_on", "printed_on")  # what may be changed while the issue is in hand


@dataclass(frozen=True, slots=True)
class Wanted:
    """The numbers that an issue is to bear. `until_number`: the last one of a 合刊; `of`: the desk's issue that is to have others."""

    title: str
    year: int
    month: int | None
    kind: str
    number: int
    until_number: int | None = None
    serial_number: int | None = None
    of: int | None = None

    def said_of_combined(self) -> str | None:
        """What the cover of a 合刊 says of its numbers."""
        return f"第{self.number}—{self.until_number}期合刊" if self.until_number else None

    def printed_title(self) -> str:
        """The title under which it is archived: 增刊 are a series of their own, with numbers of their own."""
        return self.title + SUPPLEMENT if self.kind == "supplement" and not self.title.endswith(SUPPLEMENT) else self.title


@dataclass(frozen=True, slots=True)
class Taken:
    """Numbers that an issue has, on the desk or in the archive."""

    year: int
    number: int
    until: int
    serial_number: int | None


def check_form(wanted: Wanted, kinds: Iterable[str]) -> None:
    """Raise UsageError E203 where the numbers cannot be those of an issue."""
    is_combined = wanted.kind == "combined"
    wrong = {
        "没有资料名称": not wanted.title,
        f"类别 {wanted.kind}": wanted.kind not in kinds,
        f"年份 {wanted.year}": not 1900 <= wanted.year < 2200,
        f"月份 {wanted.month}": wanted.month is not None and not 1 <= wanted.month <= 12,
        f"期号 {wanted.number}": wanted.number < 1,
        f"总期号 {wanted.serial_number}": wanted.serial_number is not None and wanted.serial_number < 1,
        "合刊须写明到第几期，单期不写": is_combined != (wanted.until_number is not None),
        f"合刊 {wanted.number}—{wanted.until_number}": is_combined and (wanted.until_number or 0) <= wanted.number,
    }
    faults = [reason for reason, is_so in wrong.items() if is_so]
    if faults:
        raise UsageError("E203", reason="；".join(faults), command="desk")


def check_free(wanted: Wanted) -> None:
    """Raise UsageError E224 where one of the numbers is taken."""
    last = wanted.until_number or wanted.number
    for one in taken(wanted):
        if one.year == wanted.year and one.number <= last and wanted.number <= one.until:
            raise UsageError("E224", name=f"{wanted.title} {wanted.year}年第{one.number}期")
        if wanted.serial_number is not None and one.serial_number == wanted.serial_number:
            raise UsageError("E224", name=f"{wanted.title} 总第{wanted.serial_number}期")


def check_follows(wanted: Wanted, skip_reason: str | None) -> None:
    """Raise UsageError E225 where numbers lie between the issue and those before it, and no reason is given.

    Where nothing is known before it, nothing is asked.
    """
    if (skip_reason or "").strip():
        return
    before = [one for one in taken(wanted) if (one.year, one.until) < (wanted.year, wanted.number)]
    if not before:
        return
    reached = max((one.until for one in before if one.year == wanted.year), default=0)
    if wanted.number > reached + 1:
        raise UsageError("E225", reason=f"{wanted.year}年第{reached + 1}期尚缺" if reached + 1 == wanted.number - 1 else (
            f"{wanted.year}年第{reached + 1}至{wanted.number - 1}期尚缺"))
    last = max(before, key=lambda one: (one.year, one.until))
    if last.serial_number is not None and wanted.serial_number is not None and wanted.serial_number != last.serial_number + 1:
        raise UsageError("E225", reason=f"上一期总第{last.serial_number}期，本期总第{wanted.serial_number}期")


def next_of(title: str, kind: str = "regular") -> tuple[int | None, int, int | None]:
    """The year of the last issue, the number after it and the serial number after it; (None, 1, None) where there is none."""
    known = list(taken(Wanted(title, 1900, None, kind, 1)))
    if not known:
        return None, 1, None
    last = max(known, key=lambda one: (one.year, one.until))
    return last.year, last.until + 1, None if last.serial_number is None else last.serial_number + 1


def taken(wanted: Wanted) -> list[Taken]:
    """The numbers of the issues of that title, supplements apart, on the desk and in the archive."""
    is_supplement = wanted.kind == "supplement"
    desk = DeskIssue.objects.filter(title=wanted.title).exclude(pk=wanted.of).filter(**{"kind": "supplement"} if is_supplement else {})
    if not is_supplement:
        desk = desk.exclude(kind="supplement")
    found = [
        Taken(year, number, until or number, serial)
        for year, number, until, serial in desk.values_list("year", "number", "until_number", "serial_number")
    ]
    archived = StoredIssue.objects.filter(series__title=wanted.printed_title(), number__isnull=False)
    found += [Taken(year, number, number, serial) for year, number, serial in archived.values_list("year", "number", "serial_number")]
    return found


# ---- cover and imprint ----


def masthead_of(wanted: Wanted) -> Masthead:
    """封面与版权页 of a new issue: as the office has settled; what it has not, as the last archived issue has it. A 合刊 says so."""
    settled, last = offices.masthead(), _last_masthead(wanted.title)
    kept = {name: getattr(settled, name) or getattr(last, name) for name in KEPT}
    kept["place_line"] = "\n".join(filter(None, (wanted.said_of_combined(), kept["place_line"]))) or None
    return Masthead(
        **kept, title=wanted.printed_title(), year=wanted.year, month=wanted.month, number=wanted.number,
        serial_number=wanted.serial_number)


def renumbered(masthead: Json, wanted: Wanted) -> Masthead:
    """The masthead with other numbers; what a 合刊 says of them goes with them."""
    held = Masthead.from_dict(masthead)
    lines = [line for line in (held.place_line or "").split("\n") if line and not line.endswith("期合刊")]
    return replace(
        held, number=wanted.number, serial_number=wanted.serial_number,
        place_line="\n".join(filter(None, (wanted.said_of_combined(), *lines))) or None)


def with_fields(masthead: Json, fields: dict[str, Json]) -> Masthead:
    """The masthead with some of its own fields changed; empty ones become None. Raises UsageError E203."""
    wrong = set(fields) - set(OWN)
    try:
        if wrong:
            raise ModelError(f"不可改的项：{'、'.join(sorted(wrong))}")
        return Masthead.from_dict({**masthead, **{name: None if value == "" else value for name, value in fields.items()}})
    except ModelError as error:
        raise UsageError("E203", reason=str(error), command="desk") from None


def _last_masthead(title: str) -> Masthead:
    last = StoredIssue.objects.filter(series__title=title).order_by(*in_time()).last()
    return record.show(last.key).masthead if last else Masthead()
