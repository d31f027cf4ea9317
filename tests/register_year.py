"""Twelve months of one city, made from the sample periodical: dates shifted to each month, some people given other offices as the year goes."""

import re

from yuebao import samples

FIRST_SERIAL = 100
# from which month on, who is printed in which other office
CHANGES = [
    (5, "副市长阎立新", "市委常委、副市长阎立新"),
    (7, "市长梁以宁", "市委书记梁以宁"),
    (7, "市委书记纪明川", "省农业农村厅厅长纪明川"),
    (9, "副市长邱长青", "市政协副主席邱长青"),
]


def texts():
    """The year's issues as {file name: text}, in order of time."""
    return {f"yunling_2025_{month:02d}.txt": month_of(month) for month in range(1, 13)}


def month_of(month):
    path = samples.paths()[month % 3]
    old = int(path.stem[-2:])
    text = read(path)
    text = re.sub(r"2025年第0?\d+期", f"2025年第{month:02d}期", text)
    text = re.sub(r"(?m)^2025 / \d\d(?=\r?$)", f"2025 / {month:02d}", text)
    text = re.sub(r"总第\s*\d+\s*期", f"总第{FIRST_SERIAL + month}期", text)
    text = re.sub(rf"(?<!\d){old}月(?=\d)", f"{month}月", text)
    for since, before, after in CHANGES:
        if month >= since:
            text = re.sub(rf"(?:云陵市(?=市委))?{before}", after, text)
    return text


def read(path):
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030").replace("\r\n", "\n")


def put(folder, names=None):
    """Write the year's issues (those named) into a folder; their paths, in order of time."""
    folder.mkdir(exist_ok=True)
    out = []
    for name, text in texts().items():
        if names is None or name in names:
            path = folder / name
            path.write_text(text, encoding="utf-8")
            out.append(path)
    return out
