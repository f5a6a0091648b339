"""Text as spreadsheets write it: encodings without a mark, separators, decimal commas."""

import pytest

from actient import spreadsheets

TEXT = "consent;« Votre tranche d’âge »\r\nyes;1\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_whatever_its_encoding(encoding):
    assert spreadsheets.decoded(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("content", [b"", b"a", b"\0\0\0\0", b"ab\0\0" * 9])
def test_null_bytes_elsewhere_are_no_encoding(content):
    assert spreadsheets.stated_encoding(content) is None


def test_neither_is_told():
    with pytest.raises(UnicodeDecodeError):
        spreadsheets.decoded(b"d\xe9but")


def test_a_comma_is_decimal_only_where_it_parts_nothing():
    assert spreadsheets.separator("a;b,c;d") == ";"
    assert spreadsheets.decimal_point("-1,5E-3", ";") == "-1.5E-3"
    assert spreadsheets.decimal_point("1,2,3", ";") == "1,2,3"
