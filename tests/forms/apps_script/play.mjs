// Plays a story with the script: what is answered, what the address says; prints everything that came of it.
import { readFileSync } from 'node:fs';
import { world } from './google.mjs';

const story = JSON.parse(readFileSync(0, 'utf8'));
const play = world({ source: process.argv[2], secret: story.secret ?? 'a secret for the webhook', answers: story.answers ?? [] });
for (let times = 0; times < (story.create ?? 1); times += 1) play.script.create();
for (const { id, at, email, said, caught } of story.responses ?? []) {
  const response = play.answer(id, at, email, said);
  if (caught) play.script.onSubmit({ response });
}
play.told.locked = story.locked ?? false;
for (let sweeps = 0; sweeps < (story.sweeps ?? 0); sweeps += 1) play.script.sweep();
console.log(JSON.stringify({
  ...play.told,
  settings: play.form().settings,
  items: play.form().items,
  tabs: play.tabs.map(({ name, rows, formats }) => ({ name, rows, formats })),
}));
