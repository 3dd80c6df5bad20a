import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
  await workspace.ok(['label', 'add', 'VIP']);
  await workspace.ok(['field', 'add', 'Shoe Size']);
  await workspace.ok([
    ...['add', '--first-name', 'Ada', '--mobile', '+85291234567', '--work-phone', '+85228765432'],
    ...['--work-email', 'ada@acme.example', '--city', 'Hong Kong', '--label', 'VIP', '--set', 'shoeSize=38'],
  ]);
});
afterEach(() => workspace.remove());

it.each<readonly [readonly string[], object]>([
  [['--set', 'first-name=Bea'], { firstName: 'Bea' }],
  [['--set', 'firstName=Bea'], { firstName: 'Bea' }],
  [['--set', 'shoe-size=39'], { custom: { shoeSize: '39' } }],
  [['--set', 'shoeSize=39'], { custom: { shoeSize: '39' } }],
  [['--set', 'mobile=+85291234568'], { phones: [{ number: '+85291234568' }, { number: '+85228765432' }] }],
  [['--set', 'zipCode=999077'], { address: { zipCode: '999077', city: 'Hong Kong' } }],
  [['--add', 'personal-email=ada@home.example'], { emails: [{}, { address: 'ada@home.example' }] }],
  [['--remove', 'label=vip'], { labels: [] }],
  [['--remove', 'labels=VIP'], { labels: [] }],
  [['--remove', 'phones=2876 5432', '--country-code', 'HK'], { phones: [{ number: '+85291234567' }] }],
  [['--remove', 'email=ADA@acme.example'], { emails: [] }],
  [['--unset', 'work-phone'], { phones: [{ kind: 'mobile' }] }],
  [['--unset', 'phones'], { phones: [] }],
])('edit ada %j', async (options, expected) => {
  expect(await workspace.json(['edit', 'ada', ...options])).toMatchObject(expected);
});

it.each<readonly [readonly string[], number, string]>([
  [['--add', 'phones=+85291234568'], 2, '"phones" means several fields.'],
  [['--set', 'email=x@y.example'], 2, '"email" means several fields.'],
  [['--remove', 'address=Hong Kong'], 2, '"address" means several fields.'],
  [['--set', 'notes=x'], 2, 'Notes are not set as a field.'],
  [['--unset', 'adress'], 3, 'There is no field "adress" of external contacts.'],
])('edit ada %j: exit %i', async (options, code, message) => {
  const outcome = await workspace.run(['edit', 'ada', ...options]);
  expect([outcome.code, outcome.stderr.split('\n')[0]]).toEqual([code, `error: ${message}`]);
});

it('edit ada --unset address --unset custom', async () => {
  const edited = await workspace.json<object>(['edit', 'ada', '--unset', 'address', '--unset', 'custom']);
  expect(Object.keys(edited)).not.toContain('address');
  expect(Object.keys(edited)).not.toContain('custom');
});
