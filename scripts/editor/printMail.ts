import type { AddressObject, ParsedMail } from 'mailparser';
import pc from 'picocolors';

/** Prints a caught email in the terminal. */
export function printMail({ to, subject, attachments, text }: ParsedMail): void {
	const files = attachments.map(({ filename, size }) => `${filename} (${Math.ceil(size / 1024)} KB)`).join(', ');
	console.log(`${pc.green('Email')} to ${addresses(to)}: ${pc.bold(subject ?? '')}${files ? `\n      attached: ${files}` : ''}`);
	if (text) console.log(pc.dim(text.trim().replace(/^/gm, '      ')));
}

function addresses(to: AddressObject | AddressObject[] | undefined): string {
	return [to ?? []].flat().map((each) => each.text).join(', ');
}
