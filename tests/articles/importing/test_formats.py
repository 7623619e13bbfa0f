"""Archives, web pages, Markdown and tables, good and bad."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.archives import open_archive
from articles.formats.details import Details, read_details
from articles.formats.faults import CODES, NAME_LENGTH, FileFault, Limits, base_name
from articles.formats.found import Found, read_path
from articles.formats.html import decode_html, from_html
from articles.formats.markdown import from_markdown
from articles.formats.reading import read_any
from articles.services.wording import SENTENCES, sentence
from articles.text.reading import Choices
from articles.text.shapes import EmptyFile
from tests.articles.importing.conftest import make_zip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIMITS = Limits(file_bytes=3_000_000, files=50, total_bytes=5_000_000)


def opened(data: bytes, limits: Limits = LIMITS) -> list[Found]:
    """All entries of an archive."""
    return list(open_archive(io.BytesIO(data), limits).files())


def fault_of(found: Found) -> str:
    """The code of its fault, or ""."""
    return found.fault.code if found.fault else ""


# -- archives -----------------------------------------------------------------------------------


def test_names_lose_their_paths() -> None:
    names = ["../../up.txt", "/etc/abs.txt", "C:\\temp\\win.txt", "a/b/deep.txt", "..", "a/.."]
    found = opened(make_zip(dict.fromkeys(names, "mot")))
    assert [one.name for one in found] == ["up.txt", "abs.txt", "win.txt", "deep.txt", "–", "–"]


@given(st.text(max_size=400))
def test_a_base_name_is_one_printable_part(path: str) -> None:
    name = base_name(path)
    assert name
    assert len(name) <= NAME_LENGTH
    assert name.isprintable()
    assert name not in {".", ".."}
    assert "/" not in name
    assert base_name(name) == name


def test_an_entry_that_unpacks_to_far_more_is_refused() -> None:
    found = opened(make_zip({"bomb.txt": b"\0" * 2_500_000, "good.txt": "mot"}))
    assert [fault_of(one) for one in found] == ["zip_bomb", ""]


def test_the_size_that_an_entry_states_is_not_believed() -> None:
    data = bytearray(make_zip({"liar.txt": b"a" * 2_000_000}))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 10)  # the directory says ten bytes
    struct.pack_into("<L", data, 22, 10)
    found = opened(bytes(data))
    assert fault_of(found[0]) in {"zip_bomb", "broken_entry"}


def test_a_false_packed_size_does_not_hide_a_bomb() -> None:
    data = bytearray(make_zip({"bomb.txt": b"\0" * 2_500_000}))
    packed = len(zlib.compress(b"\0" * 2_500_000))
    assert packed < 10_000
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 20, 2_000_000)  # claims to be hardly packed
    assert fault_of(opened(bytes(data))[0]) in {"zip_bomb", "broken_entry"}


def test_the_total_is_bounded() -> None:
    noise = bytes(range(256)) * 8000
    entries: dict[str, bytes | str] = {f"{n}.txt": noise for n in range(5)}
    found = opened(make_zip(entries, packed=False))
    assert [fault_of(one) for one in found] == ["", "", "zip_total"]


def test_an_entry_over_the_limit_of_a_file() -> None:
    found = opened(make_zip({"a.txt": b"x" * 4_000}, packed=False), Limits(3_000, 50, 10_000))
    assert fault_of(found[0]) == "too_large"


def test_too_many_entries_are_refused_before_they_are_read() -> None:
    with pytest.raises(FileFault) as fault:
        opened(make_zip({f"{n}.txt": "x" for n in range(51)}))
    assert fault.value.code == "too_many_files"


def test_an_archive_inside_an_archive() -> None:
    inner = make_zip({"x.txt": "x"})
    found = opened(make_zip({"inner.zip": inner, "t.tar.gz": b"x", "a.txt": "x"}))
    assert [fault_of(one) for one in found] == ["nested_archive", "nested_archive", ""]


def test_a_locked_entry() -> None:
    data = bytearray(make_zip({"a.txt": "x"}))
    for at in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[at] |= 1
    assert fault_of(opened(bytes(data))[0]) == "encrypted_entry"


def test_a_broken_entry_leaves_the_others() -> None:
    data = bytearray(make_zip({"a.txt": "mot mot mot", "b.txt": "mot"}, packed=False))
    data[data.find(b"mot mot")] ^= 0xFF
    assert [fault_of(one) for one in opened(bytes(data))] == ["broken_entry", ""]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"PK\x03\x04" + b"x" * 500, make_zip({"a": "x"})[:40]],
    ids=["empty", "two_bytes", "nonsense", "cut"],  # an archive's bytes hold the time
)
def test_what_is_no_archive(data: bytes) -> None:
    with pytest.raises(FileFault) as fault:
        opened(data)
    assert fault.value.code == "broken_archive"


@given(st.binary(max_size=300), st.integers(0, 200))
def test_damage_never_raises_anything_else(noise: bytes, at: int) -> None:
    data = bytearray(make_zip({"a.txt": "mot", "b/c.txt": "autre"}))
    data[at : at + len(noise)] = noise
    with suppress(FileFault):
        opened(bytes(data))


# -- web pages and Markdown ---------------------------------------------------------------------

PAGE = """<!doctype html><html lang="fr"><head><title>Un entretien</title>
<meta property="article:published_time" content="2021-10-05T08:00:00+02:00">
<meta property="og:site_name" content="Le Courrier">
<link rel="canonical" href="https://example.org/entretien"></head>
<body><nav>Accueil Monde</nav><article>
<h1>La patience du <em>négociateur</em></h1>
<p><strong>Comment commence une médiation&nbsp;?</strong><br>Par un long silence.</p>
<p><b>Et comment finit-elle&nbsp;?</b></p><p>Par un <a href="/x">communiqué</a> &amp; un dîner.</p>
<script>alert("x")</script><aside>Lire aussi</aside></article>
<footer>Mentions</footer></body></html>
"""


def test_a_web_page_becomes_a_text_with_its_details() -> None:
    read = read_any("page.html", PAGE.encode(), Choices(kind="interview"))
    parsed, texts = read.parsed, read.passage_texts()
    assert parsed.title == "La patience du négociateur"
    assert (str(parsed.date), parsed.language) == ("2021-10-05", "fr")
    assert parsed.source == "Le Courrier"
    assert parsed.url == "https://example.org/entretien"
    assert texts[1:] == [
        "Comment commence une médiation\u00a0?", "Par un long silence.",
        "Et comment finit-elle\u00a0?", "Par un communiqué & un dîner.",
    ]  # fmt: skip
    assert [p.role for p in parsed.passages][1:] == ["question", "answer", "question", "answer"]
    assert read.data == PAGE.encode()


def test_a_page_says_its_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Wałęsa</p></body></html>'
    decoded = decode_html(page.encode("iso-8859-2"))
    assert "Wałęsa" in decoded.text
    assert decoded.encoding == "iso8859-2"


@pytest.mark.parametrize("page", ["<html></html>", "<script>x</script>", "<!-- x -->", "<p> </p>"])
def test_a_page_without_words(page: str) -> None:
    with pytest.raises(EmptyFile):
        from_html(page)


def test_a_page_nested_too_deeply_is_refused_or_read_whole() -> None:
    page = "<div>" * 5000 + "mot" + "</div>" * 5000
    with suppress(FileFault):
        assert "mot" in from_html(page)


@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<br>", "<li>", "<ul>", "<ol start=x>", "<table><td>", "mot",
     "<!--", "&#0;", "&amp;", "<pre>", "</pre>", "<h2>", "é ", "\n", "<i>", "<"]
)))  # fmt: skip
def test_any_page_is_read_or_refused(pieces: list[str]) -> None:
    try:
        read = read_any("x.html", "".join(pieces).encode())
    except (FileFault, EmptyFile):
        return
    assert read.decoded.text.strip()


def test_markdown_keeps_what_tells_turns() -> None:
    text = from_markdown(
        "---\ntitle: Essai\ndate: 2021-10\n---\n# Un [lien](http://x)\n\n"
        "**Pourquoi ?**\n\nParce que *oui*.\n\nB : un\\*\nC : deux\n\n2021. Une année.\n"
    )
    assert text == (
        "---\ntitle: Essai\ndate: 2021-10\n---\n# Un lien\n\n**Pourquoi ?**\n\nParce que oui.\n\n"
        "B : un*\nC : deux\n\n2021. Une année.\n"
    )


def test_a_glued_header_stays_apart_in_markdown() -> None:
    assert from_markdown(" date 2021-10 Le *ministre* dit.") == " date 2021-10 Le ministre dit.\n"


# -- tables of details --------------------------------------------------------------------------


def test_tables_name_files_by_name_or_by_the_end_of_their_path() -> None:
    details = Details(read_details(b"file,title\na.txt,Nom\nsub/b.txt,Chemin\n"))

    def title(name: str, path: str) -> str | None:
        return details.apply(Found(name, path), path).choices.title

    assert title("a.txt", "x/y/A.TXT") == "Nom"
    assert title("b.txt", "top/sub/b.txt") == "Chemin"
    assert title("b.txt", "other/b.txt") is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_told(delimiter: str) -> None:
    line = delimiter.join
    table = "\ufeff" + line(["file", "title", "date"]) + "\n" + line(["a.txt", "T", "2021-10"])
    choices = read_details(table.encode())["a.txt"].choices
    assert (choices.title, choices.date, choices.kind) == ("T", "2021-10", None)


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("français", "fr"), ("Francais", "fr"), ("FR", "fr"), ("fr-FR", "fr"), ("en_GB", "en"),
        ("eng", "en"), ("English", "en"), ("allemand", "de"), ("zh-Hans", "zh-hans"), ("", None),
    ],
)  # fmt: skip
def test_a_table_names_languages_as_a_header_does(written: str, language: str | None) -> None:
    row = read_details(f"fichier;langue\na.txt;{written}\n".encode())["a.txt"]
    assert (row.choices.language, row.faults) == (language, ())


def test_a_bad_row_is_named_and_hurts_no_other() -> None:
    table = "file,title,language,date,kind\na.txt,Bien,fr,2021,article\n"
    table += "b.txt,Mal,klingon,lundi,roman\nc.txt,Aussi,xx,5 octobre 2021,Entretien\n"
    rows = read_details(table.encode())
    assert rows["a.txt"].faults == ()
    assert [(fault.code, fault.params["line"]) for fault in rows["b.txt"].faults] == [
        ("unknown_kind", 3), ("unknown_date", 3), ("unknown_language", 3),
    ]  # fmt: skip
    assert rows["b.txt"].choices == Choices(title="Mal")
    assert [fault.code for fault in rows["c.txt"].faults] == ["unknown_language"]
    assert rows["c.txt"].choices == Choices(title="Aussi", date="5 octobre 2021", kind="interview")
    found = Details(rows).apply(Found("b.txt", "b.txt"), "b.txt")
    assert len(found.notices) == 3


@given(st.binary(max_size=200))
def test_any_table_is_read_or_refused(data: bytes) -> None:
    with suppress(FileFault):
        read_details(b"file,date,kind\n" + data)


# -- wording ------------------------------------------------------------------------------------


def test_every_code_has_its_sentence() -> None:
    lacking = {code for code in CODES if code not in SENTENCES}
    assert lacking == set()


def _raised_codes() -> Iterator[str]:
    import re
    from pathlib import Path

    root = Path(__file__).resolve().parents[3] / "articles"
    for path in root.rglob("*.py"):
        yield from re.findall(r'FileFault\(\s*"(\w+)"', path.read_text())


def test_every_fault_raised_is_listed() -> None:
    raised = set(_raised_codes())
    assert raised
    assert raised <= CODES


def test_sentences_take_their_params() -> None:
    assert "20" in sentence("too_large", {"megabytes": 20})
    assert sentence("never heard of") == "never heard of"


def test_zip64_directories_are_measured() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", allowZip64=True) as archive,
        archive.open("a.txt", "w", force_zip64=True) as entry,
    ):
        entry.write(b"mot")
    assert [one.data for one in opened(buffer.getvalue())] == [b"mot"]


# -- files on disk ------------------------------------------------------------------------------


def test_a_file_is_read_whole_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for size in (0, 1, 10):
        path.write_bytes(b"x" * size)
        assert read_path(str(path), 10) == b"x" * size
    path.write_bytes(b"x" * 11)
    with pytest.raises(FileFault, match="too_large"):
        read_path(str(path), 10)


def test_a_file_that_grows_while_it_is_read_is_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 10)
    facts = os.stat_result((0o100600, *[0] * 9))
    monkeypatch.setattr(os, "fstat", lambda _: facts)  # its size before it grew
    assert read_path(str(path), 10) == b"x" * 10
    with pytest.raises(FileFault, match="too_large"):
        read_path(str(path), 9)
