import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
  await workspace.ok([
    'add',
    ...['--first-name', 'Maria', '--last-name', 'Garcia', '--company', 'Acme', '--mobile', '+852 9123 4567'],
    ...['--work-email', 'maria@acme.example', '--line', 'maria'],
  ]);
});
afterEach(() => workspace.remove());

describe('share', () => {
  it('prints the vCard', async () => {
    const card = await workspace.ok(['share', 'maria@acme.example']);
    expect(card.split('\r\n')).toEqual([
      'BEGIN:VCARD',
      'VERSION:4.0',
      'UID;VALUE=text:222222222222',
      'FN:Maria Garcia',
      'N:Garcia;Maria;;;',
      'ORG:Acme;',
      ...['X-CONTACTS-TYPE:Lead', 'X-CONTACTS-LEVEL:Primary'],
      expect.stringMatching(/^TEL.*:tel:\+85291234567$/),
      expect.stringMatching(/^EMAIL.*:maria@acme.example$/),
      expect.stringMatching(/:line:maria$/),
      'REV:20261124T120000Z',
      'END:VCARD',
      '',
    ]);
  });

  it('draws the QR code of what a phone has a place for', async () => {
    const { code, stdout, stderr } = await workspace.run(['share', '2222', '--qr'], { terminal: true });
    expect([code, stderr]).toEqual([0, 'Point the camera of a phone at it to take Maria Garcia with you.\n']);
    expect(stdout).toMatch(/^[█▀▄ \n]+$/);
    await workspace.ok([
      'edit',
      '2222',
      '--group',
      'A group that is far too long to fit',
      '--messenger',
      'x'.repeat(99),
    ]);
    const again = await workspace.ok(['share', '2222', '--qr'], { terminal: true });
    expect(again).toBe(stdout);
  });

  it('says that the code does not fit', async () => {
    expect(await workspace.run(['share', '2222', '--qr'], { terminal: true, columns: 40 })).toMatchObject({
      code: 5,
      stdout: '',
      stderr: expect.stringMatching(/^error: The QR code is \d\d cells wide, and the terminal 40\.\nhint: /),
    });
  });
});
