/** The sign-up project: a message for each field while typing, and the result of submitting. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { eventually, screenshots } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const PASSWORD = "lovelace-1815";

const site = useSite();

const input = (tab, label) => tab.page.getByLabel(label, { exact: true });
const submit = (tab) => tab.page.getByRole("button", { name: "Sign up", exact: true }).click();
const says = (tab, field, message) =>
  eventually(async () => {
    assert.equal(await tab.page.getByTestId(`${field}-message`).textContent(), message);
  });

async function fill(tab) {
  await input(tab, "Name").fill("Ada");
  await input(tab, "Email").fill("ada@example.org");
  await input(tab, "Password").fill(PASSWORD);
  await input(tab, "Repeat the password").fill(PASSWORD);
}

test("each field is checked while it is typed, the others are left alone", async (context) => {
  const tab = await site.open(context, "signup");
  await input(tab, "Email").pressSequentially("ada");
  await says(tab, "email", "This does not look like an email address.");
  await says(tab, "name", "");
  await input(tab, "Email").pressSequentially("@example.org");
  await says(tab, "email", "");
  await input(tab, "Password").fill("short");
  await says(tab, "password", "At least 10 characters, please.");
  await input(tab, "Password").fill("lovelacelovelace");
  await says(tab, "password", "Mix letters with digits or signs.");
  await input(tab, "Password").fill(PASSWORD);
  await says(tab, "password", "");
  await input(tab, "Repeat the password").fill("something else");
  await says(tab, "repeat", "The two passwords differ.");
  await screenshots(tab.page, "signup");
});

test("an empty form is sent back with a message for each field", async (context) => {
  const tab = await site.open(context, "signup");
  await submit(tab);
  await says(tab, "name", "Please tell us your name.");
  await says(tab, "email", "This does not look like an email address.");
  await says(tab, "password", "At least 10 characters, please.");
  await tab.page.getByText("Some fields need another look.").waitFor();
});

test("the terms must be accepted, then the visitor is welcome", async (context) => {
  const tab = await site.open(context, "signup");
  await fill(tab);
  await submit(tab);
  await tab.page.getByText("Please accept the terms.").waitFor();
  await tab.page.getByText("I accept the terms").click();
  await eventually(async () => assert.ok(await tab.page.getByRole("checkbox").isChecked()));
  await submit(tab);
  await tab.page.getByRole("heading", { name: "Welcome, Ada!" }).waitFor();

  await tab.page.getByRole("button", { name: "Sign someone else up" }).click();
  await eventually(async () => assert.equal(await input(tab, "Email").inputValue(), ""));
  await says(tab, "email", "");
});
