import css from './inspector.module.css';

/** 64 numbers as eight rows of eight; the DC stands out. */
export function Grid({ label, values }: { readonly label: string; readonly values: ArrayLike<number> }) {
  return (
    <table className={css['grid']} aria-label={label}>
      <tbody>
        {Array.from({ length: 8 }, (_, row) => (
          <tr key={row}>
            {Array.from({ length: 8 }, (__, column) => {
              const value = values[row * 8 + column];
              return <td key={column} data-zero={value === 0} data-dc={row === 0 && column === 0}>{String(value).replace('-', '−')}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
