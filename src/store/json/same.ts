/**
 * Whether two values are the same once written as JSON: the order of keys does not count, nor does a key whose value is
 * `undefined`.
 */
export const same = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => same(item, other[index]))
    );
  }
  const present = (value: object) => new Map(Object.entries(value).filter(([, part]) => part !== undefined));
  const parts = present(one);
  const others = present(other);
  return parts.size === others.size && [...parts].every(([key, part]) => same(part, others.get(key)));
};
