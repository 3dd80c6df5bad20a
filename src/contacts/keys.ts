/**
 * What contacts are found by, exactly: `id` (an id, or one merged into it), `idPrefix`, `email` (`emailKey`), `phone`
 * (E.164 without an extension), `number` (digits without a country code: the national number is equal), `name`
 * (`nameKey`), `extension`.
 */
export interface Key {
  readonly of: 'id' | 'idPrefix' | 'email' | 'phone' | 'number' | 'name' | 'extension';
  readonly value: string;
}
