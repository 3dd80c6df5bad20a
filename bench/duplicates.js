// Measures how right the search for duplicates is: npm run bench:duplicates [-- --seed 7]
import { build } from 'esbuild';

// Node 20 reads no TypeScript: what is measured is bundled in memory, and loaded from there.
const { outputFiles } = await build({
  entryPoints: ['bench/duplicates/accuracy.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  write: false,
  logLevel: 'warning',
});
const [module] = outputFiles;
const { accuracyOf, blockingOf, populations } = await import(
  `data:text/javascript;base64,${Buffer.from(module.contents).toString('base64')}`
);

const at = process.argv.indexOf('--seed');
const seed = at < 0 ? 1 : Number(process.argv[at + 1]);
const scores = [0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99, 0.999];
const share = (number) => number.toFixed(4);

for (const [name, create] of Object.entries(populations)) {
  const population = create(seed);
  const { recall, pairsEach } = blockingOf(population);
  console.log(`\n${name}: ${population.length.toLocaleString('en-US')} contacts`);
  console.log(`blocking keys: recall ${share(recall)}, ${pairsEach.toFixed(1)} pairs a contact`);
  console.log('least score  precision  recall');
  for (const [index, accuracy] of accuracyOf(population, scores).entries()) {
    console.log(`${String(scores[index]).padEnd(11)}  ${share(accuracy.precision)}     ${share(accuracy.recall)}`);
  }
}
