import type { ImageInfo } from '../../../workers/pixels/protocol.ts';
import { useLab } from '../../state/store.ts';
import { Channel } from '../../ui/controls.tsx';
import { Fold } from '../../ui/Fold.tsx';
import css from './palette.module.css';
import { paletteColour, paletteColours } from './paletteColours.ts';
import { usePalette } from './usePalette.ts';

/** A colour on a chequered ground, so that its alpha is seen. */
const Swatch = ({ hex }: { readonly hex: string }) => <span className={css['swatch']} aria-hidden="true"><span style={{ background: hex }} /></span>;

/** What the picked pixel's index stands for. */
export function IndexColour({ index, colors }: { readonly index: number; readonly colors: Uint8Array }) {
  const { rgba, hex, isThere } = paletteColour(colors, index);
  return (
    <p className={css['colour']} data-testid="index-colour">
      <Swatch hex={hex} />
      {(['R', 'G', 'B', 'A'] as const).map((name, at) => <span key={name}><Channel name={name} /> <span className="mono">{rgba[at]}</span></span>)}
      {!isThere && <span className={css['absent']}>past the palette</span>}
    </p>
  );
}

/** Every colour of an image's palette by its index. */
export function PaletteTable({ image }: { readonly image: ImageInfo }) {
  const colors = usePalette(image);
  const notation = useLab(({ view }) => view.notation);
  if (colors === undefined) return undefined;
  const all = paletteColours(colors);
  return (
    <Fold title="Palette" aside={`${String(all.length)} colours`}>
      <div className={css['scroll']} tabIndex={0} role="region" aria-label="Colours of the palette">
        <table className={css['table']}>
          <thead><tr><th scope="col">Index</th><th scope="col">Colour</th><th scope="col">R G B A</th></tr></thead>
          <tbody>
            {all.map(({ index, hex, rgba }) => <tr key={index}><th scope="row">{notation === 'hex' ? index.toString(16).toUpperCase().padStart(2, '0') : index}</th><td><Swatch hex={hex} /> {hex}</td><td>{rgba.join(' ')}</td></tr>)}
          </tbody>
        </table>
      </div>
    </Fold>
  );
}
