// What pages have in common that compute: the program of all notebooks, which is loaded when it is first needed and runs in
// workers, and controls for parameters. Nothing leaves the page.
const credo = (function () {
  "use strict";
  const given = JSON.parse(document.querySelector('script.run[type="application/json"]').textContent);
  function make(tag, properties, ...children) {
    const e = Object.assign(document.createElement(tag), properties);
    e.append(...children);
    return e;
  }
  const button = (text, act) => make("button", { type: "button", textContent: text, onclick: act });

  let program = null;
  function load() {
    return program ??= new Promise(function (resolve, reject) {
      const script = make("script", { src: given.program });
      script.onerror = () => reject(new Error(given.program + ", the program, is not beside this page."));
      script.onload = () => reject(new Error(given.program + ", the program, is damaged: pages and program must be published together."));
      window.credoProgram = function (about, text) {
        script.onload = null;
        script.remove();
        delete window.credoProgram;
        if (about.chapters[given.chapter] !== given.digest) return reject(new Error(given.program + " is of another version of this page: pages and program must be published together."));
        if (!window.DecompressionStream || !window.WebAssembly) return reject(new Error("This browser is too old: it lacks WebAssembly or DecompressionStream."));
        const stream = new Blob([bytes(text, about.size)]).stream().pipeThrough(new DecompressionStream("gzip"));
        WebAssembly.compileStreaming(new Response(stream, { headers: { "Content-Type": "application/wasm" } }))
          .then(module => resolve({ module, worker: new Blob([about.worker], { type: "text/javascript" }) }), reject);
      };
      document.head.append(script);
    }).catch(e => { program = null; throw e; });
  }
  // bytes takes seven bits from each letter of ASCII, and fourteen from others, which stand for a barred letter and the one after it.
  function bytes(text, size) {
    const barred = [0, 10, 13, 34, 92], out = new Uint8Array(size);
    let held = 0, bits = 0, k = 0;
    for (let i = 0; i < text.length; i++) {
      const v = text.charCodeAt(i), far = v > 127;
      held = far ? held << 14 | barred[(v - 128) >> 7] << 7 | v & 127 : held << 7 | v;
      for (bits += far ? 14 : 7; bits >= 8 && k < size;) out[k++] = held >>> (bits -= 8);
      held &= 127;
    }
    return out;
  }
  // start runs the program with arguments in a worker of its own; tell is given its messages, the last of which has exit, failed
  // or stopped. What it returns stops it, or asks one that stays.
  function start(args, tell) {
    let worker = null, url = "", over = false;
    function end(message) {
      if (over) return;
      over = true;
      if (worker) worker.terminate();
      URL.revokeObjectURL(url);
      tell(message);
    }
    load().then(function (p) {
      if (over) return;
      url = URL.createObjectURL(p.worker);
      worker = new Worker(url);
      worker.onerror = e => end({ failed: e.message || "The browser does not let this page start a worker." });
      worker.onmessage = ({ data }) => { if (!over) "exit" in data || "failed" in data ? end(data) : tell(data); };
      worker.postMessage({ module: p.module, args });
      tell({ began: true });
    }).catch(e => end({ failed: String(e.message || e) }));
    return { stop: () => end({ stopped: true }), ask: text => worker.postMessage({ ask: text }) };
  }

  // controls are rows with a number field and, where there is a range, a slider, whose names begin with a prefix; moved is called when
  // a reader has moved one, chosen when he has let it go, and head is what a row begins with.
  const same = (a, b) => a === b || a !== "" && Number(a) === Number(b);
  const along = (c, v) => c.ratio ? 100 * Math.log(v / c.low) / Math.log(c.high / c.low) : 100 * (v - c.low) / (c.high - c.low);
  function at(c, x) {
    const v = c.ratio ? c.low * (c.high / c.low) ** (x / 100) : c.low + (c.high - c.low) * x / 100;
    return c.whole ? String(Math.max(1, Math.round(Number(v.toPrecision(2))))) : String(Number(v.toPrecision(2)));
  }
  function controls(list, prefix, moved, chosen, head = c => make("code", { textContent: c.name })) {
    const values = new Map(list.map(c => [c.name, c.default])), inputs = new Map();
    function set(c, value, from) {
      value = value.trim() || c.default;
      values.set(c.name, value);
      const [row, field, slider] = inputs.get(c.name);
      row.classList.toggle("changed", !same(value, c.default));
      if (from !== field) field.value = value;
      if (slider && from !== slider) slider.value = along(c, Number(value));
      if (slider) slider.setAttribute("aria-valuetext", value);
    }
    function row(c) {
      const id = prefix + c.name;
      const field = make("input", { type: "number", id, step: c.whole ? 1 : "any", value: c.default, oninput() { set(c, field.value, field); moved(); }, onchange: chosen, onblur() { field.value = values.get(c.name); } });
      const label = make("label", { htmlFor: id, title: c.usage }, head(c), " ", make("span", { className: "quiet", textContent: c.usage }));
      const line = make("div", { className: "run-row" }, label, field);
      let slider = null;
      if (c.high > c.low) {
        slider = make("input", { type: "range", min: 0, max: 100, step: 1, oninput() { set(c, at(c, Number(slider.value)), slider); moved(); }, onchange: chosen });
        slider.setAttribute("aria-label", c.symbol ? c.name + ", " + c.symbol : c.name);
        line.append(slider);
      } else line.append(make("span", { className: "run-none" }));
      inputs.set(c.name, [line, field, slider]);
      set(c, c.default);
      return line;
    }
    function known(name) {
      const by = list.filter(c => c.symbol === name);
      return list.find(c => c.name === name) || (by.length === 1 ? by[0] : null);
    }
    const changed = () => list.filter(c => !same(values.get(c.name), c.default)).map(c => [c.name, values.get(c.name)]);
    const reset = () => { for (const c of list) set(c, c.default); };
    return {
      values, changed, reset, rows: list.map(row),
      hash: (before = "") => changed().map(([name, value]) => before + name + "=" + encodeURIComponent(value)).join("&"),
      // take sets the values of pairs, and all others back; it returns the parts that mean nothing here.
      take(pairs) {
        reset();
        return pairs.filter(function ([name, value]) {
          const c = known(name), means = c && value.trim() && isFinite(value);
          if (means) set(c, value);
          return !means;
        }).map(pair => pair[2]);
      },
    };
  }
  // pairs are those of a link that carries values, by name or by symbol, #offset=0.03, #b=0.03, each with its text; null if it carries
  // something else.
  function pairs() {
    const hash = location.hash.slice(1);
    if (!hash.includes("=") || document.getElementById(hash)) return null;
    return hash.split("&").map(function (part) {
      try {
        const [name, value = ""] = part.split("=").map(decodeURIComponent);
        return [name, value, part];
      } catch (e) { return ["", "", part]; } // a broken percent sign
    });
  }
  const strange = parts => parts.length ? "The link says " + parts.join(" and ") + ", which means nothing here." : "";
  // carry puts values into the address of the page.
  function carry(hash) {
    try {
      if (hash || location.hash.includes("=")) history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    } catch (e) { /* a page from a file may not */ }
  }
  return { given, make, button, start, controls, pairs, strange, carry };
})();
