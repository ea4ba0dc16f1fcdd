// Lets a reader change the parameters of the page and run its cells here, by the program that program.js loads when Run is
// first pressed. Nothing leaves the page.
(function () {
  "use strict";
  if (window.MathJax) return; // the page is only being built
  const { given, make, button, start, controls } = credo, { draw, dataOf, judge } = credoOutputs;
  const codes = new Map();
  for (const e of document.querySelectorAll("details.code")) codes.set(Number(e.querySelector(".count").textContent.replace(/\D/g, "")), e);

  // The controls.
  const held = controls(given.controls, "run-", moved, remember), { values } = held;
  const changed = () => held.changed().map(pair => "--" + pair.join("="));
  const link = make("a", { textContent: "link to these values" });
  function moved() {
    const hash = held.hash();
    link.href = "#" + hash;
    link.hidden = !hash;
    for (const b of bars) b.hint();
    follow();
  }
  // remember writes the values into the address, once they are chosen: browsers count how often.
  function remember() {
    credo.carry(held.hash());
  }
  // Who follows has the quick cells that he sees computed again while he changes values, and the controls stay in view.
  const following = make("input", { type: "checkbox", onchange() { panel.classList.toggle("following", following.checked); follow(); } });
  const seen = new Set(), watch = new IntersectionObserver(list => {
    for (const e of list) e.isIntersecting ? seen.add(e.target) : seen.delete(e.target);
    follow();
  });
  function follow() {
    if (following.checked) for (const b of bars) if (b.quick && b.places.some(e => seen.has(e))) b.follow();
  }
  // A link that carries values: #offset=0.03, or by symbol, #b=0.03.
  const said = make("p", { className: "fails" });
  said.setAttribute("role", "status");
  function carried() {
    const pairs = credo.pairs();
    if (!pairs) return;
    said.textContent = credo.strange(held.take(pairs));
    panel.open = true;
    panel.scrollIntoView();
    moved();
    remember();
  }
  const seconds = s => s < 100 ? Math.max(1, Math.round(s)) + " s" : Math.round(s / 60) + " min";
  const all = given.cells.reduce((sum, c) => sum + c.seconds, 0);
  const panel = make("details", { className: "run-panel" }, make("summary", { textContent: "Change parameters and run the cells here" }),
    said,
    make("div", { className: "run-rows" }, ...held.rows),
    make("p", {}, button(all ? "Run all, about " + seconds(all) : "Run all", () => queue(bars)), " ",
      button("back to the published values", function () { stop(); held.reset(); for (const b of bars) b.reset(); moved(); remember(); }), " ", link),
    make("p", {}, make("label", {}, following, " compute what I see again while I change values"), make("span", { className: "quiet", textContent: ", if it takes a second at most" })),
    make("p", { className: "quiet run-about", textContent: "The cells are computed by the notebook's own code, in this browser: no server, and nothing leaves this page. A value that a cell sets in its own line %% stands beside its button. " +
      "What is computed here is marked; the text, the captions and what claims expect are of the published values." }));

  // The cells, one at a time.
  const bars = [], waiting = [];
  let current = null;
  function next() {
    if (!current && (current = waiting.shift())) current.start();
  }
  function queue(list, extra = []) {
    for (const b of list) if (b !== current && !waiting.includes(b)) { b.extra = extra; waiting.push(b); b.wait(); }
    next();
  }
  function stop() {
    for (const b of waiting.splice(0)) b.idle();
    if (current) current.stop();
  }

  function bar(cell) {
    const code = codes.get(cell.number), old = [], name = "In [" + cell.number + "]";
    for (let e = code.nextElementSibling; e && e.matches(".output"); e = e.nextElementSibling) old.push(e);
    const own = make("input", { className: "run-own", type: "text", value: cell.args.join(" "), spellcheck: false, hidden: !cell.args.length, oninput: () => me.hint() });
    own.setAttribute("aria-label", "flags of " + name + " alone");
    const go = button("Run", e => { if (e.detail < 2) busy ? stop() : queue([me]); });
    const below = button("run all below", () => queue(bars.slice(bars.indexOf(me))));
    const quick = button("", () => queue([me], fewer()));
    const back = button("published outputs", () => show(back.getAttribute("aria-pressed") === "true"));
    const keep = button("keep", function () { // moved, not copied: names in it stay single
      const remove = button("remove", () => kept.remove()), kept = make("div", { className: "kept mine output" }, remove, ...mine.childNodes);
      remove.setAttribute("aria-label", "remove what was kept of " + name);
      mine.after(kept);
      me.restore();
      go.focus();
    });
    keep.title = "keep what was computed, to compare with what is computed next";
    const meter = make("progress", { max: 1, hidden: true }), clock = make("span", { className: "quiet" }), note = make("span", { className: "run-note" });
    clock.setAttribute("aria-hidden", "true");
    note.setAttribute("role", "status");
    meter.setAttribute("aria-label", "progress of " + name);
    below.setAttribute("aria-label", "run all below, from " + name);
    keep.setAttribute("aria-label", "keep what was computed of " + name);
    back.hidden = quick.hidden = keep.hidden = true;
    const mine = make("div", { className: "mine output", hidden: true });
    mine.setAttribute("role", "group");
    const line = make("div", { className: "run-bar" }, go, quick, below, own, meter, clock, back, keep, note);
    code.after(line);
    (old.at(-1) || line).after(mine);
    let busy = false, halt = null, timer = null, done = null;

    const ownArgs = () => own.value.trim().split(/\s+/).filter(Boolean);
    const flagOf = a => a.replace(/^--?/, "").split("=")[0];
    const inherited = () => changed().filter(a => !ownArgs().some(o => flagOf(o) === flagOf(a))); // what the cell does not set itself
    const felt = () => inherited().filter(a => cell.reads.includes(flagOf(a)));
    const args = () => [...inherited(), ...ownArgs(), ...me.extra];
    function value(c) {
      const said = ownArgs().map(a => a.match(/^--?([\w-]+)=(.*)$/)).filter(m => m && m[1] === c.name).pop();
      return Number(said ? said[2] : values.get(c.name));
    }
    // fewer are the flags of a run that takes about five seconds: fewer repetitions.
    function fewer() {
      return given.controls.filter(c => c.repeats && cell.reads.includes(c.name) && value(c) >= 4).map(c => `--${c.name}=${Math.max(2, Math.round(value(c) * 5 / cell.seconds))}`);
    }
    function label() {
      go.textContent = busy ? "Stop" : "Run";
      go.setAttribute("aria-label", (busy ? "Stop " : "Run ") + name);
    }
    function show(computed) {
      mine.hidden = !computed;
      keep.hidden = !mine.childElementCount;
      for (const e of old) e.classList.toggle("superseded", computed);
      back.setAttribute("aria-pressed", String(!computed));
    }
    function clear() {
      for (const image of mine.querySelectorAll("img")) if (image.src.startsWith("blob:")) URL.revokeObjectURL(image.src);
      mine.replaceChildren();
    }
    const me = {
      extra: [],
      quick: 0 < cell.seconds && cell.seconds < 1,
      places: [line, mine, ...old],
      // follow computes again unless that has been done with these values; what is shown stays until then.
      follow() {
        if (busy) return;
        const now = [...felt(), ...ownArgs()].join(" ");
        if (now === (done === null ? cell.args.join(" ") : done)) return;
        me.live = true;
        queue([me]);
      },
      hint() {
        if (busy) return;
        const parts = [];
        if (!cell.seconds) parts.push("may take long, nobody has measured it");
        if (cell.seconds > 2) parts.push("takes about " + seconds(cell.seconds) + (changed().length ? " at the published values" : ""));
        if (changed().length) parts.push(felt().length ? "with " + felt().join(" ") : "nothing that is changed reaches it");
        clock.textContent = parts.join(", ");
        quick.hidden = !(cell.seconds > 10 && fewer().length);
        quick.textContent = "Quick, about 5 s";
        quick.title = "with " + fewer().join(" ");
      },
      wait() { busy = true; label(); clock.textContent = "waits"; },
      idle() { busy = me.live = false; clearInterval(timer); meter.hidden = true; label(); me.hint(); },
      restore() { done = null; clear(); show(false); back.hidden = true; note.textContent = ""; delete line.dataset.state; me.hint(); },
      reset() { own.value = cell.args.join(" "); me.restore(); },
      stop() { if (halt) halt.stop(); },
      start() {
        const stray = ownArgs().find(a => !a.startsWith("-"));
        if (stray) {
          me.idle();
          current = null;
          me.restore();
          say("failed", stray + " is no flag: write --name=value.");
          return next();
        }
        const flags = args(), relevant = [...felt(), ...ownArgs()].join(" "), asPublished = flags.join(" ") === cell.args.join(" "), began = performance.now(), got = [];
        let text = "", complaint = "", part = "", loaded = false;
        const live = me.live, later = [];
        me.live = false;
        if (!live) me.restore();
        line.dataset.state = "running";
        note.textContent = live ? "" : name + " runs";
        meter.hidden = live;
        meter.removeAttribute("value");
        function tick() {
          const s = (performance.now() - began) / 1000;
          clock.textContent = !loaded ? "loads the program" : Math.round(s) + " s" + (cell.seconds > 2 ? " of about " + seconds(cell.seconds) : "") + part;
          if (cell.seconds > 2) meter.value = s / (s + Math.max(0.1, cell.seconds - s / 2));
        }
        tick();
        timer = setInterval(tick, 200);
        const head = make("p", { className: "run-head", textContent: "Computed in your browser" + (asPublished ? "" : " with " + (flags.join(" ") || "no flags")) });
        if (!live) mine.append(head);
        mine.setAttribute("aria-label", head.textContent);
        const add = e => { if (live) return later.push(e); mine.append(e); show(true); back.hidden = old.length === 0; };
        const before = Promise.all(old.map(dataOf));
        halt = start([given.chapter, String(cell.number), ...flags], async function (m) {
          if (m.began) loaded = true;
          else if (m.bundle) { got.push(m.bundle); add(draw(m.bundle)); }
          else if (m.stream === "stdout") text += m.text;
          else if (m.stream === "stderr") complaint += m.text;
          else if (m.total) { part = m.total > 1 ? `, run ${m.done} of ${m.total}` : ""; if (!(cell.seconds > 2)) meter.value = m.done / m.total; }
          if (!("exit" in m || m.failed || m.stopped)) return;
          const data = m.stopped ? [] : await before;
          const took = (performance.now() - began) / 1000, s = took.toFixed(live ? 2 : 1) + " s";
          if (took > 2 && loaded && !m.stopped) me.quick = false;
          halt = null;
          me.idle();
          current = null;
          if (m.stopped) { me.restore(); say("stopped", "Stopped. What stands here is published."); }
          else if (m.failed) { if (!got.length) show(false); say("failed", m.failed); for (const b of waiting.splice(0)) b.idle(); }
          else {
            if (text) add(make("pre", { textContent: text.replace(/\n$/, "") }));
            const lines = complaint.split(/\n?goroutine \d/)[0].split("\nUsage of ")[0].split("\n")
              .filter(l => l && !/^claim failed: |^Panicking \.\.\.|^[\d/]+ [\d:]+ Must not error: /.test(l)).join("\n").replace(/^panic: /gm, "").replace(/ \[recovered.*\]$/gm, "");
            if (lines) add(make("pre", { className: "stderr", textContent: lines }));
            if (m.exit !== 0) say("failed", `It ended with an error after ${s}.`);
            else {
              const [state, sentence] = judge(cell, data, got, text, complaint, asPublished, flags);
              say(state, s + ": " + sentence);
            }
            if (live) {
              [clock.textContent, note.textContent] = [note.textContent, ""]; // not said aloud each time
              clear();
              mine.append(head, ...later);
              show(later.length > 0);
              back.hidden = !old.length || !later.length;
            }
          }
          done = me.extra.length ? null : relevant;
          next();
          if (!m.stopped && !m.failed) follow();
        });
      },
    };
    function say(state, sentence) {
      line.dataset.state = state;
      note.textContent = sentence;
      if (state !== "stopped") clock.textContent = "";
    }
    const pre = code.querySelector("pre");
    pre.addEventListener("keydown", e => { if (e.shiftKey && e.key === "Enter") { e.preventDefault(); go.click(); } });
    label();
    for (const e of me.places) watch.observe(e);
    return me;
  }

  for (const cell of given.cells) if (codes.has(cell.number)) bars.push(bar(cell));
  (codes.get(given.parameters) || codes.get(given.cells[0].number)).before(panel);
  for (const b of bars) b.hint();
  link.hidden = true;
  addEventListener("hashchange", carried);
  if (location.hash.includes("=")) carried();
})();
