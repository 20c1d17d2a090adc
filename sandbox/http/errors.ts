/** An error answer of the API: thrown by a route, sent as it is by the server. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly body: Record<string, unknown>,
		readonly headers: Record<string, string> = {},
	) {
		super(`HTTP ${status}`);
	}
}

/** 404 in the shape that API.md shows: `{"error": "not_found", "message": "Report with ID 42 not found", "status": 404}`. */
export function notFound(message: string): ApiError {
	return new ApiError(404, { error: 'not_found', message, status: 404 });
}

/** 400 with field errors as Django REST Framework writes them: `{"name": ["This field is required."]}`. */
export function fieldErrors(errors: Record<string, string[]>): ApiError {
	return new ApiError(400, errors);
}
