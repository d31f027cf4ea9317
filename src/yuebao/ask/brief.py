"""专题汇编: what was found, whole and cited, as one document for whoever asked. From a search, a question or a project of the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from yuebao import archive
from yuebao.ask.ledger import Project
from yuebao.ask.questions import QuestionAnswer
from yuebao.ask.rolling.documents import document
from yuebao.ask.values import Citation
from yuebao.model import Issue

ANSWER, STATED, TEXTS = "答复", "历次记载", "原文"
Line = tuple[str, str | None, str]


def brief_of_items(title: str, citations: Iterable[Citation]) -> Issue:
    """The items, whole, in the order given, those of one year under its heading."""
    return document(title, title, None, list(_texts(citations, by_year=True)))


def brief_of_answer(answer: QuestionAnswer) -> Issue:
    """An answer: its sentence, its table line by line, and the items that it rests on."""
    lines: list[Line] = [(ANSWER, answer.question or None, "\n".join(filter(None, (answer.sentence, answer.why))).replace("\n", " "))]
    lines += [(STATED, None, "　".join(cell for cell in row if cell)) for row in answer.table[1:]]
    lines += _texts(dict.fromkeys(passage.citation for passage in answer.passages))
    return document(answer.question or "专题汇编", answer.question or "专题汇编", None, lines)


def brief_of_project(project: Project) -> Issue:
    """A project of the ledger: its stages, sums and extents, where print contradicts itself, and the items that tell of it."""
    lines: list[Line] = [(ANSWER, project.name, f"末次见载的阶段：{project.stage}。")]
    lines += [
        (ANSWER, None, f"说法不一：{clash.label}，" + "；".join(f"{s.shown}（{s.citation.text()}）" for s in clash.statements))
        for clash in project.contradictions
    ]
    stated = [*project.stages, *project.sums, *project.extents]
    lines += [(STATED, None, f"{s.day or '日期不详'}　{s.shown}（{s.citation.text()}）") for s in project.stages]
    lines += [(STATED, None, f"{s.label}　{s.shown}（{s.citation.text()}）") for s in (*project.sums, *project.extents)]
    lines += _texts(dict.fromkeys(s.citation for s in stated))
    return document(f"{project.name}专题汇编", project.name, None, lines)


def _texts(citations: Iterable[Citation], by_year: bool = False) -> list[Line]:
    """The items cited, each whole with its citation behind it."""
    held: dict[str, dict[int, tuple[str | None, str]]] = {}
    lines: list[Line] = []
    for cited in citations:
        if cited.issue not in held:
            items = archive.show(cited.issue).items()
            held[cited.issue] = {item.number: (item.headline, "\n".join(item.text[e.start:e.end] for e in item.entries)) for item in items}
        headline, text = held[cited.issue][cited.item]
        lines.append((f"{cited.year}年" if by_year else TEXTS, headline, f"{text}（{cited.text()}）".replace("\n", " ")))
    return lines
