"""The commands that open the reading room: serve, demo."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from yuebao.cli.saying import Home, note, open_archive

app = typer.Typer()


@app.command()
def serve(
    home: Home = None,
    host: Annotated[str, typer.Option("--host", help="只限本机地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="端口；0 为任一空闲端口。")] = 8000,
) -> None:
    """阅览室：在本机浏览器里翻阅存档，按 Ctrl-C 停止。"""
    from yuebao import web

    def ready(address: str) -> None:
        note(f"阅览室 {address}（按 Ctrl-C 停止）", f"Reading room {address} (Ctrl-C stops it)")

    open_archive(home)
    web.serve(home, host, port, on_ready=ready)
    note("已停止", "stopped")


@app.command()
def demo(
    home: Annotated[Path | None, typer.Option("--home", help="示例存档的文件夹；默认 ~/.yuebao-demo。")] = None,
    port: Annotated[int, typer.Option("--port", help="阅览室端口；0 为任一空闲端口。")] = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="做完前四步即止，不开阅览室。")] = False,
) -> None:
    """示例：用随附的《云陵月报》三期走一遍：读、校、存、排、阅。"""
    from yuebao import demo as steps

    own = os.environ.get("YUEBAO_HOME")
    home = home or (Path(own) / "demo" if own else Path.home() / ".yuebao-demo")
    steps.run(home, note)
    if not no_serve:
        serve(home, port=port)
