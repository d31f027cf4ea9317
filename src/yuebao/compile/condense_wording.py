"""The wording by which sentences of a report are weighed: what is no part of it, what paints or speaks, what a record keeps."""

from __future__ import annotations

import re

# what a site or a paper puts around a report, where intake has left it
FURNITURE = re.compile(
    "责任编辑|责编|返回搜狐|版权|侵权|来源[：:/|｜]|原标题|供稿|撰稿|扫码|二维码|点击|公众号|客户端(?:消息|讯)|图为|供图|摄影|联系电话|邮箱|邮编|咨询电话|转载"
    "|声明[：:]|更多精彩|【编辑|编辑[：:]|审核[：:]|校对[：:]|监制|未经授权|本网|本报|本台|新华社|中新社|中新网|大河网|http|www|特此(?:公告|通告|通知)|广告"
    "|[=＝*×#@]{2}")
# a report that speaks as itself or as the contributor, asks, calls out
FIRST_PERSON = re.compile(
    "我们|我(?=[说想看的是]|觉得|家)|俺|咱|笔者|记者(?!站|协会)|小编|大家(?=好|一起)|各位|[您你]|[我本][县区乡镇村校院局厂行所社]|我办")
CALL = re.compile("^请|[？！?!]|(?:呢|吧|啊|呀|啦|哦|嘛)(?:$|[，。])")
# what someone says in his own words, and questions and answers
SPEECH = re.compile("“[^”]{24,}|(?:说|说道|告诉|直言|坦言|感慨|感叹|回忆|笑着|激动)[：:，]?(?:$|“)")
SPEECH_ALONE = re.compile("(?:“[^”]*”，?)+|[问答][：:].*")
# what only says that more is to come
ANNOUNCES = re.compile("(?:[一二两三四五六七八九十]+|\\d+)(?:条|点|项|个方面)(?:具体)?(?:要求|意见|建议|措施|举措|希望|任务)$")
PAINTED = re.compile(
    "只见|走进|映入眼帘|一幅|一派|一片|笑容|笑声|热火朝天|如火如荼|洋溢|喜气|阵阵|纷纷|绿树成荫|整齐划一|井然有序|掌声|令人|仿佛|宛如|好不热闹"
    "|骄阳|夏日|炎炎|金秋|春暖|冬日|亮丽|风景线|画卷|乐章|赞歌|扑面|徜徉|美不胜收|络绎不绝|赞不绝口|深受.{0,6}好评|点赞|打卡|火爆|爆款|出圈|硬核|吸睛"
    "|惊艳|重磅|史上|大片|刷屏|网红")

WHO = re.compile("出席|参加|陪同|列席|参会|与会|到会|主持|见证|在座|观摩")
DEMAND = re.compile("(?:强调|要求|指出|提出|希望)(?:，|：|$)|^(?:会议|座谈会|大会|他|她)?(?:强调|要求|指出)")
EVENT = re.compile(
    "召开|举行|举办|开幕|启动|揭牌|开工|签约|调研|考察|检查|慰问|视察|督导|印发|发布|公布|通报|开展|投产|通车|建成|获得?|荣获|入选|当选|任命|成立"
    "|开庭|宣判|审理|会谈|会见|开馆|批准|揭晓|竣工|夺|捐赠|演练|表彰|挂牌")

# a clause behind which a sentence may not be ended: something must follow that it serves
SERVES = re.compile(
    "^(?:以(?!上|下|内)|在(?!.*(?:召开|举行|举办|开幕|调研|检查|揭牌|启动)).*(?:[上中下时后前]|期间|同时|背景|之际|过程)?$|通过|围绕|为(?!期)|针对|按照"
    "|根据|随着|结合|经过?|对(?!.*进行)|就|从|由于|因|当|自|据|截至|作为|不仅|不但|既|一方面|无论|面对|依托|聚焦|紧扣|立足|本着|依据|应)"
    "|(?:的同时|基础上|之际|期间|以来|其中|之后|以后|时|例如|包括|分别为|如下)$")
JOINS_ON = re.compile("^(?:并|且|而|及|以及|和|从而|进而|使|让|但|以(?!及)|其中|从|为|同时|更|还|也)")
