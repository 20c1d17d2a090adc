import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/**
 * The node's side of the network, by Node's own diagnostics: the sandbox sends no requests, so every one is the node's.
 * A connection counts from the request until the whole answer has been read, its body included.
 */
export class Wire {
	/** The most at any moment. */
	most = 0;

	/** How many were opened since {@link nodeEnded}. */
	openedLate = 0;

	private readonly open = new Set<Socket>();

	private hasEnded = false;

	private connections = 0;

	private readonly started = (message: unknown) => {
		const { request } = message as { request: ClientRequest };
		if (request.socket) this.opened(request.socket);
		else request.once('socket', this.opened);
	};

	private readonly opened = (socket: Socket) => {
		const { code } = this.deaf.find(({ connection }) => connection === this.connections) ?? {};
		this.connections += 1;
		if (code !== undefined) failAtReading(socket, code);
		this.open.add(socket);
		this.most = Math.max(this.most, this.openNow);
		if (this.hasEnded) this.openedLate += 1;
		socket.once('close', () => this.open.delete(socket));
	};

	private readonly answered = (message: unknown) => {
		const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
		const { socket } = request;
		response.once('end', () => socket && this.open.delete(socket));
	};

	/** @param deaf the connections, by number, whose reading fails, and the code of the system that they fail with */
	constructor(private readonly deaf: ReadonlyArray<{ connection: number; code: string }>) {
		subscribe('http.client.request.start', this.started);
		subscribe('http.client.response.finish', this.answered);
	}

	get openNow(): number {
		// One that has failed is closed before it says so.
		return [...this.open].filter(({ destroyed }) => !destroyed).length;
	}

	/** From now on the node may send nothing any more. */
	nodeEnded(): void {
		this.hasEnded = true;
	}

	stop(): void {
		unsubscribe('http.client.request.start', this.started);
		unsubscribe('http.client.response.finish', this.answered);
	}
}

/** As when the network goes away between the request and its answer. */
function failAtReading(socket: Socket, code: string): void {
	const emit = socket.emit.bind(socket);
	socket.emit = (event: string, ...values: unknown[]) => {
		if (event !== 'data') return emit(event, ...values);
		socket.destroy(Object.assign(new Error(`read ${code}`), { code, syscall: 'read' }));
		return true;
	};
}
