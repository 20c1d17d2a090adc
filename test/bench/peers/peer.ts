/** A package, or the part of one, that is loaded and weighed beside ours. */
export interface Peer {
	/** With its package.json. */
	folder: string;
	/** Files to load, where it is not all that package.json names. */
	n8n?: { nodes: string[]; credentials: string[] };
	/** Of the tarball that npm makes of it. */
	tarballBytes: number;
}
