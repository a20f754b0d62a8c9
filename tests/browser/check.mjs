/*
 * Opens a page in Chromium as somebody would, and tells as JSON what went wrong: errors in the
 * console, anything it asked the network for, what axe-core finds that a screen reader or weak eyes
 * would stumble over. Prints it to PDF and takes a picture.
 *
 *     node check.mjs PAGE.html OUT.pdf OUT.png
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [page_path, pdf_path, png_path] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const address = pathToFileURL(page_path).href;
const found = { console: [], requests: [], violations: [], checks: 0, lang: null };

const browser = await puppeteer.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
try {
	const page = await browser.newPage();
	await page.setViewport({ width: 1280, height: 900 });
	page.on("console", (message) => {
		if (message.type() === "error" || message.type() === "warn")
			found.console.push(message.text());
	});
	page.on("pageerror", (error) => found.console.push(String(error)));
	page.on("request", (request) => {
		if (request.url() !== address)
			found.requests.push(request.url());
	});
	await page.goto(address, { waitUntil: "load" });
	found.lang = await page.evaluate(() => document.documentElement.lang);
	await page.screenshot({ path: png_path, fullPage: true });
	await page.pdf({ path: pdf_path, preferCSSPageSize: true, printBackground: true });
	await page.evaluate(axe);
	const result = await page.evaluate(() => globalThis.axe.run());
	found.checks = result.passes.length;
	found.violations = result.violations.map((violation) => ({
		id: violation.id,
		help: violation.help,
		nodes: violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)),
	}));
} finally {
	await browser.close();
}
process.stdout.write(JSON.stringify(found) + "\n");
