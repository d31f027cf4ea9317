"""People with their offices: what the rules find, how offices are written down, and what is left alone."""

import pytest

from yuebao.annotate import annotate_text
from yuebao.annotate.given import is_rather_a_word, likeness
from yuebao.lexicon import rows


def people(text, names=()):
    """Name → offices, each once, of the people found in a text."""
    found = {}
    for a in annotate_text(text, 2024, 3, frozenset(names)):
        if a.layer == "person":
            assert text[a.start:a.end].replace(" ", "").replace("　", "") == a.value.name
            found.setdefault(a.value.name, []).extend(o for o in a.value.offices if o not in found.get(a.value.name, []))
    return found


@pytest.mark.parametrize(("text", "expected"), [
    # one office, a run of offices, 兼
    ("市长林知远出席会议并讲话。", {"林知远": ["市长"]}),
    ("市委副书记、市长林知远主持会议。", {"林知远": ["市委副书记", "市长"]}),
    ("市委常委、宣传部长，副市长方若水出席会议。", {"方若水": ["市委常委", "宣传部长", "副市长"]}),
    ("省林业厅党组成员、副厅长兼省公园管理局局长贺云舟到会。", {"贺云舟": ["省林业厅党组成员", "副厅长", "省公园管理局局长"]}),
    # a list shares its office; collective labels are offices
    ("副市长许东亭、丁念慈出席。", {"许东亭": ["副市长"], "丁念慈": ["副市长"]}),
    ("市领导林知远、方若水、王著参加调研。", {"林知远": ["市领导"], "方若水": ["市领导"], "王著": ["市领导"]}),
    ("市领导还有林知远、方若水、杜阔、王著。", {n: ["市领导"] for n in ("林知远", "方若水", "杜阔", "王著")}),
    ("副市长史晓岚和丁念慈出席。", {"史晓岚": ["副市长"], "丁念慈": ["副市长"]}),
    # 与 joins two who do not share
    ("市长林知远与潘若谷座谈交流。", {"林知远": ["市长"], "潘若谷": []}),
    # the next in a list has an office of its own
    ("市委常委、副市长陈砚耕，副市长许东亭、丁念慈，市中级人民法院院长史长河参加。", {
        "陈砚耕": ["市委常委", "副市长"], "许东亭": ["副市长"], "丁念慈": ["副市长"], "史长河": ["市中级人民法院院长"]}),
    # where an office begins
    ("受甲国驻华大使法里德·卡西莫夫邀请，", {"法里德·卡西莫夫": ["甲国驻华大使"]}),
    ("林知远走进村民李若娟家中察看。", {"林知远": [], "李若娟": ["村民"]}),
    ("邀请省委政研室副主任袁若舟作专题讲座。", {"袁若舟": ["省委政研室副主任"]}),
    ("与来访的北山水利投资集团有限公司党委书记、董事长杨若飞一行会谈。", {"杨若飞": ["北山水利投资集团有限公司党委书记", "董事长"]}),
    ("该集团七星厂党群工作部副部长李永淳获奖。", {"李永淳": ["七星厂党群工作部副部长"]}),
    ("市自然资源和规划局局长高若川汇报。", {"高若川": ["市自然资源和规划局局长"]}),
    ("武陵大学物理科学与技术学院院长何军到会。", {"何军": ["武陵大学物理科学与技术学院院长"]}),
    ("甲集团、乙电气党委书记、董事长李俊岭参加。", {"李俊岭": ["甲集团、乙电气党委书记", "董事长"]}),
    ("传达学习省委常委孙守拙讲话精神。", {"孙守拙": ["省委常委"]}),
    ("现任市长为胡雪岭，", {"胡雪岭": ["市长"]}),
    ("曾任某厅厅长的王文澜、", {"王文澜": ["某厅厅长"]}),
    ("《青溪》杂志执行主编邓若山到会。", {"邓若山": ["《青溪》杂志执行主编"]}),
    ("国家医疗中心（北山）主任李安之到会。", {"李安之": ["国家医疗中心（北山）主任"]}),
    ("北山经开区党工委书记李小川表示，", {"李小川": ["北山经开区党工委书记"]}),
    ("“快！快！”随着北山支行行长王岳之的安排，", {"王岳之": ["北山支行行长"]}),
    # titles after the name
    ("国内肾脏病专业的知名专家刘章野教授到会。", {"刘章野": ["国内肾脏病专业的知名专家", "教授"]}),
    ("习近平总书记指出，", {"习近平": ["总书记"]}),
    ("某医院王书桁教授，另一医院雷平野教授一行莅临。", {"王书桁": ["教授"], "雷平野": ["教授"]}),
    ("决定追授肖坤南同志奖章。", {"肖坤南": []}),
    # offices after the name
    ("敬业奉献类：裴东篱，现任市二院门诊党支部书记兼CT室主任；王晓桦，市公共交通有限公司驾驶员。", {
        "裴东篱": ["市二院门诊党支部书记", "CT室主任"], "王晓桦": ["市公共交通有限公司驾驶员"]}),
    ("范耀南同志任中共北山县委书记，孙毅之同志不再担任职务。", {"范耀南": ["中共北山县委书记"], "孙毅之": []}),
    ("肖坤南，男，汉族，1998年3月出生，生前系北山区消防救援大队政府专职队员。", {"肖坤南": ["北山区消防救援大队政府专职队员"]}),
    ("陈向野为救援落水儿童献身。陈向野表示，", {"陈向野": []}),
    # offices that one takes, of several clauses; those that are past; one who is elected, by another's mouth
    ("李若川目前担任北山省人民政府副省长，云陵市政府市长，云陵景区管委会主任。李若川表示，", {
        "李若川": ["北山省人民政府副省长", "云陵市政府市长", "云陵景区管委会主任"]}),
    ("陈向野曾任甲县委常委、组织部部长，乙市委副书记等职。陈向野指出，", {"陈向野": ["甲县委常委", "组织部部长", "乙市委副书记"]}),
    ("6月29日，黄宏川被提名为朝阳区副区长。", {"黄宏川": ["朝阳区副区长"]}),
    ("甲市委书记杜小岗、乙市委书记吴新苗曾任丙市委书记，丁市委书记陈金湖在场。", {
        "杜小岗": ["甲市委书记"], "吴新苗": ["乙市委书记", "丙市委书记"], "陈金湖": ["丁市委书记"]}),
    ("省委决定：宁波同志任云陵市委书记，单向前同志不再担任市委书记职务。", {"宁波": ["云陵市委书记"], "单向前": ["市委书记"]}),
    ("2月11日，达桑阿米任北山区副区长。", {"达桑阿米": ["北山区副区长"]}),
    ("最年轻的是生于1981年的杨若磊，现任北山区副区长。", {"杨若磊": ["北山区副区长"]}),
    # a known name that runs into a word takes the office before it; a list goes on over a comma
    ("市委副书记、市长龚正在分会场强调，龚正指出，要抓好。龚正指出，要落实。", {"龚正": ["市委副书记", "市长"]}),
    ("出席的市领导还有李仰之、赵嘉野、陈若通，贾宇，老同志叶公野到会。", {
        "李仰之": ["市领导"], "赵嘉野": ["市领导"], "陈若通": ["市领导"], "贾宇": ["市领导"], "叶公野": ["老同志"]}),
    ("《青溪早报》总编辑吴新野到会。", {"吴新野": ["《青溪早报》总编辑"]}),
    ("网传北山市副市长庞若波到会。该县县委书记王若川到会。", {"庞若波": ["北山市副市长"], "王若川": ["县委书记"]}),
    ("新闻记者 沈度编辑：朱亮之", {"沈度": ["新闻记者"], "朱亮之": ["编辑"]}),
    # without an office
    ("陈向野指出，要抓好落实。", {"陈向野": []}),
    ("会议选举顾南星为市长。", {"顾南星": ["市长"]}),
    ("王若渝、宋彦桦、宋彦栩和宋彦楠参加。", {"王若渝": [], "宋彦桦": [], "宋彦栩": [], "宋彦楠": []}),
    ("（记者 林靖野 周若冰）", {"林靖野": ["记者"], "周若冰": ["记者"]}),
    ("会议圆满结束。（孟若媛）", {"孟若媛": []}),
    ("责任编辑：张 恒", {"张恒": ["责任编辑"]}),
    # rare, double and unknown surnames; ethnic and foreign names
    ("副市长欧阳若溪出席。副市长尉迟恒出席。", {"欧阳若溪": ["副市长"], "尉迟恒": ["副市长"]}),
    ("副州长扎西多吉出席。", {"扎西多吉": ["副州长"]}),
    ("甲国总统扎帕罗夫出席。", {"扎帕罗夫": ["甲国总统"]}),
    ("副州长阿依古丽·买买提出席。", {"阿依古丽·买买提": ["副州长"]}),
])
def test_people_are_found_with_their_offices_as_written(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    # the characters of a name decide where what follows says nothing
    ("市政协委员闵嘉树谈了看法。", {"闵嘉树": ["市政协委员"]}),
    ("党工委书记莫云帆按下启动键。", {"莫云帆": ["党工委书记"]}),
    ("市长关永华致闭幕词。", {"关永华": ["市长"]}),
    ("专家组组长、北山大学教授欧阳清和认为，", {"欧阳清和": ["专家组组长", "北山大学教授"]}),
    ("副市长易纲受市政府委托作报告。", {"易纲": ["副市长"]}),
    ("区政协主席杨莉为志愿者颁发聘书。", {"杨莉": ["区政协主席"]}),
    ("秘书长彭作为，副州长杨若飞出席。", {"彭作为": ["秘书长"], "杨若飞": ["副州长"]}),
    # occupations that stand in no list
    ("桐坞县篾匠匡小竹转为公司，", {"匡小竹": ["桐坞县篾匠"]}),
    ("丰岭市住建局村镇股股长岳小禾、市农业局主任陈静到会。", {"岳小禾": ["丰岭市住建局村镇股股长"], "陈静": ["市农业局主任"]}),
    # without any office
    ("从纺织厂下岗的郭春红当场签订合同。", {"郭春红": []}),
    ("会上，来自北山的刘泽金委员发言。", {"刘泽金": ["委员"]}),
    ("照顾丈夫14年的望川区谷小芹家庭入选。", {"谷小芹": []}),
    ("看望慰问小丽（化名）和她的同学。", {"小丽": []}),
    ("冷秋芳，青麓县卫生室医生，行医29年，", {"冷秋芳": ["青麓县卫生室医生"]}),
    ("出席座谈会的还有邵鸿、何报翔、王光谦、秦若勇、杨震和张恩迪、李钺锋、方光华等。", {
        n: [] for n in ("邵鸿", "何报翔", "王光谦", "秦若勇", "杨震", "张恩迪", "李钺锋", "方光华")}),
    ("最后，由林慧彦、李辰雨等同学演出。", {"林慧彦": [], "李辰雨": []}),
    # offices that are left or sought
    ("决定接受林少波辞去云陵市副市长职务的请求。", {"林少波": ["云陵市副市长"]}),
    ("决定：林小军任青麓县委书记，不再担任青麓县县长；费建业不再担任青麓县委书记。", {
        "林小军": ["青麓县委书记", "青麓县县长"], "费建业": ["青麓县委书记"]}),
    ("提名林春来为青麓县县长候选人。", {"林春来": ["青麓县县长候选人"]}),
    # bylines
    ("喜报传来。(来源：北山县委宣传部陈以显 张海林)返回首页", {"陈以显": [], "张海林": []}),
    ("新闻8月15日电 (冯长海 马琰 芦苇)近日", {"冯长海": [], "马琰": [], "芦苇": []}),
    ("代表团对接东西部协作工作记者 宗兆洋", {"宗兆洋": ["记者"]}),
    ("本报全媒体记者 宗兆洋", {"宗兆洋": ["本报全媒体记者"]}),
    ("见习记者 吴雪莹 通讯员 田野 北山报道", {"吴雪莹": ["见习记者"], "田野": ["通讯员"]}),
    ("县检察院开展普法宣讲活动北山日报客户端记者 宗兆洋", {"宗兆洋": ["北山日报客户端记者"]}),
    ("仪式现场。李军广 摄市委副书记陈静致辞。", {"李军广": [], "陈静": ["市委副书记"]}),
])
def test_people_are_found_by_more_than_their_offices(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(("given", "least", "most"), [("秀英", 3, 4), ("建国", 3, 4), ("批评", -4, -2), ("若溪", 1, 4), ("鑑㵾", 0, 0)])
def test_characters_are_likened_to_given_names(given, least, most):
    assert least <= likeness(given) <= most


@pytest.mark.parametrize(("given", "expected"), [
    ("大学", True), ("三次", True), ("水平", True), ("偷盗", True), ("和平", False), ("建国", False), ("若溪", False), ("宇", False),
])
def test_words_are_told_from_given_names(given, expected):
    assert is_rather_a_word(given) is expected


@pytest.mark.parametrize("text", [
    "市政府与澜江大学签署合作协议，澜江大学教授到会。", "公司的工程师曾三次到望川区考察。", "提高养、治、教、康水平作出了贡献。", "夯实基础惠民生，",
    "印加人倡导“莫偷盗、莫撒谎、莫懒惰”。", "园区边建设、边招工、边培训，", "村民曾经靠放牧为生。", "拉美企业家高峰会发表致辞，", "郁金香、水仙等花卉", "俄军在赫尔松控制多地。",
    "非遗传承人才培养工作", "召开领导班子会、研讨会", "走进这片人工古柏林，",
    "市长办公会议研究部署工作。", "书记和市长带头参加。", "主任高度重视安全工作。", "书记向大家表示感谢。", "局长安排部署工作，", "各级书记关心、支持教育。",
    "第七次全国妇女儿童工作会议召开。", "某某国长征天成公司成立。", "广大干部职工闻汛而动，", "广大职工闻汛，", "百余名村民为秦若溪争取荣誉。", "李奶奶说，", "莫小姐表示，", "甲国乌克兰总统宣布", "习近平新时代中国特色社会主义思想", "弘扬雷锋精神。",
    "以习近平同志为核心的党中央", "《习近平关于城市工作论述摘编》", "郑州、开封、洛阳、许昌等地", "林楼、社楼、袁庄、西张庄等6个村",
    "主任医师和护士全程值守。", "庆祝“中国农民丰收节”活动", "深入学习习近平生态文明思想", "高新区和平安大道", "市领导和干部群众参加。", "",
])
def test_common_words_are_no_people(text):
    assert people(text) == {}


def test_a_title_after_a_name_leads_no_further_name():
    assert people("习近平主席贺信宣读后，习近平主席重要讲话发表。") == {"习近平": ["主席"]}


def test_countries_in_a_list_of_people_are_no_people():
    assert list(people("甲国总统扎帕罗夫、卡塔尔首相兼外交大臣穆罕默德出席。")) == ["扎帕罗夫", "穆罕默德"]
    assert people("会长乌干达说，") == {}


def test_two_characters_or_three_is_decided_by_all_that_is_written():
    text = "市长张明到会。张明强调，要抓实。张明指出，要抓细。副市长张明远到会。张明远表示，"
    assert set(people(text)) == {"张明", "张明远"}
    assert set(people("县委书记庞波确已离开。庞波，男。庞波表示，")) == {"庞波"}


def test_a_name_established_once_is_recognised_bare():
    text = "何若仪到北山县调研\n3月3日，市长何若仪到北山县调研。随后，何若仪一行来到项目工地。"
    assert [a.start for a in annotate_text(text, 2024, 3) if a.layer == "person"] == [0, text.index("，市长何") + 3, text.index("何若仪一行")]


def test_a_name_in_a_concept_a_title_or_a_place_is_no_mention():
    text = "王若谷先生到会。弘扬王若谷精神，读《王若谷传》，走王若谷路，学王若谷生态文明思想。王若谷说，"
    assert [text[a.end:a.end + 2] for a in annotate_text(text, 2024, 3) if a.layer == "person"] == ["先生", "说，"]


def test_names_that_are_known_beforehand_are_recognised():
    assert people("那天仝若愚没有来", ["仝若愚"]) == {"仝若愚": []}
    assert people("那天仝若愚没有来") == {}


def test_a_known_name_of_two_characters_is_not_seen_inside_words():
    text = "副市长高峰出席。早高峰期间，高峰期的车辆多，高峰指出，"
    assert [text[a.start - 1] for a in annotate_text(text, 2024, 3) if a.layer == "person"] == ["长", "，"]


@pytest.mark.parametrize("name", ["surnames", "offices", "name_followers", "office_stops", "countries", "name_characters", "given_characters"])
def test_the_lexicons_load_and_hold_no_repeated_term(name):
    terms = [(row["term"], row.get("use")) for row in rows(name)]
    assert len(terms) == len(set(terms)) > 100


def test_every_head_has_a_known_kind():
    assert {row["kind"] for row in rows("offices")} <= {"post", "role", "byline", "group", "address", "-"}
    assert {row["after"] for row in rows("offices")} <= {"after", "style", "-"}
