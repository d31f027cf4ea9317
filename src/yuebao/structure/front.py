"""封面与版权页 and 卷首引语: the lines before the body that are not the 目录, in whatever order they stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from yuebao.calendar_text import find_dates
from yuebao.lexicon import rows
from yuebao.model import Editor, Epigraph, Masthead
from yuebao.structure.contents import HEADINGS
from yuebao.structure.sheet import Line, Sheet, Slice, Text, by_source, places, value_of
from yuebao.text import chinese_number, fold, real_date, squeeze

_LABEL = re.compile(r"([\u4e00-\u9fff]{2,8}):")
_HAN_NUMBER = "〇○零一二三四五六七八九十"
_YEAR = rf"(?P<year>\d{{4}}|[{_HAN_NUMBER}]{{4}})"
_YEAR_NUMBER = re.compile(rf"{_YEAR}年?[/.-]?第?(?P<number>\d{{1,3}}|[{_HAN_NUMBER}]{{1,3}})(?:[-~、至]\d{{1,3}})?(?:期|号|月号|月刊|月)?")
_NUMBER_ONLY = re.compile(rf"第(?P<number>\d{{1,3}}|[{_HAN_NUMBER}]{{1,3}})期")
_SERIAL = re.compile(rf"\(?总(?:第)?(?P<serial>\d{{1,5}}|[{_HAN_NUMBER}百]{{1,7}})期\)?")
_DAY = re.compile(
    rf"{_YEAR}年(?P<month>\d{{1,2}}|[{_HAN_NUMBER}]{{1,3}})月(?P<day>\d{{1,2}}|[{_HAN_NUMBER}]{{1,3}})日(?:出版|编印|印发|印|编)?"
)
_COMPACT_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)[-./]?(?P<month>[01]\d)[-./]?(?P<day>[0-3]\d)")
_PINYIN = re.compile(r"[A-Z][A-Z'·.]{5,}")
_NOTICE = re.compile(r"内部资料|内部刊物|内部参阅|内部交流|供.{0,6}参[考阅]|注意保[存密]|免费交流|不得外传")
_PLACE = re.compile(r"中国·[\u4e00-\u9fff]{2,12}")
_MOTTO = re.compile(r"(?:[\u4e00-\u9fff]{2,8}[\s\u3000]+){1,3}[\u4e00-\u9fff]{2,8}")
_TITLE_ENDS = re.compile(
    r"(?:[月旬周日季年简快通公]报|年鉴|大事记|大事纪要|[纪记]事|要览|要情|通讯|动态|信息|参考|内参|[月季导]刊|月志|史志|资料|文摘|工作|联播|之窗|纵览)$"
)
_BOOK_TITLE = re.compile(r"《([^《》]{2,20})》")
_ATTRIBUTION = re.compile(r"-{1,4}")
LONGEST_TITLE = 24
SHORT_LINE = 8  # characters; a line of the front that is no longer may be a heading
NEARLY_AS_LONG = 0.8  # of two lines that the page wrapped


@dataclass(slots=True)
class Front:
    """What the front gives: values, the places of the masthead's, and which lines were used."""

    values: dict[str, object] = field(default_factory=dict)
    editors: list[Editor] = field(default_factory=list)
    slices: list[Slice] = field(default_factory=list)
    epigraph: Epigraph | None = None
    lines: set[int] = field(default_factory=set)

    def masthead(self, sheet: Sheet) -> Masthead:
        origin = places(sheet, *sorted(self.slices))
        return Masthead(**self.values, editors=tuple(self.editors), origin=origin)  # type: ignore[arg-type]

    def offer(self, name: str, value: object, line: Line) -> bool:
        """Take the line for the value, if the value is still open or the same said again."""
        if value is None or self.values.get(name, value) != value:
            return False
        self.values[name] = value
        self.use(line)
        return True

    def use(self, line: Line) -> None:
        self.lines.add(line.index)
        self.slices.append((line.start, line.end))


@dataclass(frozen=True, slots=True)
class _Label:
    field: str
    value: Slice
    role: str


def labels() -> dict[str, str]:
    """The labels of an imprint and the field that each names."""
    return {row["term"]: row["field"] for row in rows("imprint")}


def find_labelled(sheet: Sheet) -> dict[int, _Label]:
    """The lines that open with a label of the imprint (主管：…), by line index."""
    known = labels()
    out: dict[int, _Label] = {}
    for line in sheet.lines:
        match = _LABEL.match(sheet.flat, line.start, min(line.end, line.start + 12))
        if match and match.group(1) in known:
            out[line.index] = _Label(known[match.group(1)], (match.end(), line.end), match.group(1))
    return out


def labelled_lines(sheet: Sheet, labelled: dict[int, _Label]) -> dict[int, list[int]]:
    """For each labelled line, the lines that carry its value on: those after it up to a blank line, unless its value is plainly open."""
    out: dict[int, list[int]] = {}
    for index, label in labelled.items():
        carried: list[int] = []
        for line in sheet.lines[index + 1:index + 12]:
            previous = sheet.lines[line.index - 1]
            is_open = previous.end > label.value[0] and sheet.flat[previous.end - 1] in ",、，"
            runs_on = label.field == "distribution" and not line.blank_before and sheet.flat[previous.end - 1] not in "。."
            is_empty = label.value[0] == label.value[1] and not carried and not line.blank_before
            if line.index in labelled or not (is_open or runs_on or is_empty) or _stands_by_itself(sheet, line):
                break
            carried.append(line.index)
        out[index] = carried
    return out


def read_front(sheet: Sheet, lines: list[Line], labelled: dict[int, _Label], carried: dict[int, list[int]]) -> Front:
    """The masthead and epigraph of these lines. What is not understood stays unused."""
    front = Front()
    _read_labels(sheet, lines, labelled, carried, front)
    _read_epigraph(sheet, [line for line in lines if line.index not in front.lines], front)
    rest = [line for line in lines if line.index not in front.lines]
    for line in rest:
        _read_numbers(sheet, line, front)
    _read_title(sheet, [line for line in rest if line.index not in front.lines], front, lines)
    for line in rest:
        if line.index not in front.lines:
            _read_rest(sheet, line, front)
    _settle(front)
    return front


def _stands_by_itself(sheet: Sheet, line: Line) -> bool:
    return _reads_as_number(sheet, line) or sheet.of(line).upper() in HEADINGS


def _reads_as_number(sheet: Sheet, line: Line) -> bool:
    flat = sheet.of(line)
    return bool(_YEAR_NUMBER.fullmatch(flat) or _SERIAL.fullmatch(flat) or _DAY.fullmatch(flat) or _PINYIN.fullmatch(flat))


def _read_labels(sheet: Sheet, lines: list[Line], labelled: dict[int, _Label], carried: dict[int, list[int]], front: Front) -> None:
    own = {line.index for line in lines}
    for index, label in labelled.items():
        if index not in own:
            continue
        more = [sheet.lines[n] for n in carried.get(index, [])]
        parts = [label.value, *((line.start, line.end) for line in more)]
        text = value_of(sheet, *(p for p in parts if p[0] < p[1])).strip()
        for line in [sheet.lines[index], *more]:
            front.use(line)
        if text:
            _set_label(label, text, front)


def _set_label(label: _Label, text: str, front: Front) -> None:
    name = label.field
    if name == "editors":
        front.editors += [Editor(label.role, n) for n in _names(text)]
    elif name == "print_run":
        digits = re.search(r"\d+", fold(text))
        front.values.setdefault(name, int(digits.group()) if digits else None)
    elif name in ("printed_on", "published_on"):
        match = _DAY.search(fold(squeeze(text))) or _COMPACT_DAY.search(fold(squeeze(text)))
        front.values.setdefault(name, _iso(match) if match else None)
    elif name == "number":
        _set_numbers(fold(squeeze(text)), front)
    elif name != "-":
        front.values.setdefault(name, text)


def _names(text: str) -> list[str]:
    """The names of an editors' line; one spaced out (张 三) is one name."""
    parts = [p for p in re.split(r"[、，,;；]", text) if p.strip()]
    out: list[str] = []
    for part in parts:
        words = part.split()
        if len(words) == 2 and all(len(w) == 1 for w in words):
            out.append("".join(words))
        else:
            out += words
    return out


def _iso(match: re.Match[str]) -> str | None:
    year, month, day = (chinese_number(match[k]) for k in ("year", "month", "day"))
    found = real_date(year or 0, month or 0, day or 0) if year else None
    return found.isoformat() if found else None


def _set_numbers(flat: str, front: Front) -> bool:
    """Take year, number and month from a number line; whether it was one."""
    match = _YEAR_NUMBER.match(flat)
    if match:
        year, number = chinese_number(match["year"]), chinese_number(match["number"])
        if year is None or number is None or not 1900 <= year <= 2999 or not 1 <= number <= 400:
            return False
        if front.values.setdefault("year", year) != year:
            return False
        front.values.setdefault("number", number)
        if number <= 12:
            front.values.setdefault("month", number)
        return True
    match = _NUMBER_ONLY.match(flat)
    if match and (number := chinese_number(match["number"])):
        front.values.setdefault("number", number)
        return True
    return False


def _read_numbers(sheet: Sheet, line: Line, front: Front) -> None:
    """Number lines, serial numbers, dates, notices, pinyin: lines that their form gives away."""
    flat = sheet.of(line)
    if len(flat) > 60:
        return
    day = _DAY.fullmatch(flat)
    if day:
        front.offer("published_on", _iso(day), line)
        return
    serial = _SERIAL.search(flat)
    plain = _SERIAL.sub("", flat).strip("()")
    if serial:
        front.values.setdefault("serial_number", chinese_number(serial["serial"]))
        if not plain or _set_numbers(plain, front):
            front.use(line)
            return
    number = _YEAR_NUMBER.fullmatch(plain) or _NUMBER_ONLY.fullmatch(plain)
    if number and _set_numbers(plain, front):
        front.use(line)
    elif _NOTICE.search(flat) and len(flat) <= 40:
        front.offer("notice", value_of(sheet, (line.start, line.end)).strip("()（）[]【】 "), line)
    elif _PLACE.fullmatch(flat):
        front.offer("place_line", value_of(sheet, (line.start, line.end)), line)


def _read_title(sheet: Sheet, rest: list[Line], front: Front, lines: list[Line]) -> None:
    """The title: the short line with most to say for it. Pinyin under it, its repetitions and a date run in with it go along."""
    quoted = {fold(m) for line in lines for m in _BOOK_TITLE.findall(sheet.of(line))}
    counts = Counter(sheet.of(line) for line in rest)
    best, best_score = None, 0.0
    for n, line in enumerate(rest):
        flat = sheet.of(line)
        name = _bare_title(flat)
        if not 2 <= len(name) <= LONGEST_TITLE or not re.fullmatch(r"[\u4e00-\u9fff\u3400-\u4dbfA-Za-z0-9()·\"]+", name):
            continue
        following = sheet.lines[line.index + 1] if line.index + 1 < len(sheet.lines) else None
        score = 3.0 if _TITLE_ENDS.search(name) else 0.0
        score += 3.0 if following and _PINYIN.fullmatch(sheet.of(following)) else 0.0
        score += 2.0 if name in quoted else 0.0
        score += 1.0 if counts[flat] > 1 else 0.0
        score += 1.0 if following and (_set_looks(sheet.of(following))) else 0.0
        score += 0.5 if n == 0 else 0.0
        score -= 2.0 if re.search(r"(?:主办|主管|编印|编辑部|委员会|办公室|研究室|编)$", name) else 0.0
        if score > best_score:
            best, best_score = line, score
    if best is None or best_score < 1.5:
        return
    _take_title(sheet, best, front)
    for line in rest:
        if line is not best and line.index not in front.lines and _bare_title(sheet.of(line)) == _bare_title(sheet.of(best)):
            front.use(line)
    following = sheet.lines[best.index + 1] if best.index + 1 < len(sheet.lines) else None
    if following and _PINYIN.fullmatch(sheet.of(following)) and following.index not in front.lines:
        front.offer("title_pinyin", value_of(sheet, (following.start, following.end)), following)


def _set_looks(flat: str) -> bool:
    return bool(_YEAR_NUMBER.fullmatch(_SERIAL.sub("", flat).strip("()")) or _SERIAL.fullmatch(flat) or _NUMBER_ONLY.fullmatch(flat))


def _bare_title(flat: str) -> str:
    """A title line without the marks 《》 and a date or number run in with it."""
    flat = _SERIAL.sub("", flat)
    match = re.fullmatch(r"《([^《》]+)》(.*)", flat)
    if match and (not match[2] or any(p.fullmatch(match[2]) for p in (_COMPACT_DAY, _YEAR_NUMBER, _DAY, _NUMBER_ONLY))):
        return match[1]
    match = re.fullmatch(r"(.*?[^\d年第])((?:\d{4}年?)?第?\d{1,3}期|(?:19|20)\d{6})", flat)
    return match[1] if match else flat


def _take_title(sheet: Sheet, line: Line, front: Front) -> None:
    flat = sheet.of(line)
    name = _bare_title(flat)
    at = flat.find(name)
    front.values["title"] = value_of(sheet, (line.start + at, line.start + at + len(name)))
    rest = flat[at + len(name):].strip("》()")
    day = _COMPACT_DAY.fullmatch(rest) or _DAY.fullmatch(rest)
    if day:
        front.values.setdefault("published_on", _iso(day))
    elif rest:
        if serial := _SERIAL.search(rest):
            front.values.setdefault("serial_number", chinese_number(serial["serial"]))
        _set_numbers(_SERIAL.sub("", rest).strip("()"), front)
    year = re.search(r"(19|20)\d\d(?=年)", name)
    if year:
        front.values.setdefault("year", int(year.group()))
    front.use(line)


_SIGNED = re.compile(r"(?P<body>[\u4e00-\u9fff()·]{4,40}?)(?P<role>主管|主办|承办|编印|编辑|编|印制|印)$")
_ROLE_FIELDS = {"主管": "supervisor", "主办": "sponsor", "承办": "publisher", "编印": "publisher", "编辑": "publisher", "编": "publisher",
                "印制": "printer", "印": "printer"}


def _read_rest(sheet: Sheet, line: Line, front: Front) -> None:
    """Lines known by what stands around them: a body that signs (…主办), a motto, pinyin, a repeated value."""
    flat = sheet.of(line)
    text = value_of(sheet, (line.start, line.end))
    signed = _SIGNED.fullmatch(flat)
    if signed:
        body = value_of(sheet, (line.start, line.start + signed.end("body")))
        name = _ROLE_FIELDS[signed["role"]]
        if squeeze(str(front.values.get(name, body))) != squeeze(body):
            return
        front.values.setdefault(name, body)
        front.use(line)
    elif _PINYIN.fullmatch(flat):
        front.use(line)
    elif _MOTTO.fullmatch(text) and len(flat) <= 24:
        front.offer("motto", text, line)
    elif any(isinstance(v, str) and fold(squeeze(v)) == flat for v in front.values.values()):
        front.use(line)


def _settle(front: Front) -> None:
    """Year and month of the date of issue, where number lines leave them open (a daily, a weekly)."""
    published = front.values.get("published_on")
    if isinstance(published, str):
        front.values.setdefault("year", int(published[:4]))
        front.values.setdefault("month", int(published[5:7]))


def _read_epigraph(sheet: Sheet, rest: list[Line], front: Front) -> None:
    """The quotation that an attribution (——…) or a customary heading gives away."""
    headings = {row["term"] for row in rows("epigraph")}
    for n, line in enumerate(rest):
        if not (sheet.of(line).startswith("--") and n > 0):
            continue
        first = n
        while first > 0 and rest[first - 1].index == rest[first].index - 1 and (
                _is_quotation(sheet, rest[first - 1], headings) or (first < n and _goes_on(sheet, rest[first - 1], rest[first], headings))):
            first -= 1
        if first == n:
            continue
        above = rest[first - 1] if first > 0 and rest[first - 1].index == rest[first].index - 1 else None
        heading = above if above and _is_heading(sheet, above, headings) else None
        following = rest[n + 1] if n + 1 < len(rest) and rest[n + 1].index == line.index + 1 else None
        signed = [line, following] if following and _is_occasion(sheet, line, following) else [line]
        _take_epigraph(sheet, heading, rest[first:n], signed, front)
        return
    for n, line in enumerate(rest[:-1]):
        if sheet.of(line) in headings:
            last = n + 1
            while last < len(rest) and rest[last].index == rest[last - 1].index + 1 and _is_quotation(sheet, rest[last], headings):
                last += 1
            if last > n + 1:
                _take_epigraph(sheet, line, rest[n + 1:last], [], front)
                return


def _is_quotation(sheet: Sheet, line: Line, headings: set[str]) -> bool:
    flat = sheet.of(line)
    return flat not in headings and not _reads_as_number(sheet, line) and (len(flat) > LONGEST_TITLE or flat[-1] in "。,;!?、\"")


def _goes_on(sheet: Sheet, line: Line, after: Line, headings: set[str]) -> bool:
    """Whether a line of the front is one of a paragraph with the line after it: no space between, as long, and no heading."""
    lengths = sorted((line.end - line.start, after.end - after.start))
    is_like = lengths[0] >= NEARLY_AS_LONG * lengths[1] or after.end - after.start < line.end - line.start
    plain = not _is_heading(sheet, line, headings) and not _reads_as_number(sheet, line) and line.end - line.start > SHORT_LINE
    return not after.blank_before and is_like and plain


def _is_occasion(sheet: Sheet, line: Line, after: Line) -> bool:
    """Whether the line after an attribution that ends with a date says where it was said."""
    return not after.blank_before and sheet.flat[line.end - 1] == "日" and re.match(r"[在于《]", sheet.of(after)) is not None


def _is_heading(sheet: Sheet, line: Line, headings: set[str]) -> bool:
    flat = sheet.of(line)
    is_short = 2 <= len(flat) <= 8 and re.fullmatch(r"[\u4e00-\u9fff]+", flat) is not None
    return flat in headings or (is_short and not _TITLE_ENDS.search(flat))


def _take_epigraph(sheet: Sheet, heading: Line | None, quoted: list[Line], attribution: list[Line], front: Front) -> None:
    text = Text(sheet)
    text.add(*((line.start, line.end) for line in quoted))
    origin = list(text.origin)
    said = signed = None
    if heading:
        origin += places(sheet, (heading.start, heading.end))
    if attribution:
        match = _ATTRIBUTION.match(sheet.flat, attribution[0].start, attribution[0].end)
        start = match.end() if match else attribution[0].start
        parts = [(start, attribution[0].end), *((line.start, line.end) for line in attribution[1:])]
        signed = value_of(sheet, *(part for part in parts if part[0] < part[1])) or None
        origin += places(sheet, *((line.start, line.end) for line in attribution))
        days = [d for d in find_dates(signed or "", None, None) if d.starts_on == d.ends_on]
        said = days[0].starts_on if days else None
    front.epigraph = Epigraph(
        heading=value_of(sheet, (heading.start, heading.end)) if heading else None, text=text.value(), attribution=signed, said_on=said,
        origin=by_source(origin),
    )
    front.lines.update(line.index for line in [*([heading] if heading else []), *quoted, *attribution])
