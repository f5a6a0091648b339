// Brings a figure to life when the reader asks, or scrolls to it. Without scripts, the picture, its
// table and its text alternative are already there. Nothing is fetched: it works straight from disk.
(function () {
  "use strict";

  const root = document.documentElement;
  const base = root.dataset.content_root || "./";
  const lang = root.lang.startsWith("en") ? "en" : "fr";
  let vega = null;

  function loadVega() {
    vega ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = base + "_static/vega.js";
      script.onload = resolve;
      script.onerror = () => reject(new Error("vega.js"));
      document.head.append(script);
    });
    return vega;
  }

  async function explore(figure, button) {
    const picture = figure.querySelector("img");
    const spec = JSON.parse(figure.querySelector(".actient-spec").textContent);
    button.disabled = true;
    try {
      await loadVega();
      const stage = document.createElement("div");
      stage.className = "actient-stage";
      stage.tabIndex = 0;
      picture.after(stage);
      await window.vegaEmbed(stage, spec, {
        actions: false,
        renderer: "svg",
        ...window.actientLocales[lang],
      });
      picture.hidden = true;
      button.hidden = true;
      readAloud(stage);
    } catch {
      figure.querySelector(".actient-stage")?.remove();
      button.disabled = false; // the picture stays; the reader may try again
    }
  }

  // An explorer writes its conclusion into the picture, where a screen reader would not hear it
  // change, and a phone may have to scroll to it: the same words follow as text.
  function readAloud(stage) {
    const lines = () => [...stage.querySelectorAll("svg [class*='sentence_'] text")];
    if (!lines().length) return;
    const said = document.createElement("p");
    said.className = "actient-said";
    said.setAttribute("aria-live", "polite");
    const say = () => {
      said.textContent = lines().map((line) => line.textContent).join(" ");
    };
    stage.after(said);
    say();
    stage.addEventListener("input", () => requestAnimationFrame(() => requestAnimationFrame(say)));
  }

  document.querySelectorAll("figure.actient-figure").forEach((figure) => {
    const button = figure.querySelector(".actient-explore");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => explore(figure, button));
  });
})();
