"""From the words of a question to a query. What the grammar does not know is not guessed at: it says so, and shows the forms."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from yuebao.archive.models import Alias, StoredIssue
from yuebao.archive.trouble import told
from yuebao.ask.questions.answering import QuestionAnswer, answer
from yuebao.ask.questions.query import Query
from yuebao.ask.rolling.events import events_of, month_of, series_of
from yuebao.calendar_text import find_dates
from yuebao.text import fold, squeeze

# asking words that carry nothing: taken out before the grammar looks
_IDLE = re.compile(r"^(?:请问|请查一?下?|查一?下|查询|想问|我想知道|帮我查一?下?|麻烦查一?下?|问一?下|劳驾)[,，]?|[?？。！!]+$|[呢吗呀啊]$|(?:一下|到底|究竟)")
_YEAR = re.compile(r"(?P<year>\d{4})年(?!\d)")
_PART = {"上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12), "前三季度": (1, 9)}
_MONTHS = re.compile(r"(\d{1,2})月?(?:至|到|—|-|~)(\d{1,2})月(?:份)?")
_RELATIVE_YEAR = {"今年": 0, "本年": 0, "全年": 0, "去年": -1, "上年": -1, "前年": -2}
# what the office calls a thing: the word of a question, and what print may have for it
ACTS: dict[str, tuple[str, ...]] = {
    "开工": ("开工", "动工", "奠基", "开建"), "动工": ("开工", "动工", "奠基"), "通车": ("通车", "开通"), "开通": ("开通", "通车"),
    "建成": ("建成", "竣工", "完工", "投入使用", "通车", "投产"), "竣工": ("竣工", "建成", "完工"), "完工": ("完工", "竣工", "建成"),
    "投产": ("投产",), "投用": ("投用", "投入使用", "启用"), "投入使用": ("投入使用", "投用", "启用"), "启用": ("启用", "投用"),
    "签约": ("签约", "签署", "签订"), "召开": ("召开", "举行"), "举行": ("举行", "召开", "举办"), "举办": ("举办", "举行"),
    "开幕": ("开幕",), "闭幕": ("闭幕",), "揭牌": ("揭牌", "挂牌"), "挂牌": ("挂牌", "揭牌"), "合龙": ("合龙",), "贯通": ("贯通",),
    "并网": ("并网",), "验收": ("验收",), "施行": ("施行", "实施"), "实施": ("施行", "实施"), "首航": ("首航",), "开放": ("开放",),
    "开园": ("开园", "开放"), "开馆": ("开馆", "开放"), "封顶": ("封顶",), "获批": ("获批", "批复"), "蓄水": ("蓄水",), "铺轨": ("铺轨",),
    "启动": ("启动",), "成立": ("成立",), "运营": ("运营", "开通"), "开业": ("开业",), "公布": ("公布", "发布"), "发布": ("发布", "公布"),
}
_ACT = "|".join(sorted(ACTS, key=len, reverse=True))
_WHEN = r"(?:是|于|在)?(?:什么时候|什么时间|何时|哪一?天|几月几日|几号|哪个月|哪一?年|何日|何月)"
_OFFICE = r"[\u4e00-\u9fff（）、]{0,16}?(?:书记|市长|县长|区长|州长|镇长|乡长|主任|主席|局长|部长|秘书长|院长|检察长|馆长|站长|校长|董事长|总经理|厅长|常委|总裁|组长|指挥长|行长|会长)"
MEASURES = {
    "总投资": r"总投资|投资额?|花了|造价|概算", "占地": r"占地(?:面积)?", "建筑面积": r"(?:总)?建筑面积", "全长": r"全长|有多长|多长", "装机容量": r"(?:总)?装机(?:容量)?",
}


class _Time(NamedTuple):
    first: date | None
    last: date | None
    rest: str


def question(text: str, title: str | None = None) -> QuestionAnswer:
    """The answer to a plain question. Raises ArchiveError E404 where nothing is held, UsageError E203 where several series are."""
    series = series_of(title)
    return answer(read_question(text), events_of(None, series), text)


def read_question(text: str) -> Query | None:
    """The query that the question means; None where no form of the grammar fits."""
    plain = fold(squeeze(text))
    while (shorter := _IDLE.sub("", plain)) != plain:
        plain = shorter
    time = _time_of(plain)
    for query in _forms(time.rest):
        return replace(query, first=time.first, last=time.last)
    return None


# ---- time ----


def _latest() -> date:
    """The last day of the last issue's month: what 今年 and a month without a year are reckoned from."""
    with told():
        rows = StoredIssue.objects.values_list("year", "month", "number", "published_on")
        year, month = max(((year, month_of(*when)) for year, *when in rows), default=(date.today().year, 12))
    return _end(year, month)


def _time_of(text: str) -> _Time:
    """The days that the question names, and the question without them."""
    latest = _latest()
    year = latest.year
    for word, shift in _RELATIVE_YEAR.items():
        if word in text:
            year, text = latest.year + shift, text.replace(word, f"{latest.year + shift}年", 1)
            break
    if match := _YEAR.search(text):
        year = int(match["year"])
    for word, (first, last) in sorted(_PART.items(), key=lambda pair: -len(pair[0])):
        if word in text:
            return _Time(date(year, first, 1), _end(year, last), _clean(re.sub(rf"(?:\d{{4}}年)?{word}", "", text)))
    if match := _MONTHS.search(text):
        first, last = int(match[1]), int(match[2])
        if 1 <= first <= last <= 12:
            return _Time(date(year, first, 1), _end(year, last), _clean(_YEAR.sub("", text.replace(match[0], "", 1), count=1)))
    found = find_dates(text, year, None) or find_dates(text, year, latest.month)
    if found:
        day = found[0]
        rest = text[:day.start] + text[day.end:]
        return _Time(date.fromisoformat(day.starts_on), date.fromisoformat(day.ends_on), _clean(rest))
    if match:
        return _Time(date(year, 1, 1), date(year, 12, 31), _clean(_YEAR.sub("", text, count=1)))
    if match := _YEAR.search(text):
        return _Time(date(year, 1, 1), date(year, 12, 31), _clean(_YEAR.sub("", text, count=1)))
    return _Time(None, None, text)


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _clean(text: str) -> str:
    """What is left of a question when its time is taken out."""
    return re.sub(r"^(?:在|于|到|截至|截止)?(?:份|里|间|期间|当天|那天|这天|时|的时候)?[,，的]?|[,，]", "", text)


# ---- forms ----


def _forms(text: str) -> Iterator[Query]:
    """The queries that fit, the surest first."""
    for pattern, make in _GRAMMAR:
        if (match := pattern.fullmatch(text)) and (query := make(match)):
            yield query


def _g(match: re.Match[str], name: str) -> str:
    return re.sub(r"^(?:的|在|由|关于|有关|我市|全市的?)|(?:的|这个|这一|是|一共|总共|共)$", "", match[name] or "")


def _held(match: re.Match[str]) -> Query | None:
    return Query("who_held", office=_g(match, "office"))


def _offices(match: re.Match[str]) -> Query | None:
    person = _person(_g(match, "person"))
    return Query("offices_of", person=person) if person else None


def _person(name: str) -> str | None:
    """The name, where it is one that print or the register has, or has the form of one."""
    name = name.removesuffix("同志")
    with told():
        known = Alias.objects.filter(registered__layer="person", name=name).exists()
    return name if known or re.fullmatch(r"[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+", name) else None


def _where(match: re.Match[str]) -> Query | None:
    person = _person(_g(match, "person"))
    return Query("where", person=person, act=match["act"] or None) if person else None


def _often(match: re.Match[str]) -> Query | None:
    subject = _g(match, "subject")
    return Query("how_often", subject=subject) if len(subject) >= 2 else None


def _person_often(match: re.Match[str]) -> Query | None:
    person = _person(_g(match, "person"))
    return Query("how_often", person=person, subject=match["what"]) if person else None


def _when(match: re.Match[str]) -> Query | None:
    subject = _g(match, "subject")
    if how := match.groupdict().get("how"):
        subject = f"{subject}的{how}"  # both must stand there, not one behind the other
    return Query("when", subject=subject, act=match["act"]) if len(subject) >= 2 else None


def _did(match: re.Match[str]) -> Query | None:
    subject = _g(match, "subject")
    return Query("who_did", subject=subject, act=match["act"]) if len(subject) >= 2 else None


def _much(match: re.Match[str]) -> Query | None:
    measure = next(name for name, pattern in MEASURES.items() if re.search(pattern, match["measure"]))
    subject = _g(match, "subject")
    return Query("how_much", subject=subject, measure=measure) if len(subject) >= 2 else None


def _progress(match: re.Match[str]) -> Query | None:
    subject = _g(match, "subject")
    return Query("progress", subject=subject) if len(subject) >= 2 else None


def _projects(match: re.Match[str]) -> Query | None:
    place = _g(match, "place") or None
    act = match.groupdict().get("act") or match.groupdict().get("act2")
    return Query("projects", act=act or None, place=place)


def _mentions(match: re.Match[str]) -> Query | None:
    subject = _g(match, "subject")
    return Query("mentions", subject=subject) if len(subject) >= 2 else None


_DID = "主持|出席|参加|宣布|讲话|致辞|见证|揭牌|陪同|列席|带队|奠基|作报告"
_GRAMMAR = tuple((re.compile(pattern), make) for pattern, make in (
    # who holds an office
    (rf"(?:谁|哪位|哪个人|哪些人|何人)(?:是|任|担任|当|在任|出任)(?:了|过)?(?P<office>{_OFFICE})", _held),
    (rf"(?P<office>{_OFFICE})(?:是|由)?(?:谁|哪位|何人|哪些人|哪几位)(?:担任|任|当)?", _held),
    (rf"(?P<office>{_OFFICE})(?:有谁|有哪些人|有哪几位|有哪些)", _held),
    # the offices of a person
    (r"(?P<person>.{2,12}?)(?:同志)?(?:任|担任|当|是)(?:过|了)?(?:什么|何|哪些|啥|哪个)(?:职务|职|官|工作)?", _offices),
    (r"(?P<person>.{2,12}?)(?:的)?(?:职务|任职情况|任职)(?:是什么|有哪些|如何|是)?", _offices),
    (r"(?P<person>.{2,12}?)(?:都)?(?:担任|任)(?:过|了)?(?:哪些|什么)(?:职务|职位)", _offices),
    (r"(?P<person>.{2,12}?)是谁", _offices),
    # where somebody has been
    (r"(?P<person>.{2,8}?)(?:都|曾)?(?P<act>)(?:到|去)(?:过|了)?(?:哪里|哪儿|哪些(?:地方|县|区|县区|县市区)|什么地方|何处)(?P<x>调研|检查|考察|慰问|视察)?(?:过)?", _where),
    (r"(?P<person>.{2,8}?)(?:都|曾)?(?P<act>调研|检查|考察|慰问|视察|督导)(?:过|了)?(?:哪里|哪些(?:地方|县|区|县区|县市区)|什么地方)", _where),
    # who presided, attended …
    (rf"(?:谁|哪位|哪些人|哪些领导)(?P<act>{_DID})(?:了|过)?(?P<subject>.{{2,40}}?)", _did),
    (rf"(?P<subject>.{{2,40}}?)(?:是)?(?:由)?(?:谁|哪位|哪些人|哪些领导)(?P<act>{_DID})(?:的|了)?", _did),
    (rf"(?P<act>{_DID})(?P<subject>.{{2,40}}?)的?(?:是谁|有谁|是哪位|有哪些人)", _did),
    # sums and sizes
    (r"(?P<subject>.{2,40}?)(?P<measure>总投资|投资额?|花了|造价|概算|占地面积|占地|总建筑面积|建筑面积|总?装机容量|全长)(?:是|为|有)?(?:多少|多大|几何|几)(?:钱|元|亿|亿元|万元|亩|平方米|公里|米)?", _much),
    (r"(?P<subject>.{2,40}?)(?P<measure>有多长|多长)", _much),
    # projects
    (rf"(?:全市|我市)?(?P<place>[\u4e00-\u9fff]{{0,6}}?)(?:都|共)?有(?:哪些|什么|多少|几个)(?:重大|重点|新)?(?:项目|工程)(?P<act>{_ACT})?(?:了|的)?", _projects),
    (rf"(?:全市|我市)?(?P<place>[\u4e00-\u9fff]{{0,6}}?)(?P<act>{_ACT})(?:了|过|的)?(?:有)?(?:哪些|什么|多少个?|几个)(?:重大|重点|新)?(?:项目|工程)", _projects),
    (rf"(?:哪些|什么|多少个?|几个)(?:重大|重点|新)?(?:项目|工程)(?:在(?P<place>[\u4e00-\u9fff]{{2,6}}?))?(?P<act>{_ACT})(?:了|过)?", _projects),
    (rf"(?:全市|我市)?(?P<place>[\u4e00-\u9fff]{{0,6}}?)(?P<act>{_ACT})的(?:重大|重点|新)?(?:项目|工程)(?:有哪些|有几个|是哪些|有多少)", _projects),
    # when
    (rf"(?P<subject>.{{2,40}}?){_WHEN}(?:正式|全面|才|开始|通过|完成)?(?P<how>全部|首次|下闸)?(?:{_ACT})??(?P<act>{_ACT})(?:的|了|过|运营|营运)?", _when),
    (rf"(?P<subject>.{{2,40}}?)(?P<act>{_ACT})(?:的时间|的日期|的日子)?(?:是|在)?(?:{_WHEN}|哪天|几时)?(?:的)?(?<=[候间时天日号月年的])", _when),
    (rf"{_WHEN}(?P<act>{_ACT})(?:了|的)?(?P<subject>.{{2,40}}?)", _when),
    # progress
    (r"(?P<subject>.{2,40}?)(?:的)?(?:现在|目前|最近|后来)?(?:进展|进度|情况|建设)?(?:怎么样|怎样|如何|怎么样了|到什么阶段|到哪一步|到什么程度|到哪了)(?:了)?", _progress),
    (r"(?P<subject>.{2,40}?)(?:的)?(?:进展|进度|建设情况|建设进展|来龙去脉|始末)(?:情况)?(?:有哪些)?", _progress),
    # how often
    (r"(?P<person>.{2,4}?)(?:一共|总共|共)?(?P<what>主持|出席|调研|会见|检查|慰问)(?:了|过)?(?:几|多少)(?:次|回|场)(?:会议|活动)?", _person_often),
    (r"(?:一共|总共|共)?(?:召开|举行|举办|开|开展|组织)(?:了|过)?(?:几|多少)(?:次|场|届|回)(?P<subject>.{2,30}?)", _often),
    (r"(?P<subject>.{2,30}?)(?:一共|总共|共)?(?:召开|举行|举办|开|开展|有|组织)(?:了|过)?(?:几|多少)(?:次|场|届|回)(?:会议|会)?", _often),
    # mentions
    (r"(?:提到|涉及|有关|关于|含有)(?P<subject>.{2,30}?)(?:的)?(?:条目|记载|报道|消息)?(?:有|见于)?(?:几|多少)(?:条|处|次)?(?:记载|条目)?", _mentions),
    (r"(?P<subject>.{2,30}?)(?:一共|共)?(?:见于|出现在?|提到)(?:了|过)?(?:几|多少)(?:条|处|次|回)", _mentions),
))

