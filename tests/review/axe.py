"""axe-core on a page, asked for nothing but what is wrong: what is right is most of its work to tell."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SCRIPT = Axe().axe_script
_WORST = ("serious", "critical")


def serious_findings(page: Page, *rules: str) -> list[str]:
    """What breaks these rules, or any where none is named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    violations = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [f"{found['id']} {found['nodes'][0]['target']}" for found in violations if found["impact"] in _WORST]
