"""The reading room served to this computer: waitress on a loopback address, until sign-in exists."""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Callable
from pathlib import Path

from yuebao import archive
from yuebao.errors import UsageError

THREADS = 4
SOFTWARE = "yuebao"


def serve(
    home: Path | str | None = None, host: str = "127.0.0.1", port: int = 8000, on_ready: Callable[[str], None] | None = None
) -> None:
    """Serve the archive at `home` until interrupted (Ctrl-C), then return.

    `on_ready` is told the address once it answers; port 0 takes a free one. Raises UsageError E204 where the port is taken, E203 for a host
    that is not this computer, and ArchiveError as `archive.setup` does.
    """
    archive.setup(home)
    # those who look for what is not there are told on the page; the console is for faults
    logging.getLogger("django.request").setLevel(logging.ERROR)
    # both need the settings, which `setup` has made ready
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    if not _is_loopback(host):
        raise UsageError("E203", reason=f"--host {host}", command="serve")
    try:
        # bound here, so that a failure leaves nothing of waitress behind
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError("E204", port=port) from error
    server = create_server(get_wsgi_application(), sockets=[listening], threads=THREADS, ident=SOFTWARE)
    try:
        if on_ready:
            on_ready(f"http://{_written(host)}:{listening.getsockname()[1]}/")
        server.run()
    except KeyboardInterrupt:  # one that comes before waitress has begun to look out for it
        pass
    finally:
        server.close()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
