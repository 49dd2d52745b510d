/** The form for a new event. */
import type { VNode } from 'preact';
import { eventKinds } from '../../programmes/events/model.ts';
import type { Lists } from '../people/index.tsx';
import type { Context } from '../shell/page.tsx';
import { Field, Form, Select } from '../shell/parts.tsx';
import type { NewEvent } from './input.ts';

export interface NewEventProps {
  context: Context;
  lists: Lists;
  /** What was typed before, and what is wrong with it. */
  input?: NewEvent;
  problems?: readonly string[];
}

export function NewEventPage({ context, lists, input, problems = [] }: NewEventProps): VNode {
  const { t } = context;
  return (
    <>
      <p class="crumbs">
        <a href="/acara">{t('nav.events')}</a>
      </p>
      <h1>{t('events.new')}</h1>
      {problems.length > 0 && (
        <div class="said bad" role="alert">
          {problems.map((problem) => (
            <p>{problem}</p>
          ))}
        </div>
      )}
      <Form context={context} action="/acara" class="narrow">
        <Select
          name="jenis"
          label={t('events.kind')}
          value={input?.jenis}
          options={eventKinds.map((kind) => ({ value: kind, label: t.of('eventKinds', kind) }))}
        />
        <Field
          name="nama"
          label={t('events.name')}
          hint={t('events.nameHint')}
          value={input?.nama}
          required
          minlength={3}
          maxlength={20}
        />
        <Field name="tentang" label={t('events.about')} value={input?.tentang} required minlength={3} maxlength={160} />
        <div class="row">
          <Field name="mulai" label={t('events.start')} type="datetime-local" value={input?.mulai} required />
          <Field
            name="lama"
            label={t('events.hours')}
            type="number"
            min={0.5}
            max={14}
            step={0.5}
            value={input?.lama ?? 3}
            required
          />
          <Field
            name="kali"
            label={t('events.weeks')}
            type="number"
            min={1}
            max={30}
            value={input?.kali ?? 1}
            hint={t('events.weeksHint')}
          />
        </div>
        <Field
          name="tempat"
          label={t('events.place')}
          hint={t('events.placeHint')}
          value={input?.tempat}
          required
          minlength={3}
          maxlength={60}
        />
        <details class="fold">
          <summary>{t('events.online')}</summary>
          <Field name="tautan" label={t('events.link')} type="url" value={input?.tautan} maxlength={80} />
          <Field name="telepon" label={t('events.phone')} value={input?.telepon} maxlength={20} />
        </details>
        <Field
          name="jumlah"
          label={t('events.places')}
          type="number"
          min={1}
          max={10_000}
          value={input?.jumlah}
          hint={t('events.placesHint')}
        />
        <Field name="bawa" label={t('events.bring')} value={input?.bawa} maxlength={40} />
        <fieldset>
          <legend>{t('events.forCrafts')}</legend>
          {lists.crafts.map(({ id, name }) => (
            <label class="check">
              <input type="checkbox" name="kerajinan" value={id} checked={input?.kerajinan.includes(id) ?? false} />{' '}
              {name}
            </label>
          ))}
        </fieldset>
        <label class="field">
          <span>{t('events.forKelurahan')}</span>
          <select name="kelurahan" multiple size={6}>
            {lists.areas.map(({ code, name }) => (
              <option value={code} selected={input?.kelurahan.includes(code) ?? false}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {problems.length > 0 && <input type="hidden" name="tetap" value="1" />}
        <button class="main">{t(problems.length > 0 ? 'forms.saveAnyway' : 'events.make')}</button>
      </Form>
    </>
  );
}
