/** The form for a new broadcast. */
import type { VNode } from 'preact';
import { replies } from '../../outreach/broadcasts/model.ts';
import type { Lists } from '../people/index.tsx';
import { standings } from '../people/input.ts';
import type { Context } from '../shell/page.tsx';
import { Form, Select } from '../shell/parts.tsx';

export function NewBroadcast({
  context,
  lists,
  events,
}: {
  context: Context;
  lists: Lists;
  events: { value: string; label: string }[];
}): VNode {
  const { t } = context;
  return (
    <>
      <p class="crumbs">
        <a href="/siaran">{t('nav.broadcasts')}</a>
      </p>
      <h1>{t('broadcasts.new')}</h1>
      <Form context={context} action="/siaran" upload class="narrow">
        <label class="field">
          <span>{t('broadcasts.text')}</span>
          <textarea name="text" rows={5} maxlength={1000} required />
          <small>{t('broadcasts.textHint')}</small>
        </label>
        <label class="field">
          <span>{t('broadcasts.file')}</span>
          <input type="file" name="file" accept="image/*,audio/ogg,application/pdf" />
        </label>
        <fieldset>
          <legend>{t('broadcasts.crafts')}</legend>
          {lists.crafts.map(({ id: craft, name }) => (
            <label class="check">
              <input type="checkbox" name="kerajinan" value={craft} /> {name}
            </label>
          ))}
        </fieldset>
        <details class="fold">
          <summary>{t('broadcasts.narrower')}</summary>
          <label class="field">
            <span>{t('people.kelurahan')}</span>
            <select name="kelurahan" multiple size={6}>
              {lists.areas.map(({ code: value, name }) => (
                <option value={value}>{name}</option>
              ))}
            </select>
          </label>
          <fieldset>
            <legend>{t('people.standing')}</legend>
            {standings.map((standing) => (
              <label class="check">
                <input type="checkbox" name="status" value={standing} /> {t.of('standings', standing)}
              </label>
            ))}
          </fieldset>
          <Select
            name="usaha"
            label={t('people.business')}
            empty={t('people.all')}
            options={[
              { value: 'kelompok', label: t('broadcasts.groups') },
              { value: 'sendiri', label: t('broadcasts.alone') },
            ]}
          />
          <Select name="acara" label={t('broadcasts.event')} empty={t('people.all')} options={events} />
        </details>
        <Select
          name="balasan"
          label={t('broadcasts.reply')}
          value="case"
          options={replies.map((reply) => ({ value: reply, label: t.of('replies', reply) }))}
        />
        <button class="main">{t('broadcasts.look')}</button>
        <p class="hint">{t('broadcasts.lookHint')}</p>
      </Form>
    </>
  );
}
