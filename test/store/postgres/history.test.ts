import { describe } from 'vitest';
import { describeHistory } from '../../helpers/history-cases.js';
import { newPlace } from './place.js';

describe('in a database', () => {
  describeHistory(() => newPlace(), 'postgres');
});
