import fc from 'fast-check';
import isEmailModule from 'validator/es/lib/isEmail.js';
import { expect, test } from 'vitest';
import { createParsers } from '../../src/fields/parsers.js';

const isEmail = isEmailModule as unknown as typeof isEmailModule.default;
const parsers = createParsers();

const addressLike = fc.oneof(
  fc.stringMatching(/^[aZ9._+-]{0,5}@[aZ9-]{1,4}\.[aZ9-]{0,3}$/),
  fc.stringMatching(/^[a.+-]{1,4}@a\.example$/),
  fc.stringMatching(/^[a.é"' @]{1,8}@[a.é-]{1,6}\.[az]{1,3}$/),
  fc.integer({ min: 55, max: 75 }).map((length) => `${'a'.repeat(length - 12)}@example.com`),
);

test('an address is one where the library says so', () => {
  fc.assert(
    fc.property(addressLike, (text) => {
      expect(parsers.isEmail(text)).toBe(isEmail(text, { allow_utf8_local_part: true }));
    }),
    { numRuns: 3000 },
  );
});
