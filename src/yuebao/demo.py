"""The main job on the sample series, step by step, each saying what it did and where the result lies. A second run changes nothing."""

from __future__ import annotations

import secrets
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from yuebao import archive, pipeline, samples
from yuebao.errors import UsageError
from yuebao.glossary import SEVERITIES
from yuebao.model import Findings, Issue, Source
from yuebao.proof import report

Say = Callable[[str, str], None]
Read = tuple[Path, Issue, Source | None]

# who works at the demo's desk: account, name, roles, 供稿单位
PEOPLE: tuple[tuple[str, str, tuple[str, ...], str | None], ...] = (
    ("editor", "阮竹青", ("editor",), None),
    ("first", "佟问渠", ("first_reviewer",), None),
    ("second", "蔚长风", ("second_reviewer",), None),
    ("final", "解文渊", ("final_reviewer", "signatory"), None),
    ("proof", "乐知微", ("proofreader", "secrecy_reviewer"), None),
    ("reader", "盖明德", ("reader",), None),
    ("admin", "贝守拙", ("administrator",), None),
    ("contributor", "甘素心", ("contributor",), "市委办公室"),
)
ACCOUNTS = "desk-accounts.tsv"


def run(home: Path, say: Say) -> None:
    """Read, proof, archive and set the sample series in the folder `home`, and lay its next month on the desk.

    Raises UsageError E202, ArchiveError, InputError.
    """
    started = time.perf_counter()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("E202", name=str(home), reason=error.strerror or str(error)) from None
    issues = _read(say)
    _proof(issues, home, say)
    _archive(home, say)
    _publish(issues[-1], home, say)
    _desk(home, say)
    taken = f"{time.perf_counter() - started:.1f}"
    say(f"  用时 {taken} 秒；全部结果在 {home}", f"  {taken} s; everything lies in {home}")


def _read(say: Say) -> list[Read]:
    say("一、读：随附的《云陵月报》（虚构的城市）三期原文", "1 read: three issues of an invented city's bulletin")
    out: list[Read] = []
    for path in samples.paths():
        outline = samples.outline_path(path)
        text = outline.read_text(encoding="utf-8") if outline else None
        issue, source = pipeline.read_bytes(path.name, pipeline.read_file(path), text)
        out.append((path, issue, source))
        masthead, items = issue.masthead, len(issue.items())
        encoding = issue.source.encoding
        say(f"  {path.name}（{encoding}）：{masthead.year}年第{masthead.number}期，{items} 条，读入说明 {len(issue.problems)} 处",
            f"  {path.name} ({encoding}): {masthead.year} no. {masthead.number}, {items} items, {len(issue.problems)} notes on reading")
    say(f"  原文在 {samples.paths()[0].parent}", f"  the texts lie in {samples.paths()[0].parent}")
    return out


def _proof(issues: list[Read], home: Path, say: Say) -> None:
    say("二、校：目录与正文、日期、期号、标点、用字", "2 proof: contents against body, dates, numbers, punctuation, wording")
    for path, issue, source in issues:
        others = [other for _, other, _ in issues if other is not issue]
        findings = pipeline.proof_issue(issue, source, [other.masthead for other in others], others)
        place = home / f"{path.stem}.findings.txt"
        pipeline.write_whole(place, report(findings).encode())
        say(f"  {path.name}：{_counts(findings, 0)} → {place}", f"  {path.name}: {_counts(findings, 1)} → {place}")


def _counts(findings: Findings, language: int) -> str:
    counts = Counter(f.severity for f in findings.findings)
    return ("，", ", ")[language].join(f"{words[language]} {counts[level]}" for level, words in SEVERITIES.items())


def _archive(home: Path, say: Say) -> None:
    say("三、存：全年十二期入库，一期一个事务，原文件一并保存",
        "3 archive: the year's twelve issues, one transaction each, the source files kept beside")
    archive.setup(home)
    if not (table := home / "lexicon" / "appointments.tsv").exists():
        table.parent.mkdir(exist_ok=True)
        shutil.copy(samples.appointments_path(), table)
    archive.rebuild(stale_only=True)
    counts = Counter(added.state for path in samples.year() for added in archive.add([path]))
    say(f"  新入库 {counts['added']} 期，未变 {counts['unchanged']} 期 → {home}",
        f"  {counts['added']} added, {counts['unchanged']} unchanged → {home}")


def _publish(read: Read, home: Path, say: Say) -> None:
    path, issue, _ = read
    say("四、排：排成一册书", "4 publish: set as a book")
    place = home / f"{path.stem}.pdf"
    pipeline.publish_issue(issue, place)
    say(f"  {place}（{place.stat().st_size // 1024} KB）", f"  {place} ({place.stat().st_size // 1024} KB)")


# ---- the desk ----


def _desk(home: Path, say: Say) -> None:
    from yuebao.desk.models import Account, DeskStory  # their tables are there once the archive is set up

    say("五、编：编辑台开 2026 年第 1 期，收进一个月的来稿", "5 the desk: the issue 2026 no. 1 is opened, and a month's copy taken in")
    accounts = home / ACCOUNTS
    if not Account.objects.exists():
        _people(accounts)
    if not DeskStory.objects.exists():
        _month(say)
    say(f"  账号、密码在 {accounts}（仅供演示）：{'、'.join(name for name, *_ in PEOPLE)}",
        f"  accounts and their password, for this demo alone, are in {accounts}")


def _people(accounts: Path) -> None:
    """The accounts, with one password that is this demo's own; told in a file that its owner alone may read."""
    from yuebao.desk import accounts as desk_accounts
    from yuebao.desk.models import Contributor
    from yuebao.desk.permissions import ROLES

    password = f"yuebao-{secrets.token_hex(4)}"
    lines = ["账号\t密码\t姓名\t角色"]
    for name, full_name, roles, unit in PEOPLE:
        contributor = Contributor.objects.get_or_create(name=unit)[0] if unit else None
        desk_accounts.create(name, full_name, password, roles, by=None, contributor=contributor)
        lines.append("\t".join((name, password, full_name, "、".join(ROLES[role][0] for role in roles))))
    accounts.touch(mode=0o600)
    accounts.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _month(say: Say) -> None:
    """The issue opened, its copy taken in as the register has it, and gathered into stories."""
    from yuebao.desk import copy, issues, stories
    from yuebao.desk.models import Account, DeskIssue

    editor = Account.objects.get(name="editor")
    issue = DeskIssue.objects.first() or issues.open_issue("云陵月报", 2026, 1, 1, by=editor, serial_number=95)
    files = [(path.name, path.read_bytes()) for path in (samples.copy_register_path(), *samples.copy())]
    outcomes = Counter(each.state for each in copy.take_all(issue, files, by=editor))
    gathered = len(stories.gather(issue, editor))
    say(f"  收稿 {outcomes['taken']} 篇，不予收存 {outcomes['refused']} 篇（带有密级标志），归为 {gathered} 组",
        f"  {outcomes['taken']} texts taken, {outcomes['refused']} refused (a mark of secrecy), {gathered} stories")
