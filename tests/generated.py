"""Issues of random texts: every sign that means something in some markup, white space of many kinds, control characters."""

import random
import re
from dataclasses import fields, replace
from itertools import count

from published import yunling
from yuebao.model import Column, Editor, Epigraph, Figure, Issue, Masthead, Table

SIGNS = "\n\n\t   　*_`~|\\<>&#[]()!+-=.:;：、，。0123456789“”—‘'\"甲乙丙丁云陵市\r\x07\x85\u2028\u200b\ufeff\ufffe🇨𠮷עaé{}%$^@/年月期第（总）"
NO_ATTRIBUTE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ufffe]")  # what no attribute of HTML or XML holds
NUMBERS = ("year", "month", "number", "serial_number", "print_run")


class Maker:
    """Makes issues; the same seed makes the same."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.numbers = count(1)

    def text(self, least=1, most=14):
        return "".join(self.random.choice(SIGNS) for _ in range(self.random.randint(least, most)))

    def plain(self):
        return NO_ATTRIBUTE.sub("", self.text()) or "甲"

    def maybe(self, make):
        return make() if self.random.random() < 0.5 else None

    def item(self):
        headline = self.maybe(lambda: self.text().replace("\n", " "))
        item = yunling.item(headline, [self.text(0) for _ in range(self.random.choice([0, 1, 1, 2, 3]))], next(self.numbers))
        entries = tuple(replace(entry, byline=self.maybe(self.text) if self.random.random() < 0.4 else None) for entry in item.entries)
        tables = [self.table() for _ in range(self.random.choice([0, 0, 0, 1, 2]))]
        internal = True if self.random.random() < 0.1 else None
        return replace(item, entries=entries, tables=tuple(sorted(tables, key=lambda table: table.after)), internal=internal)

    def table(self):
        rows = tuple(tuple(self.text(0, 4) for _ in range(self.random.randint(1, 3))) for _ in range(self.random.randint(1, 3)))
        return Table(self.random.randint(0, 9), rows, self.maybe(self.text))

    def column(self, depth=1):
        inner = [self.column(depth + 1) for _ in range(self.random.choice([0, 0, 1, 2]) if depth < 4 else 0)]
        items = tuple(self.item() for _ in range(self.random.randint(0, 3)))
        return Column(self.maybe(self.text), self.maybe(self.plain), tuple(inner), items)

    def masthead(self):
        values = {field.name: self.maybe(self.plain if field.name.endswith("_on") else self.text) for field in fields(Masthead)}
        numbers = {name: self.maybe(lambda: self.random.randint(0, 3000)) for name in NUMBERS}
        editors = tuple(Editor(self.plain(), self.text()) for _ in range(self.random.randint(0, 3)))
        return Masthead(**{**values, **numbers, "title": self.text(), "editors": editors, "origin": ()})

    def issue(self):
        epigraph = self.maybe(lambda: Epigraph(self.maybe(self.text), self.text(), self.maybe(self.text), self.maybe(lambda: "2022-01-01")))
        columns = tuple(self.column() for _ in range(self.random.randint(0, 3)))
        figure = Figure(self.plain(), None, None, self.maybe(self.text), self.maybe(self.text), "image/png", "ab" * 32)
        return Issue(yunling.SOURCE, self.masthead(), epigraph, columns=columns, figures=(figure,) * self.random.choice([0, 0, 1]))
