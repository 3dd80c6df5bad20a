import { describe, expect, it } from 'vitest';
import { emailKey, keysOf, nameKey, nationalNumber, phoneExtension, phoneKey } from '../../src/contacts/keys.js';
import { contactWith } from './sample-contact.js';

describe('emailKey', () => {
  it.each([
    [' Maria.Garcia@Acme.Example ', 'maria.garcia@acme.example'],
    ['ｍａｒｉａ＠acme.example', 'maria@acme.example'],
    ['jose\u0301@acme.example', 'josé@acme.example'],
    ['jose@acme.example', 'jose@acme.example'],
  ])('%j is %j', (address, key) => {
    expect(emailKey(address)).toBe(key);
  });
});

describe('phoneKey and phoneExtension', () => {
  it.each([
    ['+85228765432', '+85228765432', undefined],
    ['+85228765432;ext=12', '+85228765432', '12'],
  ])('%s', (number, key, extension) => {
    expect([phoneKey(number), phoneExtension(number)]).toEqual([key, extension]);
  });
});

describe('nationalNumber', () => {
  it.each([
    ['+14155552671', '4155552671'],
    ['+79123456789', '9123456789'],
    ['+201001234567', '1001234567'],
    ['+27821234567', '821234567'],
    ['+33612345678', '612345678'],
    ['+35312345678', '12345678'],
    ['+37120123456', '20123456'],
    ['+38044123456', '44123456'],
    ['+390612345678', '0612345678'],
    ['+420601123456', '601123456'],
    ['+447911123456', '7911123456'],
    ['+5491123456789', '91123456789'],
    ['+50212345678', '12345678'],
    ['+59512345678', '12345678'],
    ['+6591234567', '91234567'],
    ['+67912345', '12345'],
    ['+8190123456', '90123456'],
    ['+821012345678', '1012345678'],
    ['+85291234567', '91234567'],
    ['+8613812345678', '13812345678'],
    ['+886912345678', '912345678'],
    ['+919812345678', '9812345678'],
    ['+96612345678', '12345678'],
    ['+989121234567', '9121234567'],
    ['+99412345678', '12345678'],
    ['+85228765432;ext=12', '28765432'],
  ])('of %s is %s', (number, national) => {
    expect(nationalNumber(number)).toBe(national);
  });
});

describe('nameKey', () => {
  it.each([
    ['  Maria   GARCÍA ', 'maria garcia'],
    ['Garcia, Maria', 'garcia maria'],
    ['Seán O’Brien', 'sean obrien'],
    ["Sean O'Brien", 'sean obrien'],
    ['J.R. Smith', 'jr smith'],
    ['Jean-Luc Picard', 'jean luc picard'],
    ['王 小明', '王小明'],
    ['マリア・ガルシア', 'マリアガルシア'],
    ['김 민수', '김민수'],
    ['Peter 陳', 'peter 陳'],
    ['राज कुमार', 'राज कुमार'],
    ['***', '***'],
    ['', ''],
  ])('of %j is %j', (text, key) => {
    expect(nameKey(text)).toBe(key);
  });
});

describe('keysOf', () => {
  const keys = (given: Parameters<typeof contactWith>[0]) =>
    keysOf(contactWith(given)).map(({ of, value }) => `${of} ${value}`);

  it('has the ids, addresses, numbers and the name in both orders, each once', () => {
    expect(
      keys({
        firstName: 'Maria',
        lastName: 'García',
        company: 'Acme',
        mergedIds: ['bbbb22223333'],
        emails: ['Maria@Acme.Example', 'maria@acme.example'],
        phones: ['+85228765432;ext=12', '+85228765432'],
        social: { whatsapp: '+14155552671' },
      }),
    ).toEqual([
      'id k3v9x2m4p7qr',
      'id bbbb22223333',
      'email maria@acme.example',
      'phone +85228765432',
      'phone +14155552671',
      'number 28765432',
      'number 4155552671',
      'name maria garcia',
      'name garcia maria',
    ]);
  });

  it('has the company where there is no other name, and the extension of staff', () => {
    expect(keys({ company: 'Acme, Ltd.' })).toEqual(['id k3v9x2m4p7qr', 'name acme ltd']);
    expect(keys({ category: 'internal', firstName: 'Bo', extension: '204' })).toEqual([
      'id k3v9x2m4p7qr',
      'name bo',
      'extension 204',
    ]);
  });

  it('has a Han name without spaces in both orders', () => {
    expect(keys({ firstName: '小明', lastName: '王' })).toEqual(['id k3v9x2m4p7qr', 'name 王小明', 'name 小明王']);
  });
});
