"""The reading room and the desk served: waitress, on a loopback address, or on the office's network once there are accounts.

TLS is for a server before this one to end (`behind_tls`), which is then the only one believed about who asks and how.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from yuebao import archive
from yuebao.errors import UsageError

THREADS = 4
SOFTWARE = "yuebao"
MOST_BYTES = 256 << 20  # of one request: a month's copy at once
BELIEVED: dict[str, Any] = {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}
ANY_ADDRESS = ("0.0.0.0", "::")


def serve(
    home: Path | str | None = None, host: str = "127.0.0.1", port: int = 8000, on_ready: Callable[[str], None] | None = None,
    *, names: Sequence[str] = (), behind_tls: bool = False,
) -> None:
    """Serve the archive at `home` until interrupted (Ctrl-C), then return.

    `on_ready` is told the address once it answers; port 0 takes a free one. `names`: the names and addresses by which other computers
    call this one, beside its own. `behind_tls`: a server on this computer ends TLS and passes requests on. Raises UsageError E204 where
    the port is taken, E203 for a host that is no address, E235 for one on the network while there is no account, and ArchiveError as
    `archive.setup` does.
    """
    archive.setup(home)
    # those who look for what is not there are told on the page; the console is for faults
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    _settle(host, names, behind_tls)
    # both need the settings, which `setup` has made ready
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    try:
        # bound here, so that a failure leaves nothing of waitress behind
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError("E204", port=port) from error
    server = create_server(
        get_wsgi_application(), sockets=[listening], threads=THREADS, ident=SOFTWARE, max_request_body_size=MOST_BYTES,
        clear_untrusted_proxy_headers=True, **(BELIEVED if behind_tls else {}))
    try:
        if on_ready:
            on_ready(f"http://{_written(host)}:{listening.getsockname()[1]}/")
        server.run()
    except KeyboardInterrupt:  # one that comes before waitress has begun to look out for it
        pass
    finally:
        server.close()


def is_open(host: str) -> bool:
    """Whether other computers can reach a server that listens there. Raises UsageError E203 where it is no address of a computer."""
    try:
        return host != "localhost" and not ipaddress.ip_address(host).is_loopback
    except ValueError:
        raise UsageError("E203", reason=f"--host {host}", command="serve") from None


def _settle(host: str, names: Sequence[str], behind_tls: bool) -> None:
    """Let the settings be those of a server that listens there. Raises UsageError E203, E235."""
    from django.conf import settings

    from yuebao.desk.models import Account

    if (is_open(host) or behind_tls) and not Account.objects.exists():
        raise UsageError("E235", host=host)
    own = _own_names() if host in ANY_ADDRESS else [_written(host)]
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, *own, *names]
    if behind_tls:
        for name, value in settings.BEHIND_TLS.items():
            setattr(settings, name, value)


def _own_names() -> list[str]:
    """The name of this computer, and the addresses that it knows itself by."""
    name = socket.gethostname()
    try:
        return [name, *socket.gethostbyname_ex(name)[2]]
    except OSError:
        return [name]


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
