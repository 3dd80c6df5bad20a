import { describe, test } from 'vitest';
import { casesOf, expectCase } from '../helpers/cases.js';

const folder = 'fixtures/cases/evidence';

describe('cells land as they are meant', async () => {
  test.each(await casesOf(folder))('%s', async (_, given) => {
    await expectCase(folder, given);
  });
});
