// Lights one attribution or one source at a time: pointed at, focused, or held by a click. An attribution also lights the
// other mentions of its source. Reads data attributes, writes no markup.
(() => {
  "use strict";
  const root = document.documentElement;
  const text = document.getElementById("text");
  const list = document.getElementById("list");
  const sources = document.getElementById("sources");
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

  // A source is called "s" and its number; an attribution is called by its number alone.
  const itemOf = new Map([...document.querySelectorAll("#sources li")].map((item) => ["s" + item.dataset.source, item]));
  const mentionsOf = new Map([...itemOf.keys()].map((key) => [key, []]));
  for (const segment of text.querySelectorAll("[data-mentions]")) {
    for (const source of segment.dataset.mentions.split(" ")) mentionsOf.get("s" + source).push(segment);
  }
  const claimsOf = new Map([...itemOf.keys()].map((key) => [key, []]));
  for (const [n, entry] of entryOf) {
    if (entry.dataset.by !== undefined) claimsOf.get("s" + entry.dataset.by).push(entry, markOf.get(n));
  }

  let lit = null;
  let held = null;

  // What is under this element: the innermost attribution, which its parts name last; else the source it belongs to.
  const at = (element) => {
    const found = element instanceof Element ? element.closest("[data-n], [data-parts], [data-mentions], [data-source]") : null;
    if (!found) return null;
    const { n, parts, mentions, source } = found.dataset;
    return n ?? parts?.split(" ").pop().split(":")[0] ?? "s" + (source ?? mentions.split(" ").pop());
  };
  const focused = () => at(document.activeElement);

  const paintSource = (key, on) => {
    itemOf.get(key).toggleAttribute("data-lit", on);
    for (const segment of mentionsOf.get(key)) segment.toggleAttribute("data-same", on);
  };

  const paint = (n, on) => {
    if (n === null) return;
    if (itemOf.has(n)) {
      paintSource(n, on);
      for (const element of claimsOf.get(n)) element.toggleAttribute("data-same", on);
      return;
    }
    const by = entryOf.get(n).dataset.by;
    if (by !== undefined) paintSource("s" + by, on);
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
    const entry = entryOf.get(n) ?? claimsOf.get(n)?.[0];
    if (!entry || list.scrollHeight <= list.clientHeight) return;
    const away = entry.getBoundingClientRect().top - list.getBoundingClientRect().top;
    if (away < 0 || away + entry.offsetHeight > list.clientHeight) list.scrollTop += away - list.clientHeight / 3;
  };

  const card = document.createElement("aside");
  card.className = "card";
  card.hidden = true;
  card.setAttribute("aria-label", "What is held");
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => hold(null));
  document.body.append(card);

  const told = (n) => entryOf.get(n) ?? itemOf.get(n);

  const hold = (n) => {
    told(held)?.classList.remove("pinned");
    held = n;
    light(n);
    card.hidden = n === null;
    card.classList.toggle("of-source", itemOf.has(n));
    if (n !== null) {
      told(n).classList.add("pinned");
      card.replaceChildren(...[...told(n).children].map((child) => child.cloneNode(true)), close);
      if (entryOf.has(n)) card.querySelector("a").href = "#" + entryOf.get(n).id;
      follow(n);
    }
    try {
      const place = (markOf.get(n) ?? itemOf.get(n))?.id;
      history.replaceState(null, "", place ? "#" + place : location.pathname + location.search);
    } catch {} // A page shown inside another may not own its address.
  };

  const show = (n) => {
    (markOf.get(n) ?? itemOf.get(n)).scrollIntoView({ block: "center" });
  };

  const narrow = matchMedia("(max-width: 999px)"); // no list beside the text: the card shows what is stepped to
  const step = (by) => {
    if (!marks.length) return;
    const from = marks.indexOf(markOf.get(held ?? focused() ?? lit));
    const to = marks[from < 0 ? (by > 0 ? 0 : marks.length - 1) : (from + by + marks.length) % marks.length];
    to.focus({ preventScroll: true });
    if (held !== null || narrow.matches) hold(to.dataset.n);
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
  for (const place of [text, list, sources]) {
    place?.addEventListener("pointerover", (event) => {
      if (moved(event)) point(at(event.target), place);
    });
    place?.addEventListener("pointerleave", (event) => {
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
  const leads = (event) => event.target.closest("a:not(.sign), button, summary"); // what has a purpose of its own
  list.addEventListener("click", (event) => {
    const n = at(event.target);
    if (n === null || !getSelection().isCollapsed || leads(event)) return;
    event.preventDefault();
    hold(n);
    show(n);
  });

  // A source's links lead to its mentions, which stay lit; a click beside them holds the source where the reader is.
  const toMention = (event, n) => {
    const link = event.target.closest(".places a");
    if (link && n !== null) {
      event.preventDefault();
      hold(n);
      document.getElementById(link.hash.slice(1)).scrollIntoView({ block: "center" });
    }
    return link;
  };
  card.addEventListener("click", (event) => toMention(event, held));
  sources?.addEventListener("click", (event) => {
    const n = at(event.target);
    if (toMention(event, n) || n === null || !getSelection().isCollapsed || leads(event)) return;
    hold(n === held ? null : n);
    card.hidden = true;
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
    if (event.key === "Escape") {
      clearTimeout(resting); // of a pointer that came to rest just before
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
    if (text.contains(target)) target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", visit);

  for (const link of list.querySelectorAll(".sign")) link.tabIndex = -1; // One Tab stop for each: the mark in the text.
  root.classList.add("js");
  visit();
})();
