/** The names of the colours that a label may have; `#rrggbb` is taken besides. */
export const labelColours = ['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const;

export type LabelColour = (typeof labelColours)[number];

/** Whether the text is one of the names. */
export const isColourName = (text: string): text is LabelColour => (labelColours as readonly string[]).includes(text);

/** Whether a label may have this colour: a name in lower case, or `#rrggbb`. */
export const isLabelColour = (text: string): boolean => isColourName(text) || /^#[0-9a-f]{6}$/i.test(text);
