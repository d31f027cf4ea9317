"""The door of the house: no other computer is served before there is an account; behind TLS; a taken port is told, Ctrl-C ends it cleanly."""

import http.client
import io
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from desk_roles import PASSWORD, account
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from web_shelf import served

from yuebao import web
from yuebao.errors import UsageError


@pytest.mark.parametrize(("host", "code"), [("0.0.0.0", "E235"), ("192.168.1.5", "E235"), ("::", "E235"), ("bulletin.example", "E203"), ("", "E203")])
def test_no_other_computer_is_served_without_accounts(home, host, code):
    # a taken port, so that a room that would serve is stopped all the same
    with socket.create_server(("", 0)) as taken, pytest.raises(UsageError) as told:
        web.serve(home, host=host, port=taken.getsockname()[1])
    assert told.value.code == code


def test_nor_behind_tls(home):
    """Who asks is then told by the server before this one: what it forgets to tell must open nothing."""
    with socket.create_server(("", 0)) as taken, pytest.raises(UsageError) as told:
        web.serve(home, port=taken.getsockname()[1], behind_tls=True)
    assert told.value.code == "E235"


def test_with_an_account_it_listens_where_it_is_told(home, settings):
    account("何令仪", "administrator")
    settings.ALLOWED_HOSTS = list(settings.ALLOWED_HOSTS)
    with socket.create_server(("", 0)) as taken, pytest.raises(UsageError) as told:
        web.serve(home, host="0.0.0.0", port=taken.getsockname()[1], names=["desk.office.lan"])
    assert told.value.code == "E204"
    assert "desk.office.lan" in settings.ALLOWED_HOSTS
    assert socket.gethostname() in settings.ALLOWED_HOSTS


def asked(address, path, **headers):
    """The answer to a request as another server would pass it on."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"))
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_behind_tls(home):
    account("何令仪", "administrator")
    ending = []
    with served(home, ending, behind_tls=True, names=["desk.office.lan"]) as address:
        told = asked(address, "/desk/sign-in/", Host="desk.office.lan")
        assert (told.status, told.headers["Location"]) == (301, "https://desk.office.lan/desk/sign-in/")
        page = asked(address, "/desk/sign-in/", Host="desk.office.lan", X_Forwarded_Proto="https", X_Forwarded_For="10.1.2.3")
        assert page.status == 200
        assert page.headers["Strict-Transport-Security"].startswith("max-age=2592000")
        assert "Secure" in page.headers["Set-Cookie"]
        assert asked(address, "/", Host="elsewhere.example", X_Forwarded_Proto="https").status == 400
    assert ending == [(0, "ended\n", "")]


def test_the_settings_behind_tls_pass_the_checks_of_django(home):
    environment = {**os.environ, "YUEBAO_HOME": str(home), "YUEBAO_BEHIND_TLS": "1", "DJANGO_SETTINGS_MODULE": "yuebao.archive.settings"}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


# ---- what is sent ----


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("sent", [
    {"file": SimpleUploadedFile("长.txt", b"x" * 2001)},
    {"file": [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(4)]},
    {"name": "x" * 2001},
])
def test_too_much_at_once_is_refused_in_words(settings, sent):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2000, 3
    account("何令仪", "administrator")
    browser = Client(raise_request_exception=False, enforce_csrf_checks=True)
    browser.get("/desk/sign-in/")
    answer = browser.post("/desk/sign-in/", {"name": "何令仪", "password": PASSWORD, **sent})
    assert answer.status_code == 413
    assert "E236" in answer.content.decode()


@pytest.mark.usefixtures("home")
def test_what_is_not_too_much_comes_whole(rf, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 300_000
    request = rf.post("/", {"file": io.BytesIO(bytes(range(256)) * 1000)})
    assert request.FILES["file"].read() == bytes(range(256)) * 1000


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
        # who asks and how is believed of nobody where no TLS is before
        page = asked(address, "/", X_Forwarded_Proto="https", X_Forwarded_For="10.1.2.3")
        assert (page.status, page.headers["Strict-Transport-Security"]) == (200, None)
    assert ending == [(0, "ended\n", "")]
