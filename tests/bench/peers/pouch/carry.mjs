// Carries documents from a PouchDB to an express-pouchdb of its own process; prints documents a second.
// `carry.mjs FILE` carries; `carry.mjs --serve FOLDER` is the other end.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

const PouchDB = createRequire(import.meta.url)("pouchdb");
const BATCH = 1000;

/** @param {string} folder */
function serve(folder) {
  const require = createRequire(import.meta.url);
  const app = require("express")();
  const Kept = PouchDB.defaults({ prefix: `${folder}/above-` });
  const options = { mode: "minimumForPouchDB", overrideMode: { include: [] }, configPath: join(folder, "config.json"), logPath: join(folder, "log.txt") };
  app.use("/", require("express-pouchdb")(Kept, options));
  const server = app.listen(0, "127.0.0.1", () => {
    process.stdout.write(`${server.address().port}\n`);
  });
}

/** @param {string} file @param {string} folder */
async function carry(file, folder) {
  const above = spawn(process.execPath, [process.argv[1], "--serve", folder], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const port = await new Promise((heard, failed) => {
      above.stdout.once("data", (line) => heard(Number(line)));
      above.once("exit", () => failed(new Error("the server ended")));
    });
    const documents = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
    const here = new PouchDB(`${folder}/here`);
    await here.bulkDocs(documents);
    const from = performance.now();
    const done = await here.replicate.to(`http://127.0.0.1:${port}/texts`, { batch_size: BATCH });
    const seconds = (performance.now() - from) / 1000;
    if (!done.ok || done.docs_written !== documents.length) throw new Error(JSON.stringify(done));
    process.stdout.write(`${documents.length / seconds}\n`);
    await here.close();
  } finally {
    above.kill();
  }
}

if (process.argv[2] === "--serve") {
  serve(process.argv[3]);
} else {
  const folder = mkdtempSync(join(tmpdir(), "carry-"));
  try {
    await carry(process.argv[2], folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
