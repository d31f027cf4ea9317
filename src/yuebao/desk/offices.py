"""What the office has settled 本室设置: how it reviews, what its series is called, how long a session lasts.

`setting(key)` is what holds now, `settle` changes it. `masthead()` is what an issue that is opened starts with.
"""

from __future__ import annotations

from typing import Literal

from yuebao.archive.engines import writing
from yuebao.desk import audit
from yuebao.desk.models import Account, OfficeSetting
from yuebao.errors import Both, UsageError
from yuebao.model import Editor, Json, Masthead

Kind = Literal["yes_no", "hours", "text", "lines"]  # lines: a list, in the form one to a line
LONGEST_SESSION = 72  # hours

# key → (default, kind, Chinese, English)
SETTINGS: dict[str, tuple[Json, Kind, str, str]] = {
    "reviews_by_three": (
        True, "yes_no", "三审由三人分别承担（同一条目的初审、复审、终审，任何两审不得为同一人）",
        "Three reviews by three people (no two reviews of an item by one person)"),
    "show_counts_by_contributor": (
        False, "yes_no", "供稿单位可以看到各单位用稿统计", "Contributors see the counts of copy used of all contributors"),
    "session_hours": (12, "hours", "登录后多少小时须重新登录（1 至 72）", "Hours after which one must sign in again (1 to 72)"),
    "title": ("", "text", "资料名称", "Title"),
    "title_pinyin": ("", "text", "资料名称的拼音", "Title in pinyin"),
    "notice": ("", "text", "内部标识（如：内部资料 免费交流）", "Notice of internal use"),
    "motto": ("", "text", "编印宗旨", "Motto"),
    "supervisor": ("", "text", "主管", "Supervisor"),
    "sponsor": ("", "text", "主办", "Sponsor"),
    "publisher": ("", "text", "编印单位", "Compiled and printed by"),
    "editors": ([], "lines", "编辑人员（每行一位：职责，空格，姓名）", "Editors (one a line: role, blank, name)"),
    "address": ("", "text", "地址", "Address"),
    "phone": ("", "text", "电话", "Telephone"),
    "email": ("", "text", "电子信箱", "E-mail"),
    "distribution": ("", "text", "发送对象", "Distribution"),
    "permit_number": ("", "text", "准印证号", "Permit number"),
    "printer": ("", "text", "印刷单位", "Printer"),
    "print_run": ("", "text", "印数", "Print run"),
}
_TEXTS = ("title", "title_pinyin", "notice", "motto", "supervisor", "sponsor", "publisher", "address", "phone", "email",
          "distribution", "permit_number", "printer")
OF_MASTHEAD = tuple(key for key in SETTINGS if key in (*_TEXTS, "editors", "print_run"))  # what an issue takes over when it is opened


def setting(key: str) -> Json:
    """What the office has settled, or the default. Raises KeyError for a key that is not in SETTINGS."""
    default = SETTINGS[key][0]
    kept = OfficeSetting.objects.filter(key=key).first()
    return kept.value if kept else default


def settings() -> dict[str, Json]:
    """Every key with what holds now."""
    kept = dict(OfficeSetting.objects.values_list("key", "value"))
    return {key: kept.get(key, row[0]) for key, row in SETTINGS.items()}


def settle(key: str, value: Json, by: Account | None) -> None:
    """Change a setting; nothing is noted where it stays as it was. Raises UsageError E231 for a value of another kind."""
    value = _fitting(key, value)
    with writing():
        before = setting(key)
        if before == value:
            return
        OfficeSetting.objects.update_or_create(key=key, defaults={"value": value})
        audit.note(by or audit.PROGRAM, "office settled", key, before=before, after=value)


def masthead() -> Masthead:
    """The masthead with which an issue of the office's series starts: what is settled, no year and no numbers."""
    held = settings()
    texts = {key: str(held[key]).strip() or None for key in _TEXTS}
    return Masthead(**texts, editors=tuple(_editor(line) for line in held["editors"]), print_run=_count(held["print_run"]))


def _editor(line: str) -> Editor:
    role, _, name = line.strip().partition(" ")
    return Editor(role, name.strip()) if name.strip() else Editor("", role)


def _count(text: str) -> int | None:
    digits = "".join(c for c in text if c.isdecimal())
    return int(digits) if digits else None


def _fitting(key: str, value: Json) -> Json:
    """The value as it is kept. Raises UsageError E231."""
    _, kind, chinese, english = SETTINGS[key]
    match kind, value:
        case "yes_no", bool():
            return value
        case "hours", int() if 1 <= value <= LONGEST_SESSION and not isinstance(value, bool):
            return value
        case "text", str():
            return value.replace("\0", "").strip()
        case "lines", list() if all(isinstance(line, str) for line in value):
            return [plain for line in value if (plain := line.replace("\0", "").strip())]
    raise UsageError("E231", reason=Both(f"{chinese}：{value}", f"{english}: {value}"))
