import type { Doubts } from './doubts.js';
import { combine, type QueryNode } from './query.js';
import type { QueryField } from './query-field.js';

/** A parenthesis that is open, or the query itself. */
interface Group {
  readonly at: number;
  readonly negated: boolean;
  /** The field that it stands after: what is in it are values of the field. */
  readonly field: QueryField | undefined;
  /** What stands between the `OR`s before. */
  readonly alternatives: QueryNode[];
  /** What is wanted since the last `OR`. */
  wanted: QueryNode[];
  /** What stood last in it. */
  last: Last;
}

type Last = 'nothing' | 'operand' | { readonly operator: string; readonly at: number };

/** Puts together what a query asks for, token by token. */
export interface Tree {
  /** The field whose values stand in the parenthesis that is open. */
  readonly field: QueryField | undefined;
  readonly depth: number;
  operand(node: QueryNode | undefined): void;
  operator(is: 'and' | 'or' | 'not', at: number): void;
  open(at: number, field: QueryField | undefined): void;
  close(at: number): void;
  /** Ends the query; nothing where nothing is wanted. */
  end(): QueryNode | undefined;
}

const newGroup = (at: number, negated: boolean, field: QueryField | undefined): Group => ({
  at,
  negated,
  field,
  alternatives: [],
  wanted: [],
  last: 'nothing',
});

/** `NOT` binds before `AND`, which stands between all that stands side by side, and that before `OR`. */
export const createTree = ({ refuse, error }: Doubts): Tree => {
  const groups: [Group, ...Group[]] = [newGroup(0, false, undefined)];
  const innermost = (): Group => groups.at(-1) ?? groups[0];
  let negated = false;

  const operand = (node: QueryNode | undefined): void => {
    if (node) innermost().wanted.push(negated ? { is: 'not', node } : node);
    innermost().last = 'operand';
    negated = false;
  };
  const endAlternative = (group: Group): void => {
    const node = combine('all', group.wanted);
    if (node) group.alternatives.push(node);
    group.wanted = [];
  };
  const endOf = (group: Group): QueryNode | undefined => {
    const { last } = group;
    if (typeof last === 'object')
      refuse(
        last.at,
        `Nothing stands after ${last.operator}:`,
        'Write what it joins, or put it in quotation marks if it is text.',
        last.operator,
      );
    if (last === 'nothing') refuse(group.at, 'There is nothing to look for here:', 'Write words, or field:value.');
    endAlternative(group);
    return combine('any', group.alternatives);
  };
  const close = (at: number): void => {
    if (groups.length === 1)
      return refuse(
        at,
        'This parenthesis was not opened:',
        'Open it with "(", or put it in quotation marks if it is text.',
      );
    const group = groups.pop() ?? groups[0];
    const node = endOf(group);
    negated = group.negated;
    operand(node);
  };

  return {
    get field() {
      return innermost().field;
    },
    get depth() {
      return groups.length - 1;
    },
    operand,
    operator: (is, at) => {
      const group = innermost();
      const operator = is.toUpperCase();
      if (is === 'not') negated = !negated;
      else {
        if (group.last !== 'operand')
          refuse(
            at,
            `Nothing stands before ${operator}:`,
            'Write what it joins, or put it in quotation marks if it is text.',
            operator,
          );
        if (is === 'or') endAlternative(group);
        negated = false;
      }
      group.last = { operator, at };
    },
    open: (at, field) => {
      groups.push(newGroup(at, negated, field ?? innermost().field));
      negated = false;
    },
    close,
    end: () => {
      const afterField = groups.find(({ field }) => field);
      const closeIt = 'Close it with ")".';
      if (afterField)
        throw error(afterField.at, `The parenthesis after ${afterField.field?.label} is not closed:`, closeIt);
      const [, open] = groups;
      if (open) refuse(open.at, 'This parenthesis is not closed:', closeIt);
      while (groups.length > 1) close(0);
      return endOf(groups[0]);
    },
  };
};
