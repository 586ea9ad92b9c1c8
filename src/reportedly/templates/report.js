// Lights one attribution at a time: pointed at, focused, or held by a click. Reads data attributes, writes no markup.
(() => {
  "use strict";
  const root = document.documentElement;
  const text = document.getElementById("text");
  const list = document.getElementById("list");
  const marks = [...text.querySelectorAll(".mark[data-n]")];
  const markOf = new Map(marks.map((mark) => [mark.dataset.n, mark]));
  const entryOf = new Map([...list.querySelectorAll("li[data-n]")].map((entry) => [entry.dataset.n, entry]));
  const partsOf = new Map(marks.map((mark) => [mark.dataset.n, new Map()]));
  for (const segment of text.querySelectorAll("[data-parts]")) {
    for (const part of segment.dataset.parts.split(" ")) {
      const [n, role] = part.split(":");
      partsOf.get(n).set(segment, role);
    }
  }

  let lit = null;
  let held = null;

  // What is under this element: the innermost attribution, which its parts name last.
  const at = (element) => {
    const found = element instanceof Element ? element.closest("[data-n], [data-parts]") : null;
    if (!found) return null;
    return found.dataset.n ?? found.dataset.parts.split(" ").pop().split(":")[0];
  };
  const focused = () => at(document.activeElement);

  const paint = (n, on) => {
    if (n === null) return;
    for (const [segment, role] of partsOf.get(n)) {
      if (on) segment.dataset.lit = role;
      else delete segment.dataset.lit;
    }
    for (const element of [markOf.get(n), entryOf.get(n)]) element.toggleAttribute("data-lit", on);
  };

  const light = (n) => {
    if (n === lit) return;
    paint(lit, false);
    paint(n, true);
    lit = n;
    text.classList.toggle("focused", n !== null);
  };

  // Brings the list's entry into view by scrolling the list alone.
  const follow = (n) => {
    const entry = entryOf.get(n);
    if (!entry || list.scrollHeight <= list.clientHeight) return;
    const away = entry.getBoundingClientRect().top - list.getBoundingClientRect().top;
    if (away < 0 || away + entry.offsetHeight > list.clientHeight) list.scrollTop += away - list.clientHeight / 3;
  };

  const card = document.createElement("aside");
  card.className = "card";
  card.hidden = true;
  card.setAttribute("aria-label", "Attribution");
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => hold(null));
  document.body.append(card);

  const hold = (n) => {
    entryOf.get(held)?.classList.remove("pinned");
    held = n;
    light(n);
    card.hidden = n === null;
    if (n !== null) {
      entryOf.get(n).classList.add("pinned");
      card.replaceChildren(...[...entryOf.get(n).children].map((child) => child.cloneNode(true)), close);
      card.querySelector("a").href = "#" + entryOf.get(n).id;
      follow(n);
    }
    try {
      history.replaceState(null, "", n === null ? location.pathname + location.search : "#" + markOf.get(n).id);
    } catch {} // A page shown inside another may not own its address.
  };

  const show = (n) => {
    markOf.get(n).scrollIntoView({ block: "center" });
  };

  const step = (by) => {
    if (!marks.length) return;
    const from = marks.indexOf(markOf.get(held ?? focused() ?? lit));
    const to = marks[from < 0 ? (by > 0 ? 0 : marks.length - 1) : (from + by + marks.length) % marks.length];
    to.focus({ preventScroll: true });
    if (held !== null) hold(to.dataset.n);
    show(to.dataset.n);
  };

  // A page that scrolls under a still pointer is no pointing.
  let x = -1;
  let y = -1;
  const moved = (event) => event.screenX !== x || event.screenY !== y;
  document.addEventListener("pointermove", (event) => {
    [x, y] = [event.screenX, event.screenY];
  });
  // A pointer that only passes does not make the page flicker.
  let resting = 0;
  const point = (n, place) => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      if (held !== null) return;
      light(n ?? focused());
      if (place === text) follow(lit);
    }, 60);
  };
  for (const place of [text, list]) {
    place.addEventListener("pointerover", (event) => {
      if (moved(event)) point(at(event.target), place);
    });
    place.addEventListener("pointerleave", (event) => {
      if (moved(event)) point(null, place);
    });
  }

  document.addEventListener("focusin", (event) => {
    const n = at(event.target);
    if (n === null || held !== null) return;
    light(n);
    if (text.contains(event.target)) follow(n);
  });
  document.addEventListener("focusout", () => {
    if (held === null) light(null);
  });

  text.addEventListener("click", (event) => {
    const n = at(event.target);
    if (event.target.closest(".mark[data-n]")) event.preventDefault();
    else if (!getSelection().isCollapsed || event.target.closest("a")) return;
    hold(n === held ? null : n);
  });
  list.addEventListener("click", (event) => {
    const n = at(event.target);
    if (n === null || !getSelection().isCollapsed) return;
    event.preventDefault();
    hold(n);
    show(n);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
    if (event.key === "Escape") {
      hold(null);
      light(null);
    } else if (["j", "ArrowRight"].includes(event.key)) step(1);
    else if (["k", "ArrowLeft"].includes(event.key)) step(-1);
  });

  const visit = () => {
    const target = document.getElementById(location.hash.slice(1));
    const n = at(target);
    if (n === null) return;
    hold(n);
    if (text.contains(target)) show(n);
  };
  addEventListener("hashchange", visit);

  for (const link of list.querySelectorAll(".sign")) link.tabIndex = -1; // One Tab stop for each: the mark in the text.
  root.classList.add("js");
  visit();
})();
