"""Letters: their text and what they enclose, in the encodings that mail programs use; hostile ones refused."""

import base64
import contextlib
import io
import time
import zipfile
from email.message import EmailMessage

import pytest

from yuebao import pipeline, samples
from yuebao.errors import InputError
from yuebao.read import read
from yuebao.read.mail import LONGEST_NAME, is_letter, plain_name, read_letter

HEADLINE = "云陵市召开安全生产会议"
TEXT = f"{HEADLINE}\n1月6日，云陵市召开安全生产会议，部署春节前检查。"
HEAD = b"From: a@yunling.example\r\nTo: b@yunling.example\r\nDate: Wed, 07 Jan 2026 23:40:00 +0800\r\nMIME-Version: 1.0\r\n"


def letter(text=TEXT, subject="来稿：安全生产会议", attachments=(), html=None, sender="市应急管理局 <a@yunling.example>"):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Date"] = sender, "b@yunling.example", subject, "Wed, 07 Jan 2026 23:40:00 +0800"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    for name, data in attachments:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def refused(data, call=pipeline.take_copy):
    with pytest.raises(InputError) as error:
        call("信.eml", data, 1) if call is pipeline.take_copy else call("信.eml", data)
    return error.value.code


def test_a_letter():
    found = read_letter("信.eml", letter(attachments=[("会议.txt", TEXT.encode())]))
    assert (found.subject, found.sender, found.sent_on, found.text) == ("来稿：安全生产会议", "市应急管理局", "2026-01-07", TEXT)
    assert found.enclosures == (("会议.txt", TEXT.encode()),)
    assert read("信.eml", letter()).info.media_type == "message/rfc822"


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8", "x-unknown", None])
@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
def test_encodings(charset, transfer):
    data = TEXT.encode("utf-8" if charset == "utf-8" else "gb18030")
    if transfer == "base64":
        data = base64.encodebytes(data)
    elif transfer == "quoted-printable":
        data = b"".join(b"=%02X" % byte if byte > 126 or byte == 61 else bytes([byte]) for byte in data)
    stated = f"; charset={charset}" if charset else ""
    head = HEAD + f"Content-Type: text/plain{stated}\r\nContent-Transfer-Encoding: {transfer}\r\nSubject: =?gb2312?B?".encode()
    found = read_letter("信.eml", head + base64.b64encode("会议".encode("gb2312")) + b"?=\r\n\r\n" + data)
    assert (found.subject, found.text) == ("会议", TEXT)


def test_a_character_that_gb2312_lacks():
    head = HEAD + b"Content-Type: text/plain; charset=gb2312\r\n\r\n"
    assert read_letter("信.eml", head + "滍水、朱镕".encode("gb18030")).text == "滍水、朱镕"


def test_headers_in_bytes_that_were_never_encoded():
    found = read_letter("信.eml", HEAD + "Subject: 会议来稿\r\n\r\n".encode("gb18030") + TEXT.encode("gb18030"))
    assert (found.subject, found.text) == ("会议来稿", TEXT)


def test_a_letter_that_is_a_web_page_alone():
    page = f"<html><head><meta charset=gb2312><script>x()</script></head><body><h1>{HEADLINE}</h1><p>1月6日，会议召开。</p></body></html>"
    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "a@yunling.example", "b@yunling.example", "Wed, 07 Jan 2026 23:40:00 +0800"
    made.set_content(page, subtype="html")
    assert read_letter("信.eml", made.as_bytes()).text == f"{HEADLINE}\n1月6日，会议召开。"
    assert read_letter("信.eml", letter(html=page)).text == TEXT  # the plain text, where there is one


def test_a_page_that_a_browser_saved_in_one_file():
    page = f"<html><body><h1>{HEADLINE}</h1><p>1月6日，会议召开。</p></body></html>"
    head = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.example/\r\nSubject: page\r\nDate: Wed, 07 Jan 2026 23:40:00 +0800\r\n"
    head += b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
    data = head + b"----b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode() + b"\r\n----b--\r\n"
    clipping = pipeline.take_copy("页.mht", data, 1)
    assert (clipping.name, clipping.item.headline, clipping.contributor) == ("页.mht", HEADLINE, None)


def test_the_sample_letters():
    found = {path.name[:2]: pipeline.enclosures(path.name, path.read_bytes()) for path in samples.copy() if path.suffix == ".eml"}
    assert [(each.name, each.dated_on, each.sender) for each in found["14"]] == [("柳泊县冬春农田水利建设完成投资过半.docx", "2026-01-12", "柳泊县委办公室")]
    assert [(each.name[-4:], each.dated_on) for each in found["55"]] == [(".eml", "2026-01-28")]


# ---- what of a letter is copy ----


def test_each_enclosure_that_can_be_read_is_a_text_and_the_letter_is_none():
    data = letter("现报上稿件两篇，请审。", attachments=[("甲.txt", b"a" + TEXT.encode()), ("乙.txt", TEXT.encode()), ("照片.png", b"\x89PNG\r\n\x1a\n" + bytes(99))])
    assert [each.name for each in pipeline.enclosures("信.eml", data)] == ["甲.txt", "乙.txt", "照片.png"]
    assert refused(data) == "E114"
    one = pipeline.take_copy("信.eml", letter("现报上稿件。", attachments=[("乙.txt", TEXT.encode()), ("照片.png", b"\x89PNG\r\n\x1a\n" + bytes(99))]), 3)
    assert (one.number, one.name, one.item.headline, one.contributor, one.dated_on) == (3, "信.eml", HEADLINE, "市应急管理局", "2026-01-07")


def test_a_letter_without_such_an_enclosure_is_the_text():
    one = pipeline.take_copy("信.eml", letter(), 1)
    assert (one.item.headline, one.dated_on) == (HEADLINE, "2026-01-07")
    told = pipeline.take_copy("信.eml", letter("1月6日，云陵市召开安全生产会议。", subject=f"来稿：{HEADLINE}"), 1)
    assert told.item.headline == HEADLINE


def test_a_letter_within_a_letter():
    inner = letter(attachments=[("甲.txt", TEXT.encode())])
    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "c@yunling.example", "b@yunling.example", "Fri, 09 Jan 2026 08:00:00 +0800"
    made.set_content("转发")
    made.add_attachment(__import__("email").message_from_bytes(inner, policy=__import__("email.policy").policy.default))
    assert [(each.name, each.dated_on) for each in pipeline.enclosures("信.eml", made.as_bytes())] == [("甲.txt", "2026-01-07")]


@pytest.mark.parametrize("data", [
    letter("机密★1年\n请阅。", attachments=[("甲.txt", TEXT.encode())]), letter(subject="【机密】"), letter("请审。", attachments=[("甲.txt", "机密★\n通知".encode())]),
])
def test_a_mark_of_secrecy_in_a_letter_or_its_enclosure(data):
    assert refused(data) == "E110"


# ---- hostile ones ----


@pytest.mark.parametrize(("name", "plain"), [
    ("../../etc/passwd", "passwd"), ("..\\..\\windows\\a.doc", "a.doc"), ("C:\\a.txt", "a.txt"), ("a\0b\r\n.txt", "ab.txt"), ("", "附件"), ("..", "附件"),
    (".htaccess", "htaccess"), ("会议<1>.docx", "会议1.docx"), ("长" * 500 + ".docx", "长" * LONGEST_NAME + ".docx"), ("a/", "a"),
])
def test_the_names_of_enclosures_lead_nowhere(name, plain):
    assert plain_name(name) == plain


def nested(depth):
    inside = b"Content-Type: text/plain\r\n\r\nx\r\n"
    for n in range(depth):
        inside = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) + inside + b"\r\n--b%d--\r\n" % n
    return HEAD + inside


@pytest.mark.parametrize("data", [
    nested(20), nested(3000),
    HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 5000 + b"--b--\r\n",
    HEAD + b"X-A: " + b"a" * 400_000 + b"\r\n\r\nx",
    HEAD + b"X-A: a\r\n" * 60_000 + b"\r\nx",
], ids=["deep", "very deep", "many parts", "a long header", "many headers"])
def test_hostile_letters(data):
    start = time.process_time()
    assert refused(data, read_letter) == "E108"
    assert time.process_time() - start < 10


@pytest.mark.parametrize("data", [
    HEAD + b"Content-Type: text/plain; charset=\xff\xfe; charset=x\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!", HEAD + b"Subject: =?x?B?a?= =?utf-8?Q?=FF=?=\r\n\r\nx",
    HEAD + b"Content-Type: multipart/mixed\r\n\r\nx", HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n', HEAD + b"Date: 99 Foo 20\r\n\r\nx",
    b"From: \r\nTo: \r\nDate: \r\n\r\n", HEAD + b"From: <<<>>>,,;\r\nContent-Disposition: attachment; filename*=x''%\r\n\r\nx", HEAD,
])
def test_odd_letters_are_read_or_refused(data):
    """Whatever the parser of the standard library makes of them: nothing but InputError comes out."""
    with contextlib.suppress(InputError):
        read_letter("信.eml", data)


def test_a_hostile_file_enclosed_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", "../../outside.txt"):
            archive.writestr(name, b"<x/>")
    enclosed = pipeline.enclosures("信.eml", letter("请审。", attachments=[("甲.docx", out.getvalue())]))
    with pytest.raises(InputError) as error:
        pipeline.take_enclosure(enclosed[0], 1)
    assert error.value.code == "E108"


@pytest.mark.parametrize("text", ["From: here to there\nTo: nobody\n会议召开。", "会议召开。\nFrom: a\nTo: b\nSubject: c\n\n", "关于会议的通知\n\nFrom: a", ""])
def test_texts_that_are_no_letters(text):
    assert not is_letter(text.encode())
