"""Planted errors: precision and recall of each rule, on 1,000 errors planted by a fixed seed into clean text.

    python bench/planted.py [--errors N] [--seed N] [-o FILE.json] [--show]

Each error stands alone in a text of its own (an item of the sample series that has no defect, or of daily news that passed an editor); what
concerns an issue as a whole is planted into a whole sample issue. Found: a finding of the rule touches the place. Precision counts every
finding of the rule in all those texts: one that touches no planted error is a false alarm. Of the samples' own defects only the new count.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import planted_issues
from measure import Figure, Measure, Row
from planting import KINDS, Kind
from proof_quiet import CORPUS, item_of
from yuebao import read_issue, samples
from yuebao.annotate import annotate
from yuebao.model import Column, Finding, Issue, Masthead, SourceInfo
from yuebao.proof import proof, rules

ERRORS, SEED = 1000, 20240501
EVERY = 3  # of the daily issues: one in so many
SHORTEST, LONGEST = 60, 1500  # characters of a text
OWN_SLIPS = re.compile(r"•|[约近超]过?[\d.]+[千万亿]?[余多]|约[\d.]+[^。，、；：\d]{0,4}左右")
INFO = SourceInfo("planted", "text/plain", "utf-8", "0" * 64, 0, None)
TOUCH = 3  # characters beside the place within which a finding speaks of it
HELD = 0.9  # a rule of less precision may only note


@dataclass
class Count:
    """What became of the errors of one rule. `noted`: found, but only as a note."""

    planted: int = 0
    found: int = 0
    noted: int = 0
    alarms: int = 0  # findings of error and warning that touch no planted error
    true: int = 0
    notes: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def row(self) -> dict[str, float | int | None]:
        """The figures; precision is that of errors and warnings, None where there is none."""
        said = self.true + self.alarms
        return {
            "planted": self.planted, "found": self.found, "noted": self.noted, "false_alarms": self.alarms, "notes": self.notes,
            "recall": round(self.found / self.planted, 4) if self.planted else None,
            "recall_with_notes": round((self.found + self.noted) / self.planted, 4) if self.planted else None,
            "precision": round(self.true / said, 4) if said else None,
        }


def texts() -> list[tuple[str, str, int, int]]:
    """Headline, text, year and month of clean items: those of the samples without a defect, and daily news.

    What the news itself prints wrong for certain (• for ·, 约200余人) is left out.
    """
    out: list[tuple[str, str, int, int]] = []
    for path in samples.paths():
        defects = {d["item_n"] for d in json.loads(samples.gold_path(path).read_text(encoding="utf-8"))["defects"]}
        issue = read_issue(path)
        year, month = issue.masthead.year or 2025, issue.masthead.month or 1
        out += [
            (i.headline or "", i.text[len(i.headline or "") + 1:], year, month) for i in issue.items() if i.number not in defects]
    if CORPUS.is_file():
        for line in CORPUS.read_text(encoding="utf-8").splitlines()[::EVERY]:
            day = json.loads(line)
            when = int(day["date"][:4]), int(day["date"][4:6])
            news = [(i["title"], "\n".join(i["paras"])) for i in day["items"]]
            out += [(title, text, *when) for title, text in news if not OWN_SLIPS.search(title + text) and SHORTEST < len(text) < LONGEST]
    return out


def issue_of(headline: str, text: str, year: int, month: int) -> Issue:
    """An annotated issue of one item."""
    return annotate(Issue(INFO, Masthead(year=year, month=month), columns=(Column("要闻", items=(item_of(1, headline, text),)),)))


def planted_texts(kinds: Sequence[Kind], wanted: int, clean: Sequence[tuple[str, str, int, int]], chance: random.Random) -> Iterator[
        tuple[Issue, int, int]]:
    """So many issues of one item with one error each, by the kinds in turn, and where it stands."""
    order = list(range(len(clean)))
    for n, kind in enumerate(kinds):
        chance.shuffle(order)
        left = (wanted * (n + 1)) // len(kinds) - (wanted * n) // len(kinds)
        for index in order:
            if not left:
                break
            headline, text, year, month = clean[index]
            place = kind(text, chance)
            if place is not None:
                shift = len(headline) + 1
                yield issue_of(headline, place[0], year, month), place[1] + shift, place[2] + shift
                left -= 1


def touches(finding: Finding, start: int, end: int) -> bool:
    """Whether the finding speaks of the place."""
    return finding.start is not None and finding.end is not None and finding.start < end + TOUCH and start < finding.end + TOUCH


def counted(errors: int = ERRORS, seed: int = SEED) -> dict[str, Count]:
    """The count of every rule that something was planted for."""
    chance = random.Random(seed)
    counts = {rule.code: Count() for rule in rules()}
    kinds: dict[str, list[Kind]] = {}
    for code, kind in KINDS:
        kinds.setdefault(code, []).append(kind)
    whole = planted_issues.CODES
    share = errors // (len(kinds) + len(whole))
    clean = texts()
    for code in whole:
        for found_new, place in planted_issues.planted(code, share, chance):
            mark_issue(counts, code, found_new, place)
    # the rarest kinds last in nothing: what they cannot fill goes to the others, once more around
    for wanted in (share, errors):
        for number, code in enumerate(sorted(kinds)):
            left = errors - sum(count.planted for count in counts.values())
            if wanted == errors:
                full = [c for c in sorted(kinds)[number:] if counts[c].planted >= share]
                wanted_here = -(-left // len(full)) if code in full else 0
            else:
                wanted_here = share
            for issue, start, end in planted_texts(kinds[code], min(wanted_here, left), clean, chance):
                mark(counts, code, issue, proof(issue).findings, start, end)
    return counts


def mark(counts: dict[str, Count], code: str, issue: Issue, findings: Sequence[Finding], start: int, end: int) -> None:
    """Count one planted text."""
    count = counts[code]
    count.planted += 1
    text = issue.items()[0].text
    here = [f for f in findings if touches(f, start, end)]
    tell(count, {f.severity for f in here if f.code == code}, text[max(0, start - 12):end + 12])
    for finding in findings:
        tally(counts[finding.code], finding, touching=finding in here)


def mark_issue(counts: dict[str, Count], code: str, new: Sequence[Finding], place: planted_issues.Place) -> None:
    """Count one planted issue: `new` are the findings that the issue had not before."""
    count = counts[code]
    count.planted += 1
    tell(count, {f.severity for f in new if f.code == code and place.is_of(f)}, place.said)
    for finding in new:
        tally(counts[finding.code], finding, touching=place.is_of(finding))


def tell(count: Count, severities: set[str], said: str) -> None:
    if severities & {"error", "warning"}:
        count.found += 1
    elif severities:
        count.noted += 1
    else:
        count.missed.append(said)


def tally(count: Count, finding: Finding, *, touching: bool) -> None:
    if finding.severity == "note":
        count.notes += 1
    elif touching:
        count.true += 1
    else:
        count.alarms += 1
        count.false.append(f"{finding.text} → {finding.proposal}")


def summary(counts: dict[str, Count]) -> dict[str, float | int | None]:
    """The figures of all rules together, and which rules of error and warning do not hold the precision asked."""
    rows = [count.row() for count in counts.values()]
    planted, found, noted = (sum(int(row[key] or 0) for row in rows) for key in ("planted", "found", "noted"))
    true, alarms = (sum(getattr(count, key) for count in counts.values()) for key in ("true", "alarms"))
    return {
        "planted": planted, "recall": round(found / planted, 4), "recall_with_notes": round((found + noted) / planted, 4),
        "precision": round(true / (true + alarms), 4), "rules": sum(1 for row in rows if row["planted"]),
        "rules_below": sum(1 for row in rows if row["precision"] is not None and row["precision"] < HELD),
    }


# ---- as rows of the bench ----


def figures() -> dict[str, Figure]:
    """The rows of the bench: all rules together, and the rules that fall short."""
    counts = counted()
    total = summary(counts)
    below = [code for code, count in counts.items() if (p := count.row()["precision"]) is not None and p < HELD]
    note = f"{total['planted']} errors of {total['rules']} rules"
    return {
        "proof_errors_recall": Figure(total["recall"], note), "proof_errors_recall_notes": Figure(total["recall_with_notes"], "notes counted"),
        "proof_errors_precision": Figure(total["precision"], "errors and warnings"),
        "proof_errors_below": Figure(len(below), "、".join(below)),
    }


MEASURES = (
    Measure("errors", (
        Row("proof_errors_recall", "share"), Row("proof_errors_recall_notes", "share", at_least=HELD),
        Row("proof_errors_precision", "share", at_least=HELD), Row("proof_errors_below", "rules", at_most=0),
    ), figures, needs_shared=True),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, default=ERRORS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("-o", dest="output", type=Path, help="where the table goes as JSON")
    parser.add_argument("--show", action="store_true", help="list what was missed and the false alarms")
    args = parser.parse_args()
    counts = counted(args.errors, args.seed)
    titles = {rule.code: rule.title for rule in rules()}
    print("code  planted  recall  with notes  precision  rule")
    for code, count in counts.items():
        row = count.row()
        shown = ["—" if row[key] is None else f"{row[key]:.3f}" for key in ("recall", "recall_with_notes", "precision")]
        print(f"{code}  {count.planted:7}  {shown[0]:>6}  {shown[1]:>10}  {shown[2]:>9}  {titles[code]}")
        for said in (*(f"missed: {m}" for m in count.missed), *(f"false: {f}" for f in count.false)) if args.show else ():
            print("       ", said.replace("\n", "|"))
    total = summary(counts)
    print("  ".join(f"{key} {value}" for key, value in total.items()))
    if args.output:
        table = {"total": total, "rules": {code: count.row() for code, count in counts.items()}}
        args.output.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
