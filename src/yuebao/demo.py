"""The main job on the sample series, step by step, each saying what it did and where the result lies. A second run changes nothing."""

from __future__ import annotations

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


def run(home: Path, say: Say) -> None:
    """Read, proof, archive and set the sample series in the folder `home`. Raises UsageError E202, ArchiveError, InputError."""
    started = time.perf_counter()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("E202", name=str(home), reason=error.strerror or str(error)) from None
    issues = _read(say)
    _proof(issues, home, say)
    _archive(home, say)
    _publish(issues[-1], home, say)
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
    say("三、存：入库，一期一个事务，原文件一并保存", "3 archive: one transaction an issue, the source files kept beside")
    archive.setup(home)
    archive.rebuild(stale_only=True)
    counts = Counter(added.state for path in samples.paths() for added in archive.add([path]))
    say(f"  新入库 {counts['added']} 期，未变 {counts['unchanged']} 期 → {home}",
        f"  {counts['added']} added, {counts['unchanged']} unchanged → {home}")


def _publish(read: Read, home: Path, say: Say) -> None:
    path, issue, _ = read
    say("四、排：排成一册书", "4 publish: set as a book")
    place = home / f"{path.stem}.pdf"
    pipeline.publish_issue(issue, place)
    say(f"  {place}（{place.stat().st_size // 1024} KB）", f"  {place} ({place.stat().st_size // 1024} KB)")

