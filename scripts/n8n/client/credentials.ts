import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Session } from './session';

export interface SavedCredential {
	id: string;
	name: string;
	type: string;
}

type CredentialData = ICredentialDataDecryptedObject;

/** Creates a credential, or updates the one of this name and type. */
export async function saveCredential(session: Session, type: string, name: string, data: CredentialData): Promise<SavedCredential> {
	const all = await session.ask<SavedCredential[]>('GET', '/credentials');
	const existing = all.find((each) => each.name === name && each.type === type);
	return existing
		? await session.ask('PATCH', `/credentials/${existing.id}`, { name, type, data })
		: await session.ask('POST', '/credentials', { name, type, data });
}

export async function deleteCredential(session: Session, { id }: SavedCredential): Promise<void> {
	await session.ask('DELETE', `/credentials/${id}`);
}

/** What the editor's own test of a credential says. */
export async function testCredentialInN8n(session: Session, type: string, data: CredentialData): Promise<{ status: 'OK' | 'Error'; message: string }> {
	return await session.ask('POST', '/credentials/test', { credentials: { id: '', name: 'Test', type, data } });
}
