import { afterEach } from 'vitest';
import { describeContactStore } from '../contract.js';
import { closeStores, newPlace, openAt } from './place.js';

afterEach(closeStores);

describeContactStore('PostgreSQL', async () => {
  const url = await newPlace();
  return async () => openAt(url);
});
