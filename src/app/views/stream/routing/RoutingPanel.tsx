import { ROUTE_TITLES } from '../../../../workers/stream/client.ts';
import type { VideoCodec } from '../../../../workers/stream/client.ts';
import { Note, Section } from '../../../ui/controls.tsx';
import { change } from './commands.ts';
import { RowBadge } from './RowBadge.tsx';
import css from './routing.module.css';
import { SourceForm } from './SourceForm.tsx';
import { useRouting } from './state.ts';
import { Switch } from './Switch.tsx';
import { WindowForm } from './WindowForm.tsx';

const CODECS: readonly { readonly codec: VideoCodec; readonly title: string }[] = [{ codec: 'vp8', title: 'VP8' }, { codec: 'vp9', title: 'VP9' }, { codec: 'av1', title: 'AV1' }, { codec: 'h264', title: 'H.264' }];

/** What the proxy has: take things away to see what takes their place. */
function ProxyForm() {
  const settings = useRouting((state) => state.settings);
  const kinds = useRouting(({ snapshot }) => snapshot?.kinds);
  const toggle = (codec: VideoCodec): void => change({ codecs: settings.codecs.includes(codec) ? settings.codecs.filter((other) => other !== codec) : [...settings.codecs, codec] });
  return (
    <Section title="Proxy">
      <Switch label="Raw passthrough" value={settings.passthrough} onChange={(passthrough) => change({ passthrough })} />
      <Switch label="JPEG encoder" value={settings.jpeg} onChange={(jpeg) => change({ jpeg })} />
      {CODECS.map(({ codec, title }) => {
        const kind = kinds?.find((candidate) => candidate.codec === codec);
        return kinds !== undefined && kind === undefined
          ? <Note key={codec}>This browser has no {title} encoder.</Note>
          : <Switch key={codec} label={title} value={settings.codecs.includes(codec)} onChange={() => toggle(codec)} says={kind?.csc.join(', ') ?? ''} />;
      })}
    </Section>
  );
}

/** How often each row of the table settled a frame. */
function Decisions() {
  const counts = useRouting(({ snapshot }) => snapshot?.counts) ?? {};
  return (
    <Section title="Decisions">
      <table className={css['counts']}>
        <thead className="visually-hidden"><tr><th>Row</th><th>What it says</th><th>Frames</th></tr></thead>
        <tbody>{ROUTE_TITLES.map(({ row, title }) => <tr key={row} data-used={(counts[row] ?? 0) > 0}><td><RowBadge row={row} /></td><td>{title}</td><td>{counts[row] ?? 0}</td></tr>)}</tbody>
      </table>
      <Note>Row 10, options copied, follows every encoded frame.</Note>
    </Section>
  );
}

function Account() {
  const frames = useRouting(({ snapshot }) => snapshot?.frames);
  const dropped = useRouting(({ snapshot }) => snapshot?.sourceDropped ?? 0);
  if (frames === undefined) return undefined;
  return (
    <Section title="VideoFrames">
      <p className={css['mono']}><span data-volatile>{frames.opened} opened · {frames.closed} closed · {frames.opened - frames.closed} open now</span></p>
      <Note>{dropped === 0 ? 'Each frame that is opened is closed again; what stays open would be a leak.' : `${String(dropped)} live frames came while one was under way: the newest wins, the others were closed.`}</Note>
    </Section>
  );
}

export function RoutingPanel() {
  return (
    <>
      <SourceForm />
      <WindowForm />
      <ProxyForm />
      <Decisions />
      <Account />
    </>
  );
}
