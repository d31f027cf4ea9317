"""The command line: parse, call one library function, show.

Exit status: 0 done; 1 done, with findings of level error; 2 wrong use; 3 input that cannot be read; 4 the archive is damaged or busy;
130 interrupted. Results go to standard output, everything said about them to standard error. `-` is standard input, for `-o` output.

    files    read, annotate, publish
    proofing proof, collate
    compiling compile
    judging  archive findings, accept, waive
    archive  archive add, list, show, verify, rebuild, decisions
    keeping  archive export, import, backup, restore
    ask      ask search, who, office
    rolling  digest, chronicle
    yearbook yearbook
    ledger   ask projects, ask project
    counting ask count
    questioning  ask question
    serving  serve, demo
    desk     desk account add, list, reset
    watching desk watch
    saying   what they share
"""

from __future__ import annotations

import os
import re
import sys
from typing import Annotated

import typer

import yuebao
from yuebao.cli import compiling, counting, files, judging, keeping, ledger, proofing, questioning, rolling, serving, watching, yearbook
from yuebao.cli.archive import archive_app
from yuebao.cli.ask import ask_app
from yuebao.cli.desk import desk_app
from yuebao.cli.saying import note, said, state, tell
from yuebao.errors import UsageError, YuebaoError

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, help="月报、大事记、年鉴：读、校、排、存、查。材料不出本机。",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (files.app, proofing.app, compiling.app, rolling.app, yearbook.app, serving.app):
    app.registered_commands += group.registered_commands
archive_app.registered_commands += judging.app.registered_commands + keeping.app.registered_commands
app.add_typer(archive_app, name="archive")
ask_app.registered_commands += counting.app.registered_commands + ledger.app.registered_commands + questioning.app.registered_commands
app.add_typer(ask_app, name="ask")
desk_app.registered_commands += watching.app.registered_commands
app.add_typer(desk_app, name="desk")

INTERRUPTED = 130

# what the parser says in English, and the same in Chinese
_IN_CHINESE = (
    (r"No such option: (\S+).*", r"没有 \1 这个选项"),
    (r"No such command '(.+?)'.*", r"没有 \1 这个命令"),
    (r"Missing argument '(.+?)'\.?", r"缺少 \1"),
    (r"Missing option '(.+?)'.*", r"缺少选项 \1"),
    (r"Missing command\.?", r"缺少命令"),
    (r"Option '(.+?)' requires an argument\.?", r"选项 \1 后面缺少内容"),
    (r"Got unexpected extra arguments? \((.+)\)", r"多出 \1"),
    (r"Invalid value for '(.+?)': (?:Value error, )?'?(.+?)'? is not (?:one of )?(?:a valid )?(.+?)\.?", r"\1 不能是 \2，应为 \3"),
)


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    lang: Annotated[str, typer.Option("--lang", envvar="YUEBAO_LANG", help="提示语言：zh 或 en。")] = "zh",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只输出结果和错误。")] = False,
    version: Annotated[bool, typer.Option("--version", help="版本号。")] = False,
) -> None:
    state.update(language="en" if lang.startswith("en") else "zh", quiet=quiet)
    if version:
        print(f"yuebao {yuebao.__version__}")
    elif context.invoked_subcommand is None:
        print(context.get_help())


def main() -> None:
    """The program `yuebao`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # documents are UTF-8 wherever they go; a console that cannot show a character shows a sign for it
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace" if stream.isatty() else None)
    as_json = "--json" in sys.argv
    try:
        status = app(standalone_mode=False)
    except YuebaoError as error:
        tell(error, as_json)
        status = error.exit_status
    except typer.TyperException as error:
        status = _wrong_use(error.format_message(), as_json)
    except (typer.Abort, KeyboardInterrupt):
        note("已中断；已完成的部分保留，重来即可接着做。", "Interrupted; what was done is kept, and the same command goes on from there.")
        status = INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)


def _wrong_use(message: str, as_json: bool) -> int:
    """Tell what the parser could not take; a command group alone shows its help."""
    if message.startswith("Usage:"):
        print(message)
        return 0
    tell(UsageError("E203", reason=said(_chinese(message), message), command=_command()), as_json)
    return UsageError.exit_status


def _chinese(message: str) -> str:
    for pattern, words in _IN_CHINESE:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return match.expand(words)
    return message


def _command() -> str:
    """The command that the user named, for the advice to see its help; empty where there is no such command."""
    known = {command.name or (command.callback.__name__ if command.callback else "") for command in app.registered_commands}
    groups = {"archive": archive_app, "ask": ask_app, "desk": desk_app}
    words = [word for word in sys.argv[1:] if not word.startswith("-")][:2]
    if words and words[0] in groups:
        return " ".join(words[:2 if any(command.name == words[-1] for command in groups[words[0]].registered_commands) else 1])
    return words[0] if words and words[0] in known else ""
