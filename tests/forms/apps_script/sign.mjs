// Reads vectors and prints what the script signs for each.
import { readFileSync } from 'node:fs';
import { world } from './google.mjs';

const vectors = JSON.parse(readFileSync(0, 'utf8'));
const made = vectors.map(({ secret, id, timestamp, body }) => {
  const { script } = world({ source: process.argv[2], secret });
  return script.sign_(id, timestamp, script.Utilities.newBlob(body).getBytes());
});
console.log(JSON.stringify(made));
