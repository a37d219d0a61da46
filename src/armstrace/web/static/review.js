/* The review of a claim: its words in view, and keys for its buttons. Everything else are links and forms. */
"use strict";
(() => {
  const page = document.querySelector("[data-review]");
  if (!page) return;
  const text = page.querySelector(".text");
  const evidence = document.getElementById(text.dataset.evidence);
  if (evidence) text.scrollTop += evidence.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  const wrong = page.querySelector(".field [aria-invalid]") ||
    page.querySelector(".field > .field-error")?.closest("fieldset").querySelector("input, select");
  (page.querySelector("#stale") || wrong || page.querySelector("#problem"))?.focus();

  const form = document.getElementById("correct-form");
  const fields = () => [...form.querySelectorAll("[name]")].filter((one) => one.type !== "hidden");
  const held = (one) => form.elements[`was.${one.name}`]?.value;
  const isChanged = (one) => (one.type === "checkbox" ? one.checked : held(one) !== undefined && one.value.trim() !== held(one));
  const changed = () => fields().filter(isChanged);
  const note = (words) => { document.getElementById("key-note").textContent = words; };

  form.addEventListener("input", (event) => {
    event.target.closest(".control")?.classList.toggle("changed", isChanged(event.target));
    note("");
  });

  /* What was entered is lost by no other button, and nothing is sent twice. */
  let isSent = false;
  const unsaved = "You changed fields: save them by c, or put them back, before anything else.";
  page.addEventListener("submit", (event) => {
    if (isSent || (event.target !== form && changed().length)) {
      event.preventDefault();
      if (!isSent) note(unsaved);
      return;
    }
    isSent = true;
  });
  addEventListener("beforeunload", (event) => { if (!isSent && changed().length) event.preventDefault(); });
  addEventListener("pageshow", () => { isSent = false; });

  const press = (key) => page.querySelector(`[data-key="${key}"]`)?.click();
  const correct = () => {
    if (changed().length) return press("c");
    const doubtful = form.querySelector("[data-changed] select, [data-changed] input:not([type=hidden])");
    (doubtful || fields()[0]).focus();
    return undefined;
  };
  const reject = () => {
    const why = document.getElementById("reject-why");
    if (why.value.trim()) press("r");
    else why.focus();
  };
  const help = () => {
    const keys = document.getElementById("keys");
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  };
  const acts = { c: correct, r: reject, "?": help };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea");
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    if (!acts[event.key] && !/^[adnpsu]$/.test(event.key)) return;
    event.preventDefault();
    if (acts[event.key]) acts[event.key]();
    else press(event.key);
  });
})();
