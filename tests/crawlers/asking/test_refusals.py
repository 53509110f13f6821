import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.asking.refusals import leads_to_login, problem_of_page, problem_of_status
from domain.media.crawl import FetchProblem

LONG = "<p>近日有骗子冒充银行，要求老人输入验证码，民警提醒请先登录官方网站核实。</p>" * 30


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<title>安全 验证</title>请完成验证后继续访问", FetchProblem.CAPTCHA),
        ("<html><script>$_ts=window['$_ts'];</script><body></body></html>", FetchProblem.SCRIPT_CHALLENGE),
        (
            "<html><body><noscript>请开启JavaScript</noscript><script src=a.js></script></body>",
            FetchProblem.SCRIPT_CHALLENGE,
        ),
        ("<h1>您的请求可能存在威胁，已被网站防护系统拦截</h1>", FetchProblem.FIREWALL),
        ("<p>访问过于频繁，请稍后再试，或输入验证码</p>", FetchProblem.RATE_LIMITED),
        ("<h2>404</h2><p>您要找的页面已经飞走了，请返回首页看看</p>", FetchProblem.ERROR_PAGE),
        ("<p>系统维护中，请您稍后再来访问本站的其他栏目吧</p>", FetchProblem.ERROR_PAGE),
        ("<p>冬枣熟了，枣农老张盼着有客商上门来收，家里还等着用钱。</p>", None),
        (LONG, None),
        ("", None),
    ],
)
def test_a_page_is_told_from_what_is_shown_instead(html: str, problem: FetchProblem | None):
    assert problem_of_page(html) is problem


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (302, FetchProblem.BAD_ANSWER),
        (400, FetchProblem.CLIENT_ERROR),
        (403, FetchProblem.FORBIDDEN),
        (404, FetchProblem.GONE),
        (412, FetchProblem.FIREWALL),
        (429, FetchProblem.RATE_LIMITED),
        (500, FetchProblem.SERVER_ERROR),
        (521, FetchProblem.FIREWALL),
    ],
)
def test_every_status_has_its_class(status: int, problem: FetchProblem):
    assert problem_of_status(status) is problem


@given(st.text(max_size=300))
def test_any_text_is_read(text: str):
    assert problem_of_page(text) is None or isinstance(problem_of_page(text), FetchProblem)


@pytest.mark.parametrize(
    ("url", "is_login"),
    [
        ("http://a.invalid/login?back=/xw/", True),
        ("http://a.invalid/user/Login.jsp", True),
        ("http://a.invalid/cas/index.html", True),
        ("http://a.invalid/xw/?from=login", False),
        ("http://a.invalid/xw/cases/1.html", False),
    ],
)
def test_an_address_of_a_login_page_is_known_by_a_part_of_its_path(url: str, is_login: bool):
    assert leads_to_login(url) is is_login
