'use strict';

const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/** Bytes at the beginning of a cache that say which Node made it. */
const stampSize = 32;
const stamp = `${process.version} ${process.arch}`.padEnd(stampSize);

/**
 * The code that V8 made of a file when the program was built, where this Node made it: one of another Node with the same
 * version of V8 passes V8's own check and crashes the process (20.17 with the code of 20.20).
 */
const cacheOf = (path) => {
  try {
    const bytes = readFileSync(`${path}.cache`);
    return bytes.latin1Slice(0, stampSize) === stamp ? bytes.subarray(stampSize) : undefined;
  } catch {
    return undefined;
  }
};

/** A cache as `cacheOf` reads it. */
exports.stampedCache = (code) => Buffer.concat([Buffer.from(stamp, 'latin1'), code]);

/**
 * Makes a function that loads files of `dist/` as CommonJS, with the code that V8 made of them when they were built: to
 * make it anew takes a fifth of the time that a short command runs. Another version of Node makes its own.
 *
 * @param onScript is told each file's path and compiled script
 */
exports.createLoader = (onScript = () => {}) => {
  const loaded = new Map();
  const load = (path) => {
    const known = loaded.get(path);
    if (known !== undefined) return known.exports;
    // `scripts/build.js` writes a function, in ASCII alone, which is read faster as Latin-1.
    const source = readFileSync(path, 'latin1');
    const cachedData = cacheOf(path);
    const script = new Script(source, { filename: path, cachedData });
    const module = { exports: {} };
    loaded.set(path, module);
    const requireFrom = (id) => (id.startsWith('./') ? load(join(dirname(path), id)) : require(id));
    script.runInThisContext()(module.exports, requireFrom, module);
    onScript(path, script);
    return module.exports;
  };
  return load;
};
