import type { Server } from 'node:net';

/** How many connections clients hold open: with a request, with a body that is still read, or idle. */
export class Connections {
	private openNow = 0;

	private mostOpen = 0;

	/** Connections open at this moment. */
	get open(): number {
		return this.openNow;
	}

	/** The most that were open at one moment, since the start or the last `restart`. */
	get most(): number {
		return this.mostOpen;
	}

	/** Counts `most` anew, from what is open now. */
	restart(): void {
		this.mostOpen = this.openNow;
	}

	/** Counts the connections of one more server. */
	watch(server: Server): void {
		server.on('connection', (socket) => {
			this.openNow += 1;
			this.mostOpen = Math.max(this.mostOpen, this.openNow);
			socket.once('close', () => {
				this.openNow -= 1;
			});
		});
	}
}
