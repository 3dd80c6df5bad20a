/**
 * What prepares a database, in order: the first entry leads from nothing to version 1, the next to version 2. An entry
 * never changes once it was published.
 *
 * The tables lie in the first schema of the `search_path`. Nothing in them needs an extension. Contacts are kept as
 * `json` and not as `jsonb`, which drops the order of keys and refuses U+0000 and halves of surrogate pairs: the JSON
 * store keeps all of these, and what goes in has to come out. `contact::jsonb` serves whoever writes SQL of their own.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE contacts_store (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version integer NOT NULL,
    revision bigint NOT NULL,
    settings json NOT NULL,
    external bigint NOT NULL,
    internal bigint NOT NULL
  );

  CREATE TABLE contacts_contact (
    id text COLLATE "C" PRIMARY KEY,
    place bigint NOT NULL,
    category text NOT NULL,
    name text COLLATE "C" NOT NULL,
    grams integer[] NOT NULL,
    keys text[] COLLATE "C" NOT NULL,
    merged_ids text[],
    contact json NOT NULL
  );
  CREATE INDEX contacts_contact_place ON contacts_contact (place);
  CREATE INDEX contacts_contact_category ON contacts_contact (category, place);
  CREATE INDEX contacts_contact_name ON contacts_contact (name, id);
  CREATE INDEX contacts_contact_grams ON contacts_contact USING gin (grams);
  -- With a list of what is new, each of the thousands of keys that an import asks for would be looked up in it.
  CREATE INDEX contacts_contact_keys ON contacts_contact USING gin (keys) WITH (fastupdate = off);
  CREATE INDEX contacts_contact_merged ON contacts_contact (place) WHERE merged_ids IS NOT NULL;

  CREATE TABLE contacts_unique_value (
    value text COLLATE "C" PRIMARY KEY,
    id text COLLATE "C" NOT NULL REFERENCES contacts_contact ON DELETE CASCADE
  );
  CREATE INDEX contacts_unique_value_id ON contacts_unique_value (id);

  CREATE TABLE contacts_change (
    revision bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    header json NOT NULL,
    bytes bigint NOT NULL
  );

  CREATE TABLE contacts_edit (
    revision bigint NOT NULL,
    number integer NOT NULL,
    before json,
    after json,
    position bigint,
    PRIMARY KEY (revision, number)
  );
  `,
];
