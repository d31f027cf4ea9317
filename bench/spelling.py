"""Sentence-level detection and correction on pairs of sentences of law texts (spelling_law.tsv), as they are.

    python bench/spelling.py [PAIRS.tsv] [--show]

Each line has a sentence as found and as it should be. Detected: an error or warning (with "notes": a finding of any level) of a W rule touches
a sentence that has an error. Corrected: the sentence with every proposal carried out is the right one. The rules are for closed slips, not for
such texts: the recall is small by design, the precision is what is held.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from measure import CORPUS, Figure, Measure, Row
from proof_quiet import item_of
from yuebao.model import Column, Issue, Masthead, SourceInfo
from yuebao.proof import proof

PAIRS = CORPUS.parent / "spelling_law.tsv"
INFO = SourceInfo("spelling", "text/plain", "utf-8", "0" * 64, 0, None)
FAMILY = "W"


def corrected(text: str, with_notes: bool) -> tuple[str, bool]:
    """The sentence with every proposal carried out, and whether there was any finding."""
    issue = Issue(INFO, Masthead(), columns=(Column("", items=(item_of(1, "", text),)),))
    found = [f for f in proof(issue).findings if (with_notes or f.severity != "note") and f.code[0] in FAMILY and f.start is not None]
    out = issue.items()[0].text
    for finding in reversed(found):
        if finding.proposal is not None:
            out = out[:finding.start] + finding.proposal + out[finding.end:]
    return out.removeprefix("\n"), bool(found)


def scored(path: Path = PAIRS, show: bool = False, with_notes: bool = False) -> dict[str, tuple[int, int, int]]:
    """Hits, findings and errors of sentences, for detection and correction."""
    pairs = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    touched = hits = right = 0
    for wrong, correct in pairs:
        out, found = corrected(wrong, with_notes)
        touched += found
        hits += found and wrong != correct
        right += out == correct and wrong != correct
        if show and found:
            print("+" if out == correct else "-", wrong, out, sep="\t")
    errors = sum(wrong != correct for wrong, correct in pairs)
    return {"detection": (hits, touched, errors), "correction": (right, touched, errors)}


WITH_NOTES = {"": False, "_notes": True}  # what the name of a figure ends in


def figures() -> dict[str, Figure]:
    found = {}
    for ending, with_notes in WITH_NOTES.items():
        for name, (hits, said, errors) in scored(with_notes=with_notes).items():
            found[f"proof_spelling_{name}_recall{ending}"] = Figure(round(hits / errors, 4), f"{hits} of {errors} sentences")
            found[f"proof_spelling_{name}_precision{ending}"] = Figure(round(hits / said, 4) if said else None, f"{said} sentences touched")
    return found


MEASURES = (
    Measure(
        "spelling", tuple(
            Row(f"proof_spelling_{n}_{k}{ending}", "share")
            for ending in WITH_NOTES for n in ("detection", "correction") for k in ("recall", "precision")),
        figures, needs_shared=True),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="?", type=Path, default=PAIRS)
    parser.add_argument("--show", action="store_true", help="list what was touched")
    args = parser.parse_args()
    for ending, with_notes in WITH_NOTES.items():
        for name, (hits, said, errors) in scored(args.pairs, args.show and with_notes, with_notes).items():
            print(f"{name}{ending}: recall {hits / errors:.4f} of {errors}, precision {hits / said if said else 0:.4f} of {said}")


if __name__ == "__main__":
    main()
