"""A shelf for the reading room's tests: two months of an invented monthly and a day of an invented daily, put into the archive as rows.

The rows are made by hand, not read from text, so that these tests say what the pages do with what is stored, whatever the stages do.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
import zlib
from contextlib import contextmanager
from datetime import UTC, date, datetime

from yuebao.model import (
    Annotation,
    Column,
    DateValue,
    Editor,
    Entry,
    EntryDate,
    Epigraph,
    Finding,
    Issue,
    Item,
    Masthead,
    Origin,
    PersonValue,
    Problem,
    content_hash,
    record_of,
    to_json,
)
from yuebao.read import read

APRIL = """云陵月报
2025年第04期
(总第86期)
内部资料 免费交流

要闻
山间茶事 4月3日，副市长郑文柏到雾坪镇察看春茶采摘，茶农何令仪在坡上等他。郑文
柏问了价钱，又问水。

“清明前的最贵，也最少。”何令仪说。4月5日，头茬茶装车下山。

各县
北乡
石桥通车 4月18日至19日，石桥镇新桥试通车，镇长秦墨之<值守>两夜 & 一天。
"""
MAY = """云陵月报
2025年第05期
(总第87期)
要闻
茶市开秤 5月2日，茶市开秤，市长郑文柏到场。

5月6日，第二场开秤。。郑文柏没有来。
"""
DAILY = """云陵日志 2025年4月3日
短讯
今日无事。
"""


def find(source, text, after=0):
    """The span in the source of a text, whose line ends there do not count."""
    start = source.index(text[0], after)
    while True:
        at, n = start, 0
        while n < len(text) and (source[at] == text[n] or source[at] == "\n"):
            n += source[at] == text[n]
            at += 1
        if n == len(text):
            return start, at
        start = source.index(text[0], start + 1)


def item(source, number, headline, paragraphs, page=None, people=(), dates=(), **more):
    text = "\n".join([headline, *paragraphs] if headline else paragraphs)
    entries, at, origin, after = [], len(headline) + 1 if headline else 0, [], 0
    if headline:
        after = find(source, headline)[0]
        origin.append(Origin(0, len(headline), after, after + len(headline)))
    for paragraph in paragraphs:
        start, end = find(source, paragraph, after)
        origin.append(Origin(at, at + len(paragraph), start, end))
        first = next((d for d in dates if d[0] in paragraph), None)
        entries.append(Entry(at, at + len(paragraph), EntryDate(*first) if first else None))
        at += len(paragraph) + 1
    body = len(headline) + 1 if headline else 0
    named = [Annotation("person", s, s + len(n), PersonValue(n, offices), "test") for n, offices in people for s in places(text, n, body)]
    dated = [Annotation("date", s, s + len(t), DateValue(a, b), "test") for t, a, b in dates for s in places(text, t, body)]
    marks = tuple(sorted((*named, *dated), key=lambda a: a.start))
    return Item(number, headline, more.get("contents_headline"), page, text, tuple(entries), annotations=marks, origin=tuple(origin))


def places(text, part, start):
    at = text.find(part, start)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


def finding(code, severity, item=None, text="", proposal=None, page=None, line=None, message="请核对", basis=""):
    start = item.text.index(text) if item and text else None
    return Finding(
        code, severity, item and item.number, page, line, start, start if start is None else start + len(text), text, proposal, False,
        message, basis, None, None,
    )


def put(name, data, masthead, columns, findings=(), problems=(), epigraph=None, published_on=None, place="云陵市"):
    """Store one issue with its derived rows; its key."""
    from yuebao.archive import derived
    from yuebao.archive.models import Revision, Series, StoredIssue

    source = read(name, data)
    issue = Issue(source=source.info, masthead=masthead, columns=columns, epigraph=epigraph, problems=problems)
    series, _ = Series.objects.get_or_create(title=masthead.title, place=place)
    number = masthead.number
    key = f"{masthead.title}-{masthead.year}-{number:02d}" if number else f"{masthead.title}-{published_on}"
    stored = StoredIssue.objects.create(
        series=series, key=key, year=masthead.year, month=masthead.month, number=number, serial_number=masthead.serial_number,
        published_on=published_on,
    )
    Revision.objects.create(
        issue=stored, sequence=1, content_hash=content_hash(issue), document=to_json(record_of(issue)), source_name=name,
        source_sha256=hashlib.sha256(data).hexdigest(), source=zlib.compress(data), added_at=datetime(2025, 6, 1, 8, tzinfo=UTC),
        is_current=True,
    )
    derived.derive(stored, issue, content_hash(issue), source, tuple(findings))
    return key


def put_april():
    tea = item(
        APRIL, 1, "山间茶事",
        ["4月3日，副市长郑文柏到雾坪镇察看春茶采摘，茶农何令仪在坡上等他。郑文柏问了价钱，又问水。",
         "“清明前的最贵，也最少。”何令仪说。4月5日，头茬茶装车下山。"],
        page=6, people=[("郑文柏", ("副市长",)), ("何令仪", ("茶农",))],
        dates=[("4月3日", "2025-04-03", "2025-04-03"), ("4月5日", "2025-04-05", "2025-04-05")], contents_headline="山间的茶事",
    )
    bridge = item(
        APRIL, 2, "石桥通车", ["4月18日至19日，石桥镇新桥试通车，镇长秦墨之<值守>两夜 & 一天。"],
        page=9, people=[("秦墨之", ("镇长",))], dates=[("4月18日至19日", "2025-04-18", "2025-04-19")],
    )
    return put(
        "yunling_2025_04.txt", APRIL.encode(),
        Masthead(
            title="云陵月报", year=2025, month=4, number=4, serial_number=86, notice="内部资料 免费交流", sponsor="云陵市方志办公室",
            editors=(Editor("主编", "时逢春"), Editor("主编", "夏至安"), Editor("校对", "冬青禾")), published_on="2025-05-08",
        ),
        (Column("要闻", items=(tea,)), Column("各县", columns=(Column("北乡", items=(bridge,)),))),
        findings=[
            finding("C001", "error", tea, page=6, line=7, message="目录条题与正文不同"),
            finding("W001", "warning", tea, "在坡上等他", "在坡上等候", page=6, line=7, basis="体例一致"),
            finding("N001", "note", tea, "郑文柏问", page=6, line=7),
            finding("N001", "note", bridge, "秦墨之<值守>", "秦墨之值守", page=9, line=14, message="请核对人名"),
            finding("C005", "error", line=3, message="总期号与上期不衔接"),
        ],
        problems=(Problem("S301", "“北乡”的层级是推断的", None, APRIL.index("北乡"), APRIL.index("北乡") + 2),),
        epigraph=Epigraph("卷首语", "记一月之事，备百年之用。", "《云陵旧志》", None), published_on=date(2025, 5, 8),
    )


def put_may(items=0):
    """The May issue; with so many items more, to see that the number of queries does not grow."""
    fair = item(
        MAY, 1, "茶市开秤", ["5月2日，茶市开秤，市长郑文柏到场。", "5月6日，第二场开秤。。郑文柏没有来。"], page=3,
        people=[("郑文柏", ("市长",))], dates=[("5月2日", "2025-05-02", "2025-05-02"), ("5月6日", "2025-05-06", "2025-05-06")],
    )
    more = tuple(
        item(MAY, n, "茶市开秤", ["5月2日，茶市开秤，市长郑文柏到场。"], page=3, people=[("郑文柏", ("市长",))],
             dates=[("5月2日", "2025-05-02", "2025-05-02")])
        for n in range(2, items + 2)
    )
    return put(
        "yunling_2025_05.txt", MAY.encode("gb18030"), Masthead(title="云陵月报", year=2025, month=5, number=5, serial_number=87),
        (Column("要闻", items=(fair, *more)),),
        findings=[finding("P002", "error", i, "开秤" if i.number > 1 else "。。", "。", page=3, line=8) for i in (fair, *more)],
    )


def put_daily():
    note = item(DAILY, 1, None, ["今日无事。"])
    return put(
        "log.txt", DAILY.encode(), Masthead(title="云陵日志", year=2025, month=4), (Column("短讯", items=(note,)),),
        published_on=date(2025, 4, 3), place=None,
    )


SERVER = """
import json, sys
from yuebao import web
web.serve(sys.argv[1], port=0, on_ready=lambda url: print(url, flush=True), **json.loads(sys.argv[2]))
print('ended')
"""


@contextmanager
def served(home, ending, **options):
    """The address of the reading room over a home, in a process of its own, ended by Ctrl-C; what that process said goes to `ending`.

    `options`: of `web.serve`.
    """
    program = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(home), json.dumps(options)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "YUEBAO_HOME": str(home)},
    )
    try:
        yield program.stdout.readline().strip().rstrip("/")
    finally:
        program.send_signal(signal.SIGINT)
        said, complained = program.communicate(timeout=20)
        ending.append((program.returncode, said, complained))
