import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail server on loopback that keeps what it gets. */
export interface Mailbox {
	port: number;
	/** Everything that arrived, oldest first. */
	mails: ParsedMail[];
	stop: () => Promise<void>;
}

/** Starts a mail server that keeps all mail and delivers none. */
export async function startMailbox(onMail?: (mail: ParsedMail) => void): Promise<Mailbox> {
	const mails: ParsedMail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData: (stream, _session, done) => {
			simpleParser(stream).then((mail) => {
				mails.push(mail);
				onMail?.(mail);
				done();
			}, done);
		},
	});
	// A client that disconnects in the middle of a message must not stop the server.
	server.on('error', () => undefined);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.server.address() as AddressInfo).port,
		mails,
		stop: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}

/** The data of an SMTP credential of n8n's for this mailbox. */
export const smtpCredential = ({ port }: Pick<Mailbox, 'port'>) => ({
	user: '',
	password: '',
	host: '127.0.0.1',
	port,
	secure: false,
	disableStartTls: true,
	hostName: '',
});
