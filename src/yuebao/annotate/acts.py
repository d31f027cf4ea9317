"""Acts: who presided, spoke, attended, inspected, accompanied, signed, unveiled, met, or did something else that protocol knows.

One annotation an act; its span is the clause that says so: from the first of the people (with their offices) to the clause's end, or from
the verb where the people stand in the clause before (甲主持会议|并讲话). The class serves search; the verb is as printed, and it
alone is shown. What people are only reported to have said (强调, 指出) is no act; nor is what a meeting, a body or unnamed people do.
Classes as in the conventions of the gold: 参加调研 under another's lead is accompanying, 参加调研或座谈会 is attending as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from yuebao.annotate.bodies_acts import acts_of_bodies
from yuebao.annotate.groups import Group, groups_of
from yuebao.annotate.passage import Passage
from yuebao.annotate.verbs import VerbFound, find_verbs
from yuebao.model import ActValue, Annotation

_SENTENCE = re.compile("[^。！？!?\n]+")
_QUOTED = re.compile("“[^”\n]{0,400}”|《[^》\n]{0,200}》")
# what others are told, or what the sentence goes on to say; people in it do nothing
_TELLING = re.compile(
    "强调|指出|希望|认为|坦言|告诉|勉励|叮嘱|嘱咐|寄语|号召|回忆|(?:介绍)?说[，：]|介绍，|"
    "(?<!提出)(?<!提)(?<!明确)(?<!具体)(?<!相关)要求(?![，。；、])|表示(?!欢迎|感谢|祝贺|慰问|敬意|衷心|热烈|诚挚|肯定|亲切)|提出(?![，。；]|[^，。；]{0,8}要求)",
)
# after these what follows in the clause is of others, or is a text
_OF_OTHERS = re.compile(
    "听取|收看|收听|督促|推动|带动|组织(?!部|召开|生活|委员)|审议|学习(?!中心组|教育|考察|交流)|贯彻|落实|研究(?![院室所员会生中])|讨论|欢迎|感谢",
)
_TOPIC = re.compile("学习|贯彻|落实|传达|关于|按照|根据|纪念|缅怀|以来")
_BESIDE = re.compile("与|(?<![共一])同(?![意志时步样])|对(?!外)|向|为(?![期进])|给|受|应(?!急)|据|在|陪(?!同)")
_COMPANY = re.compile("与|(?<![共一])同(?![意志时步样])|和|跟")
_CAUSING = re.compile("由|邀请|请|委托|聘请")
_POSSESSING = re.compile("(?:同志|先生|女士)?(?:等)?(?:的|家(?!长)|一家|关于|精神)")
_UNDER = re.compile("(?:同志|一行)?(?:等)?的?(带领|率领|主持|指导|见证|陪同)下")
_CONJUNCTION = re.compile("并|且|后|及|和|、|或|同时|又|还|再|兼|暨|[ 　]")
_TOGETHER = re.compile("一起|一同|共同|一道|联合")
_ELIDED = re.compile(
    "(?:并|还|又|也|再|随后|随即|之后|然后|接着|紧接着|先后|分别|依次|共同|一同|一起|一道|实地|现场|详细|认真|仔细|专题|专门|深入|集中|亲切|首先|"
    "期间|其间|[会席]上|会前|会后|当[天日晚]|上午|下午|晚上|应邀|受邀|同时|率|带[队领]|亲自|逐一|沿途|驱车|徒步|前往|赶赴|赴|到|在|来到|走进|就|对|"
    "围绕|以|向|与|同|为|给|代表|通过|采取|结合|简要|系统|全面|重点|主动|多次|继续|参与|正式|作为|不?定期|每[月周日到]|利用|冒[雨雪]|后|至|于|因)",
)
_TOWARDS = re.compile("(?:并|还|又|随后|先后|分别|共同|一起)*(?:与|同|为|给|向|对|就|围绕|率|带领)")
_OTHER_SUBJECT = re.compile(
    "(?:负责人|负责同志|人员|代表|专家|委员|同志|单位|部门|企业|[小专工]组|会议|大会|领导|公司|集团|政府|学生|干部|群众|记者|双方|局|委|办|厅|院|会|"
    "分子|人士|嘉宾|校长|书记|县长|区长|主任|局长|经理|村民|居民|党员|志愿者|学员|选手|队员|队|团|班子|方)(?:等)?(?:先后|分别|依次|也|还|共同|一起|现场|就[^，]{1,20}|围绕[^，]{1,20})*$",
)
_LEADING = re.compile("(?:并且?|还|又|也)+")
_LISTED_AFTER = re.compile("[^，。；、]{0,14}的[^，。；、]{0,8}?有[:：]?")
_OF_THOSE_WHO = re.compile("[^，。；、]{0,16}(?:[会议式]|活动|调研|考察|检查|视察|会[见谈])的")
_BOUNDARY = re.compile("[，；,;：:　 ]|(?<=\\d)日(?=[\u4e00-\u9fff])")
_COMPANY_OFFICE = re.compile("公司|集团|董事|经理|总裁|企业")
_INSPECTION = re.compile("调研|观摩|检查|督导|督查|视察|考察|走访|慰问|巡查")


@dataclass(slots=True)
class _Clause:
    """A clause as far as it is read."""

    start: int
    agent: Group | None = None
    beside: list[Group] = field(default_factory=list)
    acts: list[_Act] = field(default_factory=list)
    is_of_others: bool = False
    is_open: bool = False  # 出席会议的有: the list follows
    last_end: int = 0

    def acts_at(self, start: int) -> list[_Act]:
        """Those whose verb begins there."""
        return [act for act in self.acts if act.verb.start == start]


@dataclass(slots=True)
class _Act:
    verb: VerbFound
    people: tuple[str, ...]
    offices: tuple[str, ...]
    start: int
    by: str
    end: int = 0


def annotate_acts(passage: Passage, found: Sequence[Annotation]) -> list[Annotation]:
    """The acts of a text; `found` holds its people and bodies. `value.people` stand in the order of the text."""
    text = passage.text
    people = sorted((a for a in found if a.layer == "person"), key=lambda a: a.start)
    bodies = sorted((a for a in found if a.layer == "organisation"), key=lambda a: a.start)
    if not people and not bodies:
        return []
    verbs = _outside_quotations(text, find_verbs(text))
    groups = groups_of(passage, people, [verb.start for verb in verbs])
    acts = [act for start, end in _sentences(text) for act in _Reader(text, start, end).read(groups, verbs)]
    done = {act.verb.start for act in acts}
    annotations = [
        Annotation("act", act.start, act.end, ActValue(act.verb.act, text[act.verb.start:act.verb.end].rstrip("了"), act.people), act.by)
        for act in _with_context(text, acts)
    ]
    return [*annotations, *acts_of_bodies(text, bodies, [verb for verb in verbs if verb.start not in done], people)]


def _outside_quotations(text: str, verbs: Iterable[VerbFound]) -> list[VerbFound]:
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    out, at = [], 0
    for verb in verbs:
        while at < len(quoted) and quoted[at][1] <= verb.start:
            at += 1
        if at == len(quoted) or verb.end <= quoted[at][0] or verb.start < quoted[at][0]:
            out.append(verb)
    return out


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        yield match.span()


class _Reader:
    """Reads one sentence from left to right: who is spoken of, and what they do."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.clause = _Clause(start, last_end=start)
        self.acts: list[_Act] = []
        self.subject: Group | None = None  # goes on where a clause names none
        self.listed: Group | None = None  # a list that goes on with people unnamed: 副市长甲，各县区长参加
        self.is_told = False

    def read(self, groups: Sequence[Group], verbs: Sequence[VerbFound]) -> list[_Act]:
        """The acts of the sentence."""
        of_groups = [g for g in groups if self.start <= g.start < self.end]
        of_verbs = [v for v in verbs if self.start <= v.start < self.end and not any(g.start <= v.start < g.end for g in of_groups)]
        if not of_groups or not of_verbs:
            return []
        events: list[tuple[int, int, Group | VerbFound | re.Match[str]]] = [(g.start, 1, g) for g in of_groups]
        events += [(v.start, 2, v) for v in of_verbs]
        held = [(g.start, g.end) for g in of_groups] + [m.span() for m in _QUOTED.finditer(self.text, self.start, self.end)]
        for pattern, rank in ((_BOUNDARY, 0), (_TELLING, 3), (_OF_OTHERS, 4)):
            events += [
                (m.start(), rank, m) for m in pattern.finditer(self.text, self.start, self.end)
                if not any(start <= m.start() < end for start, end in held)
            ]
        for _, rank, event in sorted(events, key=lambda e: e[:2]):
            if isinstance(event, Group):
                self._group(event)
            elif isinstance(event, VerbFound):
                self._verb(event)
            elif rank == 0:
                self._boundary(event)
            elif rank == 3:
                self.is_told = True
            elif event.start() >= self.clause.last_end:
                self.clause.is_of_others = True
        self._end_clause(self.end, self.end)
        return self.acts

    def _boundary(self, boundary: re.Match[str]) -> None:
        clause = self.clause
        if clause.is_open and boundary[0] in "：:":
            return
        agent, is_space = clause.agent, boundary[0].isspace()
        if agent is not None and not clause.acts:
            rests = self.text[agent.end:boundary.start()] in ("", "等")
            self.listed = agent if rests and not is_space else None
            if is_space:
                self.subject = None  # 张恒 摄, a name in a byline
        elif clause.acts:
            self.listed = None
        self._end_clause(boundary.start(), boundary.end())

    def _end_clause(self, end: int, next_start: int) -> None:
        """Close the clause at `end`: its acts run up to one another."""
        acts = [act for act in self.clause.acts if act.by != "act/under"]
        for act, following in zip(acts, [*acts, None][1:], strict=True):
            act.end = end
            if following is not None and following.start == following.verb.start:
                act.end = max(act.verb.end, _before_conjunction(self.text, act.verb.end, following.start))
        self.acts += self.clause.acts
        self.clause = _Clause(next_start, last_end=next_start)

    def _group(self, group: Group) -> None:
        clause, text = self.clause, self.text
        before = text[clause.last_end:group.start]
        clause.last_end = group.end
        if clause.is_open:
            clause.acts[-1].people = group.names
            clause.is_open = False
            return
        under = _UNDER.match(text, group.end)
        if under:
            if under[1] == "陪同" and not self.is_told:
                verb = VerbFound(under.start(1), under.end(1), "accompanied")
                clause.acts.append(_Act(verb, group.names, group.offices, group.start, "act/under", under.end()))
            clause.last_end = under.end()
            return
        if clause.acts and before.endswith("、"):
            self._end_clause(group.start - 1, group.start)
            clause, before = self.clause, ""
        if clause.agent is None and not clause.acts:
            self._first_group(group, before)
        elif _CAUSING.search(before) or (clause.acts and clause.acts[-1].verb.act == "accompanied"):
            clause.agent = group
        elif _COMPANY.search(before):
            clause.beside.append(group)
        elif clause.acts and clause.acts[-1].verb.act == "met":
            self._met(clause.acts[-1], group)

    def _first_group(self, group: Group, before: str) -> None:
        """The first people of a clause: they do what it says, unless they are only spoken of."""
        clause, text = self.clause, self.text
        if _TOPIC.search(before):
            clause.is_of_others = True
        elif _POSSESSING.match(text, group.end):
            return
        elif _BESIDE.search(before) and not _CAUSING.search(before) and not before.endswith(("上", "时", "中")):
            clause.beside.append(group)
        elif not self.is_told or not before or before.endswith(("上", "后", "时")):
            clause.agent = self.subject = group
            clause.is_of_others = self.is_told = False

    def _verb(self, verb: VerbFound) -> None:
        clause, text = self.clause, self.text
        if self.is_told or clause.is_of_others or (verb.start < clause.last_end and not clause.acts_at(verb.start)):
            return
        if listed := _LISTED_AFTER.match(text, verb.end):
            if clause.agent is None and verb.act in ("attended", "accompanied"):
                clause.acts.append(_Act(verb, (), (), clause.start, "act/listed"))
                clause.is_open = True
                clause.last_end = listed.end()
            return
        if verb.act in ("attended", "accompanied") and _OF_THOSE_WHO.match(text, verb.end):
            return
        agent, by = clause.agent, "act/verb"
        if agent is None and clause.acts:
            agent, by = self.subject, "act/elided"
        elif agent is None:
            agent, by = self._elided(text[clause.start:verb.phrase if verb.phrase >= 0 else verb.start]), "act/elided"
        if agent is None or not self._is_predicate(verb):
            return
        act = _Act(verb, agent.names, agent.offices, self._start_of(verb, agent), by)
        self._with_others(act, agent)
        clause.acts.append(act)
        clause.last_end = verb.end

    def _elided(self, prefix: str) -> Group | None:
        """The people that a clause goes on with which begins so, or None where it has a subject of its own."""
        if self.subject is None or (prefix and not _ELIDED.match(prefix)):
            return self.listed
        if _OTHER_SUBJECT.search(prefix) and not _TOWARDS.match(prefix):
            return self.listed
        return self.subject

    def _is_predicate(self, verb: VerbFound) -> bool:
        """Whether a verb after another in one clause is joined to it, and no part of what that speaks of."""
        if not self.clause.acts or self.clause.acts[-1].verb.start == verb.start:
            return True
        last, agent = self.clause.acts[-1].verb, self.clause.agent
        if self.clause.acts[-1].by == "act/under" or (agent is not None and agent.start > last.start):
            return True
        return _CONJUNCTION.search(self.text, last.end, verb.start) is not None

    def _start_of(self, verb: VerbFound, agent: Group) -> int:
        """Where the act begins: with its people where they have done nothing before, else with the clause or the verb."""
        clause = self.clause
        if same := clause.acts_at(verb.start):
            return same[0].start
        done = [act for act in clause.acts if act.by != "act/under"]
        if not any(act.verb.start > agent.start for act in (*self.acts, *done) if act.by != "act/under"):
            return agent.start
        leading = _LEADING.match(self.text, clause.start)
        return verb.start if done else leading.end() if leading and leading.end() <= verb.start else clause.start

    def _with_others(self, act: _Act, agent: Group) -> None:
        """Those who do it with the agent: the other side of a meeting, who does it together with him."""
        others = tuple(name for group in self.clause.beside for name in group.names if name not in agent.names)
        between = self.text[max(self.clause.start, agent.end):act.verb.start]
        if act.verb.act in ("met", "signed") or _TOGETHER.search(between):
            act.people = (*agent.names, *others)

    def _met(self, act: _Act, group: Group) -> None:
        act.people = tuple(dict.fromkeys((*act.people, *group.names)))


def _before_conjunction(text: str, start: int, end: int) -> int:
    """Where an act ends before the next that begins at `end`."""
    between = text[start:end]
    return start + len(re.sub("(?:并且?|且|后|及|和|或|同时|又|还|再|分别|先后|共同)+$", "", between))


def _is_other(text: str, act: _Act) -> bool:
    """Whether an act is not of its verb's class: talks with people unnamed, leading where nothing is inspected, a company's head
    who looks about (考察).
    """
    return {
        "meeting": len(act.people) < 2,
        "lead": _INSPECTION.search(text, 0, act.start) is None,
        "travel": any(_COMPANY_OFFICE.search(office) for office in act.offices),
    }.get(act.verb.form, False)


def _with_context(text: str, acts: Sequence[_Act]) -> Iterator[_Act]:
    """The acts whose class hangs on what was done before or with whom: 参加活动, 带队, 座谈, 考察."""
    last, leaders = "", frozenset[str]()
    for act in acts:
        form, of = act.verb.form, act.verb.act
        if not act.people:
            continue
        if (form == "event" and last == "inspected") or (form == "together" and leaders.isdisjoint(act.people) and leaders):
            of = "accompanied"
        elif _is_other(text, act):
            of = "other"
        act.verb = VerbFound(act.verb.start, act.verb.end, of, form)
        last = of if of != "other" else last
        leaders = frozenset(act.people) if of == "inspected" else leaders
        yield act
