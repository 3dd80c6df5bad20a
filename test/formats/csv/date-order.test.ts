import { describe, expect, it } from 'vitest';
import { watchDateOrder } from '../../../src/formats/csv/date-order.js';

describe('dates that all read both ways', () => {
  const check = (country: string): unknown => {
    const order = watchDateOrder();
    order.see('Birth Date', '03/04/1990', 2);
    return order.check({ headers: ['Birth Date'], delimiter: ',', country });
  };

  it.each(['GB', 'AU', 'NZ', 'IE', 'IN', 'SG', 'HK', 'DE', 'FR', 'BR', '+44'])('stop the import in %s', (country) => {
    expect(() => check(country)).toThrow(`the default country ${country} writes the day first`);
  });

  it.each(['US', 'CA', 'TW', 'JP', '+1'])('are month first in %s, with a warning', (country) => {
    expect(check(country)).toEqual([{ header: 'Birth Date', line: 2, text: '03/04/1990', count: 1 }]);
  });
});
