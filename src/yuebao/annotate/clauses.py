"""A sentence read clause by clause: who is spoken of in it, and what they are said to do.

The people that a clause begins with do what it says; a clause that names none goes on with those of the clause before, unless it has
another subject (会议, 与会人员, a body). People after 与, 对, 为 or a verb are those to whom it is done.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeVar

from yuebao.annotate.groups import Group
from yuebao.annotate.verbs import VerbFound

T = TypeVar("T")

# so far before a verb is the word still looked for that joins it to another (并), or two to do it (一起)
FAR = 80
# so far from its beginning a clause that names no one may have its verb
LONGEST_BEGINNING = 160

QUOTED = re.compile("“[^”\n]{0,400}”|《[^》\n]{0,200}》")
# before the first people of a clause: a text that speaks of them; those to whom it is done; who is asked to do it
_TOPIC = re.compile("学习|贯彻|落实|传达|关于|按照|根据|纪念|缅怀|以来")
_BESIDE = re.compile("与|(?<![共一])同(?![意志时步样])|对(?!外)|向|为(?![期进])|给|受|应(?!急)|据|在|陪(?!同)")
_CAUSING = re.compile("由|邀请|请|委托|聘请")
_COMPANY = re.compile("与|(?<![共一])同(?![意志时步样])|和|跟")
# after people: what is theirs or is about them does something else; who is named in brackets, as in a byline, does nothing; and under
# whose lead it is done
_POSSESSING = re.compile("(?:同志|先生|女士)?(?:等)?(?:的|家(?!长)|一家|关于|精神|亲属|家属|生前|遗孀|子女)")
_IN_BRACKETS = re.compile("[（(][^（）()]*$")
_UNDER = re.compile("(?:同志|一行)?(?:等)?的?(带领|率领|主持|指导|见证|陪同)下")
# between two verbs, or people and verb
_CONJUNCTION = re.compile("并|且|后|及|和|、|或|同时|又|还|再|兼|暨|[ 　]")
_JOINTLY = re.compile("等?(?:分别|先后|都|也|受邀|应邀)*")
_TOGETHER = re.compile("一起|一同|共同|一道|联合")
# so begins a clause that goes on with the people of the one before; and so one that goes on towards others, whatever it names
_ELIDED = re.compile(
    "并|还|又|也|再|随后|随即|之后|然后|接着|紧接着|先后|分别|依次|共同|一同|一起|一道|实地|现场|详细|认真|仔细|专题|专门|深入|集中|亲切|首先|"
    "期间|其间|[会席]上|会前|会后|当[天日晚]|上午|下午|晚上|应邀|受邀|同时|率|带[队领]|亲自|逐一|沿途|驱车|徒步|前往|赶赴|赴|到|在|来到|走进|就|对|"
    "围绕|以(?!及)|向|与|同|为|给|代表|通过|采取|结合|简要|系统|全面|重点|主动|多次|继续|参与|正式|作为|不?定期|每[月周日到]|利用|冒[雨雪]|后|至|于|因",
)
_TOWARDS = re.compile("(?:并|还|又|随后|先后|分别|共同|一起)*(?:与|同|为|给|向|对|就|围绕|率|带领)")
# what such a beginning ends with if the clause has a subject of its own, without the adverbs after it
_OTHER_SUBJECT = re.compile(
    "(?:负责人|负责同志|人员|代表|专家|委员|同志|单位|部门|企业|[小专工]组|大会|领导|公司|集团|政府|学生|干部|群众|记者|双方|局|委|办|厅|院|会|"
    "会议|分子|人士|嘉宾|校长|书记|县长|区长|主任|局长|经理|村民|居民|党员|志愿者|学员|选手|队员|队|团|班子|方|\\d[余多]?[人名位])等?$",
)
# whom the people of a clause are only named to tell (甲生前工作过的单位代表参加), and what is no more than the topic (就走访群众作出部署)
_OF_OTHERS = re.compile(
    "的[^，。；、]{0,10}(?:代表|负责人|人员|干部|同志|单位|家属|群众|学生|企业|团队|委员|专家|队伍)等?$")
_ABOUT = re.compile("(?:就(?!地)|围绕|关于)[^，。；]*$")
_CLAUSE_GOES_ON = re.compile("(?![，。；：、！\\s]|$|并|时|后)")
# a clause that is no part of a list, as one of people unnamed is (各县区长，有关部门负责人)
_RESTS = re.compile("等?(?:有关|相关|主要)?(?:负责同志|负责人|同志|领导)?")
_TELLS = re.compile("召开|举行|举办|消息|获悉|据悉|报道|正值|[是了]")
_ADVERBS = re.compile("(?:就|围绕).*|(?:先后|分别|依次|也|还|共同|一起|现场)+$")
# what a day that begins a sentence has before 日; whoever stands before a day is still who acts (市长甲7月28日主持)
_DAY = re.compile("[\\d年月至—～-]*")
# a place where people go is not who acts (到市医院调研)
_GOES = re.compile("(?:随后|先后|还|又|分别|一行|就|围绕)*(?:来?到|赴|前往|深入|走进)")
_PEOPLE = re.compile(
    "(?:负责人|负责同志|人员|代表|专家|委员|同志|领导|学生|干部|群众|记者|嘉宾|校长|书记|县长|区长|主任|局长|经理|村民|居民|\\d[余多]?[人名位])等?$")
_JUST_TOLD = re.compile("(?:指出|强调|表示|认为|要求|希望)[，：:“]{1,2}$")
_LEADING = re.compile("(?:并且?|还|又|也)+")
_TRAILING = re.compile("(?:并且?|且|后|及|和|或|同时|又|还|再|分别|先后|共同)+$")
# after a verb: a list of those who do it (出席会议的市领导有); those who do it do something else (出席会议的领导为…颁奖)
_LISTED_AFTER = re.compile("[^，。；、]{0,14}的[^，。；、]{0,8}?有[:：，]?")
_OF_THOSE_WHO = re.compile("[^，。；、]{0,16}(?:[会议式]|活动|调研|考察|检查|视察|会[见谈])的")
# boundary: where a clause ends; telling: from here on it is what others are told or what is only said, and people in it do nothing;
# others: from here to the end of the clause it is of others, or of a text
_MARKS = re.compile("""
    (?=[，；,;：:\\ 　日强指希认坦告勉叮嘱寄号回介说要表提听收督推带组审学贯落研讨欢感])
    (?: (?P<boundary> [，；,;：:\\ 　] | (?<=\\d)日(?=[\u4e00-\u9fff]) )
      | (?P<telling> 强调|指出|希望|认为|坦言|告诉|勉励|叮嘱|嘱咐|寄语|号召|回忆|(?:介绍)?说[，：]|介绍，
          | (?<!提出)(?<!提)(?<!明确)(?<!具体)(?<!相关)要求(?![，。；、])
          | 表示(?!欢迎|感谢|祝贺|慰问|敬意|衷心|热烈|诚挚|肯定|亲切)
          | 提出(?![。；的]|[^，。；]{0,8}要求) )
      | (?P<others> 听取|收看|收听|督促|推动|带动|组织(?!部|召开|生活|委员)|审议|学习(?!中心组|教育|考察|交流|会|班)|贯彻|落实
          | 研究(?![院室所员会生中])|讨论|欢迎|感谢 )
    )
""", re.X)


@dataclass(slots=True)
class _Clause:
    """A clause as far as it is read."""

    start: int
    agent: Group | None = None
    beside: list[Group] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    is_of_others: bool = False
    is_open: bool = False  # 出席会议的有: the list follows
    last_end: int = 0

    def act_at(self, start: int) -> Act | None:
        """The last act, if its verb begins there."""
        return self.acts[-1] if self.acts and self.acts[-1].verb.start == start and self.acts[-1].by != "act/under" else None


@dataclass(slots=True)
class Act:
    """What people do; `offices` are those of all of them."""

    verb: VerbFound
    people: tuple[str, ...]
    offices: tuple[str, ...]
    start: int
    by: str
    end: int = 0


def read_sentence(text: str, start: int, end: int, groups: Sequence[Group], verbs: Sequence[VerbFound]) -> list[Act]:
    """The acts that a sentence says of people; `groups` and `verbs` are those that begin in it."""
    if not groups or not verbs:
        return []
    plain = outside(verbs, [verb.start for verb in verbs], [(group.start, group.end) for group in groups])
    return _Reader(text, start, end).read(groups, plain) if plain else []


def outside(things: Iterable[T], starts: Iterable[int], spans: Iterable[tuple[int, int]]) -> list[T]:
    """The things that begin in none of the spans; `starts` are theirs, in order."""
    left = deque(sorted(spans))
    if not left:
        return list(things)
    out, reach = [], 0
    for thing, start in zip(things, starts, strict=True):
        while left and left[0][0] <= start:
            reach = max(reach, left.popleft()[1])
        if start >= reach:
            out.append(thing)
    return out


class _Reader:
    """Reads one sentence from left to right: who is spoken of, and what they do."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.clause = _Clause(start, last_end=start)
        self.acts: list[Act] = []
        self.subject: Group | None = None  # goes on where a clause names none
        self.listed: Group | None = None  # a list that goes on with people unnamed: 副市长甲，各县区长参加
        self.is_told = False
        self.done_at = start  # where the last verb stands that is an act of the subject

    def read(self, groups: Sequence[Group], verbs: Sequence[VerbFound]) -> list[Act]:
        """The acts of the sentence."""
        held = [(group.start, group.end) for group in groups] + [m.span() for m in QUOTED.finditer(self.text, self.start, self.end)]
        found = list(_MARKS.finditer(self.text, self.start, self.end))
        marks = outside(found, [m.start() for m in found], held)
        events: list[tuple[int, int, Group | VerbFound | re.Match[str]]] = [(m.start(), 0, m) for m in marks]
        events += [(group.start, 1, group) for group in groups]
        events += [(verb.start, 2, verb) for verb in verbs]
        for _, _, event in sorted(events, key=itemgetter(0, 1)):
            if isinstance(event, Group):
                self._group(event)
            elif isinstance(event, VerbFound):
                self._verb(event)
            elif event.lastgroup == "boundary":
                self._boundary(event)
            elif event.lastgroup == "telling":
                self.is_told = True
            elif event.start() >= self.clause.last_end:
                self.clause.is_of_others = True
        self._end_clause(self.end, self.end)
        return self.acts

    def _boundary(self, boundary: re.Match[str]) -> None:
        """Go on to the next clause, noting whether the people of this one have yet to do something."""
        clause = self.clause
        if clause.is_open and boundary[0] in "：:，" and boundary.start() < clause.last_end:
            return
        if boundary[0] == "日" and not _DAY.fullmatch(self.text, clause.start, boundary.start()):
            return
        agent, is_space = clause.agent, boundary[0].isspace()
        if agent is not None and not clause.acts:
            rests = _RESTS.fullmatch(self.text, agent.end, boundary.start())
            self.listed = agent if rests and not is_space else None
        elif clause.acts or _TELLS.search(self.text, clause.start, boundary.start()):
            self.listed = None
        self._end_clause(boundary.start(), boundary.end())

    def _end_clause(self, end: int, next_start: int) -> None:
        """Close the clause at `end`: its acts run up to one another."""
        if self.clause.acts:
            self._end_acts([act for act in self.clause.acts if act.by != "act/under"], end)
            self.acts += self.clause.acts
        self.clause = _Clause(next_start, last_end=next_start)

    def _end_acts(self, acts: Sequence[Act], end: int) -> None:
        for act, following in zip(acts, [*acts, None][1:], strict=True):
            act.end = end
            if following is not None and following.start == following.verb.start:
                act.end = max(act.verb.end, _before_conjunction(self.text, act.verb.end, following.start))

    def _group(self, group: Group) -> None:
        """Take people in: as those who do what the clause says, as those with or to whom it is done, or as neither."""
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
                clause.acts.append(Act(verb, group.names, group.offices, group.start, "act/under", under.end()))
            clause.last_end = under.end()
            return
        if clause.acts and before.endswith("、"):
            self._end_clause(group.start - 1, group.start)
            clause, before = self.clause, ""
        if clause.agent is None and not clause.acts:
            self._first_group(group, before)
        elif clause.acts and clause.acts[-1].verb.act == "met":
            clause.acts[-1].people = tuple(dict.fromkeys((*clause.acts[-1].people, *group.names)))
        elif _CAUSING.search(before) or (clause.acts and clause.acts[-1].verb.act == "accompanied"):
            clause.agent = group
        elif _COMPANY.search(before):
            clause.beside.append(group)

    def _first_group(self, group: Group, before: str) -> None:
        """The first people of a clause: they do what it says, unless they are only spoken of."""
        clause, text = self.clause, self.text
        if _TOPIC.search(before) or (not before and self.is_told and _JUST_TOLD.search(text, self.start, group.start)):
            clause.is_of_others = True
        elif _POSSESSING.match(text, group.end) or _IN_BRACKETS.search(text, max(self.start, group.start - FAR), group.start):
            return
        elif _BESIDE.search(before) and not _CAUSING.search(before) and not before.endswith(("上", "时", "中")):
            clause.beside.append(group)
        elif not self.is_told or not before or before.endswith(("上", "后", "时")):
            clause.agent = self.subject = group if self.listed is None else self.listed.joined_by(group)
            self.listed = None
            clause.is_of_others = self.is_told = False

    def _verb(self, verb: VerbFound) -> None:
        """Take a verb in: an act of the clause's people, or of those whom the clause goes on with."""
        clause, text = self.clause, self.text
        if self.is_told or clause.is_of_others or (verb.start < clause.last_end and not clause.act_at(verb.start)):
            return
        is_topic = verb.act == "inspected" and verb.phrase < 0 and _CLAUSE_GOES_ON.match(text, verb.end)
        if is_topic and _ABOUT.search(text, clause.last_end, verb.start):
            return
        if listed := _LISTED_AFTER.match(text, verb.end):
            if clause.agent is None and verb.act in ("attended", "accompanied"):
                clause.acts.append(Act(verb, (), (), clause.start, "act/listed"))
                clause.is_open = True
                clause.last_end = listed.end()
            return
        if verb.act in ("attended", "accompanied") and _OF_THOSE_WHO.match(text, verb.end):
            return
        agent, by = clause.agent, "act/verb"
        if agent is None and clause.acts:
            agent, by = self.subject, "act/elided"
        elif agent is None:
            agent, by = self._elided(verb.phrase if verb.phrase >= 0 else verb.start), "act/elided"
        is_only_told = verb.form == "told" and by == "act/elided" and not text.startswith("并", clause.start)
        if clause.agent is not None and not clause.acts and _OF_OTHERS.search(text, clause.agent.end, verb.start):
            return
        if agent is None or is_only_told or not self._is_predicate(verb):
            return
        act = Act(verb, agent.names, agent.offices, self._start_of(verb, agent), by)
        self._with_others(act, agent)
        clause.acts.append(act)
        clause.last_end, self.done_at = verb.end, verb.start

    def _elided(self, verb_start: int) -> Group | None:
        """The people with whom the clause goes on up to the verb, or None where it has a subject of its own."""
        if verb_start - self.clause.start > LONGEST_BEGINNING:
            return None
        prefix = self.text[self.clause.start:verb_start]
        if self.subject is None or (prefix and not _ELIDED.match(prefix)):
            return self.listed
        other = _PEOPLE if _GOES.match(prefix) else _OTHER_SUBJECT
        if other.search(_ADVERBS.sub("", prefix)) and not _TOWARDS.match(prefix):
            return self.listed
        return self.subject

    def _is_predicate(self, verb: VerbFound) -> bool:
        """Whether a verb after another in one clause is joined to it, and no part of what that speaks of."""
        if not self.clause.acts or self.clause.acts[-1].verb.start == verb.start:
            return True
        last, agent = self.clause.acts[-1].verb, self.clause.agent
        if self.clause.acts[-1].by == "act/under" or (agent is not None and agent.start > last.start):
            return True
        return _CONJUNCTION.search(self.text, max(last.end, verb.start - FAR), verb.start) is not None

    def _start_of(self, verb: VerbFound, agent: Group) -> int:
        """Where the act begins: with its people where they have done nothing before, else with the clause or the verb."""
        clause = self.clause
        if same := clause.act_at(verb.start):
            return same.start
        if self.done_at <= agent.start:
            return agent.start
        if self.done_at >= clause.start:
            return verb.start
        leading = _LEADING.match(self.text, clause.start)
        return leading.end() if leading and leading.end() <= verb.start else clause.start

    def _with_others(self, act: Act, agent: Group) -> None:
        """Those who do it with the agent: the other side of a meeting, who does it together with him."""
        if not self.clause.beside:
            return
        last, verb = self.clause.beside[-1].end, act.verb.start
        is_joint = _TOGETHER.search(self.text, max(agent.end, verb - FAR), verb) or _JOINTLY.fullmatch(self.text, last, verb)
        if act.verb.act in ("met", "signed") or is_joint:
            act.people = tuple(dict.fromkeys((*agent.names, *(name for group in self.clause.beside for name in group.names))))


def _before_conjunction(text: str, start: int, end: int) -> int:
    """Where an act ends before the next that begins at `end`."""
    return start + len(_TRAILING.sub("", text[start:end]))
