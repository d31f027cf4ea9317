"""N: names and offices. A doubt about a name is a question to the editor, never a proposal; nothing here says that a name is wrong.

All rests on the annotations of the issue: who is named, and in which offices. An issue without annotations gets no finding of these rules
but N004's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yuebao.lexicon import terms
from yuebao.model import Annotation, Item, PersonValue
from yuebao.proof.reading import Passage, Reading
from yuebao.proof.rule import Doubt, Severity, issue_rule, text_rule


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named."""

    item: Item
    start: int
    end: int
    name: str
    offices: tuple[str, ...]


def mentions(reading: Reading) -> list[Mention]:
    """Every place of the issue where a person is named, in order."""
    found = []
    for item in reading.issue.items():
        for a in item.annotations:
            if isinstance(a.value, PersonValue):
                found.append(Mention(item, a.start, a.end, a.value.name, a.value.offices))
    return found


def one_apart(a: str, b: str) -> bool:
    """Whether two names of three characters or more share the surname and differ in one character, or in the order of the last two."""
    if len(a) != len(b) or len(a) < 3 or a[0] != b[0] or a == b:
        return False
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1 or (a[:-2] == b[:-2] and a[-1] == b[-2] and a[-2] == b[-1])


KNOWN = 3  # a name that stands so often in the issue is taken for known,
ONCE = 1  # and a variant that stands so seldom may be a slip for it


@issue_rule(
    "N001", "姓名与常见写法差一字", "A name one character from a frequent one", "warning",
    reason="与本期多次出现的姓名只差一字、又仅此一见的，请核；也可能是另一人。",
    wrong="人物：何令仪 市长\n人物：何令仪 市长\n人物：何令仪 市长\n人物：何令怡 市长",
    right="人物：何令仪 市长\n人物：何令仪 市长\n人物：何令怡 局长\n人物：何令仪 市长",
    source="同名同职校核")
def near_name(reading: Reading) -> Iterator[Doubt]:
    named = mentions(reading)
    by_name: dict[str, list[Mention]] = {}
    for mention in named:
        by_name.setdefault(mention.name, []).append(mention)
    places = {name: same for name, same in by_name.items() if len(same) >= KNOWN and len(name) >= 3}
    known = {name: {o for m in same for o in m.offices} for name, same in places.items()}
    for mention in named:
        if len(by_name[mention.name]) > ONCE or mention.name in known:
            continue
        for name, offices in known.items():
            if one_apart(mention.name, name) and (not mention.offices or offices & set(mention.offices)):
                yield _near(reading, mention.item, mention.start, mention.end, places[name], "warning" if mention.offices else "note")
    yield from _unmarked(reading, places)


def _near(reading: Reading, item: Item, start: int, end: int, places: list[Mention], severity: Severity) -> Doubt:
    first = places[0]
    return Doubt(
        item.text[start:end], f"此处作“{item.text[start:end]}”，本期另有{len(places)}处作“{first.name}”，请核是否一人",
        item.number, start, end, severity=severity, states_fact=True,
        related=(reading.item_related(first.item, first.start, first.end),))


def _unmarked(reading: Reading, places: dict[str, list[Mention]]) -> Iterator[Doubt]:
    """In an item where a known name stands, the surname and one of its two characters with another, where no name was recognised."""
    here: dict[int, set[str]] = {}
    for name in (n for n in places if len(n) == 3 and n[0] in terms("surnames")):
        for mention in places[name]:
            here.setdefault(mention.item.number, set()).add(name)
    for passage in reading.passages:
        for name in sorted(here.get(passage.item.number, ())):
            for match in re.finditer(f"{name[0]}(?:{name[1]}[\u4e00-\u9fff]|[\u4e00-\u9fff]{name[2]})", passage.text):
                if match[0] != name and not passage.is_protected(*match.span()) and not _is_word(reading, match[0][:2], name):
                    yield _near(reading, passage.item, match.start(), match.end(), places[name], "warning")


def _is_word(reading: Reading, beginning: str, name: str) -> bool:
    """Whether the first two characters stand elsewhere in the issue without being the name's: 高新 of 高新明 is a word."""
    return reading.whole.count(beginning) - (reading.whole.count(name) if name.startswith(beginning) else 0) > ONCE


POSTS = ("宣传部部长", "组织部部长", "统战部部长", "政法委书记", "副市长", "副县长", "副区长")
BODY = "[市县区](?:委|(?:人民)?政府)"
PREFIX = re.compile(f"^(?:中共)?(?:[\u4e00-\u9fff]{{2,4}}(?={BODY}))?{BODY}(?=[\u4e00-\u9fff])")
DEPARTMENT_HEAD = re.compile("(宣传|组织|统战)部长$")


def plain_post(office: str) -> str | None:
    """The post that an office of the leadership comes to, whatever its form (市委宣传部长 → 宣传部部长), or None for other offices."""
    plain = DEPARTMENT_HEAD.sub(r"\1部部长", PREFIX.sub("", office))
    return plain if plain in POSTS else None


@issue_rule(
    "N003", "同一人的职务写法不一", "One office in several forms", "warning",
    reason="同一人的同一职务，一期之内宜用一种写法。",
    wrong="人物：何令仪 市委宣传部部长\n人物：何令仪 市委宣传部部长\n人物：何令仪 宣传部长",
    right="人物：何令仪 宣传部部长\n人物：何令仪 宣传部部长",
    source="体例一致")
def forms_of_office(reading: Reading) -> Iterator[Doubt]:
    forms: dict[tuple[str, str], dict[str, list[Mention]]] = {}
    seen: set[tuple[int, str, str]] = set()
    for mention in mentions(reading):
        for office in mention.offices:
            post = plain_post(office)
            # within an item the full form comes first and a short one may follow: only how items begin is compared
            if post and (mention.item.number, mention.name, post) not in seen:
                seen.add((mention.item.number, mention.name, post))
                forms.setdefault((mention.name, post), {}).setdefault(office, []).append(mention)
    for (name, _), by_form in forms.items():
        if len(by_form) > 1:
            yield _forms(reading, name, by_form)


def _forms(reading: Reading, name: str, by_form: dict[str, list[Mention]]) -> Doubt:
    """One finding for a person's office, at the rarest form's first place."""
    # of two as frequent the short 宣传部长 gives way to 宣传部部长
    order = sorted(by_form, key=lambda form: (len(by_form[form]), "部部长" in form, form))
    rare = by_form[order[0]][0]
    start, end = office_place(rare, order[0])
    counted = "、".join(f"“{form}”{len(by_form[form])}处" for form in reversed(order))
    others = [(form, by_form[form][0]) for form in order[1:]]
    related = tuple(reading.item_related(m.item, office_place(m, form)[0], m.end) for form, m in others)
    return Doubt(
        rare.item.text[start:end], f"{name}的这一职务本期作{counted}，宜统一为一种", rare.item.number, start, end,
        states_fact=True, related=related)


def office_place(mention: Mention, office: str) -> tuple[int, int]:
    """Where the office stands before the name, or the name's own place where it stands after it."""
    start = mention.item.text.rfind(office, 0, mention.start)
    return (start, start + len(office)) if start >= 0 else (mention.start, mention.end)


TWICE_NAMED = re.compile("(?<![该各本全我两三每从自])(?<=[\u4e00-\u9fff]{2})([市省])\\1(?=委(?:[书常副各办宣组统政，。、]|$))")


@text_rule(
    "N004", "“市市委”“省省委”", "City or province said twice", "warning",
    reason="党委前不重出“市”“省”，作“××市委”或“中共××市委”。",
    wrong="云陵市市委书记纪明川讲话。",
    right="云陵市委书记纪明川讲话。",
    source="新华社新闻信息报道中的禁用词和慎用词")
def twice_named(passage: Passage) -> Iterator[Doubt]:
    for match in TWICE_NAMED.finditer(passage.text):
        yield passage.doubt(match.start(), match.end() + 1, f"宜作“{match[1]}委”", f"{match[1]}委")


OTHER_BODIES = re.compile("政协|人大常委会|人大")
LIST_OF_COMMITTEE = re.compile("^[省市县区]委领导$")


@issue_rule(
    "N005", "“市委领导”之列有政协、人大负责人", "Collective label against its members", "warning",
    reason="“市委领导”不含人大、政协负责人；几套班子并列时作“市领导”。",
    wrong="人物：何令仪 市政协副主席\n人物：何令仪 市委领导",
    right="人物：何令仪 市政协副主席\n人物：何令仪 市领导",
    source="职务与称谓相符")
def label_and_members(reading: Reading) -> Iterator[Doubt]:
    named = mentions(reading)
    elsewhere = {m.name for m in named for office in m.offices if OTHER_BODIES.search(office)}
    committee = {m.name for m in named for o in m.offices if re.match("[省市县区]委(?:副?书记|常委)", o)}
    for passage in reading.passages:
        labelled = [m for m in named if m.item is passage.item and any(LIST_OF_COMMITTEE.match(o) for o in m.offices)]
        others = [m for m in labelled if m.name in elsewhere - committee]
        if others:
            label = next(o for o in others[0].offices if LIST_OF_COMMITTEE.match(o))
            start = passage.text.rfind(label, 0, others[0].start)
            if start >= 0:
                names = "、".join(m.name for m in others)
                yield passage.doubt(start, start + len(label), f"其中{names}在本期另有人大、政协职务，请核称谓", states_fact=True)


@issue_rule(
    "N007", "条题与正文的姓名差一字", "Name differs between headline and text", "warning",
    reason="条题里的姓名在正文中不见，正文另有只差一字的姓名，请核。",
    wrong="条目：何令怡到东区调研 5月8日，市长何令仪到东区调研。@2024-05-08#何令怡#何令仪",
    right="条目：何令仪到东区调研 5月8日，市长何令仪到东区调研。@2024-05-08#何令仪#何令仪",
    source="文题一致")
def headline_name(reading: Reading) -> Iterator[Doubt]:
    for passage in reading.passages:
        length = len(passage.item.headline or "")
        people = [a for a in passage.item.annotations if isinstance(a.value, PersonValue)]
        in_text = [a for a in people if a.start > length]
        for a in (a for a in people if a.end <= length):
            name = _name(a)
            if name not in passage.text[length:]:
                for b in in_text:
                    if one_apart(name, _name(b)):
                        yield passage.doubt(
                            a.start, a.end, f"条题作“{name}”，正文作“{_name(b)}”，请核", states_fact=True,
                            related=(reading.item_related(passage.item, b.start, b.end),))
                        break
        if passage.item.headline is not None:
            yield from _unmarked_in_headline(reading, passage, {_name(a): a for a in reversed(in_text)})


def _unmarked_in_headline(reading: Reading, passage: Passage, named: dict[str, Annotation]) -> Iterator[Doubt]:
    """A surname and one of the two characters of a name of the text with another, where the headline has not the name itself."""
    headline = passage.item.headline or ""
    for name, annotation in named.items():
        if len(name) != 3 or name[0] not in headline or name in headline:
            continue
        for match in re.finditer(f"{name[0]}(?:{name[1]}[\u4e00-\u9fff]|[\u4e00-\u9fff]{name[2]})", headline):
            is_free = reading.whole.count(match[0]) == ONCE and not passage.is_protected(*match.span())
            if is_free and not _is_word(reading, match[0][:2], name):
                yield passage.doubt(
                    *match.span(), f"条题作“{match[0]}”，正文作“{name}”，请核", states_fact=True,
                    related=(reading.item_related(passage.item, annotation.start, annotation.end),))


def _name(annotation: Annotation) -> str:
    assert isinstance(annotation.value, PersonValue)
    return annotation.value.name


RULES = (near_name, forms_of_office, twice_named, label_and_members, headline_name)
