"""Indexes for the measures of search: invented items, or items given, through the archive's own documents, without a database."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HEAP = 128_000_000


@dataclass(frozen=True)
class Invented:
    """One item: its text with the headline on the first line, its day, what it names."""

    number: int
    headline: str
    text: str
    on: date
    column: str
    people: tuple[str, ...]
    places: tuple[str, ...]
    bodies: tuple[str, ...]
    act: str


SURNAMES = "郑何秦时夏冬卫蒋沈韩杨朱尤许吕施张孔曹严华金魏陶姜"
GIVEN = "文柏令仪墨之逢春至安青禾思远景行知微若谷怀瑾承志"
SYLLABLES = "云陵石濑雾坪何坊北乡青溪白沙竹港松岭荷塘柳湾茶山"
VERBS = ("调研", "察看", "检查", "推进", "主持召开", "部署", "通报", "启动", "完成", "表彰")
THINGS = ("春耕备耕", "防汛物资", "环湖公路", "工业园区", "老旧小区改造", "文明城市创建", "乡村振兴", "安全生产", "营商环境", "义务教育", "茶叶加工", "河道治理")
COLUMNS = ("领导活动", "经济", "项目建设", "社会事业", "县区", "民生", "文化", "生态")
ACTS = ("presided", "attended", "inspected", "met", "signed", "other")
FIRST_DAY, DAYS = date(2004, 1, 1), 20 * 365


class Inventor:
    """Items of 150 to 400 characters from a vocabulary whose words are as unequal in frequency as words are."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        draw = self.rng.choice
        self.people = [draw(SURNAMES) + draw(GIVEN) + draw(GIVEN) for _ in range(3000)]
        self.places = [draw(SYLLABLES) + draw(SYLLABLES) + draw("县乡镇村湖") for _ in range(800)]
        self.bodies = [place + kind for place in self.places[:300] for kind in ("水利局", "财政局", "人民政府", "农业农村局")]
        han = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
        self.words = ["".join(draw(han) for _ in range(self.rng.choice((2, 2, 2, 3, 4)))) for _ in range(30_000)]
        self.weights = [1 / (rank + 10) for rank in range(len(self.words))]

    def items(self, count: int) -> Iterator[Invented]:
        rng = self.rng
        for number in range(1, count + 1):
            people = tuple(self._often(self.people) for _ in range(rng.randint(0, 4)))
            places = tuple(self._often(self.places) for _ in range(rng.randint(1, 3)))
            bodies = tuple(self._often(self.bodies) for _ in range(rng.randint(0, 3)))
            on = FIRST_DAY + timedelta(days=number * DAYS // (count + 1))
            verb, thing = rng.choice(VERBS), rng.choice(THINGS)
            headline = f"{people[0] if people else places[0]}{verb}{thing}"
            parts = [f"{on.month}月{on.day}日，", "、".join(people), f"到{'、'.join(places)}{verb}{thing}。", "、".join(bodies)]
            length, words = rng.randint(150, 400), rng.choices(self.words, self.weights, k=200)
            size = sum(map(len, parts))
            for word in words:
                if size > length:
                    break
                part = word + rng.choice(("", "", "", "，", "。", f"{rng.randint(1, 9999)}", "的"))
                parts.append(part)
                size += len(part)
            yield Invented(number, headline, headline + "\n" + "".join(parts), on, rng.choice(COLUMNS), people, places, bodies, rng.choice(ACTS))

    def _often(self, names: list[str]) -> str:
        return names[int(len(names) * self.rng.random() ** 3)]


@dataclass(frozen=True)
class Built:
    index: Any
    seconds: float
    bytes: int


def build(folder: Path, items: Iterable[Invented]) -> Built:
    """The archive's index of the items in a folder, with one thread, and what it took."""
    import tantivy

    from yuebao.archive import fulltext
    from yuebao.archive.models import StoredIssue, StoredItem

    folder.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    index = tantivy.Index(fulltext.SCHEMA, path=str(folder))
    writer = index.writer(heap_size=HEAP, num_threads=1)
    for item in items:
        month = item.on.year * 100 + item.on.month
        issue = StoredIssue(pk=month, year=item.on.year, month=item.on.month, number=item.on.month)
        row = StoredItem(
            pk=item.number, issue=issue, number=item.number % 100, headline=item.headline, text=item.text, column_path=item.column,
            starts_on=item.on, ends_on=item.on, text_hash="",
        )
        marked = fulltext.Marked()
        for layer, names in (("person", item.people), ("place", item.places), ("organisation", item.bodies)):
            for name in names:
                fulltext.mark(marked, layer, name, name, {"name": name})
        fulltext.mark(marked, "act", "", None, {"act": item.act})
        writer.add_document(fulltext.document_of(row, marked))
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.perf_counter() - start
    index.reload()
    return Built(index, seconds, sum(path.stat().st_size for path in folder.iterdir()))
