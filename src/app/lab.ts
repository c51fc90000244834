import { createClient } from '../workers/client.ts';

/** The app's one door to the pixels. */
export const client = createClient();
