"""What can go wrong, in one tree.

    YuebaoError
    ├── UsageError     wrong use of a command or function             exit status 2
    ├── InputError     a file that cannot be read, set or understood  exit status 3
    └── ArchiveError   the archive is damaged, busy or out of reach   exit status 4

Every error carries a stable code, what happened, and what to do next, in Chinese and in English. Tests assert the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Both(NamedTuple):
    """A detail of an error that is words itself: said in the language in which the error is."""

    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one code says: the happening and the advice, in both languages; `{…}` are filled from the error's details."""

    happened: str
    advice: str
    happened_en: str
    advice_en: str


CODES: dict[str, Said] = {
    "E101": Said("文件是空的：{name}", "请换一个有内容的文件。", "The file is empty: {name}", "Give a file with text in it."),
    "E102": Said(
        "这个文件不能读，像是{kind}：{name}", "可读纯文本、Word、WPS、PDF、OFD、EPUB、网页、TEI 和 Markdown；请另存为其中一种后再读。",
        "This file cannot be read, it looks like {kind}: {name}", "Text, Word, PDF, OFD, EPUB, HTML, TEI and Markdown are read; save it as one of them."),
    "E103": Said(
        "文件过大（{size} MB，上限 {limit} MB）：{name}", "一期月报不到 1 MB；请检查是否选错文件，或分期存放后再读。",
        "The file is too large ({size} MB, limit {limit} MB): {name}", "An issue is less than 1 MB; check the file, or split it by issue."),
    "E104": Said("找不到文件：{name}", "请检查路径和文件名。", "No such file: {name}", "Check the path."),
    "E105": Said("没有读取权限：{name}", "请检查文件或文件夹的权限。", "No permission to read: {name}", "Check the rights of the file or folder."),
    "E106": Said(
        "不是有效的期次文档：{name}（{reason}）", "请用 yuebao read 重新生成，或检查文件是否被改动。",
        "Not a valid issue document: {name} ({reason})", "Make it again with `yuebao read`, or check whether it was altered."),
    "E107": Said(
        "文件里没有可读的文字：{name}", "请确认不是扫描图片或空白稿；如是扫描件，请先识别成文字。",
        "No readable text in {name}", "Make sure that it is not a scan or a blank; recognise scans first."),
    "E108": Said(
        "读取失败：{name}（{reason}）", "文件可能已损坏、加密或不完整，请换一份再试；也请检查磁盘或网络盘。",
        "Reading failed: {name} ({reason})", "The file may be damaged, locked or incomplete: try another copy; check the disk too."),
    "E109": Said(
        "不能在这个文件上改：{name}", "请给原文的文本文件（不是期次文档），并先确认其中没有无法解码的字节（“�”）。",
        "This file cannot be corrected: {name}", "Give the text itself, not an issue document, and without bytes that do not decode (U+FFFD)."),
    "E110": Said(
        "文稿带有密级标志“{mark}”，不予收存：{name}", "本程序不得处理涉密信息；请停止处理，将文稿移出本机，并报保密审查。",
        "The text bears a mark of secrecy ({mark}) and was not taken: {name}", "Classified material may not be handled here; remove it and report it."),
    "E111": Said(
        "这份存档包不完整或已损坏：{name}（{reason}）", "请换一份完好的存档包或备份；现有存档没有改动。",
        "The bag or backup is damaged: {name} ({reason})", "Use another copy; nothing in the archive was changed."),
    "E112": Said(
        "读 .doc、.wps、.rtf 文件要用 LibreOffice，本机没有找到：{name}", "请安装 LibreOffice 后再读，或在 Word、WPS 中另存为 .docx。",
        "LibreOffice is needed for .doc, .wps and .rtf, and is not on this computer: {name}", "Install LibreOffice, or save the file as .docx."),
    "E113": Said(
        "来稿登记表有误：{name} 第 {line} 行（{reason}）", "请改正这一行后再试；各列用制表符分隔：文件名、来稿方式（供稿、采编、转载）、供稿单位、媒体、日期（2026-01-05）。",
        "A fault in the register of copy: {name} line {line} ({reason})",
        "Mend the line and try again; cells are parted by tabs: name, origin_kind (contributed, gathered, reprinted), contributor, outlet, date."),
    "E114": Said(
        "这封邮件里有 {count} 份稿件，要分开收：{name}", "请把附件另存出来，一份一份地收。",
        "This letter encloses {count} texts: {name}", "Save the enclosures, and take them one by one."),
    "E201": Said(
        "提纲文件有误：{name} 第 {line} 行（{reason}）", "每行一个栏目名，每深一级前面加两个空格。",
        "Wrong outline: {name} line {line} ({reason})", "One column title a line, two spaces a level."),
    "E202": Said("不能写入：{name}（{reason}）", "请换一个可写的位置，或用 -o 另行指定。", "Cannot write: {name} ({reason})", "Name another place with -o."),
    "E203": Said("参数有误：{reason}", "请看 yuebao {command} --help。", "Wrong use: {reason}", "See `yuebao {command} --help`."),
    "E204": Said(
        "端口 {port} 已被占用", "请用 --port 换一个端口，或先停掉占用它的程序。",
        "Port {port} is taken", "Choose another with --port, or stop the program that holds it."),
    "E205": Said("没有这个页面：{path}", "请从首页进入，或用检索查找。", "No such page: {path}", "Start from the first page, or search."),
    "E206": Said(
        "这个请求不能受理：{reason}", "请从本程序的页面上操作；页面如已开了很久，刷新后再试。还没有账号时，只能在本机打开。",
        "The request is refused: {reason}", "Work from the pages of this program, reloaded where they are old; without accounts, on this computer."),
    "E207": Said("没有可撤销的处理：{digest}", "请用 yuebao archive decisions 查看编号，至少写前四位。", "No decision to take back: {digest}", "See `yuebao archive decisions`; give four characters of its hash or more."),
    "E208": Said(
        "词表有误：{reason}", "请改正这一行后再试；各列用制表符分隔，日期写成 2025-05-09。",
        "A fault in a lexicon: {reason}", "Mend the line and try again; cells are parted by tabs, dates are written 2025-05-09."),
    "E209": Said(
        "“{name}”不能确定是哪一位（{reason}）", "请按 yuebao ask who 列出的编号写，如 {name}#2。",
        "Which {name} is meant is not known ({reason})", "Give the number that `yuebao ask who` shows, such as {name}#2."),
    "E211": Said(
        "校对意见已有变动：{key}", "这一期已有新的版本或处理；请刷新页面，对照现在的意见再处理。",
        "The findings have changed: {key}", "There is a newer revision or decision; load the page again and decide on what it shows now."),
    "E212": Said(
        "不能照改：{reason}", "请在原文中改好，再重新入库成为新版本。",
        "The correction cannot be carried out: {reason}", "Correct the source yourself, and add it again as a new revision."),
    "E213": Said(
        "这条处理不能撤销：{digest}", "采纳之后原处文字又有变动，不能照原样改回；请在原文中改好，再重新入库。",
        "This decision cannot be taken back: {digest}", "The text has changed there since; correct the source yourself, and add it again."),
    "E214": Said(
        "DATABASE_URL 指向 PostgreSQL，而本机没有安装 psycopg", "请运行 pip install 'yuebao[postgres]'，或去掉环境变量 DATABASE_URL 改用自带的 SQLite。",
        "DATABASE_URL names PostgreSQL, and psycopg is not installed", "Run `pip install 'yuebao[postgres]'`, or unset DATABASE_URL to use SQLite."),
    "E215": Said(
        "引号没有成对：{text}", "请补上后一个引号，或去掉前一个。",
        "A quotation mark is not closed: {text}", "Close it, or take it away."),
    "E216": Said(
        "没有“{name}”这个检索项", "可用的检索项：{known}；冒号若属于原文，请把这一段加上引号。",
        "There is no field {name}", "Known are {known}; where the colon belongs to the text, put it in quotes."),
    "E217": Said(
        "日期不对：{text}", "请写成 2025-03..2025-05、2025年3月—5月 或 日期：2025年3月；若属于原文，请加上引号。",
        "No such date: {text}", "Write 2025-03..2025-05 or date:2025-03; where it belongs to the text, put it in quotes."),
    "E218": Said(
        "没有保存过这个检索：{name}", "已保存的有：{known}。",
        "No search is saved under {name}", "Saved are: {known}."),
    "E221": Said(
        "您没有这一步的权限：{reason}", "请换有此权限的账号登录，或请管理员在“账号”里加上相应的角色。",
        "You may not do this: {reason}", "Sign in with an account that may, or ask an administrator for the role."),
    "E222": Said(
        "这一条刚被别人改过：{name}", "您写的没有丢；请对照两份文字，合成一份再存。",
        "Somebody else has changed this meanwhile: {name}", "What you wrote is not lost; look at both texts, merge them, and save again."),
    "E223": Said(
        "这一步现在不能做：{reason}", "请先办完前面的步骤。",
        "This step cannot be taken now: {reason}", "Take the steps before it first."),
    "E224": Said(
        "期号已被占用：{name}", "请核对年份、期号和总期号；合刊占用其中每一期，增刊另编期号。",
        "The number is taken: {name}", "Check year, number and serial number; a combined issue takes each of its numbers, supplements have their own."),
    "E225": Said(
        "期号与上一期不相连：{reason}", "如确因停刊、合刊等跳号，请写明原因后再开期；否则请改正期号。",
        "The number does not follow the one before: {reason}", "Give the reason where it is meant so (none was issued, two were combined), or mend it."),
    "E226": Said(
        "第 {item} 条原文里没有这段话：{text}", "请从已签发的原文中照录要勘误的文字，一字不改。",
        "Item {item} does not print this: {text}", "Copy the passage from the signed text, character by character."),
    "E227": Said(
        "这个附件不能收存：{name}（{reason}）", "请换成 20 MB 以内的 PDF、PNG 或 JPEG 文件。",
        "The file cannot be kept: {name} ({reason})", "Give a PDF, PNG or JPEG of 20 MB at most."),
    "E228": Said(
        "本室已收到同样的稿件：{name}", "不必再送；如内容有更新，请改好后再送。",
        "The office has this text already: {name}", "It need not be sent again; where it has changed, send the new text."),
    "E231": Said(
        "不能这样设：{reason}", "请改好后再存。",
        "This cannot be settled so: {reason}", "Mend it and save again."),
    "E232": Said(
        "请先登录", "登录后再做这一步；填写的内容尚未保存，可先复制留存。",
        "Sign in first", "Sign in and do it again; what was filled in is not saved yet: copy it first."),
    "E233": Said(
        "登录尝试过于频繁", "请 {seconds} 秒后再试；忘记密码可请管理员重设。",
        "Too many tries to sign in", "Try again in {seconds} seconds; an administrator can set a new password."),
    "E234": Said(
        "没有登记这个访问地址：{host}", "请换用管理员给出的地址；管理员可在启动时写 --name {host}，把它登记上。",
        "The address is not known here: {host}", "Use the one that the administrator gave, or start with --name {host}."),
    "E235": Said(
        "还没有账号，不能开放给其他电脑：{host}", "请先用 yuebao desk account add 建立管理员，再加 --host 启动。",
        "There is no account yet, so other computers are not served: {host}", "Make an administrator with `yuebao desk account add` first."),
    "E236": Said(
        "一次上传的内容过多", "每个文件不超过 {megabytes} MB，一次不超过 {files} 个；请分几次上传。",
        "Too much was uploaded at once", "A file has {megabytes} MB at most, and {files} go at once; upload in parts."),
    "E401": Said(
        "存档已损坏：{reason}", "请先备份数据文件夹，再运行 yuebao archive verify 查看详情。",
        "The archive is damaged: {reason}", "Back up its folder, then run `yuebao archive verify`."),
    "E402": Said("存档正被占用", "请等另一个操作结束后再试。", "The archive is busy", "Wait for the other operation to end and try again."),
    "E403": Said(
        "存档文件夹不能读写：{name}", "请检查文件夹权限，或用环境变量 YUEBAO_HOME 另指定一个位置。",
        "The archive folder cannot be used: {name}", "Check its rights, or name another in YUEBAO_HOME."),
    "E404": Said("存档里没有：{key}", "请用 yuebao archive list 查看已存的各期。", "Not in the archive: {key}", "See `yuebao archive list`."),
    "E405": Said(
        "存档由较新的版本写成（{reason}）", "请升级本程序后再打开。", "The archive was written by a newer version ({reason})", "Upgrade and open it again."),
    "E406": Said(
        "这份材料没有资料名称或年份、期号，不能确定是哪一期：{name}", "请在文本里补上名称和期号（如“2024 / 03”或“2024年第3期”）后再存。",
        "No title, or no year and number, so the issue is not known: {name}", "Add the title and number (such as 2024年第3期) and try again."),
    "E407": Said(
        "查无记载：{name}", "已存各期中没有标出这个人名；请换用检索查找。", "Not recorded: {name}", "No issue held marks this name; try the search."),
    "E408": Said(
        "存档里已有内容：{name}", "请另指定一个空的文件夹（--home），导入后再改用它。",
        "The archive is not empty: {name}", "Name an empty folder with --home, import into it, and use that from then on."),
    "E409": Said(
        "连不上数据库：{reason}", "请检查环境变量 DATABASE_URL 里的地址、库名和账号，并确认 PostgreSQL 正在运行。",
        "The database cannot be reached: {reason}", "Check address, name and user in DATABASE_URL, and that PostgreSQL is running."),
    "E501": Said(
        "字体里没有这些字：{characters}", "请用环境变量 YUEBAO_FONTS 指定含有这些字的字体文件夹。",
        "The fonts lack these characters: {characters}", "Name a folder of fonts that have them in YUEBAO_FONTS."),
    "E502": Said("找不到字体：{name}", "请检查 YUEBAO_FONTS，或重新安装本程序。", "Font not found: {name}", "Check YUEBAO_FONTS, or install again."),
    "E503": Said("排版失败：{reason}", "请把原文件和这条信息一并反馈。", "Setting failed: {reason}", "Report it together with the file."),
    "E504": Said(
        "版式设置有误：{name} 的 {key}", "这一项可写：{reason}。",
        "A fault in a style: {key} in {name}", "Allowed there: {reason}."),
    "E505": Said(
        "这幅图不能排印：{name}（{reason}）", "请把图另存为 PNG 或 JPEG，换掉原图后再排。",
        "This picture cannot be set: {name} ({reason})", "Save it as PNG or JPEG, put it in place of the old one, and set again."),
    "E601": Said(
        "程序内部出错，这一页没有显示出来", "请返回重试；如仍出错，请记下时间和操作，连同这条代码一并反馈。",
        "The program failed, and the page could not be shown", "Try again; if it fails again, report the time, what you did and this code."),
}


class YuebaoError(Exception):
    """Any error that the user is told of. `code` is a key of CODES; `details` fill its words. `exit_status` as in the command line."""

    exit_status = 1

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        super().__init__(f"{code} {self.message()}")

    def message(self, language: str = "zh") -> str:
        """What happened, in the language asked for ("zh" or "en")."""
        said = CODES[self.code]
        return (said.happened_en if language == "en" else said.happened).format(**self._details(language))

    def advice(self, language: str = "zh") -> str:
        """What the user can do next, in the language asked for."""
        said = CODES[self.code]
        # a detail may be empty
        return (said.advice_en if language == "en" else said.advice).format(**self._details(language)).replace("  ", " ")

    def _details(self, language: str) -> dict[str, object]:
        return {key: value[language == "en"] if isinstance(value, Both) else value for key, value in self.details.items()}

    def to_dict(self) -> dict[str, str]:
        """The one envelope of errors, for the command line's --json and for the web."""
        return {
            "code": self.code, "message": self.message(), "advice": self.advice(),
            "message_en": self.message("en"), "advice_en": self.advice("en"),
        }


class UsageError(YuebaoError):
    exit_status = 2


class InputError(YuebaoError):
    exit_status = 3


class ArchiveError(YuebaoError):
    exit_status = 4
