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
    host: Annotated[str, typer.Option("--host", help="监听的地址；0.0.0.0 供本单位各电脑使用，须先有账号。")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="端口；0 为任一空闲端口。")] = 8000,
    name: Annotated[list[str] | None, typer.Option("--name", help="其他电脑访问时所用的机器名或地址，可写几次。")] = None,
    behind_tls: Annotated[bool, typer.Option("--behind-tls", help="前面已有本机的 TLS 服务（nginx、Caddy 等）。")] = False,
) -> None:
    """阅览室和编辑台：在浏览器里使用，按 Ctrl-C 停止。"""
    from yuebao import web

    def ready(address: str) -> None:
        note(f"阅览室 {address}　编辑台 {address}desk/（按 Ctrl-C 停止）", f"Reading room {address}, desk {address}desk/ (Ctrl-C stops it)")
        if web.is_open(host) and not behind_tls:
            note("注意：没有 TLS，密码和文稿在网络上是明文；请按 docs/desk.md 在前面加 TLS，再用 --behind-tls 启动。",
                 "Beware: passwords and texts pass the network in the open; put TLS before it (docs/desk.md), and say --behind-tls.")

    open_archive(home)
    web.serve(home, host, port, on_ready=ready, names=name or (), behind_tls=behind_tls)
    note("已停止", "stopped")


@app.command()
def demo(
    home: Annotated[Path | None, typer.Option("--home", help="示例存档的文件夹；默认 ~/.yuebao-demo。")] = None,
    port: Annotated[int, typer.Option("--port", help="阅览室端口；0 为任一空闲端口。")] = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="备好即止，不开阅览室。")] = False,
) -> None:
    """示例：用随附的《云陵月报》走一遍：读、校、存、排、编、阅。"""
    from yuebao import demo as steps

    own = os.environ.get("YUEBAO_HOME")
    home = home or (Path(own) / "demo" if own else Path.home() / ".yuebao-demo")
    steps.run(home, note)
    if not no_serve:
        serve(home, port=port)
