// Runs one cell in the reader's browser, after Go's own support of WebAssembly: what
// it is given is the program and the arguments, what it posts the outputs. A part of
// the program that stays is asked afterwards, and posts its answers.
onmessage = async ({ data: { module, args, ask } }) => {
  try {
    if (ask !== undefined) return globalThis.credoAsk(ask);
    const streams = { 1: new TextDecoder(), 2: new TextDecoder() };
    globalThis.fs.writeSync = (fd, bytes) => {
      postMessage({ stream: fd === 2 ? "stderr" : "stdout", text: streams[fd === 2 ? 2 : 1].decode(bytes, { stream: true }) });
      return bytes.length;
    };
    globalThis.credoDisplay = bundle => postMessage({ bundle });
    globalThis.credoProgress = (done, total) => postMessage({ done, total });
    globalThis.credoAnswer = answer => postMessage({ answer });
    const go = new Go();
    let code = 0;
    go.argv = ["credo", ...args];
    go.exit = c => { code = c; };
    await go.run(await WebAssembly.instantiate(module, go.importObject));
    postMessage({ exit: code });
  } catch (e) {
    postMessage({ failed: String(e && e.message || e) });
  }
};
