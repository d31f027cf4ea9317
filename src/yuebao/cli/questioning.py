"""The command that answers plain questions: ask question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from yuebao.cli.saying import AsJson, Brief, Home, open_archive, publish_brief, said
from yuebao.errors import UsageError
from yuebao.model import canonical

if TYPE_CHECKING:
    from yuebao.ask.questions import QuestionAnswer

app = typer.Typer()


@app.command("question")
def ask_question(
    words: Annotated[list[str] | None, typer.Argument(metavar="QUESTION", help="问题，如 谁是市长。")] = None,
    field: Annotated[list[str] | None, typer.Option("--field", metavar="NAME=VALUE", help="改动读出的问法，如 act=开工。")] = None,
    series: Annotated[str | None, typer.Option("--series", help="存档里有几种资料时，写明资料名称。")] = None,
    brief: Brief = None, home: Home = None, as_json: AsJson = False,
) -> None:
    """问：用平常话提问（谁、何时、多少、几次、哪些、任何职），答一句话、一张表和原文，逐条注明期、页；没有则答“查无记载”和缘由。"""
    open_archive(home)
    from yuebao.ask import questions, rolling

    text = "".join(words or ())
    of = rolling.series_of(series)
    events = rolling.events_of(None, of)
    query = questions.read_question(text) if text else None
    if field:
        changed = dict(pair.split("=", 1) for pair in field if "=" in pair)
        try:
            query = questions.Query.from_dict({**(query.to_dict() if query else {}), **changed})
        except (ValueError, TypeError) as error:
            kinds = "、".join(questions.FORMS)
            raise UsageError("E203", reason=f"--field {error}；kind 可用 / known: {kinds}", command="ask question") from None
    answer = questions.answer(query, events, text)
    if brief and answer.is_found:
        from yuebao.ask.brief import brief_of_answer

        publish_brief(brief_of_answer(answer), brief)
    if as_json:
        print(canonical(answer.to_dict()))
    else:
        print("\n".join(_told(answer)))


def _told(answer: QuestionAnswer) -> list[str]:
    lines = [answer.sentence]
    if answer.why:
        lines.append(answer.why)
    if answer.query:
        lines.append(said("【问法】", "[query] ") + answer.query.shown())
    if answer.table:
        lines += ["", *("\t".join(row) for row in answer.table)]
    if answer.passages:
        lines += ["", *(f"“{p.text.strip()}”——{p.citation.text()}" for p in answer.passages)]
    return lines
