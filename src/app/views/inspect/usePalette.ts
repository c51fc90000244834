import { paletteFrom, swapRedBlue } from '../../../kernels/image/palette.ts';
import type { ImageInfo } from '../../../workers/pixels/protocol.ts';
import { client } from '../../lab.ts';
import { useReply } from '../../ui/useReply.ts';

/** R, G, B, A of each index: the palette the image brought, or the one behind its indices; undefined without. */
export function usePalette(image: ImageInfo): Uint8Array | undefined {
  const { format, palette } = image.spec;
  const isTrailing = format === 'pal8' && palette === undefined;
  const reply = useReply(isTrailing ? image.id : '', isTrailing ? () => client.bytes(image.id, 1, 0, image.planes[1]?.rowBytes ?? 0) : undefined);
  if (palette !== undefined) return paletteFrom(palette).colors;
  return isTrailing && reply?.ok === true ? swapRedBlue(reply.value) : undefined;
}
