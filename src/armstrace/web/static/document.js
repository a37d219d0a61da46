/* A document's page: a claim that is pointed at or has the focus lights up its words, and the words their claim. */
"use strict";
(() => {
  const reader = document.querySelector(".reader");
  if (!reader) return;

  const numbersOf = (element) => {
    const card = element.closest("[data-claim]");
    if (card) return [card.dataset.claim];
    const words = element.closest("[data-claims]");
    return words ? words.dataset.claims.trim().split(" ") : [];
  };
  const light = (element) => {
    const numbers = element instanceof Element ? numbersOf(element) : [];
    const wanted = numbers.flatMap((n) => [`[data-claim="${n}"]`, `[data-claims~="${n}"]`]).join(",");
    for (const one of reader.querySelectorAll(".lit")) if (!wanted || !one.matches(wanted)) one.classList.remove("lit");
    if (wanted) for (const one of reader.querySelectorAll(wanted)) one.classList.add("lit");
  };
  const rest = () => light(reader.contains(document.activeElement) ? document.activeElement : null);

  reader.addEventListener("pointerover", (event) => (numbersOf(event.target).length ? light(event.target) : rest()));
  reader.addEventListener("pointerleave", rest);
  reader.addEventListener("focusin", (event) => light(event.target));
  reader.addEventListener("focusout", (event) => event.relatedTarget || light(null));

  /* Of a long text only a part is shown; the server does not see which claim a link asks for. */
  const claim = /^#claim-([A-Za-z0-9]+)$/.exec(location.hash);
  const asked = new URLSearchParams(location.search).get("claim");
  if (claim && asked !== claim[1] && !document.getElementById(location.hash.slice(1))) {
    location.replace(`?claim=${claim[1]}${location.hash}`);
  }
})();
