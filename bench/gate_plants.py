"""Foreign facts that `gate.py` plants in condensed items: each kind takes an item's text and gives it back with one thing in it that no source says.

None where the text offers no place. The kinds were written down from what goes wrong in such offices, not from what the gate looks at.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yuebao.compile.values import Clipping
from yuebao.model import Annotation, DateValue, DocumentValue, OrganisationValue, PersonValue, PlaceValue


@dataclass(frozen=True)
class Case:
    """An honest item: its text and annotations, its sources, and what other stories name: people, places, bodies, clauses."""

    text: str
    annotations: tuple[Annotation, ...]
    sources: str
    others: Sequence[Clipping]
    chance: random.Random

    def spans(self, kind: type) -> list[tuple[int, int]]:
        return [(a.start, a.end) for a in self.annotations if isinstance(a.value, kind)]

    def put(self, start: int, end: int, new: str) -> Planted | None:
        """The text with `new` in the place of a span; None where the sources say that, too."""
        text = self.text[:start] + new + self.text[end:]
        around = text[max(0, start - 6):start + len(new) + 6]
        sentence = re.split("[。\n]", text[:start])[-1] + re.split("[。\n]", text[start:])[0]
        is_said = any("".join(said.split()) in self.sources for said in (around, sentence))
        return None if text == self.text or is_said else Planted(text, ((start, end, new),))

    def pick(self, found: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        return self.chance.choice(found) if found else None

    def matches(self, pattern: str) -> list[re.Match[str]]:
        return list(re.finditer(pattern, self.text))

    def foreign(self, kind: type) -> list[str]:
        """What other stories name of that kind and the sources do not."""
        named = {c.item.text[a.start:a.end] for c in self.others for a in c.item.annotations if isinstance(a.value, kind)}
        return sorted(name for name in named if name not in self.sources)

    def elsewhere(self, kind: type) -> list[str]:
        """What the sources themselves name of that kind."""
        return sorted({self.text[a:b] for a, b in self.spans(kind)})


@dataclass(frozen=True)
class Planted:
    """The text after the changes, each a span of the text before with what stands there now, in order."""

    text: str
    changes: tuple[tuple[int, int, str], ...]


Kind = Callable[[Case], Planted | None]
KINDS: dict[str, Kind] = {}
CHARACTERS = "安邦昌春德恩芳国海洁军凯兰明宁平琴荣山涛文晓雪燕玉正志忠"


def kind(name: str) -> Callable[[Kind], Kind]:
    def keep(function: Kind) -> Kind:
        KINDS[name] = function
        return function
    return keep


def swap(name: str, *pairs: tuple[str, str]) -> None:
    """A kind that puts one of the second forms for the first."""
    def planted(case: Case) -> Planted | None:
        found = [(m, new) for pattern, new in pairs for m in case.matches(pattern)]
        if not found:
            return None
        match, new = case.chance.choice(found)
        return case.put(match.start(), match.end(), match.expand(new))
    KINDS[name] = planted


def other(name: str, of: type) -> None:
    """A kind that names something of other stories."""
    def planted(case: Case) -> Planted | None:
        span, names = case.pick(case.spans(of)), case.foreign(of)
        return case.put(*span, case.chance.choice(names)) if span and names else None
    KINDS[name] = planted


def moved(name: str, of: type) -> None:
    """A kind that names something of the same story in another's place."""
    def planted(case: Case) -> Planted | None:
        span = case.pick(case.spans(of))
        names = [each for each in case.elsewhere(of) if span and each != case.text[slice(*span)]]
        return case.put(*span, case.chance.choice(names)) if span and names else None
    KINDS[name] = planted


def exchanged(name: str, of: type) -> None:
    """A kind in which two of the story change places."""
    def planted(case: Case) -> Planted | None:
        spans = case.spans(of)
        if len(spans) < 2:
            return None
        (a, b), (c, d) = sorted(case.chance.sample(spans, 2))
        one, two = case.text[a:b], case.text[c:d]
        if b > c or one in two or two in one:
            return None
        text = case.text[:a] + two + case.text[b:c] + one + case.text[d:]
        return Planted(text, ((a, b, two), (c, d, one)))
    KINDS[name] = planted


@kind("name_one_off")
def name_one_off(case: Case) -> Planted | None:
    span = case.pick(case.spans(PersonValue))
    if not span:
        return None
    at = case.chance.randrange(span[0], span[1])
    return case.put(at, at + 1, case.chance.choice([c for c in CHARACTERS if c != case.text[at]]))


@kind("name_added_to_a_list")
def name_added(case: Case) -> Planted | None:
    span, names = case.pick(case.spans(PersonValue)), case.foreign(PersonValue)
    return case.put(span[1], span[1], "、" + case.chance.choice(names)) if span and names else None


@kind("offices_exchanged")
def offices_exchanged(case: Case) -> Planted | None:
    held = []
    for a in case.annotations:
        if isinstance(a.value, PersonValue) and a.value.offices:
            office = a.value.offices[-1]
            if case.text[a.start - len(office):a.start] == office:
                held.append((a.start - len(office), a.start))
    if len(held) < 2:
        return None
    (a1, b1), (a2, b2) = sorted(case.chance.sample(held, 2))
    one, two = case.text[a1:b1], case.text[a2:b2]
    if one == two or b1 > a2:
        return None
    return Planted(case.text[:a1] + two + case.text[b1:a2] + one + case.text[b2:], ((a1, b1, two), (a2, b2, one)))


@kind("digit")
def digit(case: Case) -> Planted | None:
    found = case.matches(r"\d")
    if not found:
        return None
    match = case.chance.choice(found)
    return case.put(match.start(), match.end(), case.chance.choice([d for d in "123456789" if d != match[0]]))


@kind("number_of_elsewhere")
def number_moved(case: Case) -> Planted | None:
    numbers = case.matches(r"\d+(?:\.\d+)?(?=[^\d月日年%])")
    values = sorted({m[0] for m in numbers})
    if len(values) < 2:
        return None
    match = case.chance.choice(numbers)
    return case.put(match.start(), match.end(), case.chance.choice([v for v in values if v != match[0]]))


@kind("day_by_one")
def day_by_one(case: Case) -> Planted | None:
    found = case.matches(r"(?<=月)\d{1,2}(?=日)")
    if not found:
        return None
    match = case.chance.choice(found)
    day = int(match[0]) + case.chance.choice((-1, 1))
    return case.put(match.start(), match.end(), str(day or 2))


@kind("month_by_one")
def month_by_one(case: Case) -> Planted | None:
    found = case.matches(r"\d{1,2}(?=月)")
    if not found:
        return None
    match = case.chance.choice(found)
    return case.put(match.start(), match.end(), str(int(match[0]) % 12 + 1))


@kind("date_added")
def date_added(case: Case) -> Planted | None:
    found = case.matches("(?<=。)(?=[^\n])")
    if not found:
        return None
    return case.put(*case.chance.choice(found).span(), f"{case.chance.randint(1, 12)}月{case.chance.randint(1, 28)}日，")


@kind("clause_of_another_story")
def foreign_clause(case: Case) -> Planted | None:
    found = case.matches("[，。]")
    clauses = [clause for c in case.others for clause in re.findall("(?<=，)[^，。“”；\n]{6,30}(?=[，。])", c.item.text) if clause not in case.sources]
    if not found or not clauses:
        return None
    at = case.chance.choice(found).start()
    return case.put(at, at, "，" + case.chance.choice(clauses))


@kind("sentence_of_another_story")
def foreign_sentence(case: Case) -> Planted | None:
    found = case.matches("。")
    said = [s for c in case.others for s in re.findall("(?<=。)[^。“”\n]{10,60}。", c.item.text) if s not in case.sources]
    if not found or not said:
        return None
    at = case.chance.choice(found).end()
    return case.put(at, at, case.chance.choice(said))


@kind("subject_of_the_clause_before")
def subject_merged(case: Case) -> Planted | None:
    """甲主持，乙出席 → 甲出席: what stands between one name and the predicate of the next is gone."""
    spans = case.spans(PersonValue)
    pairs = [(a, b) for a, b in pairwise(spans) if re.search("[，。]", case.text[a[1]:b[0]]) and "\n" not in case.text[a[1]:b[0]]]
    acts = "主持|出席|强调|指出|讲话|表示|汇报|致辞|陪同|参加|会见|介绍|调研|宣布"
    pairs = [(a, b) for a, b in pairs if case.text[slice(*a)] != case.text[slice(*b)] and re.search(acts, case.text[a[1]:b[0]])]
    if not pairs:
        return None
    one, two = case.chance.choice(pairs)
    return case.put(one[1], two[1], "")


@kind("speaker_dropped")
def speaker_dropped(case: Case) -> Planted | None:
    found = case.matches("(?<=。)[^，。\n]{2,20}(?:强调|指出|要求|表示|介绍|认为|称|说)，(?=[^，。要]{4})")
    return case.put(*case.chance.choice(found).span(), "") if found else None


@kind("speaker_exchanged")
def speakers_exchanged(case: Case) -> Planted | None:
    found = case.matches("(?<=。)[^，。\n]{2,14}(?=(?:强调|指出|要求|表示|认为|说)，)")
    different = [(a, b) for a in found for b in found if a.start() < b.start() and a[0] != b[0]]
    if not different:
        return None
    a, b = case.chance.choice(different)
    text = case.text[:a.start()] + b[0] + case.text[a.end():b.start()] + a[0] + case.text[b.end():]
    return Planted(text, ((a.start(), a.end(), b[0]), (b.start(), b.end(), a[0])))


@kind("heads_of_sentences_exchanged")
def heads_exchanged(case: Case) -> Planted | None:
    found = case.matches("(?<=。)[^，。\n“]{4,30}，(?=[^，。]{4})")
    if len(found) < 2:
        return None
    a, b = sorted(case.chance.sample(found, 2), key=lambda m: m.start())
    if a[0] == b[0]:
        return None
    text = case.text[:a.start()] + b[0] + case.text[a.end():b.start()] + a[0] + case.text[b.end():]
    return Planted(text, ((a.start(), a.end(), b[0]), (b.start(), b.end(), a[0])))


@kind("clause_of_another_sentence")
def clause_moved(case: Case) -> Planted | None:
    """A clause taken from one sentence into another, behind other people's doings."""
    found = case.matches("(?<=，)[^，。；：“”（）\n]{6,30}(?=[，。])")
    places = case.matches("，")
    far = [(c, p) for c in found for p in places if "。" in case.text[min(c.end(), p.start()):max(c.start(), p.start())]]
    if not far:
        return None
    clause, place = case.chance.choice(far)
    return case.put(place.start(), place.start(), "，" + clause[0])


@kind("pronoun_of_another_sentence")
def pronoun_moved(case: Case) -> Planted | None:
    """A sentence that speaks of 他, 该, 其 put behind another one."""
    leaning = case.matches("(?<=。)(?:他|她|该|其(?!中|他|余|实)|此(?!次|外|前|后)|这|曾|现任|双方|两人)[^。\n]{6,80}。")
    ends = case.matches("。")
    far = [(s, e) for s in leaning for e in ends if e.end() != s.start() and not s.start() <= e.start() < s.end()]
    if not far:
        return None
    said, place = case.chance.choice(far)
    if place.start() > said.start():
        text = case.text[:said.start()] + case.text[said.end():place.end()] + said[0] + case.text[place.end():]
        return Planted(text, ((said.start(), said.end(), ""), (place.end(), place.end(), said[0])))
    text = case.text[:place.end()] + said[0] + case.text[place.end():said.start()] + case.text[said.end():]
    return Planted(text, ((place.end(), place.end(), said[0]), (said.start(), said.end(), "")))


swap("condition_dropped", ("(?<=[。\n])(?:如果|若|一旦|只有|除非|如)[^，。]{2,20}，", ""))
swap("and_so_on_dropped", ("(?<=[\u4e00-\u9fff])等(?=[\u4e00-\u9fff]{2})(?!级|于|待|候|额|次)", ""))
swap("bound_exchanged", ("以上", "以下"), ("以下(?!简称)", "以上"), ("同比", "环比"), ("至少", "至多"), ("(?<=日)至(?=\\d)", "、"), ("(?<=\\d)%", "‰"))
swap("only_added", (r"(?<=[\u4e00-\u9fff])(?=\d+(?:\.\d+)?[万亿个家人名])", "仅"))
swap("or_for_and", ("(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff]{2})(?!谐|平|睦|解|田)", "或"), ("(?<=[\u4e00-\u9fff])及(?=[\u4e00-\u9fff]{2})(?!时|格)", "或"))
swap("deputy_dropped", ("副(?=[市县区省主书部局厅院校会总秘])", ""))
swap("deputy_added", ("(?<!副)(?=市长|县长|区长|省长|局长|厅长|主任|主席|书记|部长|院长|校长)", "副"))
swap("past_office_made_present", ("(?:原|前|时任|代理|代)(?=市长|县长|区长|局长|书记|主任|总统|总理|首相)", ""))
swap("ten_thousand_for_a_hundred_million", (r"(?<=\d)亿", "万"), (r"(?<=\d)万(?!人次)", "亿"), (r"(?<=\d)万(?=人次)", ""))
swap("unit", (r"(?<=\d)亩", "公顷"), (r"(?<=\d)公里", "米"), (r"(?<=\d)吨", "公斤"), (r"(?<=\d)家", "个"), (r"(?<=\d)名", "户"), (r"(?<=\d)%", "个百分点"))
swap("point_dropped", (r"(?<=\d)\.(?=\d)", ""))
swap("about_dropped", (r"(?:约|近|超过|超|逾|不足|至少)(?=\d)", ""), (r"(?<=\d)(?:余|多)(?=[万个名家人])", ""))
swap("negation_dropped", ("(?:不得|不能|不会|不再|并未|没有|尚未|未能|未|不)(?=[\u4e00-\u9fff])(?!断|同|仅|少|久|但|锈|动产|变|可|足|够|等|如|一|限)", ""))
swap("negation_added", ("(?=出席会议|主持会议|参加|同意|通过了|完成|发生|召开|举行|支持|开展|建成|实现)", "未"))
swap("rise_for_fall", ("增长", "下降"), ("下降", "增长"), ("上升", "下降"), ("增加", "减少"), ("提高到", "降低到"))
swap("verb_of_protocol", ("调研", "视察"), ("考察", "检查"), ("出席", "主持"), ("主持", "出席"), ("讲话", "致辞"), ("会见", "接见"), ("陪同", "带队"))
swap("plan_made_fact", ("(?:将|计划|预计|拟|力争)(?=[\u4e00-\u9fff\\d])(?!军|士|来|领|近|划|在)", ""))
swap("scope", ("部分", "全部"), ("有关", "全部"), ("首次", "再次"), ("首批", "全部"), ("全市", "全省"), ("全省", "全国"), ("全县", "全市"), ("基本", "全面"))
swap("rank", ("一等奖", "特等奖"), ("第一", "第二"), ("第二", "第一"), ("省级", "国家级"), ("市级", "省级"), ("国家级", "世界级"), ("全国", "全球"))
swap("year", (r"202(\d)(?=年)", r"201\1"), ("今年", "去年"), ("去年", "今年"), ("明年", "今年"))
swap("result", ("通过", "否决"), ("同意", "反对"), ("批准", "驳回"), ("开工", "竣工"), ("启动", "完成"), ("签约", "解约"), ("开幕", "闭幕"))
other("other_person", PersonValue)
other("other_place", PlaceValue)
other("other_body", OrganisationValue)
other("other_title", DocumentValue)
moved("person_of_elsewhere", PersonValue)
moved("place_of_elsewhere", PlaceValue)
moved("body_of_elsewhere", OrganisationValue)
moved("day_of_elsewhere", DateValue)
exchanged("persons_exchanged", PersonValue)
exchanged("places_exchanged", PlaceValue)
exchanged("bodies_exchanged", OrganisationValue)


@kind("character_of_a_title")
def title_one_off(case: Case) -> Planted | None:
    span = case.pick([s for s in case.spans(DocumentValue) if s[1] - s[0] > 4])
    if not span:
        return None
    at = case.chance.randrange(span[0] + 1, span[1] - 1)
    return case.put(at, at + 1, case.chance.choice([c for c in CHARACTERS if c != case.text[at]]))


@kind("any_character")
def any_character(case: Case) -> Planted | None:
    found = case.matches("[\u4e00-\u9fff]")
    match = case.chance.choice(found)
    return case.put(match.start(), match.end(), case.chance.choice([c for c in CHARACTERS if c != match[0]]))


@kind("word_dropped")
def word_dropped(case: Case) -> Planted | None:
    """Two characters gone from the middle of a clause."""
    found = case.matches("(?<=[\u4e00-\u9fff]{3})[\u4e00-\u9fff]{2}(?=[\u4e00-\u9fff]{3})")
    return case.put(*case.chance.choice(found).span(), "") if found else None
