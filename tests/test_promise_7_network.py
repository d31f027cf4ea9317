"""Promise 7: the pure half, the archive on SQLite and the reading room open no network connection but the browser's to this host.

The main job (read, proof, publish, archive, search, the pages of the reading room) is run where sockets are forbidden, by Python's audit events
and, under Linux, by the kernel; the fences are seen to hold; and nothing of ours imports what speaks to others.
"""

import ast
import os
import platform
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from forbidden import CALLS, CAUGHT
from yuebao import samples

TESTS = Path(__file__).resolve().parent
ROOM = TESTS.parent / "src" / "yuebao"
# modules that speak to other computers
CLIENTS = {
    "aiohttp", "asyncore", "ftplib", "grpc", "http.client", "httplib2", "httpx", "imaplib", "nntplib", "paramiko", "poplib", "pycurl", "requests", "smtplib",
    "socketserver", "ssl", "telnetlib", "tornado", "urllib.request", "urllib3", "websocket", "websockets", "xmlrpc",
}
JOB = """
import sys
from pathlib import Path
home, out, *files = map(Path, sys.argv[1:])
import yuebao
from yuebao import archive
from yuebao.read import read

for file in files:
    issue = yuebao.read_issue(file)
    findings = yuebao.proof_issue(issue, read(file.name, file.read_bytes()))
    assert issue.items() and findings.findings
yuebao.publish_issue(issue, out / "issue.pdf")
assert (out / "issue.pdf").read_bytes().startswith(b"%PDF")

archive.setup(home)
assert [added.state for added in archive.add(files)] == ["added"] * len(files)
from yuebao import ask
found = ask.search("调研")
assert found.total
name = found.facets.person[0][0]
assert ask.person(name).total
assert archive.verify() == []

from urllib.parse import quote
from django.test import Client
client = Client(SERVER_NAME="127.0.0.1")
key = archive.issues()[0].key
pages = ["/", f"/issue/{quote(key)}/", f"/issue/{quote(key)}/1/", f"/issue/{quote(key)}/source", "/search/?q=" + quote("调研"), f"/person/{quote(name)}/"]
assert [client.get(page).status_code for page in pages] == [200] * len(pages)
print("done")
"""


def fenced(program, *arguments):
    """A Python program run where the network is forbidden."""
    program = f"import forbidden\nprint(*forbidden.forbid())\n{textwrap.dedent(program)}"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])}
    return subprocess.run([sys.executable, "-c", program, *map(str, arguments)], env=environment, capture_output=True, text=True, check=False)


def test_the_main_job_without_a_network(tmp_path):
    run = fenced(JOB, tmp_path / "home", tmp_path, *samples.paths()[1:])
    assert (run.stdout.split()[-1:], run.returncode) == (["done"], 0), run.stderr
    if sys.platform == "linux" and platform.machine() in CALLS:
        assert run.stdout.splitlines()[0] == "python kernel"


REACHES = {
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "a name": "import socket; socket.getaddrinfo('localhost', 80)",
    "an ear": "import socket; socket.create_server(('127.0.0.1', 0))",
    "a page": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    "a letter": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
}


@pytest.mark.parametrize("reach", REACHES)
def test_the_fence_of_python_holds(reach):
    run = fenced(REACHES[reach])
    assert (run.returncode, run.stderr[:8]) == (CAUGHT, "network:")


@pytest.mark.skipif(sys.platform != "linux" or platform.machine() not in CALLS, reason="the kernel's fence is Linux's")
def test_the_fence_of_the_kernel_holds():
    """What Python does not see, a call of the C library, is refused; sockets of this machine are not."""
    run = fenced("""
        import ctypes, errno, os, socket
        libc = ctypes.CDLL(None, use_errno=True)
        for family in (2, 10, 16, 1):
            made = libc.socket(family, 1, 0)
            print(family, made >= 0, errno.errorcode.get(ctypes.get_errno(), "") if made < 0 else "")
        socket.socketpair()
    """)
    assert run.stdout.split("\n")[1:5] == ["2 False EACCES", "10 False EACCES", "16 False EACCES", "1 True "], run.stderr


def imported(path):
    """Every dotted name that a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def speaks(name):
    return any(name == client or name.startswith(client + ".") for client in CLIENTS)


def test_nothing_of_ours_imports_what_speaks_to_others():
    spoken = {path.relative_to(ROOM).as_posix(): [n for n in imported(path) if speaks(n)] for path in ROOM.rglob("*.py")}
    assert len(spoken) > 50
    assert {name: found for name, found in spoken.items() if found} == {}
    assert {path.name for path in ROOM.rglob("*.py") if any(n.split(".")[0] == "socket" for n in imported(path))} <= {"server.py"}
    assert speaks("urllib.request.urlopen")
    assert not speaks("urllib.parse.quote")


def test_the_pure_half_loads_no_client_at_all():
    """Nor does what it stands on."""
    # the writers of the formats are loaded when they are first asked: each by its name here
    writers = [f"yuebao.publish.{path.stem}" for path in (ROOM / "publish").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()]
    code = f"import sys, yuebao.pipeline, {', '.join(sorted(set(writers) - {'yuebao.publish.__init__'}))}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "yuebao.publish.pdf" in run.stdout.split()
    assert [name for name in run.stdout.split() if speaks(name)] == []


@pytest.mark.parametrize("suffix", [".html", ".css", ".js", ".typ", ".svg"])
def test_what_is_shown_asks_nothing_of_other_hosts(suffix):
    """Templates, styles and scripts name no other host; a link that a reader may follow to the law is none of theirs to load."""
    for path in ROOM.rglob(f"*{suffix}"):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert "http://" not in text, path
        assert "https://" not in text, path
        assert "//cdn" not in text, path
