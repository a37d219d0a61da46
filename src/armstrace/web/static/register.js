/* The register: keys that move along the lines, rows that open by a click, the slider of days. */
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const lines = () => [...document.querySelectorAll("table.register a.line")];
  const isTyping = (element) => element.matches("input:not([type=checkbox], [type=range]), textarea, select, [contenteditable]");

  const move = (step) => {
    const all = lines();
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.closest("tr").scrollIntoView({ block: "nearest" });
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    "/": () => document.getElementById("field-q")?.select(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !document.getElementById("filters")) return;
    if (event.key === "Escape" && event.target.id === "field-q") {
      event.preventDefault(); /* else it would be emptied */
      event.target.blur();
      return;
    }
    if (isTyping(event.target) || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  document.addEventListener("click", (event) => {
    const row = event.target.closest("table.register tbody tr");
    if (!row || event.target.closest("a, button") || event.defaultPrevented || String(getSelection())) return;
    row.querySelector("a.line").click();
  });

  /* What is empty asks for nothing and has no place in the address. */
  document.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });

  const dayAt = (slider) => {
    const day = new Date(`${slider.dataset.first}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + Number(slider.value));
    return day.toISOString().slice(0, 10);
  };
  const isToday = (slider) => slider.value === slider.max;
  const tell = (slider) => slider.setAttribute("aria-valuetext", isToday(slider) ? "today" : dayAt(slider));
  const ready = () => {
    /* A field that was touched keeps what it was set to, whatever the new page says of it; but where one is typing. */
    for (const field of document.querySelectorAll("form.register input")) {
      if (field === document.activeElement) continue;
      field.checked = field.defaultChecked;
      if (field.type !== "checkbox") field.value = field.defaultValue;
    }
    const slider = document.getElementById("slider");
    if (slider) tell(slider);
  };
  document.addEventListener("input", (event) => {
    if (event.target.id !== "slider") return;
    document.getElementById("field-as_of").value = isToday(event.target) ? "" : dayAt(event.target);
    tell(event.target);
  });
  document.addEventListener("htmx:after:settle", ready);
  document.addEventListener("htmx:after:swap", ready);
  ready();
})();
