"""The commands of the proofreader: proof, collate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from yuebao import pipeline
from yuebao.cli.saying import AsJson, Files, Outline, Output, bytes_of, end, load, note, open_archive, progress, put, said, state, tell
from yuebao.errors import InputError, UsageError
from yuebao.model import Findings, Issue, Source, to_json
from yuebao.proof import report, rules
from yuebao.proof.collated import collation_report
from yuebao.proof.printed import html_report
from yuebao.proof.rate import Method, error_rate, page_characters
from yuebao.proof.word import word_report

app = typer.Typer()

Format = Literal["text", "json", "html", "docx"]
HOME = "与这个存档里的各期、任免表等对照，并不再列出已决定不采纳的意见。"


@app.command()
def proof(
    files: Files, outline: Outline = None, output: Output = None,
    format: Annotated[Format, typer.Option("--format", help="输出的形式；html 是校对单，可打印；docx 带批注与修订。")] = "text",
    fix: Annotated[Literal["safe"] | None, typer.Option("--fix", help="safe：把确定无疑的改好，写成新文件（用 -o 指定）。")] = None,
    as_: Annotated[Literal["issue", "text"], typer.Option("--as", help="text：不当作一期月报，按任意文稿逐行校对。")] = "issue",
    home: Annotated[Path | None, typer.Option("--archive", "--home", help=HOME)] = None,
    rate: Annotated[Method | None, typer.Option("--rate", help="另估差错率（只计存档中已采纳的，须给 --archive）。")] = None,
    as_json: AsJson = False,
) -> None:
    """校：列出校对意见（必改、建议、存疑），注明行、页、条。几期一起给出时，期号、同一件事的前后说法也互相核对。"""
    if fix:
        _fix(files, outline, output, as_ == "text")
        return
    if rate and home is None:
        raise UsageError("E203", reason=said("--rate 要同时给 --archive", "--rate needs --archive"), command="proof")
    if home is not None:
        open_archive(home)
    format = "json" if as_json else format
    loaded, status = _lines(files, as_json) if as_ == "text" else load(files, outline, as_json)
    found: list[tuple[Issue, Findings]] = []
    with progress(said("校对", "proofing"), len(loaded)) as advance:
        for _, issue, source in loaded:
            others = [other for _, other, _ in loaded if other is not issue]
            found.append((issue, _proofed(issue, source, others, among_archive=home is not None)))
            advance()
    if not (output and status):
        _put_report(found, format, output)
    for issue, _ in found if rate else ():
        _say_rate(issue, rate)
    has_errors = any(f.severity == "error" and f.state == "open" for _, findings in found for f in findings.findings)
    end(status or int(has_errors))


def _lines(files: Sequence[str], as_json: bool) -> tuple[list[tuple[str, Issue, Source | None]], int]:
    """Each file as a text of lines; and the exit status."""
    out: list[tuple[str, Issue, Source | None]] = []
    status = 0
    for name in files:
        try:
            out.append((name, *pipeline.read_lines(Path(name).name, bytes_of(name))))
        except InputError as error:
            tell(error, as_json)
            status = error.exit_status
    return out, status


def _proofed(issue: Issue, source: Source | None, others: list[Issue], among_archive: bool) -> Findings:
    """The findings of an issue among the others given, and, where it is open, all that the archive holds."""
    if not among_archive:
        return pipeline.proof_issue(issue, source, [other.masthead for other in others], others)
    from yuebao import archive

    return archive.proof_among(issue, source, others)


def _say_rate(issue: Issue, method: Method | None) -> None:
    """The estimate for an issue, from what the archive (already open) has accepted of it; said beside the result, never within it."""
    from yuebao import archive

    accepted = archive.accepted_of(issue)
    if method:
        estimate = error_rate(accepted, page_characters(issue), method)
        note(estimate.said("zh"), estimate.said("en"))


def _put_report(found: list[tuple[Issue, Findings]], format: Format, output: str | None) -> None:
    language = str(state["language"])
    if format == "json":
        put("".join(to_json(findings) + "\n" for _, findings in found), output)
    elif format == "text":
        put("\n".join(report(findings, language) for _, findings in found), output)
    elif len(found) > 1:
        raise UsageError("E203", reason=said(f"{format} 一次只能给一个文件", f"{format} takes one file at a time"), command="proof")
    elif format == "html":
        put("".join(html_report(findings, rules(), language) for _, findings in found), output)
    elif output is None or output == "-":
        raise UsageError("E203", reason=said("docx 要用 -o 指定文件", "docx needs -o FILE"), command="proof")
    else:
        for issue, findings in found:
            pipeline.write_whole(Path(output), word_report(issue, findings, rules()))


def _fix(files: Sequence[str], outline: Path | None, output: str | None, as_text: bool) -> None:
    """Write the corrected text of one file to another, and say what was done."""
    if len(files) != 1 or output is None:
        reason = said("--fix 要给一个文件，并用 -o 指定另一个", "--fix takes one file, and -o another")
        raise UsageError("E203", reason=reason, command="proof")
    name = files[0]
    if output != "-" and name != "-" and Path(output).resolve() == Path(name).resolve():
        raise UsageError("E203", reason=said("-o 不能就是原文件", "-o must not be the file itself"), command="proof")
    text = pipeline.read_outline(outline) if outline else None
    data, result = pipeline.fix_file(Path(name).name, bytes_of(name), text, as_text)
    if output == "-":
        put(data.decode("utf-8", "replace"), None)
    else:
        pipeline.write_whole(Path(output), data)
    for finding in result.done:
        note(f"  第{finding.line}行　{finding.code}　“{finding.text}”→“{finding.proposal}”",
             f"  line {finding.line}  {finding.code}  “{finding.text}” → “{finding.proposal}”")
    count = len(result.done)
    note(f"已改 {count} 处，写成 {output}；原文件未动", f"{count} corrected in {output}; the file itself is as it was")


@app.command()
def collate(
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧稿：文本、PDF 或期次文档。")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新稿（新校样、排版厂的 PDF）。")],
    decisions: Annotated[Path | None, typer.Option("--decisions", help="旧稿的校对意见（JSON）。")] = None,
    output: Output = None, as_json: AsJson = False,
) -> None:
    """核红、校异同：两稿逐字比对，列出没有照改的、未经决定改动的、脱漏、重复、移位的文字和变动的目录页码。"""
    accepted = pipeline.read_findings(decisions).findings if decisions else ()
    pair = [(Path(name).name, bytes_of(name)) for name in (old, new)]
    collation = pipeline.collate_files(pair[0], pair[1], accepted)
    put(to_json(collation) + "\n" if as_json else collation_report(collation, str(state["language"])), output)
    end(int(any(f.severity == "error" for f in collation.findings)))
