import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { handlerOf, mayOpen, openUri } from '../../src/terminal/open-uri.js';

describe('mayOpen', () => {
  test.each([
    ['tel:+85291234567', true],
    ['sms:+85291234567', true],
    ['mailto:maria@example.com', true],
    ['https://wa.me/85291234567', true],
    ['https://m.me/maria', true],
    ['https://line.me/R/ti/p/~maria', true],
    ['https://instagram.com/maria', true],
    ['http://wa.me/85291234567', false],
    ['https://example.com/wa.me', false],
    ['https://wa.me.example.com/', false],
    ['https://wa.me@example.com/', false],
    ['https://user@wa.me/', false],
    ['https://wa.me:8080/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['mailto:maria@example.com\n', false],
    ['tel:+1 2', false],
    ['--version', false],
    ['', false],
  ])('%j: %j', (uri, expected) => {
    expect(mayOpen(uri)).toBe(expected);
  });
});

test.each([
  ['linux', 'xdg-open', ['tel:+1']],
  ['freebsd', 'xdg-open', ['tel:+1']],
  ['darwin', 'open', ['tel:+1']],
  ['win32', 'rundll32', ['url.dll,FileProtocolHandler', 'tel:+1']],
] as const)('on %s, %s opens', (platform, command, argv) => {
  expect(handlerOf(platform, 'tel:+1')).toEqual([command, argv]);
});

describe('openUri', () => {
  /** A system whose programs start, or do not. */
  const system = (fault?: Error) => {
    const started: unknown[] = [];
    const start = (command: string, argv: readonly string[]) => {
      const child = Object.assign(new EventEmitter(), { unref: () => void started.push('left to itself') });
      started.push([command, argv]);
      queueMicrotask(() => child.emit(fault ? 'error' : 'spawn', fault));
      return child;
    };
    return { start, started };
  };

  test('starts the handler with the address as its one argument, and leaves it to itself', async () => {
    const { start, started } = system();
    await openUri('tel:+85291234567;ext=1', 'linux', start);
    expect(started).toEqual([['xdg-open', ['tel:+85291234567;ext=1']], 'left to itself']);
  });

  test('says that there is no handler', async () => {
    const { start } = system(new Error('spawn xdg-open ENOENT'));
    await expect(openUri('tel:+1', 'linux', start)).rejects.toThrow(
      new UsageError(
        'tel:+1 was not opened: xdg-open cannot be run (spawn xdg-open ENOENT).',
        'Print it with --print, or install a handler.',
      ),
    );
  });

  test('starts nothing for another address', async () => {
    const { start, started } = system();
    await expect(openUri('file:///etc/passwd', 'linux', start)).rejects.toThrow(UsageError);
    expect(started).toEqual([]);
  });
});
