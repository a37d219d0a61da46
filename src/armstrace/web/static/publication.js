/* Filters and sorts the register of a publication. Without it the register is a plain list, page by page. */
"use strict";

(() => {
  const MOST = 500; // lines shown at once
  const form = document.getElementById("filters");
  const body = document.querySelector("#lines tbody");
  const told = document.getElementById("told");
  const pages = document.querySelector("nav.pages");
  const asIs = { rows: [...body.children], told: told.textContent };
  // The order of the values in a line: see publication/lines.py.
  const NAMES = "id route items number status day denied affirming notShown denying credibility marks first last suppliers recipients".split(" ");
  const ORDERS = {
    last: (a, b) => (a.last < b.last) - (a.last > b.last),
    route: (a, b) => a.route.localeCompare(b.route, "en"),
    for: (a, b) => b.affirming - a.affirming || b.notShown - a.notShown,
    against: (a, b) => b.denying - a.denying,
    credibility: (a, b) => a.credibility - b.credibility,
  };
  let all = null;
  let held = new URLSearchParams(); // what a link of another page asks for: supplier, recipient, measure

  const make = (name, words, className) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (words !== undefined) made.textContent = words;
    return made;
  };
  const link = (words, address, className) => {
    const made = make("a", words, className);
    made.setAttribute("href", address);
    return made;
  };
  const cell = (name, ...parts) => {
    const made = make("td");
    made.dataset.name = name;
    const inner = make("span");
    for (const part of parts) inner.append(part, " ");
    made.append(inner);
    return made;
  };
  const markLine = ([tag, words, keys]) => {
    const made = make("span", undefined, "mark-line");
    made.append(make("span", words, `tag ${tag}`));
    for (const key of keys) made.append(" ", link(key, `law.html#${encodeURIComponent(key)}`, "small"));
    return made;
  };
  const row = (line) => {
    const made = make("tr");
    const head = make("th");
    head.scope = "row";
    head.append(link(line.route, `transfers/${encodeURIComponent(line.id)}.html`), make("span", line.items, "items"));
    const origins = [make("span", `${line.affirming} for`, "tag affirmed")];
    if (line.notShown) origins.push(make("span", `${line.notShown} not shown`, "tag"));
    if (line.denying) origins.push(make("span", `${line.denying} against`, "tag denied"));
    const days = make("span", line.first || "no date", "days");
    if (line.last !== line.first) days.append(" ", make("span", `to ${line.last}`, "quiet"));
    const credibility = cell("Credibility", String(line.credibility));
    credibility.className = "number";
    made.append(
      head,
      cell("Number", line.number),
      cell("Status", make("span", line.status, `tag ${line.denied ? "denied" : "accent"}`), make("span", line.day, "small quiet day")),
      cell("Origins", ...origins),
      credibility,
      cell("Law", ...(line.marks.length ? line.marks.map(markLine) : [make("span", "none", "quiet")])),
      cell("Reported", days),
    );
    return made;
  };

  const tests = (asked) => {
    const words = asked.words.toLocaleLowerCase("en").split(/\s+/).filter(Boolean);
    const found = [];
    if (words.length) found.push((line) => words.every((word) => line.text.includes(word)));
    if (asked.status) found.push((line) => line.status === asked.status);
    if (asked.law === "none") found.push((line) => !line.marks.length);
    else if (asked.law) found.push((line) => line.marks.some((mark) => mark[1] === asked.law));
    if (asked.from) found.push((line) => line.last >= asked.from);
    if (asked.to) found.push((line) => line.first && line.first <= asked.to);
    if (held.get("supplier")) found.push((line) => line.suppliers.includes(held.get("supplier")));
    if (held.get("recipient")) found.push((line) => line.recipients.includes(held.get("recipient")));
    if (held.get("measure")) found.push((line) => line.marks.some((mark) => mark[2].includes(held.get("measure"))));
    return found;
  };
  const show = () => {
    const asked = Object.fromEntries(new FormData(form));
    const wanted = tests(asked);
    if (pages) pages.hidden = wanted.length > 0 || Boolean(asked.sort);
    if (!wanted.length && !asked.sort) {
      body.replaceChildren(...asIs.rows);
      told.textContent = asIs.told;
      return;
    }
    const found = all.filter((line) => wanted.every((test) => test(line)));
    if (asked.sort) found.sort(ORDERS[asked.sort]);
    body.replaceChildren(...found.slice(0, MOST).map(row));
    const route = [...held].map(([name, value]) => `${name} ${value}`).join(", ");
    const more = found.length > MOST ? `; the first ${MOST} are shown` : "";
    told.textContent = `${found.length} of ${all.length} lines${route ? ` (${route})` : ""}${more}.`;
  };
  const read = () => {
    /* global LINES */
    all = LINES.map((values) => {
      const line = Object.fromEntries(NAMES.map((name, place) => [name, values[place]]));
      line.text = [line.route, line.items, line.number, line.id, ...line.suppliers, ...line.recipients].join(" ").toLocaleLowerCase("en");
      return line;
    });
  };
  let waiting = false;
  const update = () => {
    if (all) return show();
    if (waiting) return;
    waiting = true;
    const script = make("script"); // a page from the disk may not fetch, but it may load a script beside it
    script.src = form.dataset.lines;
    script.addEventListener("load", () => { read(); show(); });
    script.addEventListener("error", () => { told.textContent = "The lines could not be loaded; the list below is whole, page by page."; });
    document.head.append(script);
  };
  const follow = () => {
    held = new URLSearchParams(location.hash.slice(1));
    for (const name of [...held.keys()]) if (!["supplier", "recipient", "measure"].includes(name)) held.delete(name);
    if (held.size || all) update();
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", update);
  form.addEventListener("reset", () => {
    held = new URLSearchParams();
    if (location.hash) location.hash = "";
    setTimeout(update); // once the fields are empty
  });
  addEventListener("hashchange", follow);
  follow();
})();
