// The explorer: one or two circuits whose parameters a reader moves. Each has a worker that stays and is asked again; of what is
// asked only the newest counts, and the page never waits.
(function () {
  "use strict";
  const { given, make, button, start, controls } = credo;
  const place = document.querySelector(".circuits"), pattern = document.getElementById("circuit").content;
  const second = document.querySelector(".second"), share = document.querySelector(".share");
  const circuits = [], said = make("p", { className: "fails" });
  said.setAttribute("role", "status");
  place.before(said);

  // symbol is ρ_A with its index lowered.
  function symbol(c) {
    const [letter, index] = (c.symbol || c.name).split("_");
    return make(c.symbol ? "i" : "span", { className: "symbol" }, letter, ...(index ? [make("sub", { textContent: index })] : []));
  }

  // lowered are the parts of a text, with indices as of b_min lowered.
  const lowered = text => text.split(/(?<=[abfyAVȳρ])_(\w+)/).map((s, i) => i % 2 ? make("sub", { textContent: s }) : s);

  function circuit(letter) {
    const section = pattern.cloneNode(true).firstElementChild, find = s => section.querySelector(s);
    const verdict = find(".verdict"), meter = find("progress"), score = find(".score"), tools = find(".explore-tools");
    const held = controls(given.controls, letter + "-", () => { me.ask(); carry(); }, null, symbol);
    find(".run-rows").append(...held.rows);
    find("h2").textContent = "Circuit " + letter;
    section.setAttribute("aria-label", "circuit " + letter);
    tools.append(button("reported values", () => { held.reset(); me.ask(); carry(); }));
    let asked = 0, sent = 0, ready = false, waiting = false;
    function send() {
      const values = {};
      for (const [name, text] of held.values) values[name] = Number(text);
      const wrong = Object.keys(values).find(name => !isFinite(values[name]));
      sent = asked;
      if (wrong) return say([wrong + " is no number: " + held.values.get(wrong)], true);
      waiting = true;
      work.ask(JSON.stringify({ number: sent, values }));
    }
    function say(sentences, fails, number = sent) {
      verdict.replaceChildren(...sentences.map(s => make("span", {}, ...lowered(s), " ")));
      verdict.classList.toggle("fails", fails);
      section.dataset.said = number;
    }
    function draw(f) {
      const image = find(`[data-figure="${f.name}"] img`), old = image.src;
      image.src = URL.createObjectURL(new Blob([f.svg], { type: "image/svg+xml" }));
      image.alt = f.alt;
      image.hidden = false;
      if (old) URL.revokeObjectURL(old);
    }
    function hear(a) {
      if (!ready) { ready = true; return send(); }
      if (a.number !== sent) return; // of earlier values
      waiting = false;
      if (sent !== asked) send(); // but what it says is shown: else nothing would be while a slider moves
      if (a.error) return say([a.error], true, a.number);
      for (const f of a.figures || []) draw(f);
      if (a.verdict) say(a.verdict, !a.learnable, a.number);
      if (a.regime) {
        find(".derivation").textContent = a.derivation;
        find(".regime").textContent = a.regime;
        find(".broken").replaceChildren(...a.broken.map(s => make("li", {}, ...lowered(s))));
        find(".broken").hidden = !a.broken.length;
      }
      if (a.epochs) {
        meter.value = a.epoch / a.epochs;
        score.textContent = (a.epoch < a.epochs ? `epoch ${a.epoch} of ${a.epochs}: ` : `after ${a.epochs} epochs: `) + a.score;
      }
      if (a.done) section.dataset.done = a.number;
    }
    const work = start([given.chapter], function (m) {
      if (m.answer) hear(JSON.parse(m.answer));
      else if (m.failed || m.stopped || "exit" in m) say([m.failed || "The program has ended: load this page again."], true);
      else if (m.stream) console.error(m.text);
    });
    section.dataset.asked = asked;
    const me = {
      held, section, tools,
      ask() {
        section.dataset.asked = ++asked;
        if (ready && !waiting) send();
      },
      close() { work.stop(); section.remove(); },
    };
    place.append(section);
    return me;
  }

  // One circuit, or two side by side.
  function add() {
    circuits.push(circuit("AB"[circuits.length]));
    if (circuits.length < 2) return;
    const [a, b] = circuits;
    b.tools.append(" ", button("copy A to B", function () { b.held.take(a.held.changed()); b.ask(); carry(); }), " ",
      button("without B", function () { circuits.pop().close(); arrange(); carry(); second.focus(); }));
    arrange();
  }
  function arrange() {
    const two = circuits.length > 1;
    place.classList.toggle("two", two);
    second.hidden = two;
    for (const c of circuits) c.section.querySelector("h2").hidden = !two;
  }
  second.onclick = function () {
    add();
    circuits[1].held.take(circuits[0].held.changed());
    circuits[1].section.querySelector("input").focus();
    carry();
  };

  // A link carries the values of A, and those of B with B. before their names: #b=0.03&B.b=0.1; #B= alone has a second circuit.
  let later = null;
  function carry() {
    const parts = circuits.map((c, i) => c.held.hash(i ? "B." : "")).filter(Boolean);
    if (circuits.length > 1 && !circuits[1].held.hash()) parts.push("B=");
    const hash = parts.join("&");
    share.href = "#" + hash;
    share.hidden = !hash;
    clearTimeout(later);
    later = setTimeout(() => credo.carry(hash), 300); // browsers count these
  }
  function carried() {
    const pairs = credo.pairs();
    if (!pairs) return;
    const ofB = pairs.filter(p => /^B(\.|$)/.test(p[0]));
    if (ofB.length && circuits.length < 2) add();
    if (!ofB.length && circuits.length > 1) { circuits.pop().close(); arrange(); }
    const values = [pairs.filter(p => !ofB.includes(p)), ofB.filter(p => p[0] !== "B").map(([name, ...rest]) => [name.slice(2), ...rest])];
    said.textContent = credo.strange(circuits.flatMap((c, i) => c.held.take(values[i])));
    for (const c of circuits) c.ask();
    carry();
  }
  add();
  second.hidden = false;
  carried();
  addEventListener("hashchange", carried);
})();
