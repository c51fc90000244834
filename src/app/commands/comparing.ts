import { LabError } from '../../kernels/index.ts';
import type { Settings, SettingsSearch, Unexplained } from '../../kernels/search/settingsSearch.ts';
import { isSuperseded } from '../../workers/pixels/client.ts';
import type { Comparison, ImageInfo, PairReading, Reply } from '../../workers/pixels/protocol.ts';
import { client } from '../lab.ts';
import { activeImage, activeSource, colorKey, conversionOf, otherPictures, pairOf, placeIn, readingOf, referenceImage, settingsOf, shownImages, sourceColor } from '../state/selectors.ts';
import { log, report, setParameters, updateSource, useLab } from '../state/store.ts';
import { applyGeometry, busy } from './files.ts';
import { swappedFormat } from './swap.ts';
import { goTo, setComparing } from './view.ts';

/** Holds what is looked at against another source. @param key undefined: against none */
export function setReference(key: string | undefined): void {
  useLab.setState({ referenceKey: key });
}

/** Holds what is looked at against the next of the other pictures; after the last, against none. */
export function nextReference(): void {
  const lab = useLab.getState();
  const others = otherPictures(lab).map(({ key }) => key);
  if (others.length === 0) log('info', 'Open a second picture to compare with.');
  setReference(others[others.findIndex((key) => key === lab.referenceKey) + 1]);
}

/** How far two pictures are apart: the quick figures first, then with SSIM. @param show is told each answer, and whether it is the last; returns whether the next is still wanted */
export async function compareInTwo(first: ImageInfo, second: ImageInfo, reading: PairReading | undefined, lane: string, show: (reply: Reply<readonly Comparison[]>, isWhole: boolean) => boolean): Promise<void> {
  for (const similarity of [false, true]) {
    const reply = await client.compare(first.id, second.id, { reading, similarity }, lane);
    if (!show(reply, similarity || !reply.ok) || !reply.ok) return;
  }
}

/** Picks the next pixel that differs between the two that are compared; past the last it goes on at the first. */
export async function goToDifference(direction: 1 | -1): Promise<void> {
  const lab = useLab.getState();
  const pair = pairOf(lab);
  const { main } = shownImages(lab);
  if (pair === undefined || main === undefined) {
    log('info', 'There are no two pictures to compare: convert, or choose what to compare with.');
    return;
  }
  const { first, second } = pair;
  const after = lab.view.pixel === undefined ? undefined : placeIn(lab.view.pixel, main.spec, first.spec);
  const ask = (from: typeof after): ReturnType<typeof client.nextDifference> => client.nextDifference(first.id, second.id, { reading: readingOf(pair), after: from, direction });
  const next = await busy(ask(after));
  const reply = next.ok && next.value === undefined && after !== undefined ? await busy(ask(undefined)) : next;
  if (!reply.ok) {
    if (!isSuperseded(reply.error)) report(reply.error);
    return;
  }
  if (reply.value === undefined) {
    log('info', 'No pixel differs.');
    return;
  }
  const place = placeIn(reply.value, first.spec, main.spec);
  goTo(place.x, place.y);
}

/** A source by its file's name, to be held against the active one. @throws LabError `automation/reference` */
export function referenceNamed(name: string): string {
  const others = otherPictures(useLab.getState());
  const found = others.findLast(({ file }) => file.name === name);
  if (found !== undefined) return found.key;
  throw new LabError({ code: 'automation/reference', what: `No other picture called “${name}” is open.`, remedy: others.length === 0 ? 'Open a second one first.' : `There are ${others.map(({ file }) => `“${file.name}”`).join(', ')}.` });
}

/** Looks for the settings that make of an image what the reference is; the bytes of a raw one may be read with red and blue exchanged. */
export async function searchSettings(image: ImageInfo): Promise<Reply<SettingsSearch> | undefined> {
  const lab = useLab.getState();
  const twin = image.provenance.kind === 'raw' ? swappedFormat(image.spec.format) : undefined;
  const twins = twin === undefined ? [] : [image.spec.format, twin];
  const reference = referenceImage(lab);
  if (reference === undefined) return undefined;
  return client.searchSettings(image.id, reference.id, { conversion: conversionOf(lab, image), referenceColor: sourceColor(lab, reference), twins });
}

export const stopSearching = (): void => client.cancel('search-settings');

/** Takes over what a search found, as one step that can be undone. */
export function applySettings({ from, fromColor, toColor, options }: Settings): void {
  const lab = useLab.getState();
  const [source, image] = [activeSource(lab), activeImage(lab)];
  if (source === undefined || image === undefined) return;
  const { geometry } = lab.parameters;
  const own = geometry[source.key];
  const read = own === undefined || from === own.spec.format ? undefined : { ...own, spec: { ...own.spec, format: from } };
  if (read !== undefined) updateSource(source.key, { reading: read });
  setParameters({ options, toColor, fromColor: { ...lab.parameters.fromColor, [colorKey(source, image)]: fromColor }, geometry: read === undefined ? geometry : { ...geometry, [source.key]: read } });
  if (read !== undefined) void applyGeometry(source.key, read);
}

/** Takes over what a search found and shows, as a difference, the first sample that it does not explain. */
export function showUnexplained(settings: Settings, { sub, places: [first] }: Unexplained): void {
  const lab = useLab.getState();
  const image = activeImage(lab);
  if (image === undefined || first === undefined) return;
  if (JSON.stringify(settingsOf(lab, image)) !== JSON.stringify(settings)) applySettings(settings);
  setComparing('difference');
  goTo(first.x * sub.x, first.y * sub.y);
}
