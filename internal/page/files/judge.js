// What a cell has shown in the reader's browser: how it is drawn, and how near it is to what is published.
const credoOutputs = (function () {
  "use strict";
  const { make } = credo;
  const claimType = "application/vnd.credo.claim+json";
  let drawn = 0;
  function draw(bundle) {
    const plain = bundle["text/plain"] || "";
    if (bundle[claimType]) {
      const c = JSON.parse(bundle[claimType]), mark = make("span", { className: c.holds ? c.kind === "identity" ? "same" : "holds" : "fails", textContent: plain.slice(0, 1) });
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", c.holds ? "holds" : "does not hold");
      const at = plain.lastIndexOf(": got "), line = make("p", { className: "claim" }, mark, plain.slice(1, at + 1), make("span", { className: "numbers", textContent: plain.slice(at + 1) }));
      line.dataset.claim = bundle[claimType];
      return line;
    }
    const explorer = /^<div data-explorer="([^"]*)">/.exec(bundle["text/html"] || ""); // the page beside this one
    if (explorer) return make("p", { innerHTML: `<a href="explore.html${explorer[1]}">The explorer</a>` });
    if (bundle["text/html"]) { // of package viz, which escapes; names in it stand in the page already
      const own = bundle["text/html"].match(/^<figure id="(\w+)f"/);
      return make("div", { className: "scroll", innerHTML: own ? bundle["text/html"].replaceAll(own[1], own[1] + "mine" + ++drawn) : bundle["text/html"] });
    }
    if (bundle["image/svg+xml"]) return make("img", { className: "figure", alt: plain, src: URL.createObjectURL(new Blob([bundle["image/svg+xml"]], { type: "image/svg+xml" })) });
    return make("pre", { textContent: plain });
  }

  // checksum is that of the published outputs: FNV-1a of UTF-8, and the length.
  function checksum(text) {
    const b = new TextEncoder().encode(text.replace(/\n$/, ""));
    let h = 0x811c9dc5;
    for (let i = 0; i < b.length; i++) h = Math.imul(h ^ b[i], 0x01000193);
    return (h >>> 0).toString(16) + "-" + b.length.toString(16);
  }
  const shown = b => checksum((b["text/html"] || b["image/svg+xml"] || b["text/plain"] || "").replace(/ width="\d+" height="\d+" src="data:image\/png;base64,[^"]*" style="display:none"/g, ""));

  // distance of two claims, relative to the largest number that they speak of; of an error, which should be 0, as it is.
  function distance(a, b) {
    if (a.got === b.got) return 0;
    if (a.want === "0") return Math.abs(Number(a.got) - Number(b.got));
    const numbers = [a.got, b.got, a.want, a.tolerance, a.low, a.high].map(Number).filter(isFinite).map(Math.abs);
    const d = Math.abs(Number(a.got) - Number(b.got)) / Math.max(...numbers);
    return isNaN(d) ? Infinity : d;
  }
  // apart is the distance of the points of two figures, or of the numbers of two tables, relative to the largest number of each
  // column; one unit of the last digit that they carry is none.
  const fields = line => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/), precision = title => /^"?z(:|$)/.test(title) ? 4 : 6;
  function unit(head, text) {
    if (!isFinite(Number(head))) return 10 ** (Math.floor(Math.log10(Math.abs(Number(text)))) + 1 - precision(head));
    const [mantissa, power] = text.split("e");
    return 10 ** (Number(power || 0) - (mantissa.split(".")[1] || "").length);
  }
  function apart(a, b) {
    const [x, y] = [a, b].map(t => t.trim().split("\n").map(fields));
    if (x.length !== y.length) return Infinity;
    const scale = [], off = [];
    for (let i = 0; i < x.length; i++) {
      if (x[i].length !== y[i].length) return Infinity;
      for (let k = 0; k < x[i].length; k++) {
        const u = Number(x[i][k]), v = Number(y[i][k]);
        if (x[i][k] === y[i][k]) { if (isFinite(u)) scale[k] = Math.max(scale[k] || 0, Math.abs(u)); continue; }
        if (!isFinite(u) || !isFinite(v) || x[i][k] === "" || y[i][k] === "") return Infinity;
        scale[k] = Math.max(scale[k] || 0, Math.abs(u), Math.abs(v));
        if (Math.abs(u - v) > 1.5 * Math.max(unit(x[0][k], x[i][k]), unit(y[0][k], y[i][k]))) off[k] = Math.max(off[k] || 0, Math.abs(u - v));
      }
    }
    return Math.max(0, ...off.map((d, k) => d / scale[k]).filter(d => d !== undefined));
  }
  const digits = d => Math.min(15, Math.floor(-Math.log10(d)));

  // dataOf are the points of a published figure, the cells of a table that are numbers, or the numbers in a text: as one row.
  async function dataOf(output) {
    const points = output.querySelector('script[type="text/csv"]');
    return points ? window.credoPoints(points) : numbersIn(output);
  }
  const dataIn = b => b["text/csv"] || numbersIn(make("template", { innerHTML: b["text/html"] || "" }).content) || numbersOf(b["text/plain"] || "");
  const numbersIn = e => numbersOf(e.querySelector("td") ? [...e.querySelectorAll("td:not(:has(svg))")].map(c => c.textContent).filter(t => !/(?!e)\p{L}/u.test(t)).join(" ") : e.textContent);
  const numbersOf = text => (text.replaceAll("−", "-").match(/-?\d+(\.\d+)?(e[-+]?\d+)?/g) || []).join(",");

  // judge compares a run with what is published and says truly how near it is.
  function judge(cell, data, got, text, complaint, asPublished, flags) {
    const committed = cell.outputs.filter(o => !o.stream);
    const stream = name => (cell.outputs.find(o => o.stream === name) || { digest: checksum("") }).digest;
    let worst = 0, errors = 0, points = 0, figures = 0, equal = 0, claims = 0, verdicts = 0, carry = 15, differs = committed.length !== got.length;
    for (let i = 0; !differs && i < got.length; i++) {
      const was = committed[i], at = cell.outputs.indexOf(was);
      if (was.claim) {
        const is = got[i][claimType] && JSON.parse(got[i][claimType]);
        if (!is || is.text !== was.claim.text) { differs = true; break; }
        claims++;
        if (is.holds !== was.claim.holds) verdicts++;
        if (was.claim.want === "0") errors = Math.max(errors, distance(was.claim, is));
        else worst = Math.max(worst, distance(was.claim, is));
        continue;
      }
      figures++;
      if (shown(got[i]) === was.digest) { equal++; continue; }
      points = Math.max(points, apart(data[at] || "", dataIn(got[i])));
      if (got[i]["text/csv"]) carry = Math.min(carry, ...fields(data[at].split("\n")[0]).map(precision));
    }
    if (text || stream("stdout") !== checksum("")) {
      figures++;
      if (checksum(text) === stream("stdout")) equal++;
      else points = Math.max(points, apart(data[cell.outputs.findIndex(o => o.stream === "stdout")] || "", numbersOf(text)));
    }
    if (points === Infinity) differs = true;
    const exact = !differs && !verdicts && worst === 0 && errors === 0 && equal === figures && checksum(complaint) === stream("stderr");
    const stated = got.filter(b => b[claimType]).map(b => JSON.parse(b[claimType])), hold = stated.filter(c => c.holds).length;
    if (!asPublished) {
      if (exact) return ["same", "the same as published: " + (flags.join(" ") || "no flags") + " changes nothing here."];
      return ["other", flags.join(" ") + (stated.length ? `; ${hold} of ${stated.length} claims hold, which were made for the published values.` : ".")];
    }
    if (exact) return ["bits", "every number as published, to the last bit."];
    const most = Math.max(worst, errors, points);
    if (differs || verdicts || most > 1e-6) {
      return ["differs", "not as published: " + (differs || most === Infinity ? "other outputs." : verdicts ? verdicts + " of " + claims + " claims have another verdict." : "numbers differ by " + most.toPrecision(1) + " of their size.")];
    }
    const to = d => d ? `to ${digits(d)} digits` : "to the last bit", zero = errors ? `; errors that should be 0 agree within ${errors.toPrecision(1)}` : "";
    if (equal === figures) return ["digits", `every number as published, ${to(worst)}${zero}.`];
    return ["digits", `as published: ${claims ? `claims ${to(worst)}${zero}; ` : ""}${equal} of ${figures} figures and tables to the last bit${carry < 15 || points ? `, the points of the others to ${Math.min(carry, digits(points))} digits` : ""}.`];
  }
  return { draw, dataOf, judge };
})();
