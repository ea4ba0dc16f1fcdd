// Draws the mathematics of the page and then removes everything that is not
// needed to read it, this script included. What remains asks no host and needs
// no script but those of the outputs. The element html tells the builder the
// number of formulas (data-typeset) and what TeX could not read (data-errors).
window.MathJax = {
  jax: ["input/TeX", "output/SVG"],
  messageStyle: "none",
  showMathMenu: false,
  displayAlign: "center",
  menuSettings: { assistiveMML: false },
  "AssistiveMML": { disabled: true },
  SVG: { font: "TeX", blacker: 0, // strokes print as hairlines, too bold
    useGlobalCache: true, linebreaks: { automatic: true, width: "container" } },
  TeX: {
    equationNumbers: { autoNumber: "AMS" },
    noErrors: { disabled: true },
    noUndefined: { disabled: true },
  },
  tex2jax: {
    inlineMath: [["$", "$"], ["\\(", "\\)"]],
    displayMath: [["$$", "$$"], ["\\[", "\\]"]],
    processEscapes: true,
    processEnvironments: true,
  },
  AuthorInit: function () {
    const xlink = "http://www.w3.org/1999/xlink";
    const hub = MathJax.Hub, root = document.documentElement, errors = [];
    hub.Register.MessageHook("TeX Jax - parse error", m => errors.push(m[1] + ": " + m[2].trim()));
    hub.Register.MessageHook("Math Processing Error", m => errors.push(String(m[2])));
    // Folded text has no width: unfold it while it is measured.
    const folded = [];
    hub.Register.StartupHook("Begin Typeset", function () {
      for (const d of document.querySelectorAll("details:not([open])")) {
        folded.push(d);
        d.open = true;
      }
    });
    hub.Register.StartupHook("End", function () {
      for (const d of folded) d.open = false;
      const all = hub.getAllJax();
      for (const jax of all) {
        const frame = document.getElementById(jax.inputID + "-Frame");
        if (!frame) continue;
        frame.setAttribute("role", "img");
        const display = frame.closest(".MathJax_SVG_Display");
        if (!display && frame.getBoundingClientRect().width > 300) frame.classList.add("long");
        if (display && display.scrollWidth > display.clientWidth) display.classList.add("wide");
        frame.removeAttribute("style"); // the style sheet has it
        for (const svg of frame.querySelectorAll("svg")) {
          svg.setAttribute("aria-hidden", "true");
          for (const name of ["xmlns:xlink", "role", "focusable"]) svg.removeAttribute(name);
        }
        for (const g of frame.querySelectorAll("svg > g")) for (const name of ["stroke", "fill", "stroke-width"]) g.removeAttribute(name);
        for (const use of frame.querySelectorAll("use")) {
          const glyph = use.getAttributeNS(xlink, "href");
          use.removeAttributeNS(xlink, "href");
          use.setAttribute("href", glyph);
          for (const name of ["x", "y"]) if (use.getAttribute(name) === "0") use.removeAttribute(name);
        }
        frame.setAttribute("aria-label", jax.originalText.trim());
        for (const name of ["data-mathml", "tabindex", "id"]) frame.removeAttribute(name);
      }
      const waste = 'head script, head style:not(.page), .builder, script[type^="math/"], .MathJax_Preview, ' +
        "#MathJax_Message, #MathJax_Hidden, #MathJax_Font_Test, .MJX_Assistive_MathML";
      for (const e of document.querySelectorAll(waste)) e.remove();
      // A line does not end between a formula and the sign that follows it.
      for (const frame of document.querySelectorAll("span.MathJax_SVG")) {
        const next = frame.nextSibling, sign = next && next.nodeType === 3 && next.data.match(/^[.,;:?!)\]’”-]+/);
        if (!sign) continue;
        const span = document.createElement("span");
        span.className = "nobreak";
        frame.before(span);
        span.append(frame, sign[0]);
        next.data = next.data.slice(sign[0].length);
      }
      root.removeAttribute("style");
      root.dataset.errors = errors.join("\n");
      root.dataset.typeset = all.length;
    });
  },
};
