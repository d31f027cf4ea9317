"""Issues made by hand for the tests of proof: from running text, and from the rules' own examples (`键：值` a line)."""

import re
from dataclasses import replace

from yuebao import pipeline
from yuebao.model import (
    Annotation,
    Column,
    ContentsRow,
    Dropped,
    Entry,
    EntryDate,
    Epigraph,
    Figure,
    Finding,
    Issue,
    Item,
    Masthead,
    OrganisationValue,
    Origin,
    PersonValue,
    PlaceValue,
    Problem,
    Source,
    SourceInfo,
    map_items,
)
from yuebao.proof.evidence import Evidence, Holding, Renamed, Wording

NAMED = {
    "机构": ("organisation", lambda name: OrganisationValue(name, "government", False)),
    "地名": ("place", lambda name: PlaceValue(name, None, None)),
}
EVIDENCE = ("任免", "排序", "沿革", "表述")
INFO = SourceInfo("云陵月报.txt", "text/plain", "utf-8", "0" * 64, 0, None)


def item_of(number, text, headline=None, row=None, page=None, date=None, **more):
    """An item of one entry; `headline` goes before the text on a line of its own."""
    whole = text if headline is None else f"{headline}\n{text}"
    start = len(whole) - len(text)
    dated = EntryDate(text[:text.find("日") + 1], date, date) if date else None
    return Item(number, headline, row, page, whole, (Entry(start, len(whole), dated),), **more)


def passage_issue(text, **more):
    """An issue of May 2024 whose one item is this text; the person of the examples is annotated in it."""
    item = item_of(1, text, **more)
    for match in re.finditer("何令仪", item.text):
        item = with_person(item, "何令仪", match.start())
    return Issue(INFO, Masthead(title="云陵月报", year=2024, month=5), columns=(Column("要闻", items=(item,)),))


def masthead_of(value):
    month, number, serial, sponsor = re.fullmatch(r"(\d+-\d+) (\d+) 总(\d+)(?: (.+))?", value).groups()
    year, month = map(int, month.split("-"))
    return Masthead(title="云陵月报", year=year, month=month, number=int(number), serial_number=int(serial), sponsor=sponsor)


def issue_of(example):
    """The issue and the run of an issue rule's example."""
    masthead = Masthead(title="云陵月报", year=2024, month=5)
    run, rows, items, problems, dropped, figures, epigraph = [], [], [], [], [], [], None
    for line in example.splitlines():
        key, value = line.split("：", 1)
        if key == "封面":
            masthead = masthead_of(value)
        elif key == "题名":
            masthead = replace(masthead, title=value)
        elif key in NAMED:
            items.append(with_named(item_of(len(items) + 1, f"5月8日，{value}发布消息。"), value, *NAMED[key]))
        elif key == "名单":
            item = item_of(len(items) + 1, f"先进个人：{value}")
            for name in re.findall("[：；。]([^，：；。]{3})，", "：" + value):
                item = with_person(item, name, 0)
            items.append(item)
        elif key == "图说":
            items.append(item_of(len(items) + 1, "5月8日，会议召开。"))
            figures.append(Figure("1", len(items), 0, value, None, "image/jpeg", "0" * 64))
        elif key == "标识":
            masthead = replace(masthead, notice=value)
        elif key == "引语":
            epigraph = Epigraph("学习语", "读史明智。", None, value)
        elif key == "多记":
            days = value.split(" ")
            texts = [f"{int(day[5:7])}月{int(day[8:])}日，会议召开。" for day in days]
            starts = [sum(len(t) + 1 for t in texts[:n]) for n in range(len(texts))]
            entries = tuple(
                Entry(start, start + len(t), EntryDate(t[:t.index("日") + 1], day, day)) for t, start, day in zip(texts, starts, days, strict=True))
            items.append(Item(len(items) + 1, None, None, None, "\n".join(texts), entries))
        elif key == "前期":
            run.append(masthead_of(value))
        elif key == "目录":
            title, page = re.fullmatch(r"(.*)（(\d+)）", value).groups()
            rows.append(ContentsRow(title, int(page), ("要闻",)))
        elif key == "条目":
            headline, text = value.split(" ", 1)
            text, _, more = text.partition("@")
            date, *names = more.split("#")
            items.append(item_of(len(items) + 1, text, headline, date=date or None))
            for name in names:
                items[-1] = with_person(items[-1], name, items[-1].annotations[-1].end if items[-1].annotations else 0)
        elif key == "人物":
            name, office = value.split(" ")
            items.append(with_person(item_of(len(items) + 1, f"{office}{name}出席会议。"), name, 0, office))
        elif key == "并列":
            office, names = re.fullmatch("(.*[长席任])(.*)", value).groups()
            item = item_of(len(items) + 1, f"5月8日，{value}出席会议。")
            for n, name in enumerate(names.split("、")):
                item = with_person(item, name, 0, *((office,) if n == 0 else ()))
            items.append(item)
        elif key == "换行":
            at = int(value.split(" ")[0])
            row = rows[-1]
            pieces = (Origin(0, at, 0, at), Origin(at, len(row.title), at + 2, len(row.title) + 2))
            rows[-1] = replace(row, origin=pieces)
            dropped.append(Dropped(at + 1, at + 2, "doubled at the wrap"))
        else:
            assert key == "错位"
            items.append(item_of(1, value, origin=(Origin(0, len(value), 0, len(value)),)))
            problems.append(Problem("S002", "", 1, 0, len(value)))
    columns = (Column("要闻", items=tuple(items)),)
    issue = Issue(
        INFO, masthead, contents=tuple(rows), columns=columns, figures=tuple(figures), epigraph=epigraph, problems=tuple(problems),
        dropped=tuple(dropped))
    return with_rows(issue), tuple(run)


def with_person(item, name, after, *offices):
    """The item with the person annotated where the name stands first from `after` on."""
    start = item.text.index(name, after)
    return replace(item, annotations=(*item.annotations, Annotation("person", start, start + len(name), PersonValue(name, offices), "test")))


def with_rows(issue):
    """The issue as structure gives it: an item whose row is worded otherwise carries it. Rows and items left over are paired by rank."""
    headlines = {item.headline for item in issue.items()}
    rows = [row.title for row in issue.contents]
    odd_rows = [title for title in rows if title not in headlines]
    odd_items = [item for item in issue.items() if item.headline not in rows]
    pairs = {item.number: title for item, title in zip(odd_items, odd_rows, strict=True)} if len(odd_rows) == len(odd_items) else {}
    return replace(issue, columns=map_items(issue.columns, lambda item: replace(item, contents_headline=pairs.get(item.number))))


def with_named(item, name, layer, value):
    """The item with a name annotated in a layer."""
    start = item.text.index(name)
    return replace(item, annotations=(*item.annotations, Annotation(layer, start, start + len(name), value(name), "test")))


def columns_issue(month, titles):
    """An issue with these columns, an item in each."""
    columns = tuple(Column(title, items=(item_of(n, "会议召开。"),)) for n, title in enumerate(titles, 1))
    return Issue(INFO, Masthead(title="云陵月报", year=2024, month=month), columns=columns)


def paged(in_contents, in_file):
    """An issue of so many items, each with its page in the contents, and the source in which it stands on its page of the file."""
    headlines = [f"第{n}个项目开工" for n, _ in enumerate(in_contents, 1)]
    text, starts, items = "", [], []
    for number, (headline, page) in enumerate(zip(headlines, in_file, strict=True), 1):
        starts += [len(text)] * (int(page) - len(starts))
        items.append(item_of(number, "", headline, origin=(Origin(0, len(headline), len(text), len(text) + len(headline)),)))
        text += headline + "\n"
    rows = tuple(ContentsRow(headline, int(page), ("要闻",)) for headline, page in zip(headlines, in_contents, strict=True))
    issue = Issue(INFO, Masthead(title="云陵月报", year=2024, month=5), contents=rows, columns=(Column("要闻", items=tuple(items)),))
    return issue, Source(INFO, text, page_starts=tuple(starts))


def case_of(example):
    """The arguments of `proof` that an issue rule's example stands for: issue, source, run, earlier issues, evidence."""
    lines = example.splitlines()
    if lines[0].startswith("分页"):
        return paged(*(line.split("：")[1].split(" ") for line in lines))
    if lines[0].startswith("前栏"):
        *before, here = [columns_issue(month, line.split("：")[1].split(" ")) for month, line in enumerate(lines, 1)]
        return here, None, (), tuple(before)
    told = [line for line in lines if line.split("：", 1)[0] in EVIDENCE]
    issue, run = issue_of("\n".join(line for line in lines if line not in told))
    return issue, None, run, (), evidence_of(told, issue)


def evidence_of(lines, issue):
    """What the lines say of the office's tables; an office or a body comes to itself."""
    found = {key: [line.split("：", 1)[1].split(" ") for line in lines if line.startswith(key)] for key in EVIDENCE}
    offices = {o for i in issue.items() for a in i.annotations if a.layer == "person" for o in a.value.offices}
    bodies = {a.value.name for i in issue.items() for a in i.annotations if a.layer == "organisation"}
    return Evidence(
        posts=tuple((office, office) for office in sorted(offices)), bodies=tuple((body, body) for body in sorted(bodies)),
        holdings=tuple(Holding(post, name, since, None if until == "-" else until, "任免表") for name, post, since, until in found["任免"]),
        order=tuple((name, "名单") for row in found["排序"] for name in row),
        renamed=tuple(Renamed(*row, "沿革表") for row in found["沿革"]), wordings=tuple(Wording(*row, "规范表述表") for row in found["表述"]),
    )


def collated(example):
    """The findings of the collation of an example's two copies. A line that ends in a page is of the 目录, with its item below."""
    said = dict(line.split("：", 1) for line in example.splitlines())
    old, new = (_copy(said[key]) for key in ("旧稿", "新稿"))
    wrong, _, right = said.get("采纳", "").partition("→")
    at = old.find(wrong)
    decided = [Finding("W002", "error", None, None, None, None, None, wrong, right, False, "", "", at, at + len(wrong), state="accepted")]
    return pipeline.collate_files(("旧稿", old.encode()), ("新稿", new.encode()), decided if wrong else ()).findings


def _copy(text):
    row = re.fullmatch(r"(.*)\((\d+)\)", text)
    if not row:
        return text + "\n"
    return f"云陵月报\n2024 / 05\n\n目 录\n要闻\n{row[0]}\n春耕会召开(8)\n\n要闻\n{row[1]} 5月8日，{row[1]}。\n春耕会召开 5月9日，春耕会召开。\n"
