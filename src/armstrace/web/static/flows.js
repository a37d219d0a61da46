/* Map and network: what is pointed at, or has the focus, stands out with all that leads to it or from it. */
"use strict";
(() => {
  const sheet = (element) => (element instanceof Element ? element.closest("svg.map, svg.network") : null);
  const clear = (picture) => {
    picture.classList.remove("pointed");
    for (const one of picture.querySelectorAll(".lit")) one.classList.remove("lit");
  };
  const light = (picture, pointed) => {
    const { state, from, to } = pointed.dataset;
    const partners = new Set(state === undefined ? [from, to] : [state]);
    const lines = [...picture.querySelectorAll("[data-from]")].filter((line) =>
      state === undefined ? line === pointed : line.dataset.from === state || line.dataset.to === state);
    for (const line of lines) {
      line.classList.add("lit");
      partners.add(line.dataset.from).add(line.dataset.to);
    }
    for (const one of picture.querySelectorAll("[data-state]")) if (partners.has(one.dataset.state)) one.classList.add("lit");
    picture.classList.add("pointed");
  };
  const follow = (event) => {
    const picture = sheet(event.target);
    if (!picture) return;
    clear(picture);
    const active = picture.contains(document.activeElement) ? document.activeElement : null;
    const pointed = event.target.closest("[data-state], [data-from]") || (active && active.closest("[data-state], [data-from]"));
    if (pointed) light(picture, pointed);
  };
  const leave = (event) => {
    const picture = sheet(event.target);
    if (picture && sheet(event.relatedTarget) !== picture) clear(picture);
  };
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, follow);
  for (const name of ["pointerout", "focusout"]) document.addEventListener(name, leave);
})();
