import { Metadata } from 'libphonenumber-js/max';

/** The parts of a country's numbering plan that the library has, but does not declare. */
interface PlanMetadata {
  selectNumberingPlan(countryOrCallingCode: string): void;
  hasCallingCode(code: string): boolean;
  getCountryCodesForCallingCode(code: string): readonly string[] | undefined;
  nationalNumberPattern(): string;
  possibleLengths(): readonly number[] | undefined;
  nationalPrefixForParsing(): string | undefined;
  leadingDigits(): string | undefined;
  type(name: string): { pattern(): string; possibleLengths(): readonly number[] | undefined } | undefined;
}

const numberTypes = [
  'FIXED_LINE',
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

/** What tells whether the digits after a calling code are a number of a country. */
interface CountryPlan {
  /** That its numbers begin so decides, where several countries share a calling code. */
  readonly leading: RegExp | undefined;
  readonly lengths: readonly number[];
  isAssigned(national: string): boolean;
}

const entirely = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

const countryPlan = (country: string, metadata: PlanMetadata): CountryPlan => {
  metadata.selectNumberingPlan(country);
  const general = entirely(metadata.nationalNumberPattern());
  const leading = metadata.leadingDigits();
  const lengths = metadata.possibleLengths() ?? [];
  const types = numberTypes.flatMap((name) => {
    const type = metadata.type(name);
    const pattern = type?.pattern();
    return pattern ? [{ pattern: entirely(pattern), lengths: type?.possibleLengths() ?? lengths }] : [];
  });
  return {
    leading: leading === undefined ? undefined : new RegExp(`^(?:${leading})`),
    lengths,
    isAssigned: (national) =>
      general.test(national) &&
      types.some((type) => type.lengths.includes(national.length) && type.pattern.test(national)),
  };
};

/** The plans of the countries that share a calling code, and how a prefix for calls within them begins. */
interface CodePlan {
  readonly prefix: RegExp | undefined;
  readonly countries: readonly CountryPlan[];
}

const codePlan = (code: string, metadata: PlanMetadata): CodePlan => {
  const countries = (metadata.getCountryCodesForCallingCode(code) ?? []).map((country) =>
    countryPlan(country, metadata),
  );
  metadata.selectNumberingPlan(code);
  const prefix = metadata.nationalPrefixForParsing();
  return { prefix: prefix ? new RegExp(`^(?:${prefix})`) : undefined, countries };
};

const longestCode = 3;

/**
 * Makes the function that knows of most possible numbers in E.164 at once whether they are assigned, by the library's own
 * metadata. The library itself compiles the expressions of a country anew for every number.
 *
 * `undefined` where it is for the library to tell: a number that is not possible, one that begins like a number with a
 * national prefix, and one of a calling code of several countries that is assigned in none of them.
 */
export const createAssignedNumbers = (): ((text: string) => boolean | undefined) => {
  const metadata = new Metadata() as unknown as PlanMetadata;
  const plans = new Map<string, CodePlan>();

  const callingCodeOf = (digits: string): string | undefined => {
    for (let length = 1; length <= longestCode; length += 1) {
      const code = digits.slice(0, length);
      if (plans.has(code) || metadata.hasCallingCode(code)) return code;
    }
    return undefined;
  };

  const planOf = (code: string): CodePlan => {
    const plan = plans.get(code) ?? codePlan(code, metadata);
    plans.set(code, plan);
    return plan;
  };

  return (text) => {
    if (!/^\+[1-9]\d{6,14}$/.test(text)) return undefined;
    const digits = text.slice(1);
    const code = callingCodeOf(digits);
    if (code === undefined) return undefined;
    const national = digits.slice(code.length);
    const { prefix, countries } = planOf(code);
    if (prefix?.test(national)) return undefined;
    const isOnly = countries.length === 1;
    const country = isOnly
      ? countries[0]
      : countries.find(({ leading, isAssigned }) => leading?.test(national) ?? isAssigned(national));
    if (!country?.lengths.includes(national.length)) return undefined;
    return country.isAssigned(national) || (isOnly ? false : undefined);
  };
};
