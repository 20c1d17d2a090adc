import type { Answer, Contract, Operation, Parameter, Schema, Source } from './contract';
import { CONTRACT_PATH, operationsOf } from './readContract';

/** The contract as a page to read: what each endpoint takes and answers, and what of it the guide says. */
export function pageOf(contract: Contract): string {
	const operations = operationsOf(contract);
	return `${[
		'# ClariBI’s API, as this package knows it',
		`Made from [${CONTRACT_PATH.split('/').pop()}](${CONTRACT_PATH.split('/').pop()}) by \`npm run docs:api\`: change that file, not this one.`,
		'*Guide* is ClariBI’s API Integration Guide for Developers of 1 March 2026, with the section. *Assumed* is what nobody documents, with the reason; `npm run check:api` asks the real service.',
		`Base URL: \`${contract.servers[0]?.url}\`. ${Object.values(contract.components.securitySchemes).map(({ description }) => description).join(' ')}`,
		'## Endpoints',
		tableOf(
			['Endpoint', 'What it does', 'Permission', 'Credits', 'Source'],
			operations.map((each) => [`[\`${each.method} ${each.path}\`](#${anchorOf(titleOf(each))})`, each.summary, each.permission ? `\`${each.permission}\`` : '–', each['x-credits'] ? '**yes**' : '–', sourceOf(each['x-source'])]),
		),
		...operations.flatMap((operation) => sectionOf(operation)),
		'## Other addresses',
		answersOf(contract['x-other-addresses']),
		'## Headers',
		tableOf(
			['Header', 'What it says', 'Source'],
			Object.entries(contract.components.headers).map(([name, { description, 'x-source': source }]) => [`\`${name}\``, description, sourceOf(source)]),
		),
	].join('\n\n')}\n`;
}

function sectionOf(operation: Operation): string[] {
	const { description, parameters, requestBody, responses, 'x-order': order } = operation;
	const body = requestBody?.content['application/json']?.schema;
	return [
		`### ${titleOf(operation)}`,
		`${operation.summary}. ${description}${order ? ` (The order: ${sourceOf(order['x-source'])}.)` : ''}`,
		...(parameters.length > 0 ? [tableOf(['Parameter', 'Type', 'What it says', 'Source'], parameters.map(parameterRow))] : []),
		...(body ? ['It takes:', fieldsOf(body)] : []),
		'It answers:',
		answersOf(responses),
		...Object.entries(responses).flatMap(([status, answer]) => {
			const schema = answer.content?.['application/json']?.schema;
			const shown = Number(status) < 300 && schema ? fieldsOf(schema) : '';
			return shown === '' ? [] : [`Fields of ${status}:`, shown];
		}),
	];
}

function titleOf({ method, path }: Operation): string {
	return `${method} ${path}`;
}

/** As GitHub makes them. */
function anchorOf(title: string): string {
	return title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
}

function parameterRow({ name, description, schema, in: place, 'x-source': source }: Parameter): string[] {
	return [`\`${name}\`${place === 'path' ? ' in the path' : ''}`, typeOf(schema), description, sourceOf(source)];
}

function answersOf(answers: Record<string, Answer>): string {
	return tableOf(
		['Status', 'What it says', 'Body', 'Source'],
		Object.entries(answers).map(([status, { description, content, 'x-source': source }]) => [status, description, bodyOf(content), sourceOf(source)]),
	);
}

function bodyOf(content: Answer['content']): string {
	if (!content) return '–';
	const schema = content['application/json']?.schema;
	const errors = schema && [...new Set((schema.anyOf ?? [schema]).flatMap(({ properties }) => Object.keys(properties ?? {})))];
	return errors?.includes('message') || errors?.includes('detail') ? errors.map((name) => `\`${name}\``).join(', ') : Object.keys(content).join(', ');
}

/** The fields of an object; of alternatives, those of the first. */
function fieldsOf(schema: Schema): string {
	const rows = fieldRows(schema.anyOf?.[0] ?? schema, '');
	return rows.length > 0 ? tableOf(['Field', 'Type', 'What it says', 'Source'], rows) : '';
}

function fieldRows({ properties = {}, required = [] }: Schema, prefix: string): string[][] {
	return Object.entries(properties).flatMap(([name, schema]) => {
		const inner = schema.properties ? fieldRows(schema, `${prefix}${name}.`) : schema.items?.properties ? fieldRows(schema.items, `${prefix}${name}[].`) : [];
		const other = schema['x-instead-of'];
		const words = [schema.description, other === undefined ? undefined : `In the place of \`${other}\`.`, required.includes(name) || other !== undefined ? undefined : 'Optional.'];
		const source = schema['x-source'];
		return [[`\`${prefix}${name}\``, typeOf(schema), words.filter(Boolean).join(' '), source ? sourceOf(source) : '–'], ...inner];
	});
}

function typeOf({ type, enum: values, items, format }: Schema & { format?: string }): string {
	if (values) return values.map((value) => `\`${value}\``).join(', ');
	const types = [type ?? 'anything'].flat().join(' or ');
	return items ? `list of ${typeOf(items)}` : `${types}${format ? ` (${format})` : ''}`;
}

function sourceOf(source: Source): string {
	if ('guide' in source) return `guide, ${source.guide}`;
	return 'seen' in source ? `seen on ${source.seen}` : `*assumed*: ${source.assumed}`;
}

function tableOf(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|').replace(/\n/g, ' ')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
