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
    } catch {
      figure.querySelector(".actient-stage")?.remove();
      button.disabled = false; // the picture stays; the reader may try again
    }
  }

  document.querySelectorAll("figure.actient-figure").forEach((figure) => {
    const button = figure.querySelector(".actient-explore");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => explore(figure, button));
  });
})();
