/**
 * Does work for every value, so many at once, and gives the results in the order of the values.
 *
 * @throws the first failure, once all that was begun is done
 */
export async function pool<T, R>(values: readonly T[], atOnce: number, work: (value: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	const entries = values.entries();
	const worker = async () => {
		for (const [index, value] of entries) results[index] = await work(value);
	};
	const workers = await Promise.allSettled(Array.from({ length: atOnce }, worker));
	const failed = workers.find((outcome) => outcome.status === 'rejected');
	if (failed) throw failed.reason as Error;
	return results;
}
