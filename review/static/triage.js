"use strict";
// Keys for a desk with many leads. Everything they do a mouse or a finger can do too.
(() => {
  const cards = [...document.querySelectorAll("a.card")];
  const help = document.querySelector(".keys");
  let at = -1;
  const go = (to) => {
    if (!cards.length) return;
    at = Math.max(0, Math.min(cards.length - 1, to));
    cards[at].focus();
    cards[at].scrollIntoView({ block: "nearest" });
  };
  const current = () => cards.indexOf(document.activeElement);
  const box = () => cards[current()]?.parentElement.querySelector(".pick");
  const keys = {
    j: () => go(Math.max(current(), at) + 1),
    k: () => go((current() < 0 ? at : current()) - 1),
    x: () => { const pick = box(); if (pick) pick.checked = !pick.checked; },
    a: () => {
      const form = document.getElementById("many");
      const pick = box();
      if (!form) return;
      if (pick && !document.querySelector(".pick:checked")) pick.checked = true;
      document.getElementById("many-reason").focus();
    },
    "/": () => document.getElementById("q").focus(),
    "?": () => { help.hidden = !help.hidden; },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
