from datetime import UTC, datetime
from pathlib import Path

from crawlers.archive import ArchivedPage, ArchiveWriter, PageDamage, archive_files, read_archive
from crawlers.members import PART, MemberWriter, read_members

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
    )


def test_pages_come_back_byte_for_byte(tmp_path: Path):
    bodies = [b"", b"\n\x00\xff" * 70_000, "正文".encode("gb18030")]

    with ArchiveWriter(tmp_path, "town_news", START) as writer:
        digests = [writer.write(page(body)) for body in bodies]

    [path] = archive_files(tmp_path)
    assert path.relative_to(tmp_path).as_posix() == "town_news/202611/20261120T010203000000.pages.gz"
    pages = list(read_archive(path))
    assert [one.body for one in pages] == bodies
    assert [one.sha256 for one in pages] == digests
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
