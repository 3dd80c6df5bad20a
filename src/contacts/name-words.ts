/**
 * Words that stand beside names, folded and without points. Their sources: the parts of names of UTS #35 (Unicode LDML, part
 * 8, "Person Names") and of vCard's `N` (RFC 6350, 6.2.2) for what there is; the forms of address that Debrett's and
 * the style guides of the EU's Publications Office list; and for companies the Entity Legal Forms of ISO 20275.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Forms of address, in the languages of the files that come in. */
const formsOfAddress = words(`
  mr mrs ms miss mx dr sir madam
  herr frau hr fräulein
  m mme mlle monsieur madame mademoiselle dre
  sr sra srta señor señora señorita don doña dra
  sig sigra signor signora signorina dott dottssa
  senhor senhora
  dhr mevr mw mevrouw heer
  pan pani г-н г-жа господин госпожа
  先生 女士 小姐 太太 様 さん 氏 님 씨
`);

/** Words that are a form of address beside others, and may be somebody's job where they stand alone. */
const titlesOrJobs = words(`
  doctor doktor doctora docteur prof professor professeur profesor rev reverend father hon judge capt captain col colonel lt sgt ing eng arch avv dipl-ing
  lord lady rabbi imam
`);

/** Titles that stand before a name and are never one, as Don and Eng are. */
const titlesBefore = words(`
  mr mrs ms miss mx dr sir prof professor rev herr frau mme mlle monsieur madame sr sra srta señor señora sig sigra signor
  signora dott dottssa dra dhr mevr mevrouw
`);

/** What tells father and son apart, with the form that all its spellings have. */
export const generations: Readonly<Record<string, string>> = {
  jr: 'jr',
  jnr: 'jr',
  junior: 'jr',
  sr: 'sr',
  snr: 'sr',
  senior: 'sr',
  ii: 'ii',
  iii: 'iii',
  iv: 'iv',
};

/** Degrees, offices and honours that follow a name and are no names themselves. */
const credentials = words(
  'md phd dphil dds dvm edd esq mba msc bsc cpa cfa pmp llm llb jd frcs obe mbe cbe qc kc mph psyd',
);

/** Such as are names too, so that they count only after a comma. */
const credentialsOrNames = words('ma ba do pe rn mp mr dr pa ceng csc');

/** Words that belong to the family name after them. */
const particles = words(`
  af al am av ben bin bint da dal de dei del della den der des di dos du el ibn la las le los op san st ten ter van vom
  von zu zum zur 't
`);

/** Legal forms that nobody is called by. */
const legalForms = words(`
  ltda eireli haftungsbeschränkt   inc incorporated ltd limited llc llp corp corporation gmbh mbh ohg kgaa plc pty pte pvt bhd sarl srl sro doo kft zrt oyj
  aps spa ооо оао зао пао
`);

/** Further ones, which are names or words where they stand by themselves. */
const shortLegalForms = words('ag kg ug se sa sas sl bv nv ab as asa oy kk co company');

/** Whether a word at the end of a company's name is its legal form. */
export const isLegalForm = (word: string): boolean => legalForms.has(word) || shortLegalForms.has(word);

/** Legal forms that are names or words too, so that they count only as they are written. */
const legalFormsAsWritten =
  /(?:^|[\s,])(?:AG|KG|UG|SE|SA|S\.A\.|S\.A|SAS|SL|S\.L\.|BV|B\.V\.|NV|N\.V\.|AB|AS|ASA|A\/S|Oy|KK|K\.K\.|e\.V\.|eG|Co\.|& Co|S\.p\.A\.|Sp\. z o\.o\.|S\.r\.l\.|S\.à r\.l\.|L\.P\.)$/u;

/** Legal forms that stand before a company's name. */
const legalFormBefore =
  /^(?:SARL|S\.A\.R\.L\.|SASU|EURL|SAS|ООО|ОАО|ЗАО|ПАО|АО|PT(?=\s+\S+\s+\S)|CV|Oy|OÜ|UAB|\(주\)|\(株\)|\(有\))(?:\s|(?<=\)))/u;

const eastAsianCompany =
  /(?:株式会社|有限会社|合同会社|有限公司|有限責任公司|有限责任公司|股份公司|주식회사|유한회사|㈱|㈲|㈜)/u;

const plain = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[.,]/g, '')
    .replace(/^\(|\)$/g, '');

/** Whether a text is a form of address and nothing else: `Mr`, `Dr.`, `Herr Dr.`. */
export const isFormOfAddress = (text: string): boolean => {
  const parts = text
    .trim()
    .split(/[\s/]+/)
    .map(plain);
  return parts.some((word) => formsOfAddress.has(word)) && parts.every(isTitle);
};

/** Whether a text may be a form of address: `Prof.` and `Captain` too, which are also jobs. */
export const mayBeFormOfAddress = (text: string): boolean =>
  text
    .trim()
    .split(/[\s/]+/)
    .map(plain)
    .every(isTitle);

const isTitle = (word: string): boolean => formsOfAddress.has(word) || titlesOrJobs.has(word);

/** Whether a word before a name is a title, and cannot be a name. */
export const isTitleWord = (word: string): boolean => titlesBefore.has(plain(word));

export const isGeneration = (word: string): boolean => Object.hasOwn(generations, plain(word));

/** Whether a word after a name is a degree or an honour. */
export const isCredential = (word: string, follows: 'comma' | 'space'): boolean =>
  credentials.has(plain(word)) || (follows === 'comma' && credentialsOrNames.has(plain(word)));

export const isParticle = (word: string): boolean => particles.has(word.toLowerCase());

/** A name in capitals throughout says nothing by its capitals. */
const isAllCapitals = (text: string): boolean =>
  /\p{Lu}/u.test(text) && text === text.toUpperCase() && !text.includes('.');

/** Whether a text names a company, by the legal form at its end, or before it. */
export const namesCompany = (text: string): boolean => {
  if (eastAsianCompany.test(text)) return true;
  const parts = text.trim().split(/[\s,]+/);
  if (legalFormBefore.test(text.trim()) && !isAllCapitals(text)) return true;
  if (parts.length < 2) return false;
  const last = plain(parts.at(-1) ?? '');
  if (legalForms.has(last)) return true;
  return legalFormsAsWritten.test(text.trim()) && !isAllCapitals(text);
};
