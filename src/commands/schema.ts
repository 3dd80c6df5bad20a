import type { Command } from 'commander';
import { contactSchema } from '../fields/schema.js';
import { writeJson } from './output.js';
import { action } from './program.js';
import type { Session } from './session.js';

export const runSchema = async (_options: object, session: Session): Promise<void> => {
  const { fields } = await (await session.store()).settings();
  await writeJson(session, contactSchema(fields));
};

export const declare = (program: Command, session: Session, run = runSchema): void => {
  program
    .command('schema')
    .description('Print the JSON Schema of a contact, with the custom fields of the store.')
    .option('--json', 'the schema is JSON anyhow')
    .action(action((options: object) => run(options, session)));
};
