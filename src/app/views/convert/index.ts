import { ConvertPanel } from './ConvertPanel.tsx';

export const convertView = { id: 'convert', title: 'Convert', View: ConvertPanel } as const;
