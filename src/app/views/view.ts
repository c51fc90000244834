import type { ComponentType } from 'react';
import type { DrawerTab, ViewId } from '../state/document.ts';

/** One of the app's views. */
export interface ViewRow {
  readonly id: ViewId;
  readonly title: string;
  /** What stands in the panel at the right. */
  readonly View: ComponentType;
  /** What stands where the picture would, for a view that is not about the open picture; such a view needs none. */
  readonly Main?: ComponentType;
  /** Tabs of the drawer that only this view has. */
  readonly tabs?: readonly { readonly id: DrawerTab; readonly title: string; readonly Body: ComponentType }[];
}
