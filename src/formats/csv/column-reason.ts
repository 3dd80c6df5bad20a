import type { Mapping } from './mapping.js';

const fieldReason = (rank: number): string => {
  if (rank <= 0) return 'the header is the name of the field';
  return rank === 1 ? 'the header is a common name of the field' : 'the header is that of another program';
};

/** Why a column holds what it does, in words. */
export const reasonOf = ({ use, chosen = false }: Mapping[number]): string => {
  if (chosen) return use.is === 'leftOut' ? 'you left it out' : 'you chose it';
  switch (use.is) {
    case 'field':
      if (use.holdsTitles) return 'most values are forms of address: these are kept in notes';
      return fieldReason(use.rank);
    case 'id':
      return 'the ID of the contact';
    case 'countryCode':
      return "tells the country of the row's phone numbers";
    case 'name':
      return 'a whole name, where there is no first and last name';
    case 'birth':
      return `the ${use.part} of the birth date`;
    case 'block':
      return use.part === 'label' ? 'says what kind the next value is' : 'its label column says of which kind';
    case 'address':
      return `part of the address "${use.owner}"`;
    case 'noted':
      return 'no field fits: kept in a note';
    case 'repeating':
      return 'repeats other columns: kept in a note where it says more';
    case 'leftOut':
      return 'says nothing about a contact: left out';
    default:
      return 'no field fits';
  }
};
