"""Debian's Chromium for the report tests. Skipped with the reason where it is absent; in CI that is a failure."""

from __future__ import annotations

import base64
import os
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parents[1] / "browser" / "node_modules" / "axe-core" / "axe.min.js"
HELP = "run tests/browser/setup.sh"
A4, LETTER = (8.27, 11.69), (8.5, 11.0)


def need(missing: str | None) -> None:
    """Skip because something is missing, or fail where everything has to be there."""
    if missing is None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{missing}; {HELP}")
    pytest.skip(f"{missing}; {HELP}")


class Browser:
    """A headless Chromium, one page at a time."""

    def __init__(self) -> None:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        driver = shutil.which("chromedriver")
        need(None if chromium else "chromium is not installed")
        need(None if driver else "chromedriver is not installed")
        try:
            from selenium import webdriver
        except ImportError:
            need("selenium is not installed")
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for argument in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "hide-scrollbars"):
            options.add_argument(f"--{argument}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))

    def close(self) -> None:
        self.driver.quit()

    def cdp(self, command: str, **arguments: Any) -> Any:
        return self.driver.execute_cdp_cmd(command, arguments)

    def open(
        self, file: Path, *, width: int = 1280, dark: bool = False, scripts: bool = True, fragment: str = ""
    ) -> None:
        self.cdp("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.cdp("Emulation.setEmulatedMedia", features=[scheme])
        self.driver.get_log("browser")
        # A fragment alone would not load the page again.
        self.driver.get("about:blank")
        self.driver.get(file.as_uri() + fragment)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait_for(self, script: str) -> Any:
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, 20).until(lambda _: self.run(script))

    def click(self, selector: str) -> None:
        from selenium.webdriver.common.by import By

        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def faults(self) -> list[dict[str, Any]]:
        """The serious and critical findings of axe-core."""
        need(None if AXE.is_file() else "axe-core is not installed")
        self.run(AXE.read_text(encoding="utf-8"))
        done = self.driver.execute_async_script(
            "const done = arguments[0];"
            "axe.run(document, {resultTypes: ['violations']}).then("
            "(found) => done({found: found.violations, rules: found.passes.length}), (error) => done(String(error)))"
        )
        assert isinstance(done, dict), done
        assert done["rules"] > 15, "axe-core tried its rules"
        return [
            {"rule": item["id"], "at": [node["html"][:200] for node in item["nodes"][:3]]}
            for item in done["found"]
            if item["impact"] in {"serious", "critical"}
        ]

    def pdf(self, paper: tuple[float, float]) -> list[str]:
        """The text of each page as printed."""
        import pypdfium2

        data = self.cdp(
            "Page.printToPDF", printBackground=True, paperWidth=paper[0], paperHeight=paper[1], preferCSSPageSize=False
        )["data"]
        document = pypdfium2.PdfDocument(BytesIO(base64.b64decode(data)))
        return [page.get_textpage().get_text_bounded() for page in document]
