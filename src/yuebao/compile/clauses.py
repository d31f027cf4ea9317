"""Clauses and sentences of a text: where a clause may begin and end, and which words of a sentence hang on which.

A mark inside quotation marks or brackets parts nothing: 他说：“要快，要稳。” is one clause after the colon. Offsets are code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest

import rjieba

OPENING, CLOSING = "“（《【「『(〔", "”）》】」』)〕"
ORNAMENTS = "—▲△●○■□◆◇▍►▶※★☆•▎▪"
ENDS = "。！？!?\n"
MARKS = "，；：,;:" + ENDS
_PARTS = re.compile(f"[{re.escape(MARKS)}]")

# A clause that says what the following one is: said, asked, foreseen, supposed. Without it the following says something else.
GOVERNS = re.compile(
    "^(?:如果|如(?![期下数此今同约愿]|何)|若(?!干)|假如|倘若|一旦|除非|除了?|只有|只要|即使|即便|尽管|虽然|虽|无论|不论|不管|与其|预计|计划|拟|力争|争取|有望"
    "|网传|据传|据称|传言|谣言|疑似|初步)"
    "|(?:强调|要求|指出|表示|希望|提出|建议|呼吁|认为|主张|声称|宣称|号召|勉励|叮嘱|嘱咐|倡议|承诺|预测|预计|提醒|规定|明确|坚称|辩称|称|说|道|讲)$"
    "|(?:据.{0,12}预[测报计]|谣言|传闻|不实|否认|辟谣)",
)
# Whence it is known, before a colon: what follows is the report, no list.
TOLD_BY = re.compile("(?:消息|讯|电|报道|通报|显示|介绍|获悉|了解)$")
# A clause that limits the one before it, which without it says more than the source does.
LIMITS = re.compile("但(?!凡)|不过|然而|除非|前提|条件是|除[^了夕]|不含|不包括|仅限|而非|而不是|并非|如果|只要")
# A sentence that begins so leans on the one before it: of whom, of what, by whom it is said stands there.
LEANS = re.compile(
    "(?:如[，,]|当[天日晚]|同[日天]|次日|翌日|要(?!求)|他|她|它|其(?!实)|该|此(?!次)|这|那(?!曲)|对此|为此|因此|由此|据此|所以|但|然而|不过|而|则|同时|与此同时|并|还|也|亦|又|再|双方|两人|二人|三人|一行"
    "|上述|以上|以下|前者|后者|两地|两家|两者|强调|指出|要求|表示|认为|希望|一要|二要|三要|四要|五要|六要|[一二三四五六七八九]是|[一二三四五六七八九]要|首先|其次|再次|最后"
    "|之后|此后|此外|另外|届时|从而|进而|以此|以便|如今|例如|比如|譬如|反之|否则|同样|尤其|特别是|相比|当场|当即|仍|依然|也就是|换言之|结果|于是|可见|原来)",
)
# Classes of words (of the dictionary) with which a sentence begins that names nobody who does it: verbs, adverbs.
_SUBJECTLESS = ("v", "d")
# verbs and adverbs by their class that begin a phrase of their own, or a name; and what the dictionary has as something else
_SUBJECT = re.compile("据|截至|截止|与会|参会|参赛|参展|获奖|受|建成|每|越|原|不少|许多|非|副|总|主席|驻|在|经|按|为|从|到|自")
_VERB = re.compile(
    "曾|现任|历任|任(?=[^务何期])|已|将(?!军)|正(?!式|常)|共(?!青|同|和|产|建|享|识)|需|应(?!急|届|邀|用)|主要(?!领导|负责)|累计|实地|现场(?!会|的|推|观摩)|先后|详细"
    "|认真|仔细|逐一|重点(?!项目|工程|企业|提案)|全年(?!全)")
FIRST_WORDS = 12  # characters of a sentence that are looked at


@dataclass(frozen=True, slots=True)
class Part:
    """A clause: its characters without the mark that ends it (`mark`, empty at the end of the text), and which sentence it is of."""

    start: int
    end: int
    mark: str
    sentence: int


@dataclass(frozen=True)
class Parted:
    """A text in sentences and clauses."""

    text: str

    @cached_property
    def depth(self) -> tuple[int, ...]:
        """How many brackets and quotations are open before each character, and at the end. A line end closes all."""
        depths, open_marks = [], ""
        for character in self.text:
            if character == "\n":
                open_marks = ""
            depths.append(len(open_marks))
            if character in OPENING:
                open_marks += character
            elif character in CLOSING and OPENING[CLOSING.index(character)] in open_marks:
                open_marks = open_marks[:open_marks.rindex(OPENING[CLOSING.index(character)])]
        return (*depths, len(open_marks))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The clauses in order; what stands between two of them is a mark and white space."""
        found, start, sentence = [], 0, 0
        for end, after, is_last in self._cuts():
            first, last = self._trimmed(start, end)
            if first < last:
                found.append(Part(first, last, self.text[end:after].strip() or self.text[end:after][:1], sentence))
            sentence += is_last
            start = after
        first, last = self._trimmed(start, len(self.text))
        return (*found, Part(first, last, "", sentence)) if first < last else tuple(found)

    def _cuts(self) -> list[tuple[int, int, bool]]:
        """Where a clause ends, where the next may begin, and whether a sentence ends there."""
        cuts = []
        for match in _PARTS.finditer(self.text):
            at, mark = match.start(), match[0]
            if self.depth[at] or (mark in "：:,;，" and _between_digits(self.text, at)):
                continue
            cuts.append((at, at + 1, mark in ENDS))
        # “……。” ends a sentence inside the quotation
        for match in re.finditer("(?<=[。！？])[”』」]", self.text):
            if not self.depth[match.end()] and self.text[match.end():match.end() + 1] not in tuple(MARKS):
                cuts.append((match.end(), match.end(), True))
        return sorted(cuts)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and (self.text[start].isspace() or self.text[start] in ORNAMENTS):
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        return start, end

    @cached_property
    def sentences(self) -> tuple[tuple[Part, ...], ...]:
        """The sentences, each its clauses."""
        groups: dict[int, list[Part]] = {}
        for part in self.parts:
            groups.setdefault(part.sentence, []).append(part)
        return tuple(tuple(group) for group in groups.values())

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence[0].start for sentence in self.sentences]

    def sentence_at(self, at: int) -> int:
        """The position in `sentences` of the one that the character at `at` stands in, or of the last before it."""
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def may_begin(self, at: int) -> bool:
        """Whether a clause begins at `at`."""
        return at in self._begins

    def may_end(self, at: int) -> bool:
        """Whether a clause ends at `at`, its own mark not counted, or counted."""
        return at in self._ends

    @cached_property
    def _begins(self) -> frozenset[int]:
        headline_end = self.text.find("\n")
        return frozenset({part.start for part in self.parts} | self._headline_words(headline_end, 1))

    @cached_property
    def _ends(self) -> frozenset[int]:
        headline_end = self.text.find("\n")
        found = {at for part in self._ending() for at in (part.end, part.end + len(part.mark.strip()))}
        return frozenset(found | self._headline_words(headline_end, 0))

    def _ending(self) -> Iterator[Part]:
        """The clauses behind which a sentence may be ended: none that the next one limits; of what a colon announces, whole points."""
        for sentence in self.sentences:
            is_announced = False
            for part, after in zip_longest(sentence, sentence[1:]):
                is_limited = after is not None and LIMITS.match(self.text, after.start)
                if not is_limited and (not is_announced or part.mark in "；;" or after is None):
                    yield part
                is_announced |= part.mark in "：:" and not any(said.search(self.text[part.start:part.end]) for said in (GOVERNS, TOLD_BY))

    def _headline_words(self, end: int, after: int) -> set[int]:
        """In a headline white space parts clauses."""
        return {m.end() if after else m.start() for m in re.finditer(r"(?<=[^\s\d])\s+(?=[^\s\d])", self.text[:max(end, 0)])}

    def may_end_sentence(self, at: int) -> bool:
        """Whether a sentence ends at `at`, its own mark not counted, or counted."""
        last = self.sentences[self.sentence_at(max(0, at - 1))][-1]
        return last.end <= at <= last.end + len(last.mark)

    def leans(self, at: int) -> bool:
        """Whether what begins at `at` cannot stand without what is before it: it refers to it, or does not say who does it."""
        return bool(LEANS.match(self.text, at)) or _is_subjectless(_PARTS.split(self.text[at:at + FIRST_WORDS])[0])


def _between_digits(text: str, at: int) -> bool:
    return text[at - 1:at].isdigit() and text[at + 1:at + 2].isdigit()


@lru_cache(maxsize=256)  # a story's clippings are asked again and again
def parted(text: str) -> Parted:
    """The text in sentences and clauses."""
    return Parted(text)


@lru_cache(maxsize=4096)
def _is_subjectless(words: str) -> bool:
    """Whether a sentence that begins with these words says what is done, and not by whom."""
    if _VERB.match(words):
        return True
    tagged = rjieba.tag(words)
    return bool(tagged) and tagged[0][1] in _SUBJECTLESS and not _SUBJECT.match(words)
