// JupyterLab shows Vega-Lite charts up to version 5 by itself; the chapters' are version 6. This is a
// prebuilt extension, in the shape that JupyterLab loads (one container for webpack's module
// federation) but without a build: it draws these outputs with the book's own Vega, served from here.
(function () {
  "use strict";

  const MIME = "application/vnd.vegalite.v6+json";
  const here = document.currentScript.src;
  let shared = null;
  let vega = null;

  function loadVega() {
    vega ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("vega.js", here).href;
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

  // A package that JupyterLab shares with its extensions, whatever its version there.
  async function sharedPackage(name) {
    const versions = Object.values(shared[name] || {});
    if (!versions.length) throw new Error(`actient: JupyterLab shares no ${name}`);
    return (await versions[0].get())();
  }

  function extension({ Widget }) {
    class Chart extends Widget {
      constructor() {
        super();
        this.addClass("actient-chart");
        this.node.style.background = "#fff"; // the charts' colours are those of a light page
        this.node.style.overflowX = "auto";
        this.view = null;
      }

      async renderModel(model) {
        const spec = model.data[MIME];
        const figure = (spec.usermeta || {}).actient || {};
        await loadVega();
        this.view?.finalize();
        this.view = await window.vegaEmbed(this.node, spec, {
          actions: { export: true, source: false, compiled: false, editor: false },
          renderer: "svg",
          ...window.actientLocales[figure.lang],
        });
      }

      dispose() {
        this.view?.finalize();
        super.dispose();
      }
    }
    return {
      __esModule: true,
      default: {
        id: "actient:charts",
        description: "Shows the charts of Actient's chapters (Vega-Lite 6).",
        rendererFactory: { safe: true, mimeTypes: [MIME], createRenderer: () => new Chart() },
        rank: 0,
        dataType: "json",
      },
    };
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.actient = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const made = extension(await sharedPackage("@lumino/widgets"));
      return () => made;
    },
  };
})();
