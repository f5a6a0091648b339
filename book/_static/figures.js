// Brings a figure to life when the reader asks. Without scripts, the picture, its table and its text
// alternative are already there. One bundle for the site, loaded at the first request and from the
// site itself; nothing is fetched, so that it works straight from disk.
(function () {
  "use strict";

  const root = document.documentElement;
  const base = root.dataset.content_root || "./";
  const lang = root.lang.startsWith("en") ? "en" : "fr";
  let vega = null;

  // What Vega adds to a page, for our styles of figures (the build of light pages keeps the rules
  // whose names it reads in scripts): vega-bindings, vega-bind, vg-tooltip-element, key, fill, stroke.

  function loadVega() {
    vega ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = base + "_static/vega.js";
      script.onload = resolve;
      script.onerror = () => {
        vega = null; // a second attempt may succeed
        script.remove();
        reject(new Error("vega.js"));
      };
      document.head.append(script);
    });
    return vega;
  }

  async function explore(figure, button) {
    const picture = figure.querySelector(".actient-picture");
    const spec = JSON.parse(figure.querySelector(".actient-spec").textContent);
    button.disabled = true;
    try {
      await loadVega();
      const stage = document.createElement("div");
      stage.className = "actient-stage";
      stage.tabIndex = 0;
      stage.setAttribute("role", "region"); // it may scroll, so it has the focus, so it has a name
      stage.setAttribute("aria-label", figure.querySelector(".caption-number").textContent.trim());
      picture.after(stage);
      // The colours of dark pages are rules of the style sheet: they follow the theme with no redrawing.
      await window.vegaEmbed(stage, spec, {
        actions: false,
        renderer: "svg",
        ...window.actientLocales[lang],
      });
      picture.hidden = true;
      button.hidden = true;
      readAloud(stage);
      // The button is gone and what it asked for may be out of sight: the reader goes to it.
      stage.focus({ preventScroll: true });
      stage.scrollIntoView({ block: "nearest" });
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

  // Where the clipboard is closed to us (an old browser, a page without https), the command is
  // selected: one keystroke copies it.
  async function copy(code, button, box) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = box.dataset.copied;
    } catch {
      window.getSelection().selectAllChildren(code);
    }
  }

  function offerCopies(box) {
    box.querySelectorAll("dd").forEach((place) => {
      const code = place.querySelector("code");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "actient-copy";
      button.textContent = box.dataset.copy;
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", () => copy(code, button, box));
      button.addEventListener("blur", () => (button.textContent = box.dataset.copy));
      place.append(" ", button);
    });
  }

  document.querySelectorAll(".actient-rerun").forEach(offerCopies);

  document.querySelectorAll("figure.actient-figure").forEach((figure) => {
    const button = figure.querySelector(".actient-explore");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => explore(figure, button));
  });
})();
