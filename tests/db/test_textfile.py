from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from db.loading.textfile import inspect
from db.loading.textrecords import BadRecord, header, records

Bad = list[tuple[int, str, list[str]]]


def read(path: Path) -> tuple[list[tuple[int, list[str]]], Bad]:
    """Every record with its line, and the bad ones."""
    bad: Bad = []

    def keep(line: int, fault: BadRecord, fields: list[str]) -> None:
        bad.append((line, fault.reason, fields))

    file = inspect(path)
    return list(records(file, header(file)[1], keep, lambda _done, _total: None)), bad


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.csv"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\0" * 5000, "nothing but NUL bytes"),
        (b"PK\x03\x04rest", "not text but a zip archive that ends early, or a workbook that does"),
        (b"PAR1\x15\0", "Parquet"),
        (b"BZh91AY", "bzip2"),
        (b"\xfd7zXZ\0", "an xz archive"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"{\\rtf1", "Word"),
        (b"<!DOCTYPE html>\n<html>", "a web page; the download gave a page in place of the file"),
        (b"\xef\xbb\xbf <html lang=en>", "a web page"),
        (b"<?xml version='1.0'?>", "XML"),
        (b'{"crime_ref": "A"}\n{"crime_ref": "B"}\n', "JSON"),
        (b'[{"crime_ref": "A"}]', "JSON"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"SQLite format 3\0", "database"),
        (b"a,b\n1,\0\n" + b"x" * 99, "line 2 holds NUL bytes"),
        ("a,b\n1,é".encode()[:-1], "truncated"),
        ("a,b\n1,2\n".encode("utf-16")[:-1], "truncated"),
    ],
)
def test_refused_before_a_record_is_read(file: Path, content: bytes, sentence: str) -> None:
    file.write_bytes(content)
    with pytest.raises(Refused, match=sentence):
        inspect(file)


def test_a_missing_file_is_refused(file: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        inspect(file)


@pytest.mark.parametrize("content", [b"a,b\n", b"a,b", b"a,b\n\n\r\n"])
def test_a_header_alone_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(Refused, match="no rows"):
        read(file)


@pytest.mark.parametrize("content", [b"a,b\n1,2\n3", b'a,b\n1,2\n3,"4', b'a,b\n1,2\n"3\n\n4'])
def test_a_file_cut_off_is_refused_with_the_line(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(Refused, match="truncated: line 3 "):
        read(file)


def test_a_record_has_the_line_it_starts_on(file: Path) -> None:
    file.write_bytes(b'a,b\r\n1,"x\r\ny\r\nz"\r\n\r\n2,"q ""w"", e"\r\n3,plain')
    assert read(file) == ([(2, ["1", "x\r\ny\r\nz"]), (6, ["2", 'q "w", e']), (7, ["3", "plain"])], [])


def test_a_header_over_two_lines(file: Path) -> None:
    file.write_bytes(b'a,"b\nc"\n1,2\n')
    assert read(file) == ([(3, ["1", "2"])], [])


def test_records_of_another_width_are_bad(file: Path) -> None:
    file.write_bytes(b"a,b\n1\n1,2\n1,2,3\n")
    good, bad = read(file)
    assert good == [(3, ["1", "2"])]
    assert [(line, fields) for line, _, fields in bad] == [(2, ["1"]), (4, ["1", "2", "3"])]
    assert bad[0][1] == "the row has 1 value where the header has 2"


@pytest.mark.parametrize("again", ["a,b,\n", "\ufeffa,b,\n", '"a",b ,\n'])
def test_a_header_that_stands_again_is_no_record(file: Path, again: str) -> None:
    file.write_text(f"a,b,\n1,b,\n{again}a,2,\n", encoding="utf-8")
    rows, bad = read(file)
    assert [line for line, _ in rows] == [2, 4]
    reason = "the header stands here again, as where files were put together; take this line out"
    assert [(line, why) for line, why, _ in bad] == [(3, reason)]


def test_an_open_quote_costs_its_own_line_only(file: Path) -> None:
    file.write_bytes(b'a,b\n1,"open\n2,x\n3,y\n4,"z"\n5,w\n')
    good, bad = read(file)
    assert good == [(3, ["2", "x"]), (4, ["3", "y"]), (5, ["4", "z"]), (6, ["5", "w"])]
    assert [(line, fields) for line, _, fields in bad] == [(2, ['1,"open'])]


def test_a_value_without_end_is_bad_and_the_rest_is_read(file: Path) -> None:
    file.write_bytes(b"a,b\n1," + b"x" * 200_000 + b"\n2,y\n")
    good, bad = read(file)
    assert good == [(3, ["2", "y"])]
    assert "a value has more than 131,072 characters" in bad[0][1]


def test_windows_1252_is_found_behind_a_long_ascii_start(file: Path) -> None:
    file.write_bytes(b"a,b\n" + b"1,2\n" * 400_000 + "3,café\n".encode("cp1252"))
    assert inspect(file).encoding == "cp1252"
    assert read(file)[0][-1] == (400_002, ["3", "café"])


def test_a_stray_byte_behind_the_mark_of_utf_8_costs_its_own_line_only(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfa,b\n1,\xfc\n2,\x81\n3,\xc3\xbc\n")
    good, bad = read(file)
    assert (header(inspect(file))[0], good) == (["a", "b"], [(4, ["3", "ü"])])
    assert [(line, fields) for line, _, fields in bad] == [(2, ["1", "\\xfc"]), (3, ["2", "\\x81"])]
    file.write_bytes(b"\xef\xbb\xbfa,b\n1,\xc3")
    with pytest.raises(Refused, match="truncated"):
        inspect(file)


@pytest.mark.parametrize(("start", "line"), [(b"", 1), (b"\xef\xbb\xbf", 1), (b"sep=,\r\n", 2)])
def test_a_stray_byte_in_the_header_refuses_the_file(file: Path, start: bytes, line: int) -> None:
    file.write_bytes(start + b"a,surname\xfc\n1,\xc3\xbc\n")
    with pytest.raises(Refused, match=rf"file.csv, line {line}: the header .* in column 2, 'surname\\xfc'"):
        header(inspect(file))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'"a"x,b\n1,2\n', r'header that is not readable as CSV: behind a closing quote \("\) stands something'),
        (b'a,"b\n1,2\n', r"a header in which a quote .* is opened and never closed"),
        (b"a" * 200_000 + b",b\n1,2\n", "a column name of more than 131,072 characters"),
        (b"sep=;\n", "has no header and no rows"),
        (b"a,b\n", "has a header and no rows"),
    ],
)
def test_a_header_that_cannot_be_read_is_refused_in_our_words(file: Path, content: bytes, sentence: str) -> None:
    file.write_bytes(content)
    with pytest.raises(Refused, match=sentence):
        read(file)


def test_broken_utf_16_is_refused(file: Path) -> None:
    file.write_bytes("a,b\n1,2\n".encode("utf-16-le") + b"\x00\xd8\x00\x20")
    with pytest.raises(Refused, match=r"cannot be read as UTF-16: what stands on line 3 is no letter of it"):
        read(file)


def test_a_file_that_grows_while_it_is_read_is_refused(file: Path) -> None:
    file.write_bytes(b"a,b\n1,2\n")
    before = inspect(file)
    with file.open("ab") as stream:
        stream.write(b"3,4\n")
    with pytest.raises(Refused, match="changed"):
        list(records(before, ",", lambda *_: None, lambda *_: None))


def _read_again_and_again(text: str) -> tuple[list[list[str]], int]:
    """The records of a text and how many are unreadable, each open quote followed anew: plain, and slow."""
    lines, good, bad = text.splitlines(keepends=True), [], 0
    while lines:
        for many in range(1, len(lines) + 1):
            try:
                good.append(next(csv.reader(lines[:many], strict=True)))
            except csv.Error as error:
                if "end of data" in str(error):
                    continue
                many, bad = 1, bad + 1
            break
        else:
            raise Refused("truncated")
        lines = lines[many:]
    return good, bad


@given(st.text('x",\n', max_size=40))
def test_open_quotes_are_read_as_if_each_were_followed(text: str) -> None:
    rows = f"a,b\n{text}\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f.csv"
        path.write_text(rows, newline="")
        try:
            expected, unreadable = _read_again_and_again(rows)
        except Refused:
            with pytest.raises(Refused, match="is truncated"):
                read(path)
            return
        wanted = [fields for fields in expected[1:] if any(map(str.strip, fields))]
        if not wanted and not unreadable:
            return
        good, bad = read(path)
    assert [fields for _, fields in good] == [fields for fields in wanted if len(fields) == 2]
    assert len(bad) == unreadable + sum(len(fields) != 2 for fields in wanted)


def test_a_file_of_open_quotes_is_not_read_once_for_each_of_them(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0
    reader = csv.reader

    def counting(lines: Iterable[str], dialect: Any) -> Any:
        def each() -> Iterator[str]:
            nonlocal taken
            for line in lines:
                taken += 1
                yield line

        return reader(each(), dialect)

    file.write_text("a,b\n" + 'x","\n' * 2000 + 'x"y\n')
    monkeypatch.setattr(
        "db.loading.textrecords.csv.reader",
        lambda lines=(), dialect="excel", **more: reader(lines, **more) if more else counting(lines, dialect),
    )
    _, bad = read(file)
    assert len(bad) == 2001
    assert taken < 4 * 2000, "each line is looked at a few times at most"


@pytest.mark.parametrize("blank", ["", ",,", " , ,\u00a0", ",", ",,,,", '"","",""', "\t"])
def test_lines_of_nothing_but_separators_are_blank_lines(file: Path, blank: str) -> None:
    file.write_text(f"a,b,c\n{blank}\n1,2,3\n,,4\n" + f"{blank}\n" * 3, encoding="utf-8")
    assert read(file) == ([(3, ["1", "2", "3"]), (4, ["", "", "4"])], [])


def test_a_header_above_blank_lines_alone_has_no_rows(file: Path) -> None:
    file.write_text("a,b,c\n" + ",,\n" * 9, encoding="utf-8")
    with pytest.raises(Refused, match="has a header and no rows"):
        read(file)


def test_a_file_that_ends_in_part_of_a_blank_line_is_whole(file: Path) -> None:
    file.write_text("a,b,c\n1,2,3\n,", encoding="utf-8")
    assert read(file) == ([(2, ["1", "2", "3"])], [])
