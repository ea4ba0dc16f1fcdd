// What a reader needs beside the text: code unfolded, copied, searched; dark or
// light; a look at what a reference means. No request is made but for search.js,
// the text of all pages, when a search begins.
(function () {
  "use strict";
  if (window.MathJax) return; // the page is only being built
  const root = document.documentElement, all = (s, e) => [...(e || document).querySelectorAll(s)];

  // Dark or light, as the system has it until the reader says otherwise.
  const stored = { get() { try { return localStorage.getItem("theme"); } catch (e) { return null; } },
    set(v) { try { localStorage.setItem("theme", v); } catch (e) { /* a page from a file may not store */ } } };
  if (stored.get()) root.dataset.theme = stored.get();
  const theme = document.querySelector(".theme");
  if (theme) theme.onclick = function () {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    stored.set(root.dataset.theme = dark ? "light" : "dark");
  };

  // On a narrow screen the contents are folded until asked for.
  const contents = document.querySelector(".contents details");
  if (contents && !matchMedia("(min-width: 76rem)").matches) contents.open = false;

  // Code.
  const toggle = document.querySelector(".all");
  if (toggle) toggle.onclick = function () {
    const show = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", show);
    toggle.textContent = show ? "hide code" : "show all code";
    for (const d of all("details.code")) d.open = show;
  };
  for (const pre of all("details.code pre")) {
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = "copy";
    copy.onclick = async function () {
      const text = pre.textContent;
      try { await navigator.clipboard.writeText(text); } catch (e) {
        const area = document.createElement("textarea"); // a page from a file has no clipboard
        area.value = text;
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
      }
      copy.textContent = "copied";
      setTimeout(() => { copy.textContent = "copy"; }, 1500);
    };
    pre.parentElement.append(copy);
  }

  // Figures: a second look at one, or at a part of it, is drawn by its name.
  const box = "http://www.w3.org/2000/svg";
  function again(svg, view) {
    const copy = document.createElementNS(box, "svg"), use = document.createElementNS(box, "use");
    copy.setAttribute("viewBox", view);
    copy.setAttribute("class", "again");
    use.setAttribute("href", "#" + svg.querySelector("g").id);
    copy.append(use);
    return copy;
  }
  // Panels stand one under the other where there is no room beside.
  const narrow = matchMedia("(max-width: 600px)");
  function stack() {
    for (const svg of all("svg[data-panels]")) {
      let panels = svg.parentElement.querySelector(".panels");
      if (!panels && narrow.matches) {
        panels = document.createElement("div");
        panels.className = "panels";
        panels.setAttribute("role", "img");
        panels.setAttribute("aria-label", svg.getAttribute("aria-label"));
        for (const view of svg.dataset.panels.split(";")) if (view.trim()) panels.append(again(svg, view.replaceAll(",", " ").trim()));
        svg.after(panels);
      }
      if (panels) panels.hidden = !narrow.matches;
      svg.style.display = narrow.matches ? "none" : "";
    }
  }
  narrow.addEventListener("change", stack);
  stack();
  addEventListener("beforeprint", () => { for (const svg of all("svg[data-panels]")) svg.style.display = ""; for (const p of all(".panels")) p.hidden = true; });
  addEventListener("afterprint", stack);

  // What is drawn, and its points, to take away.
  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  const pageName = location.pathname.split("/").pop().replace(/\.html$/, "");
  const unpacked = window.credoPoints = async function (script) {
    const bytes = Uint8Array.from(atob(script.textContent), c => c.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };
  for (const drawing of all(".drawing, .film")) {
    const svg = drawing.matches(".drawing") && drawing.querySelector("svg"), next = drawing.nextElementSibling, bar = document.createElement("div");
    const name = pageName + "-" + drawing.id.replace("drawing-", "figure-");
    const offer = (kind, give) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = kind;
      button.setAttribute("aria-label", kind + " of " + drawing.id.replace("drawing-", "figure ").replace("-", " "));
      button.onclick = give;
      bar.append(button);
    };
    bar.className = "take";
    if (svg) offer("SVG", () => {
      const copy = svg.cloneNode(true);
      copy.removeAttribute("style");
      for (const use of copy.querySelectorAll("use")) { // outlines that are with another figure
        const name = use.getAttribute("href");
        if (!copy.querySelector(name)) copy.querySelector("defs").append(document.querySelector(name).cloneNode(true));
      }
      save(name + ".svg", "image/svg+xml", new XMLSerializer().serializeToString(copy));
    });
    if (next && next.matches('script[type="text/csv"]')) offer("CSV", async () => save(name + ".csv", "text/csv", await unpacked(next)));
    drawing.after(bar);
  }

  // What scrolls sideways is scrolled with the keyboard too.
  function reach() {
    for (const e of all(".MathJax_SVG_Display, .MathJax_SVG.long, .output")) {
      if (e.scrollWidth > e.clientWidth) e.tabIndex = 0;
      else e.removeAttribute("tabindex");
    }
  }
  addEventListener("resize", reach);
  reach();

  // A target in folded code or a folded solution is unfolded.
  function unfold() {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch (e) { /* a percent sign as it is */ }
    const target = name && document.getElementById(name);
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    if (target) target.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  if (location.hash) unfold();

  // What a reference means, while the pointer or the focus is on it.
  let peek = null;
  function hide() { if (peek) peek.remove(); peek = null; }
  function show(link) {
    hide();
    const id = decodeURIComponent(link.hash.slice(1)), here = link.pathname === location.pathname && document.getElementById(id);
    if (!here) return;
    const what = here.closest(".display, .caption, .claim, tr, li, h2, h3, p") || here;
    peek = document.createElement("div");
    peek.className = "peek";
    peek.setAttribute("aria-hidden", "true");
    if (what.classList.contains("caption")) {
      const before = what.closest("section").previousElementSibling, svg = before && before.querySelector(".drawing > svg");
      if (svg) peek.append(again(svg, svg.getAttribute("viewBox")));
    }
    let copy = what.cloneNode(true);
    if (copy.tagName === "TR") {
      const cells = all("td", copy), row = document.createElement("p");
      for (const cell of cells) if (cell.textContent || cell.querySelector("svg")) row.append(...(row.childNodes.length ? [", "] : []), ...cell.childNodes);
      copy = row;
    }
    for (const e of [copy, ...all("[id]", copy)]) e.removeAttribute("id");
    peek.append(copy);
    document.body.append(peek);
    const box = link.getBoundingClientRect(), own = peek.getBoundingClientRect();
    peek.style.left = Math.max(8, Math.min(box.left, innerWidth - own.width - 8)) + scrollX + "px";
    peek.style.top = (box.bottom + own.height + 8 < innerHeight ? box.bottom + 4 : Math.max(4, box.top - own.height - 4)) + scrollY + "px";
  }
  for (const a of all("a.ref, a.cite, a.sym")) {
    a.addEventListener("mouseenter", () => show(a));
    a.addEventListener("focus", () => show(a));
    a.addEventListener("mouseleave", hide);
    a.addEventListener("blur", hide);
  }
  addEventListener("keydown", e => { if (e.key === "Escape") hide(); });

  // Search.
  const form = document.querySelector("form[role=search]"), found = document.getElementById("found");
  if (!form) return;
  let text = null, waiting = [];
  window.credoSearch = function (sections) {
    text = sections.map(s => ({ href: s[0], title: s[1], body: s[2], low: (s[1] + " " + s[2]).toLowerCase() }));
    for (const f of waiting) f();
    waiting = [];
  };
  function load(then) {
    if (text) return then();
    if (waiting.push(then) > 1) return;
    const script = document.createElement("script");
    script.src = "search.js";
    script.onerror = () => { found.hidden = false; found.textContent = "search.js, the text of all pages, is not beside this page."; };
    document.head.append(script);
  }
  function search() {
    const words = form.q.value.toLowerCase().split(/\s+/).filter(w => w.length > 1);
    found.replaceChildren();
    found.hidden = words.length === 0;
    if (!words.length) return;
    const hits = [];
    for (const s of text) {
      if (!words.every(w => s.low.includes(w))) continue;
      let score = 0;
      for (const w of words) score += (s.title.toLowerCase().includes(w) ? 20 : 0) + Math.min(9, s.low.split(w).length - 1);
      hits.push([score, s]);
    }
    hits.sort((a, b) => b[0] - a[0]);
    const head = document.createElement("p");
    head.textContent = hits.length === 1 ? "1 section" : hits.length + " sections";
    found.append(head);
    const list = document.createElement("ol");
    for (const [, s] of hits.slice(0, 20)) {
      const item = document.createElement("li"), a = document.createElement("a"), p = document.createElement("p");
      a.href = s.href;
      a.textContent = s.title;
      a.onclick = () => { found.hidden = true; };
      const at = Math.max(0, s.body.toLowerCase().indexOf(words[0]) - 60);
      p.textContent = (at ? "… " : "") + s.body.slice(at, at + 180) + " …";
      item.append(a, p);
      list.append(item);
    }
    found.append(list);
  }
  form.addEventListener("submit", e => { e.preventDefault(); load(search); });
  form.q.addEventListener("input", () => load(search));
  form.q.addEventListener("keydown", e => { if (e.key === "Escape") { form.q.value = ""; found.hidden = true; } });
})();
