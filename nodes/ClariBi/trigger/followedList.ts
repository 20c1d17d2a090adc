import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../resources/resource';
import type { ListCursor } from '../client/lists/listCursor';
import type { ListOrder } from './listOrder';
import type { SavedSeen } from './seen';

/**
 * What is kept of a list between polls; {@link ListFollower} says how it is followed.
 *
 * When a poll runs out of time it keeps its place (`hole`, `tail` or `scan`), and the next poll goes on there before it
 * looks at anything else. The first look (`isSurveyed` false) goes the same ways, and finds nothing new.
 */
export interface FollowedList {
	seen: SavedSeen;
	/** The first look has ended. */
	isSurveyed?: boolean;
	/** Every row has been met, so an unknown one is new wherever it stands. */
	isWhole?: boolean;
	order?: ListOrder;
	/** The latest change that was met, in milliseconds since 1970. */
	updatedUpTo?: number;
	/** Oldest first: the last page, and the fingerprints of its first and last row. */
	tail?: Tail;
	/** Newest first: the page where reading stopped for want of time, and what was known before it began. */
	hole?: Hole;
	/** No order: where reading goes on. */
	scan?: ListCursor;
}

/** Where a list that is sorted oldest first ended the last time. */
export interface Tail {
	place: ListCursor;
	begin?: string;
	end?: string;
}

/** Where reading a list that is sorted newest first stopped for want of time. */
export interface Hole {
	place: ListCursor;
	/** Fingerprints of rows that were known before this reading began: where it may end. */
	ground: string[];
	/** Fingerprints of the first page, which must not be forgotten however much is read after it. */
	top: string[];
	updatedUpTo?: number;
}

/** A row that came with a page. */
export interface Sighting {
	id: string;
	key: string;
	row: IDataObject;
	/** Met during the first look, when nothing is new. */
	isFirstLook: boolean;
	/** Not there before. */
	isNew: boolean;
	/** The version it had before, when that was another one. */
	changedFrom?: string;
}

/** What is followed, and what becomes of it. */
export interface Following {
	resource: Resource;
	capacity: number;
	/** For lists whose rows change: what tells a row from itself at another time, always this long. */
	version?: { of: (row: IDataObject) => string; length: number };
	/** The date that a row is remembered by, in milliseconds. Default: when it was created. */
	dateOf?: (row: IDataObject) => number | undefined;
	/** Called for each page as soon as it is read, new end last. `forget` makes a row unknown again. */
	onPage: (sightings: Sighting[], forget: (sighting: Sighting) => void) => Promise<void>;
}
