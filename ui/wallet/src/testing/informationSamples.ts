// A person's information as the program lists it: enough for each kind of field.
import type { Data, DataItem } from '../host/host';

const item = (path: string, label: string, shape: DataItem['shape'], more: Partial<DataItem> = {}): DataItem => ({
  path,
  label,
  help: `About: ${label}`,
  shape,
  value: null,
  special: false,
  tier: 1,
  codes: [],
  seen_by: [],
  ...more,
});

export const data: Data = {
  sections: [
    {
      id: 'identity',
      label: 'About me',
      items: [
        item('identity.name', 'Name', 'name', {
          value: { text: 'Mared Llwyd', given: ['Mared'], family: 'Llwyd' },
          seen_by: [
            { grant: 'g1', agency: 'Cwm Derw Ambulance Trust', on_incident: true, ends_at: 1_900_000_000 },
            { grant: 'g2', agency: 'Cwm Derw Council', on_incident: false, ends_at: 1_900_000_000 },
          ],
        }),
        item('identity.birth_date', 'Date of birth', 'date', { value: '1956-09-30', tier: 3 }),
        item('identity.languages', 'Languages', 'languages', { value: ['cy', 'en'] }),
      ],
    },
    {
      id: 'home',
      label: 'My home',
      items: [
        item('home.address', 'Address', 'address', { value: { lines: ['1 Heol y Nant'], postcode: 'CD1 2EF', text: '1 Heol y Nant, CD1 2EF' } }),
        item('home.access', 'Getting in', 'text'),
        item('home.key_safe', 'Key safe', 'key_safe', { tier: 4 }),
      ],
    },
    {
      id: 'health',
      label: 'My health',
      items: [
        item('health.medication', 'Medicines', 'medication', {
          value: [{ text: 'Insulin', codings: [{ code: '1' }], dose: 'mornings' }, { text: 'Aspirin' }],
          special: true,
          tier: 3,
        }),
        item('health.allergies', 'Allergies', 'allergies', { special: true, tier: 3 }),
        item('health.blood_group', 'Blood group', 'blood_group', { special: true, tier: 3 }),
      ],
    },
    {
      id: 'needs',
      label: 'What I need',
      items: [
        item('needs.power_dependent', 'Depending on electricity', 'needs', {
          value: [{ code: '04', until: '2030-01-01' }],
          codes: [
            { code: '03', label: 'Dialysis' },
            { code: '04', label: 'Oxygen concentrator' },
          ],
        }),
      ],
    },
    { id: 'people', label: 'My people', items: [item('people.carers', 'Carers', 'people', { tier: 2 })] },
    {
      id: 'documents',
      label: 'Documents',
      items: [
        item('documents.door', 'The front door', 'attachment', {
          value: { digest: 'sha-256:x', media_type: 'image/jpeg', size: 1_440_000, title: 'The front door' },
          special: true,
          tier: 4,
          seen_by: [{ grant: 'g2', agency: 'Cwm Derw Council', on_incident: false, ends_at: 1_900_000_000 }],
        }),
      ],
    },
  ],
};
