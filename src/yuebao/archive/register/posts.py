"""An office as written, and what it says: with its place, whether it names its body, and whether it is held.

市长, 云陵市市长 and 云陵市长 in a series of 云陵市 are one post, 云陵市长. 县长 alone does not say of which county: it is bare,
and fits any post that ends in it. Pure: text in, values out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from yuebao.annotate.office_kinds import office_kind, office_standing
from yuebao.annotate.offices import ending_head, heads
from yuebao.text import squeeze

# how an office is held; or what stands beside a name and is no office at all: 职级, 职称, 称号
Standing = Literal["held", "former", "proposed", "rank", "title", "honour"]
_NO_OFFICE: dict[str, Standing] = {"rank": "rank", "title": "title", "honour": "honour"}

_PARTY = re.compile(r"^(?:中国共产党|中共)(?=.)")
_FORMER = re.compile(r"^(?:原任?|前任?|时任|曾任|已故)(?=.{2})|(?<=.)原(?=副?.{2,3}$)")
_PROPOSED = re.compile(r"(?:^(?:拟任|提名)|候选人(?:建议人选|考察对象)?$|人选$)")
# 宣传部部长 is 宣传部长, 东浦区区长 东浦区长, 水文站站长 水文站长
_DOUBLED = re.compile(r"([省市州盟旗县区镇乡村部局厅处科院所站校馆社团队组台园社厂])\1(?=长$)")
_GOVERNMENT = re.compile(r"(?:人民)?政府(?=(?:代理?|常务)?副?[省市州盟旗县区镇乡]长$)")
_HEAD_OF_PLACE = re.compile(r"^(?:代理?|常务)*副?(?P<kind>[省市州盟旗县区])长$")
# words that begin with the kind of a division and are none: 市场监督管理局 is the body of any place
_NOT_RELATIVE = re.compile(r"市场|市民|市政(?!府|协)|市区|县城|区县|区域|区块|县域|省级|市级|县级|区级|州级")
_GENERIC = re.compile(
    r"(?:代理?|常务|执行|党组|党委|党工委|党总支|党支部|支部|委|政府|人大常委会|人大|政协|纪委|监委|副|总|首席|名誉|第一|高级|中级|特级|主任|"
    r"县|区|镇|乡|村|街道|社区|公司|集团|企业|院|校|厂|项目|团队|大队|中队|支队|该|本|其)*")
# departments of a committee: whose, the office before it in the run says, or the place of the series
_OF_COMMITTEE = re.compile(r"(?:组织|宣传|统战|统一战线工作|社会工作)部|政法委|秘书长$")
_COMMITTEE = re.compile(r"^(?P<body>.*委)(?:常委|委员|书记|副书记|秘书长)$")
_OF_BODY = re.compile(r"^(?P<body>.*[^省市州盟旗县区镇乡村街道])(?:党委|党组|党总支|党支部)(?:副?书记|成员|委员)$")
_RELATIVE_BODY = re.compile(r"(?:县|区|镇|乡|村|该|本)(?!域)")


@dataclass(frozen=True, slots=True)
class Post:
    """`name`: the office with its place, `base` the same without 原 or 候选人. `is_full`: it says of which body; `is_post`: an office,
    not a role such as 茶农 or 学生. `standing`: how it is held, or which of 职级, 职称, 称号 it is.
    """

    name: str
    base: str
    is_full: bool
    is_post: bool
    standing: Standing

    def may_be(self, full: Post) -> bool:
        """Whether this bare post may be that full one: 县长 石濑县县长, but not 县长 副县长."""
        return full.is_full and full.base.endswith(self.base) and full.base[:-len(self.base)][-1:] != "副"


def posts_of(offices: tuple[str, ...], place: str | None, *, are_past: bool = False) -> tuple[Post, ...]:
    """The posts of one run of offices; what names no body has that of the office before it (甲集团党委书记、董事长).

    `are_past`: the text says that they were held (曾任), though not in the words of the offices.
    """
    posts = _posts_of(offices, place)
    if not are_past:
        return posts
    return tuple(_post("former", p.base, is_full=p.is_full, is_post=p.is_post) if p.standing == "held" else p for p in posts)


def _posts_of(offices: tuple[str, ...], place: str | None) -> tuple[Post, ...]:
    posts: list[Post] = []
    for office in offices:
        post = post_of(office, place)
        if posts and (body := _body_before(post, posts[-1])):
            post = _post(post.standing, body + post.base, is_full=posts[-1].is_full, is_post=post.is_post)
        elif place and _OF_COMMITTEE.match(post.base) and post.base != "秘书长":  # the government has one too
            post = _post(post.standing, f"{place}委{post.base}", is_full=True, is_post=post.is_post)
        posts.append(post)
    return tuple(posts)


def _body_before(post: Post, before: Post) -> str | None:
    """The body that an office without one shares with the office before it, or None."""
    if _OF_COMMITTEE.match(post.base):
        found = _COMMITTEE.match(before.base)
    else:
        found = None if post.is_full else _OF_BODY.match(before.base)
    return found["body"] if found else None


def _post(standing: Standing, base: str, *, is_full: bool, is_post: bool) -> Post:
    return Post({"former": "原", "proposed": "拟"}.get(standing, "") + base, base, is_full, is_post, standing)


@lru_cache(maxsize=20_000)
def post_of(office: str, place: str | None) -> Post:
    """The post that an office as written, standing by itself, says in a series of that place."""
    plain = squeeze(unicodedata.normalize("NFKC", office))
    standing = _standing(plain)
    base = plain
    if standing in ("former", "proposed"):
        base = _PROPOSED.sub("", _FORMER.sub("", plain)) or plain
    head = ending_head(base, len(base)) or ""
    base = absolute(_GOVERNMENT.sub("", base), place)
    base = _DOUBLED.sub(r"\1", base)
    return _post(standing, base, is_full=_names_its_body(base, head, place), is_post=heads().get(head) == "post")


def _standing(plain: str) -> Standing:
    said = office_standing(plain)
    if said == "former" or plain.startswith("已故"):
        return "former"
    if said == "proposed" or _PROPOSED.search(plain):
        return "proposed"
    return _NO_OFFICE.get(office_kind(plain), "held")


def absolute(name: str, place: str | None) -> str:
    """The name of a body or office with its place: 市水利局 in a series of 云陵市 is 云陵市水利局, and so is 云陵市水利局."""
    plain = _PARTY.sub("", name)
    if not place:
        return plain
    if plain.startswith(place):
        rest = plain[len(place):]
        return place + (rest[1:] if rest.startswith(place[-1]) and not _NOT_RELATIVE.match(rest) else rest)
    if (of_place := _HEAD_OF_PLACE.match(plain)) and of_place["kind"] == place[-1]:
        return place + (plain[1:] if plain.startswith(place[-1]) else plain)
    if plain.startswith(place[-1]) and len(plain) > 1 and not _NOT_RELATIVE.match(plain):
        return place + plain[1:]
    return plain


def _names_its_body(base: str, head: str, place: str | None) -> bool:
    if place and base.startswith(place):
        return True
    body = base[:-len(head)] if head and base.endswith(head) else base if not head else base[:-1]
    return bool(body) and not _GENERIC.fullmatch(body) and not _RELATIVE_BODY.match(body)
