/* The page's own behaviour: large type, cards, copying, counting. Loads nothing, keeps one preference. */
(() => {
  "use strict";
  const LARGE_TYPE = "huxz-large-type";
  const root = document.documentElement;
  root.lang = "zh-CN";

  const remember = (key, value) => {
    try { localStorage.setItem(key, value); } catch { /* private window: the choice lasts for this visit */ }
  };
  const recall = (key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const words = () => {
    const holder = document.getElementById("words");
    return holder ? JSON.parse(holder.dataset.words) : null;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const scrollTo = (element, block) =>
    element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });

  const announce = (text) => {
    const region = document.getElementById("huxz-said");
    if (region) region.textContent = text;
  };

  const setLargeType = (on) => {
    root.classList.toggle("large-type", on);
    const button = document.getElementById("large-type");
    if (button) button.setAttribute("aria-pressed", String(on));
  };

  const showCard = (link) => {
    const card = document.getElementById(link.dataset.card);
    if (!card) return;
    document.querySelectorAll(".card-group").forEach((group) => {
      group.hidden = group.dataset.turn !== link.dataset.turn;
    });
    document.querySelectorAll(".card.is-shown").forEach((other) => other.classList.remove("is-shown"));
    void card.offsetWidth;
    card.classList.add("is-shown");
    card.focus({ preventScroll: true });
    scrollTo(card, window.innerWidth < 900 ? "start" : "nearest");
    announce(fill(words().announceCards, { number: card.id.split("-").pop() }));
  };

  const backToAnswer = (link) => {
    const marker = document.querySelector(`a.cite[data-card="card-${link.dataset.back}"]`);
    const target = marker || document.querySelector(link.getAttribute("href"));
    if (!target) return;
    scrollTo(target, "center");
    target.focus({ preventScroll: true });
  };

  const copyText = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copy refused");
    return undefined;
  };

  const textToCopy = (button) => {
    if (button.dataset.copy === "clause") {
      return `${button.closest(".card").querySelector(".clause").textContent}\n——${button.dataset.source}`;
    }
    const answer = button.closest(".answer");
    const sources = [...answer.querySelectorAll("a.source")].map((link) => {
      const copy = document.getElementById(link.dataset.card)?.querySelector("[data-source]");
      return `[${link.querySelector("b").textContent}] ${copy ? copy.dataset.source : link.textContent}`;
    });
    const label = answer.querySelector(".generated").textContent;
    return [answer.querySelector(".answer-text").innerText, ...sources, label].join("\n");
  };

  const copy = async (button) => {
    const label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    try {
      await copyText(textToCopy(button));
      button.textContent = words().copied;
      announce(words().announceCopied);
    } catch {
      button.textContent = words().copyFailed;
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-card], a[data-back], [data-copy], [data-print], #large-type, .skip-link");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.card) showCard(link);
    else if (link.dataset.back) backToAnswer(link);
    else if (link.dataset.copy) copy(link);
    else if (link.dataset.print) window.print();
    else if (link.id === "large-type") {
      const on = !root.classList.contains("large-type");
      setLargeType(on);
      remember(LARGE_TYPE, on ? "on" : "off");
    } else document.querySelector("#question textarea, #match-industry :is(input, textarea)")?.focus();
  });

  document.addEventListener("input", (event) => {
    if (!event.target.closest?.("#question")) return;
    const { counter, limit } = words();
    const length = event.target.value.trim().length;
    const holder = document.getElementById("question");
    if (length > limit * 0.8) holder.dataset.count = fill(counter, { length, limit });
    else delete holder.dataset.count;
    holder.classList.toggle("is-over", length > limit);
  });

  const label = (id, role, text) => {
    const element = document.getElementById(id);
    if (element && text) { element.setAttribute("role", role); element.setAttribute("aria-label", text); }
    return element;
  };

  /* A new turn scrolls its question to the top; what was there when the page opened stays where it is. */
  const followConversation = () => {
    const place = document.getElementById("latest");
    let asked = false;
    let shown = null;
    for (const kind of ["click", "keydown"]) document.addEventListener(kind, () => { asked = true; }, true);
    new MutationObserver(() => {
      const turn = place.querySelector(".turn");
      if (!turn || turn.id === shown) return;
      shown = turn.id;
      /* the welcome leaves the page at the same moment; measure after that */
      if (asked) setTimeout(() => scrollTo(turn, "start"), 120);
    }).observe(place, { childList: true, subtree: true, attributes: true, attributeFilter: ["id"] });
  };

  const prepare = () => {
    const known = words();
    const announcer = document.getElementById("announcer");
    if (known && document.getElementById("match-desk")) {
      setLargeType(recall(LARGE_TYPE) === "on");
      root.dataset.ready = "true";
      return true;
    }
    if (!known || !announcer || !document.getElementById("cards")) return false;
    announcer.setAttribute("role", "status");
    announcer.setAttribute("aria-live", "polite");
    label("talk", "region", known.conversation);
    label("evidence", "complementary", known.cards);
    setLargeType(recall(LARGE_TYPE) === "on");
    const said = Object.assign(document.createElement("div"), { id: "huxz-said", className: "visually-hidden" });
    said.setAttribute("role", "status");
    document.body.append(said);
    followConversation();
    root.dataset.ready = "true";
    return true;
  };

  setLargeType(recall(LARGE_TYPE) === "on");
  const watcher = new MutationObserver(() => { if (prepare()) watcher.disconnect(); });
  watcher.observe(root, { childList: true, subtree: true });
})();
