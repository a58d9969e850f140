// Written by crates/agency-desk from its types; change those and run its tests with ASSENT_WRITE_BINDINGS=1.

import type { InBoth } from './types';

/** The register's words, by code. */
export const NEEDS: Readonly<Record<string, InBoth>> = {
  '01': {"cy":"Nebiwlydd neu fonitor apnoea","en":"Nebuliser or apnoea monitor"},
  '02': {"cy":"Peiriant calon neu ysgyfaint, neu beiriant anadlu","en":"Heart or lung machine, or ventilator"},
  '03': {"cy":"Dialysis, pwmp bwydo neu feddyginiaeth awtomatig","en":"Dialysis, feeding pump or automated medication"},
  '04': {"cy":"Crynodydd ocsigen","en":"Oxygen concentrator"},
  '08': {"cy":"Dall","en":"Blind"},
  '09': {"cy":"Rhannol ddall","en":"Partially sighted"},
  '12': {"cy":"Lifft grisiau, teclyn codi neu wely trydan","en":"Stair lift, hoist or electric bed"},
  '14': {"cy":"Oedran pensiwn","en":"Pensionable age"},
  '15': {"cy":"Nam corfforol","en":"Physical impairment"},
  '17': {"cy":"Methu cyfathrebu yn Saesneg","en":"Unable to communicate in English"},
  '18': {"cy":"Cyflwr datblygiadol","en":"Developmental condition"},
  '19': {"cy":"Methu ateb y drws","en":"Unable to answer the door"},
  '20': {"cy":"Dementia neu nam gwybyddol","en":"Dementia or cognitive impairment"},
  '22': {"cy":"Salwch cronig neu ddifrifol","en":"Chronic or serious illness"},
  '23': {"cy":"Dibynnu ar gawod neu fath am resymau meddygol","en":"Medically dependent on showering or bathing"},
  '24': {"cy":"System llinell ofal neu deleofal","en":"Careline or telecare system"},
  '25': {"cy":"Meddyginiaeth a gedwir mewn oergell","en":"Medicine kept in a refrigerator"},
  '26': {"cy":"Defnyddio ocsigen","en":"Oxygen use"},
  '27': {"cy":"Synnwyr arogli neu flasu gwael","en":"Poor sense of smell or taste"},
  '28': {"cy":"Symudiad dwylo cyfyngedig","en":"Restricted hand movement"},
  '29': {"cy":"Teulu â phlant ifanc","en":"Family with young children"},
  '30': {"cy":"Iechyd meddwl","en":"Mental health"},
  '31': {"cy":"Yn dymuno i rywun arall fod yno","en":"Additional presence preferred"},
  '32': {"cy":"Dros dro: newidiadau bywyd","en":"Temporary: life changes"},
  '33': {"cy":"Dros dro: gwella ar ôl bod yn yr ysbyty","en":"Temporary: recovery after hospital"},
  '34': {"cy":"Dros dro: deiliad tŷ ifanc (dan 18)","en":"Temporary: young adult householder (under 18)"},
  '35': {"cy":"Nam ar y clyw, gan gynnwys byddar","en":"Hearing impairment, including deaf"},
  '36': {"cy":"Nam lleferydd","en":"Speech impairment"},
  '37': {"cy":"Dibynnol ar ddŵr","en":"Water dependent"},
};
