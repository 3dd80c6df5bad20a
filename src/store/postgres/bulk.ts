import type { ClientBase } from 'pg';

/** From how many rows on a load is large: it is made cheap, and the planner is told at once what a table holds then. */
export const many = 5_000;

/** Sets a setting until the end of the transaction; does nothing where the server does not have it. */
const setLocal = (client: ClientBase, name: string, value: string) =>
  client.query('SELECT set_config(name, $2, true) FROM pg_settings WHERE name = $1', [name, value]);

/**
 * Writes many rows of an indexed table. The index of n-grams keeps what is new in a list and merges it into its tree when
 * the list is full (PostgreSQL's documentation, "GIN Fast Update Technique"): with the list of 64 MB instead of 4 it
 * touches each page of the tree a sixteenth as often. The last row is written with the list so short that it is merged
 * whole, since searches would have to go through it. Any role may set what is set here.
 *
 * @param count how many rows there are
 * @param write writes those from one number to before another
 */
export const writeMany = async (
  client: ClientBase,
  count: number,
  write: (from: number, to: number) => Promise<unknown>,
): Promise<void> => {
  if (count < many) {
    if (count > 0) await write(0, count);
    return;
  }
  await setLocal(client, 'work_mem', '256MB');
  await setLocal(client, 'gin_pending_list_limit', '64MB');
  await write(0, count - 1);
  await setLocal(client, 'gin_pending_list_limit', '64kB');
  await write(count - 1, count);
};
