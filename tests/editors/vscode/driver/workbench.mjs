// Drives VS Code in Chromium the way a person does: by what can be read on the screen.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const SIZE = { width: 1280, height: 800 };
const POLL_MS = 100;
const MENU_MS = 5000;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Opens `job.file` in a fresh browser and calls `act(workbench)`; a failure leaves a screenshot. */
export async function drive(job, act) {
  const { chromium } = createRequire(`${job.codeServer}/package.json`)("playwright-core");
  const browser = await chromium.launch({ executablePath: job.chromium, args: FLAGS });
  const page = await browser.newPage({ viewport: SIZE });
  page.setDefaultTimeout(job.patienceMs);
  try {
    await page.goto(addressOf(job));
    const workbench = new Workbench(page, job);
    await workbench.sees(job.firstText);
    return await act(workbench);
  } catch (error) {
    await page.screenshot({ path: job.failureImage });
    throw error;
  } finally {
    await browser.close();
  }
}

function addressOf(job) {
  const remote = `vscode-remote://${new URL(job.url).host}${job.file}`;
  const payload = JSON.stringify([["openFile", remote]]);
  return `${job.url}?folder=${job.folder}&payload=${encodeURIComponent(payload)}`;
}

class Workbench {
  constructor(page, job) {
    this.page = page;
    this.job = job;
  }

  /** Waits until `text` (a string or a pattern) can be read somewhere. */
  async sees(text) {
    const found = this.page.getByText(text).filter({ visible: true }).first();
    await found.waitFor();
    return (await found.innerText()).replace(/\u00a0/g, " ");
  }

  async gone(text) {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor({ state: "hidden" });
  }

  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  async type(text) {
    await this.page.keyboard.type(text);
  }

  /** Runs a command from the Command Palette by its title. */
  async command(title) {
    await this.press("F1");
    await this.page.getByRole("textbox", { name: /type the name of a command/i }).fill(`>${title}`);
    const option = this.page.getByRole("option", { name: title }).first();
    await option.waitFor();
    await option.click();
  }

  /** Puts the cursor at a place, both numbers from one. */
  async goTo(line, column) {
    await this.press("Control+1", "Control+g");
    await this.sees(/line number/);
    await this.type(`${line}:${column}`);
    await this.press("Enter");
  }

  /** The colours in which the words of the first line with `text` are drawn, by word. */
  async coloursOf(text) {
    const line = this.page.locator(".view-line").filter({ hasText: text }).first();
    const drawn = await line.locator("span > span").evaluateAll((spans) =>
      spans.map((span) => [span.textContent, getComputedStyle(span).color]),
    );
    return Object.fromEntries(drawn.map(([word, colour]) => [word.replace(/\u00a0/g, " "), colour]));
  }

  /** Waits until `text` can be read in the page that an extension shows; gives the whole page. */
  async seesInPage(text) {
    await this.webview().getByText(text).filter({ visible: true }).first().waitFor();
    return this.webview().locator("body").innerText();
  }

  async clickInPage(text) {
    await this.webview().getByText(text).first().click();
  }

  webview() {
    return this.page.frameLocator("iframe.webview").frameLocator("#active-frame");
  }

  /** Answers the input box that shows `hint`. */
  async answer(hint, text) {
    const box = this.page.getByPlaceholder(hint).or(this.page.getByText(hint)).first();
    await box.waitFor();
    await this.type(text);
    await this.press("Enter");
  }

  /** Takes an entry of the list that is open. */
  async choose(title) {
    await this.page.getByRole("option", { name: title }).first().click();
  }

  async click(text) {
    await this.page.getByText(text).filter({ visible: true }).first().click();
  }

  /** Waits until what is typed goes into a cell of a notebook. */
  async isInCell() {
    await this.page.locator(".notebookOverlay .monaco-editor.focused").waitFor();
  }

  async clickButton(name) {
    await this.page.getByRole("button", { name }).first().click();
  }

  async buttonGone(name) {
    await this.page.getByRole("button", { name }).first().waitFor({ state: "hidden" });
  }

  /**
   * Opens the menu of code actions at the cursor and takes the one that says `title`. VS Code drops
   * a menu asked for just after the cursor moved: then it is asked for again, with `keys`.
   */
  async chooseAction(title, keys = ["Escape", "Control+."]) {
    const option = this.page.getByRole("option", { name: title }).first();
    await this.until(async () => {
      await this.press(...keys);
      return option.waitFor({ timeout: MENU_MS }).then(
        () => true,
        () => false,
      );
    }, `the menu has no "${title}"`);
    // The menu takes no click before the mouse has moved.
    await option.hover({ force: true });
    await option.click();
  }

  /** Waits until the file, which VS Code saves by itself, passes `test`; gives its text. */
  async savedText(test) {
    return this.until(() => {
      const text = readFileSync(this.job.file, "utf8");
      return test(text) ? text : null;
    }, "the file on disk is not as expected");
  }

  /** What is suggested in grey on the cursor's line; hints that stand in the text are none of it. */
  async greyText() {
    const grey = this.page.locator(".editor-instance .view-line .ghost-text-decoration");
    return (await grey.allTextContents()).join("").replace(/\u00a0/g, " ").trim();
  }

  /** Waits until `probe` gives something; `problem` says what did not happen. */
  async until(probe, problem) {
    const deadline = Date.now() + this.job.patienceMs;
    for (;;) {
      const value = await probe();
      if (value) {
        return value;
      }
      if (Date.now() > deadline) {
        throw new Error(problem);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async screenshot(path) {
    await this.page.screenshot({ path, animations: "disabled" });
  }
}
