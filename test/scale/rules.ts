import pc from 'picocolors';

interface Verdict {
	rule: string;
	holds: boolean;
}

/** What must hold. Each rule counts as a test. */
export class Rules {
	private readonly verdicts: Verdict[] = [];

	/** Says under which title the next lines are printed. */
	begin(title: string): void {
		console.log(`\n${pc.bold(title)}`);
	}

	/** A figure or an explanation, without a verdict. */
	note(text: string): void {
		console.log(`  ${text}`);
	}

	/** @param details what was seen, printed in any case */
	check(rule: string, holds: boolean, details = ''): void {
		this.verdicts.push({ rule, holds });
		console.log(`  ${holds ? pc.green('holds') : pc.red('BROKEN')} ${rule}${details ? pc.dim(` (${details})`) : ''}`);
	}

	/** Prints the broken rules and the count. @returns whether all hold */
	conclude(): boolean {
		const broken = this.verdicts.filter(({ holds }) => !holds);
		for (const { rule } of broken) console.log(`${pc.red('BROKEN')} ${rule}`);
		const failed = broken.length > 0 ? `${broken.length} failed, ` : '';
		console.log(`Tests:       ${failed}${this.verdicts.length - broken.length} passed, ${this.verdicts.length} total`);
		return broken.length === 0 && this.verdicts.length > 0;
	}
}
