import { ChevronLeft, ChevronRight } from 'lucide-react';
import { pixelFormat } from '../../../kernels/index.ts';
import { goToDifference } from '../../commands/comparing.ts';
import type { Pair } from '../../state/selectors.ts';
import { Button, ErrorNote, Note } from '../controls.tsx';
import { AtPixel } from './AtPixel.tsx';
import css from './compare.module.css';
import { Metrics } from './Metrics.tsx';
import { OnStage } from './OnStage.tsx';
import { useComparison } from './useComparison.ts';

const ICON = 14;

/** How the numbers of two pictures come to be of one kind. */
function bringing({ first: { spec }, second: { spec: other } }: Pair): string | undefined {
  const parts = [
    spec.format === other.format ? undefined : `Compared as ${spec.format}: the reference is ${other.format}, and is converted first${pixelFormat(spec.format).family === pixelFormat(other.format).family ? '; matrix and range are not applied' : ''}.`,
    spec.width === other.width && spec.height === other.height ? undefined : `Compared at ${String(spec.width)} × ${String(spec.height)}: the reference has ${String(other.width)} × ${String(other.height)}, and its nearest pixels are taken.`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** A picture held against the reference: on the stage, in numbers, pixel by pixel. */
export function AgainstReference({ pair }: { readonly pair: Pair }) {
  const { first, firstTitle } = pair;
  const compared = useComparison(pair);
  const reply = compared?.reply;
  const brought = bringing(pair);
  const isEqual = reply?.ok === true && reply.value.every(({ differing }) => differing === 0);
  return (
    <>
      <OnStage against={firstTitle} />
      {brought !== undefined && <Note>{brought}</Note>}
      {reply?.ok === false && <ErrorNote error={reply.error} />}
      {reply?.ok === true && <Metrics rows={reply.value} isWhole={compared?.isWhole === true} title="to reference" caption={`${firstTitle} against the reference, in the numbers of ${first.spec.format}`} />}
      {isEqual && <Note>Every sample is the same.</Note>}
      {reply?.ok === true && !isEqual && (
        <div className={css['steps']}>
          <Button look="small" onClick={() => void goToDifference(-1)}><ChevronLeft size={ICON} />Previous</Button>
          <Button look="small" onClick={() => void goToDifference(1)}>Next differing pixel<ChevronRight size={ICON} /></Button>
        </div>
      )}
      <AtPixel pair={pair} />
    </>
  );
}
