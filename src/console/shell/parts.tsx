/** What many pages are made of: forms, fields, tables, a question before something that cannot be undone. */
import type { ComponentChildren, VNode } from 'preact';
import type { Context } from './page.tsx';

export function Form({
  context,
  action,
  children,
  upload,
  class: name,
  more,
}: {
  context: Pick<Context, 'csrf'>;
  action: string;
  children: ComponentChildren;
  upload?: true;
  class?: string;
  /** Further attributes, such as those of htmx. */
  more?: Record<string, string>;
}): VNode {
  return (
    <form method="post" action={action} class={name} {...(upload && { enctype: 'multipart/form-data' })} {...more}>
      <input type="hidden" name="_csrf" value={context.csrf} />
      {children}
    </form>
  );
}

interface FieldProps {
  name: string;
  label: string;
  value?: string | number | null | undefined;
  type?: 'text' | 'password' | 'number' | 'date' | 'datetime-local' | 'url';
  hint?: string;
  required?: boolean;
  [attribute: string]: unknown;
}

export function Field({ label, value, type = 'text', hint, ...more }: FieldProps): VNode {
  const attributes: Record<string, unknown> = { type, value: value ?? '', ...more };
  return (
    <label class="field">
      <span>{label}</span>
      <input {...attributes} />
      {hint !== undefined && <small>{hint}</small>}
    </label>
  );
}

export interface Choice {
  value: string;
  label: string;
}

export function Select({
  name,
  label,
  value,
  options,
  empty,
}: {
  name: string;
  label: string;
  value?: string | null | undefined;
  options: readonly Choice[];
  /** The first choice, which is none. */
  empty?: string;
}): VNode {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((one) => (
          <option value={one.value} selected={one.value === value}>
            {one.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Something that cannot be taken back asks first: the button opens what is asked, and only the second one does it. */
export function Confirm({
  word,
  children,
  danger,
}: {
  word: string;
  children: ComponentChildren;
  danger?: true;
}): VNode {
  return (
    <details class="confirm">
      <summary class={danger ? 'button danger' : 'button'}>{word}</summary>
      <div class="box">{children}</div>
    </details>
  );
}

/** A table that becomes a list of cards on a small screen: each cell carries the name of its column. */
export function Table({
  heads,
  rows,
  empty,
}: {
  heads: readonly string[];
  rows: readonly (readonly ComponentChildren[])[];
  empty: string;
}): VNode {
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  return (
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col">{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr>
            {cells.map((cell, index) => (
              <td data-head={heads[index]}>
                <div>{cell}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const Tag = ({ kind, children }: { kind: 'good' | 'warn' | 'bad' | 'plain'; children: ComponentChildren }) => (
  <span class={`tag ${kind}`}>{children}</span>
);
