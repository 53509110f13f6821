"""How lists go on: by a link, by numbered addresses, or by the numbers in a script; nothing is executed."""

import re
from string import Formatter
from urllib.parse import urljoin

from parsel import Selector

from crawlers.declaring.source import SourceSpec
from crawlers.platforms.listing import linked

_CREATE_PAGE = re.compile(
    r"createPageHTML\s*\(\s*(['\"][\w-]*['\"]\s*,)?\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,"
    r"\s*['\"]([\w./-]{1,80})['\"]\s*,\s*['\"](\w{1,8})['\"]"
)
"""TRS WCM's call: count, current page, name, ending; a newer form begins with an element's id and counts from 1."""


def following_page(selector: Selector, url: str, spec: SourceSpec) -> str | None:
    """Address of the list's next page: the declared link, else the declared template, else the script's numbers."""
    if spec.select.next:
        return next(iter(linked(selector, spec.select.next)), None)
    if spec.paging.template:
        return numbered_page(url, spec.paging.template, spec.paging.second)
    return scripted_page(selector.root.text_content() if hasattr(selector.root, "text_content") else "", url)


def numbered_page(url: str, template: str, second: int) -> str | None:
    """The address after `url` by a template such as `more_list_column_{column}_{page}.html`.

    An address that fits the template is counted up; another one is the first page, whose follower carries `second`.
    None when the template has names besides {page} that only a fitting address could fill.
    """
    names = [name for _, name, _, _ in Formatter().parse(template) if name]
    fitting = re.search(_as_pattern(template), url)
    if fitting:
        values = {name: fitting[name] for name in names}
        return urljoin(url, template.format_map({**values, "page": int(values["page"]) + 1}))
    return urljoin(url, template.format(page=second)) if set(names) == {"page"} else None


def scripted_page(text: str, url: str) -> str | None:
    """The address after `url` by the page's createPageHTML call; None on the last page or where there is none."""
    found = _CREATE_PAGE.search(text)
    if found is None:
        return None
    last = int(found[2]) if found[1] else int(found[2]) - 1
    number = int(found[3]) + 1
    return urljoin(url, f"{found[4]}_{number}.{found[5]}") if number <= last else None


def _as_pattern(template: str) -> str:
    parts, named = [], set[str]()
    for text, name, _, _ in Formatter().parse(template):
        parts.append(re.escape(text))
        if name in named:
            parts.append(f"(?P={name})")
        elif name:
            named.add(name)
            parts.append(f"(?P<{name}>{'[0-9]{1,6}' if name == 'page' else '[^/?&]+?'})")
    start = "" if template.startswith(("/", "?", "http")) else "(?:^|(?<=/))"
    return f"{start}{''.join(parts)}$"
