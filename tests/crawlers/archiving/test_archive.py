import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.archiving.archive import ArchivedPage, ArchiveWriter, PageDamage, archive_files, is_in_clear, read_archive
from crawlers.archiving.members import PART, MemberWriter, head_of, read_members, replace_head
from domain.failures.errors import KeyMissing
from storage.encryption.cipher import FieldCipher
from storage.encryption.file_seals import FileSeals

START = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)


def page(body: bytes) -> ArchivedPage:
    return ArchivedPage(
        source="town_news",
        url="http://news.invalid/1.html?spm=1",
        address="http://news.invalid/1.html",
        status=200,
        fetched_at=START,
        headers={"ETag": '"a"'},
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        length=len(body),
    )


def test_pages_come_back_byte_for_byte(tmp_path: Path):
    bodies = [b"", b"\n\x00\xff" * 70_000, "正文".encode("gb18030")]

    with ArchiveWriter(tmp_path, "town_news", START) as writer:
        for body in bodies:
            writer.write(page(body))

    [path] = archive_files(tmp_path)
    assert path.relative_to(tmp_path).as_posix() == "town_news/202611/20261120T010203000000.pages.gz"
    pages = list(read_archive(path))
    assert [one.body for one in pages] == bodies
    assert [(one.sha256, one.length) for one in pages] == [(page(body).sha256, len(body)) for body in bodies]
    assert (pages[0].address, pages[0].headers, pages[0].fetched_at) == (page(b"").address, {"ETag": '"a"'}, START)


def test_a_killed_run_loses_at_most_its_last_page_and_the_next_run_finishes_its_file(tmp_path: Path):
    with ArchiveWriter(tmp_path, "town_news", START) as writer:
        writer.write(page(b"first"))
        writer.write(page(b"second"))
    [whole] = archive_files(tmp_path)
    whole.with_name(whole.name + PART).write_bytes(whole.read_bytes()[:-3])
    whole.unlink()

    with ArchiveWriter(tmp_path, "town_news", START.replace(hour=2)):
        pass

    [path] = archive_files(tmp_path)
    assert not path.name.endswith(PART)
    assert [one.body for one in read_archive(path) if isinstance(one, ArchivedPage)] == [b"first"]


def test_a_page_that_is_not_what_its_head_says_is_named(tmp_path: Path):
    with ArchiveWriter(tmp_path, "town_news", START) as writer:
        writer.write(page(b"true"))
    [path] = archive_files(tmp_path)
    [content] = read_members(path)
    assert isinstance(content, bytes)
    path.unlink()
    changed = MemberWriter(path)
    changed.append(content.replace(b"true", b"fals"))
    changed.close()

    [damage] = read_archive(path)
    assert isinstance(damage, PageDamage)
    assert "第1页与其校验值不符" in damage.reason


def test_damage_is_told_from_an_unfinished_end_and_hides_no_page_before_it(tmp_path: Path):
    with ArchiveWriter(tmp_path, "town_news", START) as writer:
        writer.write(page(b"first"))
        writer.write(page(b"second" * 40))
    [path] = archive_files(tmp_path)
    whole = path.read_bytes()
    second = whole.index(b"\x1f\x8b", 2)
    path.write_bytes(whole[: second + 20] + bytes(20) + whole[second + 40 :])

    first, damage = read_archive(path)

    assert isinstance(first, ArchivedPage)
    assert isinstance(damage, PageDamage)
    assert "第2页" in damage.reason


def test_a_page_kept_without_its_comments_still_tells_the_hash_of_what_came(tmp_path: Path):
    came = page(b"article and comments")
    with ArchiveWriter(tmp_path, "town_news", START) as writer:
        writer.write(replace(came, body=b"article"))

    [path] = archive_files(tmp_path)
    assert list(read_archive(path)) == [replace(came, body=b"article")]


def sealed(folder: Path, seals: FileSeals, *bodies: bytes) -> Path:
    with ArchiveWriter(folder, "town_news", START, seals.new()) as writer:
        for body in bodies:
            writer.write(page(body))
    [path] = archive_files(folder)
    return path


def test_a_sealed_file_shows_nothing_without_its_key_and_only_its_owner_may_read_it(tmp_path: Path):
    seals = FileSeals(FieldCipher(bytes(32)))
    path = sealed(tmp_path, seals, b"first", b"second")

    entries = list(read_members(path, seals.open_file))
    assert [one.body for one in read_archive(path, seals.open_file) if isinstance(one, ArchivedPage)] == [
        b"first",
        b"second",
    ]
    assert len(entries) == 2
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"news.invalid" not in path.read_bytes()
    with pytest.raises(KeyMissing, match="没有密钥读不了"):
        list(read_archive(path))
    with pytest.raises(KeyMissing):
        list(read_archive(path, FileSeals(FieldCipher(bytes(31) + b"1")).open_file))


def test_a_sealed_file_under_another_name_is_damage(tmp_path: Path):
    seals = FileSeals(FieldCipher(bytes(32)))
    path = sealed(tmp_path, seals, b"first")
    moved = path.rename(path.with_name("20261121T010203000000.pages.gz"))

    [damage] = read_archive(moved, seals.open_file)

    assert isinstance(damage, PageDamage)


def test_a_sealed_file_with_another_head_holds_the_same_pages(tmp_path: Path):
    seals = FileSeals(FieldCipher(bytes(32)))
    path = sealed(tmp_path, seals, b"first", b"second" * 50_000)
    head = head_of(path)
    assert head is not None
    other = FieldCipher(bytes(32)).encrypt_bytes(FieldCipher(bytes(32)).decrypt_bytes(head, b'["files","crawl"]'), b"")

    replace_head(path, other)
    changed = head_of(path)
    replace_head(path, head)

    assert changed == other
    assert len([one for one in read_archive(path, seals.open_file) if isinstance(one, ArchivedPage)]) == 2
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_sealed_file_is_told_from_one_of_earlier_versions(tmp_path: Path):
    with ArchiveWriter(tmp_path / "old", "town_news", START) as writer:
        writer.write(page(b"first"))

    assert [is_in_clear(path) for path in archive_files(tmp_path / "old")] == [True]
    assert not is_in_clear(sealed(tmp_path / "new", FileSeals(FieldCipher(bytes(32))), b"first"))


def test_a_killed_run_leaves_what_it_sealed_before(tmp_path: Path):
    seals = FileSeals(FieldCipher(bytes(32)))
    path = sealed(tmp_path, seals, b"first", b"second")
    path.write_bytes(path.read_bytes()[:-3])

    assert [one.body for one in read_archive(path, seals.open_file) if isinstance(one, ArchivedPage)] == [b"first"]


def test_a_file_that_got_its_last_name_meanwhile_is_not_one_in_clear(tmp_path: Path):
    assert not is_in_clear(tmp_path / "gone.jsonl.gz.part")
