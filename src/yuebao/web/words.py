"""The words of the interface, in Chinese and in English: one table, read by the template tag `say`.

Chinese comes first and is what is shown unless the reader has switched. `{n}` and other names in braces are filled by the caller;
an English phrase that counts has two forms, one and many, parted by `|`.
"""

from __future__ import annotations

from datetime import date

from yuebao.web.desk import words as desk_words

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)
LANGUAGES = {"zh": "zh-Hans", "en": "en"}

WORDS: dict[str, tuple[str, str]] = {
    # frame
    "room": ("月报阅览室", "Yuebao reading room"),
    "skip": ("跳到正文", "Skip to the text"),
    "main_nav": ("主导航", "Main"),
    "issues": ("各期", "Issues"),
    "search": ("检索", "Search"),
    "search_all": ("检索全部条目", "Search all items"),
    "search_hint": ("姓名、单位、地名、项目……", "a name, a body, a place, a project …"),
    "ask": ("提问", "Ask"),
    "question": ("问题", "Question"),
    "question_hint": ("谁、何时、多少、几次、哪些……", "who, when, how much, how often, which … (in Chinese)"),
    "passages": ("原文", "Passages"),
    "query_read": ("读出的问法，可改动", "The query as read; it can be changed"),
    "ask_again": ("照此再问", "Ask this"),
    "questions_known": ("可以这样问", "Questions that can be asked"),
    "projects": ("项目台账", "Project ledger"),
    "projects_n": ("{n} 个项目", "{n} project|{n} projects"),
    "projects_lead": (
        "依各期所载排列，近日有记载的在前；说法不一之处并列，请核。",
        "As printed, the latest first; where print contradicts itself both are shown."),
    "stage": ("阶段", "Stage"),
    "total_sum": ("总投资", "Total sum"),
    "silent": ("停记", "Silent"),
    "months_n": ("{n} 个月", "{n} month|{n} months"),
    "counts": ("统计", "Counts"),
    "counts_lead": (
        "所数皆为各期所载；点开数字可见所据各条。按人只数一人，不作排名。",
        "What print has; a number opens to its items. People are counted one at a time, never ranked."),
    "contradiction": ("说法不一", "contradiction"),
    "chronicle": ("大事记", "Chronicle"),
    "chronicle_of": ("{n}年大事记", "Chronicle of {n}"),
    "chronicle_lead": (
        "由各期记事依成文标准选录，逐条注明入选、并入、不入及其依据；认定可改，改动记入处理记录。",
        "Selected from the issues by written criteria; every event says what became of it and why, and a person may decide otherwise."),
    "missing_months": ("缺 {months} 月各期，所记不全", "No issue is held of the months {months}"),
    "coverage": ("覆盖情况", "Coverage"),
    "fate": ("去向", "Fate"),
    "fate_in": ("入选", "taken"), "fate_into": ("并入", "merged"), "fate_out": ("不入", "left out"),
    "merged_in": ("并入", "merged into"),
    "decide_in": ("改为入选", "Take it"), "decide_out": ("改为不入", "Leave it out"),
    "event": ("事件", "Event"), "decided_by_name": ("认定人", "Decided by"),
    "book_digest": ("资料长编", "Source digest"), "book_chronicle": ("大事记（清稿）", "Chronicle, clean"),
    "book_cited": ("大事记（注出处）", "Chronicle with its citations"),
    "table_fates": ("去向表", "Table of fates"), "table_turns": ("改动待核表", "Turns to approve"),
    "table_coverage": ("覆盖情况表", "Coverage table"),
    "as_brief": ("专题汇编", "Brief"),
    "other_language": ("English", "中文"),
    "local_only": ("材料不出本单位的电脑，不连接外部网络", "Kept on the computers of this office; nothing outside is asked"),
    "finding_hint": ("校对意见仅供编校参考，不作质检结论", "Findings are put to the editor; they are no verdict on quality"),
    # issues
    "home_title": ("馆藏各期", "Issues held"),
    "held": ("{issues} 期，{items} 条", "{issues} issues, {items} items"),
    "of_year": ("{n}年", "{n}"),
    "year": ("年份", "Year"),
    "years": ("年份", "Years"),
    "issue_number": ("第{n}期", "No. {n}"),
    "serial_number": ("总第{n}期", "whole no. {n}"),
    "items_n": ("{n} 条", "{n} item|{n} items"),
    "no_findings": ("无校对意见", "no findings"),
    "nothing_held": ("还没有入库任何一期", "No issue is held yet"),
    "nothing_held_advice": (
        "请用 yuebao archive add 文件或文件夹 入库，再刷新本页。",
        "Add files with `yuebao archive add FILE-OR-FOLDER`, then load this page again.",
    ),
    # one issue
    "on_this_page": ("本页内容", "On this page"),
    "contents": ("目录", "Contents"),
    "page": ("第{n}页", "p. {n}"),
    "imprint": ("封面与版权页", "Cover and imprint"),
    "epigraph": ("卷首引语", "Epigraph"),
    "findings": ("校对意见", "Findings"),
    "error": ("必改", "must change"),
    "warning": ("建议", "suggested"),
    "note": ("存疑", "to check"),
    "error_n": ("必改 {n}", "{n} must change"),
    "warning_n": ("建议 {n}", "{n} suggested"),
    "note_n": ("存疑 {n}", "{n} to check"),
    "problems": ("读入说明", "Notes of the reader"),
    "problems_lead": ("读入时作出的判断，请对照原文核定。", "What was decided while reading; check it against the source."),
    "revisions": ("版本", "Revisions"),
    "revision_n": ("第 {n} 版", "revision {n}"),
    "current": ("现行", "current"),
    "added_at": ("入库时间", "added"),
    "take_away": ("成品下载", "Published files"),
    "public_edition": ("公开版", "Public edition"),
    "source_text": ("原文", "Source text"),
    "lines_n": ("共 {n} 行", "{n} line|{n} lines"),
    "source_line": ("原文第{n}行", "source line {n}"),
    "line_range": ("第{first}—{last}行", "lines {first}–{last}"),
    "one_line": ("第{first}行", "line {first}"),
    "colon": ("：", ": "),
    "source_absent": ("这一期入库的是期次文档，没有随带原文。", "An issue document was stored, without its source."),
    "in_masthead": ("封面、目录", "cover, contents"),
    "headline_in_contents": ("目录作", "in the contents"),
    "change_to": ("改为", "change to"),
    "basis": ("依据", "basis"),
    # masthead fields
    "notice": ("内部标识", "Notice"),
    "supervisor": ("主管", "Supervisor"),
    "sponsor": ("主办", "Sponsor"),
    "publisher": ("编印单位", "Compiled and printed by"),
    "address": ("地址", "Address"),
    "phone": ("电话", "Telephone"),
    "email": ("邮箱", "E-mail"),
    "distribution": ("发放范围", "Distribution"),
    "place_line": ("编印地", "Place"),
    "published_on": ("编印日期", "Issued on"),
    "permit_number": ("准印证号", "Permit no."),
    "printer": ("印刷单位", "Printer"),
    "print_run": ("印数", "Print run"),
    "printed_on": ("印刷日期", "Printed on"),
    # one item
    "item_n": ("第{n}条", "item {n}"),
    "column": ("栏目", "Column"),
    "no_headline": ("（无条题）", "(no headline)"),
    "previous": ("上一条", "Previous"),
    "next": ("下一条", "Next"),
    "neighbours": ("前后条目", "Items before and after"),
    "where": ("所在位置", "Where you are"),
    "people_here": ("本条人物", "People in this item"),
    "legend_person": ("人物", "person"),
    "legend_date": ("日期", "date"),
    "legend": ("标记", "Marks"),
    "whole_source": ("看全期原文", "See the whole source"),
    "cite": ("引用格式", "How to cite"),
    "notes_beside": ("本段校对意见", "Findings on this passage"),
    "judge": ("处理", "Decide"),
    "accept": ("采纳，改成新版本", "Accept: correct in a new revision"),
    "waive": ("不采纳", "Waive"),
    "unwaive": ("重新列出", "Take up again"),
    "reason": ("理由", "Reason"),
    "accepted_n": ("已采纳 {n} 次", "{n} decision carried out|{n} decisions carried out"),
    "revert": ("改回，成为新版本", "Put back: one more revision"),
    "waived_n": ("已决定不采纳 {n} 处", "{n} finding waived|{n} findings waived"),
    "notes_whole": ("本条其他校对意见", "Other findings on this item"),
    # search
    "query": ("检索词", "Search for"),
    "from": ("日期自", "From"),
    "to": ("日期至", "To"),
    "order": ("排序", "Order"),
    "by_date": ("按日期", "by date"),
    "by_relevance": ("按相关度", "by relevance"),
    "narrow": ("筛选", "Narrow down"),
    "more": ("其余 {n} 项", "{n} more"),
    "chosen": ("已选条件", "Chosen"),
    "remove": ("去掉", "remove"),
    "found_n": ("查得 {n} 条", "{n} item found|{n} items found"),
    "not_recorded": ("查无记载", "Not recorded"),
    "not_recorded_advice": (
        "已存各期中没有同时含有全部检索词的条目。可以减少检索词，或去掉筛选条件后再查。",
        "No item held has all of these words. Try fewer words, or fewer conditions.",
    ),
    "search_lead": (
        "逐字检索，凡含有检索词的条目都能查到；几个词用空格隔开，须同时出现。",
        "The search is exact: whatever holds the words is found. Several words, parted by spaces, must all occur.",
    ),
    "search_fields": ("分项检索与写法", "Fields, and how to write a query"),
    "without": ("不含", "Without"),
    "search_for_fields": ("并入检索", "Add to the search"),
    "similar": ("相近的条目", "Nearest items"),
    "similar_lead": ("以下各条与检索词最为相近，仅供查对。", "These come nearest to what was typed; they are no hits."),
    "wrong_query": ("检索式有误", "The query is wrong"),
    "month": ("月份", "Month"),
    "act": ("活动", "Act"),
    "act_presided": ("主持", "presided"),
    "act_spoke": ("讲话", "spoke"),
    "act_attended": ("出席", "attended"),
    "act_inspected": ("调研检查", "inspected"),
    "act_accompanied": ("陪同", "accompanied"),
    "act_signed": ("签约", "signed"),
    "act_unveiled": ("揭牌", "unveiled"),
    "act_met": ("会见", "met"),
    "act_other": ("其他", "other"),
    "saved_searches": ("已保存的检索", "Saved searches"),
    "save_search": ("保存这个检索", "Save this search"),
    "save": ("保存", "Save"),
    "name_of_search": ("名称", "Name"),
    "forget": ("删除", "Delete"),
    "way_phrase": ("引号内作为整体", "a phrase"),
    "way_without": ("不含某词", "without a word"),
    "way_field": ("限于某人、某地、某机构、某项目、某职务、某栏目", "by person, place, body, project, office, column"),
    "way_days": ("限于某段日期", "between days"),
    "way_traditional": ("全角半角、繁体简体不分", "full and half width, traditional and simplified are alike"),
    "paging": ("分页", "Pages"),
    "page_of": ("第 {n} / {of} 页", "page {n} of {of}"),
    "page_before": ("上一页", "Previous page"),
    "page_after": ("下一页", "Next page"),
    # one person
    "person": ("人物", "Person"),
    "attested": ("见载职务", "Offices as printed"),
    "attested_lead": (
        "照录各条原文，起止为首次与末次见载日期，不等于任免日期。",
        "As printed; the dates are those of the first and the last mention, not of appointment.",
    ),
    "office": ("职务（照录）", "Office, as printed"),
    "first_seen": ("首次见载", "First seen"),
    "last_seen": ("末次见载", "Last seen"),
    "times": ("见载条数", "Items"),
    "times_n": ("{n} 条", "{n} item|{n} items"),
    "named_in": ("见于 {n} 条", "named in {n} item|named in {n} items"),
    "no_office": ("未见职务", "No office is printed"),
    "in_time": ("见载条目", "Items, in time"),
    "offices": ("职务", "Offices"),
    "comma": ("，", ", "),
    "former": ("印作原任", "printed as former"),
    "proposed": ("印作人选", "printed as proposed"),
    "rank": ("职级", "rank"),
    "title": ("职称", "professional title"),
    "honour": ("称号", "honour"),
    "appointed": ("任免表", "appointed"),
    "appointed_table": ("任免表所载", "In the office's table of appointments"),
    "appointed_on": ("任", "Appointed"),
    "released_on": ("免", "Released"),
    "table_line": ("任免表第 {n} 行", "table, line {n}"),
    "not_in_table": ("表中未载", "not in the table"),
    "only_in_table": ("各期未见，仅见于任免表", "in no issue, only in the table of appointments"),
    "same_name": (
        "同名记载 {n} 处，依据不足以认定为一人，故分列。",
        "{n} records of one name, which nothing in print shows to be one person; they stand apart.",
    ),
    "also_written": ("写法", "Written"),
    "left_open": ("未能归属", "Not known whose"),
    "left_open_lead": ("以下见载不能确定属于同名者中的哪一位。", "Of these mentions it is not known whose of the same name they are."),
    "unclaimed_lead": ("不能确定属于同名者中的哪一位。", "It is not known whose of the same name these are."),
    # one organisation, place, project
    "organisation": ("机构", "Organisation"),
    "place": ("地名", "Place"),
    "project": ("项目", "Project"),
    "organisations_here": ("本条机构", "Organisations"),
    "places_here": ("本条地名", "Places"),
    "projects_here": ("本条项目", "Projects"),
    "in_print": ("见载", "In print"),
    "form_in_print": ("写法（照录）", "As printed"),
    "occurs_n": ("{n} 次", "once|{n} times"),
    "code_of_place": ("区划代码", "division code"),
    "same_name_places": ("同名 {n} 处，分列。", "{n} of one name; they stand apart."),
    "only_in_successions": ("各期未见，仅见于沿革表", "in no issue, only in the table of successions"),
    "successions": ("机构沿革", "Before and after"),
    "successions_line": ("沿革表第 {n} 行", "table, line {n}"),
    # errors
    "error_page": ("未能显示", "Cannot be shown"),
    "go_home": ("回到首页", "Go to the first page"),
    "code": ("代码", "Code"),
}


for _part in desk_words.PARTS:
    if _twice := WORDS.keys() & _part.keys():
        raise ValueError(f"said twice: {', '.join(sorted(_twice))}")
    WORDS.update(_part)


def say(language: str, key: str, **filled: object) -> str:
    """The words of `key` in "zh" or "en", filled; of an English pair the first form where `n` is 1."""
    chinese, english = WORDS[key]
    if language != "en":
        return chinese.format(**filled)
    one, _, many = english.partition("|")
    return (many if many and filled.get("n") != 1 else one).format(**filled)


def issue_name(language: str, year: int, month: int | None, number: int | None, on: date | None) -> str:
    """2025年第4期; by its day where it has no number, else by its month."""
    if number is not None:
        return f"{year} no. {number}" if language == "en" else f"{year}年第{number}期"
    if on is not None:
        return day_name(language, on)
    if language == "en":
        return f"{MONTHS[month - 1]} {year}" if month else str(year)
    return f"{year}年{month}月" if month else f"{year}年"


def day_name(language: str, on: date) -> str:
    """2025年4月3日, or 3 April 2025."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}" if language == "en" else f"{on.year}年{on.month}月{on.day}日"
