import { createClient } from '../workers/pixels/client.ts';
import { createEncodeClient } from '../workers/encode/client.ts';
import { sourceColor } from './state/selectors.ts';
import { useLab } from './state/store.ts';

/** The app's one door to the pixels. */
export const client = createClient();

/** The door to the encoders, which take a source's colours as the person said them. */
export const encoders = createEncodeClient(client, (id) => sourceColor(useLab.getState(), { id }));
