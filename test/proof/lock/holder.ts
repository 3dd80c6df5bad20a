import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { openJsonStore } from '../../../src/store/json/json-store.js';
import { systemProcesses } from '../../../src/store/json/process-identity.js';
import { contact, why } from '../../store/sample.js';
import { beats, elsewhere } from './beats.js';

/**
 * A program that takes the lock of a store again and again, in a container of its own as it seems: `PATH NAME`. It says
 * `held N`, goes on when there is a file `PATH.go-NAME-N`, and says `made ID` or `code N`.
 */
const [path = '', name = ''] = process.argv.slice(2);

for (let round = 1; ; round++) {
  const id = `${name}n${round}`;
  const store = openJsonStore({
    path,
    now: () => new Date(),
    newId: () => `${id}c`,
    lockTimeout: 60_000,
    warn: () => {},
    processes: { ...systemProcesses, own: () => elsewhere(systemProcesses.own(), 'holder') },
    beats,
  });
  try {
    await store.change(why, async () => {
      console.log(`held ${round}.`);
      while (!existsSync(`${path}.go-${name}-${round}`)) await wait(5);
      return { edits: [{ after: contact(id) }] };
    });
    console.log(`made ${id}.`);
  } catch (error) {
    console.log(`${error instanceof Error && 'code' in error ? error.code : error} ${round}.`);
  }
}
