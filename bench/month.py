"""Real copy of one month compiled into a draft: how much of it is printed, from where, and how long it takes. Nothing of it is kept."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from measure import SHARED, Figure, Measure, Row
from yuebao import pipeline
from yuebao.compile.draft import masthead_of
from yuebao.compile.draft_figures import figures_of
from yuebao.compile.intake import Refused

COPY = SHARED / "corpus" / "clippings_2023.jsonl"
YEAR, MONTH = 2023, 8


def figures() -> Mapping[str, Figure]:
    """The texts that name the city of the real issues, compiled into August 2023 with those issues as the run."""
    run = [pipeline.read_issue(path) for path in sorted(SHARED.glob("seeds/*.txt"))]
    lines = [line for line in COPY.read_text(encoding="utf-8").splitlines() if json.loads(line)["about_pingdingshan"]]
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "copy.jsonl").write_text("\n".join(lines), encoding="utf-8")
        taken = list(pipeline.take_folder(Path(folder)))
    clippings = [each for each in taken if not isinstance(each, Refused)]
    draft = pipeline.compile_month(clippings, masthead_of(run, YEAR, MONTH), run)
    issue, source = pipeline.draft_issue(draft)
    seconds = time.perf_counter() - start
    of = figures_of(draft)
    findings = pipeline.proof_issue(issue, source).findings
    unplaced = sum(left.source_end - left.source_start for left in issue.unplaced)
    return {
        "month_texts": Figure(of.texts, f"of {len(lines)}; {of.left_out} passages that are no part of a report left out"),
        "month_stories": Figure(of.stories, f"{of.several} of more than one report"),
        "month_items": Figure(of.items, f"in {len(issue.columns)} columns; {of.differences} differences, {of.gaps} gaps"),
        "month_characters": Figure(of.characters, f"about {of.pages} pages; of {source.info.characters} characters of copy {unplaced} not printed"),
        "month_sourced": Figure(of.with_source / of.clauses, f"{of.with_source}/{of.clauses} clauses"),
        "month_refused": Figure(of.refused, "passages that the gate did not let pass or that tell another event"),
        "month_findings": Figure(sum(finding.severity == "error" for finding in findings), f"of level error, of {len(findings)} in proof of the draft"),
        "month_seconds": Figure(round(seconds, 1), "from files to the annotated document"),
    }


MEASURES = (
    Measure(
        "month",
        (
            Row("month_texts", "texts"), Row("month_stories", "stories"), Row("month_items", "items"), Row("month_characters", "characters"),
            Row("month_sourced", "share", at_least=1.0), Row("month_refused", "passages"), Row("month_findings", "findings"),
            Row("month_seconds", "s"),
        ),
        figures, needs_shared=True),
)

if __name__ == "__main__":
    for name, figure in figures().items():
        print(f"{name:20} {figure.value:g}  {figure.note}")
