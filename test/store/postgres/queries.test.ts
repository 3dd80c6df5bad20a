import { describeQueries } from '../../commands/describe-queries.js';
import { countingIds } from '../../helpers/run.js';
import { newPlace } from './place.js';

describeQueries('a database', async () => ({ store: await newPlace(), newId: countingIds() }));
