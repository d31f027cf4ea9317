"""Invented bulletins for the archive's tests, and a small stand-in for the stages, so that these tests speak of the archive alone.

A file is lines: `title|year|month|number|serial|sponsor|published_on`, then `# column` (`## ` one level down), then items
`headline|page|date|office name,office name|text`.
"""

from yuebao import model
from yuebao.errors import InputError
from yuebao.model import Annotation, Column, ContentsRow, Entry, EntryDate, Findings, Issue, Item, Masthead, Origin, PersonValue, Problem
from yuebao.pipeline import is_document, load_document
from yuebao.read import read

APRIL = """云陵月报|2025|4|4|88|中共云陵市委办公室|
# 领导活动
郑文柏到何坊县调研|1|2025-04-03|市委书记 郑文柏,副市长 何令仪|4月3日，市委书记郑文柏到何坊县调研春耕备耕，副市长何令仪参加。
何令仪检查防汛准备|2|2025-04-10|副市长 何令仪|4月10日，副市长何令仪检查环云湖路泵站，要求备足ＡＢＣ三类物资。
# 经济
## 项目建设
云陵工业园二期开工|4|2025-04-18|市长 秦墨之|4月18日，云陵工业园二期开工，总投资12.5亿元，市长秦墨之宣布开工。
# 社会事业
云陵获省级双拥模范城|6||| 近日，云陵市获评“省级双拥模范城”，连续3届获评。
"""
MAY = """云陵月报|2025|5|5|89|中共云陵市委办公室|
# 领导活动
郑文柏主持防汛会商|1|2025-05-06|市委书记 郑文柏|5月6日，市委书记郑文柏主持防汛会商。
# 经济
## 项目建设
环云湖路通车|3|2025-05-20|市委副书记、市长 秦墨之|5月20日，环云湖路全线通车，市委副书记、市长秦墨之宣布通车。
"""
DAILY = """云陵日志|2025|||| 云陵市融媒体中心|2025-04-03
#
春耕一线|1|2025-04-03||今天，全市春耕进度过半。
"""
HEADLESS = "|2025|4|4|88||\n# 要闻\n无名|1|||正文。\n"


def number(cell):
    return int(cell) if cell else None


def issue_of(source, outline=None):
    """The issue of such a file, with annotations; an outline renames the first column, as one way of reading differently."""
    lines = source.text.splitlines()
    title, year, month, issue_number, serial, sponsor, published_on = lines[0].split("|")
    masthead = Masthead(
        title=title or None, year=number(year), month=number(month), number=number(issue_number), serial_number=number(serial),
        sponsor=sponsor or None, published_on=published_on or None,
    )
    columns, at, count = [], len(lines[0]) + 1, 0
    for line in lines[1:]:
        if line.startswith("## "):
            columns.append((line[3:], 1, []))
        elif line.startswith("#"):
            columns.append((line[2:] or None, 0, []))  # a bare # is no column at all
        elif line:
            count += 1
            columns[-1][2].append(item_of(count, line, at))
        at += len(line) + 1
    if outline:
        columns[0] = (outline.strip(), 0, columns[0][2])
    return annotate(Issue(
        source=source.info, masthead=masthead, columns=nested(columns), contents=(ContentsRow("郑文柏到何坊县调研", 1, ("领导活动",)),),
        problems=(Problem("S001", "层级为推测", None, 0, 1),),
    ))


def nested(columns):
    result = []
    for title, level, items in columns:
        column = Column(title=title, items=tuple(items))
        if level:
            parent = result.pop()
            column = Column(title=parent.title, items=parent.items, columns=(*parent.columns, column))
        result.append(column)
    return tuple(result)


def item_of(count, line, at):
    headline, page, day, people, text = line.split("|")
    text = text.strip()
    date = EntryDate(day, day, day) if day else None
    whole = f"{headline}\n{text}"
    # the people of the file's own cell travel in the byline, so that the record can be annotated anew
    entry = Entry(len(headline) + 1, len(whole), date, byline=people or None)
    return Item(count, headline, None, number(page), whole, (entry,), origin=(Origin(0, len(headline), at, at + len(headline)),))


def annotate(issue):
    def with_people(item):
        found = []
        for pair in filter(None, (item.entries[0].byline or "").split(",")):
            office, name = pair.split(" ")
            start = item.text.rindex(name)
            found.append(Annotation("person", start, start + len(name), PersonValue(name, tuple(office.split("、"))), "stand-in"))
        return model.replace(item, annotations=tuple(found))

    return model.replace(issue, columns=model.map_items(issue.columns, with_people), annotated_by="stand-in 1")


def read_bytes(name, data, outline=None):
    if is_document(data):
        return load_document(name, data), None
    source = read(name, data)
    if source.text.count("|") < 6:
        raise InputError("E107", name=name)
    return issue_of(source, outline), source


def proof(issue, source=None, run=(), earlier=(), evidence=None):  # noqa: ARG001
    item = issue.items()[0]
    line = source.line_of(item.origin[0].source_start) if source else None
    finding = model.Finding(
        "C001", "warning", item.number, item.page, line, 0, 2, item.text[:2], None, False, "目录与正文不一致", "craft", None, None)
    gaps = [m for m in run if m.serial_number and issue.masthead.serial_number - m.serial_number > 1]
    return Findings(issue.source, (finding, *(model.replace(finding, code="C009", text=str(m.serial_number)) for m in gaps)))
