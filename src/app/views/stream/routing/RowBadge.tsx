import { ROUTE_TITLES } from '../../../../workers/stream/client.ts';
import type { RouteRowId } from '../../../../workers/stream/client.ts';
import css from './routing.module.css';

/** The number of a row of the routing's table; its title is the tooltip. */
export function RowBadge({ row }: { readonly row: RouteRowId }) {
  return <span className={css['badge']} title={ROUTE_TITLES.find((title) => title.row === row)?.title}>{row}</span>;
}
