/**
 * One way to compute what a question asks. `find` looks for constants with which it is right for every input, and says nothing where
 * there are none: what it has found needs no check while it runs. docs/EXACT-SIMD.md works one through.
 */
export interface Form<Question, Parameters, Inputs> {
  readonly find: (question: Question) => Parameters | undefined;
  /** Why what is found is right for every input. */
  readonly proof: string;
  /** Instructions for eight results, at least; lists are tried in this order. */
  readonly leastCost: number;
  /** What the lanes compute, number by number. */
  readonly value: (parameters: Parameters, inputs: Inputs) => number;
}

/** A form's name with its constants. `Parameters` has the constants' type by each name. */
export type Found<Parameters, Id extends keyof Parameters = keyof Parameters> = { readonly [K in Id]: { readonly form: K; readonly parameters: Parameters[K] } }[Id];

/** What answers a question, by the names of the constants. */
type Finders<Question, Parameters> = { readonly [Id in keyof Parameters]: { readonly find: (question: Question) => Parameters[Id] | undefined } };

/** One form’s answer. */
export function tryForm<Question, Parameters, Id extends keyof Parameters>(forms: Finders<Question, Parameters>, form: Id, question: Question): Found<Parameters, Id> | undefined {
  const parameters = forms[form].find(question);
  return parameters === undefined ? undefined : { form, parameters };
}

/** The first answer of the forms that are named; undefined where none has one. */
export function findForm<Question, Parameters>(forms: Finders<Question, Parameters>, ids: readonly (keyof Parameters)[], question: Question): Found<Parameters> | undefined {
  for (const id of ids) {
    const found = tryForm(forms, id, question);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As i16x8.add_sat_s. */
export const addSaturated = (a: number, b: number): number => Math.min(0x7fff, Math.max(-0x8000, a + b));

/** Σ weight·x + add as 32-bit lanes sum it: modulo 2^32. */
export const sum32 = (weights: readonly number[], inputs: readonly number[], add: number): number => weights.reduce((sum, weight, term) => (sum + Math.imul(weight, inputs[term] ?? 0)) | 0, add | 0);
