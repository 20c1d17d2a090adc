/** Ways in which an item can name one thing: what a table, another node or an AI agent makes of an id. */
export const idShapes = {
	'an empty text': () => '',
	null: () => null,
	'with spaces around': (id: string) => ` ${id}\n`,
	'an object with an id': (id: string) => ({ id }),
	'a list of one': (id: string) => [id],
	'JSON of a list': (id: string) => JSON.stringify([id]),
	'very long': (id: string) => `${id}${'0123456789'.repeat(30)}`,
} satisfies Record<string, (id: string) => unknown>;

export type IdShape = keyof typeof idShapes;

/** Ways in which an item can name several things. All of them mean the same ids; `none` means none. */
export const sourceShapes = {
	none: () => undefined,
	'a list': (ids: string[]) => ids,
	'a text with commas': (ids: string[]) => ids.join(', '),
	'objects with an id': (ids: string[]) => ids.map((id) => ({ id })),
	'JSON of a list': (ids: string[]) => JSON.stringify(ids),
	'JSON of objects': (ids: string[]) => JSON.stringify(ids.map((id) => ({ id }))),
} satisfies Record<string, (ids: string[]) => unknown>;

export type SourceShape = keyof typeof sourceShapes;
