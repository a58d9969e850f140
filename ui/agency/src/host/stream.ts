// The server's event stream. The browser takes it up again by itself; while it is down, nobody knows what happened.
import type { Live } from './types';

/** What is told of the stream. */
export interface Heard {
  /** Something happened. */
  event: (live: Live) => void;
  /** The stream is cut; it is being taken up again, or cannot be. */
  lost: () => void;
}

/** Opens the stream; the answer closes it. */
export function listen(address: string, heard: Heard): () => void {
  const source = new EventSource(address, { withCredentials: true });
  source.onmessage = (message: MessageEvent<string>) => {
    heard.event(JSON.parse(message.data) as Live);
  };
  source.onerror = () => {
    heard.lost();
  };
  return () => {
    source.close();
  };
}
