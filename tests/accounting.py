"""The account of promise 1, for the tests that hold it: which source characters an issue document claims."""

from collections import Counter


def claims(issue):
    """(start, end) of every origin, dropped and unplaced span of an issue."""
    spans = [*issue.masthead.origin, *(issue.epigraph.origin if issue.epigraph else ())]
    spans += [o for row in issue.contents for o in row.origin]
    columns = list(issue.columns)
    while columns:
        column = columns.pop()
        columns += column.columns
        spans += [*column.origin, *(o for item in column.items for o in item.origin)]
    # what is unplaced and has no characters is a picture
    spans += [*issue.dropped, *(left for left in issue.unplaced if left.source_end > left.source_start)]
    return [(s.source_start, s.source_end) for s in spans]


def faults(issue, text):
    """What is wrong with the account: characters claimed never or twice, origins whose text is not the source's."""
    counts = Counter()
    for start, end in claims(issue):
        if not 0 <= start < end <= len(text):
            return [f"span {start}:{end} outside the source"]
        counts.update(range(start, end))
    out = [f"{n} {c!r} claimed {counts[n]} times" for n, c in enumerate(text) if not c.isspace() and counts[n] != 1]
    out += [f"{n} white space claimed {k} times" for n, k in counts.items() if k > 1]
    for item in issue.items():
        out += text_faults(f"item {item.number}", item.text, item.origin, text, breaks=True)
        said = item.text.split("\n")
        if item.headline is not None and said[0] != item.headline:
            out.append(f"item {item.number}: the headline is not the first line")
        joined = "\n".join([*([item.headline] if item.headline is not None else []), *(item.text[e.start:e.end] for e in item.entries)])
        if joined != item.text:
            out.append(f"item {item.number}: the entries do not make up the text")
    if issue.epigraph:
        out += text_faults("epigraph", issue.epigraph.text, issue.epigraph.origin, text)
    for row in issue.contents:
        out += text_faults(f"row {row.title}", row.title, row.origin, text)
    return out


def text_faults(what, value, origin, source, breaks=False):
    """Whether every character of a value but the line ends has its origin, and stands there."""
    covered = Counter()
    out = []
    for o in origin:
        if o.start is None:
            continue
        covered.update(range(o.start, o.end))
        if value[o.start:o.end] != source[o.source_start:o.source_end]:
            out.append(f"{what}: {value[o.start:o.end]!r} is not {source[o.source_start:o.source_end]!r}")
    for n, c in enumerate(value):
        if covered[n] != (0 if breaks and c == "\n" else 1):
            out.append(f"{what}: character {n} {c!r} has {covered[n]} origins")
    return out
