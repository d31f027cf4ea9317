"""What the archive answers with: frozen values, none of them a table row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from yuebao.errors import YuebaoError


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: `key` names its issue (None where refused), `error` says why it was refused."""

    path: Path
    key: str | None
    state: Literal["added", "unchanged", "revised", "refused"]
    error: YuebaoError | None = None


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One issue in the list of the archive. `revisions` counts them; `added_at` (UTC) is when the current one came."""

    key: str
    title: str
    place: str | None
    year: int
    month: int | None
    number: int | None
    serial_number: int | None
    published_on: date | None
    items: int
    revisions: int
    source_name: str
    added_at: datetime


# what can be wrong, by kind: the words in both languages, and what mends it
FAULTS: dict[str, tuple[str, str, Literal["restore", "rebuild"]]] = {
    "database": ("数据库文件损坏：{detail}", "The database file is damaged: {detail}", "restore"),
    "document": ("期次文档与其哈希不符", "The document does not match its hash", "restore"),
    "document_form": ("期次文档不能读取：{detail}", "The document cannot be read: {detail}", "restore"),
    "source": ("原文件与其哈希不符", "The source file does not match its hash", "restore"),
    "seal": ("版本的文件名、提纲、时间等与其哈希不符", "File name, outline or time of the revision are not what was sealed", "restore"),
    "sequence": ("版本序号不连续，或没有当前版本", "Revisions are missing, or none is current", "restore"),
    "identity": ("登记项与文档不符：{detail}", "What the issue is filed under is not what its document says: {detail}", "restore"),
    "decision": ("处理记录第 {detail} 条与其哈希不符，或前面有缺", "Decision {detail} is altered, or one before it is lost", "restore"),
    "audit": ("操作记录第 {detail} 条与其哈希不符，或前面有缺", "Audit line {detail} is altered, or one before it is lost", "restore"),
    "desk_file": ("编辑台收存的文件与其哈希不符：{detail}", "A file kept on the desk does not match its hash: {detail}", "restore"),
    "derived_missing": ("没有条目数据", "Its items are missing", "rebuild"),
    "derived_stale": ("条目数据由另一版本的程序生成", "Its items were made by another version of the program", "rebuild"),
    "derived_altered": ("条目数据与生成时不符", "Its items are not what was made", "rebuild"),
    "derived_items": ("条目与文档不符：{detail}", "Its items are not those of the document: {detail}", "rebuild"),
    "register": ("人物、机构登记与条目不符：{detail}", "The register is not what the items say: {detail}", "rebuild"),
    "index_missing": ("索引缺少 {detail}", "The index lacks {detail}", "rebuild"),
    "index_extra": ("索引多出 {detail}", "The index holds what is not there: {detail}", "rebuild"),
    "index_files": ("索引文件损坏：{detail}", "The index is damaged: {detail}", "rebuild"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that `verify` found. `key` names the issue, None where it is the database or the index; `kind` is a key of FAULTS."""

    kind: str
    key: str | None = None
    revision: int | None = None
    detail: str = ""

    def message(self, language: str = "zh") -> str:
        """What is wrong, in the language asked for ("zh" or "en")."""
        chinese, english, _ = FAULTS[self.kind]
        return (english if language == "en" else chinese).format(detail=self.detail)

    @property
    def cure(self) -> Literal["restore", "rebuild"]:
        """`rebuild` where `yuebao archive rebuild` mends it, `restore` where only a backup does."""
        return FAULTS[self.kind][2]
