"""What is asked, as fields: shown with every answer, and to be changed where the program read the question otherwise than it was meant."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

# the forms known, by kind: what is asked, and an example to be filled with a person and a project
FORMS: dict[str, tuple[str, str]] = {
    "who_held": ("谁任某职", "谁是市长"),
    "offices_of": ("某人任何职", "{person}任什么职务"),
    "where": ("某人到过哪里", "{person}3月到过哪些地方"),
    "how_often": ("某会、某事有几次", "今年召开过几次常务会议"),
    "when": ("某事在何时", "{project}什么时候开工"),
    "who_did": ("某事由谁主持、谁出席", "{project}开工由谁主持"),
    "how_much": ("某项目总投资、规模多少", "{project}总投资多少"),
    "progress": ("某项目进展如何", "{project}进展如何"),
    "projects": ("有哪些项目（开工、签约、建成）", "3月有哪些项目开工"),
    "mentions": ("某人、某事见于几条", "{person}见于几条"),
}
LABELS = {
    "kind": "问法", "person": "人物", "office": "职务", "subject": "事项", "act": "动作", "measure": "求", "place": "地方",
    "first": "起", "last": "止",
}


def examples(person: str = "某某", project: str = "某项目") -> tuple[tuple[str, str], ...]:
    """The forms known, each with an example that speaks of this person and this project."""
    return tuple((what, example.format(person=person, project=project)) for what, example in FORMS.values())


@dataclass(frozen=True, slots=True)
class Query:
    """A question as fields; what is not asked about is None. `first`, `last`: the days between which it is asked."""

    kind: str
    person: str | None = None
    office: str | None = None
    subject: str | None = None
    act: str | None = None
    measure: str | None = None
    place: str | None = None
    first: date | None = None
    last: date | None = None

    def to_dict(self) -> dict[str, str]:
        """The fields that are set, as text."""
        return {f.name: str(value) for f in fields(self) if (value := getattr(self, f.name)) is not None}

    @classmethod
    def from_dict(cls, said: dict[str, str]) -> Query:
        """The query of such fields; raises ValueError for a date or a kind that is none."""
        if said.get("kind") not in FORMS:
            raise ValueError(said.get("kind"))
        days = {name: date.fromisoformat(said[name]) for name in ("first", "last") if said.get(name)}
        rest = {name: value for name, value in said.items() if name in LABELS and name not in ("first", "last") and value}
        return cls(**rest, **days)  # type: ignore[arg-type]

    def shown(self) -> str:
        """The query for people: 问法：何时；事项：漪河大桥；动作：通车."""
        said = {**self.to_dict(), "kind": FORMS[self.kind][0]}
        return "；".join(f"{LABELS[name]}：{value}" for name, value in said.items())

    def time(self) -> str:
        """The time asked about, in words; empty where none is."""
        if self.first is None or self.last is None:
            return ""
        if self.first == self.last:
            return f"{self.first.year}年{self.first.month}月{self.first.day}日"
        if (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31) and self.first.year == self.last.year:
            return f"{self.first.year}年"
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first.year}年{self.first.month}月"
        return f"{self.first.isoformat()}至{self.last.isoformat()}"
