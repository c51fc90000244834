import { sayHiStatus } from '../../../kernels/labError.ts';
import { JPEGE_FRAME_RATES, JPEGE_NOT_OFFERED } from '../../../kernels/codecs/jpeg/device/limits.ts';
import { CHANNEL_ROWS } from '../../../workers/encode/client.ts';
import type { ChannelView } from '../../../workers/encode/client.ts';
import type { ImageInfo } from '../../../workers/pixels/protocol.ts';
import { callChannel, cancelLoad, createChannel, getParams, measureChannels, releasePacket, sayParams, sendFrame, setChannelParam, setChannelSetup, setParams, unsetParams } from '../../commands/channel.ts';
import { useLab } from '../../state/store.ts';
import { Button, ErrorNote, Note, NumberField, SegmentsField } from '../../ui/controls.tsx';
import controls from '../../ui/controls.module.css';
import { group } from '../../ui/format.ts';
import { OptionForm } from '../../ui/OptionForm.tsx';
import css from './encode.module.css';
import { pixelsOf } from './figures.ts';

const MEMORIES = [{ value: 'system', title: 'the channel’s' }, { value: 'user', title: 'the user’s' }] as const;
const LIFE = ['created', 'started', 'stopping', 'stopped', 'destroyed'] as const;
const MOST_BUFFERS = 16;
const NONE = {} as const;

/** Predicted, bound and actual size with the parameters in use; the bound is what a buffer must hold. */
function Sizes({ image }: { readonly image: ImageInfo }) {
  const prediction = useLab(({ encoding }) => encoding.channel.prediction);
  const held = useLab(({ encoding }) => encoding.channel.view?.held);
  if (prediction?.of !== image.id) return undefined;
  const last = held?.[held.length - 1];
  return (
    <dl className={css['facts']}>
      <dt>Estimate</dt><dd>{`${group(prediction.estimateBytes)} B`}</dd>
      <dt>Never above</dt><dd>{`${group(prediction.boundBytes)} B`}</dd>
      {last !== undefined && <><dt>{`Packet ${String(last.sequence)}`}</dt><dd>{`${group(last.bytes)} B`}</dd></>}
    </dl>
  );
}

function Buffers({ view }: { readonly view: ChannelView }) {
  const free = view.buffers - view.held.length;
  return (
    <>
      <div className={css['buffers']} aria-label={`${String(view.buffersInUse)} of ${String(view.buffers)} buffers in use`} role="group">
        {view.held.map(({ sequence }) => <button key={sequence} type="button" className={css['buffer']} data-taken="true" title="Release this packet" onClick={() => void releasePacket(sequence)}>{`#${String(sequence)} release`}</button>)}
        {Array.from({ length: free }, (_, index) => <span key={index} className={css['buffer']}>free</span>)}
      </div>
      <Note>{`Buffers in use: ${String(view.buffersInUse)} of ${String(view.buffers)} · frames waiting: ${String(view.waiting)} · done: ${String(view.framesDone)} · failed: ${String(view.framesFailed)}`}</Note>
      {view.waiting > 0 && <Note>All buffers hold packets that nobody released: the frame waits until one is. Release a packet.</Note>}
    </>
  );
}

function Life({ view }: { readonly view: ChannelView | undefined }) {
  return <ol className={css['life']} aria-label="Life cycle">{LIFE.map((state) => <li key={state} aria-current={view?.state === state ? 'step' : undefined}>{state}</li>)}</ol>;
}

/** The form of the parameters, and beside it those in use: they differ until they are set. */
function Params({ view }: { readonly view: ChannelView }) {
  const channel = useLab(({ encoding }) => encoding.channel);
  const unset = unsetParams(channel);
  return (
    <section aria-label="Parameters" className={css['params']}>
      <OptionForm rows={CHANNEL_ROWS} values={channel.params ?? NONE} onChange={setChannelParam} />
      <p className={controls['note']} role="status">{`In use: ${sayParams(view.params).map(([title, value]) => `${title} ${value}`).join(' · ')}`}</p>
      {unset.length > 0 && <Note>{`Changed and not set yet: ${unset.join(', ')}. It holds from the next frame on.`}</Note>}
    </section>
  );
}

/** What was done, and what was refused with why; the newest first. */
function Log() {
  const lines = useLab(({ encoding }) => encoding.channel.lines);
  if (lines.length === 0) return undefined;
  return (
    <div className={css['channelLog']} role="log" aria-label="Log of the channel" tabIndex={0} data-volatile>
      {lines.map(({ key, says, error }) => (
        <p key={key} data-refused={error !== undefined}>
          {says}
          {error !== undefined && <span>{`: ${error.what} `}<code>{error.hiStatus === undefined ? error.code : `${error.code} · ${sayHiStatus(error.hiStatus)}`}</code></span>}
        </p>
      ))}
    </div>
  );
}

/** How many frames a second so many channels make, beside the vendor's figures. */
function Load({ image }: { readonly image: ImageInfo }) {
  const load = useLab(({ encoding }) => encoding.load);
  const points = load.state === 'none' ? [] : load.so;
  const [one] = points;
  return (
    <>
      <div className={controls['actions']}>
        <Button onClick={() => void measureChannels()} disabled={load.state === 'running'}>Measure n channels</Button>
        {load.state === 'running' && <Button look="quiet" onClick={cancelLoad}>Cancel</Button>}
      </div>
      {load.state === 'running' && <Note>{`${String(load.done + 1)} of ${String(load.total)} channels, 1.2 s each`}</Note>}
      {load.state === 'failed' && <ErrorNote error={load.error} />}
      {points.length > 0 && (
        <table className={css['table']} data-volatile>
          <caption className="visually-hidden">Frames a second by channels</caption>
          <thead><tr><th scope="col">channels</th><th scope="col">fps</th><th scope="col">as 1080p</th><th scope="col">scaling</th></tr></thead>
          <tbody>{points.map(({ channels, fps }) => <tr key={channels}><td>{channels}</td><td>{fps.toFixed(0)}</td><td>{((fps * pixelsOf(image)) / (1920 * 1080)).toFixed(0)}</td><td>{`${(fps / one.fps).toFixed(2)}×`}</td></tr>)}</tbody>
        </table>
      )}
      <table className={css['table']}>
        <caption className="visually-hidden">What the vendor states</caption>
        <thead><tr><th scope="col">vendor</th><th scope="col">size</th><th scope="col">fps a channel</th><th scope="col">most</th></tr></thead>
        <tbody>{JPEGE_FRAME_RATES.map(({ device, size, perChannel, most, hasChannel }) => <tr key={`${device} ${size}`}><td className={css['words']}>{device}{hasChannel ? '' : ': no channels'}</td><td>{size}</td><td>{perChannel}</td><td>{most}</td></tr>)}</tbody>
      </table>
      <Note>{JPEGE_NOT_OFFERED}</Note>
    </>
  );
}

/** A JpegChannel to hold in the hand: its life, its buffers and what happens when nobody releases them. */
export function Channel({ image }: { readonly image: ImageInfo }) {
  const { view, memory, buffers, error } = useLab(({ encoding }) => encoding.channel);
  const state = view?.state;
  const checkBuffers = (value: number): string | undefined => (Number.isInteger(value) && value >= 1 && value <= MOST_BUFFERS ? undefined : `1 … ${String(MOST_BUFFERS)} buffers.`);
  return (
    <>
      <SegmentsField title="Memory" label="Memory" value={memory} choices={MEMORIES} onChange={(value) => setChannelSetup({ memory: value })} />
      <NumberField label="Buffers" value={buffers} check={checkBuffers} onChange={(value) => setChannelSetup({ buffers: value })} />
      {view === undefined && <Note>A new channel has what was changed under Options; the rest is as JPEGE has it, with a qfactor of 100.</Note>}
      <Sizes image={image} />
      <Life view={view} />
      <div className={controls['actions']}>
        <Button look="small" onClick={() => void createChannel()}>create</Button>
        <Button look="small" disabled={view === undefined} onClick={() => void callChannel('start')}>start</Button>
        <Button look="small" disabled={view === undefined} onClick={() => void setParams()}>setParams</Button>
        <Button look="small" disabled={view === undefined} onClick={() => void getParams()}>getParams</Button>
        <Button look="small" disabled={view === undefined} onClick={() => void sendFrame()}>send frame</Button>
        <Button look="small" disabled={view === undefined} onClick={() => void callChannel('stop')}>stop</Button>
        <Button look="small" disabled={view === undefined} onClick={() => void callChannel('destroy')}>destroy</Button>
      </div>
      {view !== undefined && state !== 'destroyed' && <Buffers view={view} />}
      {view !== undefined && state !== 'destroyed' && <Params view={view} />}
      {error !== undefined && <ErrorNote error={error} />}
      <Log />
      <Load image={image} />
    </>
  );
}
