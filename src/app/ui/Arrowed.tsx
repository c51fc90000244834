import { Fragment } from 'react';

/** Text whose arrows are drawn: the fonts that come with the app have none, and a system's would differ from machine to machine. */
export function Arrowed({ text }: { readonly text: string }) {
  return text.split('→').map((part, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <>
          <svg className="arrow" viewBox="0 0 14 8" aria-hidden="true"><path d="M1 4h11M9 1l3 3-3 3" fill="none" stroke="currentColor" /></svg>
          <span className="visually-hidden">→</span>
        </>
      )}
      {part}
    </Fragment>
  ));
}
