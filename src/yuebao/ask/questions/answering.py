"""From a query to a sentence, a table and the passages: every statement cited, or 查无记载 and why. Nothing is inferred that no line says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yuebao.ask.ledger import find, ledger
from yuebao.ask.offices import office as holders
from yuebao.ask.questions.matching import is_about, names, once, parts_of, sentence_with, speaks_of, within
from yuebao.ask.questions.query import Query, examples
from yuebao.ask.rolling.events import Event
from yuebao.ask.rolling.fates import stage_of
from yuebao.ask.someone import who
from yuebao.ask.values import Citation
from yuebao.model import ActValue, PlaceValue
from yuebao.text import fold

NOTHING = "查无记载"
SHOWN = 200  # passages; more are counted, not listed


@dataclass(frozen=True, slots=True)
class Passage:
    """What print says, and where. `start`, `end`: the account in the item's text."""

    text: str
    day: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """An answer: `sentence` for the reply, `table` with its heading, `passages`; `why` where nothing is recorded or understood."""

    question: str
    query: Query | None
    sentence: str
    table: tuple[tuple[str, ...], ...] = ()
    passages: tuple[Passage, ...] = ()
    why: str | None = None

    @property
    def is_found(self) -> bool:
        """Whether print says anything."""
        return bool(self.passages)

    def to_dict(self) -> dict[str, object]:
        """The answer as plain data."""
        return {
            "question": self.question, "query": self.query.to_dict() if self.query else None, "sentence": self.sentence,
            "table": [list(row) for row in self.table], "why": self.why,
            "passages": [{"text": p.text, "day": p.day, "issue": p.citation.issue, "item": p.citation.item, "page": p.citation.page,
                          "citation": p.citation.text()} for p in self.passages],
        }


def answer(query: Query | None, events: Sequence[Event], question: str = "") -> QuestionAnswer:
    """The answer to a query over the events held, in order of time."""
    if query is None:
        known = "；".join(f"{what}（{example}）" for what, example in examples())
        return QuestionAnswer(question, None, "没有读懂这个问题", why=f"能回答的问法：{known}")
    return _ANSWERS[query.kind](query, events, question)


def _nothing(query: Query, question: str, why: str) -> QuestionAnswer:
    return QuestionAnswer(question, query, NOTHING, why=why)


def _passages(events: Iterable[Event], words: Sequence[str]) -> tuple[Passage, ...]:
    return tuple(Passage(sentence_with(e, words), _day(e), e.citation) for e in list(events)[:SHOWN])


def _day(event: Event) -> str:
    if event.starts_on is None or event.ends_on is None:
        return f"{event.citation.year}年{event.month}月"
    first, last = event.starts_on, event.ends_on
    said = f"{first.year}年{first.month}月{first.day}日"
    return said if first == last else f"{said}至{last.month}月{last.day}日"


def _time(query: Query) -> str:
    return query.time() or "各期"


# ---- offices ----


def _who_held(query: Query, events: Sequence[Event], question: str) -> QuestionAnswer:
    del events
    on = query.last if query.first == query.last else None
    found = holders(query.office or "", on)
    if found is None:
        return _nothing(query, question, f"各期没有“{query.office}”的见载，任免表里也没有")
    appointed = [a for a in found.appointed if on or _overlaps(a.from_on or query.first, a.until_on or query.last, query)]
    rows = [("任免表", a.person, a.office, str(a.from_on or "起点未载"), str(a.until_on or "")) for a in appointed]
    kept = [h for h in found.attested if on or _overlaps(h.tenure.first.on, h.tenure.last.on, query)]
    rows += [("见载", h.name, h.tenure.post, str(h.tenure.first.on or ""), str(h.tenure.last.on or "")) for h in kept]
    quotations = [q for h in kept for q in (h.tenure.first, h.tenure.last)]
    near = found.around if not rows else ()
    if not rows and not near:
        return _nothing(query, question, f"{_time(query)}没有“{query.office}”的见载")
    quotations += [q for h in near for q in (h.tenure.first, h.tenure.last)]
    passages = tuple(dict.fromkeys(Passage(q.text, str(q.on or ""), q.citation) for q in quotations))
    if near:
        said = "、".join(f"{h.name}（{h.tenure.first.on}至{h.tenure.last.on}）" for h in near)
        why = f"这一天前后没有跨过当日的见载；前后见载的有：{said}"
        return QuestionAnswer(question, query, NOTHING, why=why, passages=passages)
    table = (("依据", "人物", "职务", "起", "止"), *rows)
    by_table = list(dict.fromkeys(row[1] for row in rows if row[0] == "任免表"))
    by_print = list(dict.fromkeys(row[1] for row in rows if row[0] == "见载"))
    parts = [f"任免表所载为{'、'.join(by_table)}"] if by_table else []
    parts += [f"见载于这一职务的有{'、'.join(by_print)}"] if by_print else []
    return QuestionAnswer(question, query, f"{_time(query)}，{query.office}：{'；'.join(parts)}。", table, passages)


def _overlaps(first: date | None, last: date | None, query: Query) -> bool:
    """Whether the days between reach into the time asked about; everything does where no time is."""
    if query.first is None or query.last is None:
        return True
    return first is not None and last is not None and first <= query.last and query.first <= last


def _offices_of(query: Query, events: Sequence[Event], question: str) -> QuestionAnswer:
    del events
    on = query.last if query.first == query.last else None
    found = who(query.person or "", on)
    if found is None:
        return _nothing(query, question, f"各期没有“{query.person}”这个人名，任免表里也没有")
    attested = [t for someone in found.people for t in someone.attested]
    appointed = [a for someone in found.people for a in someone.appointed] + list(found.appointed)
    if on is None:
        attested = [t for t in attested if _overlaps(t.first.on, t.last.on, query)]
        appointed = [a for a in appointed if _overlaps(a.from_on or query.first, a.until_on or query.last, query)]
    near = [t for someone in found.people for t in someone.around] if on and not attested and not appointed else []
    rows = [("任免表", a.office, str(a.from_on or "起点未载"), str(a.until_on or "")) for a in appointed]
    rows += [("见载", t.post, str(t.first.on or ""), str(t.last.on or "")) for t in [*attested, *near]]
    passages = tuple(dict.fromkeys(Passage(q.text, str(q.on or ""), q.citation) for t in [*attested, *near] for q in (t.first, t.last)))
    if not rows:
        return _nothing(query, question, f"{_time(query)}“{query.person}”没有职务见载")
    if near:
        offices = "、".join(f"{t.post}（{t.first.on}至{t.last.on}）" for t in near)
        return QuestionAnswer(question, query, NOTHING, (("依据", "职务", "起", "止"), *rows), passages, f"这一天没有跨过当日的见载；前后见载：{offices}")
    said = [f"任免表所载为{'、'.join(dict.fromkeys(a.office for a in appointed))}"] if appointed else []
    said += [f"见载为{'、'.join(dict.fromkeys(t.post for t in attested))}"] if attested else []
    return QuestionAnswer(question, query, f"{query.person}，{_time(query)}：{'；'.join(said)}。", (("依据", "职务", "起", "止"), *rows), passages)


# ---- what somebody did ----


def _where(query: Query, events: Sequence[Event], question: str) -> QuestionAnswer:
    person = query.person or ""
    named = [e for e in events if names(e, person)]
    if not named:
        return _nothing(query, question, f"各期没有“{person}”这个人名")
    rows, used = [], []
    for event in once(e for e in named if within(e, query)):
        places = _visited(event, person, query.act)
        if places:
            rows.append((_day(event), "、".join(places), event.headline or event.text[:30], event.citation.text()))
            used.append(event)
    if not used:
        return _nothing(query, question, f"{_time(query)}有“{person}”的记载 {sum(within(e, query) for e in named)} 条，没有到某地活动的记载")
    places = list(dict.fromkeys(place for row in rows for place in row[1].split("、")))
    sentence = f"{_time(query)}，{person}见载到过{'、'.join(places)}，共 {len(used)} 次。"
    return QuestionAnswer(question, query, sentence, (("日期", "地方", "条题", "出处"), *rows), _passages(used, [person]))


_TO = re.compile(r"(?:到|赴|来到|深入|走进)((?:[\u4e00-\u9fff]{2,8}?(?:市|县|区|州|旗|镇|乡|街道|新区|开发区|高新区)(?:、|和)?)+)")


def _visited(event: Event, person: str, act: str | None) -> list[str]:
    """The places to which the account says that the person went (到…县调研), by the headline and the sentences with the name."""
    out: dict[str, None] = {}
    sentences = [event.headline or "", *(s for s in re.split(r"(?<=[。；])", event.text) if person in s)]
    for sentence in sentences:
        if person in sentence and (not act or act in sentence):
            for match in _TO.finditer(sentence[sentence.index(person):]):
                out |= dict.fromkeys(filter(None, re.split("、|和", match[1])))
    known = {a.value.name for a in event.annotations if isinstance(a.value, PlaceValue)}
    return [place for place in out if place in known or any(place in name or name in place for name in known)] or list(out)


def _who_did(query: Query, events: Sequence[Event], question: str) -> QuestionAnswer:
    subject, act = query.subject or "", query.act or ""
    about = [e for e in once(events) if within(e, query) and speaks_of(e, subject)]
    if not about:
        return _nothing(query, question, f"{_time(query)}没有“{subject}”的记载")
    about = [e for e in about if is_about(e, subject)] or about
    rows, used = [], []
    for event in about:
        people = _doers(event, act)
        if people:
            rows.append((_day(event), event.headline or event.text[:30], "、".join(people), event.citation.text()))
            used.append(event)
    if not used:
        return _nothing(query, question, f"有“{subject}”的记载 {len(about)} 条，没有说明由谁{act}")
    people = list(dict.fromkeys(name for row in rows for name in row[2].split("、")))
    return QuestionAnswer(
        question, query, f"{subject}，{act}的见载为{'、'.join(people)}。", (("日期", "条题", act, "出处"), *rows), _passages(used, [act]))


_CLASSES = {
    "主持": "presided", "出席": "attended", "参加": "attended", "列席": "attended", "讲话": "spoke", "致辞": "spoke", "作报告": "spoke",
    "陪同": "accompanied", "见证": "signed", "揭牌": "unveiled",
}


def _doers(event: Event, act: str) -> list[str]:
    """Who did it, by the acts of the account: the verb as asked, else its class where no other word says it."""
    acts = [a.value for a in event.annotations if isinstance(a.value, ActValue)]
    exact = [name for value in acts if act in value.verb for name in value.people]
    wide = [name for value in acts if value.act == _CLASSES.get(act) for name in value.people] if act == "出席" else []
    return list(dict.fromkeys(exact or wide))


# ---- how often, when ----


def _how_often(query: Query, events: Sequence[Event], question: str) -> QuestionAnswer:
    if query.person:
        return _person_often(query, events, question)
    subject = query.subject or ""
    about = [e for e in once(events) if within(e, query) and is_about(e, subject)]
    if not about:
        where = [e for e in events if is_about(e, subject)]
        why = f"{_time(query)}没有“{subject}”的记载" + (f"；别的时间有 {len(where)} 条" if where else "")
        return _nothing(query, question, why)
    rows = [(_day(e), e.headline or e.text[:30], e.citation.text()) for e in about]
    return QuestionAnswer(
        question, query, f"{_time(query)}，{subject}见载 {len(about)} 次。", (("日期", "条题", "出处"), *rows), _passages(about, parts_of(subject)))


def _person_often(query: Query, events: Sequence[Event], question: str) -> QuestionAnswer:
    person, what = query.person or "", query.subject or ""
    used = [
        e for e in once(events)
        if within(e, query) and any(isinstance(a.value, ActValue) and what in a.value.verb and person in a.value.people for a in e.annotations)
    ]
    if not used:
        return _nothing(query, question, f"{_time(query)}没有“{person}”{what}的记载")
    rows = [(_day(e), e.headline or e.text[:30], e.citation.text()) for e in used]
    return QuestionAnswer(
        question, query, f"{_time(query)}，{person}{what}见载 {len(used)} 次。", (("日期", "条题", "出处"), *rows), _passages(used, [person]))


def _when(query: Query, events: Sequence[Event], question: str) -> QuestionAnswer:
    from yuebao.ask.questions.reading import ACTS

    subject, act = query.subject or "", query.act or ""
    words = ACTS.get(act, (act,))
    about = [e for e in once(events) if within(e, query) and speaks_of(e, subject)]
    if not about:
        return _nothing(query, question, f"{_time(query)}没有“{subject}”的记载")
    used: list[Event] = []
    for wanted in ((act,), words):
        used = [e for e in about if is_about(e, subject) and any(w in (e.headline or e.text[:60]) for w in wanted)]
        used = used or [e for e in about if _has(e, subject, wanted)]
        if used:
            break
    if not used:
        return _nothing(query, question, f"有“{subject}”的记载 {len(about)} 条，没有“{act}”的记载")
    days = list(dict.fromkeys(_day(e) for e in used))
    rows = [(_day(e), e.headline or e.text[:30], e.citation.text()) for e in used]
    return QuestionAnswer(
        question, query, f"{subject}{act}，见载于{'、'.join(days)}。", (("日期", "条题", "出处"), *rows), _passages(used, words))


def _has(event: Event, subject: str, words: Sequence[str]) -> bool:
    """Whether one sentence of the account has the subject and one of the words."""
    return any(
        any(w in sentence for w in words) and all(part in fold(sentence) for part in parts_of(subject) or [subject])
        for sentence in re.split(r"(?<=[。；！？])", event.text))


# ---- projects ----


def _how_much(query: Query, events: Sequence[Event], question: str) -> QuestionAnswer:
    subject, measure = query.subject or "", query.measure or ""
    found = find(ledger(events), subject)
    stated = [s for p in found for s in (*p.sums, *p.extents) if measure in s.label]
    if not stated:
        about = [e for e in events if speaks_of(e, subject)]
        why = f"有“{subject}”的记载 {len(about)} 条，没有{measure}的记载" if about else f"没有“{subject}”的记载"
        return _nothing(query, question, why)
    rows = [(str(s.day or ""), s.label, s.shown, s.citation.text()) for s in stated]
    values = list(dict.fromkeys(s.shown for s in stated))
    clash = "；各期说法不一，请核" if len({s.value for s in stated}) > 1 else ""
    sentence = f"{subject}{measure}，见载为{'、'.join(values)}{clash}。"
    passages = tuple(Passage(s.sentence, str(s.day or ""), s.citation) for s in stated)
    return QuestionAnswer(question, query, sentence, (("日期", "项", "数", "出处"), *rows), passages)


def _progress(query: Query, events: Sequence[Event], question: str) -> QuestionAnswer:
    subject = query.subject or ""
    found = find(ledger([e for e in events if within(e, query)]), subject)
    if not found:
        return _nothing(query, question, f"{_time(query)}没有“{subject}”的记载")
    rows = [(str(s.day or ""), p.name, s.shown, s.citation.text()) for p in found for s in p.stages]
    said = "；".join(f"{p.name}末次见载为{p.stage}（{p.last.day or '日期不详'}）" for p in found)
    passages = tuple(Passage(s.sentence, str(s.day or ""), s.citation) for p in found for s in p.stages)
    return QuestionAnswer(question, query, f"{said}。", (("日期", "项目", "记载", "出处"), *rows), passages)


_STAGE_OF = {"开工": "start", "动工": "start", "签约": "plan", "建成": "end", "竣工": "end", "完工": "end", "投产": "end", "通车": "end", "投用": "end", "投入使用": "end"}


def _projects(query: Query, events: Sequence[Event], question: str) -> QuestionAnswer:
    from yuebao.ask.questions.reading import ACTS
    from yuebao.ask.rolling.fates import work_of

    words = ACTS.get(query.act or "", (query.act,) if query.act else ())
    used = []
    for event in once(e for e in events if within(e, query)):
        head = event.headline or event.text[:60]
        is_one = work_of(event) is not None or re.search("项目|工程", head)
        does = any(word in head for word in words) if words else stage_of(event) != "progress" or "项目" in head
        if is_one and does and (not query.place or query.place in f"{head}{event.text}"):
            used.append(event)
    if not used:
        return _nothing(query, question, f"{_time(query)}没有{query.place or ''}项目{query.act or ''}的记载")
    rows = [(_day(e), e.headline or e.text[:30], e.citation.text()) for e in used]
    sentence = f"{_time(query)}，{query.place or ''}项目{query.act or ''}见载 {len(used)} 条。"
    return QuestionAnswer(question, query, sentence, (("日期", "条题", "出处"), *rows), _passages(used, list(words)))


def _mentions(query: Query, events: Sequence[Event], question: str) -> QuestionAnswer:
    subject = query.subject or ""
    used = [e for e in events if within(e, query) and subject in fold(f"{e.headline or ''}\n{e.text}")]
    items = {(e.citation.issue, e.citation.item): e for e in reversed(used)}
    if not items:
        return _nothing(query, question, f"{_time(query)}没有“{subject}”的记载")
    kept = [e for e in used if items[e.citation.issue, e.citation.item] is e]
    rows = [(_day(e), e.headline or e.text[:30], e.citation.text()) for e in kept]
    return QuestionAnswer(
        question, query, f"{_time(query)}，“{subject}”见于 {len(items)} 条。", (("日期", "条题", "出处"), *rows), _passages(kept, [subject]))


_ANSWERS: dict[str, Callable[[Query, Sequence[Event], str], QuestionAnswer]] = {
    "who_held": _who_held, "offices_of": _offices_of, "where": _where, "how_often": _how_often, "when": _when, "who_did": _who_did,
    "how_much": _how_much, "progress": _progress, "projects": _projects, "mentions": _mentions,
}
