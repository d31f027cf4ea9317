"""What a person must look at before anything of a text is printed: numbers of people's own, marks that forbid passing on, the young and
the unwell by name. Sums, numbers of permits and of projects are none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from yuebao.compile.values import Flag
from yuebao.model import Annotation, PersonValue
from yuebao.text import fold, real_date

# key: what it is, in Chinese and English
FLAGS: dict[str, tuple[str, str]] = {
    "identity": ("身份证号", "number of an identity card"),
    "mobile": ("手机号", "mobile telephone number"),
    "telephone": ("电话号码", "telephone number"),
    "bank_card": ("银行卡号", "number of a bank card"),
    "restricted": ("内部、不得外传字样", "not to be passed on"),
    "minor": ("未成年人姓名", "a minor by name"),
    "named_person": ("患者、信访人等的姓名", "a patient, petitioner or victim by name"),
}

ADULT = 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<![\dA-Za-z.])", r"(?![\dA-Za-z]|\.\d)"
_IDENTITY = re.compile(rf"{_NO_DIGIT_BEFORE}(?:[1-8]\d{{16}}[\dXx]|[1-8]\d{{14}}){_NO_DIGIT_AFTER}")
_MOBILE = re.compile(rf"{_NO_DIGIT_BEFORE}(?:\+?86[- ]?)?1[3-9]\d(?:\d{{8}}|[- ]\d{{4}}[- ]\d{{4}}){_NO_DIGIT_AFTER}")
_LANDLINE = re.compile(
    rf"{_NO_DIGIT_BEFORE}(?:\(0\d{{2,3}}\) ?|0\d{{2,3}}[- ])[2-9]\d{{6,7}}(?:-\d{{1,5}})?{_NO_DIGIT_AFTER}|"
    rf"(?:电话|热线|致电|拨打|传真|座机)[^\d。；\n]{{0,12}}(?P<local>[2-9]\d{{6,7}}){_NO_DIGIT_AFTER}")
_CARD = re.compile(rf"{_NO_DIGIT_BEFORE}[3-6]\d{{3}}(?:[- ]?\d{{4}}){{3}}(?:[- ]?\d{{1,3}})?{_NO_DIGIT_AFTER}")
_UNIT = re.compile(r"\s*(?:余|多)?(?:元|万|亿|人|吨|公里|平方|立方|美元|千瓦|度|件|个|户|次|亩|米|株|头|只|台|号(?!码)|%)")
_RESTRICTED = re.compile(
    "内部(?:文件|资料|材料|参考)?[，,、 ]*(?:注意保存|(?:严禁|不得|请勿|切勿)外[传泄])|"
    "(?:不得|严禁|请勿|禁止|切勿|不宜)(?:外传|外泄|对外公开|公开报道|公开发布)|"
    "(?:不得|严禁|请勿|禁止)(?:擅自)?转载|[（(【\\[]内部(?:使用|参考|资料)?[）)】\\]]|[仅只]供内部(?:参考|使用|交流)")
_PLAIN_AGE = re.compile(r"\W{0,2}(?:[男女][，,、])?(?:今年|年仅|现年)?(?P<years>\d{1,2}|[一二三四五六七八九十]{1,2})(?:周)?岁")
_AGE_BEFORE = re.compile(r"(?P<years>\d{1,2})(?:周)?岁(?:的)?(?:[男女](?:孩|童|生)|小朋友|儿童|学生|少年|孩子|[男女]婴)?$")
_YOUNG_BEFORE = re.compile(r"(?:小学生|初中生|幼童|男童|女童|孤儿|困境儿童|留守儿童|未成年人)$")
_UNWELL_BEFORE = re.compile(r"(?:患者|病人|患儿|感染者|信访人|上访人|受害人|被害人|吸毒人员|戒毒人员|社区矫正对象|刑满释放人员)$")
_NOT_THE_NAME = re.compile(r"[（(]化名")
_DIGITS = "〇一二三四五六七八九"


def flags_of(text: str, annotations: Sequence[Annotation] = ()) -> tuple[Flag, ...]:
    """The flags of a text, in its order; `annotations` tell who is named in it."""
    plain = fold(text)
    found = [*_numbers(plain), *(Flag("restricted", *match.span()) for match in _RESTRICTED.finditer(text)), *_people(text, annotations)]
    return tuple(sorted(found, key=lambda flag: (flag.start, flag.end, flag.kind)))


def _numbers(plain: str) -> Iterator[Flag]:
    """Numbers of people's own; each place once, the surest kind first."""
    taken: list[tuple[int, int]] = []
    for kind, spans in (
        ("identity", (m.span() for m in _IDENTITY.finditer(plain) if _is_identity(m[0]))),
        ("bank_card", (m.span() for m in _CARD.finditer(plain) if _is_card(m[0]))),
        ("mobile", (m.span() for m in _MOBILE.finditer(plain))),
        ("telephone", (m.span("local") if m["local"] else m.span() for m in _LANDLINE.finditer(plain))),
    ):
        for start, end in spans:
            if not _UNIT.match(plain, end) and all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                yield Flag(kind, start, end)


def _is_identity(number: str) -> bool:
    """Whether its day of birth is one, and of eighteen characters the last is the check (GB 11643)."""
    if len(number) == 15:
        return real_date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12])) is not None
    check = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % 11
    return number[-1].upper() == _CHECKS[check] and real_date(int(number[6:10]), int(number[10:12]), int(number[12:14])) is not None


def _is_card(number: str) -> bool:
    """Whether its last digit is the check of the others (Luhn), and it is no row of one digit."""
    digits = [int(c) for c in number if c.isdigit()]
    total = sum(d if n % 2 == 0 else (2 * d - 9 if d > 4 else 2 * d) for n, d in enumerate(reversed(digits)))
    return 16 <= len(digits) <= 19 and total % 10 == 0 and len(set(digits)) > 2


def _people(text: str, annotations: Iterable[Annotation]) -> Iterator[Flag]:
    """The names of the young and the unwell: said in full, and said of them in so many words."""
    for annotation in annotations:
        if not isinstance(annotation.value, PersonValue) or re.search("[某×XＸ*]", annotation.value.name):
            continue
        before, after = text[max(0, annotation.start - 12):annotation.start], text[annotation.end:annotation.end + 16]
        if _NOT_THE_NAME.match(after):
            continue
        if _UNWELL_BEFORE.search(before):
            yield Flag("named_person", annotation.start, annotation.end)
        elif _is_young(before, after):
            yield Flag("minor", annotation.start, annotation.end)


def _is_young(before: str, after: str) -> bool:
    age = _AGE_BEFORE.search(before) or _PLAIN_AGE.match(after)
    return _years(age["years"]) < ADULT if age else _YOUNG_BEFORE.search(before) is not None


def _years(said: str) -> int:
    if said.isdigit():
        return int(said)
    tens, _, ones = said.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * ("十" in said) + (_DIGITS.index(ones) if ones in _DIGITS and ones else 0)
