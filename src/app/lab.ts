import { createClient } from '../workers/client.ts';
import { createEncodeClient } from '../workers/encodeClient.ts';

/** The app's one door to the pixels. */
export const client = createClient();

/** The door to the encoders. */
export const encoders = createEncodeClient(client);
