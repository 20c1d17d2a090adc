import { OUTPUT_FORMATS } from '../files/reportFile';
import { ApiError, fieldErrors } from '../http/errors';
import type { Id } from './rows';
import type { Store } from './store';

/** What a client asked to generate. */
export interface ReportOrder {
	template_id: string;
	data_source_ids: Id[];
	output_format: string;
	title?: string;
}

/** Any other template is taken as a known one, since no endpoint lists templates. */
const UNKNOWN_TEMPLATE = 'unknown-template';

/**
 * Reads the body of `POST /reports/generate/`. Fields it does not know are ignored.
 * @throws ApiError 400 with field errors as Django REST Framework words them, or for the template `unknown-template`
 */
export function readReportOrder(body: Record<string, unknown>, store: Store): ReportOrder {
	const { template_id: template, data_source_ids: sources = [], output_format: format = 'pdf', title } = body;
	const errors: Record<string, string[]> = {};
	if (template === undefined) errors.template_id = ['This field is required.'];
	else if (typeof template !== 'string') errors.template_id = ['Not a valid string.'];
	else if (template.trim() === '') errors.template_id = ['This field may not be blank.'];
	const sourceErrors = errorsOfSources(sources, store);
	if (sourceErrors.length > 0) errors.data_source_ids = sourceErrors;
	if (typeof format !== 'string' || !OUTPUT_FORMATS.includes(format)) {
		errors.output_format = [`"${String(format)}" is not a valid choice.`];
	}
	if (title !== undefined && typeof title !== 'string') errors.title = ['Not a valid string.'];
	if (Object.keys(errors).length > 0) throw fieldErrors(errors);
	if (template === UNKNOWN_TEMPLATE) throw new ApiError(400, { error: 'Invalid parameters', message: 'Template not found' });
	return {
		template_id: template as string,
		data_source_ids: sources as Id[],
		output_format: format as string,
		...(title ? { title: title as string } : {}),
	};
}

function errorsOfSources(sources: unknown, store: Store): string[] {
	if (!Array.isArray(sources)) return [`Expected a list of items but got type "${typeof sources}".`];
	return sources
		.filter((id) => (typeof id !== 'string' && typeof id !== 'number') || !store.getDataSource(id))
		.map((id) => `Invalid pk "${String(id)}" - object does not exist.`);
}
