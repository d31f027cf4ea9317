"""The door of the reading room: on this computer alone, a taken port is told, Ctrl-C ends it cleanly."""

import re
import socket
import urllib.error
import urllib.request

import pytest
from web_shelf import served

from yuebao import web
from yuebao.errors import UsageError


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "bulletin.example", ""])
def test_no_other_computer_is_served(home, host):
    # a taken port, so that a room that would serve is stopped all the same
    with socket.create_server(("", 0)) as taken, pytest.raises(UsageError) as told:
        web.serve(home, host=host, port=taken.getsockname()[1])
    assert told.value.code == "E203"


def test_a_taken_port_is_told(home):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError) as told:
        web.serve(home, port=taken.getsockname()[1])
    assert told.value.code == "E204"


def test_it_serves_until_interrupted(tmp_path):
    ending = []
    with served(tmp_path / "home", ending) as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
        with urllib.request.urlopen(address + "/") as page:
            assert "还没有入库任何一期" in page.read().decode()
        with urllib.request.urlopen(address + "/static/yuebao/reading.css") as style:
            assert style.headers["Content-Type"].startswith("text/css")
        with pytest.raises(urllib.error.HTTPError) as told:
            urllib.request.urlopen(address + "/nowhere")
        assert told.value.code == 404
        told.value.close()
    assert ending == [(0, "ended\n", "")]
