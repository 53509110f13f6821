import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawlers.declaring.addresses import fits, is_home, is_web_address, normalise_address, page_name, site_of, sites_of
from crawlers.declaring.fetch_rules import FetchRules, Mirror

PAGE = "https://www.news.example/GB/n2/2026/1103/c1-2.html"


@pytest.mark.parametrize(
    "mirror",
    [
        "http://www.news.example/GB/n2/2026/1103/c1-2.html",
        "https://m.news.example/GB/n2/2026/1103/c1-2.html",
        "https://wap.news.example:443/GB/n2/2026/1103/c1-2.html",
        "https://www.news.example/BIG5/n2/2026/1103/c1-2.html",
        "https://WWW.News.Example/GB/n2/2026/1103/c1-2.html?spm=C1.2&utm_source=wx&from=timeline#top",
        "https://www.news.example/GB/n2/2026/1103/c1-2.html;jsessionid=0A1B?PHPSESSID=77",
        "https://news.example/GB/n2/2026/1103/c1-2.html/",
        "https://www.news.example/GB/n2/2026/1103/c1-2.html?wxshare=1&from_source=app&gclid=x",
    ],
)
def test_mirrors_of_a_page_have_its_name(mirror: str):
    assert page_name(mirror) == page_name(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        "https://www.news.example/GB/n2/2026/1103/c1-3.html",
        "https://www.news.example/GB/n2/2026/1103/c1-2.html?page=2",
        "https://evening.news.example/GB/n2/2026/1103/c1-2.html",
        "https://www.news.example:8080/GB/n2/2026/1103/c1-2.html",
        "https://www.news.example/GB/n2/2026/1103/c1-2.html?from=20",
    ],
)
def test_other_pages_have_other_names(other: str):
    assert page_name(other) != page_name(PAGE)


def test_index_files_and_last_slashes_do_not_change_the_name():
    assert len({page_name(f"http://a.cn/x{end}") for end in ("", "/", "/index.html", "/default.shtml")}) == 1


def test_the_order_of_parameters_changes_the_address_but_not_the_name():
    first, second = "http://a.cn/x?id=1&c=2", "http://a.cn/x?c=2&id=1"

    assert normalise_address(first) != normalise_address(second)
    assert page_name(first) == page_name(second)


def test_bytes_of_old_encodings_in_parameters_stay_as_they_are():
    assert normalise_address("http://a.cn/s?w=%D4%E6&spm=1") == "http://a.cn/s?w=%D4%E6"


def test_chinese_paths_have_one_way_of_escaping():
    assert normalise_address("http://a.cn/枣/1.html") == normalise_address("http://a.cn/%e6%9e%a3/1.html")


def test_declared_mirrors_and_parameters_are_folded():
    rules = FetchRules(mirrors=(Mirror(match="//mobile-edition[.]a[.]cn/m/", to="//a.cn/"),), drop_parameters=("tag",))

    assert page_name("http://mobile-edition.a.cn/m/1.html?tag=x", rules) == page_name("http://a.cn/1.html", rules)


def test_sites_are_those_of_the_start_pages_and_the_declared_hosts():
    rules = FetchRules(hosts=("img.b.cn", "c.cn:8080"))

    assert sites_of(["https://www.a.cn/x", "http://a.cn"], rules) == {"a.cn", "img.b.cn", "c.cn:8080"}


def test_numbers_are_no_mobile_mirrors():
    assert site_of("http://127.0.0.1:8000/x") == "127.0.0.1:8000"


@pytest.mark.parametrize(
    "address", ["javascript:go()", "file:///etc/x", "http://", "//a.cn/x", "http://[/x", "", "http://a.cn/\ud800"]
)
def test_what_is_no_web_address_is_told(address: str):
    assert not is_web_address(address)


def test_the_first_page_of_a_site_is_its_home():
    assert all(is_home(url) for url in ("http://a.cn", "http://a.cn/", "http://a.cn/index.html"))
    assert not any(is_home(url) for url in ("http://a.cn/x/", "http://a.cn/?id=3", "http://["))


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda text: f"http://a.cn/{text}"))
@example("http://[")
@example("http://a.cn:99999/")
@example("http://ａ.cn/%")
@example("http://a.cn/\ud800")
@example("http://a.cn?\x1f&\x1f")
@example("http://a.cn/? #")
def test_any_text_has_a_name_and_normalising_twice_changes_nothing(text: str):
    once = normalise_address(text)

    assert normalise_address(once) == once
    assert page_name(text) == page_name(once)


@pytest.mark.parametrize(
    ("pattern", "fitting"),
    [
        (r"/n/[0-9]+\.html$", "http://a.invalid/n/1.html?from=7"),
        (r"/index\.php\?(?:.*&)?a=show(?:&|$)", "http://a.invalid/index.php?m=content&a=show&id=3"),
    ],
)
def test_an_address_is_told_by_its_path_and_by_its_query_where_the_pattern_asks_for_one(pattern: str, fitting: str):
    others = ("http://a.invalid/list.html?back=/n/1.html", "http://a.invalid/index.php?m=content&a=lists&catid=3")

    assert fits(fitting, pattern)
    assert not any(fits(other, pattern) for other in others)
