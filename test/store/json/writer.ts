import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '../../../src/store/open.js';
import { contact, create, why } from '../sample.js';

/**
 * A program for tests of several processes on one store.
 *
 * `add PATH NAME COUNT` creates that many contacts, one change each, and says `made ID` after each; `hold PATH` takes the
 * lock, says `held` and keeps it. An error is said as `CODE: message`, and ends the program with 1.
 */
const [task, path = '', name = '', count = '1'] = process.argv.slice(2);

let changes = 0;
const store = await openStore(path, {
  now: () => new Date(),
  newId: () => `${name}c${++changes}`,
  lockTimeout: 60_000,
  warn: (message) => console.log(`warning: ${message}`),
});

const tasks: Readonly<Record<string, () => Promise<void>>> = {
  add: async () => {
    for (let number = 1; number <= Number(count); number++) {
      await create(store, contact(`${name}n${number}`));
      console.log(`made ${name}n${number}`);
    }
  },
  hold: async () => {
    await store.change(why, async () => {
      console.log('held');
      for (;;) await wait(1000);
    });
  },
};

try {
  await tasks[task ?? '']?.();
} catch (error) {
  console.log(error instanceof Error && 'code' in error ? `${error.code}: ${error.message}` : error);
  process.exitCode = 1;
}
