"""Pages of the invented sites: articles in a frame of navigation, notices and styles, as real ones have it."""

import random
from collections.abc import Sequence
from html import escape

_SUBJECTS = ("枣农", "养羊户", "搬迁户", "村医", "小学", "护林员", "果农", "放羊人", "合作社", "卫生室")
_EVENTS = ("等来了收购商", "担心今年的收成", "修好了院墙", "领到了补贴", "说水管又冻了", "办起了小作坊", "盼着路早些通")
_SENTENCES = (
    "入冬以后，村里的路比往年难走，拉货的车要绕到河对岸才能上来。",
    "他算了一笔账，一亩地的投入不算人工也要四百来块，卖得出去才有盼头。",
    "村干部每隔几天来看一次，问药还够不够，炕烧得热不热。",
    "孩子在镇上念书，一个月回来一趟，车费是邻居帮着垫的。",
    "合作社的冷库已经装满，再收就只能堆在院子里。",
    "去年这个时候每斤能卖一块八，今年收购的人还没有露面。",
    "水是从沟底的井里抽上来的，管子旧了，一冻就裂。",
)
_NAVIGATION = (
    "首页",
    "要闻",
    "乡镇",
    "民生",
    "三农",
    "教育",
    "卫生",
    "公告",
    "视频",
    "专题",
    "图片",
    "便民",
    "招聘",
    "天气",
)


def article(path: str, dice: random.Random) -> bytes:
    """An article with title, time and 来源."""
    title = _title(path, dice)
    paragraphs = "".join(
        f"<p>　　{''.join(dice.choices(_SENTENCES, k=dice.randint(2, 4)))}</p>" for _ in range(dice.randint(4, 12))
    )
    day = f"2026-{dice.randint(1, 11):02}-{dice.randint(1, 28):02} {dice.randint(6, 20):02}:{dice.randint(0, 59):02}"
    body = (
        f'<h1>{escape(title)}</h1><div class="info">{day} 来源：湫川新闻网</div><div class="content">{paragraphs}</div>'
    )
    return frame(title, body)


def frame(title: str, body: str) -> bytes:
    """A page with what surrounds articles: navigation, further links, a footer, styles."""
    menu = "".join(f'<li><a href="/{number}/">{name}</a></li>' for number, name in enumerate(_NAVIGATION))
    aside = "".join(f'<li><a href="/hot/{number}.htm">{name}的消息</a></li>' for number, name in enumerate(_NAVIGATION))
    style = "<style>" + "".join(f".c{number}{{margin:{number}px;color:#333}}" for number in range(80)) + "</style>"
    foot = "<p>湫川新闻网版权所有 联系我们 网站地图</p>"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}-湫川新闻网</title>{style}</head>'
        f'<body><div class="menu"><ol>{menu}</ol></div><div class="main">{body}</div>'
        f'<div class="aside"><ol>{aside}</ol></div><div class="foot">{foot}</div></body></html>'
    ).encode()


def links(paths: Sequence[str]) -> str:
    """List items that link to the paths."""
    return "".join(f'<li><a href="{path}">{path[-10:]}</a></li>' for path in paths)


def message(path: str, dice: random.Random) -> bytes:
    """A citizen's message with the reply of an office."""
    title = _title(path, dice)
    question, reply = ("".join(dice.choices(_SENTENCES, k=dice.randint(3, 9))) for _ in range(2))
    day = f"2026-{dice.randint(1, 11):02}-{dice.randint(1, 28):02}"
    return frame(
        title,
        f'<h1>{escape(title)}</h1><span class="t">{day}</span><div class="q">{question}</div>'
        f'<div class="a"><b>湫川县水利局</b><i>{day}</i><p>{reply}</p></div>',
    )


def _title(path: str, dice: random.Random) -> str:
    """It carries the page's name, so that no two are alike."""
    return f"{dice.choice(_SUBJECTS)}{dice.choice(_EVENTS)}（{path.rsplit('/', 1)[1].split('.')[0]}）"
