"""The published files of an issue, from its page."""

import io
import zipfile

import pytest
from django.test import Client

from yuebao.publish import WRITERS

APRIL = "/issue/云陵月报-2025-04/"


@pytest.fixture
def reader(shelf):  # noqa: ARG001
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_every_format_is_there_to_take_away(reader, format):
    assert f'/publish/{format}"' in reader.get(APRIL).content.decode()
    answer = reader.get(f"{APRIL}publish/{format}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content
    if format == "html":
        assert "index.html" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def test_a_format_that_is_not_there_is_named(reader):
    answer = reader.get(f"{APRIL}publish/lotus")
    assert answer.status_code == 400
    assert "lotus" in answer.content.decode()


def test_the_same_file_twice(reader):
    assert reader.get(f"{APRIL}publish/pdf").content == reader.get(f"{APRIL}publish/pdf?edition=public").content  # nothing is internal there
