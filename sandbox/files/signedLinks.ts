import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const LIFETIME_MS = 300_000;

/** Links to one report's file that anyone can open for five minutes, as object storage has them. */
export class SignedLinks {
	private readonly secret = randomBytes(32);

	/** The path of a fresh link, e.g. `/files/eyJ…`. */
	pathFor(reportId: string): string {
		const claim = Buffer.from(JSON.stringify([reportId, Date.now() + LIFETIME_MS])).toString('base64url');
		return `/files/${claim}.${this.signatureOf(claim)}`;
	}

	/** The report that a token opens; undefined when it is forged, damaged or too old. */
	reportIdOf(token: string): string | undefined {
		const [claim = '', signature = ''] = token.split('.');
		const expected = Buffer.from(this.signatureOf(claim));
		const given = Buffer.from(signature);
		if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
		const [reportId, expiresAt] = JSON.parse(Buffer.from(claim, 'base64url').toString()) as [string, number];
		return Date.now() < expiresAt ? reportId : undefined;
	}

	private signatureOf(claim: string): string {
		return createHmac('sha256', this.secret).update(claim).digest('base64url');
	}
}
