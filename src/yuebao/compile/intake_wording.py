"""The wording of what is no part of a report: credits, datelines, editors' lines, captions, page furniture; each with its reason.

A pattern says where it may stand: LINES are whole lines, WITHIN may stand anywhere, head_rules begin what is left of the text and
tail_rules end it. Reprints often come as one long line, so that head and tail are known by their wording, not by lines.
"""

from __future__ import annotations

import re
from functools import cache

from yuebao.lexicon import rows

# key: what a passage that is left out is, in Chinese and English
REASONS: dict[str, tuple[str, str]] = {
    "original_title": ("原标题", "title at its first place of print"),
    "repeated_headline": ("标题重复", "headline repeated"),
    "source": ("来源", "source"),
    "publication": ("发布信息", "day and place of publication"),
    "dateline": ("电头", "dateline"),
    "byline": ("作者署名", "byline"),
    "editors": ("编审署名", "editors"),
    "contact": ("供稿联系信息", "who sent it and how to reach them"),
    "caption": ("图片说明", "caption"),
    "furniture": ("网页附加文字", "page furniture"),
    "advertisement": ("广告", "advertisement"),
    "disclaimer": ("版权、免责声明", "notice of rights"),
    "folio": ("页码", "folio"),
    "end_mark": ("结束标记", "end mark"),
}

Rule = tuple[str, re.Pattern[str]]

_HAN = r"[\u3400-\u9fff]"
_DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
_CLOCK = r"(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_FULL_DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
# after the end of a sentence, or where a line begins
_APART = r"(?:(?<=[。！？!?…”）)】\]>\n])|(?<=END))[ \u3000\t]*"

# Papers, agencies and sites that are reprinted everywhere. Where a headline runs into a dateline, only a known name tells where it ends.
_KNOWN = (
    "(?:新华社|新华网|中新社|中新网|中国新闻网|人民网|人民日报|光明日报|经济日报|工人日报|农民日报|法治日报|科技日报|中国教育报|央视网|央视新闻|央广网|"
    "中国网|中国青年报|中国青年网|新京报|澎湃新闻|红星新闻|极目新闻|封面新闻|上游新闻|海报新闻|大皖新闻|上证报|南都|羊城晚报|红网|大河网|大众网|"
    "荆楚网|东方网|华声在线|四川在线|本[报网台刊站]讯|本报记者)")
_OUTLET_END = "(?:网|报|社|台|新闻|媒体|客户端|在线|网站|融媒|融媒体|传媒|频道|中心|时刻)"
_OUTLET = rf"(?:本[报网台刊站]|[\w·—-]{{2,16}}?{_OUTLET_END}(?:[（(][^（）()\n]{{2,12}}[）)])?)"
_WRITER = r"(?:[\w·-]{0,12}?(?:记者|通讯员|评论员|实习生|特约作者))"
_EDITOR = (
    "(?:(?:责任|实习|流程|见习|值班|本期|本版|图文|新媒体|执行|栏目|文字|图片|视频|视觉|新闻)?"
    "(?:编辑|责编|美编|校对|审校|校审|审核|审读|监制|编审|初审|复审|终审|一审|二审|三审|审签|编发|监审|审稿|值班主任|值班编委))")
_ROLE = (
    f"(?:{_EDITOR}|(?:文字|图片|视频)?(?:主编|副主编|总编辑|统筹|策划|制作|排版|签发|拟稿|核稿|设计|供稿|撰稿|撰文|采写|拍摄|剪辑|文字|图片|摄影|摄像|摄制|"
    r"编译|作者|来源|供稿人|联系人|(?:联系)?电话|邮箱)|[\w·]{0,12}?(?:记者|通讯员|实习生|特约作者|指导教师))")
_SEPARATOR = "[ \u3000]*(?:[：:丨|/／]|[ \u3000])[ \u3000]*"


def _held(longest: int) -> str:
    """The pattern of who held a role; where the next role begins is plain, so that no text takes long to be taken apart."""
    role = rf"(?:{_EDITOR}|作者|来源|文字|图片|摄影|记者|通讯员)[ \u3000]?[：:丨|/／ ]"
    return rf"(?>(?:(?!{role})[^。！？；：:，\n]){{0,{longest}}})[ \u3000|丨*]*"


_HELD = _held(24)
_SOURCE = "(?:本文|图文|资料|文章|稿件|信息|消息|新闻|原文|图片)?(?:来源|转自|转载自|图源|摘自|选自|综合自)"
_DISCLAIMER = (
    "如遇作品内容|版权侵权|侵权联系|联系(?:我们)?删除|转载请注明|如若转载|版权归|谢绝转载|不得转载|未经.{0,10}(?:授权|许可).{0,12}(?:转载|使用)|"
    "合法权益，您可|免责声明|[报爆]料[、：]|报料|投稿爆料|投稿邮箱|投稿、区域合作|本文链接|不代表本?(?:站|网|平台|报|刊)|仅代表作者|仅供参考，不构成|邮箱地址[：:]|"
    "政企内容服务|https?://")


def _rules(*rows_of: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple((reason, re.compile(pattern)) for reason, pattern in rows_of)


LINES: tuple[Rule, ...] = _rules(
    ("publication", rf"(?:(?:发布|发表|更新|发稿)?(?:时间|日期)[：:]\s*)?{_FULL_DAY}{_CLOCK}(?:\s[^。！？]{{0,60}})?"),
    ("publication", rf"(?:来源|作者|信息来源)[：:][^。！？]{{0,40}}{_FULL_DAY}{_CLOCK}[^。！？]{{0,30}}"),
    ("furniture", r"[【\[]?(?:字号|字体)[：: ]*.{0,20}"),
    ("furniture", r"[【\[]?(?:打印|关闭|收藏|打印本页|关闭窗口|大|中|小|返回|返回(?:首页|顶部|列表))[】\]]?"),
    ("furniture", r"分享(?:到|至)?(?:[：: ].{0,40})?|(?:点赞|在看|转发|收藏|评论|举报)\s*\d*"),
    ("furniture", r"(?:您的?)?(?:当前|现在)?的?位置[：:].{0,60}|首页\s*[>＞›»].{0,60}"),
    ("furniture", r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?[：:]?\s*\d+\s*次?|[上下]一[篇页条](?:[：: ].{0,60})?"),
    ("furniture", r"(?:长按|扫描|识别|扫一扫).{0,20}二维码.{0,20}|.{0,6}扫码.{0,20}|▲?详情点击图片.?"),
    ("furniture", r"请?(?:点击|戳)(?:上方|下方|左下方|蓝字|图片|关注|阅读原文).{0,30}|阅读原文"),
    ("disclaimer", r"(?:版权所有|Copyright|©).{0,80}|.{0,60}(?:ICP备|公网安备).{0,40}"),
    ("disclaimer", r"(?:主办单位|承办单位|技术支持|网站标识码)[：:].{0,60}|(?:联系我们|关于我们|网站地图)(?:[ |].{0,40})?"),
    ("advertisement", r"广告"),
    ("folio", r"[-—–－·]\s*\d{1,3}\s*[-—–－·]|第\s*\d{1,3}\s*页(?:[，,\s]*共\s*\d{1,3}\s*页)?"),
    ("caption", r"(?:▲|△|图为|图片?[一二三四五六七八九十\d]*[：:]|图片?说明[：:]).{0,120}"),
    ("caption", rf"[^。！？]{{0,80}}(?:[ \u3000。（(]|新华社发|资料)\s*(?:{_HAN}{{2,4}})?\s*/?\s*(?:摄|供图|摄影)[）)]?"),
    ("original_title", r"原标题[：:][^。]{2,60}"),
)

# lines that say so only where a text begins or ends
EDGE_LINES: tuple[Rule, ...] = _rules(
    ("publication", rf"(?:\S{{2,24}}(?:办公室|局|委|部|院|会|中心|政府|编))?[ \u3000]*[（(]?{_FULL_DAY}[）)]?(?:印发|编发|编)?"),
    ("contact", r"(?:报|送|发|抄送|主送|呈报|呈送|分送|报送)[：:].{0,100}|[（(]?共印\s?\d+\s?份[）)]?"),
    ("contact", r"附\s?件\s?\d{0,2}[：:]?"),
    ("contact", r"(?:供稿|报送|投稿|来稿|选送)(?:单位|部门|人|日期|时间)?[：:].{0,40}"),
    ("contact", r"联\s*系(?:人|电话|方式)[：:].{0,50}|(?:手机|电话|邮箱)(?:号码)?[：:].{0,40}"),
    ("credit", rf"(?>{_ROLE}(?:人|员|领导)?{_SEPARATOR}{_held(12)})+"),
)

WITHIN: tuple[Rule, ...] = _rules(
    ("advertisement", r"广告 [^×\n]{4,60}×"),
    ("furniture", r"·{5,80}\s{0,4}以上广告\s{0,4}·{5,80}(?:\s{0,4}正文)?"),
    ("dateline",
     rf"据?{_KNOWN}{_HAN}{{0,8}}{_DAY}(?:{_HAN}{{2,3}})?(?:电|讯|综合)(?![，,])"
     rf"(?:\s*[（(](?:{_HAN}{{0,8}}(?:记者|通讯员) ?)?[^（）()\n]{{2,30}}[）)])?"),
    ("caption", r"[（(]资料图片?(?:\s?(?:图片)?来源[：:][^（）()\n]{2,24})?[）)]"),
    ("source", r"[（(](?:图片)?来源[：:][^（）()\n]{2,24}[）)]"),
    ("furniture", r"[（(](?:微信ID|微信号|微信公众号|公众号ID?|报料邮箱|投稿邮箱)[：:][^（）()\n]{2,40}[）)]"),
)

# under the title of a brief of an office
NUMBER_OF_A_BRIEF = re.compile(r"(?:\d{4}年)?第\s?\d{1,4}\s?期(?:\s?[（(]总?第?\s?\d{1,5}\s?期[）)])?")

# a block of links to other pages that closes a page
LINKS = re.compile(
    r"^[ \t\u3000]*(?:相关(?:推荐|阅读|新闻|链接|文章|报道)|热门(?:推荐|文章|新闻)|猜你喜欢|往期(?:推荐|回顾)|推荐阅读|精彩推荐)"
    r"[：:.…]{0,6}[ \t\u3000]*$",
    re.MULTILINE)


@cache
def _name() -> str:
    """The pattern of a name: a surname with one or two characters, also set with a space within; or a foreign one with its dot."""
    surnames = sorted((row["term"] for row in rows("surnames")), key=len, reverse=True)
    return f"(?:(?:{'|'.join(surnames)})(?:{_HAN}{{1,2}}|[ \u3000]{_HAN})|{_HAN}{{2,6}}·{_HAN}{{2,6}})"


@cache
def head_rules() -> tuple[Rule, ...]:
    """What may open a text before its report; each is matched at the place reached so far."""
    names = f"{_name()}(?:[ \u3000、，,/]+{_name()}){{0,7}}"
    writers = rf"(?:文\s*[/／]\s*)?{_WRITER}[：: \u3000]+{names}(?:[ \u3000、]*{_WRITER}[：: \u3000]*{names}){{0,4}}"
    return _rules(
        ("dateline", rf"{_KNOWN}(?:讯|消息)(?![，,息员])[：:]?"),
        ("source", r"(?:本文|原文)?(?:转自|转载自)\s*【[^】\n]{2,20}】[；;，,:：]?"),
        ("source", rf"{_SOURCE}[：:]\s*[^\n。，]{{2,24}}?(?=\s|据|{_DAY}|{_OUTLET}(?:讯|消息)|本报)"),
        ("dateline", r"【[^】\n]{1,20}(?:消息|讯|特稿|电|报道)】|[（(]\S{2,6}讯[）)]"),
        ("dateline", rf"据?[^\s，。；！？“”]{{2,20}}?{_DAY}(?:{_HAN}{{2,6}})?(?:电|讯|消息|综合)(?![，,会话视])[：:]?"),
        ("dateline", rf"{_OUTLET}(?:讯|消息)(?![，,息员])[：:]?|{_HAN}{{2,4}}讯(?=[（(])"),
        ("byline", rf"[（(](?:{names}|[^（）()\n]{{0,20}}(?:记者|通讯员|实习生|评论员|作者)[^（）()\n]{{0,50}})[）)]"),
        ("byline", rf"{writers}(?:\s*(?:{_HAN}{{2,4}}报道|文\s*[/／]\s*图|摄影报道|报道)|(?=\s|\d|“|近日|日前|连日来|为|$))"),
        ("byline", rf"{_WRITER}{names}\s*(?:发自{_HAN}{{2,5}}(?=\s)|(?:{_HAN}{{2,4}}|{_DAY})?报道[：:]?)"),
        ("caption", rf"{_HAN}{{0,8}}现场(?:。|(?=\s|“|{_DAY}))|图[：:][^。\n]{{4,80}}。"),
    )


@cache
def tail_rules() -> tuple[Rule, ...]:
    """What may close a text after its report; each is looked for at the end of what is left. `credit` is told by CREDITS what it is."""
    held = r"[^（）()【】\[\]。！？]{1,50}"
    closing = (
        ("furniture", r"返回\S{2,6}，查看更多|分享让更多人看到|更多精彩内容[，,]?请(?:进入|关注|点击)\S{2,12}"),
        ("end_mark", r"[-—–_ ]*(?<![A-Za-z])END[-—–_ ]*|[▊■□◆●◎]+"),
        ("editors", r"(?:责任编辑|责编)[：:]"),
        ("credit", rf"(?<=[。！？!?…”\"）)\s])\s*(?:（{held}）|\({held}\)|【{held}】|\[{held}\])"),
        ("credit", r"[（(](?:来源|综合|转自|记者|通讯员|作者|编辑|责编|文[/／]|图[/／])[^（）()\n]{1,50}[）)]"),
        ("credit",
         rf"(?:{_APART}|(?<=\s)|(?={_EDITOR}[：:]))"
         rf"(?>[*＊|丨\s]{{0,8}}{_ROLE}{{1,2}}(?:人|员)?(?:[（(]\S{{1,4}}[）)])?{_SEPARATOR}{_HELD})+"),
        ("credit", rf"{_APART}[^。！？；，：:“”\n]{{0,16}}?(?>{_EDITOR}[：:]{_HELD})+"),
        ("byline", rf"{_APART}{_WRITER}[：: \u3000][^。！？；：:，\n]{{1,50}}"),
        ("byline", rf"{_APART}(?:文|图|图文)\s*[/／][^。！？；，\n]{{2,50}}"),
        ("byline", rf"{_APART}[^。！？，“”\n]{{2,30}}报道"),
        ("source", rf"{_APART}{_SOURCE}\s*[：:丨|/／ ][^。！？\n]{{2,60}}"),
        ("source", r"(?<![资金费入水货款客])来源[：:][^。！？，；\n]{2,20}"),
        ("source", rf"{_APART}(?:(?:转自|转载自|综合[ \u3000])[^。！？\n]{{2,40}}|[^。！？，“”\n]{{0,8}}综合?自[^。！？\n]{{2,40}})"),
        ("source", rf"{_APART}《[^》\n]{{2,20}}》\s*[（(]{_FULL_DAY}[^）)\n]{{0,12}}[）)]"),
        ("source", rf"{_APART}{_HAN}{{2,10}}(?:日报|晚报|新闻网|融媒|客户端)"),
        ("publication", rf"{_APART}发布(?:日期|时间)[：:][^。！？\n]{{6,60}}"),
        ("original_title", r"原标题[：:][^。\n]{4,60}"),
        ("disclaimer", rf"(?<=[。！？!?\n…）)】~”])[^。！？\n]*(?:{_DISCLAIMER})[^。！？\n]*[。！？!?~]?[】）)]?"),
    )
    return _rules(*((reason, pattern + r"\s*\Z") for reason, pattern in closing))


# brackets behind the last sentence that are of the report
OF_THE_REPORT = re.compile(r"\W*(?:注|附|按|以上|见|详见|其中|含|不含|截至|下同|排名|名单|完整|\d|.*(?:参加|出席|列席|陪同|主持|参与))")
# what a credit is, the first that fits; else a byline
CREDITS: tuple[Rule, ...] = _rules(
    ("end_mark", r"^\W*完\W*$"),
    ("original_title", "^\\W*原标题"),
    ("editors", "编辑|责编|校对|审校|审核|监制|签发|核稿|审签"),
    ("source", "^\\W*(?:来源|转自)"),
    ("byline", "记者|通讯员|作者|文[/／]"),
    ("contact", "电话|联系人|供稿人|邮箱"),
    ("caption", "摄影?\\W*$|图片|供图"),
    ("source", "来源|转自|综合|网|报|社|台|客户端|消息|融媒"),
    ("disclaimer", _DISCLAIMER + "|投稿"),
)

# a picture's credit in running text; the sentence before it is its caption where it is set as one
PICTURE_CREDIT = re.compile(
    rf"[（(]{_HAN}{{2,10}}\s{{0,4}}(?:{_HAN}{{2,4}}\s{{0,4}}){{0,3}}摄[）)]|[（(]摄影[：: ]{_HAN}{{2,4}}[）)]|"
    rf"(?<=[。\s])(?:新华社发\s*|\w{{2,6}}记者\s?)?[（(]?{_HAN}{{2,4}}\s?[/／]?(?:摄[）)]?(?![影像制入取])|摄影(?=[）)\s]))|"
    rf"(?<=[。\s/／]){_HAN}{{2,12}}\s?供图|[（(][^（）()\n]{{2,12}}供图[）)]|(?<=[。\s])\w{{2,6}}记者\s{_HAN}{{2,3}}\s图|视觉中国\s?(?:资料)?图")
CAPTION_OPENS = re.compile(r"\s*(?:图为|图[：:]|▲|△|这是)|.*图为")

# what no caption has
OF_A_REPORT = re.compile("[，,].*[，,].*[，,]|表示|指出|强调|介绍|原标题")

# what opens the first sentence of a report that follows a headline without a line's end
LEAD = re.compile(
    rf"{_KNOWN}|【[^】\n]{{1,20}}(?:消息|讯|特稿|电|报道)】|文\s?[/／]|“[^”\n]{{12,80}}[。！!？]”|"
    rf"{_DAY}(?:上午|下午|晚上?|中午|凌晨|傍晚|[，,至起—–~-])|(?:近日|日前|近期|连日来|昨日|昨天|今天|当天)[，,（(\u3400-\u9fff]|"
    r"记者\d{1,2}日|记者从|据[\u3400-\u9fff“《]{2,20}消息")
# a headline that a lead was found behind has none of this; where it has, the place was not the right one
NO_HEADLINE = re.compile(r"记者|通讯员|来源[：:]|讯[（(：:\s]|。|讯$")
