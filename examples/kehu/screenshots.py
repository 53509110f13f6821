"""The pictures of the guides: `python -m examples.kehu.screenshots HOME FOLDER` over a home that `make run` filled.

HOME is a home of the example county and nothing else: its demo accounts get new passwords. The pages are those that
`qianshao serve` gives out, in a real Chromium; every person on them is invented.
"""

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from commands.terminal import say
from examples.kehu.build import TICKETS
from examples.kehu.texts_format import HERE
from pipeline.deployment import Deployment, make_deployment
from review.sign_in.passwords import hash_password, make_password

_CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--lang=zh-CN"]
_COLOURS = 48
"""Enough for flat pages, and a quarter of the bytes."""
_ACCOUNTS = ("clerk", "town", "village", "department", "admin")


@dataclass(frozen=True)
class Device:
    """A screen."""

    width: int
    height: int
    scale: float


PHONE = Device(width=390, height=844, scale=1.5)
DESK = Device(width=1280, height=860, scale=1)


@dataclass
class Camera:
    """Signs in and takes pictures into a folder."""

    browser: Browser
    address: str
    folder: Path
    passwords: dict[str, str]

    def signed_in(self, name: str, device: Device) -> Page:
        """The first page of the account on this device."""
        size = {"width": device.width, "height": device.height}
        page = self.browser.new_context(viewport=size, device_scale_factor=device.scale, locale="zh-CN").new_page()  # type: ignore[arg-type]
        page.goto(self.address)
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", self.passwords[name])
        with page.expect_navigation():
            page.click("button.main")
        return page

    def take(self, page: Page, name: str, *, height: int = 0) -> None:
        """The picture of what is on the screen, or of the page down to `height`."""
        page.wait_for_load_state()
        width = page.viewport_size["width"] if page.viewport_size else 0
        clip = {"x": 0, "y": 0, "width": width, "height": height}
        taken = page.screenshot(full_page=True, clip=clip) if height else page.screenshot()  # type: ignore[arg-type]
        picture = Image.open(io.BytesIO(taken)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        picture.save(self.folder / f"{name}.png", optimize=True)


def main(home: Path, folder: Path) -> None:
    """Serve the home, walk through its pages, leave the pictures in the folder."""
    os.environ["QIANSHAO_HOME"] = str(home)
    passwords = _new_passwords(make_deployment())
    folder.mkdir(parents=True, exist_ok=True)
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_CHROMIUM, args=_ARGUMENTS, env={**os.environ, "LANGUAGE": "zh_CN"}
        )
        camera = Camera(browser, address, folder, passwords)
        for walk in (_village, _town, _department, _clerk, _administrator):
            walk(camera)
        browser.close()
    taken = list(folder.glob("*.png"))
    say(f"{len(taken)}张图, 共{sum(one.stat().st_size for one in taken) // 1000} kB: {folder}")


def _village(camera: Camera) -> None:
    page = camera.signed_in("village", PHONE)
    camera.take(page, "feed-phone")
    page.click("a.card")
    page.wait_for_load_state()
    camera.take(page, "lead-phone", height=1500)
    lead = page.url
    page.goto(f"{lead}/visit")
    camera.take(page, "visit-phone", height=1500)
    page.goto(f"{lead}/sheet")
    page.set_viewport_size({"width": 900, "height": 1150})
    camera.take(page, "sheet")


def _town(camera: Camera) -> None:
    page = camera.signed_in("town", DESK)
    camera.take(page, "feed-desk")
    lead = page.locator("a.card").first.get_attribute("href")
    page.goto(f"{camera.address}{lead}")
    camera.take(page, "lead-desk")
    page.goto(f"{camera.address}/board")
    camera.take(page, "board-desk")
    page.goto(f"{camera.address}{lead}/reveals")
    camera.take(page, "reveal-desk")


def _department(camera: Camera) -> None:
    camera.take(camera.signed_in("department", DESK), "feed-department")


def _clerk(camera: Camera) -> None:
    page = camera.signed_in("clerk", DESK)
    page.goto(f"{camera.address}/imports")
    camera.take(page, "receipts-desk")
    page.set_input_files("input[type=file]", HERE / TICKETS)
    page.click("text=上传并查看")
    page.wait_for_selector("text=确认并导入", timeout=60_000)
    camera.take(page, "preview-desk")
    page.click("text=不导入, 删除这个文件")
    page.goto(f"{camera.address}/restricted")
    camera.take(page, "accusations-desk")
    page.locator("ol.cards a.card", has_text="信访目的为揭发控告").first.click()
    camera.take(page, "accusation-desk")
    page.goto(f"{camera.address}/board/petitions")
    camera.take(page, "petitions-board-desk")


def _administrator(camera: Camera) -> None:
    page = camera.signed_in("admin", DESK)
    page.goto(f"{camera.address}/accounts")
    camera.take(page, "accounts-desk")
    page.goto(f"{camera.address}/board/system")
    camera.take(page, "system-board-desk")


def _new_passwords(deployment: Deployment) -> dict[str, str]:
    passwords = {name: make_password() for name in _ACCOUNTS}
    with deployment.store.unit_of_work() as work:
        for name, password in passwords.items():
            work.accounts.set_password(name, hash_password(password))
        work.commit()
    return passwords


@contextmanager
def _served() -> Iterator[str]:
    command = [sys.executable, "-m", "commands", "serve", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own module
        line = server.stderr.readline() if server.stderr else ""
        found = re.search(r"http://\S+", line)
        try:
            if found is None:
                say(f"网页没有启动: {line.strip()}")
                sys.exit(1)
            yield found[0]
        finally:
            server.terminate()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
