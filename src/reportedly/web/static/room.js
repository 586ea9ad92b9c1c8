// Keys for reading and reviewing: everything they do, a link or a form on the page does too. Moves the focus and sends
// forms; writes no markup.
const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]");
const said = [...document.querySelectorAll(".said[tabindex]")];
const column = document.getElementById("text");

// The claim that was stepped to or focused last: selecting words with the mouse takes the focus away.
let last = null;

// The claim that is meant: the one that is held, focused or led to; on a page of one claim, that one.
const current = () =>
  document.querySelector("#list li.pinned[data-record]") ??
  document.activeElement?.closest?.("[data-record]") ??
  markedBy(document.activeElement) ??
  document.querySelector("#list li[data-lit][data-record], .said:target") ??
  document.querySelector(".verdict[data-record]");

const markedBy = (element) => {
  const n = element?.closest?.(".mark[data-n]")?.dataset.n;
  return n === undefined ? null : document.querySelector(`#list li[data-n="${n}"][data-record]`);
};

const decide = (action) => {
  // What was decided just now is what is undone first, wherever the focus went then.
  const button =
    document.querySelector(`.done button[value="${action}"]`) ??
    current()?.querySelector(`.decide button[value="${action}"]`);
  button?.form.requestSubmit(button);
};

// What is rejected, also by undoing an undo, leaves its account: the next claim is where to go on, behind the last one
// the one before.
const goOn = (form, action) => {
  const rejects = action === "reject" || (action === "undo" && "rejects" in form.dataset);
  if (!rejects || !["question", "account"].includes(document.body.dataset.page)) return;
  const own = form.closest(".said") ?? document.getElementById(form.elements.back.value.split("#")[1] ?? "");
  const at = said.indexOf(own);
  const next = at < 0 ? null : (said[at + 1] ?? said[at - 1]);
  if (next) form.elements.back.value = `${location.pathname}#${next.id}`;
};

const step = (by) => {
  if (!said.length) return;
  const from = said.indexOf(current()?.closest(".said"));
  const to = said[from < 0 ? (by > 0 ? 0 : said.length - 1) : (from + by + said.length) % said.length];
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "center" });
};

// Python counts characters, JavaScript halves of some: both ends are counted in characters of the whole text.
const place = (range) => {
  const before = document.createRange();
  before.setStart(column, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = [...before.toString()].length;
  return [start, start + [...range.toString()].length];
};

const correct = () => {
  const selection = getSelection();
  const held = document.querySelector("#list li.pinned[data-record]") ?? last ?? current();
  const record = held?.dataset.record;
  const form = document.getElementById("span");
  if (!form || !record || selection.isCollapsed || !column.contains(selection.getRangeAt(0).commonAncestorContainer)) {
    edit();
    return;
  }
  const [start, end] = place(selection.getRangeAt(0));
  Object.assign(form.elements.record, { value: record });
  Object.assign(form.elements.back, { value: `${location.pathname}#${record}` });
  Object.assign(form.elements.start, { value: start });
  Object.assign(form.elements.end, { value: end });
  form.requestSubmit();
};

const edit = (field = "") => {
  const link = current()?.querySelector(".decide a.edit");
  const own = document.getElementById(field || "note");
  if (own?.form) own.focus();
  else if (link) location.href = link.href + (field ? `#${field}` : "#review");
};

const keys = {
  a: () => decide("accept"),
  r: () => decide("reject"),
  u: () => decide("undo"),
  e: correct,
  n: () => edit("note"),
  "/": () => document.getElementById("find").focus(),
  j: () => step(1),
  k: () => step(-1),
};

document.addEventListener("focusin", (event) => {
  last = event.target.closest?.("[data-record]") ?? markedBy(event.target) ?? last;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  if (!Object.hasOwn(keys, event.key)) return;
  if (event.key === "/") event.preventDefault();
  keys[event.key]();
});

// What was kept is closed where the reader is, and stays closed.
document.querySelector(".done .close")?.addEventListener("click", (event) => {
  event.preventDefault();
  event.target.closest(".done").remove();
  history.replaceState(null, "", location.pathname + location.hash);
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  else goOn(event.target, event.submitter?.value);
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What undoes a decision leads back to its claim; where the page does not know it (an undo), to the one we were led to.
const back = document.querySelector(".done")?.elements.back;
if (back && !back.value.includes("#") && back.value === location.pathname) back.value += location.hash;

// The end of the address may lead to a claim: then keys mean it. A note that was asked for can be written at once.
const target = document.getElementById(location.hash.slice(1));
if (target?.matches(".said[tabindex], textarea")) target.focus({ preventScroll: target.matches(".said") });

// The timeline begins at the days of the reports where it is wider than the page.
for (const box of document.querySelectorAll(".timeline")) {
  const days = [...box.querySelectorAll(".axis .published")].map((day) => day.getBoundingClientRect().left);
  const names = box.querySelector(".names").getBoundingClientRect();
  const room = box.getBoundingClientRect().right - names.right;
  if (days.length && box.scrollWidth > box.clientWidth + 1) box.scrollLeft = Math.min(...days) - names.right - room / 2;
}
