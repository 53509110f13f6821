"""An invented county site in GBK, as it may be met: two list pages, four articles, another column beside them."""

_FRAME = '<html><head><meta charset="gb2312"><title>{title}_试验县新闻网</title></head><body>{body}</body></html>'
_ARTICLE = (
    '<div class="nav"><a href="/">首页</a></div><h1 id="bt">{title}</h1>'
    '<div class="xx"><span class="sj">{day} 08:1{number}</span><span class="ly">来源：试验县融媒体中心</span></div>'
    '<div class="zw"><p>　　{first}</p><p>　　{second}</p></div><div class="foot">版权所有</div>'
)
_TEXTS = (
    (
        "试验村水井干涸两周村民挑水吃",
        "今年入秋以来雨水少，村里的老井见了底，两百多口人靠一辆水车。",
        "乡里说新井月底开钻，打到八十米就有水，先保证老人家里的缸是满的。",
    ),
    (
        "枣林遭遇连阴雨裂果超过六成",
        "连着半个月的雨把快要收的红枣全泡裂了，客商来看了一圈就走了。",
        "合作社联系了一家酒厂收裂果，价钱只有往年的三成，枣农的贷款还没有着落。",
    ),
    (
        "山坡滑落压坏三户人家的院墙",
        "前天夜里后山的土坡滑了下来，三户的院墙和一间柴房被压塌，没有人受伤。",
        "镇里把三户接到村委会住下，国土所的人正在看坡上还有没有裂缝。",
    ),
    (
        "冬季务工专场招聘会周六在镇上举行",
        "二十一家企业带来四百多个岗位，食宿都有着落，工资按月发放。",
        "去年这时候去的六十多人多数干满了一年，今年想去的可以在村里先登记。",
    ),
)
ARTICLES = tuple(f"/xw/202611/{18 - place}/{9014 - place}.html" for place in range(4))


def _page(title: str, body: str) -> bytes:
    return _FRAME.format(title=title, body=body).encode("gb18030")


def _list(places: range, following: str) -> bytes:
    items = "".join(f'<li><a href="{ARTICLES[place]}">{_TEXTS[place][0]}</a></li>' for place in places)
    menu = '<ul class="menu"><li><a href="/xw/">新闻</a></li><li><a href="/about/12.html">关于我们</a></li></ul>'
    return _page("新闻", f'{menu}<ul class="wzlb">{items}</ul><div class="fy">{following}</div>')


def county_site() -> dict[str, bytes]:
    """The pages by path."""
    articles = {
        path: _page(
            title,
            _ARTICLE.format(title=title, day=f"2026-11-{18 - place}", number=place, first=first, second=second),
        )
        for place, (path, (title, first, second)) in enumerate(zip(ARTICLES, _TEXTS, strict=True))
    }
    return {
        "/robots.txt": b"User-agent: *\nDisallow: /private/\n",
        "/xw/": _list(range(3), '<a class="xyy" href="/xw/index_2.html">下一页</a>'),
        "/xw/index_2.html": _list(range(3, 4), ""),
        **articles,
    }


LIST = "/index.php?m=content&c=index&a=lists&catid=9"
"""The list of the dynamic site; its next page has the same address and a page number."""


def dynamic_site() -> dict[str, bytes]:
    """A site of phpCMS without static pages: lists and articles have one path and differ in what they ask for."""
    articles = [f"/index.php?m=content&c=index&a=show&catid=9&id={14 - place}" for place in range(4)]
    static = county_site()

    def page_of(places: range) -> bytes:
        items = "".join(f'<li><a href="{articles[place]}">{_TEXTS[place][0]}</a></li>' for place in places)
        others = "".join(f'<a href="{LIST}{other}">本县各乡镇新闻栏目{other}</a>' for other in range(6))
        pages = (
            f'<a class="a1">4条</a> <a href="{LIST}" class="a1">上一页</a> <a href="{LIST}">1</a> '
            f'<a href="{LIST}&page=2">2</a> <a href="{LIST}&page=2" class="a1">下一页</a>'
        )
        return _page(
            "新闻", f'<div class="nav">{others}</div><ul class="list">{items}</ul><div id="pages">{pages}</div>'
        )

    shown = {address: static[path] for address, path in zip(articles, ARTICLES, strict=True)}
    robots = {"/robots.txt": static["/robots.txt"]}
    return {**robots, LIST: page_of(range(3)), f"{LIST}&page=2": page_of(range(3, 4)), **shown}
