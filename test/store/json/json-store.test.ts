import { describeContactStore } from '../contract.js';
import { newPath, openAt } from './place.js';

describeContactStore('A JSON file', async () => {
  const path = await newPath();
  return async () => openAt(path);
});

describeContactStore('A JSON file with an index', async () => {
  const path = await newPath();
  return async () => openAt(path, { indexedFrom: 1 });
});
