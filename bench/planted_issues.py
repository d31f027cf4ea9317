"""Errors that concern an issue as a whole, planted into whole issues of the sample series: contents, pages, numbers, names across items."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from yuebao import read_issue, samples
from yuebao.annotate import annotate
from yuebao.model import (
    Dropped,
    Entry,
    EntryDate,
    Finding,
    Issue,
    Item,
    Masthead,
    OrganisationValue,
    PersonValue,
    PlaceValue,
    Problem,
    ProjectValue,
    Source,
    map_items,
)
from yuebao.proof import proof
from yuebao.proof.evidence import NOTHING, Evidence, Holding, Renamed
from yuebao.proof.forms import KINDS_APART


@dataclass(frozen=True)
class Place:
    """Where an error was planted: an item, or the cover and contents where None; words that a finding of it must name, if any."""

    item: int | None
    said: str
    evidence: Evidence = NOTHING  # what the rule is told beside the issue
    source: Source | None = None
    earlier: tuple[Issue, ...] = ()

    def is_of(self, finding: Finding) -> bool:
        """Whether the finding speaks of it."""
        return self.item is None or finding.item in (None, self.item)


Planted = tuple[Issue, Place]
Kind = Callable[[Issue, random.Random], Planted | None]


@cache
def clean() -> tuple[Issue, ...]:
    """The sample issues, their serial numbers put right (one is planted wrong), so that a wrong one is the only one."""
    issues = [read_issue(path) for path in samples.paths()]
    first = issues[0].masthead.serial_number or 0
    return tuple(
        replace(issue, masthead=replace(issue.masthead, serial_number=first + n)) for n, issue in enumerate(issues))


def run() -> tuple[Masthead, ...]:
    return tuple(issue.masthead for issue in clean())


@cache
def _before(number: int) -> frozenset[tuple[object, ...]]:
    return frozenset(_key(f) for f in proof(clean()[number], None, run()).findings)


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.item, finding.text, finding.severity


def planted(code: str, wanted: int, chance: random.Random) -> Iterator[tuple[list[Finding], Place]]:
    """For each of so many errors: the findings that the issue had not before, and where the error is."""
    kind, done = KINDS[code], 0
    for _ in range(wanted * 20):
        if done == wanted:
            return
        number = chance.randrange(len(clean()))
        made = kind(clean()[number], chance)
        if made is not None:
            done += 1
            issue, place = made
            findings = proof(issue, place.source, run(), place.earlier, place.evidence).findings
            yield [f for f in findings if _key(f) not in _before(number)], place


def _with(issue: Issue, number: int, change: Callable[[Item], Item]) -> Issue:
    return replace(issue, columns=map_items(issue.columns, lambda item: change(item) if item.number == number else item))


def _row_of(issue: Issue, item: Item) -> int | None:
    titles = [row.title for row in issue.contents]
    return titles.index(item.headline) if item.headline in titles and item.contents_headline is None else None


def _chosen(issue: Issue, chance: random.Random) -> tuple[Item, int] | None:
    """An item whose row in the contents is the same as its headline, and the row's index."""
    item = chance.choice(issue.items())
    row = _row_of(issue, item)
    return None if row is None else (item, row)


def _retitled(issue: Issue, item: Item, row: int, title: str) -> Planted:
    rows = list(issue.contents)
    rows[row] = replace(rows[row], title=title)
    changed = _with(issue, item.number, lambda i: replace(i, contents_headline=title))
    return replace(changed, contents=tuple(rows)), Place(item.number, title)


def headline(issue: Issue, chance: random.Random) -> Planted | None:
    """A character or two of the row left out or changed."""
    chosen = _chosen(issue, chance)
    if chosen is None:
        return None
    item, row = chosen
    title = issue.contents[row].title
    at = chance.randrange(2, max(3, len(title) - 2))
    wrong = title[:at] + chance.choice(["", "新", "大"]) + title[at + 1:]
    return _retitled(issue, item, row, wrong) if wrong != title and title[at:at + 1].isalnum() else None


def headline_marks(issue: Issue, chance: random.Random) -> Planted | None:
    chosen = _chosen(issue, chance)
    if chosen is None:
        return None
    item, row = chosen
    title = issue.contents[row].title
    wrong = chance.choice([re.sub(r"(\d+)", r" \1 ", title), title.translate(str.maketrans("（）“”，", "()\"\","))])
    return _retitled(issue, item, row, wrong) if wrong != title else None


def page(issue: Issue, chance: random.Random) -> Planted | None:
    """A page before the row above or after the row below."""
    n = chance.randrange(1, len(issue.contents) - 1)
    row, low, high = issue.contents[n], issue.contents[n - 1].page, issue.contents[n + 1].page
    if row.page is None or low is None or high is None:
        return None
    rows = list(issue.contents)
    rows[n] = replace(row, page=chance.choice([low - chance.randint(1, 3), high + chance.randint(1, 4)]))
    number = next((i.number for i in issue.items() if row.title in (i.headline, i.contents_headline)), None)
    near = {i.number for i in issue.items() if abs(_index(issue, i) - n) <= 1}
    return replace(issue, contents=tuple(rows)), Near(number, f"{row.title}（{rows[n].page}）", items=frozenset(near))


def _index(issue: Issue, item: Item) -> int:
    titles = [row.title for row in issue.contents]
    title = item.contents_headline or item.headline
    return titles.index(title) if title in titles else -9


@dataclass(frozen=True)
class Near(Place):
    """The place of a wrong page: of (6) after (7) either may be the wrong one."""

    items: frozenset[int] = frozenset()

    def is_of(self, finding: Finding) -> bool:
        """Whether the finding speaks of the row or of one beside it."""
        return finding.item is None or finding.item in self.items


def no_row(issue: Issue, chance: random.Random) -> Planted | None:
    chosen = _chosen(issue, chance)
    if chosen is None:
        return None
    item, row = chosen
    return replace(issue, contents=issue.contents[:row] + issue.contents[row + 1:]), Place(item.number, item.headline or "")


def serial(issue: Issue, chance: random.Random) -> Planted | None:
    number = issue.masthead.serial_number
    if number is None:
        return None
    wrong = number + chance.choice([-10, -2, -1, 1, 2, 10])
    return replace(issue, masthead=replace(issue.masthead, serial_number=wrong)), Place(None, f"总第{wrong}期")


def doubled_at_wrap(issue: Issue, chance: random.Random) -> Planted | None:
    """The last character of a wrapped row's line again at the head of the next, as structure leaves it out."""
    ends = [o for row in issue.contents for o in row.origin if o.end is not None and o.end < len(row.title)]
    known = {d.source_start for d in issue.dropped if "wrap" in d.reason}
    ends = [o for o in ends if not any(0 <= start - o.source_end <= 8 for start in known)]
    if not ends:
        return None
    piece = chance.choice(ends)
    dropped = Dropped(piece.source_end + 1, piece.source_end + 2, "doubled at the wrap")
    return replace(issue, dropped=(*issue.dropped, dropped)), Place(None, "目录换行处")


def displaced(issue: Issue, chance: random.Random) -> Planted | None:
    item = chance.choice(issue.items())
    last = max(item.origin, key=lambda o: o.end or 0)
    problem = Problem("S002", "", item.number, last.source_start, last.source_end)
    return replace(issue, problems=(*issue.problems, problem)), Place(item.number, item.headline or "")


def other_month(issue: Issue, chance: random.Random) -> Planted | None:
    item = chance.choice(issue.items())
    year, month = issue.masthead.year, issue.masthead.month
    entry = item.entries[0]
    if entry.date is None or year is None or month is None:
        return None
    wrong = (month + 4) % 12 + 1
    day = f"{year}-{wrong:02d}-10"
    date = EntryDate(entry.date.text, day, day)
    return _with(issue, item.number, lambda i: replace(i, entries=(replace(entry, date=date), *i.entries[1:]))), Place(item.number, day)


NEAR = str.maketrans("宁明川征青岚静志", "凝鸣州正清蓝净智")


def _people(issue: Issue) -> list[tuple[Item, int, int, str]]:
    return [(i, a.start, a.end, a.value.name) for i in issue.items() for a in i.annotations if isinstance(a.value, PersonValue)]


def near_name(issue: Issue, chance: random.Random) -> Planted | None:
    """One mention of somebody often named, with another last character."""
    people = _people(issue)
    often = [p for p in people if len(p[3]) == 3 and sum(q[3] == p[3] for q in people) > 4]
    return _misnamed(issue, *chance.choice(often), chance) if often else None


def headline_name(issue: Issue, chance: random.Random) -> Planted | None:
    """A name in the headline with another last character than in the text."""
    people = [p for p in _people(issue) if len(p[3]) == 3 and p[2] <= len(p[0].headline or "") and p[3] in p[0].text[len(p[0].headline or ""):]]
    return _misnamed(issue, *chance.choice(people), chance) if people else None


def _misnamed(issue: Issue, item: Item, start: int, end: int, name: str, chance: random.Random) -> Planted | None:
    wrong = name[:-1] + (chance.choice("怡浩鹏丽") if name[-1].translate(NEAR) == name[-1] else name[-1].translate(NEAR))
    if wrong == name:
        return None
    text = item.text[:start] + wrong + item.text[end:]
    head = text[:len(item.headline)] if item.headline else None
    changed = _with(issue, item.number, lambda i: replace(i, text=text, headline=head))
    if head != item.headline:  # the contents go with it, so that this is the only error
        rows = tuple(replace(r, title=head or "") if r.title == item.headline else r for r in issue.contents)
        changed = replace(changed, contents=rows)
    return annotate(changed), Place(item.number, wrong)


def form_of_office(issue: Issue, chance: random.Random) -> Planted | None:
    """One of several 宣传部部长 before one name shortened, or 副市长 lengthened."""
    swap = (("宣传部部长", "宣传部长"), ("组织部部长", "组织部长"), ("统战部部长", "统战部长"), ("副市长", "市政府副市长"))
    people = [(item, start, name) for item, start, _, name in _people(issue)]
    chance.shuffle(people)
    for item, start, name in people:
        for full, other in swap:
            several = sum(full + name in i.text for i in issue.items()) > 1
            if several and item.text[:start].endswith("，" + full) and item.text.find(name) == start:
                text = item.text[:start - len(full)] + other + item.text[start:]
                return annotate(_with(issue, item.number, lambda i, text=text: replace(i, text=text))), Place(None, other + name)
    return None


def imprint(issue: Issue, _: random.Random) -> Planted | None:
    wrong = (issue.masthead.sponsor or "") + "室"
    if issue.masthead == clean()[0].masthead:
        return None  # the first has none before it
    return replace(issue, masthead=replace(issue.masthead, sponsor=wrong)), Place(None, wrong)


def epigraph_date(issue: Issue, chance: random.Random) -> Planted | None:
    if issue.epigraph is None or issue.masthead.year is None:
        return None
    day = f"{issue.masthead.year + 1}-{chance.randint(1, 12):02d}-01"
    return replace(issue, epigraph=replace(issue.epigraph, said_on=day)), Place(None, day)


def _added(issue: Issue, item: Item, sentence: str) -> Issue:
    """The issue with a sentence at the end of an item's last entry."""
    last = item.entries[-1]
    entries = (*item.entries[:-1], replace(last, end=last.end + len(sentence)))
    return _with(issue, item.number, lambda i: replace(i, text=i.text + sentence, entries=entries))


def own_name(issue: Issue, chance: random.Random) -> Planted | None:
    item = chance.choice(issue.items())
    said = chance.choice(["本刊讯", "本刊记者报道", "本报记者报道"])
    return _added(replace(issue, masthead=replace(issue.masthead, notice="内部资料")), item, said + "。"), Place(item.number, said)


def no_lead_date(issue: Issue, chance: random.Random) -> Planted | None:
    item = chance.choice(issue.items())
    entry = item.entries[0]
    if entry.date is None:
        return None
    return _with(issue, item.number, lambda i: replace(i, entries=(replace(entry, date=None), *i.entries[1:]))), Place(item.number, entry.date.text)


def entries_out_of_order(issue: Issue, chance: random.Random) -> Planted | None:
    """A second account after the first, of an earlier day."""
    item = chance.choice(issue.items())
    dated = item.entries[-1].date
    if dated is None or len(item.entries) > 1 or dated.starts_on[-2:] < "05":
        return None
    start, text = len(item.text) + 1, "上旬，会议部署后续工作。"
    day = dated.starts_on[:-2] + f"{chance.randint(1, 3):02d}"
    entry = Entry(start, start + len(text), EntryDate("上旬", day, day))
    return _with(issue, item.number, lambda i: replace(i, text=f"{i.text}\n{text}", entries=(*i.entries, entry))), Place(item.number, day)


def project_sum(issue: Issue, chance: random.Random) -> Planted | None:
    one, other = chance.sample(issue.items(), 2)
    name = chance.choice(["云陵轴承产业园", "桐坞竹制品加工园", "青麓抽水蓄能电站", "丰岭矿山修复"])
    a = chance.randint(2, 40)
    first = _added(issue, one, f"{name}项目总投资{a}亿元。")
    later = max(one.number, other.number)
    return _added(first, other, f"{name}项目开工，总投资{a}.{chance.randint(1, 9)}亿元。"), Place(later, name)


def same_text(issue: Issue, chance: random.Random) -> Planted | None:
    one, other = sorted(chance.sample(issue.items(), 2), key=lambda item: item.number)
    sentences = [s for s in re.findall("[^。！？\n]+。", one.text) if 48 < len(s) < 200]
    return (_added(issue, other, sentences[0]), Place(other.number, sentences[0])) if sentences else None


def meeting_skips(issue: Issue, chance: random.Random) -> Planted | None:
    one, other = sorted(chance.sample(issue.items(), 2), key=lambda item: item.number)
    n, body = chance.randint(11, 60), chance.choice(["丙县县政府", "丁县县政府"])
    first = _added(issue, one, f"{body}第{n}次全体会议召开。")
    return _added(first, other, f"{body}第{n + chance.choice([-3, 2, 10])}次全体会议召开。"), Place(other.number, body)


def collective_label(issue: Issue, chance: random.Random) -> Planted | None:
    """市领导 before somebody of the 政协 or 人大 made 市委领导."""
    others = {a.value.name for i in issue.items() for a in i.annotations if isinstance(a.value, PersonValue)
              and any(re.search("政协|人大", o) for o in a.value.offices)}
    places = [i for i in issue.items() if any(f"市领导{name}" in i.text for name in others)]
    if not places:
        name, item = chance.choice(sorted(others)), chance.choice(issue.items())
        return annotate(_added(issue, item, f"市委领导{name}参加。")), Place(item.number, name)
    item = chance.choice(places)
    return annotate(_with(issue, item.number, lambda i: replace(i, text=i.text.replace("市领导", "市委领导")))), Place(item.number, "市委领导")


def released(issue: Issue, chance: random.Random) -> Planted | None:
    """Somebody still in an office from which the table released them the month before."""
    people = [(i, a.value) for i in issue.items() for a in i.annotations if isinstance(a.value, PersonValue) and a.value.offices]
    item, person = chance.choice(people)
    day, office = item.entries[0].date, person.offices[0]
    if day is None:
        return None
    since, until = f"{int(day.starts_on[:4]) - 3}-01-08", f"{day.starts_on[:4]}-01-05"
    evidence = Evidence(posts=((office, office),), holdings=(Holding(office, person.name, since, until, "任免表第2行"),))
    return issue, Place(None, f"{office}{person.name}", evidence)


def leaders_swapped(issue: Issue, chance: random.Random) -> Planted | None:
    """Two neighbours of a list, against the order of the office's list."""
    pairs = [
        (i, a.value.name, b.value.name) for i in issue.items() for a, b in pairwise(p for p in i.annotations if p.layer == "person")
        if i.text[a.end:b.start] == "、" and isinstance(a.value, PersonValue) and isinstance(b.value, PersonValue)]
    if not pairs:
        return None
    _, one, other = chance.choice(pairs)
    return issue, Place(None, f"{one}、{other}", Evidence(order=((other, "名单第2行"), (one, "名单第3行"))))


def old_body(issue: Issue, chance: random.Random) -> Planted | None:
    """A body that the table of successions gives another name by then."""
    bodies = sorted({a.value.name for i in issue.items() for a in i.annotations if isinstance(a.value, OrganisationValue)})
    name = chance.choice(bodies)
    return issue, Place(None, name, Evidence(bodies=((name, name),), renamed=(Renamed(name, f"新{name}", "2019-01-10", "沿革表第2行"),)))


def name_of_a_thing(issue: Issue, chance: random.Random) -> Planted | None:
    """One of two mentions of a project or place with another character."""
    named = [(i, a) for i in issue.items() for a in i.annotations if isinstance(a.value, ProjectValue | PlaceValue) and len(a.value.name) > 5]
    if not named:
        return None
    item, annotation = chance.choice(named)
    name = item.text[annotation.start:annotation.end]
    at = len(name) // 2
    if name[at] in KINDS_APART:
        return None
    wrong = name[:at] + chance.choice("宏锦沧") + name[at + 1:]
    other = chance.choice([i for i in issue.items() if i is not item])
    place = replace(annotation, start=len(other.text), end=len(other.text) + len(wrong), value=replace(annotation.value, name=wrong))
    added = _added(issue, other, f"{wrong}同日开放。")
    return _with(added, other.number, lambda i: replace(i, annotations=(*i.annotations, place))), Place(None, wrong)


def first_person(issue: Issue, chance: random.Random) -> Planted | None:
    """A sentence of a monthly in a yearbook; the other items speak of the month as they do."""
    item = chance.choice(issue.items())
    yearbook = replace(issue, masthead=replace(issue.masthead, title="云陵年鉴", month=None, number=None, serial_number=None))
    return _added(yearbook, item, chance.choice(["今年全市粮食丰收。", "近日又有新进展。", "我市位列前茅。"])), Place(None, "今年")


def other_page(issue: Issue, chance: random.Random) -> Planted | None:
    """A file paged as the contents say, but for the page of one item."""
    pages: dict[int, int] = {}
    for item in issue.items():
        if (row := _row_of(issue, item)) is not None and (page := issue.contents[row].page) is not None:
            pages[item.number] = page
    begins = {i.number: min(o.source_start for o in i.origin if o.start is not None) for i in issue.items()}
    in_order: list[int] = []  # but for those whose row gives a page out of order
    for n in sorted(pages, key=lambda n: begins[n]):
        if not in_order or pages[in_order[-1]] <= pages[n] <= pages[in_order[-1]] + 2:
            in_order.append(n)
    last = chance.choice([n for n, after in pairwise(in_order) if pages[after] > pages[n]])  # the last of its page
    starts = [0] * max(pages[n] for n in in_order)
    for page in range(1, len(starts) + 1):
        starts[page - 1] = min((begins[n] for n in in_order if pages[n] >= page), default=0)
    starts[pages[last]] = min(starts[pages[last]], begins[last])
    if any(a > b for a, b in pairwise(starts)):
        return None
    source = Source(issue.source, "字" * max(o.source_end for i in issue.items() for o in i.origin), page_starts=tuple(starts))
    return issue, Place(last, str(pages[last]), source=source)


def cut_short(issue: Issue, chance: random.Random) -> Planted | None:
    """An item of which only the first words are left."""
    item = chance.choice(issue.items())
    entry = item.entries[0]
    end = entry.start + chance.randint(10, 40)
    return _with(issue, item.number, lambda i: replace(
        i, text=i.text[:end], entries=(replace(entry, end=end),), origin=(), annotations=tuple(a for a in i.annotations if a.end <= end))), Place(item.number, "")


def columns_swapped(issue: Issue, chance: random.Random) -> Planted | None:
    """Two neighbouring columns in another order than in the issues before."""
    n = chance.randrange(1, len(issue.columns))
    columns = (*issue.columns[:n - 1], issue.columns[n], issue.columns[n - 1], *issue.columns[n + 1:])
    year = (issue.masthead.year or 0) - 1
    before = tuple(replace(issue, masthead=replace(issue.masthead, year=year, month=month)) for month in (1, 2))
    return replace(issue, columns=columns), Place(None, issue.columns[n].title or "", earlier=before)


KINDS: dict[str, Kind] = {
    "C001": headline, "C002": headline_marks, "C003": page, "C004": no_row, "C005": serial, "C006": doubled_at_wrap, "C007": imprint,
    "C008": epigraph_date, "C036": own_name, "D002": other_month, "L001": entries_out_of_order, "L002": no_lead_date,
    "N001": near_name, "N003": form_of_office, "N005": collective_label,
    "C009": other_page, "L003": cut_short, "X004": columns_swapped, "N002": released, "N006": leaders_swapped, "N008": old_body, "N009": name_of_a_thing, "W006": first_person,
    "N007": headline_name, "W010": displaced, "X001": project_sum, "X002": same_text, "X003": meeting_skips,
}
CODES: Sequence[str] = tuple(KINDS)
