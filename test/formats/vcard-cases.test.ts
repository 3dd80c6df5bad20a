import { describe, test } from 'vitest';
import { casesOf, expectCase } from '../helpers/cases.js';

const folder = 'fixtures/cases/vcard';

describe('vCards as programs, phones and servers write them', async () => {
  test.each(await casesOf(folder))('%s', async (_, given) => {
    await expectCase(folder, given);
  });
});
