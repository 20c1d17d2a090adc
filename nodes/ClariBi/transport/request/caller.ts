import type {
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

/** Whatever of n8n's contexts asks ClariBI for something: an operation, a drop-down of the editor, or a poll. */
export type Caller = IExecutePaginationFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Where ClariBI is, and how n8n was told to get there. */
export interface Connection {
	caller: Caller;
	/** Without a trailing slash. */
	baseUrl: string;
	/** What the person set under Request Options: proxy, certificates, allowed domains. */
	engineOptions: Partial<IHttpRequestOptions>;
}
