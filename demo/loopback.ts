// Loaded into the chat workspace before it starts: it may be reached from this machine only.
const serve = Bun.serve;
Bun.serve = (options) => serve({ ...options, hostname: "127.0.0.1" });
